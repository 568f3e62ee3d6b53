import os

import pytest
import spacy
from spacy.tokens import Span

from pipeline import language
from pipeline.errors import BAD_GAZETTEER, UserError
from pipeline.language.credits.find import find_credits
from pipeline.language.gazetteer.factory import Gazetteer, forms
from pipeline.language.gazetteer.read import Alias, Row, read_aliases, read_gazetteer
from pipeline.language.roads.addresses import find_addresses
from pipeline.language.roads.find import find_roads, find_stretches
from pipeline.stages.extract import add_rules

NLP = language.blank()


def ents(doc):
    return [(ent.text, ent.label_) for ent in doc.ents]


# Roads -----------------------------------------------------------------------------------------

ROADS = [
    ("Ulykken skjedde på E6.", ["E6"]),
    ("E 6, E18 og E134", ["E 6", "E18", "E134"]),
    ("krysset E6/E39", ["E6", "E39"]),
    ("motorveien M4", ["M4"]),
    ("langs M4", ["M4"]),
    ("langs M4 og M5", ["M4", "M5"]),
    ("Motorveien M4 er stengt. På M4 var det kø.", ["M4", "M4"]),
    ("motorveien mellom Damaskus og Aleppo, kjent som M5", ["M5"]),
    ("veien A1 mot nord", ["A1"]),
    ("på riksvei 3", ["riksvei 3"]),
    ("på riksveg 3", ["riksveg 3"]),
    ("Rv. 7 og Rv7 og rv. 7", ["Rv. 7", "Rv7", "rv. 7"]),
    ("fylkesvei 40, fylkesveg 41 og Fv. 42", ["fylkesvei 40", "fylkesveg 41", "Fv. 42"]),
    ("kø på Ring 3", ["Ring 3"]),
    ("Europavei 6 er stengt", ["Europavei 6"]),
]
NO_ROADS = [
    "et A4-ark", "på A4", "hører på P3", "kanalen P4", "møtet i G20", "et F-16", "vitamin B12",
    "en BMW M4", "en Audi A4", "et M4-gevær", "en M4 karabin", "langs M4 karabin", "laget U21",
    "viruset H1N1", "spiller på A-laget", "avisen E24", "tilsetning E621", "Ring 112", "Ring 3000",
    "E6-utbyggingen", "i 1990", "E 10 000 kroner", "RV 8 %", "nr. E6b", "ev. 6 personer", "",
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ROADS)
def test_roads_are_found(text, expected):
    assert [text[start:end] for start, end in find_roads(text)] == expected


@pytest.mark.parametrize("text", NO_ROADS)
def test_what_only_looks_like_a_road_is_not_found(text):
    assert find_roads(text) == []


def test_road_ruler_works_without_the_token_mender():
    nlp = spacy.blank("nb")
    language.register()
    nlp.add_pipe("nb_road_ruler")
    doc = nlp("Ulykken skjedde på E6. Så ble E18. stengt.")
    assert ents(doc) == [("E6", "LOC"), ("E18", "LOC")]
    assert doc.text == "Ulykken skjedde på E6. Så ble E18. stengt."


def road_ruled(text, start, end, label):
    doc = language.read(NLP, text)
    doc.ents = [Span(doc, start, end, label=label)]
    return NLP.create_pipe("nb_road_ruler")(doc)


def test_road_replaces_what_the_model_says():
    doc = road_ruled("Kø på E6 nå", 2, 3, "PROD")
    assert ents(doc) == [("E6", "LOC")]
    assert doc.ents[0]._.method == "rule"
    assert ents(road_ruled("Kø på E6 nå", 1, 3, "LOC")) == [("E6", "LOC")]


def test_longer_name_that_holds_a_road_stays():
    assert ents(road_ruled("Nye E6 AS bygger", 0, 3, "ORG")) == [("Nye E6 AS", "ORG")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("E6 Zorpen er stengt etter en ulykke.", ["Zorpen"]),
        ("E10 Zorpfjell: Stengt. Fv. 51 Store Zorp: Kolonnekjøring", ["Zorpfjell", "Store Zorp"]),
        ("E134 Zorp blir midlertidig stengt.", ["Zorp"]),
        ("Nå er E39 Zorpen–Nye Zark ferdig.", ["Zorpen", "Nye Zark"]),
        ("Rv. 7 Zorpen - Zark koster mer.", ["Zorpen", "Zark"]),
        ("E6 Zorpen er ferdig. E6–E39. E6 Zorpen–Zark-utbyggingen", []),
        ("E6: Stengt. E6 Stengt: Ras. E6 er stengt. E6 Ulykke: Kø. E6 Zorpen har kø.", []),
    ],
)
def test_places_beside_roads_are_found(text, expected):
    assert [text[a:b] for a, b in find_stretches(text, find_roads(text))] == expected


def test_a_place_beside_a_road_is_no_person():
    expected = [("E10", "LOC"), ("Zorpfjell", "LOC")]
    assert ents(road_ruled("E10 Zorpfjell: Stengt", 0, 2, "PER")) == expected
    assert ents(road_ruled("E10 Zorpfjell: Stengt", 1, 2, "ORG")) == expected
    assert ents(road_ruled("E10 Zorpfjell: Stengt", 1, 2, "GPE_LOC"))[-1][1] == "GPE_LOC"
    assert ents(road_ruled("E10 Vegvesenet: Stengt", 1, 2, "ORG"))[-1][1] == "ORG"


def test_a_road_wins_over_a_name_that_begins_with_it():
    expected = [("E6", "LOC"), ("Zorpen", "LOC")]
    assert ents(road_ruled("Kø på E6 Zorpen nå", 2, 4, "ORG")) == expected
    assert ents(road_ruled("Om E6 Zorpen–Zark", 1, 3, "ORG")) == [*expected, ("Zark", "LOC")]
    assert ents(road_ruled("Om E6 Zorpen AS nå", 1, 4, "ORG")) == [("E6 Zorpen AS", "ORG")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gamle Drammensvei 88, Asker.", ["Gamle Drammensvei 88"]),
        ("Brann i Storgata 17 B og Nygata 3.", ["Storgata 17 B", "Nygata 3"]),
        ("Solveien 412 (gnr. 22) og Nyveien 1–3", ["Solveien 412", "Nyveien 1–3"]),
        ("Storgata 17. mai, Storgata 12.30, Storgata 20 meter, storgata 5, Storgata 2020", []),
        ("Storgata 3 dager i uken, Storgata 5 000 personer, Storgata 12 timer senere", []),
    ],
)
def test_addresses_are_found(text, expected):
    assert [text[start:end] for start, end in find_addresses(text)] == expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ((1, 2, "EVT", 0.6), ("Gamle Solvei 8", "LOC", "rule")),
        ((1, 3, "LOC", 0.9), ("Gamle Solvei 8", "LOC", "rule")),
        ((1, 4, "LOC", 0.9), ("Gamle Solvei 8", "LOC", "model")),
        ((1, 4, "PROD", 0.9), ("Gamle Solvei 8", "PROD", "model")),  # a series
        ((1, 4, "ORG", 0.9), ("Gamle Solvei 8", "LOC", "rule")),
        ((1, 5, "ORG", 0.5), ("Gamle Solvei 8 AS", "ORG", "model")),
    ],
)
def test_an_address_is_whole_unless_it_is_something_else(found, expected):
    start, end, label, score = found
    doc = language.read(NLP, "På Gamle Solvei 8 AS")
    doc.ents = [Span(doc, start, end, label=label)]
    doc.ents[0]._.score = score
    [ent] = NLP.create_pipe("nb_road_ruler")(doc).ents
    assert (ent.text, ent.label_, ent._.method) == expected


# Credits ---------------------------------------------------------------------------------------

CREDITS = [
    ("Foto: Pavel Golovkin / AP", ["Pavel Golovkin PER", "AP ORG"]),
    ("FOTO: NTB scanpix", ["NTB scanpix ORG"]),
    ("(Foto: Kari Nordmann)", ["Kari Nordmann PER"]),
    ("Foto: Heiko Junge, NTB", ["Heiko Junge PER", "NTB ORG"]),
    ("Illustrasjonsfoto: Ola Dahl", ["Ola Dahl PER"]),
    ("Av Ola Dahl, NTB", ["Ola Dahl PER", "NTB ORG"]),
    ("Av Ola Dahl, Washington", ["Ola Dahl PER", "Washington GPE_LOC"]),
    ("Av Ola Dahl og Kari Moe", ["Ola Dahl PER", "Kari Moe PER"]),
    ("Foto: Meek, Tore / NTB scanpix", ["Meek, Tore PER", "NTB scanpix ORG"]),
    ("FOTO: Foto: TVNZ/ AP/ NTB scanpix", ["TVNZ ORG", "AP ORG", "NTB scanpix ORG"]),
    (
        "(Foto: Samuel Corum/Getty Images/AFP)",
        ["Samuel Corum PER", "Getty Images ORG", "AFP ORG"],
    ),
    ("Foto: GERARD MALLE/NTB SCANPIX", ["GERARD MALLE PER", "NTB SCANPIX ORG"]),
    ("Foto: Dan P. Neegaard", ["Dan P. Neegaard PER"]),
    ("Foto: Pernille Skaret, Norsk Tipping", ["Pernille Skaret PER", "Norsk Tipping ORG"]),
    ("(©NTB)", ["NTB ORG"]),
    ("Putin. Foto: AP", ["AP ORG"]),
    (
        "Foto: Reuters / Andrew Moe / NTB scanpix",
        ["Reuters ORG", "Andrew Moe PER", "NTB scanpix ORG"],
    ),
    ("Foto: Moe, Svein Ove / NTB scanpix", ["Moe, Svein Ove PER", "NTB scanpix ORG"]),
    ("(Foto: Tor Moe NTB Scanpix)", ["Tor Moe PER", "NTB Scanpix ORG"]),
    ("FOTO: Michel Moe / AP Karsten Warholm knuste alle", ["Michel Moe PER", "AP ORG"]),
    ("FOTO: Olav Olsen Fredelig demonstrasjon i Oslo", ["Olav Olsen PER"]),
    ("Foto: Ole Tobias Olsen smiler i Oslo", ["Ole Tobias Olsen PER"]),
    ("Foto: Handout / Norges Volleyballforbund", ["Norges Volleyballforbund ORG"]),
    ("FOTO: Cornelius Poppe Politiadvokat Fredrik Moe under møtet", ["Cornelius Poppe PER"]),
    ("Foto: Norsk Tipping", ["Norsk Tipping ORG"]),
    ("Foto: Privat", []),
    ("Foto: Skistar", []),
    ("Hun tok et foto av Erna Solberg", []),
    ("Av Norges befolkning bor mange i Oslo.", []),
    ("Foto:", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), CREDITS)
def test_credits_are_found(text, expected):
    doc = language.read(NLP, text)
    found = find_credits([token.text for token in doc])
    assert [f"{doc[start:end].text} {label}" for start, end, label in found] == expected


def test_credit_ruler_overrules_the_model():
    doc = language.read(NLP, "Putin i Moskva. Foto: Pavel Golovkin / AP")
    doc.ents = [Span(doc, 0, 1, label="PER"), Span(doc, 6, 10, label="ORG")]
    doc = NLP.create_pipe("nb_credit_ruler")(doc)
    assert ents(doc) == [("Putin", "PER"), ("Pavel Golovkin", "PER"), ("AP", "ORG")]
    assert [ent._.method for ent in doc.ents] == ["model", "rule", "rule"]
    assert doc.ents[1]._.zone == "byline"


# Gazetteer -------------------------------------------------------------------------------------


def csv_file(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "names.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("text", ["name,type,canonical,id\n", "\ufeffname;type;canonical;id\n"])
def test_gazetteer_is_read(tmp_path, text):
    mark = ";" if ";" in text else ","
    lines = ["Glimt,organisation,Bodø/Glimt,Q1", "", "Brann,Organisation,,", "Ås,place"]
    path = csv_file(tmp_path, text + "\n".join(lines).replace(",", mark))
    assert read_gazetteer(path) == [
        Row("Glimt", "organisation", "Bodø/Glimt", "Q1"),
        Row("Brann", "organisation"),
        Row("Ås", "place"),
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("name,canonical\nOslo,x\n", "line 1 has no column type"),
        ("name,type\nOslo,city\n", "line 2 has type 'city'"),
        ("sep=;\nname;canonical\nOslo;x\n", "line 2 has no column type"),
        ("sep=;\nname;type\nOslo;city\n", "line 3 has type 'city'"),
        ("name,type\n,place\n", "line 2 has no name"),
        ("name,type\n...,place\n", "line 2: '...' has no letter"),
        ("name,type\nOslo,place,x\n", "line 2 has 3 cells"),
        ("name,type\nOslo,place\nOslo,person\n", "line 3: 'Oslo' is something else in line 2"),
        ('name,type\n"Oslo,place\n', "line 2"),
    ],
)
def test_bad_gazetteer_is_explained(tmp_path, text, reason):
    with pytest.raises(UserError, match="Gazetteer") as caught:
        read_gazetteer(csv_file(tmp_path, text))
    assert reason in str(caught.value)
    assert caught.value.problem.code == "BAD_GAZETTEER"


def test_gazetteer_that_is_missing_or_no_text_is_explained(tmp_path):
    with pytest.raises(UserError, match="no such file"):
        read_gazetteer(tmp_path / "nowhere.csv")
    with pytest.raises(UserError, match="an Office document; save it as CSV"):
        read_gazetteer(csv_file(tmp_path, "PK\x03\x04"))
    with pytest.raises(UserError, match="neither UTF-8 nor Windows-1252"):
        read_gazetteer(csv_file(tmp_path, "name,type\nÅs\x81,place\n", "latin-1"))


def test_gazetteer_whose_path_is_no_text_is_explained(tmp_path):
    path = tmp_path / os.fsdecode(b"gaz\xe5.csv")
    path.write_text("name,type\nZorp,place\n")
    for use in (read_gazetteer, lambda path: add_rules(spacy.blank("nb"), path)):
        with pytest.raises(UserError, match="not UTF-8; rename it") as caught:
            use(path)
        assert caught.value.problem is BAD_GAZETTEER
    aliases = path.with_name(os.fsdecode(b"ali\xe5s.csv"))
    aliases.write_text("name,canonical\nZorp,Zorp AS\n")
    assert read_aliases(aliases) == [Alias("Zorp", "Zorp AS")]


@pytest.mark.parametrize(("encoding", "mark"), [("cp1252", ";"), ("utf-16", "\t")])
def test_gazetteer_is_read_as_excel_saves_it(tmp_path, encoding, mark):
    text = "name,type\r\nÅs,place\r\n'@NTB,organisation\r\n".replace(",", mark)
    rows = [Row("Ås", "place"), Row("@NTB", "organisation")]
    assert read_gazetteer(csv_file(tmp_path, text, encoding)) == rows
    assert read_gazetteer(csv_file(tmp_path, f"sep={mark}\r\n{text}", encoding)) == rows


def test_cell_of_several_lines_is_one_name(tmp_path):
    path = csv_file(tmp_path, 'name,canonical\n"Oslo\nkommune"," Oslo  by\n"\n')
    assert read_aliases(path) == [Alias("Oslo kommune", "Oslo by")]


@pytest.mark.parametrize("name", ["A\u030amot", "Å\u00admot", "\u200eÅmot", "Ã…mot"])
def test_names_are_mended_as_texts_are(tmp_path, name):
    assert read_gazetteer(csv_file(tmp_path, f"name,type\n{name},place\n")) == [
        Row("Åmot", "place")
    ]
    path = csv_file(tmp_path, f"name,canonical\n{name},{name}\u00a0by\n")
    assert read_aliases(path) == [Alias("Åmot", "Åmot by")]


def test_aliases_that_lead_to_each_other_are_refused(tmp_path):
    with pytest.raises(UserError, match="'Moss' is 'Oslo', which is 'Moss'"):
        read_aliases(csv_file(tmp_path, "name,canonical\nMoss,Oslo\nOslo,Moss\n"))


def test_aliases_are_read(tmp_path):
    path = csv_file(tmp_path, "canonical;name;type\nStatoil;Equinor;\nOla Dahl;Ola;Person\n")
    assert read_aliases(path) == [
        Alias("Equinor", "Statoil"), Alias("Ola", "Ola Dahl", "person"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("name,type\nOslo,place\n", "line 1 has no column canonical"),
        ("name,canonical\nOslo\n", "line 2 has no canonical"),
        ("name,canonical,type\nOslo,Oslo,city\n", "line 2 has type 'city'"),
        ("name,canonical\nA,B\nA,C\n", "line 3: 'A' is something else in line 2"),
        ("name,canonical\nA,B\nB,C\n", "'A' is 'B', which is 'C'"),
    ],
)
def test_bad_aliases_are_explained(tmp_path, text, reason):
    with pytest.raises(UserError, match="Aliases") as caught:
        read_aliases(csv_file(tmp_path, text))
    assert reason in str(caught.value)
    assert caught.value.problem.code == "BAD_ALIASES"


def gazetted(text, rows, given=()):
    doc = language.read(NLP, text)
    doc.ents = [Span(doc, start, end, label=label) for start, end, label in given]
    return Gazetteer(NLP, rows)(doc)


def test_gazetteer_finds_names_and_genitives():
    rows = [Row("Brann", "organisation", "SK Brann", "Q2"), Row("Moss", "place")]
    doc = gazetted("Brann slo Moss. Branns keeper og Moss' trener, men brann i Mosser.", rows)
    assert ents(doc) == [("Brann", "ORG"), ("Moss", "LOC"), ("Branns", "ORG"), ("Moss'", "LOC")]
    assert {ent._.method for ent in doc.ents} == {"gazetteer"}
    assert [ent._.canonical for ent in doc.ents] == ["SK Brann", "Moss", "SK Brann", "Moss"]
    assert [ent._.canonical_id for ent in doc.ents] == ["Q2", None, "Q2", None]
    assert doc.ents[2]._.name == "Brann"


def test_gazetteer_takes_the_longest_and_overrules_the_model():
    rows = [Row("Oslo", "place"), Row("Oslo Spektrum", "place"), Row("Spektrum Arena", "other")]
    doc = gazetted("I Oslo Spektrum Hall i Oslo", rows, [(1, 4, "ORG")])
    assert ents(doc) == [("Oslo Spektrum", "LOC"), ("Oslo", "LOC")]


def test_a_word_of_the_gazetteer_leaves_longer_names_whole():
    rows = [Row("Hans", "person", "Hans Berg"), Row("Oslo", "person")]
    doc = gazetted("Hans Lien og Hans dro til Oslo.", rows, [(0, 2, "PER"), (6, 7, "GPE_LOC")])
    assert ents(doc) == [("Hans Lien", "PER"), ("Hans", "PER"), ("Oslo", "PER")]


def test_gazetteer_without_rows_changes_nothing():
    assert ents(gazetted("I Oslo", [], [(1, 2, "ORG")])) == [("Oslo", "ORG")]


def test_forms_of_a_name():
    assert "Oslos" in forms("Oslo")
    assert "Mosss" not in forms("Moss")
