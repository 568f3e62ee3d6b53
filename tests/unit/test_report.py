"""The parts of the report that need no browser."""

from __future__ import annotations

import base64
import errno
import hashlib
import json
import os
import re
import tempfile
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from pipeline import errors
from pipeline.batch import publish
from pipeline.report import entities, examples, page, reading, timeline
from pipeline.report.examples import Mark
from tests.published import Article, day, publish_tables


@pytest.mark.parametrize(
    ("last", "documents", "n", "ends"),
    [
        ("2024-01-01", 1, 1, ("2024-01-01", "2024-01-01")),
        ("2024-01-31", 10, 31, ("2024-01-01", "2024-01-31")),
        ("2024-03-01", 10, 3, ("2024-01", "2024-03")),  # few documents in many days
        ("2024-03-01", 1_000, 61, ("2024-01-01", "2024-03-01")),
        ("2033-12-31", 1_000, 120, ("2024-01", "2033-12")),
        ("2033-12-31", 20, 10, ("2024", "2033")),
        ("2123-12-31", 100_000, 100, ("2024", "2123")),
    ],
)
def test_time_is_divided_by_its_length_and_by_how_much_is_dated(
    last: str, documents: int, n: int, ends: tuple[str, str]
) -> None:
    time = timeline.divide(datetime(2024, 1, 1), datetime.fromisoformat(last), documents)
    assert (len(time.periods), time.periods[0], time.periods[-1]) == (n, *ends)
    assert datetime(2024, 1, 1).strftime(time.form) == ends[0]


def test_line_goes_through_every_period_and_has_its_peak() -> None:
    time = timeline.Timeline("%Y", ("2020", "2021", "2022", "2023", "2024"))
    assert timeline.draw(time, {"2021": 2, "2022": 4}) == timeline.Line(
        "M0 100L1 50L2 0L3 100L4 100", "2022", 4
    )
    assert timeline.draw(time, {}) is None


def test_line_has_no_points_where_it_is_level() -> None:
    time = timeline.Timeline("%Y", tuple(str(year) for year in range(1900, 2000)))
    assert timeline.draw(time, {"1950": 1}) == timeline.Line(
        "M0 100L49 100L50 0L51 100L99 100", "1950", 1
    )


def test_one_period_is_no_line() -> None:
    line = timeline.draw(timeline.Timeline("%Y", ("2024",)), {"2024": 3})
    assert line == timeline.Line("", "2024", 3)


@pytest.mark.parametrize(
    ("counts", "shares"),
    [
        ([], []),
        ([9, 2, 1], [9, 2, 1]),
        ([60, 1, 1], [50, 1, 1]),
        ([50, 50, 50, 50], [48, 24, 16, 12]),
        ([90] * 300, [1] * 300),
    ],
)
def test_most_is_shown_of_what_is_mentioned_most(counts: list[int], shares: list[int]) -> None:
    assert examples.share(counts, most=50, total=100) == shares


def context(text: str, marks: list[Mark], at: int, entity_id: str = "e") -> list[examples.Part]:
    start, end = marks[at][:2]
    return list(examples.cut(text, *examples.window(text, start, end), marks, entity_id))


def test_context_has_the_other_names_and_ends_with_its_paragraph() -> None:
    text = "Tittel\n\nPutin møtte Erdogan i Moskva.\n\nNeste avsnitt."
    marks = [Mark(8, 13, "person", "p"), Mark(20, 27, "person", "e"), Mark(30, 36, "place", "m")]
    assert context(text, marks, 1) == [
        ("Putin", "person", False),
        " møtte ",
        ("Erdogan", "person", True),
        " i ",
        ("Moskva", "place", False),
        ".",
    ]


def test_context_in_a_long_paragraph_is_whole_words_between_dots() -> None:
    text = "ord " * 100 + "Oslo" + " ord" * 100
    before, name, after = context(text, [Mark(400, 404, "place", "e")], 0)
    assert name == ("Oslo", "place", True)
    assert before == "… " + "ord " * 35
    assert after == " ord" * 35 + " …"


def test_context_counts_characters_beyond_the_basic_plane_as_one() -> None:
    text = "😀👩‍👧 𝔬𝔯𝔡 Ærlig 🎉"
    start = text.index("Ærlig")
    assert context(text, [Mark(start, start + 5, "person", "e")], 0) == [
        "😀👩‍👧 𝔬𝔯𝔡 ",
        ("Ærlig", "person", True),
        " 🎉",
    ]


def test_name_that_the_window_cuts_is_plain_text() -> None:
    text = "x" * 200 + " Oslo " + "y" * 200
    marks = [Mark(0, 200, "other", "o"), Mark(201, 205, "place", "e"), Mark(206, 406, "other", "o")]
    assert [part for part in context(text, marks, 1) if not isinstance(part, str)] == [
        ("Oslo", "place", True)
    ]


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</script><script>alert(2)</script>",
    "<!--<script>",
    "{{ 7 * 7 }}",
    "a\u2028b\u2029c",
    "&lt;b&gt;",
    "\u202enavn",
]


class Parsed(HTMLParser):
    """The tags of a page, its data, and its text outside scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.raw: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem:
            self.raw.append(data)
        else:
            self.text += data


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> str:
    articles = [
        Article(f"{name}/{name}", f"Her er {name} igjen.", day("2024-01-01"), title=name)
        for name in HOSTILE
    ]
    names = {name: ("person", name) for name in HOSTILE}
    failures = [(name, "NOT_TEXT", name) for name in HOSTILE]
    out = publish_tables(tmp_path_factory.mktemp("hostile"), articles, names, failures)
    return page.write(out).read_text("utf-8")


def test_hostile_names_make_no_markup(hostile: str) -> None:
    parsed = Parsed(hostile)
    assert [tag for tag, _ in parsed.tags if tag in ("script", "img", "b", "iframe")] == [
        *("b", "b", "b"),  # two of the table, one of the template of a document
        *("script", "script"),
    ]
    for name in HOSTILE:
        assert name in parsed.text


def test_data_are_what_the_tables_say(hostile: str) -> None:
    _, data, _ = Parsed(hostile).raw
    found = json.loads(data)
    assert {entity["name"] for entity in found["entities"]} == set(HOSTILE)
    assert {title for title, *_ in found["documents"]} == set(HOSTILE)


def test_page_allows_its_own_style_and_script_and_nothing_else(hostile: str) -> None:
    parsed = Parsed(hostile)
    policy = next(a["content"] for _, a in parsed.tags if "http-equiv" in a) or ""
    style, _, script = parsed.raw
    for directive, text in (("style-src", style), ("script-src", script)):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}';" in policy
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy


def test_page_names_nothing_that_would_be_loaded(hostile: str) -> None:
    loading = {"src", "srcset", "data", "poster", "background", "action", "style", "xlink:href"}
    for tag, attributes in Parsed(hostile).tags:
        assert not loading & set(attributes), tag
        assert tag != "link"
        assert (attributes.get("href") or "#").startswith("#")
    assert not re.search(r"@import|url\(", hostile)


def test_same_tables_make_the_same_bytes(tmp_path: Path) -> None:
    out = publish_tables(tmp_path, [Article("a", "Oslo og Bergen")], {"Oslo": ("place", "Oslo")})
    first = page.write(out).read_bytes()
    assert page.write(out).read_bytes() == first
    assert [path.name for path in out.iterdir() if ".new" in path.name] == []


def test_page_is_of_one_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = {name: ("place", name) for name in ("Oslo", "Bergen")}
    publish_tables(tmp_path, [Article("a", "Oslo")], names)
    read_manifest = publish.read_manifest

    def publish_meanwhile(*arguments: Any) -> dict[str, Any]:
        manifest = read_manifest(*arguments)
        publish_tables(tmp_path, [Article("a", "Bergen")], names, run_id="another")
        return manifest

    monkeypatch.setattr(publish, "read_manifest", publish_meanwhile)
    html = page.write(tmp_path).read_text("utf-8")
    assert [name in html for name in names] == [True, False]


def test_many_entities_are_a_sample_and_the_page_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entities, "ENTITIES", 2)
    monkeypatch.setattr(entities, "EXAMPLES", 4)
    monkeypatch.setattr(reading, "FAILURES", 1)
    names = {name: ("place", name) for name in ("Oslo", "Bergen", "Moss")}
    articles = [Article(f"{n}.txt", "Oslo, Oslo. Bergen, Bergen. Moss") for n in range(3)]
    failures = [(f"{n}.pdf", "NOT_TEXT", "It is PDF.") for n in range(2)]
    html = page.write(publish_tables(tmp_path, articles, names, failures)).read_text("utf-8")
    assert "de mest omtalte, 2 av 3 navn. Alle står i tabellen entities." in html
    assert "the most mentioned, 2 of 3 names. All are in the table entities." in html
    assert "De første 1 av 2; alle står i tabellen failures." in html
    assert "The first 1 of 2; all are in the table failures." in html
    _, data, _ = Parsed(html).raw
    found = json.loads(data)
    assert [entity["name"] for entity in found["entities"]] == ["Bergen", "Oslo"]
    # Of six mentions each, and from as many documents as there are.
    assert [entity["sample"] for entity in found["entities"]] == [3, 1]
    assert [len(entity["examples"]) for entity in found["entities"]] == [3, 1]


def test_page_counts_dates_that_were_not_understood(tmp_path: Path) -> None:
    articles = [Article("1", "Oslo", repairs=("bom", "date")), Article("2", "Oslo")]
    html = page.write(publish_tables(tmp_path, articles, {})).read_text("utf-8")
    assert "Datoer som ikke ble forstått: 1." in html
    html = page.write(publish_tables(tmp_path, articles[1:], {}, run_id="next")).read_text("utf-8")
    assert "ikke ble forstått" not in html


def test_folder_without_results_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(errors.UserError) as caught:
        page.write(tmp_path)
    assert caught.value.problem is errors.NOTHING_THERE


def test_folder_with_csv_alone_says_what_to_do(tmp_path: Path) -> None:
    out = publish_tables(tmp_path, [], {})
    for file in out.glob("*.parquet"):
        file.rename(file.with_suffix(".csv"))
    with pytest.raises(errors.UserError) as caught:
        page.write(out)
    assert caught.value.problem is errors.ONLY_CSV


def test_damaged_table_is_named(tmp_path: Path) -> None:
    out = publish_tables(tmp_path, [], {})
    (out / ".current" / "mentions.parquet").write_bytes(b"PAR1 no more")
    with pytest.raises(errors.UserError, match=r"mentions\.parquet") as caught:
        page.write(out)
    assert caught.value.problem is errors.VERIFY_FAILED


def test_report_that_cannot_be_written_leaves_the_one_before(tmp_path: Path) -> None:
    out = publish_tables(tmp_path, [Article("a", "Oslo")], {"Oslo": ("place", "Oslo")})
    (out / page.NAME).mkdir()  # what even root cannot write over
    with pytest.raises(errors.UserError) as caught:
        page.write(out)
    assert caught.value.problem is errors.CANNOT_WRITE
    assert (out / page.NAME).is_dir()
    assert not (out / f".{page.NAME}.new").exists()


def test_report_on_a_read_only_disk_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = publish_tables(tmp_path, [], {})

    def refuse(path: Path, *_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))

    with monkeypatch.context() as patched:
        for name in ("write_text", "unlink"):
            patched.setattr(Path, name, refuse)
        with pytest.raises(errors.UserError, match=r"report\.html.*Read-only file system"):
            page.write(out)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(errors.UserError, match="Could not write to 'TMPDIR'"):
        page.write(out)
