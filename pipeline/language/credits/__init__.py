"""`nb_credit_ruler`: who took the photo, who wrote the text, which agency sent it."""
