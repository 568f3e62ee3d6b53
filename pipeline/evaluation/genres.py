"""What kind of text a sentence of gold comes from."""

from __future__ import annotations

from bisect import bisect_right

# The development sentences of Universal Dependencies for Bokmål do not name their source, but
# stand in the order of the Norwegian Dependency Treebank's files: ap, blogg-bm, bt, db, kk, nou,
# sp-bm, st, vg. Found by comparing the sentences: the sent_id that each kind begins at.
_DEVELOPMENT = (
    (15_697, "news"),
    (16_356, "blog"),
    (16_556, "news"),
    (17_523, "report"),
    (17_623, "news"),
    (17_809, "parliament"),
    (18_009, "news"),
    (18_107, ""),
)


def genre_of(file: str, sent_id: str) -> str:
    """The genre of a treebank's sentence.

    Args:
        file: name of the file, since Nynorsk's sentences have the same numbers.
        sent_id: as the file has it.

    Returns:
        ``news``, ``blog``, ``report`` or ``parliament``; "" where it is not known.
    """
    if "bokmaal" not in file or not sent_id.isdigit():
        return ""
    index = bisect_right(_DEVELOPMENT, int(sent_id), key=lambda part: part[0]) - 1
    return _DEVELOPMENT[index][1] if index >= 0 else ""
