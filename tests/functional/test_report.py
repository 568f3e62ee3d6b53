"""The report in a real browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.report import page as report
from tests.conftest import Command
from tests.published import Article, day, publish_tables

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

WIDTHS = (1280, 390)
SCHEMES = ("light", "dark")

HOSTILE = [
    "<script>window.taken = 1</script>",
    '"><img src=x onerror="window.taken = 1">',
    "</script><script>window.taken = 1</script>",
    "<!--<script>",
    "{{ 7 * 7 }}",
    "Langt" + "ord" * 100,
]

Open = Callable[..., "Page"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium. Where there is none the tests are skipped, but they fail in CI."""
    chromium = shutil.which("chromium")
    if chromium is None:
        lack = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        lack("the report's tests need Chromium: sudo apt install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, timeout=120_000)
        yield launched
        launched.close()


@pytest.fixture
def opened(browser: Browser) -> Iterator[Open]:
    """Opens a report; in the end its console must be empty, and nothing else have been loaded."""
    complaints: list[str] = []
    requests: list[str] = []
    contexts = []

    def open_(
        out: Path,
        width: int = 1280,
        scheme: str = "light",
        locale: str = "nb-NO",
        **options: object,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            locale=locale,
            **options,
        )
        context.set_default_timeout(60_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: requests.append(request.url))
        page.goto((out / report.NAME).as_uri())
        return page

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []
    assert {url.partition("#")[0].rpartition("/")[2] for url in requests} <= {report.NAME, "blank"}


@pytest.fixture(scope="module")
def corpus_report(command: Command, corpus_run: Path) -> Path:
    done = command("report", "--out", corpus_run)
    assert done.returncode == 0, done.stderr
    assert str(corpus_run / report.NAME) in done.stdout
    return corpus_run


@pytest.fixture(scope="module")
def hostile_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    articles = [
        Article(f"{name}/{n}.txt", f"Her er {name} 😀.", day(f"202{n}-01-01"), title=name)
        for n, name in enumerate(HOSTILE)
    ]
    names = {name: ("organisation", name) for name in HOSTILE}
    failures = [(name, "NOT_TEXT", name) for name in HOSTILE]
    out = publish_tables(tmp_path_factory.mktemp("hostile"), articles, names, failures)
    report.write(out)
    return out


@pytest.fixture(scope="module")
def many_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """1,200 documents, each with a place of its own, and Oslo in every third."""
    articles = [
        Article(f"{n}.txt", f"Fra Sted{n:04} 𝔬𝔤 Ærlig{' til Oslo' * (n % 3 == 0)}.")
        for n in range(1_200)
    ]
    names = {f"Sted{n:04}": ("place", f"Sted{n:04}") for n in range(1_200)}
    names |= {"Oslo": ("place", "Oslo"), "Ærlig": ("person", "Ærlig Åse Erdoğan")}
    out = publish_tables(tmp_path_factory.mktemp("many"), articles, names)
    report.write(out)
    return out


def rows(page: Page) -> Locator:
    return page.locator("#entities tbody tr")


def names_of(page: Page) -> list[str]:
    return page.locator("#entities tbody th bdi").all_inner_texts()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("out", ["corpus_report", "hostile_report"])
def test_nothing_is_wider_than_the_window(
    opened: Open, request: pytest.FixtureRequest, out: str, width: int
) -> None:
    page = opened(request.getfixturevalue(out), width=width)
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("#entities tbody a").last.click()
    dialog = page.locator("dialog")
    assert dialog.evaluate("it => it.scrollWidth <= it.clientWidth")


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_no_violation(opened: Open, corpus_report: Path, width: int, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    # The policy forbids what the examination does to the page, not what the page does.
    page = opened(corpus_report, width=width, scheme=scheme, bypass_csp=True)
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
    for part in ("page", "dialog"):
        if part == "dialog":
            page.locator("table.top a").first.click()
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


def test_dark_and_light_differ(opened: Open, corpus_report: Path) -> None:
    grounds = {
        opened(corpus_report, scheme=scheme).evaluate(
            "getComputedStyle(document.documentElement).backgroundColor"
        )
        for scheme in SCHEMES
    }
    assert len(grounds) == len(SCHEMES)


def test_top_of_corpus_has_lines_over_time(opened: Open, corpus_report: Path) -> None:
    page = opened(corpus_report)
    places = page.locator('table.top[data-type="place"]')
    assert places.locator("tbody a").first.inner_text() == "Norge"
    box = places.locator(".chart path").first.bounding_box()
    assert box is not None
    assert box["width"] > 50
    assert box["height"] > 10


def test_search_takes_any_words_of_a_name_without_accents(opened: Open, many_report: Path) -> None:
    page = opened(many_report)
    page.get_by_label("Søk").fill("erdogan ase")
    assert names_of(page) == ["Ærlig Åse Erdoğan"]
    assert page.get_by_role("status").inner_text() == "Viser 1 av 1"
    page.get_by_label("Søk").fill("finnes ikke")
    assert names_of(page) == []
    assert "Viser 0 av 0" in page.get_by_role("status").inner_text()


def test_type_filter_leaves_that_type(opened: Open, many_report: Path) -> None:
    page = opened(many_report)
    page.get_by_label("personer").check()
    assert names_of(page) == ["Ærlig Åse Erdoğan"]


def test_table_is_sorted_by_a_click_and_back_by_the_next(opened: Open, many_report: Path) -> None:
    page = opened(many_report)
    assert names_of(page)[:2] == ["Ærlig Åse Erdoğan", "Oslo"]
    head = page.get_by_role("columnheader", name="Navn").last
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    assert names_of(page)[:2] == ["Oslo", "Sted0000"]
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    assert names_of(page)[0] == "Ærlig Åse Erdoğan"  # Æ is after O and S in Norwegian
    assert page.locator("[aria-sort]").count() == 1


def test_selection_says_so_and_shows_more(opened: Open, many_report: Path) -> None:
    page = opened(many_report)
    assert page.get_by_text("de mest omtalte, 1 001 av 1 202 navn").count() == 1
    assert rows(page).count() == 100
    page.get_by_role("button", name="Vis flere").click()
    assert rows(page).count() == 200
    assert page.evaluate("document.activeElement.textContent") == names_of(page)[100]


def test_mentions_stand_in_their_context(opened: Open, many_report: Path) -> None:
    page = opened(many_report)
    page.locator("table.top a", has_text="Oslo").click()
    dialog = page.get_by_role("dialog", name="Oslo")
    first = dialog.locator(".examples li").first
    assert first.locator("mark.own bdi").all_inner_texts() == ["Oslo"]
    assert "𝔬𝔤 Ærlig" in first.inner_text()
    assert {"person", "place"} == set(
        first.locator("mark").evaluate_all("all => all.map(one => one.dataset.type)")
    )
    assert "Et utvalg" in dialog.inner_text()
    shown = dialog.locator("mark.own").count()
    assert 1 < shown < 400


def test_keyboard_alone_reaches_an_entity_and_comes_back(opened: Open, many_report: Path) -> None:
    page = opened(many_report)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("oslo")
    while page.evaluate("document.activeElement.textContent") != "Oslo":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Oslo")
    dialog.wait_for()
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    assert page.evaluate("document.activeElement.textContent") == "Oslo"
    page.wait_for_url(lambda url: "#" not in url)  # going back takes a moment


def test_address_of_an_entity_opens_it_and_back_closes_it(opened: Open, many_report: Path) -> None:
    page = opened(many_report)
    page.locator("table.top a").first.click()
    address = page.url
    page.go_back()
    page.get_by_role("dialog").wait_for(state="hidden")
    page.goto("about:blank")
    page.goto(address)
    page.get_by_role("dialog").wait_for()


@pytest.mark.parametrize(
    ("locale", "first", "second"),
    [("nb-NO", "Mest omtalt", "Most mentioned"), ("en-GB", "Most mentioned", "Mest omtalt")],
)
def test_language_is_the_browsers_until_another_is_chosen(
    opened: Open, many_report: Path, locale: str, first: str, second: str
) -> None:
    page = opened(many_report, locale=locale)
    heading = page.locator("#top")
    assert heading.inner_text() == first
    page.locator("#language").click()
    assert heading.inner_text() == second
    page.wait_for_timeout(500)  # Chromium's other processes get to know of it a moment later
    page.reload()
    assert heading.inner_text() == second


def test_hostile_names_stay_text(opened: Open, hostile_report: Path) -> None:
    page = opened(hostile_report)
    assert sorted(names_of(page)) == sorted(HOSTILE)
    for name in HOSTILE:
        page.locator("table.top a").nth(HOSTILE.index(name)).click()
        dialog = page.get_by_role("dialog")
        own = dialog.locator("h2 bdi").inner_text()
        assert own in HOSTILE
        assert dialog.locator("mark.own bdi").first.inner_text() == own
        page.get_by_role("button", name="Lukk").click()
    assert page.locator(".failures bdi").all_inner_texts() == sorted(HOSTILE)
    assert page.locator("img").count() == 0
    assert page.evaluate("window.taken") is None


def test_what_an_attacker_would_add_does_not_run(browser: Browser, many_report: Path) -> None:
    page = browser.new_page()
    page.goto((many_report / report.NAME).as_uri())
    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.append("window.taken = 1");
            try { document.body.append(script); } catch {}
            try { document.body.innerHTML += "<img src=x onerror='window.taken = 1'>"; } catch {}
        }"""
    )
    assert page.evaluate("window.taken") is None
    assert page.locator("img").count() == 0
    page.close()


def test_without_script_there_is_what_was_read_and_the_top(opened: Open, many_report: Path) -> None:
    page = opened(many_report, java_script_enabled=False)
    assert page.locator("table.top a").first.inner_text() == "Ærlig Åse Erdoğan"
    assert page.get_by_text("trenger JavaScript").is_visible()
    assert not page.locator("#entities").is_visible()


def test_run_without_names_or_dates_says_so(opened: Open, tmp_path: Path) -> None:
    report.write(publish_tables(tmp_path, [Article("a.txt", "Det regner.")], {}))
    page = opened(tmp_path)
    assert page.get_by_text("Det ble ikke funnet noen navn.").is_visible()
    assert page.get_by_text("Ingen av dokumentene har en dato").is_visible()
    assert page.locator("svg").count() == 0


def test_failures_have_their_remedy(opened: Open, command: Command, tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "good.txt").write_text("Det regner i Bergen.", "utf-8")
    (articles / "paper.txt").write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj")
    assert command("run", articles, "--out", tmp_path / "out").returncode == 3
    assert command("report", "--out", tmp_path / "out").returncode == 0
    page = opened(tmp_path / "out")
    failed = page.locator(".failures > li")
    assert failed.count() == 1
    assert "articles/paper.txt" in failed.inner_text()
    assert "pdftotext" in failed.inner_text()
    assert page.locator(".figures .bad dd").inner_text() == "1"
