"""Builds the bundled models: corpus, vectors, augmentation, training, card."""
