"""`nb_gazetteer`: the names in the user's own list, which overrule model and rules."""
