import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import language
from pipeline.language.segments.paragraphs import paragraphs
from pipeline.vocabulary import ZONES

NLP = language.blank()


def sentences(text, title_end=0):
    return [sent.text.strip() for sent in language.read(NLP, text, title_end).sents]


def zones(text, title_end=0):
    doc = language.read(NLP, text, title_end)
    return list(zip(doc._.zones, (sent.text.strip() for sent in doc.sents), strict=True))


SENTENCES = [
    ["Hun gikk hjem.", "Han ble."],
    ["Møtet er 19. februar i Oslo.", "Han kommer."],
    ["Ulykken skjedde på E6.", "Politiet kom."],
    ["Ring 112.", "Politiet kommer."],
    ["Det var i 2019.", "12 personer døde."],
    ["Jens P. Heyerdahl og C. J. Hambro kom.", "De gikk."],
    ["Han kjøpte melk, brød osv.", "Det kostet 30 kr.", "Så gikk han."],
    ["Det er bl.a. Oslo og f.eks. Bergen."],
    ["Hun sa kl. 12 at dr. Holm og St. Pauli tapte."],
    ["– Jeg vet ikke, sier Putin.", "– Nei, sier han."],
    ["Han sa:", "– Nei."],
    ["«Hva nå?», spurte hun."],
    ["«Jeg går nå.»", "Han ble."],
    ["Er det sant?", "Ja!", "Virkelig …", "Nei."],
    ["Det er (kanskje) sant.", "(Han lo.)", "Så gikk han."],
    ["Han støtter Frp.", "Hun støtter Ap.", "Begge stemmer."],
    ['"Jeg går nå."', "Han ble."],
    ["FOTO: Rune Sævig", "TØRT: Så langt er det tørt."],
    ["FOTO: Heiko Junge, NTB scanpix", "De rødgrønne vant."],
    ["(Foto: NTB Scanpix)", "Helge Martinsen er analytiker."],
    ["Putin i Moskva.", "Foto: Pavel Golovkin / AP"],
]


@pytest.mark.parametrize("expected", SENTENCES, ids=" ".join)
def test_sentences_are_found(expected):
    assert sentences(" ".join(expected)) == expected


@pytest.mark.parametrize(
    "text",
    ["Krigen fortsetter\n\nRussland angrep.", "FLERE DREPT I KHARKIV\nRussland angrep."],
)
def test_headline_without_full_stop_ends(text):
    assert sentences(text)[1] == "Russland angrep."


def test_title_ends_a_sentence_even_without_line_break():
    assert sentences("Tittel Russland angrep.", title_end=7) == ["Tittel", "Russland angrep."]


def test_very_long_sentence_is_cut():
    doc = language.read(NLP, "ord, " * 2000)
    assert max(len(sent) for sent in doc.sents) <= 401


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("   \n \n", []),
        ("En.\n\nTo.", ["En.", "To."]),
        ("En.\nTo.", ["En.", "To."]),
        ("Ingress\n- melk\n- brød", ["Ingress", "- melk", "- brød"]),
        (
            "Han gikk hjem til sitt hus og\nla seg der.",
            ["Han gikk hjem til sitt hus og\nla seg der."],
        ),
        (
            "Dette er en lang linje som er brutt for hånd ved\nåtti tegn, og Oslo står sist i "
            "linje to, det er\nBergen som står først i linje tre.\nKort.",
            [
                "Dette er en lang linje som er brutt for hånd ved\nåtti tegn, og Oslo står sist i "
                "linje to, det er\nBergen som står først i linje tre.\nKort."
            ],
        ),
    ],
)
def test_paragraphs_are_found(text, expected):
    assert [text[start:end].strip() for start, end in paragraphs(text)] == expected


ARTICLE = """Putin og Erdogan enige

Av Ola Dahl, NTB

De to lederne er enige. Det sier Kreml.

– Jeg håper. Jeg tror, sier Putin. Han reiste så hjem.

Erdogan svarte ikke. «Vi venter på svar», sa han.

President Putin i Moskva torsdag. Foto: Pavel Golovkin / AP

(©NTB)
"""


def test_zones_of_an_article():
    assert zones(ARTICLE, title_end=22) == [
        ("headline", "Putin og Erdogan enige"),
        ("byline", "Av Ola Dahl, NTB"),
        ("lead", "De to lederne er enige."),
        ("lead", "Det sier Kreml."),
        ("quote", "– Jeg håper."),
        ("quote", "Jeg tror, sier Putin."),
        ("body", "Han reiste så hjem."),
        ("body", "Erdogan svarte ikke."),
        ("quote", "«Vi venter på svar», sa han."),
        ("caption", "President Putin i Moskva torsdag."),
        ("byline", "Foto: Pavel Golovkin / AP"),
        ("byline", "(©NTB)"),
    ]


def test_headline_is_guessed_without_title():
    assert zones(ARTICLE)[0][0] == "headline"


def test_later_part_of_a_text_has_no_headline_and_no_lead():
    assert {zone for zone, _ in zones("Kort avsnitt\n\nEt avsnitt til.", -1)} == {"body"}


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Oslo er fin.", "body"),
        ("Foto: Kari Nordmann", "byline"),
        ("(Foto: Kari Nordmann)", "byline"),
        ("FOTO: NTB scanpix", "byline"),
        ("Illustrasjonsfoto: Kari Nordmann", "byline"),
        ("TEKST: Ola Dahl", "byline"),
        ("Av Ola Dahl og Kari Moe", "byline"),
        ("(NTB)", "byline"),
        ("(NTB-AFP-Reuters)", "byline"),
        ("Av dette følger at alle kommer til Oslo.", "body"),
        ("Bildet: Et foto", "body"),
        ("– Nei.", "quote"),
    ],
)
def test_zone_of_one_line(text, zone):
    assert zones(text)[0][0] == zone


@given(st.text(alphabet="aB. \n–«»:!?,()Foto\t1", max_size=80), st.integers(0, 80))
@settings(max_examples=150, deadline=None)
def test_any_text_has_a_zone_and_a_paragraph_for_each_sentence(text, title_end):
    doc = language.read(NLP, text, min(title_end, len(text)))
    found = list(doc.sents)
    assert doc.text == text
    assert len(found) == len(doc._.zones) == len(doc._.paragraphs)
    assert set(doc._.zones) <= set(ZONES)
    assert doc._.paragraphs == sorted(doc._.paragraphs)


def test_zone_of_a_span_is_that_of_its_sentence():
    doc = language.read(NLP, ARTICLE, 22)
    assert doc.char_span(0, 5)._.zone == "headline"
    assert doc[len(doc) - 4 : len(doc) - 3]._.zone == "byline"
