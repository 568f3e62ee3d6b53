"""Courts, ministries and parties that many countries have by one name, as a pure function."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.language.joins.named import BODY, Named
from pipeline.language.known import CODES, COUNTRIES, COUNTRY_OF, type_of

_NATIONAL = frozenset(
    """
    Forfatningsdomstolen Grunnlovsdomstolen Høyesterett Konstitusjonsdomstolen Nasjonalbanken
    Nasjonalforsamlingen Parlamentet Riksadvokaten Riksrevisjonen Sentralbanken Valgkommisjonen
    """.split()
)
_PARTIES = frozenset("Arbeiderpartiet Fremskrittspartiet Høyre Senterpartiet Venstre".split())
# Cities with what is of several countries: `Parlamentet i Strasbourg`.
_SEATS = frozenset("Brussel Genève Haag Strasbourg".split())
# What is of a country: `sveitsisk Høyesterett`.
_OF = dict(
    pair.split("=")
    for pair in """
    afghansk=Afghanistan amerikansk=USA argentinsk=Argentina armensk=Armenia australsk=Australia
    belgisk=Belgia brasiliansk=Brasil britisk=Storbritannia bulgarsk=Bulgaria chilensk=Chile
    colombiansk=Colombia dansk=Danmark egyptisk=Egypt estisk=Estland estlandsk=Estland
    etiopisk=Etiopia filippinsk=Filippinene finsk=Finland fransk=Frankrike georgisk=Georgia
    gresk=Hellas indisk=India indonesisk=Indonesia irakisk=Irak iransk=Iran irsk=Irland
    islandsk=Island israelsk=Israel italiensk=Italia japansk=Japan kanadisk=Canada kenyansk=Kenya
    kinesisk=Kina kroatisk=Kroatia latvisk=Latvia libanesisk=Libanon libysk=Libya litauisk=Litauen
    maltesisk=Malta marokkansk=Marokko meksikansk=Mexico moldovsk=Moldova nederlandsk=Nederland
    nigeriansk=Nigeria nordkoreansk=Nord-Korea norsk=Norge pakistansk=Pakistan
    palestinsk=Palestina peruansk=Peru polsk=Polen portugisisk=Portugal rumensk=Romania
    russisk=Russland serbisk=Serbia slovakisk=Slovakia slovensk=Slovenia spansk=Spania
    sudansk=Sudan svensk=Sverige sveitsisk=Sveits syrisk=Syria sørafrikansk=Sør-Afrika
    sørkoreansk=Sør-Korea taiwansk=Taiwan thailandsk=Thailand tsjekkisk=Tsjekkia tunisisk=Tunisia
    tyrkisk=Tyrkia tysk=Tyskland ugandisk=Uganda ukrainsk=Ukraina ungarsk=Ungarn
    venezuelansk=Venezuela østerriksk=Østerrike
    """.split()
)

_HOME = "Norge"
_AT_HOME = frozenset({"NOR", "SJM"})
_OLD = "DNA"  # Det norske Arbeiderparti, as Arbeiderpartiet was called


def country_of(place: str, name: str) -> str | None:
    """The country that a place beside a name tells; a party has branches in towns at home.

    Args:
        place: Where it is, or whose.
        name: Of what many countries have.
    """
    if place in _SEATS or (name in _PARTIES and place not in COUNTRIES):
        return None
    country = COUNTRY_OF.get(place, "")
    return _HOME if country in _AT_HOME else CODES.get(country)


def country_told(word: str) -> str | None:
    """The country that a word before a name tells: `sveitsisk`, `israelske`."""
    return _OF.get(word.removesuffix("e"))


def find_national(
    mentions: Sequence[Named],
    said: Iterable[tuple[int, str]],
    pairs: Iterable[tuple[int, int]] = (),
) -> dict[int, str]:
    """What is another country's, by the index of the mention: `Høyesterett (Brasil)`.

    All of that name are, if the first below the headline is, and the text tells of no other
    country's; else those of which it says so.

    Args:
        mentions: All names of the document, in order.
        said: Indices of names, and the country that the text gives them.
        pairs: Indices of a name and of the one that stands in brackets after it.
    """
    whole = {i: parted for i, m in enumerate(mentions) if (parted := _parted(m.name))}
    mentions = [replace(m, name=whole[i][1]) if i in whole else m for i, m in enumerate(mentions)]
    told = {i: country for i, country in said if _is_national(mentions[i])}
    told |= {i: country for i, (country, _) in whole.items()}
    letters = dict(pair for pair in pairs if _is_abroad(mentions[pair[0]], mentions[pair[1]]))
    told |= {one: mentions[other].name for one, other in letters.items()}
    found = {i: f"{mentions[i].name} ({where})" for i, where in told.items() if where != _HOME}
    for name in {mentions[index].name for index in told}:
        named = [index for index, mention in enumerate(mentions) if mention.name == name]
        first = next((index for index in named if not mentions[index].heading), named[0])
        if first in found and len({told[index] for index in named if index in told}) == 1:
            found |= dict.fromkeys(named, found[first])
    short = {mentions[other].name: found[one] for one, other in letters.items()}
    found |= {i: short[m.name] for i, m in enumerate(mentions) if m.name in short}
    return {index: name for index, name in found.items() if mentions[index].kind == BODY}


def _parted(name: str) -> tuple[str, str] | None:
    """Country and name of `Israels Høyesterett`, where a model has them in one."""
    owner, _, owned = name.partition("s ")
    country = country_of(owner, owned) if owner in COUNTRIES and owned in _NATIONAL else None
    return (country, owned) if country else None


def _is_national(mention: Named) -> bool:
    name = mention.name
    return name in _NATIONAL or name in _PARTIES or name.endswith("departementet")


def _is_abroad(party: Named, letters: Named) -> bool:
    """Whether letters in brackets are no party's at home: `Arbeiderpartiet (PT)`."""
    short = letters.name
    unknown = type_of(short) is None and short != _OLD
    acronym = len(short) > 1 and short[0].isupper() and short[-1].isupper()
    return party.name in _PARTIES and letters.kind == BODY and unknown and acronym
