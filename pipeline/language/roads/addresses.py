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
# `Storgata 17. mai`, `Storgata 12.30`, `Storgata 20 meter`
_NONE = r"[\w%°-]|[.,:]\d|[.] [a-zæøå]| (?:meter|kilometer|km|prosent|år|personer|millioner)\b"
_ADDRESS = re.compile(rf"(?<![\w-])(?:{_SIDE} )?{_STREET} {_NUMBER}(?!{_NONE})")


def find_addresses(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each street with a number.

    Args:
        text: Any text.
    """
    return (match.span() for match in _ADDRESS.finditer(text))
