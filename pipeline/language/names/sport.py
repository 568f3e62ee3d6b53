"""Whether an article is of sport, where a town's name is its club's."""

from __future__ import annotations

import re

_SPORT = re.compile(
    r"""
    (?:cup(?:en)? | ligaen | divisjon(?:en)? | serierunden? | trener(?:en|e|ne)?
    | klubb(?:en|er|ene)? | (?:fot|hånd|volley|basket)ball(?:en)? | spiller(?:en|e|ne)? | hockey
    | mesterskap(?:et)? | stafett(?:en)? | landslag(?:et)?
    | (?:hjemme|borte|trenings|serie|opprykks)kamp(?:en|er)?
    )s?\b
    | \b(?:skirenn|langrenn|skiskyt|skyter|skytter|skøyte|sykkel|idrett|friidrett|sjakk)
    | \b(?:tabell(?:en)? | eliteserien | keeper(?:en)? | midtbanen? | omgang(?:en)?
    | scoret | scoring(?:en|er)? | (?:borte|hjemme)laget | supporter(?:ne|e)? | finalen?
    | semifinalen? | opprykk | nedrykk | avspark | uavgjort | kampen | målet | målene)s?\b
    | \b(?:tapte? | vant | vunnet | seier(?:en)? | spilte? | hjemme | borte)[ ](?:mot|over)\b
    | \bkamper[ ]på[ ]rad\b
    | (?<![\d.,])[1-4]?\d[–-][1-4]?\d(?![\d.,])  # a result
    """,
    re.VERBOSE | re.IGNORECASE,
)


def shows_sport(text: str) -> bool:
    """Whether a text has words of sport, or a result: `Eliteserien`, `tapte mot`, `2–1`."""
    return _SPORT.search(text) is not None
