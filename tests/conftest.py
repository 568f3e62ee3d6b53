from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

from pipeline.batch.store import Store

ROOT = Path(__file__).parent.parent

# How long one example takes says more of the machine than of the code.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "store") as opened:
        yield opened


# Permissions do not bind root, unless it gives up these capabilities.
_BOUND = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"]


@pytest.fixture(scope="session")
def command() -> Command:
    """Runs `nb-entities` as a user does: another process, from the repository's root."""
    return _command([])


@pytest.fixture(scope="session")
def bound() -> Command:
    """As `command`, by somebody whom permissions bind, also where that is root."""
    if os.geteuid():
        return _command([])
    if not shutil.which("setpriv") or subprocess.call([*_BOUND, "true"]):
        pytest.skip("permissions do not bind root")
    return _command(_BOUND)


def _command(before: list[str]) -> Command:
    environment = os.environ | {"NB_ENTITIES_LOG_FORMAT": "text"}

    def run(*arguments: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
        call = [*before, sys.executable, "-c", "from pipeline.start import main; main()"]
        defaults = {"cwd": ROOT, "capture_output": True, "text": True, "timeout": 300}
        options = {"env": environment} | options
        return subprocess.run(  # noqa: PLW1510 - the tests look at the exit code
            [*call, *map(str, arguments)], **defaults | options
        )

    return run


@pytest.fixture(scope="session")
def corpus_run(command: Command, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of one run over corpus/."""
    out = tmp_path_factory.mktemp("corpus") / "outputs"
    done = command("run", "corpus/", "--out", out)
    assert done.returncode == 0, done.stderr
    return out
