"""Joins the organisations of one document that go by short names, as a pure function."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set

from pipeline.language.joins.named import BODY, MANY, Named, may_be_firm
from pipeline.language.known import COUNTRIES, ORGANISATIONS, type_of
from pipeline.language.lexicon import CLUB_FORMS, FIRM_HEADS

# Last parts of bodies' names that have a letter of their own in the short form: `NSF` is Norges
# Seilforbund.
_HEADS = re.compile(
    r"(?<=\w)(?:forbund|forening|lag|klubb|parti|råd|selskap|verk|bank|tilsyn|institutt)(?:et|en)?$"
)
# What the text calls so often before a longer name of it comes up is not short for that.
_OFTEN = 2
# What letters, of which Norwegian parties have some, stand for beside others of the same country.
_AMERICAN = {"D": "Det demokratiske partiet", "R": "Det republikanske partiet"}
_SWEDISH = {
    "C": "Centerpartiet",
    "KD": "Kristdemokraterna",
    "L": "Liberalerna",
    "M": "Moderaterna",
    "MP": "Miljöpartiet",
    "S": "Socialdemokraterna",
    "SD": "Sverigedemokraterna",
    "V": "Vänsterpartiet",
}
_DANISH = {
    "DF": "Dansk Folkeparti",
    "EL": "Enhedslisten",
    "K": "Det Konservative Folkeparti",
    "LA": "Liberal Alliance",
    "M": "Moderaterne",
    "S": "Socialdemokratiet",
    "SF": "Socialistisk Folkeparti",
    "V": "Venstre (Danmark)",
}
_AT_HOME = frozenset("a ap fnb frp h inp krf mdg pp rødt sp sv".split())
_SWEDEN = frozenset({"Riksdagen", "Stockholm", "Sverige"})
_DENMARK = frozenset({"Danmark", "Folketinget", "København"})
# The letters, and what tells of the country where two have the same.
_ABROAD = ((_AMERICAN, frozenset({"USA"})), (_SWEDISH, _SWEDEN), (_DANISH, _DENMARK))
_GREENS = frozenset({"MDG", "Miljøpartiet De Grønne"})
_OF_DENMARK = frozenset({"danmarks", "danske"})


def is_acronym_of(short: str, full: str) -> bool:
    """Whether a name in brackets can be the short form of the name before it.

    Norwegian names often have a foreign acronym (`Verdens helseorganisasjon (WHO)`), so letters
    need not agree; but then it has to be all capitals and stand for several words or a long one.
    """
    letter, _, noun = short.partition("-")  # `Etterretningstjenesten (E-tjenesten)`
    if noun and full.startswith(letter) and full.endswith(noun):
        return True
    if not 2 <= len(short) <= 8 or " " in short or len(full) <= len(short) + 2:
        return False
    if short.isupper():
        return True
    letters = iter(full.lower())
    return short[0].isupper() and all(letter in letters for letter in short.lower())


def spells(short: str, full: str) -> bool:
    """Whether capitals are letters of a name in their order, the first and last of its words'.

    `HUNT`, of Helseundersøkelsen i Trøndelag.
    """
    words = full.lower().split()
    if len(words) < 2 or not (len(short) > 2 and short.isalpha() and short.isupper()):
        return False
    small = short.lower()
    letters = iter(" ".join(words[:-1])[1:])
    ends = words[0][0] == small[0] and words[-1][0] == small[-1]
    return ends and all(letter in letters for letter in small[1:-1])


def _initials(name: str) -> set[str]:
    """First letters of all words, and of those with a capital: `NDL`, `NAF`."""
    words = [word for word in re.split(r"[ -]", name) if word]
    # `Molde FK` has a short form inside, `Norges Seilforbund` two words in one.
    letters = [word if word.isupper() else word[0] for word in words]
    capital = "".join(part for part in letters if part[0].isupper())
    head = _HEADS.search(name)
    return {"".join(letters).upper(), capital, capital + head[0][0].upper() if head else capital}


class _Order:
    """Where a document names its bodies."""

    def __init__(self, mentions: Sequence[Named]) -> None:
        self._first: dict[str, int] = {}
        self._text: dict[str, list[int]] = {}
        for index, mention in enumerate(mentions):
            self._first.setdefault(mention.name, index)
            if mention.kind == BODY and not (mention.heading or mention.shouted):
                self._text.setdefault(mention.name, []).append(index)

    def has_before(self, short: str, full: str) -> bool:
        """Whether the text below the headline has a name twice before one that begins so.

        Then it is nobody's short form: the club Start, of which Start En Drøm is the board.
        """
        times = self._text.get(short, [])
        often = len(times) >= _OFTEN and times[_OFTEN - 1] < self._first[full]
        return often and full.startswith(f"{short} ")


def _is_short_of(short: str, full: str, order: _Order) -> bool:
    """Whether a body may go by one end of its name: `Penguins`, `Odd` of `Odd Grenland`.

    A town is no body, but a club may go by its name: `Molde` of `Molde FK`, `Nydalen` of `Nydalens
    SK`, and a firm by that of a smaller one: `Torghatten` of `Torghatten ASA`.
    """
    form = full.removeprefix(short).removeprefix("s").strip()
    club = full.startswith(short) and (form in CLUB_FORMS or may_be_firm(short, form))
    known = type_of(short) is not None and not (club and type_of(short) == "place")
    if len(full) <= len(short) or known or not short[0].isupper():
        return False
    if short.isupper() and short in _initials(full):
        # Two letters are too many things, but `GD` is Gudbrandsdølen Dagningen beside it.
        return len(short) > 2 or (len(full.split()) == len(short) and full in ORGANISATIONS)
    if full[len(short) :].strip().isdigit():  # `Bryne 2` is another team than Bryne
        return False
    if club or (full.endswith(f" {short}") and len(short) > 3):
        return True
    return full.startswith(f"{short} ") and not order.has_before(short, full)


def find_firms(mentions: Sequence[Named], said: Iterable[tuple[int, str]]) -> dict[int, str]:
    """The firms that derivations of towns mean, by the index of the mention.

    `Kongsberg-sjefen` leads Kongsberg Gruppen, where the article has that and no other of the name.

    Args:
        mentions: All names of the document, in order.
        said: Indices of derivations, each with what follows the hyphen.
    """
    towns: dict[str, set[str]] = {}
    for mention in mentions:
        town, _, rest = mention.name.partition(" ")
        if mention.kind == BODY and rest[:1].isupper():
            towns.setdefault(town, set()).add(mention.name)
    found: dict[int, str] = {}
    for index, head in said:
        name, kind = mentions[index].name, mentions[index].kind
        firms = towns.get(name, set()) if kind == "place" and head in FIRM_HEADS else set()
        if len(firms) == 1 and name not in COUNTRIES:
            found[index] = min(firms)
    return found


def _is_told(first: str, second: str) -> bool:
    """Whether one of two names, the second in brackets, is short for the other.

    What is known by exactly its name is not the firm that begins so: Tekna is no `Tekna Holding
    (Tekna)`. Nor does it stand for what has fewer words than it has letters: `SPD (Merkel I)`.
    """
    short, full = sorted((first, second), key=lambda name: (len(name), name))
    if not is_acronym_of(short, full):
        return False
    if type_of(short) != BODY or type_of(full) == BODY:
        return True
    explains = short == second or len(full.split()) >= len(short)
    return explains and not full.startswith(f"{short} ")


def join_bodies(
    mentions: Sequence[Named],
    pairs: Iterable[tuple[int, int]],
    listed: Iterable[tuple[int, int]] = (),
) -> dict[int, str]:
    """Full name of each organisation that goes by a short one, by the index of the mention.

    Args:
        mentions: All names of the document, in order.
        pairs: Indices of the full name and of the short one that stands in brackets after it, or
            between commas, or the other way round.
        listed: Indices of a firm and of its letters on a bourse.
    """
    meanings: dict[str, set[str]] = {}
    for firm, letters in listed:
        if mentions[firm].kind == mentions[letters].kind == BODY:
            meanings.setdefault(mentions[letters].name, set()).add(mentions[firm].name)
    for first, second in pairs:
        one, other = mentions[first], mentions[second]
        if one.kind != other.kind or one.kind != BODY:
            continue
        if _is_told(one.name, other.name):
            short, full = sorted((one.name, other.name), key=lambda name: (len(name), name))
            meanings.setdefault(short, set()).add(full)
    bodies = {mention.name for mention in mentions if mention.kind == BODY}
    long = {m.name for m in mentions if m.kind == BODY and " " in m.name and not m.shouted}
    if len(long) <= MANY:
        order = _Order(mentions)
        for short in bodies - meanings.keys():
            fuller = {full for full in long if _is_short_of(short, full, order)}
            if fuller:
                meanings[short] = fuller
    return {
        index: min(meanings[mention.name])
        for index, mention in enumerate(mentions)
        if mention.kind == BODY and len(meanings.get(mention.name, ())) == 1
    }


def find_abroad(mentions: Sequence[Named], pairs: Iterable[tuple[int, int]]) -> dict[int, str]:
    """Parties abroad that go by the name of one at home, by the index of the mention.

    `Rand Paul (R)` is not of Rødt in an article with `Tim Kaine (D)`, and none of Høyre. `SD` needs
    no other letters in an article that names Sweden.

    Args:
        mentions: All names of the document, in order.
        pairs: Indices of a name and of the one that stands in brackets after it.
    """
    told = {other: mentions[other].name for one, other in pairs if mentions[one].kind == "person"}
    names = {mention.name for mention in mentions}
    parties = _parties_abroad(set(told.values()), names)
    found = {index: parties[letter] for index, letter in told.items() if letter in parties}
    if names & _SWEDEN:
        found |= {i: _SWEDISH["SD"] for i, mention in enumerate(mentions) if mention.name == "SD"}
        found |= _swedish(mentions, names)
    found |= _danish(mentions)
    return {index: party for index, party in found.items() if mentions[index].kind == BODY}


def _parties_abroad(letters: Set[str], names: Set[str]) -> dict[str, str]:
    """What letters after people stand for: in the country that has most of them, two at least.

    Denmark and Sweden have `S`, `M` and `V`: there the article has to name one of the two.
    """
    if not _AT_HOME.isdisjoint(letter.lower() for letter in letters):
        return {}
    counted = [(len(parties.keys() & letters), parties, places) for parties, places in _ABROAD]
    most = max(count for count, _, _ in counted)
    fitting = [(parties, places) for count, parties, places in counted if count == most > 1]
    if len(fitting) > 1:
        fitting = [(parties, places) for parties, places in fitting if places & names]
    return fitting[0][0] if len(fitting) == 1 else {}


def _swedish(mentions: Sequence[Named], names: Set[str]) -> dict[int, str]:
    """`Miljøpartiet` beside Moderaterna, but not where the article has MDG."""
    if names.isdisjoint(_SWEDISH.values()) or not names.isdisjoint(_GREENS):
        return {}
    greens = (index for index, mention in enumerate(mentions) if mention.name == "Miljøpartiet")
    return dict.fromkeys(greens, _SWEDISH["MP"])


def _danish(mentions: Sequence[Named]) -> dict[int, str]:
    """`Danmarks Venstre`, and each Venstre where the first is that."""
    left = [index for index, mention in enumerate(mentions) if mention.name == "Venstre"]
    danish = [index for index in left if mentions[index].before.lower() in _OF_DENMARK]
    return dict.fromkeys(left if danish[:1] == left[:1] else danish, _DANISH["V"])
