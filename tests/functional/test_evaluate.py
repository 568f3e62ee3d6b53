"""`nb-entities evaluate` as a user meets it."""

from __future__ import annotations

import json
import os
from pathlib import Path

from tests import narc
from tests.conftest import ROOT, Command

GOLD = ROOT / "tests/gold/corpus.jsonl"


def _figures(command: Command, *arguments: str | Path) -> dict:  # type: ignore[type-arg]
    done = command("evaluate", *arguments, "--json")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return json.loads(done.stdout)


def _small(folder: Path, **more: object) -> Path:
    """Gold of one sample article."""
    row = json.loads(GOLD.read_text("utf-8").splitlines()[0]) | more
    path = folder / "gold.jsonl"
    path.write_text(json.dumps(row), encoding="utf-8")
    return path


def test_evaluate_gives_views_and_tables_of_our_gold(command: Command, tmp_path: Path) -> None:
    figures = _figures(command, _small(tmp_path, genre="news"), "--robustness")
    assert figures["norne"] is None
    assert figures["genres"]["news"]["f"] == figures["types"]["f"] > 50
    assert figures["robustness"]["capitals"]["gold"] == figures["types"]["gold"]
    assert figures["entities"]["base_names"]["accuracy"] > 0.8
    assert 0.5 < figures["entities"]["table"]["r"] <= 1
    assert figures["entities"]["given"]["b3"]["f"] > 0.8
    assert figures["names"] is None


def test_evaluate_heeds_no_settings_of_runs(command: Command, tmp_path: Path) -> None:
    settings = {"FORMAT": "csv", "GAZETTEER": str(tmp_path / "not-there.csv")}
    environment = os.environ | {f"NB_ENTITIES_{name}": value for name, value in settings.items()}
    done = command("evaluate", _small(tmp_path), "--json", env=environment)
    assert done.returncode == 0, done.stderr


def test_evaluate_scores_a_text_that_stands_twice(command: Command, tmp_path: Path) -> None:
    gold = _small(tmp_path)
    once = _figures(command, gold)["entities"]
    gold.write_text("\n".join([gold.read_text("utf-8")] * 2), "utf-8")
    twice = _figures(command, gold)["entities"]
    assert twice["base_names"]["n"] == 2 * once["base_names"]["n"]
    assert twice["b3"] == once["b3"]


def test_evaluate_scores_articles_of_today(command: Command) -> None:
    figures = _figures(command, ROOT / "tests/gold/today.jsonl")
    assert figures["norne"]["gold"] == 1068
    assert figures["norne"]["f"] > 90
    assert figures["types"]["f"] > 95
    assert figures["reliability"]["confident"]["precision"] > 0.95
    assert figures["entities"] is None  # it has no base names


def test_evaluate_prints_tables(command: Command, tmp_path: Path) -> None:
    done = command("evaluate", _small(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "person" in done.stdout
    assert "base names right" in done.stdout


def test_evaluate_names_needs_no_gold(command: Command, tmp_path: Path) -> None:
    figures = _figures(command, "--names", narc.write(tmp_path))
    assert set(figures) == {"entities", "names"}
    assert figures["names"]["b3"]["f"] == 1
    assert figures["names"]["texts"] == 2
    assert figures["names"]["own"]["texts"] == 1
    assert set(figures["names"]["baselines"]) == {"exact_string", "base_name", "last_word"}


def test_evaluate_says_what_is_missing(command: Command, tmp_path: Path) -> None:
    for arguments, words in (((), "--names"), (("--names", tmp_path), "no NARC text")):
        done = command("evaluate", *arguments)
        assert done.returncode == 2
        assert words in done.stderr
        assert done.stderr.count("\n") == 1
