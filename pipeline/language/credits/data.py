"""Words of bodies in photo credits, beside agencies. Own compilation."""

from __future__ import annotations

# A word that makes the name an organisation's.
BODY_WORDS = frozenset(
    """
    images photo photos press pictures news nyhetsbyrå nyhetsbyrån agency agence as asa ab inc ltd
    media studio studios film tv foto production productions forlag museum museet kommune politiet
    politidistrikt universitetet departementet rederiet times sun-times post avisa
    """.split()
)

BODY_STARTS = frozenset({"norsk", "norske", "norges", "statens", "rederiet", "det", "den"})
BODY_ENDINGS = ("forbund", "forbundet", "politiet", "vesenet", "verket", "etaten", "museet")

# Not a name at all.
NO_NAMES = frozenset(
    """
    privat private arkiv arkivfoto illustrasjonsfoto skjermdump faksimile pressefoto handout pool
    illustrasjon ukjent leserbilde cc overvåkningskamera bilde bildet video
    """.split()
)

SEPARATORS = frozenset({"/", ",", "og", "via", "|", ";", "&", "–", "-"})
