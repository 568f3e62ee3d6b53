import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Span

from pipeline import language
from pipeline.language import extensions
from pipeline.language.tokens.factory import mend_doc
from pipeline.language.tokens.mend import mend
from pipeline.language.tokens.tokenizer import make_tokenizer, offsets
from pipeline.language.windows import windows

PLAIN = spacy.blank("nb")
MAKE = make_tokenizer(PLAIN.vocab)
_PIECES = ["NTB", "AP", "TV 2", "E24", "PwC", "Odd", *"aEO6 7.,:!?«»–-/'’\"()\n\tårsØBG©…"]
NORWEGIAN = st.lists(st.sampled_from(_PIECES), max_size=60).map("".join)


def words(text):
    return [token.text for token in MAKE(text) if not token.is_space]


SPLIT = [
    ("Ulykken skjedde på E6.", "Ulykken skjedde på E6 ."),
    ("Trafikken på M4. Det er kø", "Trafikken på M4 . Det er kø"),
    ("hører P4. Så", "hører P4 . Så"),
    ("møtet i G20. Det", "møtet i G20 . Det"),
    ("et F-16. Flyet", "et F-16 . Flyet"),
    ("langs riksvei 3.", "langs riksvei 3 ."),
    ("langs riksvei 3.\n\nPolitiet kom", "langs riksvei 3 . Politiet kom"),
    ("langs riksvei 3.\nPolitiet kom", "langs riksvei 3 . Politiet kom"),
    ("Ring 112. Politiet kom", "Ring 112 . Politiet kom"),
    ("Det var i 2019. Nå er", "Det var i 2019 . Nå er"),
    ("i 2019. – Nei, sa", "i 2019 . – Nei , sa"),
    ("i 2019. «Nei» sa", "i 2019 . « Nei » sa"),
    ("i 1998. 12 personer", "i 1998 . 12 personer"),
    ("ledet 2-0. Zuccarello", "ledet 2-0 . Zuccarello"),
    ("(i 2019.)", "( i 2019 . )"),
    ("støtter Frp.", "støtter Frp ."),
    ("støtter Ap. Han", "støtter Ap . Han"),
    ("støtter Krf.", "støtter Krf ."),
    ("De var to. Hun gikk", "De var to . Hun gikk"),
    ("plan B. Det var", "plan B . Det var"),
    ("NTB/VG", "NTB / VG"),
    ("TVNZ/ AP", "TVNZ / AP"),
    ("Hun tok AtB.", "Hun tok AtB ."),
    ("Hun tok AtB. Den gikk.", "Hun tok AtB . Den gikk ."),
    ("De leide inn PwC. Selskapet kom.", "De leide inn PwC . Selskapet kom ."),
    ("Det skriver Medier24. Avisen venter.", "Det skriver Medier24 . Avisen venter ."),
    ("Han traff Hwasong-11. Ja.", "Han traff Hwasong-11 . Ja ."),
    ("Tesla Model Y. Amerikaneren selger.", "Tesla Model Y . Amerikaneren selger ."),
    ("Toget sto på Oslo S. Passasjerene ventet.", "Toget sto på Oslo S . Passasjerene ventet ."),
    ("Han skriver på X. Potosí venter.", "Han skriver på X . Potosí venter ."),
    ("Badu:«New»", "Badu : « New »"),
    ("Hun sa:„Nei” og,«ja»", "Hun sa : „ Nei ” og , « ja »"),
    ("langs Hamar–Lillehammer–Dombås.", "langs Hamar – Lillehammer – Dombås ."),
    ("Iran–Irak–Syria-saken", "Iran–Irak–Syria-saken"),
    ("(NTB-STA)", "( NTB - STA )"),
    ("(NTB-AFP-Reuters)", "( NTB - AFP - Reuters )"),
    ("NTB–Reuters–AFP", "NTB – Reuters – AFP"),
    ("Høyre-Norge og Ap-Oslo", "Høyre-Norge og Ap-Oslo"),
    ("1A. Oslo", "1A. Oslo"),
    ("Han bor i Kirkeveien 3B. Det er 3. etasje.", "Han bor i Kirkeveien 3B . Det er 3. etasje ."),
    ("Ap-Støres og Frp-Listhaugs", "Ap - Støres og Frp - Listhaugs"),
    ("Frp-NRK og Høyre-KrF-Venstre", "Frp-NRK og Høyre-KrF-Venstre"),
    ("(E24/NTB)", "( E24 / NTB )"),
    ("(NTB/ AP)", "( NTB / AP )"),
    ("Foto: Jon Moe /NTB", "Foto : Jon Moe / NTB"),
    ("Foto: NTB/", "Foto : NTB /"),
    ("(TV 2/NTB)", "( TV 2 / NTB )"),
    ("Riga (NTB-DPA-LETA): Ja", "Riga ( NTB - DPA - LETA ): Ja"),
    ("NTB-journalisten AP-lederen", "NTB-journalisten AP-lederen"),
    ("E6/E39.", "E6 / E39 ."),
    ("Høyre/Frp/Venstre", "Høyre / Frp / Venstre"),
    ("(©NTB)", "( © NTB )"),
    ("–Jeg går", "– Jeg går"),
    ("-Jeg går", "- Jeg går"),
    ("«Oslo»", "« Oslo »"),
    ("sa:–Nei", "sa : – Nei"),
    ("Brann–Rosenborg", "Brann – Rosenborg"),
    ("Harstad 2–Beisfjord", "Harstad 2 – Beisfjord"),
    ("by:Larm åpner, sier by:Larm-sjefen", "by:Larm åpner , sier by:Larm-sjefen"),
    ("Sted:Larm", "Sted : Larm"),
    ("Vent... Ja… Nei", "Vent ... Ja … Nei"),
]
KEPT = [
    ("Hun traff PhD. Hansen der.", "Hun traff PhD. Hansen der ."),
    ("Keanu R. sang.", "Keanu R. sang ."),
    ("skriver på X. Y. Zander", "skriver på X. Y. Zander"),
    ("angrepet på Utøya-22. juli", "angrepet på Utøya-22. juli"),
    ("gikk inn på 7–Eleven", "gikk inn på 7–Eleven"),
    ("https://www.dn.no/AP/sak", "https://www.dn.no/AP/sak"),
    ("www.vg.no/NTB/1", "www.vg.no/NTB/1"),
    ("den 19. februar", "den 19. februar"),
    ("19. februar", "19. februar"),
    ("den 19.\nfebruar", "den 19. februar"),
    ("i 3. divisjon", "i 3. divisjon"),
    ("den 2. Verdenskrig", "den 2. Verdenskrig"),
    ("den 3. Harry Potter-filmen", "den 3. Harry Potter-filmen"),
    ("1. Melk\n2. Brød", "1. Melk 2. Brød"),
    ("på Rv. 7 og fv. 40", "på Rv. 7 og fv. 40"),
    ("Kl. 12 ringte de. Tlf. 22 33", "Kl. 12 ringte de . Tlf. 22 33"),
    ("i kap. 3", "i kap. 3"),
    ("kl. 12. mars", "kl. 12. mars"),
    ("bl.a. f.eks. kl. mill. nr.", "bl.a. f.eks. kl. mill. nr."),
    ("Jens P. Heyerdahl", "Jens P. Heyerdahl"),
    ("C. J. Hambro", "C. J. Hambro"),
    ("St. Pauli", "St. Pauli"),
    ("Bodø/Glimt", "Bodø/Glimt"),
    ("Bodø/Glimts keeper", "Bodø/Glimts keeper"),
    ("Bodø/Glimt-spilleren", "Bodø/Glimt-spilleren"),
    ("80 km/t og/eller A/S", "80 km/t og/eller A/S"),
    ("sesongen 2018/2019", "sesongen 2018/2019"),
    ("Bashar al-Assad", "Bashar al-Assad"),
    ("Nato-landet", "Nato-landet"),
    ("Iran–Irak-krigen", "Iran–Irak-krigen"),
    ("USA's USA’s Paris' FN-s", "USA's USA’s Paris' FN-s"),
    ("Ring 1.000 eller 3,5", "Ring 1.000 eller 3,5"),
    ("https://www.vg.no/a/B", "https://www.vg.no/a/B"),
]


@pytest.mark.parametrize(("text", "expected"), SPLIT + KEPT)
def test_mender_gives_tokens(text, expected):
    assert words(text) == expected.split()


@given(NORWEGIAN)
@settings(max_examples=150, deadline=None)
def test_mender_keeps_every_character_and_order(text):
    before = offsets(PLAIN.tokenizer(text))
    after = mend(text, before)
    assert all(start < end for start, end in after)
    assert {at for s, e in after for at in range(s, e)} == {
        at for s, e in before for at in range(s, e)
    }
    assert after == sorted(after)
    assert MAKE(text).text == extensions.text(MAKE(text)) == text


@given(NORWEGIAN)
@settings(max_examples=150, deadline=None)
def test_mending_twice_changes_nothing(text):
    doc = MAKE(text)
    assert mend(text, offsets(doc)) == offsets(doc)


def test_component_keeps_entities_and_user_data():
    doc = PLAIN("Han kjørte på E6. Oslo er fin.")
    doc.ents = [Span(doc, 3, 4, label="LOC"), Span(doc, 4, 5, label="GPE_LOC")]
    doc.user_data["a"] = 1
    mended = mend_doc(doc)
    assert [ent.text for ent in mended.ents] == ["E6.", "Oslo"]
    assert mended.user_data["a"] == 1
    assert mended.text == doc.text


def test_component_leaves_right_tokens_alone():
    doc = PLAIN("Oslo er fin.")
    assert mend_doc(doc) is doc


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\n", "  a  b ", "!" * 3000, "a" * 3000 + " b", ("ord " * 30 + "\n\n") * 2000],
    ids=["empty", "blank", "lines", "blanks", "marks", "long word", "long"],
)
def test_read_takes_any_text(text):
    doc = language.read(language.blank(), text)
    assert doc.text == extensions.text(doc) == text
    assert len(doc._.zones) == len(doc._.paragraphs) == sum(1 for _ in doc.sents)


def test_read_in_pieces_gives_the_tokens_of_the_whole(monkeypatch):
    from pipeline.language.tokens import tokenizer

    text = "Han kjørte  på E6. Oslo er fin.\n\n Bergen òg.\nDer regner det ofte. " * 20
    whole = offsets(tokenizer.tokenize(PLAIN.tokenizer, text))
    monkeypatch.setattr(tokenizer, "_WINDOW", 60)
    assert offsets(tokenizer.tokenize(PLAIN.tokenizer, text)) == whole


@given(st.text(alphabet="aB. \n«", max_size=80), st.integers(1, 30))
@settings(max_examples=200, deadline=None)
def test_windows_cover_the_text_within_the_limit(text, limit):
    found = list(windows(text, limit))
    assert "".join(text[start:end] for start, end in found) == text
    assert all(0 < end - start <= limit for start, end in found)


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("", 5, []),
        ("abc", 5, ["abc"]),
        ("aaaa\n\nbbbb\ncc", 9, ["aaaa\n\n", "bbbb\ncc"]),
        ("Hun gikk. Han kom. Da", 20, ["Hun gikk. Han kom. ", "Da"]),
        ("aaaa bbbb cccc", 11, ["aaaa bbbb ", "cccc"]),
        ("aaaaaaaa", 3, ["aaa", "aaa", "aa"]),
    ],
)
def test_windows_cut_at_the_best_place(text, limit, expected):
    assert [text[start:end] for start, end in windows(text, limit)] == expected


def test_windows_refuse_a_limit_of_nothing():
    with pytest.raises(ValueError, match="at least one"):
        list(windows("abc", 0))
