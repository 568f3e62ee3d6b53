"""`nb_name_finder`: ships, storms, oil fields, clubs and players; names that a model overlooked."""
