"""Builds `nb_ent_news_trf`: a transformer pretrained from scratch, fine-tuned and distilled."""
