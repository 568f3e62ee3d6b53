"""What an output folder has inside, beside the tables; hidden, since nobody is to touch it."""

WORK = ".work"  # the store: texts, tokens, names
RUNS = ".runs"  # the tables of the last runs, a folder for each
CURRENT = ".current"  # names the folder of the run that is published
