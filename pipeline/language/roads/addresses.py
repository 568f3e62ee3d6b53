"""Finds addresses in a text, as a pure function: `Gamle Drammensvei 88`, `Storgata 17 B`."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Streets of one word; `Karl Johans gate 22` the models know.
_STREET = (
    r"[A-ZÆØÅ][a-zæøåéü-]+"
    r"(?:veien|vegen|vei|veg|gaten|gata|gate|alleen|alléen|allé|bakken|stien|svingen|smauet|torget)"
)
_SIDE = "(?:Gamle|Nye|Store|Lille|Øvre|Nedre|Vestre|Østre|Nordre|Søndre|Indre|Ytre)"
_NUMBER = r"\d{1,3}(?:[–-]\d{1,3})?(?:[ ]?[A-H])?"
# `Storgata 17. mai`, `Storgata 12.30`, `Storgata 20 meter`, `Storgata 5 000 personer`
_COUNTED = """
    meter kilometer km mil dag dager uke uker måned måneder år time timer minutt minutter sekunder
    gang ganger gonger prosent millioner kroner grader personer mennesker menn kvinner barn biler
    butikker
    """.split()
_NONE = rf"[\w%°-]|[.,:]\d|[.] [a-zæøå]| \d{{3}}\b| (?:{'|'.join(_COUNTED)})\b"
_ADDRESS = re.compile(rf"(?<![\w-])(?:{_SIDE} )?{_STREET} {_NUMBER}(?!{_NONE})")


def find_addresses(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each street with a number.

    Args:
        text: Any text.
    """
    return (match.span() for match in _ADDRESS.finditer(text))
