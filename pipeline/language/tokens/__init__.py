"""`nb_token_mender`: mends the faults of spaCy's Norwegian tokenizer."""
