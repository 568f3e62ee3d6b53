"""Builds `nb_ent_news_sm`: spaCy's convolutional network over floret vectors, with silver."""
