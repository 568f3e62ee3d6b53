"""The five stages: ingest, tokenize, extract, resolve, write."""
