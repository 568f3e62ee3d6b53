"""What a user would otherwise write: the names in articles, by spaCy.

python script.py MODEL articles.jsonl names.parquet PROCESSES
"""

import sys

import pandas as pd
import spacy


def main(model: str, articles: str, names: str, processes: str) -> None:
    nlp = spacy.load(model)
    frame = pd.read_json(articles, lines=True)
    pairs = zip(frame["text"], frame["id"], strict=True)
    rows = []
    for doc, article in nlp.pipe(pairs, as_tuples=True, n_process=int(processes)):
        for ent in doc.ents:
            rows.append(  # noqa: PERF401 - so it is written
                {
                    "article": article,
                    "start": ent.start_char,
                    "end": ent.end_char,
                    "text": ent.text,
                    "label": ent.label_,
                    "sentence": ent.sent.text,
                }
            )
    pd.DataFrame(rows).to_parquet(names)


if __name__ == "__main__":
    main(*sys.argv[1:])
