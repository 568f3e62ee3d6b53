"""Builds the bundled models: what both share stands here, `cnn` and `encoder` have the rest."""

from pipeline.process import single_threaded

# Before NumPy is imported: with more threads, the same seed gives another model.
single_threaded()
