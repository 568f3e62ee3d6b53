"""Pages whose code runs: every block of Python and of shell, in order, in an empty folder.

A block of `text` right after a block of code is what the code prints.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

_ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(
    r"^```(?P<kind>python|sh)\n(?P<code>.*?)^```$(?P<shown>\n\n```text\n.*?^```$)?", re.M | re.S
)


def fresh(page: str) -> str:
    """The page with the outputs that its code gives now."""
    with tempfile.TemporaryDirectory() as folder:
        return run(page, Path(folder))


def run(page: str, folder: Path) -> str:
    """The same, in a folder where what the code writes stays.

    Args:
        page: Its text.
        folder: An empty folder.
    """
    namespace: dict[str, Any] = {"__name__": "__main__"}

    def filled(block: re.Match[str]) -> str:
        if block["kind"] == "python":
            printed = _python(block["code"], namespace)
        else:
            printed = _shell(block["code"])
        if block["shown"] is None:
            return block[0]
        lines = "".join(f"{line.rstrip()}\n" for line in printed.splitlines())
        return f"```{block['kind']}\n{block['code']}```\n\n```text\n{lines}```"

    with _workplace(folder):
        return _BLOCK.sub(filled, page)


@contextlib.contextmanager
def _workplace(folder: Path) -> Iterator[None]:
    """Work in a folder with the sample articles, in which `nb-entities` is this one."""
    (folder / "corpus").symlink_to(_ROOT / "corpus")
    command = folder / ".bin" / "nb-entities"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pipeline.cli "$@"\n')
    command.chmod(0o755)
    environment = {
        "PATH": f"{command.parent}:{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join(filter(None, [str(_ROOT), *sys.path])),
        "NB_ENTITIES_LOG_FORMAT": "text",
        "MPLBACKEND": "agg",
        "COLUMNS": "100",
    }
    with contextlib.chdir(folder), mock.patch.dict(os.environ, environment):
        yield


def _python(code: str, namespace: dict[str, Any]) -> str:
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(code, "<page>", "exec"), namespace)  # noqa: S102 - a page of ours
    return printed.getvalue()


def _shell(code: str) -> str:
    done = subprocess.run(
        ["sh", "-e", "-c", code], capture_output=True, text=True, check=False, timeout=600
    )
    if done.returncode:
        raise RuntimeError(f"{code}{done.stderr}")
    return done.stdout
