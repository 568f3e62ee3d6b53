"""Every example in docs/norwegian.md: a page section, its examples, and what becomes of each."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from pipeline import language
from pipeline.language.credits.find import find_credits
from pipeline.language.gazetteer.factory import Gazetteer, forms
from pipeline.language.gazetteer.read import Row
from pipeline.language.roads.addresses import find_addresses
from pipeline.language.roads.find import find_roads
from pipeline.language.spelling import spell_road, turn, unify
from pipeline.language.tokens.tokenizer import make_tokenizer
from pipeline.stages.lines import on_one_line, word
from tests.conftest import ROOT
from tests.unit.test_language_names import base, ruled, scored

NLP = language.blank()
MAKE = make_tokenizer(NLP.vocab)

Example = tuple[Callable[[], object], object]


def tokens(text: str, expected: str) -> Example:
    return lambda: " ".join(token.text for token in MAKE(text)), expected


def sentences(*expected: str) -> Example:
    text = " ".join(expected)
    return lambda: [s.text.strip() for s in language.read(NLP, text).sents], list(expected)


def zone(paragraph: str, expected: str) -> Example:
    text = f"En tittel\n\nDette er ingressen.\n\n{paragraph}\n\nHer går saken videre."
    return lambda: language.read(NLP, text, 9)._.zones[2], expected


def roads(text: str, *expected: str) -> Example:
    return lambda: [text[start:end] for start, end in find_roads(text)], list(expected)


def credits_in(text: str, *expected: str) -> Example:
    words = [token.text for token in MAKE(text)]
    return (
        lambda: [f"{' '.join(words[a:b])} {label}" for a, b, label in find_credits(words)],
        list(expected),
    )


def base_name(surface: str, expected: str, following: str = "hus", *others: str) -> Example:
    return lambda: base(surface, following, *others), expected


def named(surface: str, label: str, *expected: object, text: str = "{} kom.") -> Example:
    """Surface, base name, type and derived of the name, or names, that the rules make of one."""

    def get() -> list[object]:
        ents = ruled(text.format(surface), [f"{surface} {label}"]).ents
        return [part for e in ents for part in (e.text, e._.name, e._.type, e._.derived)]

    return get, list(expected)


def labelled(text: str, *names: str, becomes: str) -> Example:
    """The labels of a text's names after the rules."""
    return lambda: " ".join(ent.label_ for ent in ruled(text, names).ents), becomes


def listed(first: str, second: str) -> Example:
    """The names of two lines that end in figures."""
    lines = f"{first} 4", f"{second} 3"
    names = [f"{line} LOC" for line in lines]
    return lambda: [ent.text for ent in ruled("\n".join(lines), names).ents], [first, second]


def gazetted(name: str, text: str) -> Example:
    """What is found of a person where the list has the surname."""
    gazetteer = Gazetteer(NLP, [Row("Trump", "person")])
    return lambda: [ent.text for ent in gazetteer(ruled(text, [f"{name} PER"])).ents], [name]


def wrapped(text: str, expected: str) -> Example:
    """What a word is where the end of a line parts it, which the page shows as an arrow."""
    return lambda: word(text.replace("⏎", "\n")), expected


def on_one_line_of(text: str, expected: str) -> Example:
    """The words of a wrapped sentence in which names are sought."""
    lines = text.replace("⏎", "\n")
    tokens = [(t.idx, t.idx + len(t.text), 0, "body") for t in MAKE(lines)]
    return lambda: " ".join(lines[a:b] for a, b, _, _ in on_one_line(tokens, lines)), expected


def overlooked(text: str, *expected: str) -> Example:
    """What is found in a text in which the model found nothing."""
    return lambda: [ent.text for ent in ruled(text, []).ents], list(expected)


EXAMPLES: dict[str, dict[str, Example]] = {
    "Tokens": {
        "på E6.": tokens("på E6.", "på E6 ."),
        "M4.": tokens("langs M4.", "langs M4 ."),
        "P4.": tokens("hører P4.", "hører P4 ."),
        "G20.": tokens("i G20.", "i G20 ."),
        "riksvei 3.": tokens("langs riksvei 3.", "langs riksvei 3 ."),
        "112. Politiet": tokens("Ring 112. Politiet kom", "Ring 112 . Politiet kom"),
        "19. februar": tokens("den 19. februar", "den 19. februar"),
        "3. divisjon": tokens("i 3. divisjon", "i 3. divisjon"),
        "den 3. Harry Potter-filmen": tokens(
            "den 3. Harry Potter-filmen", "den 3. Harry Potter-filmen"
        ),
        "De var to. Hun": tokens("De var to. Hun gikk", "De var to . Hun gikk"),
        "to.": tokens("ma. to. on.", "ma. to. on ."),
        "støtter Frp.": tokens("støtter Frp.", "støtter Frp ."),
        "bl.a.": tokens("er bl.a. her", "er bl.a. her"),
        "kl.": tokens("er kl. 12 her", "er kl. 12 her"),
        "mill.": tokens("er 12 mill. kroner", "er 12 mill. kroner"),
        "Jens P. Heyerdahl": tokens("Jens P. Heyerdahl", "Jens P. Heyerdahl"),
        "NTB/VG": tokens("NTB/VG", "NTB / VG"),
        "E6/E39": tokens("E6/E39", "E6 / E39"),
        "NTB-AFP": tokens("NTB-AFP", "NTB - AFP"),
        "Bodø/Glimt": tokens("Bodø/Glimt", "Bodø/Glimt"),
        "km/t": tokens("80 km/t", "80 km/t"),
        "og/eller": tokens("og/eller", "og/eller"),
        "A/S": tokens("A/S", "A/S"),
        "Hamar–Lillehammer–Dombås": tokens(
            "Hamar–Lillehammer–Dombås", "Hamar – Lillehammer – Dombås"
        ),
        "Brann–Rosenborg": tokens("Brann–Rosenborg", "Brann – Rosenborg"),
        "Iran–Irak-krigen": tokens("Iran–Irak-krigen", "Iran–Irak-krigen"),
        "al-Assad": tokens("al-Assad", "al-Assad"),
        "Nato-landet": tokens("Nato-landet", "Nato-landet"),
        "Harstad 2–Odd": tokens("Harstad 2–Odd", "Harstad 2 – Odd"),
        "Schalke 04–Odd": tokens("Schalke 04–Odd", "Schalke 04 – Odd"),
        "Storhamar-Larvik 31-27": tokens(
            "Storhamar-Larvik 31-27 (15-12)", "Storhamar - Larvik 31-27 ( 15-12 )"
        ),
        "Rødt-Moxnes": tokens("Rødt-Moxnes", "Rødt - Moxnes"),
        "Ap-topp": tokens("Ap-topp", "Ap-topp"),
        "Høyre-Norge": tokens("Høyre-Norge", "Høyre-Norge"),
        "Svein-Erik 31 år": tokens("Svein-Erik 31 år", "Svein-Erik 31 år"),
        "Nord-Norge 10-15 grader": tokens("Nord-Norge 10-15 grader", "Nord-Norge 10-15 grader"),
        "7–Eleven": tokens("på 7–Eleven", "på 7–Eleven"),
        "E24/NTB": tokens("(E24/NTB)", "( E24 / NTB )"),
        "skriver Medier24. Avisen": tokens(
            "skriver Medier24. Avisen", "skriver Medier24 . Avisen"
        ),
        "leide PwC. De": tokens("leide PwC. De", "leide PwC . De"),
        "Tesla Model Y. Bilen": tokens("Tesla Model Y. Bilen", "Tesla Model Y . Bilen"),
        "på Oslo S. Toget": tokens("på Oslo S. Toget", "på Oslo S . Toget"),
        "Utøya-22. juli": tokens("Utøya-22. juli", "Utøya-22. juli"),
        "PhD. Hansen": tokens("med PhD. Hansen", "med PhD. Hansen"),
        "på X. Y. Zander": tokens("på X. Y. Zander", "på X. Y. Zander"),
        "–Jeg": tokens("–Jeg går", "– Jeg går"),
        "©NTB": tokens("©NTB", "© NTB"),
        "Rv. 7": tokens("på Rv. 7", "på Rv. 7"),
        "kap. 3": tokens("i kap. 3", "i kap. 3"),
        "Kl. 12": tokens("Kl. 12 ringte de.", "Kl. 12 ringte de ."),
    },
    "Sentences and zones": {
        "Jens⏎Stoltenberg": on_one_line_of("sier Jens⏎Stoltenberg nå", "sier Jens Stoltenberg nå"),
        "Sikkerhets-⏎rådet": wrapped("Sikkerhets-⏎rådet", "Sikkerhetsrådet"),
        "Nato-⏎landet": wrapped("Nato-⏎landet", "Nato-landet"),
        "Helse Sør-⏎Øst": wrapped("Sør-⏎Øst", "Sør-Øst"),
        ".": sentences("Hun gikk hjem.", "Han ble."),
        "!": sentences("Gå hjem!", "Han ble."),
        "?": sentences("Gikk hun?", "Han ble."),
        "…": sentences("Hun gikk …", "Han ble."),
        "Foto:": sentences("De tapte.", "Foto: Heiko Junge, NTB scanpix", "Andre vant."),
        "Av Ola Dahl": zone("Av Ola Dahl", "byline"),
        "Foto: Pavel Golovkin / AP": zone("Foto: Pavel Golovkin / AP", "byline"),
        "(©NTB)": zone("(©NTB)", "byline"),
        "TEKST: …": zone("TEKST: Kari Moe", "byline"),
        "– Jeg håper …, sier Putin.": zone("– Jeg håper det går bra, sier Putin.", "quote"),
        "«…»": zone("«Jeg håper at det går bra med alle sammen», sa hun.", "quote"),
    },
    "Roads": {
        "E134 Haukeli er stengt": overlooked("E134 Haukeli er stengt.", "E134", "Haukeli"),
        "E39 Halhjem–Sandvikvåg": overlooked(
            "Det er E39 Halhjem–Sandvikvåg.", "E39", "Halhjem", "Sandvikvåg"
        ),
        **{
            road: roads(f"kø på {road} i dag", road)
            for road in ("E6", "E 18", "Europavei 6", "riksvei 3", "Rv. 7", "fylkesvei 40",
                         "Fv. 40", "Ring 3")
        },
        "M4": roads("motorveien M4", "M4"),
        "A1": roads("veien A1 mot nord", "A1"),
        "motorveien M4": roads("på motorveien M4", "M4"),
        "langs M4": roads("kø langs M4", "M4"),
        "M4 og M5": roads("langs M4 og M5", "M4", "M5"),
        "…veien …, kjent som M5": roads("motorveien til Aleppo, kjent som M5", "M5"),
        **{
            other: roads(f"en {other} i dag")
            for other in ("A4-ark", "BMW M4", "M4 karabin", "P3", "G20", "F-16", "B12", "U21",
                          "H1N1", "E24")
        },
        "E 6": (lambda: spell_road("E 6"), "E6"),
        "Gamle Drammensvei 88": (
            lambda: [*find_addresses("i Gamle Drammensvei 88 i dag")],
            [(2, 22)],
        ),
    },
    "Credits": {
        "Foto:": credits_in("Foto: Ola Dahl", "Ola Dahl PER"),
        "Illustrasjonsfoto:": credits_in("Illustrasjonsfoto: Ola Dahl", "Ola Dahl PER"),
        "Tekst:": credits_in("Tekst: Ola Dahl", "Ola Dahl PER"),
        "Av …": credits_in("Av Ola Dahl, NTB", "Ola Dahl PER", "NTB ORG"),
        "Meek, Tore / NTB scanpix": (lambda: turn("Meek, Tore"), "Tore Meek"),
        "Foto: Privat": credits_in("Foto: Privat"),
        "Faksimile: VG, 12. mai 1987": credits_in("Faksimile: VG, 12. mai 1987", "VG ORG"),
        "Foto: Kari Moe, Statens vegvesen": (
            lambda: [
                ent.text
                for ent in ruled(
                    "Foto: Kari Moe, Statens vegvesen", ["Kari Moe PER", "Statens vegvesen ORG"]
                ).ents
            ],
            ["Kari Moe", "Statens vegvesen"],
        ),
        "Foto: Kari Moe/NTB, Lars Bones": credits_in(
            "Foto: Kari Moe/NTB, Lars Bones", "Kari Moe PER", "NTB ORG", "Lars Bones PER"
        ),
    },
    "Mending what the model finds": {
        "president Putin": named("president Putin", "PER", "Putin", "Putin", "person", False),
        "Lyngen 4": listed("Lyngen", "Lofoten"),
        "Lofoten 3": listed("Lofoten", "Lyngen"),
        "i Zorpelva 17": (
            lambda: [ent.text for ent in ruled("i Zorpelva 17", ["Zorpelva 17 LOC"]).ents],
            ["Zorpelva"],
        ),
        "Tyrkias Recep Tayyip Erdogan": named(
            "Tyrkias Recep Tayyip Erdogan", "PER",
            "Tyrkias", "Tyrkia", "place", False,
            "Recep Tayyip Erdogan", "Recep Tayyip Erdogan", "person", False,
        ),
        "TikTok-eieren ByteDance": named(
            "TikTok-eieren ByteDance", "ORG",
            "TikTok-eieren", "TikTok", "organisation", True,
            "ByteDance", "ByteDance", "organisation", False,
        ),
        "WFP-sjef Cindy McCain": named(
            "WFP-sjef Cindy McCain", "PER",
            "WFP-sjef", "WFP", "organisation", True,
            "Cindy McCain", "Cindy McCain", "person", False,
        ),
        "Iran-støttede Hizbollah": named(
            "Iran-støttede Hizbollah", "ORG",
            "Iran-støttede", "Iran", "place", True,
            "Hizbollah", "Hizbollah", "organisation", False,
        ),
        "Bodø-baserte Helse Nord": named(
            "Bodø-baserte Helse Nord", "ORG",
            "Bodø-baserte", "Bodø", "place", True,
            "Helse Nord", "Helse Nord", "organisation", False,
        ),
        "Trondheimsselskapet Zorp": labelled(
            "Nå vil Trondheimsselskapet Zorp det.", "Trondheimsselskapet Zorp ORG",
            becomes="DRV ORG",
        ),
        "møter Brann Viking": labelled(
            "I går møter Brann Viking.", "Brann Viking ORG", becomes="ORG ORG"
        ),
        "traff Kari Moe Ola Hansen": labelled(
            "I går traff Kari Moe Ola Hansen.", "Kari Moe Ola Hansen PER", becomes="PER PER"
        ),
        "Meteorologisk institutt i Bergen": labelled(
            "Ved Meteorologisk institutt i Bergen nå.", "Meteorologisk institutt i Bergen ORG",
            becomes="ORG GPE_LOC",
        ),
        "Naturvernforbundet i Telemark": labelled(
            "Ved Naturvernforbundet i Telemark nå.", "Naturvernforbundet i Telemark ORG",
            becomes="ORG",
        ),
        "Kirkelig fellesråd i Bodø": labelled(
            "Nå vil Kirkelig fellesråd i Bodø mer.", "Kirkelig fellesråd ORG", "Bodø GPE_LOC",
            becomes="ORG",
        ),
        "Kari Moe f. Vik": labelled("Om Kari Moe f. Vik.", "Kari Moe f. Vik PER",
                                    becomes="PER PER"),
        "Agder og Rogaland": labelled(
            "I Agder og Rogaland nå.", "Agder og Rogaland GPE_LOC", becomes="GPE_LOC GPE_LOC"
        ),
        "Møre og Romsdal": labelled(
            "I Møre og Romsdal nå.", "Møre og Romsdal GPE_LOC", becomes="GPE_LOC"
        ),
        "møtte Zelenskyj Trump": labelled(
            "I går møtte Zelenskyj Trump.", "Zelenskyj Trump PER", becomes="PER PER"
        ),
        "Kjell Inge Røkkes Aker": named(
            "Kjell Inge Røkkes Aker", "PER",
            "Kjell Inge Røkkes", "Kjell Inge Røkke", "person", False,
            "Aker", "Aker", "organisation", False,
        ),
        "Netanyahus Likud": (
            lambda: [
                (ent.text, ent.label_)
                for ent in ruled(
                    "Benjamin Netanyahu talte. Netanyahus Likud jublet.",
                    ["Benjamin Netanyahu PER", "Netanyahus Likud PER"],
                ).ents
            ],
            [("Benjamin Netanyahu", "PER"), ("Netanyahus", "PER"), ("Likud", "ORG")],
        ),
        "Statnetts Tonne": (
            lambda: [
                (ent.text, ent.label_)
                for ent in ruled(
                    "Hilde Tonne talte. Statnetts Tonne jublet.",
                    ["Hilde Tonne PER", "Statnetts Tonne ORG"],
                ).ents
            ],
            [("Hilde Tonne", "PER"), ("Statnetts", "ORG"), ("Tonne", "PER")],
        ),
        "Hareides beskjed": (
            lambda: [
                (ent.text, ent.label_)
                for ent in ruled(
                    "Knut Arild Hareide talte. Hareides beskjed kom.",
                    ["Knut Arild Hareide PER", "Hareides beskjed ORG"],
                ).ents
            ],
            [("Knut Arild Hareide", "PER"), ("Hareides", "PER")],
        ),
        "Yaras fabrikk": named("Yaras fabrikk", "LOC", "Yaras", "Yara", "organisation", False),
        "Edvard Munchs plass": (
            lambda: [
                ent.text
                for ent in ruled(
                    "Edvard Munch bodde ved Edvard Munchs plass.",
                    ["Edvard Munch PER", "Edvard Munchs plass LOC"],
                ).ents
            ],
            ["Edvard Munch", "Edvard Munchs plass"],
        ),
        "Johan Castberg": labelled(
            "På sokkelen pumper Johan Castberg olje.", "Johan Castberg PER", becomes="LOC"
        ),
        "Edvard Grieg-feltet": labelled(
            "Edvard Grieg-feltet", "Edvard Grieg-feltet PER", becomes="LOC"
        ),
        "gassfeltet Martin Linge": labelled(
            "Vi så gassfeltet Martin Linge.", "Martin Linge PER", becomes="LOC"
        ),
        "ekstremværet Hans": (
            lambda: [
                (ent.text, ent.label_)
                for ent in ruled(
                    "Nå kommer ekstremværet Hans. I morgen er Hans her.", ["Hans PER", "Hans PER"]
                ).ents
            ],
            [("Hans", "EVT")] * 2,
        ),
        "Kristiansund–Tromsø 1–0": (
            lambda: [
                (ent.text, ent.label_)
                for ent in ruled(
                    "Kristiansund–Tromsø 1–0", ["Kristiansund ORG", "Tromsø GPE_LOC"]
                ).ents
            ],
            [("Kristiansund", "ORG"), ("Tromsø", "ORG")],
        ),
        "Larvik slo Sola 25–20": labelled(
            "Larvik slo Sola 25–20.", "Larvik GPE_ORG", "Sola LOC", becomes="ORG ORG"
        ),
        "Elverum vant 31–27 over Drammen": labelled(
            "Elverum vant 31–27 over Drammen.", "Elverum GPE_LOC", "Drammen GPE_LOC",
            becomes="ORG ORG",
        ),
        "i Kristiansund": labelled(
            "Kristiansund–Odd 1–0. Her er Kristiansund, i Kristiansund.",
            *("Kristiansund ORG", "Odd ORG", "Kristiansund GPE_LOC", "Kristiansund GPE_LOC"),
            becomes="ORG ORG ORG GPE_LOC",
        ),
        "fra Tromsø": labelled(
            "Odd–Tromsø 1–0. Her er Tromsø, fra Tromsø.",
            *("Odd ORG", "Tromsø ORG", "Tromsø GPE_LOC", "Tromsø GPE_LOC"),
            becomes="ORG ORG ORG GPE_LOC",
        ),
        "jenta fra Snarøya vant 6–1": labelled(
            "Nå kom jenta fra Snarøya vant 6–1.", "Snarøya LOC", becomes="LOC"
        ),
        "2) Kari Moe, Tolga, 15.30,1": labelled(
            "2) Kari Moe, Tolga, 15.30,1 3) Ada Vik, Tynset, 15.40,1", "Kari Moe PER",
            "Tolga GPE_LOC", "Ada Vik PER", "Tynset LOC", becomes="PER ORG PER ORG",
        ),
        "sier de la Croix": (
            lambda: [
                (ent.text, ent._.full_name)
                for ent in ruled(
                    "Ferdinand de la Croix leder. – Ja, sier de la Croix.",
                    ["Ferdinand de la Croix PER", "Croix LOC"],
                ).ents
            ],
            [(name, "Ferdinand de la Croix")
             for name in ("Ferdinand de la Croix", "de la Croix")],
        ),
        "KI-gründer": labelled("KI-gründer Kari Moe.", "KI-gründer ORG", "Kari Moe PER",
                               becomes="PER"),
        "streameren Caedrel": labelled(
            "Så kom streameren Caedrel.", "Caedrel ORG", becomes="PER"
        ),
        "Ranjeet Bhatia (CEO)": labelled(
            "Ranjeet Bhatia (CEO) svarer.", "Ranjeet Bhatia ORG", becomes="PER"
        ),
        "kontakt: Ranjeet Bhatia, tlf. 22": labelled(
            "For mer, kontakt: Ranjeet Bhatia, tlf. 22", "Ranjeet Bhatia ORG", becomes="PER"
        ),
        "flyktningleiren Kakuma": labelled(
            "Hun bor i flyktningleiren Kakuma nå.", "Kakuma PER", becomes="LOC"
        ),
        "raketten Starship": labelled("Nå er raketten Starship her.", "Starship ORG",
                                      becomes="PROD"),
        "Legemidlet Leqembi": named(
            "Legemidlet Leqembi", "PER", "Leqembi", "Leqembi", "product", False
        ),
        "Kroaten": named("Kroaten", "ORG"),
        "Moldenseren tok gull": named("Moldenseren", "PER", text="{} tok gull."),
        "Nordlendingen skriver": labelled(
            "Nordlendingen skriver det.", "Nordlendingen ORG", becomes="ORG"
        ),
        "Palestinernes": named("Palestinernes", "GPE_LOC", text="{} talsmann kom."),
        "Sudanske styrker": labelled("Sudanske styrker kom.", "Sudanske styrker ORG", becomes=""),
        "Vindparken": named("Vindparken", "LOC"),
        "Styret i Selskapet": labelled(
            "Nå vil Styret i Selskapet det.", "Styret ORG", "Selskapet ORG", becomes=""
        ),
        "Finanspolitisk": named("Finanspolitisk", "ORG", text="{} talsmann kom."),
        "Elon Musks Starlink": labelled(
            "Om Elon Musks Starlink.", "Elon Musks Starlink PER", becomes="PER PROD"
        ),
        "Geert Wilders' Frihetsparti": labelled(
            "Om Geert Wilders' Frihetsparti.", "Geert Wilders' Frihetsparti ORG",
            becomes="PER ORG",
        ),
        "Apples iPhone": labelled("Om Apples iPhone.", "Apples iPhone PROD", becomes="ORG PROD"),
        "Trysil og Engerdal Turlag": labelled(
            "Nå er Trysil og Engerdal Turlag her.", "Trysil ORG", "Engerdal Turlag ORG",
            becomes="ORG",
        ),
        "OMV (Norge) AS": (
            lambda: [e.text for e in ruled("Om OMV (Norge) AS.", ["OMV ORG", "Norge LOC"]).ents],
            ["OMV (Norge) AS"],
        ),
        "Ullensaker sykehjem": (
            lambda: [ent.text for ent in ruled("På Ullensaker sykehjem.", ["Ullensaker LOC"]).ents],
            ["Ullensaker sykehjem"],
        ),
        "KV Bergen": overlooked("Nå kom KV Bergen inn.", "KV Bergen"),
        "fregatten «Helge Ingstad»": (
            lambda: [
                (ent.text, ent.label_)
                for ent in ruled(
                    "Da fregatten «Helge Ingstad» sank, lå Helge Ingstad ved land.",
                    ["Helge Ingstad PER"] * 2,
                ).ents
            ],
            [("Helge Ingstad", "PROD")] * 2,
        ),
        "riggene Zorp Atlantic og Zorp Stavanger": labelled(
            "Nå går riggene Zorp Atlantic og Zorp Stavanger ut.",
            *("Zorp Atlantic ORG", "Zorp Stavanger ORG"),
            becomes="PROD PROD",
        ),
        "Statens fartøy Zorp": labelled("Der er Statens fartøy Zorp.", "Zorp ORG", becomes="PROD"),
        "Båten heter Zorp": labelled("Båten heter Zorp.", "Zorp ORG", becomes="PROD"),
        "«Zorp» forliste": labelled("Da «Zorp» forliste, kom de.", "Zorp ORG", becomes="PROD"),
        "slepebåten Boa Heimdal": labelled(
            "Nå kom slepebåten Boa Heimdal.", "Boa Heimdal PER", becomes="PROD"
        ),
        "Lampen kom på": (lambda: scored("Lampen kom på igjen.", "Lampen PER 0.4"), []),
        "Skjold-korvettene": labelled(
            "Nå skal Skjold-korvettene bort.", "Skjold-korvettene DRV", becomes="PROD"
        ),
        "18 kWh": labelled("Det er 18 kWh.", "kWh ORG", becomes=""),
        "USD 161": labelled("Det er USD 161 nå.", "USD ORG", becomes=""),
        "G16": labelled("Nå er G16 her.", "G16 ORG", becomes=""),
        "Voss: En elg": labelled(
            "Voss: En elg. Oslo: En elg.", "Voss ORG", "Oslo LOC", becomes="GPE_LOC LOC"
        ),
        "Kl. 02.30: Sogndal, ved elva": labelled(
            "Kl. 02.30: Sogndal, ved elva.\nKl. 03.30: Oslo.",
            "Sogndal ORG",
            becomes="GPE_LOC GPE_LOC",
        ),
        "Tarjei Vesaas' debutantpris": labelled(
            "Hun fikk Tarjei Vesaas' debutantpris.", "Tarjei Vesaas' PER", becomes="PROD"
        ),
        "PFAS": named("PFAS", "ORG", text="Vannet har {} i seg."),
        "Viking (4-3-3): Bø – Ås, Li": labelled(
            "Viking (4-3-3): Bø – Ås, Li.", "Viking ORG", "Bø GPE_LOC", "Ås GPE_LOC", "Li ORG",
            becomes="ORG PER PER PER",
        ),
        "Mål for Halden: Moe 8, Vik 5": labelled(
            "Mål for Halden: Moe 8, Vik 5.", "Halden GPE_LOC", "Moe ORG", "Vik LOC",
            becomes="ORG PER PER",
        ),
        "Brann–Moss 2–1 (Vik 5 – Bø 8)": labelled(
            "Brann–Moss 2–1 (Vik 5 – Bø 8)", "Brann ORG", "Moss ORG", "Vik LOC", "Bø ORG",
            becomes="ORG ORG PER PER",
        ),
        "Søndag slo Drammen Elverum 31–27": labelled(
            "Søndag slo Drammen Elverum 31–27.", "Drammen Elverum PER", becomes="ORG ORG"
        ),
        "A slo B": labelled("Nå sier han at A slo B.", "A PER", "B PER", becomes=""),
        "CEO": named("CEO", "ORG", text="Hun er {} nå."),
        "Mann (42)": (
            lambda: [ent.text for ent in ruled("Mann (42) tiltalt.", ["Mann PER"]).ents], []
        ),
        "Hei Kari": named("Hei Kari", "PER", "Kari", "Kari", "person", False, text="{},"),
        "Keeperen": named("Keeperen", "PER", text="{} tok straffen."),
        "Eks-president": named("Eks-president", "DRV", text="{} Ek kom."),
        "Sogneprest Marit Ek": (
            lambda: [
                ent.text
                for ent in ruled(
                    "Sogneprest Marit Ek kom.", ["Sogneprest ORG", "Marit Ek PER"]
                ).ents
            ],
            ["Marit Ek"],
        ),
        "@zorpen": named("@zorpen", "PER", text="Det sa {} i dag."),
        "vg.no": named("vg.no", "ORG", "vg.no", "vg.no", "organisation", False,
                       text="Det står på {} i dag."),
        "Flyktninghjelpen": overlooked("Flyktninghjelpen åpner leirer.", "Flyktninghjelpen"),
        "MDGs": overlooked("MDGs leder nøler.", "MDGs"),
        "Posten": overlooked("Posten kom i dag."),
        "Regjeringens": overlooked("– Regjeringens mål."),
        "Vårt land": overlooked("Vårt land er langt."),
        "FLERE DREPT I KHARKIV": (
            lambda: [
                (ent.text, ent.label_, ent._.name)
                for ent in ruled(
                    "FLERE DREPT I KHARKIV\n\nRaketter traff Kharkiv i natt.", ["Kharkiv GPE_LOC"]
                ).ents
            ],
            [("KHARKIV", "GPE_LOC", "Kharkiv"), ("Kharkiv", "GPE_LOC", "Kharkiv")],
        ),
    },
    "Gazetteer": {
        "Branns": (lambda: "Branns" in forms("Brann"), True),
        "Moss'": (lambda: "Moss'" in forms("Moss"), True),
        "Trump": gazetted("Trump", "Trump kom."),
        "Donald Trump": gazetted("Donald Trump", "Donald Trump kom."),
    },
    "Base names": {
        "USA's": base_name("USA's", "USA"),
        "USAs": base_name("USAs", "USA"),
        "FN-s": base_name("FN-s", "FN"),
        **{name: base_name(name, name) for name in ("Hans", "Texas", "Moss", "Reuters")},
        "Almas": base_name("Almas", "Almas"),
        "Alma": base_name("Almas", "Alma", "hus", "Alma"),
        "…kommisjonens": base_name("Finanskommisjonens", "Finanskommisjonen"),
        "De grønnes": base_name("De grønnes", "De grønne"),
        "Norges": base_name("Norges", "Norge"),
        "Kharkivs": base_name("Kharkivs", "Kharkiv"),
        "Glesnes": base_name("Glesnes", "Glesnes", "sier"),
        "Marshalløyenes": base_name("Marshalløyenes", "Marshalløyene", "sier"),
        "Assads": base_name("Assads", "Assad", "sier", "Assad"),
        "Elenis": (
            lambda: [
                ent._.name
                for ent in ruled(
                    "Eleni Zorp kom. Elenis fetter ikke.", ["Eleni Zorp PER", "Elenis PER"]
                ).ents
            ],
            ["Eleni Zorp", "Eleni"],
        ),
        "Draghis rapport": base_name("Draghis", "Draghi", "rapport"),
        "William Rutos nye lov": base_name("William Rutos", "William Ruto", "nye"),
        "har Hummels tatt": base_name("Hummels", "Hummels", "tatt"),
        "Waits synger": base_name("Waits", "Waits", "synger"),
        "Paes torsdag": base_name("Paes", "Paes", "torsdag"),
        "Nordic Plastics": base_name("Nordic Plastics", "Nordic Plastics"),
        "-us": base_name("Tulius", "Tulius"),
        "-os": base_name("Xanos", "Xanos"),
        "-is": base_name("Tallis", "Tallis"),
        "-nes": base_name("Bustnes", "Bustnes"),
        "-ås": base_name("Tvitås", "Tvitås"),
        "Kim Jong-un": named("Kim Jong-un", "PER", "Kim Jong-un", "Kim Jong-un", "person", False),
        "Da Vinci-koden": named(
            "Da Vinci-koden", "PROD", "Da Vinci-koden", "Da Vinci-koden", "product", False
        ),
        "Libya-krigen": named("Libya-krigen", "EVT", "Libya-krigen", "Libya-krigen", "event",
                              False),
        "Bø-brødrene": named("Bø-brødrene", "PER", "Bø-brødrene", "Bø", "person", True),
        "Solberg-familien": named(
            "Solberg-familien", "PER", "Solberg-familien", "Solberg", "person", True
        ),
        "Vedum-effekten": named(
            "Vedum-effekten", "PER", "Vedum-effekten", "Vedum", "person", True
        ),
        "Grimstad-mannen": named(
            "Grimstad-mannen", "PER", "Grimstad-mannen", "Grimstad", "place", True
        ),
        "Holmen-gården": named(
            "Holmen-gården", "DRV", "Holmen-gården", "Holmen-gården", "place", False
        ),
        "Shan-hæren": named(
            "Shan-hæren", "DRV", "Shan-hæren", "Shan-hæren", "organisation", False
        ),
        "Fredriksen-dominerte": named(
            "Fredriksen-dominerte", "DRV", "Fredriksen-dominerte", "Fredriksen", "person", True
        ),
        "Hormuz-stredet": named(
            "Hormuz-stredet", "GPE_LOC", "Hormuz-stredet", "Hormuzstredet", "place", False
        ),
        "Netflix-serien": named(
            "Netflix-serien", "DRV", "Netflix-serien", "Netflix", "organisation", True
        ),
        "OBOS-ligaen": named(
            "OBOS-ligaen", "DRV", "OBOS-ligaen", "OBOS-ligaen", "organisation", False
        ),
        "Forbundet for Nav-ansatte": named(
            "Forbundet for Nav-ansatte", "ORG",
            "Forbundet for Nav-ansatte", "Forbundet for Nav-ansatte", "organisation", False,
        ),
        "Knut Hamsun-senteret": named(
            "Knut Hamsun-senteret", "PER",
            "Knut Hamsun-senteret", "Knut Hamsun-senteret", "organisation", False,
        ),
        "Anne Frank-huset": named(
            "Anne Frank-huset", "DRV", "Anne Frank-huset", "Anne Frank-huset", "place", False
        ),
        "Anja Breien-prisen": named(
            "Anja Breien-prisen", "DRV", "Anja Breien-prisen", "Anja Breien-prisen", "product",
            False,
        ),
        "Tohoku-universitetet": named(
            "Tohoku-universitetet", "DRV", "Tohoku-universitetet", "Tohoku-universitetet",
            "organisation", False,
        ),
        "Ottawa-konvensjonen": named(
            "Ottawa-konvensjonen", "DRV", "Ottawa-konvensjonen", "Ottawa-konvensjonen", "product",
            False,
        ),
        "Llogara-passet": named(
            "Llogara-passet", "LOC", "Llogara-passet", "Llogara-passet", "place", False
        ),
        "Unesco-byen": named("Unesco-byen", "LOC", "Unesco-byen", "Unesco", "organisation", True),
        "Flirt-togsettet": named(
            "Flirt-togsettet", "PROD", "Flirt-togsettet", "Flirt", "product", True
        ),
        "Idlib-provinsen": named("Idlib-provinsen", "LOC", "Idlib-provinsen", "Idlib", "place",
                                 False),
        "Donetsk fylke": named("Donetsk fylke", "LOC", "Donetsk fylke", "Donetsk", "place", False),
        "Moria-leiren": named("Moria-leiren", "DRV", "Moria-leiren", "Moria-leiren", "place",
                              False),
        "Vox-partiet": named("Vox-partiet", "ORG", "Vox-partiet", "Vox", "organisation", False),
        "Nato-landet": named("Nato-landet", "DRV", "Nato-landet", "Nato", "organisation", True),
        "Trump-administrasjonen": named(
            "Trump-administrasjonen", "ORG", "Trump-administrasjonen", "Trump", "person", True
        ),
        "Finnmarks-politikeren": named(
            "Finnmarks-politikeren", "DRV", "Finnmarks-politikeren", "Finnmark", "place", True
        ),
        "Kongsberg-aksjen": named(
            "Kongsberg-aksjen", "DRV", "Kongsberg-aksjen", "Kongsberg", "organisation", True
        ),
        "Haugesund-listen": named(
            "Haugesund-listen", "DRV", "Haugesund-listen", "Haugesund-listen", "organisation",
            False,
        ),
        "Arbeiderparti-topp": named(
            "Arbeiderparti-topp", "DRV", "Arbeiderparti-topp", "Arbeiderpartiet", "organisation",
            True,
        ),
        "KHARKIV": named("KHARKIV", "GPE_LOC", "KHARKIV", "Kharkiv", "place", False,
                         text="FLERE DREPT I {}"),
        "TYRKIAS": named("TYRKIAS", "GPE_LOC", "TYRKIAS", "Tyrkia", "place", False,
                         text="FLERE DREPT I {} HÆR"),
        "NATO-SJEFEN": named("NATO-SJEFEN", "DRV", "NATO-SJEFEN", "Nato", "organisation", True,
                             text="FLERE DREPT I HÆREN TIL {}"),
        "NAV-SKANDALEN": named("NAV-SKANDALEN", "LOC", "NAV-SKANDALEN", "Nav", "organisation",
                               True, text="{}: Nå skal alt bli bedre."),
        "SØR-VARANGER": named("SØR-VARANGER", "GPE_LOC", "SØR-VARANGER", "Sør-Varanger", "place",
                              False, text="FLERE DREPT I {} I NATT"),
        "hundeloven": named("hundeloven", "PROD", "hundeloven", "hundeloven", "product", False),
        "osloboer": named("osloboer", "DRV", "osloboer", "osloboer", "other", True),
        "tyrkias": named("tyrkias", "GPE_LOC", "tyrkias", "Tyrkia", "place", False,
                         text="i går var {} mål."),
        "fns": named("fns", "ORG", "fns", "FN", "organisation", False, text="i går var {} dag."),
        "recep tayyip erdogan": named(
            "recep tayyip erdogan", "PER", "recep tayyip erdogan", "Recep Tayyip Erdogan",
            "person", False, text="i går kom {}.",
        ),
        "zorpen skole": named("zorpen skole", "ORG", "zorpen skole", "Zorpen skole",
                              "organisation", False, text="i går brant {}."),
        "NATO": (lambda: unify("NATO"), "Nato"),
        "Nato": (lambda: unify("Nato"), "Nato"),
    },
}  # fmt: skip

# What the page quotes that is no example: results, and names of things.
NO_EXAMPLES = {
    "Tokens": {"E6", ".", "3", "to", "Frp", "Medier24", "Rv.", "7"},
    "Gazetteer": {"name,type,canonical,id"},
}


@pytest.mark.parametrize(
    ("section", "example"),
    [(section, example) for section, examples in EXAMPLES.items() for example in examples],
)
def test_example_is_as_the_page_says(section: str, example: str) -> None:
    get, expected = EXAMPLES[section][example]
    assert get() == expected


def test_page_has_these_examples_and_no_others() -> None:
    page = (ROOT / "docs" / "norwegian.md").read_text("utf-8")
    sections = {part.splitlines()[0]: part for part in re.split(r"^## ", page, flags=re.M)[1:]}
    quoted = {name: set(re.findall(r"`([^`]+)`", part)) for name, part in sections.items()}
    assert {name: quoted[name] - NO_EXAMPLES.get(name, set()) for name in EXAMPLES} == {
        name: set(examples) for name, examples in EXAMPLES.items()
    }
    assert {name for name in quoted if quoted[name]} == set(EXAMPLES)
