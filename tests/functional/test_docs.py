"""The documentation: what is made of the code is current, and what it shows is so."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import pipeline
from pipeline.readers.dates import parse_date
from tests.conftest import ROOT, Command
from tests.docs import DOCS, PAGES, outputs

_LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]*))?\)")


_README = ROOT / "README.md"
_TUTORIAL = DOCS / "tutorial.md"


@pytest.mark.parametrize("page", sorted(PAGES.keys() - {_TUTORIAL}), ids=lambda path: path.name)
def test_page_is_current(page: Path) -> None:
    text = page.read_text("utf-8")
    assert PAGES[page](text) == text, "run: make docs"


def test_tutorial_is_current_and_draws_its_plots(tmp_path: Path) -> None:
    from matplotlib.image import imread

    text = _TUTORIAL.read_text("utf-8")
    assert outputs.run(text, tmp_path) == text, "run: make docs"
    plots = sorted(tmp_path.glob("*.png"))
    assert [plot.name for plot in plots] == ["map.png", "most-named.png", "network.png"]
    for plot in plots:
        pixels = imread(plot)
        drawn = (pixels[..., :3].min(axis=-1) < 0.9).mean()
        assert drawn > 0.01, plot.name


def test_readme_shows_what_a_run_ends_with(command: Command, corpus_run: Path) -> None:
    shown = _README.read_text("utf-8").partition("\nDocuments: ")[2]
    done = command("run", "corpus/", "--out", corpus_run)
    told = done.stdout.partition("Documents: ")[2].replace(f"{corpus_run}", "outputs")
    lines = [line.rstrip() for line in told.splitlines()]
    assert len(lines) > 10
    assert shown.partition("\n```")[0].splitlines() == lines


def test_dates_are_understood_as_the_page_says() -> None:
    _, _, about = (DOCS / "tables.md").read_text("utf-8").partition("\n## Dates\n")
    table, _, others = about.partition("\n\nOthers are left out")
    forms = re.findall("`(.+?)`", table.partition("| form |")[2])
    assert len(forms) > 10
    assert {parsed and parsed.date() for parsed in map(parse_date, forms)} == {date(2020, 3, 5)}
    assert [parse_date(form) for form in re.findall("`([^a-z]+?)`", others)] == [None, None]


def test_readme_reads_the_tables(corpus_run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = re.search("^```python\n(import pandas.+?)^```$", _README.read_text("utf-8"), re.M | re.S)
    assert code
    monkeypatch.chdir(corpus_run.parent)
    namespace: dict[str, Any] = {}
    exec(code[1], namespace)  # noqa: S102 - a page of ours
    names = pipeline.read(corpus_run, "entities")["name"]
    assert list(namespace["entities"]["name"]) == list(names)


def _anchors(page: Path) -> set[str]:
    """What GitHub calls the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.M)
    words = (re.sub(r"[^\w\s-]", "", heading.lower()) for heading in headings)
    return {word.strip().replace(" ", "-") for word in words}


@pytest.mark.parametrize(
    "page", sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]), ids=lambda path: path.name
)
def test_links_lead_somewhere(page: Path) -> None:
    for path, anchor in _LINK.findall(page.read_text("utf-8")):
        target = page.parent / path if path else page
        assert target.exists(), path
        assert not anchor or anchor in _anchors(target), f"{path}#{anchor}"
