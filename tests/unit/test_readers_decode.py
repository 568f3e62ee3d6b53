"""Bytes to text, and text to better text."""

import gzip
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import errors
from pipeline.readers.decode import binary_kind, decode, lines
from pipeline.readers.raw import REPAIRS, ReadOptions
from pipeline.readers.repair import repair, repair_in_place

NORWEGIAN = "Øystein sa «nei» – på Åmot, æresord."


@pytest.mark.parametrize(
    ("data", "declared", "text", "encoding", "repairs"),
    [
        (NORWEGIAN.encode(), None, NORWEGIAN, "utf-8", ()),
        (NORWEGIAN.encode("utf-8-sig"), None, NORWEGIAN, "utf-8", ("bom",)),
        (NORWEGIAN.encode("utf-8-sig"), "UTF_8_sig", NORWEGIAN, "utf-8", ("bom",)),
        (NORWEGIAN.encode("utf-16"), None, NORWEGIAN, "utf-16", ("bom",)),
        (b"\xfe\xff" + NORWEGIAN.encode("utf-16-be"), None, NORWEGIAN, "utf-16", ("bom",)),
        (NORWEGIAN.encode("utf-32"), None, NORWEGIAN, "utf-32", ("bom",)),
        (NORWEGIAN.encode("cp1252"), None, NORWEGIAN, "cp1252", ("cp1252",)),
        (b"\xd8ystein", None, "Øystein", "cp1252", ("cp1252",)),
        (NORWEGIAN.encode("mac-roman"), "mac-roman", NORWEGIAN, "mac-roman", ()),
        (NORWEGIAN.encode("utf-16-le"), "utf-16-le", NORWEGIAN, "utf-16-le", ()),
        ("”på”".encode() + b"\xe5", None, "”på”å", "utf-8", ("cp1252",)),
        (b"", None, "", "utf-8", ()),
    ],
)
def test_decode_takes_the_first_encoding_that_fits(data, declared, text, encoding, repairs):
    decoded = decode(data, declared)
    assert (decoded.text, decoded.encoding, decoded.repairs) == (text, encoding, repairs)


@pytest.mark.parametrize(
    ("data", "declared", "repairs"),
    [
        (NORWEGIAN.encode("utf-16-le"), "utf-16-le", ()),
        (NORWEGIAN.encode("utf-16"), None, ("bom",)),
        (NORWEGIAN.encode("utf-16"), "utf-16", ("bom",)),
        (("\ufeff" + NORWEGIAN).encode("utf-16-le"), "utf-16-le", ("bom",)),
    ],
)
def test_mark_is_told_of_only_where_it_was(data, declared, repairs):
    (line,) = lines(io.BufferedReader(io.BytesIO(data)), declared)
    assert (line.decoded.text, line.decoded.repairs) == (NORWEGIAN, repairs)


@pytest.mark.parametrize("declared", ["utf-8", "utf-8-sig"])
def test_bad_byte_costs_its_line_alone(declared):
    data = "\ufeffÅmot\n".encode() + b"\xe5\nOslo\n"
    found = list(lines(io.BufferedReader(io.BytesIO(data)), declared))
    assert [(line.decoded.text, line.error is None) for line in found] == [
        ("Åmot", True), ("å", False), ("Oslo", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "declared"),
    [(b"\xe5\x81 p\x8d", None), (b"\xe5", "utf-8"), (b"\xff\xfeabc", None), (b"a", "undefined")],
)
def test_decode_says_which_byte_is_wrong(data, declared):
    with pytest.raises(
        errors.DocumentError, match="Save it as UTF-8; --encoding is for all"
    ) as caught:
        decode(data, declared)
    assert caught.value.problem is errors.BAD_ENCODING


@pytest.mark.parametrize(
    ("before", "after", "done"),
    [
        (NORWEGIAN, NORWEGIAN, set()),
        ("PÃ¥ Ã…mot", "På Åmot", {"mojibake"}),
        ("SÃ¸ndag mÃ¸tte BjÃ¸rn Ã˜ystein", "Søndag møtte Bjørn Øystein", {"mojibake"}),
        ("â€“ Nei, sier «Ã†gir».", "– Nei, sier «Ægir».", {"mojibake"}),
        ("Ã…mot kommune\nHelt riktig: på 日本", "Åmot kommune\nHelt riktig: på 日本", {"mojibake"}),
        ("Ã… vente, AMANHÃ… og Ã…!", "Å vente, AMANHÃ… og Ã…!", {"mojibake"}),
        ("O\0slo", "Oslo", {"nul"}),
        ("Os\ud800lo", "Oslo", {"surrogate"}),
        ("Fremskritts\u00adpartiet", "Fremskrittspartiet", {"invisible"}),
        ("MÃ¸tte MarÃ\u00ada i\u00adgÃ¥r", "Møtte María igår", {"mojibake", "invisible"}),
        ("på\u00adgå", "pågå", {"invisible"}),
        ("\u200eErna Solberg\u200f, \u2067Oslo\u2069", "Erna Solberg, Oslo", {"invisible"}),
        ("Idlib\u2011provinsen og Høyre\u2010leder", "Idlib-provinsen og Høyre-leder", {"hyphen"}),
        ("Erna\u00a0Solberg,\u202fkl.\u200912", "Erna Solberg, kl. 12", {"blank"}),
        ("voilÃ\u00a0 Oslo", "voilà Oslo", {"mojibake"}),
        ("A\u030amot", "Åmot", {"nfc"}),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd", {"newline"}),
        # What `ftfy.fix_text` would change, and we must not.
        ("”sitat“ ‘x’ ﬁn １２ &amp; <b> …", "”sitat“ ‘x’ ﬁn １２ &amp; <b> …", set()),
        ("👩\u200d🚒", "👩\u200d🚒", set()),
    ],
)
def test_repair_mends_and_names(before, after, done):
    assert repair(before) == (after, done)
    assert done <= set(REPAIRS)


@given(st.text(st.characters(codec=None)))
def test_repair_leaves_nothing_to_repair(text):
    mended, done = repair(text)
    mended.encode()  # no surrogates
    assert not set("\0\r\u00ad\u2011\u00a0\u200e") & set(mended)
    assert done <= set(REPAIRS)
    assert bool(done) == (mended != text)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("\u200eErna\u00a0Solberg\u200e", "Erna Solberg"),
        ("a\r\nA\u030amot\rb", "a\nÅmot\nb"),
        ("Idlib\u2011\u00adprovinsen\0 \ud800", "Idlib-provinsen "),
    ],
)
def test_repair_in_place_tells_where_each_character_stood(before, after):
    mended, places = repair_in_place(before)
    assert mended == after
    assert [repair(before[start:end])[0] for start, end in places] == list(after)


@given(st.text(st.characters(codec=None)).filter(lambda text: "Ã" not in text))
def test_repair_in_place_finds_what_repair_mends(text):
    mended, places = repair_in_place(text)
    mended.encode()
    assert mended == text if places is None else len(places) == len(mended)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04", "Office"),
        (b"\x89PNG\r\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"\x7fELF", "program"),
        (gzip.compress(b"x", mtime=0), "gzip"),
        (b"PAR1", "Parquet"),
        (b"\x00\x01\x02\x03" * 10, "binary"),
        ("Helt vanlig tekst".encode("utf-16-le"), "utf-16-le"),
        ("Helt vanlig tekst".encode("utf-16-be"), "utf-16-be"),
        (b"O\0slo", None),
        (NORWEGIAN.encode("utf-16"), None),
        (NORWEGIAN.encode("cp1252"), None),
        (b"", None),
    ],
)
def test_binary_kind_knows_text(head, kind):
    found = binary_kind(head)
    assert found is None if kind is None else kind in found


@given(st.binary(), st.sampled_from([None, "utf-8", "cp1252", "utf-16", "utf-32-be", "cp037"]))
def test_lines_cover_every_byte_or_say_why_not(data, encoding):
    stream = io.BufferedReader(io.BytesIO(data))
    try:
        found = list(lines(stream, encoding))
    except errors.DocumentError as error:
        assert error.problem is errors.BAD_ENCODING
        return
    assert [line.number for line in found] == list(range(1, len(found) + 1))
    assert not any("\n" in line.decoded.text for line in found)
    if encoding == "cp1252":
        assert len(found) == data.count(b"\n") + bool(data and not data.endswith(b"\n"))


@pytest.mark.parametrize("encoding", ["no-such", "hex", "rot13", "utf-8\0"])
def test_read_options_refuse_unknown_encodings(encoding):
    with pytest.raises(errors.UserError) as caught:
        ReadOptions(encoding=encoding)
    assert caught.value.problem is errors.UNKNOWN_ENCODING


@pytest.mark.parametrize("encoding", [None, "utf-8", "UTF8", "latin-1", "utf-16", "cp865"])
def test_read_options_accept_known_encodings(encoding):
    assert ReadOptions(encoding=encoding).encoding == encoding
