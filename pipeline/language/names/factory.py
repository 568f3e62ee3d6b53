"""The spaCy component `nb_base_namer`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.language import extensions
from pipeline.language.known import (
    CLUBS,
    CODES,
    COUNTRIES,
    COUNTRY_OF,
    FORENAMES,
    MAYBE_PLACES,
    ORGANISATIONS,
    PLACES,
    PUBLIC,
    SHARED,
    type_of,
)
from pipeline.language.lexicon import FAMILY_HEADS, QUOTES, SHIP_PREFIXES
from pipeline.language.names.casing import (
    add_capitals,
    is_capitals,
    is_shouted,
    lower_capitals,
    lower_endings,
)
from pipeline.language.names.compounds import take_apart
from pipeline.language.names.data import HEAD_KINDS, SHARES, SOMEBODY_HEADS
from pipeline.language.names.genitive import Mention, gather, strip_genitive
from pipeline.language.names.kinds import (
    GENERATIONS,
    Names,
    body_in,
    decide,
    firm_in,
    is_code,
    lies_there,
    may_be_town,
)
from pipeline.language.names.sport import shows_sport
from pipeline.language.spans import after, is_capital_sentence, sentence_words
from pipeline.language.spelling import clean, plain, spell_road, turn, unify
from pipeline.vocabulary import TYPE_OF_LABEL

extensions.register()

_FALLBACK = "other"
_DERIVATION = "DRV"
_COUNTY = " fylke"
# Heads of what is called after who is tried.
_OF_SOMEBODY = frozenset("dommen saken saka".split())
_SURNAMES = SHARED - FORENAMES - MAYBE_PLACES


@dataclass(frozen=True, slots=True)
class Base:
    """What a mention is, by itself and its document."""

    name: str
    derived: bool
    kind: str


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


def _gather(doc: Doc, mentions: Sequence[Seen]) -> Names:
    evidence = gather(
        Mention(seen.surface, after(seen.ent), person=seen.ent.label_ == "PER") for seen in mentions
    )
    surfaces = frozenset(seen.surface for seen in mentions)
    bases = [(strip_genitive(seen.surface, evidence), seen.ent) for seen in mentions]
    whole = [(base, e) for base, e in bases if take_apart(base, e.label_, surfaces) is None]
    kinds = _kinds(whole)
    people = [(base.split(), e) for base, e in whole if e.label_ == "PER" and " " in base]
    full = {ent.start for _, ent in people}
    firms = frozenset(firm_in(base, ent) for base, ent in bases)
    return Names(
        evidence,
        surfaces,
        spelt=_spelt(base for base, _ in bases),
        kinds=kinds,
        surnames=frozenset(
            plain(name.split()[-1])
            for name, found in kinds.items()
            if " " in name and found["person"]
        ),
        introduced=_introduced(people),
        located=frozenset(base for base, e in bases if e.start not in full and lies_there(base, e)),
        firms=firms,
        bodies=firms | {body_in(base, ent) for base, ent in bases},
        coded=len({seen.surface for seen in mentions if is_code(seen.ent)}) > 1,
        sport=_may_be_of_sport(doc, bases),
    )


def _spelt(bases: Iterable[str]) -> dict[str, str]:
    spelt: dict[str, str] = {}
    for base in bases:
        if not is_capitals(base):
            spelt[base.lower()] = min(base, spelt.get(base.lower(), base))
    return spelt


def _kinds(whole: Iterable[tuple[str, Span]]) -> dict[str, Counter[str]]:
    kinds: dict[str, Counter[str]] = {}
    for base, ent in whole:
        if (kind := TYPE_OF_LABEL.get(ent.label_)) is not None:
            kinds.setdefault(unify(base), Counter())[kind] += 1
    return kinds


def _introduced(people: Iterable[tuple[list[str], Span]]) -> dict[str, int]:
    introduced: dict[str, int] = {}
    for words, ent in people:
        # `Israel` is not Israel Katz, nor `Jordan` Michael Jordan, nor `Paris` Paris Jackson.
        for word in {words[0]} - PLACES | {words[-1]} - COUNTRIES:
            introduced.setdefault(plain(word), ent.start)
    return introduced


def _may_be_of_sport(doc: Doc, bases: Sequence[tuple[str, Span]]) -> bool:
    """Whether a document is of sport, as far as that matters: for towns that may be clubs."""
    if not any(may_be_town(base, ent) for base, ent in bases):
        return True
    club = any(ent.label_ == "ORG" and base in CLUBS for base, ent in bases)
    return club or shows_sport(extensions.text(doc))


def _is_firm(town: str, names: Names) -> bool:
    """Whether who has shares has a town's name alone; the joiner finds the only one with more."""
    longer = {name for name in names.surfaces if name.startswith(f"{town} ")}
    return town in PLACES and town not in COUNTRIES and len(longer) != 1


def _is_called(name: str) -> bool:
    """Whether people are called so, and nothing known is: `Fredriksen`, `Viggo Kristiansen`.

    A single first name is rather a thing's: `Marius-genser`.
    """
    first, *others = name.split()
    return first in FORENAMES if others else name in _SURNAMES


def _inner_kind(inner: str, ent: Span, names: Names, head: str = "") -> str:
    """Type of the name inside a derivation: the document's, a well-known one's, the model's.

    A model that says what else a derivation might be (`second_label`) tells what is inside it.
    """
    if head in SHARES and _is_firm(inner, names):
        return "organisation"
    bearer = plain(inner) in names.surnames  # "Trump-administrasjonen" where Donald Trump is named
    other = inner in names.located or type_of(inner) == "organisation"
    if bearer and (head in FAMILY_HEADS or (head in _OF_SOMEBODY and not other)):
        return "person"
    usual = HEAD_KINDS.get(head)
    second = TYPE_OF_LABEL.get(ent._.second_label)
    somebody = inner in PUBLIC or head in SOMEBODY_HEADS  # `Elon Musk-veteran`
    return (
        _majority(names.kinds.get(inner, Counter()))
        or ("person" if bearer else None)
        or type_of(inner)
        or ("person" if somebody else None)
        or (usual if usual == "place" and inner in MAYBE_PLACES else None)  # `Grimstad-mannen`
        or TYPE_OF_LABEL.get(ent.label_)
        or usual
        or ("person" if second != "organisation" and _is_called(inner) else None)
        or second
        or _FALLBACK
    )


def _spell(surface: str, seen: Seen, names: Names) -> str:
    name = lower_capitals(surface, seen.ent.label_, names.spelt, in_capitals=seen.in_capitals)
    return unify(spell_road(name))


def _ship_prefix(ent: Span) -> str:
    """The prefix before a ship's name in quotation marks, empty where there is none."""
    prefix, quote = ["", "", *extensions.words(ent.doc)[max(ent.start - 2, 0) : ent.start]][-2:]
    return prefix if quote in QUOTES and prefix in SHIP_PREFIXES else ""


def _is_county(name: str, names: Names) -> bool:
    """Whether a county goes by the name before that word; not beside a city abroad, that has it."""
    base = name.removesuffix(_COUNTY)
    beside = base in names.kinds and COUNTRY_OF.get(base) != "NOR"
    return base != name and base in PLACES and not beside


def _base(seen: Seen, names: Names) -> Base:
    ent, surface = seen.ent, seen.surface
    if is_code(ent, coded=names.coded):
        return Base(CODES[ent.text], False, "place")
    if ent.label_ == "PER" and ent._.method == "rule":
        surface = turn(surface)
    name = _spell(strip_genitive(surface, names.evidence), seen, names)
    kind = TYPE_OF_LABEL.get(ent.label_)
    if kind == "product" and (prefix := _ship_prefix(ent)):
        ship = f"{prefix} {name}"  # `MF «Samnøy»`, and MF Samnøy; `HMS «Kenya»` is no country
        name = ship if ship in names.surfaces or name in COUNTRIES else name
    if kind == "place" and _is_county(name, names):
        name = name.removesuffix(_COUNTY)  # `Donetsk fylke`, `Troms fylke`
    kind = decide(kind, name, ent, names)
    if kind == "person" and after(ent) in GENERATIONS:
        name = f"{name} {after(ent)}"  # `Trump junior` is not Donald Trump
    parts = take_apart(name, ent.label_, names.surfaces)
    if parts is None:
        # A derivation without a hyphen, such as "osloboer", has no name inside to speak for it.
        known = name in ORGANISATIONS or name in PLACES
        surname = name[:1].isupper() and plain(name) in names.surnames
        derived = ent.label_ == _DERIVATION and not (known or surname)
        return Base(name, derived, kind or _inner_kind(name, ent, names))
    inner = _spell(parts.inner, seen, names)
    head = name.rpartition("-")[2]
    if parts.derived or (parts.kind == "organisation" and inner != name):
        return Base(inner, parts.derived, _inner_kind(inner, ent, names, head))
    return Base(inner, False, parts.kind or kind or _inner_kind(inner, ent, names))


def name_all(doc: Doc) -> Doc:
    """Sets `name`, `type` and `derived` of every name; what the gazetteer set stays."""
    mentions = _look(doc)
    names = _gather(doc, mentions)
    for seen in mentions:
        ent, base = seen.ent, _base(seen, names)
        if ent._.method == "gazetteer":
            ent._.type = TYPE_OF_LABEL.get(ent.label_) or _FALLBACK
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
