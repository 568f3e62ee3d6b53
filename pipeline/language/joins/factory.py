"""The spaCy component `nb_name_joiner`."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.language import extensions
from pipeline.language.extensions import sentence_index
from pipeline.language.hospitals import hospital
from pipeline.language.joins.animals import find_animals
from pipeline.language.joins.bodies import find_abroad, find_firms, join_bodies, spells
from pipeline.language.joins.elsewhere import STATES, find_countries, find_elsewhere, find_states
from pipeline.language.joins.initials import join_initials
from pipeline.language.joins.named import BODY, Named, agree
from pipeline.language.joins.national import country_of, country_told, find_national
from pipeline.language.joins.nicknames import LONGEST, inside, join_nicknames, says_so, were_one
from pipeline.language.joins.people import join_people
from pipeline.language.joins.royals import name_royals
from pipeline.language.known import COUNTRY_OF, FIELDS, type_of
from pipeline.language.lexicon import AGENCIES, KIN_HEADS
from pipeline.language.spans import (
    after,
    before,
    is_capital_sentence,
    is_sure,
    sentence_words,
    words_between,
)

extensions.register()

# What stands between a role and the work that it is in, and how works begin or are called.
_IN = frozenset({"i", "fra"})
_WORKS = frozenset('«“"')
_WORKS_END = ("film", "filmen", "filmene", "filmer", "serien", "seriene", "serie", "såpen")
# What stands before the letters of a firm on a bourse.
_BOURSE = re.compile(r"[Tt]icker|OSE|Oslo Børs|Euronext(?: \w+){,2}|Nasdaq(?: \w+)?|NYSE")
# ... and between a body and its short form: `Zorpeforbundet, med den engelske forkortelsen ZF`.
_ABBREVIATES = re.compile(
    r"(?:[,(–] )?(?:\w+ ){,5}forkort(?:et|elsen?)(?: (?:til|for|er))?(?: [«\"“])?"
)
# What stands between somebody and the name that they were born with.
_BORN = (["født"], ["f."], ["f", "."])
_MARKS = frozenset(",(")
# What stands between a place and the one that it lies in, and between the places of a list.
_LIES_IN = ("i", "på")
_LISTS = ([","], ["og"], ["eller"], ["samt"])


def _bracketed(doc: Doc, ents: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Pairs `Full name (SHORT)`: two names with only a bracket between them."""
    for index, (first, second) in enumerate(pairwise(ents)):
        if second.start != first.end + 1 or doc[first.end].text != "(":
            continue
        closes = second.end < len(doc) and doc[second.end].text == ")"
        # `Stortinget (NTB)` is a dateline, `Ola Bø (Ap)` has a party.
        agency = second.text.lower() in AGENCIES - {"fn", "nato", "pa", "unicef", "unhcr"}
        if closes and (not agency or first.label_ == "PER"):
            yield index, index + 1


def _apposed(ents: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Pairs `HUNT, Helseundersøkelsen i Trøndelag,`: letters and what they stand for, or before."""
    for index, (first, second) in enumerate(pairwise(ents)):
        apart = words_between(first, second) == [","] and after(second) in {",", "."}
        if apart and (spells(first.text, second.text) or spells(second.text, first.text)):
            yield index, index + 1


def _abbreviated(ents: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Pairs `Norsk institutt for naturforskning, forkortet Nina`, and the other way round."""
    for index, (first, second) in enumerate(pairwise(ents)):
        between = words_between(first, second)
        if len(between) <= LONGEST and _ABBREVIATES.fullmatch(" ".join(between)):
            yield index, index + 1


def _listed(doc: Doc, ents: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Pairs `Agilyx (OSE: AGLX)`, `Wallenius (ticker: WAWI)`: firms and their letters there."""
    ends = {ent.end: index for index, ent in enumerate(ents)}
    tokens = extensions.words(doc)
    for index, ent in enumerate(ents):
        opens = next((at for at in range(ent.start - 3, ent.start - 7, -1) if at in ends), -1)
        told = tokens[opens : ent.start] if opens > 0 else []
        if told[:1] == ["("] and told[-1] == ":" and _BOURSE.fullmatch(" ".join(told[1:-1])):
            yield ends[opens], index


def _coupled(doc: Doc, ents: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Pairs `Bill og Hillary Clinton`."""
    for index, (first, second) in enumerate(pairwise(ents)):
        if second.start == first.end + 1 and doc[first.end].text in {"og", "&"}:
            yield index, index + 1


def _derived(ents: Sequence[Span]) -> Iterator[tuple[int, str]]:
    """Derivations with what follows the hyphen: `Kongsberg-sjefen`."""
    for index, ent in enumerate(ents):
        if ent._.derived and after(ent) != "i":  # `Oslo-direktøren i Politiet`
            yield index, ent.text.rpartition("-")[2]


def _called(doc: Doc, ents: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Pairs `Dagalo, kjent som Hemedti`, and `Ringo Starr (født Richard Starkey)`."""
    for index, (first, second) in enumerate(pairwise(ents)):
        # `kjent som Max Manus' venn Gregers Gram`
        owns = second.text != second._.name and second.text.startswith(second._.name)
        between = words_between(first, second)
        # `Kari Vik, født Moe` is not every Moe.
        full = all(" " in ent.text and ent.label_ == "PER" for ent in (first, second))
        if (says_so(between) or (full and were_one(between))) and not (owns or _is_role(second)):
            yield index, index + 1


def _born(doc: Doc, ents: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Pairs `Kari Moe, født Vik`: who it is, and the name that they were born with."""
    for index, (first, second) in enumerate(pairwise(ents)):
        born = [word for word in words_between(first, second) if word not in _MARKS]
        nobody = second._.type != "person" and type_of(second._.name) is not None
        if first._.type == "person" and born in _BORN and not nobody:
            yield index, index + 1


def _is_role(ent: Span) -> bool:
    """Whether it is who somebody plays: `Jon Snow i «Game of Thrones»`, `Varg Veum fra filmene`."""
    where, *what = extensions.words(ent.doc)[ent.end : ent.end + 2] or [""]
    return where in _IN and bool(what) and (what[0] in _WORKS or what[0].endswith(_WORKS_END))


def _located(doc: Doc, ents: Sequence[Span]) -> Iterator[tuple[str, str, str]]:
    """`i Paris i Texas`, `Paris, Texas`: the word before, and both places.

    Before the word `fra` the one before it tells who or what is there: `kommer fra`.
    """
    for first, second, third in zip(ents, ents[1:], [*ents[2:], None], strict=False):
        places = first._.type == second._.type == "place" and not first._.derived
        places = places and second.text == second._.name  # `til Grønland i Norges regi`
        between = doc[first.end].text if second.start == first.end + 1 else ""
        if places and between in _LIES_IN:
            where = before(first)
            if where == "fra" and first.start > 1:
                where = f"{extensions.words(doc)[first.start - 2]} fra"
            yield where, first._.name or first.text, second._.name or second.text
        elif places and between == "," and _is_state(first, second, third):
            yield "i", first._.name or first.text, second._.name


def _is_state(town: Span, place: Span, following: Span | None) -> bool:
    """Whether the place after a comma tells where a town is: `Moscow, Idaho`, `Paris, Texas, USA`.

    In `London, California og Oslo` it is the next of a list, as in `Dubai, England og Frankrike`.
    """
    country = STATES.get(place._.name)
    if country is None or town._.name in STATES:
        return False
    if following is None:
        return True
    if following.text not in STATES and COUNTRY_OF.get(following.text) == country:
        return True
    return words_between(place, following) not in _LISTS


def _national(ents: Sequence[Span]) -> Iterator[tuple[int, str]]:
    """`sveitsisk Høyesterett`, `Høyesterett i Brasilia`, `Israels Høyesterett`: their countries."""
    told = [(index, country_told(before(ent))) for index, ent in enumerate(ents)]
    for index, (first, second) in enumerate(pairwise(ents)):
        between = words_between(first, second)
        if len(between) == 1 and between[0] in _LIES_IN:
            told.append((index, _foreign(second, first)))
        elif not between and first.text != first._.name:
            told.append((index + 1, _foreign(first, second)))
    yield from ((index, country) for index, country in told if country)


def _foreign(place: Span, ent: Span) -> str | None:
    is_place = place._.type == "place" and not place._.derived
    return country_of(place._.name, ent._.name) if is_place else None


def join_all(doc: Doc) -> Doc:
    """Sets `full_name` of every name: its own base name where nothing fuller is certain.

    A type that the rest of the document contradicts is corrected first (`agree`).
    """
    ents = doc.ents
    bracketed, called = list(_bracketed(doc, ents)), list(_called(doc, ents))
    mentions = agree([_as_named(doc, ent) for ent in ents])

    # What is found here changes types, which the joins below go by.
    initials = {
        index: full
        for index, full in join_initials(mentions, bracketed).items()
        if ents[index]._.method != "gazetteer"
    }
    mentions = _retyped(mentions, initials, "person")
    names = inside(mentions)
    quoted = {i: names[m.name.lower()] for i, m in enumerate(mentions) if m.name.lower() in names}
    born = {other: one for one, other in _born(doc, ents)}
    people = quoted.keys() | _nicknamed(mentions, called) | born.keys()
    mentions = _retyped(mentions, people, "person")
    firms = find_firms(mentions, _derived(ents))
    mentions = _retyped(mentions, firms, BODY)
    fields = _fields(ents, mentions)
    mentions = _retyped(mentions, fields, "place")

    told = [*bracketed, *_apposed(ents), *_abbreviated(ents)]
    # What stands further down goes before.
    couples = list(_coupled(doc, ents))
    full = (
        join_people(mentions, couples) | join_bodies(mentions, told, _listed(doc, ents)) | initials
    )
    full |= join_nicknames(mentions, called, full)
    full |= name_royals(mentions, full, couples)
    full |= {other: full.get(one, mentions[one].name) for other, one in born.items()}
    full |= firms | find_abroad(mentions, bracketed) | quoted
    full |= find_national(mentions, _national(ents), bracketed)
    full |= _elsewhere(doc, ents, mentions) | fields | find_animals(mentions)
    full |= _hospitals(ents, mentions)
    for index, (ent, mention) in enumerate(zip(ents, mentions, strict=True)):
        if ent._.method != "gazetteer":
            ent._.type = mention.kind
        ent._.full_name = ent._.canonical or full.get(index, mention.name)
    return doc


def _as_named(doc: Doc, ent: Span) -> Named:
    return Named(
        ent._.name or ent.text,
        ent._.type,
        sentence_index(doc, ent.start),
        before(ent),
        shouted=ent.text.isupper() and is_capital_sentence(sentence_words(ent)),
        sure=is_sure(ent),
        heading=ent._.zone == "headline",
        family=ent._.derived and ent.text.rpartition("-")[2].removesuffix("s") in KIN_HEADS,
    )


def _retyped(mentions: Sequence[Named], which: Collection[int], kind: str) -> list[Named]:
    return [replace(m, kind=kind) if index in which else m for index, m in enumerate(mentions)]


def _nicknamed(mentions: Sequence[Named], called: Iterable[tuple[int, int]]) -> set[int]:
    """Who looks like a work or a body, called otherwise: `Rawa Majid, kalt «Kurdiske reven»`."""
    names = {
        mentions[other].name
        for one, other in called
        if mentions[one].kind == "person" and mentions[other].kind in ("product", BODY, "place")
    }
    return {i for i, m in enumerate(mentions) if m.name in names and type_of(m.name) is None}


def _elsewhere(doc: Doc, ents: Sequence[Span], mentions: Sequence[Named]) -> dict[int, str]:
    """Places that the document says are in another country than their namesakes."""
    names = {mention.name for mention in mentions}
    found = find_elsewhere(_located(doc, ents)) | find_states(names) | find_countries(names)
    return {
        i: found[m.name] for i, m in enumerate(mentions) if m.kind == "place" and m.name in found
    }


def _fields(ents: Sequence[Span], mentions: Sequence[Named]) -> dict[int, str]:
    """Oil fields that a rule found, and `Castberg` beside Johan Castberg, if nobody has that."""
    found = {
        i: FIELDS[m.name]
        for i, m in enumerate(mentions)
        if m.kind == "place" and m.name in FIELDS and ents[i]._.method == "rule"
    }
    people = {m.name.split()[-1] for m in mentions if m.kind == "person" and " " in m.name}
    named = ((mentions[i].name.split(), field) for i, field in found.items())
    ends = {words[-1]: field for words, field in named if len(words) > 1}
    short = {i: ends[m.name] for i, m in enumerate(mentions) if m.name in ends.keys() - people}
    return short | found


def _hospitals(ents: Sequence[Span], mentions: Sequence[Named]) -> dict[int, str]:
    """Hospitals that go by their place."""
    named = {i: hospital(m.name, ents[i]) for i, m in enumerate(mentions) if m.kind == BODY}
    return {index: name for index, name in named.items() if name}


@Language.factory(
    "nb_name_joiner",
    requires=["doc.ents", "span._.name", "span._.type"],
    assigns=["span._.full_name", "span._.type"],
)
def create(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Joins a surname to the one full name in the document, an acronym to what it stands for."""
    return join_all
