"""Norwegian Bokmål text in, tables of people, places and organisations out.

Functions:
    extract: The names in some texts, as a DataFrame.
    run: Every stage over files and folders: what `nb-entities run` does.
    read: A table of an output folder, as a DataFrame.
    load: The spaCy pipeline.
"""

from pipeline.api import extract, load, read, run

__all__ = ["extract", "load", "read", "run"]
