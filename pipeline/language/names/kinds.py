"""Of which type a name is, where its document or its form tells more than the model's label."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from spacy.tokens import Doc, Span

from pipeline.language.extensions import words
from pipeline.language.hospitals import hospital
from pipeline.language.known import (
    CODES,
    COUNTRIES,
    FORENAMES,
    MAYBE_PLACES,
    ORGANISATIONS,
    PLACES,
    SHARED,
    type_of,
)
from pipeline.language.lexicon import FIRM_HEADS
from pipeline.language.names.data import (
    OF_PEOPLE_TOO,
    ORGANISATION_HEADS,
    PLACE_PREPOSITIONS,
    SHARES,
)
from pipeline.language.names.genitive import Evidence
from pipeline.language.spans import after, before, is_sure
from pipeline.language.spelling import plain
from pipeline.vocabulary import PLACE_LABELS

_ADDRESS = re.compile(r"\w+\.(?:no|com|org|net|se|dk)")  # `Zalando.no`
_MEDIUM = "X"  # known as the others are, but for what else a letter may be
_WRITTEN = frozenset({"på", "via", "fra", "hos"})
GENERATIONS = frozenset({"junior", "senior"})
_PARTIES = frozenset({"PAN", "PRI"})  # in Mexico, which Panama and Puerto Rico are, too
# What stands before a body: what it is, and where somebody works.
_FIRMS = ORGANISATION_HEADS | frozenset(
    """
    bedriften butikken entreprenøren firmaet foretaket forlaget investeringsselskapet
    kommunikasjonsbyrået merket merkevaren produsenten reklamebyrået rederiet stiftelsen verftet
    """.split()
)
_BODIES = _FIRMS | {"hos"}
_BEFORE_BODIES = _BODIES | {"i"}
# How what stands before a body ends, or is.
_FIRM_ENDINGS = ("byrået", "firmaet", "kjeden", "rederiet", "selskapet")
_CALLED = frozenset("kafeen nettavisen nettstedet puben restauranten tavernaen".split())
_EDITORS = frozenset({"sjefredaktør", "sjefredaktøren"})
# Who is elected in a place: `parlamentsmedlem for Norwich South`.
_ELECTED = frozenset("kongressmedlem parlamentsmedlem parlamentsmedlemmet underhusmedlem".split())
_BODY_HEADS = FIRM_HEADS | ORGANISATION_HEADS | SHARES
_TOLD = 0.45  # a body's score, where the article has a longer name of one that begins so
_LETTERS = 4
_SPEAKS = frozenset('–—-«"“')


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
        located: Base names that stand where only places do (`lies_there`), once at least.
        firms: First words of longer names of bodies, without accents: `Wilsgård Fiskeoppdrett`.
        bodies: Those, and others that the article shows to be a body's.
        coded: Whether people have the letters of two countries at least, as in results.
        sport: Whether the document is of sport; True where that does not matter.
    """

    evidence: Evidence
    surfaces: frozenset[str]
    spelt: dict[str, str]
    kinds: dict[str, Counter[str]]
    surnames: frozenset[str]
    introduced: dict[str, int]
    located: frozenset[str]
    firms: frozenset[str]
    bodies: frozenset[str]
    coded: bool
    sport: bool = True


@dataclass(frozen=True, slots=True)
class Case:
    """A name whose type is to be decided: the arguments of `decide`."""

    kind: str | None
    name: str
    ent: Span
    names: Names


def _is_hospital(case: Case) -> bool:
    """Whether it is where somebody is treated: `innlagt på Haukeland`."""
    return bool(hospital(case.name, case.ent))


def _is_somebody(case: Case) -> bool:
    """Whether a place or body by its name is rather who was named in full with it.

    `Tripic` alone, where Zlatko Tripic is named; and `Sandnes tok dissens`, where the article has
    Cato Sandnes and nothing in Sandnes.
    """
    name, ent, names = case.name, case.ent, case.names
    if case.kind not in ("place", "organisation"):
        return False
    first = names.introduced.get(plain(name), len(ent.doc))
    # A headline has surnames before the lead has full names.
    introduced = ent.start >= first or (ent._.zone == "headline" and _is_in_lead(ent.doc, first))
    if _holds(name, ent, names, introduced):
        return False
    if not _is_known(name):
        there = before(ent).lower() in ("i", "på") and lies_there(name, ent)
        there = there and ent.label_ in PLACE_LABELS
        called = name in FORENAMES and plain(name) in names.introduced
        bears = introduced or called or plain(name) in names.surnames
        return bears and not there  # `På Ree bor Ådne Ree`
    if not introduced and type_of(name) != "person":  # who is in the news needs no introduction
        return False
    # `Beate Bø, Bø` signs a letter; `Hof: Veien er stengt` is no `Hof: – Jeg er lei`.
    stands_there = lies_there(name, ent) or before(ent) == "," or _is_dateline(ent)
    return name not in ORGANISATIONS and name not in names.located and not stands_there


def _is_told_body(case: Case) -> bool:
    """Whether the words around tell that a name is a body's: `bemanningsbyrået Dedicare`."""
    name, ent = case.name, case.ent
    if case.kind == "organisation":  # which somebody of that name may be all the same
        return False
    told = "".join(words(ent.doc)[ent.end : ent.end + 3])
    if told.startswith(",avd.") or _is_paper(ent):
        return name not in COUNTRIES
    first, _, others = name.partition(" ")  # of marks alone there is none
    somebody = first in FORENAMES or (not others and plain(name) in case.names.surnames)
    if somebody or name in PLACES or type_of(name) == "person":  # `Selskapet Haaland eier`
        return False
    leads = words(ent.doc)[max(ent.start - 2, 0) : ent.start] == ["som", "leder"]
    called = before(ent).lower()
    return (leads and name not in SHARED) or called in _CALLED or called.endswith(_FIRM_ENDINGS)


def _is_paper(ent: Span) -> bool:
    """Whether it is where somebody is the editor: `Sjefredaktør Kari Moe i Innherred`."""
    at = ent.start - 2
    while before(ent) == "i" and at > 0 and ent.doc[at].ent_type_ == "PER":
        at -= 1
    return at < ent.start - 2 and ent.doc[at].text.lower() in _EDITORS


def may_be_town(name: str, ent: Span) -> bool:
    """Whether a name is a town's, which the model takes for a body without being sure."""
    known = type_of(name) == "place" or (name in MAYBE_PLACES and is_located(ent))
    scored = ent._.method == "model" and ent._.score is not None
    text = ent.text.removesuffix("s")
    letters = text.isupper() and len(ent) == 1 and len(text) <= _LETTERS  # the FLA, no Fla
    return ent.label_ == "ORG" and known and scored and not letters and not is_sure(ent)


def _is_town(case: Case) -> bool:
    """Whether nothing shows a body of a town's name: a club, or a firm (Kongsberg Gruppen)."""
    name, ent, names = case.name, case.ent, case.names
    if names.sport or name in ORGANISATIONS or not may_be_town(name, ent):
        return False
    return not (plain(name) in names.firms or before(ent).lower() in _BODIES)


def _is_constituency(case: Case) -> bool:
    """Whether somebody is elected there: `parlamentsmedlem for Norwich South`."""
    name, ent = case.name, case.ent
    elected = words(ent.doc)[max(ent.start - 2, 0) : ent.start]
    there = name.partition(" ")[0] in PLACES and name not in ORGANISATIONS
    return there and elected[1:] == ["for"] and elected[0].lower() in _ELECTED


def _holds(name: str, ent: Span, names: Names, introduced: bool) -> bool:
    """Whether the model's label holds against somebody of that name.

    A body needs less where the article has a longer name of one (`Wilsgård`, and Wilsgård
    Fiskeoppdrett); where nothing shows a body, who was named in full is meant.
    """
    word = plain(name)
    if "-" in name and introduced and word in names.surnames:  # `Andresen-Kroghs villa`
        return False
    if ent.label_ != "ORG" or ent._.score is None or type_of(name) is not None:
        return is_sure(ent)
    if word in names.firms:
        return bool(ent._.score >= _TOLD)
    # Most farms are called like somebody: `Nordtun`; but the agency Try is like few.
    unknown = not _is_known(name) or (name in SHARED and name not in names.located)
    meant = introduced and word in names.surnames and unknown and word not in names.bodies
    return is_sure(ent) and not meant


def firm_in(name: str, ent: Span) -> str:
    """First word of a longer name of a body, without accents: `zorp` of Zorp Maskin AS."""
    first, *rest = (name.split() if ent.label_ == "ORG" else []) or [""]
    if rest and first.lower() in _FIRMS:  # `Verftet Ulstein Gruppen`
        first, *rest = rest
    return plain(first) if rest else ""


def body_in(name: str, ent: Span) -> str:
    """What the words around show to be a body's name: `Zorp-sjefen`, `byrået Zorp`, `hos Zorp`."""
    inner, _, head = name.rpartition("-")
    if inner and head in _BODY_HEADS:
        return plain(inner)
    return plain(name) if ent.label_ == "ORG" and before(ent).lower() in _BEFORE_BODIES else ""


def _is_known(name: str) -> bool:
    return name in MAYBE_PLACES or type_of(name) is not None


def _is_in_lead(doc: Doc, token: int) -> bool:
    return token < len(doc) and Span(doc, token, token + 1)._.zone == "lead"


def is_located(ent: Span) -> bool:
    """Whether a name stands where only places do: `på Voss`."""
    return before(ent).lower() in PLACE_PREPOSITIONS


def lies_there(name: str, ent: Span) -> bool:
    """Whether a name that may be somebody's stands where only places do.

    `På Voss`; but not `på Voss' vegne`, nor, where the model sees no place, `et svar til Voss`.
    """
    owns = len(name) < len(ent.text)
    said = before(ent).lower() not in OF_PEOPLE_TOO or ent.label_ in PLACE_LABELS
    return is_located(ent) and said and not owns


def _is_dateline(ent: Span) -> bool:
    """Whether a name stands before a colon, and nobody speaks after it."""
    says = words(ent.doc)[ent.end + 1 : ent.end + 2]
    return before(ent) == "" and after(ent) == ":" and says != [] and says[0] not in _SPEAKS


def _is_home(case: Case) -> bool:
    """Whether somebody is from there: `Kari Moe, Kongsvinger (Moes Bilverksted)`.

    With figures in the brackets it is the club: `Kari Moe, Moss (45)`.
    """
    name, ent = case.name, case.ent
    if name not in PLACES or name in ORGANISATIONS:
        return False
    told = "".join(words(ent.doc)[ent.end + 1 : ent.end + 2])
    listed = before(ent) == "," and after(ent) == "(" and told[:1].isalpha()
    return listed and ent.start > 1 and ent.doc[ent.start - 2].ent_type_ == "PER"


def _is_body(case: Case) -> bool:
    """Whether it is a body by its form, whatever the model takes it for: `Zalando.no`."""
    if case.kind not in ("place", "person"):
        return False
    return _ADDRESS.fullmatch(case.name) is not None or _is_branch(case.name)


def _is_branch(name: str) -> bool:
    """Whether a name is letters that stand for a body and where it is: `UNN Narvik`."""
    body, _, place = name.partition(" ")
    return body.isupper() and body in ORGANISATIONS and place in MAYBE_PLACES


def _is_medium(case: Case) -> bool:
    """Whether it is where something is written: `på X`; but `Saken mot X`."""
    product = case.ent.label_ == "PROD" and case.name == _MEDIUM
    return product and before(case.ent).lower() in _WRITTEN


def _is_junior(case: Case) -> bool:
    """Whether a model makes a team of somebody's son: `Haaland junior`, not Brann junior."""
    first, _, generation = case.name.rpartition(" ")
    surname = plain(first) in case.names.surnames or type_of(first) == "person"
    return generation in GENERATIONS and surname


def _is_daughter(case: Case) -> bool:
    """Whether it is somebody in Iceland by her father's or mother's name."""
    return case.name.endswith("dóttir")


def is_code(ent: Span, *, coded: bool = True) -> bool:
    """Whether it is the country of somebody: `Ilkka Herola (FIN)`; but `Departementet (FIN)`.

    Args:
        ent: The name.
        coded: See `Names`. A code alone is no party's, and has a name of two words before it.
    """
    bracketed = ent.text in CODES and before(ent) == "(" and after(ent)[:1] == ")"
    party = type_of(ent.text) == "organisation"  # MDG, which is Madagaskar, too
    if not bracketed or party or ent.start < 2:
        return False
    word = ent.doc[ent.start - 2]
    return word.ent_type_ == "PER" and (
        coded or (word.ent_iob_ == "I" and ent.text not in _PARTIES)
    )


RULES: tuple[tuple[Callable[[Case], bool], str], ...] = (
    (_is_hospital, "organisation"),
    (_is_told_body, "organisation"),
    (_is_somebody, "person"),
    (_is_constituency, "place"),
    (_is_town, "place"),
    (_is_body, "organisation"),
    (_is_medium, "organisation"),
    (_is_home, "place"),
    (_is_junior, "person"),
    (_is_daughter, "person"),
)


def decide(kind: str | None, name: str, ent: Span, names: Names) -> str | None:
    """The type of a name; the first rule that knows decides.

    Args:
        kind: That of the model's label, None where that has none.
        name: Its base form, compounds whole.
        ent: The name.
        names: What the document's names say about each other.
    """
    case = Case(kind, name, ent, names)
    return next((told for rule, told in RULES if rule(case)), kind)
