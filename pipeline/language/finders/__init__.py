"""`nb_name_finder`: ships, storms, oil fields, clubs, players, places; what a model overlooked."""
