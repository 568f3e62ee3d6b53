"""Make all files anew; of those kept by hand only the ids."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.knowledge.build import people, texts
from pipeline.knowledge.build.countries import countries
from pipeline.knowledge.build.ordinary import ordinary_words
from pipeline.knowledge.build.organisations import organisations
from pipeline.knowledge.build.places import places
from pipeline.knowledge.build.rows import write
from pipeline.knowledge.build.unowned import unowned


def main() -> None:
    """Run it from the command line."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.knowledge.build")
    parser.add_argument("data", type=Path)
    data = parser.parse_args().data
    write("countries", "name,canonical,country,wikidata,source", countries(data))
    write("organisations", "name,kind,wikidata,source", organisations(data))
    write("unowned", "name,source", unowned(data))
    write("ordinary_words", "name,source", ordinary_words(data))
    words, bearers = texts.count(texts.lines(data), people.forenames(data))
    located = texts.count_located(texts.lines(data))
    header = "name,canonical,country,region,wikidata,latitude,longitude,sure,source"
    surnames = {name for name, forenames in bearers.items() if len(forenames) > 1}
    write("places", header, places(data, words, located, people.words(data), surnames))
    write("shared_names", "name,forename,source", people.shared_names(data, bearers))


if __name__ == "__main__":
    main()
