"""The spaCy component `nb_base_namer`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.language import extensions
from pipeline.language.extensions import words
from pipeline.language.known import (
    CODES,
    COUNTRIES,
    MAYBE_PLACES,
    ORGANISATIONS,
    PLACES,
    PUBLIC,
    type_of,
)
from pipeline.language.names.casing import (
    add_capitals,
    is_capitals,
    is_shouted,
    lower_capitals,
    lower_endings,
)
from pipeline.language.names.compounds import take_apart
from pipeline.language.names.data import (
    FAMILY_HEADS,
    HEAD_KINDS,
    NAMED_AFTER_HEADS,
    PLACE_PREPOSITIONS,
)
from pipeline.language.names.genitive import Evidence, Mention, gather, strip_genitive
from pipeline.language.names.spelling import clean, plain, spell_road, turn, unify
from pipeline.language.spans import after, before, is_capital_sentence, is_sure, sentence_words

extensions.register()

_FALLBACK = "other"
_DERIVATION = "DRV"
_COUNTY = " fylke"
_ADDRESS = re.compile(r"\w+\.(?:no|com|org|net|se|dk)")  # `Zalando.no`
_MEDIUM = "X"  # known as the others are, but for what else a letter may be
_WRITTEN = frozenset({"på", "via", "fra", "hos"})
_GENERATIONS = frozenset({"junior", "senior"})
_SPEAKS = frozenset('–—-«"“')


@dataclass(frozen=True, slots=True)
class Base:
    """What a mention is, by itself and its document."""

    name: str
    derived: bool
    kind: str


@dataclass(frozen=True, slots=True)
class Names:
    """What the document's names say about each other.

    Attributes:
        evidence: For and against genitives.
        surfaces: All names as they stand.
        spelt: Lower-case name to its normal spelling, where there is one.
        kinds: Base name to the types of its plain mentions.
        surnames: Last words of the people named with two words or more, without accents.
        introduced: First and last words of those people, to where the first of them is named.
        located: Base names that stand where only places do, once at least: `på Voss`.
        coded: Whether countries have letters in the document, as results do: of two at least.
    """

    evidence: Evidence
    surfaces: frozenset[str]
    spelt: dict[str, str]
    kinds: dict[str, Counter[str]]
    surnames: frozenset[str]
    introduced: dict[str, int]
    located: frozenset[str]
    coded: bool


def _kind_of(label: str) -> str | None:
    from pipeline.vocabulary import TYPE_OF_LABEL

    return TYPE_OF_LABEL.get(label)


def _majority(kinds: Counter[str]) -> str | None:
    # The name of the type breaks ties, so that the order of mentions does not matter.
    return min(kinds, key=lambda kind: (-kinds[kind], kind)) if kinds else None


@dataclass(frozen=True, slots=True)
class Seen:
    """A name of the document.

    Attributes:
        ent: The name.
        surface: As it stands, or would stand with usual capitals.
        in_capitals: Whether it is in capitals without being spelt so: with the sentence around it,
            or as a compound.
    """

    ent: Span
    surface: str
    in_capitals: bool


def _look(doc: Doc) -> list[Seen]:
    seen = [_look_at(ent, clean(ent.text)) for ent in doc.ents]
    spelt = {one.surface.lower() for one in seen if not one.in_capitals}
    return [
        replace(one, surface=lower_endings(one.surface, one.ent.label_, spelt))
        if one.in_capitals
        else one
        for one in seen
    ]


def _look_at(ent: Span, surface: str) -> Seen:
    headline = is_capitals(surface) and is_capital_sentence(sentence_words(ent))
    if headline or is_shouted(surface):
        return Seen(ent, surface, True)
    return Seen(ent, add_capitals(surface, ent.label_), False)


def _gather(mentions: Sequence[Seen]) -> Names:
    evidence = gather(Mention(seen.surface, after(seen.ent)) for seen in mentions)
    surfaces = frozenset(seen.surface for seen in mentions)
    spelt: dict[str, str] = {}
    kinds: dict[str, Counter[str]] = {}
    introduced: dict[str, int] = {}
    located: set[str] = set()
    for seen in mentions:
        base = strip_genitive(seen.surface, evidence)
        if not is_capitals(base):
            spelt[base.lower()] = min(base, spelt.get(base.lower(), base))
        kind = _kind_of(seen.ent.label_)
        if kind is not None and take_apart(base, seen.ent.label_, surfaces) is None:
            kinds.setdefault(unify(base), Counter())[kind] += 1
        if kind == "person" and " " in base:
            # `Israel` is not Israel Katz, nor `Jordan` Michael Jordan, nor `Paris` Paris Jackson.
            first, *_, last = base.split()
            bears = {first} - PLACES | {last} - COUNTRIES
            for word in bears:
                introduced.setdefault(plain(word), seen.ent.start)
        elif _is_located(seen.ent):
            located.add(base)
    surnames = frozenset(
        plain(name.split()[-1]) for name, found in kinds.items() if " " in name and found["person"]
    )
    coded = len({seen.surface for seen in mentions if _is_code(seen.ent)}) > 1
    return Names(evidence, surfaces, spelt, kinds, surnames, introduced, frozenset(located), coded)


def _is_located(ent: Span) -> bool:
    return before(ent).lower() in PLACE_PREPOSITIONS


def _is_dateline(ent: Span) -> bool:
    """Whether a name stands before a colon, and nobody speaks after it."""
    says = words(ent.doc)[ent.end + 1 : ent.end + 2]
    return before(ent) == "" and after(ent) == ":" and says != [] and says[0] not in _SPEAKS


def _is_home(ent: Span) -> bool:
    """Whether somebody is from there: `Kari Moe, Kongsvinger (Moes Bilverksted)`.

    With figures in the brackets it is the club: `Kari Moe, Moss (45)`.
    """
    told = "".join(words(ent.doc)[ent.end + 1 : ent.end + 2])
    listed = before(ent) == "," and after(ent) == "(" and told[:1].isalpha()
    return listed and ent.start > 1 and ent.doc[ent.start - 2].ent_type_ == "PER"


def _inner_kind(inner: str, ent: Span, names: Names, head: str = "") -> str:
    """Type of the name inside a derivation: the document's, a well-known one's, the model's.

    A model that says what else a derivation might be (`second_label`) tells what is inside it.
    """
    by_document = _majority(names.kinds.get(inner, Counter()))
    if by_document is None and plain(inner) in names.surnames:
        by_document = "person"  # "Trump-administrasjonen" where Donald Trump is named
    family = "person" if head in FAMILY_HEADS else None
    family = "person" if inner in PUBLIC else family  # `Elon Musk-veteran`
    known = by_document or type_of(inner) or family or _kind_of(ent.label_) or HEAD_KINDS.get(head)
    return known or _kind_of(ent._.second_label) or _FALLBACK


def _spell(surface: str, seen: Seen, names: Names) -> str:
    name = lower_capitals(surface, seen.ent.label_, names.spelt, in_capitals=seen.in_capitals)
    return unify(spell_road(name))


def _is_known(name: str) -> bool:
    return name in MAYBE_PLACES or type_of(name) is not None


def _is_branch(name: str) -> bool:
    """Whether a name is letters that stand for a body and where it is: `UNN Narvik`."""
    body, _, place = name.partition(" ")
    return body.isupper() and body in ORGANISATIONS and place in MAYBE_PLACES


def _is_in_lead(doc: Doc, token: int) -> bool:
    return token < len(doc) and Span(doc, token, token + 1)._.zone == "lead"


def _is_body(name: str, kind: str | None) -> bool:
    """Whether it is a body by its form, whatever the model takes it for."""
    if kind in ("place", "person"):
        museum = kind == "person" and name.endswith("-museet")
        return museum or _ADDRESS.fullmatch(name) is not None or _is_branch(name)
    return False


def _is_medium(name: str, ent: Span) -> bool:
    """Whether it is where something is written: `på X`; but `Saken mot X`."""
    return ent.label_ == "PROD" and name == _MEDIUM and before(ent).lower() in _WRITTEN


def _is_somebody(name: str, ent: Span, names: Names) -> bool:
    """Whether a place or body by its name is rather who was named in full with it.

    `Tripic` alone, where Zlatko Tripic is named; and `Sandnes tok dissens`, where the article has
    Cato Sandnes and nothing in Sandnes.
    """
    if is_sure(ent):
        return False
    first = names.introduced.get(plain(name), len(ent.doc))
    # A headline has surnames before the lead has full names.
    introduced = ent.start >= first or (ent._.zone == "headline" and _is_in_lead(ent.doc, first))
    if not _is_known(name):
        there = _kind_of(ent.label_) == "place" and before(ent).lower() in ("i", "på")
        bears = introduced or plain(name) in names.surnames
        return bears and not there  # `På Ree bor Ådne Ree`
    if not introduced and type_of(name) != "person":  # who is in the news needs no introduction
        return False
    # `Beate Bø, Bø` signs a letter; `Hof: Veien er stengt` is no `Hof: – Jeg er lei`.
    stands_there = _is_located(ent) or before(ent) == "," or _is_dateline(ent)
    return name not in ORGANISATIONS and name not in names.located and not stands_there


def _is_junior(name: str, names: Names) -> bool:
    """Whether a model makes a team of somebody's son: `Haaland junior`, not Brann junior."""
    first, _, generation = name.rpartition(" ")
    surname = plain(first) in names.surnames or type_of(first) == "person"
    return generation in _GENERATIONS and surname


def _is_code(ent: Span) -> bool:
    """Whether it is the country of somebody: `Ilkka Herola (FIN)`; but `Departementet (FIN)`."""
    bracketed = ent.text in CODES and before(ent) == "(" and after(ent)[:1] == ")"
    party = type_of(ent.text) == "organisation"  # MDG, which is Madagaskar, too
    return bracketed and not party and ent.start > 1 and ent.doc[ent.start - 2].ent_type_ == "PER"


def _base(seen: Seen, names: Names) -> Base:
    ent, surface = seen.ent, seen.surface
    if names.coded and _is_code(ent):
        return Base(CODES[ent.text], False, "place")
    if ent.label_ == "PER" and ent._.method == "rule":
        surface = turn(surface)
    name = _spell(strip_genitive(surface, names.evidence), seen, names)
    kind = _kind_of(ent.label_)
    if kind == "place" and name.endswith(_COUNTY) and name.removesuffix(_COUNTY) in PLACES:
        name = name.removesuffix(_COUNTY)  # `Donetsk fylke`, `Troms fylke`
    if kind in ("place", "organisation") and _is_somebody(name, ent, names):
        kind = "person"
    elif kind == "person" and name.rpartition("-")[2] in NAMED_AFTER_HEADS:
        kind = "place"  # `Simón Bolívar-broen`
    elif _is_body(name, kind) or _is_medium(name, ent):
        kind = "organisation"
    elif name in PLACES and name not in ORGANISATIONS and _is_home(ent):
        kind = "place"
    elif kind == "person" and after(ent) in _GENERATIONS:
        name = f"{name} {after(ent)}"  # `Trump junior` is not Donald Trump
    elif _is_junior(name, names) or name.endswith("dóttir"):
        kind = "person"
    parts = take_apart(name, ent.label_, names.surfaces)
    if parts is None:
        # A derivation without a hyphen, such as "osloboer", has no name inside to speak for it.
        derived = ent.label_ == _DERIVATION and name not in ORGANISATIONS and name not in PLACES
        return Base(name, derived, kind or _inner_kind(name, ent, names))
    inner = _spell(parts.inner, seen, names)
    head = name.rpartition("-")[2]
    if parts.derived or parts.kind == "organisation":
        return Base(inner, parts.derived, _inner_kind(inner, ent, names, head))
    return Base(inner, False, parts.kind or kind or _inner_kind(inner, ent, names))


def name_all(doc: Doc) -> Doc:
    """Sets `name`, `type` and `derived` of every name; what the gazetteer set stays."""
    mentions = _look(doc)
    names = _gather(mentions)
    for seen in mentions:
        ent, base = seen.ent, _base(seen, names)
        if ent._.method == "gazetteer":
            ent._.type = _kind_of(ent.label_) or _FALLBACK
            ent._.name = ent._.name or base.name
            continue
        ent._.name, ent._.derived, ent._.type = base.name, base.derived, base.kind
    return doc


@Language.factory(
    "nb_base_namer",
    requires=["doc.ents"],
    assigns=["span._.name", "span._.derived", "span._.type"],
)
def create(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Gives each name its base form: `Tyrkias` -> Tyrkia, `Nato-landet` -> Nato (derived)."""
    return name_all
