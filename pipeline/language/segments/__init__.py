"""`nb_segmenter`: paragraphs, sentences and zones of an article."""
