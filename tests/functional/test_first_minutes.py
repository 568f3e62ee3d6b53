"""What a new user may meet: each error says what to do about it."""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import errors
from tests.conftest import ROOT, Command


def make(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`make` in a fresh clone, as far as the Makefile looks at it."""
    for name in ("Makefile", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    return subprocess.run(
        ["make", *arguments, f"PYTHON={sys.executable}"],
        cwd=folder,
        env={k: v for k, v in os.environ.items() if k != "PYTHONPATH"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_missing_venv_module_is_told_with_its_package(tmp_path: Path) -> None:
    (tmp_path / "without").mkdir()
    (tmp_path / "without" / "ensurepip.py").write_text("raise ImportError")
    done = make(tmp_path, "run", PYTHONPATH=str(tmp_path / "without"))
    assert done.returncode
    assert "sudo apt install python3-venv" in done.stderr
    assert not (tmp_path / ".venv").exists()


def test_missing_network_is_told_and_the_next_make_goes_on(tmp_path: Path) -> None:
    done = make(tmp_path, "run", PIP_NO_INDEX="1")
    assert done.returncode
    assert "Is the network there? Behind a proxy, export HTTPS_PROXY" in done.stderr
    again = make(tmp_path, "run", PIP_NO_INDEX="1")  # it does not take itself for installed
    assert "Is the network there?" in again.stderr


def test_version_is_printed(command: Command) -> None:
    done = command("--version")
    assert done.stdout == f"nb-entities {importlib.metadata.version('nb-entities')}\n"


def test_no_command_prints_the_help(command: Command) -> None:
    done = command()
    assert "nb-entities run FOLDER" in done.stdout + done.stderr


def test_misspelt_command_and_option_get_a_suggestion(command: Command) -> None:
    assert "Did you mean 'run'" in command("rum", "corpus/").stderr
    assert "--text-column" in command("run", "corpus/", "--textcolumn", "x").stderr


def test_empty_folder_says_what_is_readable(command: Command, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = command("run", tmp_path / "empty", "--out", tmp_path / "out")
    assert done.returncode == errors.Exit.USAGE
    assert "Found nothing to read" in done.stderr
    assert ".txt .md" in done.stderr


def test_pdf_alone_or_in_a_folder_says_how_to_make_text_of_it(
    command: Command, tmp_path: Path
) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    for name in ("a.pdf", "b.PDF", "c.xyz"):
        (articles / name).write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj")
    done = command("run", articles, "--out", tmp_path / "out")
    assert done.returncode == errors.Exit.USAGE
    assert "only 2 .pdf, 1 .xyz. Readable are" in done.stderr
    assert "pdftotext" in done.stderr
    done = command("run", articles / "a.pdf", "--out", tmp_path / "out")
    assert done.returncode == errors.Exit.SOME_FAILED
    assert "pdftotext" in done.stdout


def test_folder_without_permission_says_so(bound: Command, tmp_path: Path) -> None:
    done = bound("run", "corpus/debatt", "--out", "/proc/results")  # where nobody may write
    assert done.returncode == errors.Exit.UNFINISHED
    assert "Could not write to '/proc/results" in done.stderr
    assert "permissions" in done.stderr
    (tmp_path / "shut").mkdir(mode=0)
    done = bound("run", tmp_path / "shut", "--out", tmp_path / "out")
    assert "Check its permissions" in done.stdout


def test_shell_completes_commands_and_options() -> None:
    program = shutil.which("nb-entities", path=str(Path(sys.executable).parent))
    if program is None:
        pytest.skip("nb-entities is not installed beside this Python")

    def complete(*words: str) -> set[str]:
        request = {
            "_NB_ENTITIES_COMPLETE": "complete_bash",
            "COMP_WORDS": " ".join(("nb-entities", *words)),
            "COMP_CWORD": str(len(words)),
        }
        done = subprocess.run(
            [program], env=os.environ | request, capture_output=True, text=True, check=False
        )
        return set(done.stdout.split())

    assert {"resolve", "review-export"} <= complete("re")
    assert {"--text-column", "--types"} <= complete("run", "--t")
