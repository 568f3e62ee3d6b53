"""Scores names against gold: texts in, figures with intervals out."""
