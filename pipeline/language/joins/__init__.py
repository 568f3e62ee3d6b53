"""`nb_name_joiner`: a surname and the one full name in the same document that carries it."""
