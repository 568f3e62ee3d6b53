"""Language identification."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import vocabulary
from pipeline.language.identify import identify
from pipeline.language.identify.measure import main, read_sentences

# Written for this test: one short news item in each language.
ITEMS = {
    "nb": "Regjeringen la fredag fram forslaget til nytt statsbudsjett. – Vi bruker mer penger på "
    "helse enn noen gang, sier finansministeren. Opposisjonen mener at det ikke er nok.",
    "nn": "Regjeringa la fredag fram framlegget til nytt statsbudsjett. – Vi brukar meir pengar på "
    "helse enn nokon gong, seier finansministeren. Opposisjonen meiner at det ikkje er nok.",
    "da": "Regeringen fremlagde fredag sit forslag til en ny finanslov. – Vi bruger flere penge på "
    "sundhed end nogensinde, siger finansministeren. Oppositionen mener ikke, at det er nok.",
    "sv": "Regeringen lade på fredagen fram sitt förslag till ny budget. – Vi lägger mer pengar på "
    "vården än någonsin, säger finansministern. Oppositionen tycker inte att det räcker.",
    "en": "The government presented its new budget on Friday. We are spending more on health than "
    "ever before, said the finance minister. The opposition thinks that it is not enough.",
    "de": "Die Regierung legte am Freitag den neuen Haushalt vor. Wir geben mehr für Gesundheit "
    "aus als je zuvor, sagte der Minister. Die Opposition meint, dass das nicht reicht.",
    "fi": "Hallitus esitteli perjantaina uuden talousarvion. Käytämme terveyteen enemmän rahaa "
    "kuin koskaan, sanoi ministeri. Opposition mielestä se ei ole tarpeeksi, ja se on huolissaan.",
    "se": "Ráđđehus ovdanbuvttii bearjadaga ođđa stáhtabušeahta. Mii geavahit eanet ruđa go "
    "goassege, dadjá ministtar. Vuosttaldeaddjit oaivvildit ahte dat ii leat doarvái.",
    "ru": "Правительство представило в пятницу новый бюджет, сказал министр финансов.",
}


@pytest.mark.parametrize("language", ITEMS)
def test_identify_knows_a_news_item(language):
    expected = language if language in vocabulary.LANGUAGES else "other"
    assert identify(ITEMS[language]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Statsminister Jonas Gahr Støre møtte Emmanuel Macron i Paris.", "nb"),
        ("Regjeringa vil ikkje gje meir pengar", "nn"),
        ("FLERE DREPT I KHARKIV", "nb"),
        ("REGJERINGEN VIL IKKE VENTE", "nb"),
        ("– Jeg håper at våpenhvilen holder, sier Putin.", "nb"),
        ("– Jeg håber, at våbenhvilen holder, siger Putin.", "da"),
        ("", "unknown"),
        ("Oslo", "unknown"),
        ("12 500 – 3,5 %", "unknown"),
        ("Manchester City Liverpool Arsenal", "unknown"),
        ("❤️❤️❤️", "unknown"),
    ],
)
def test_identify_makes_do_with_a_line(text, expected):
    assert identify(text) == expected


@given(st.text())
def test_identify_gives_a_known_language_again_and_again(text):
    assert identify(text) in vocabulary.LANGUAGES
    assert identify(text) == identify(text)


def test_identify_looks_at_the_beginning_only():
    assert identify(ITEMS["nb"] * 30 + ITEMS["en"] * 1000) == "nb"


def test_identify_takes_less_than_a_millisecond():
    article = (ITEMS["nb"] * 12)[:2000]
    identify(article)
    start = time.perf_counter()
    for _ in range(100):
        identify(article)
    # A tenth of a millisecond in fact; the margin is for busy machines.
    assert (time.perf_counter() - start) / 100 < 0.005


def test_measure_prints_a_table(tmp_path, capsys):
    for language, name in (("nb", "nob/no_bokmaal"), ("nn", "nno/no_nynorsk")):
        path = tmp_path / f"norne/ud/{name}-ud-dev.conllu"
        path.parent.mkdir(parents=True)
        path.write_text(f"# sent_id = 1\n# text = {ITEMS[language]}\n1\tx\n\n" * 2)
        assert len(read_sentences(path)) == 2
    main([str(tmp_path)])
    assert "| nb | sentence | 2 | 100.0% | 100.0% |" in capsys.readouterr().out
