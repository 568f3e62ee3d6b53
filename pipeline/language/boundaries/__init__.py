"""`nb_entity_mender`: mends what a statistical model gets wrong systematically in Norwegian."""
