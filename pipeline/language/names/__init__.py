"""`nb_base_namer`: the base form of each name, its type, and whether it is a derivation."""
