"""Agencies and other bodies in photo credits. Own compilation."""

from __future__ import annotations

from pipeline.language.tokens.data import AGENCIES as NEWS_AGENCIES

# Of news, but for those that are somebody's name without capitals.
_NEWS = frozenset(name.lower() for name in NEWS_AGENCIES - {"LETA", "MIA", "RIA", "SANA", "STA"})
AGENCIES = _NEWS | frozenset(
    " ".join(name.split())
    for name in """
    ntb scanpix, scanpix, ntb/scanpix, ap photo, tt nyhetsbyrån, ritzau scanpix, epa, anp, getty,
    getty images, shutterstock, istock, bildbyrån, bildbyrån norway, gorilla, digitalsport, zuma,
    zuma press, rex, rex features, sipa, abaca, all over press, nrk, tv 2, vg, dagbladet,
    aftenposten, dn,
    dagens næringsliv, bt, bergens tidende, adresseavisen, e24, nettavisen, dagsavisen, vårt land,
    klassekampen, stavanger aftenblad, forsvaret, politiet, kripos, nasa, esa, facebook, instagram,
    twitter, youtube, snapchat, tiktok, netflix, hbo, disney, nato, fn, unicef, unhcr, lehtikuva,
    polfoto, samfoto, mostphotos, colourbox, unsplash, pixabay, wikimedia, wikimedia commons,
    amazon prime, amazon, google, google maps, kartverket, statens vegvesen
    """.split(",")
)

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
