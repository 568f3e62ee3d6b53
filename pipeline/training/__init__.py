"""Builds the bundled models: corpus, vectors, augmentation, training, card."""

from pipeline.threads import single_threaded

# Before NumPy is imported: with more threads, the same seed gives another model.
single_threaded()
