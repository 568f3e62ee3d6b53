"""The spaCy component `nb_gazetteer`."""

from __future__ import annotations

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span

from pipeline.language import extensions
from pipeline.language.gazetteer.read import Row, read_gazetteer
from pipeline.language.spans import overrule
from pipeline.language.tokens.tokenizer import make_tokenizer
from pipeline.vocabulary import LABEL_OF_TYPE

extensions.register()

# A place of the list may be a mountain as well as a town.
LABELS = LABEL_OF_TYPE | {"place": "LOC"}


def forms(name: str) -> tuple[str, ...]:
    """The name and its genitives, as texts spell them."""
    if name[-1] in "sxzSXZ":
        return (name, f"{name}'", f"{name}’")
    return (name, f"{name}s", f"{name}'s", f"{name}’s", f"{name}-s")


class Gazetteer:
    """Finds the names of a gazetteer, exactly as spelt and in the genitive; the longest wins.

    Args:
        nlp: The pipeline whose vocabulary the names share.
        rows: The names.
    """

    def __init__(self, nlp: Language, rows: list[Row]) -> None:
        self.rows = {str(index): row for index, row in enumerate(rows)}
        self.matcher = PhraseMatcher(nlp.vocab)
        tokenize = make_tokenizer(nlp.vocab)
        spelt = {row.name for row in rows}
        for key, row in self.rows.items():
            # A name that is also another's genitive ("Moss", of "Mos") stays itself.
            patterns = [form for form in forms(row.name) if form == row.name or form not in spelt]
            self.matcher.add(key, [tokenize(form) for form in patterns])

    def __call__(self, doc: Doc) -> Doc:
        """Adds the names to `doc.ents`; names of model and rules in their way are removed.

        But a single word leaves a longer name whole: `Trump` does not part Donald Trump.
        """
        if not self.rows:
            return doc
        found = []
        for match in self.matcher(doc, as_spans=True):
            row = self.rows[match.label_]
            span = Span(doc, match.start, match.end, label=LABELS[row.type])
            found.append((span, row))
        if not found:
            return doc
        spans = [span for span, _ in found]
        overrule(doc, spans, keeps=_holds, method="gazetteer")
        known = {(span.start, span.end): row for span, row in found}
        for ent in doc.ents:
            row_of = known.get((ent.start, ent.end))
            if row_of is not None:
                _describe(ent, row_of)
        return doc


def _holds(existing: Span, new: Span) -> bool:
    """Whether a name has a single word of the list in it."""
    return len(existing) > len(new) == 1


def _describe(ent: Span, row: Row) -> None:
    ent._.name = row.name
    ent._.canonical = row.canonical or row.name
    ent._.canonical_id = row.id


@Language.factory(
    "nb_gazetteer",
    assigns=[
        "doc.ents",
        "span._.method",
        "span._.name",
        "span._.canonical",
        "span._.canonical_id",
    ],
    default_config={"path": None},
)
def create(nlp: Language, name: str, path: str | None) -> Gazetteer:
    """Finds the names in the user's own list.

    Args:
        nlp: The pipeline.
        name: The component's name in it.
        path: A CSV file with name, type, canonical, id; None for an empty list.
    """
    return Gazetteer(nlp, read_gazetteer(path) if path else [])
