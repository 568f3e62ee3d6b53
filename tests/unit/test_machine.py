"""What a process may use, by its control groups; these are files of the test's."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline import machine
from pipeline.settings import load_settings

CORES = len(os.sched_getaffinity(0))


@pytest.fixture
def groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The root of version 2; this process is in `user/run.service`."""
    (tmp_path / "ours").write_text("0::/user/run.service\n")
    root = tmp_path / "groups"
    (root / "user" / "run.service").mkdir(parents=True)
    monkeypatch.setattr(machine, "_OURS", tmp_path / "ours")
    monkeypatch.setattr(machine, "_GROUPS", root)
    monkeypatch.setattr(machine, "cores", machine.cores.__wrapped__)  # not what is remembered
    monkeypatch.setattr(machine, "memory", machine.memory.__wrapped__)
    return root


def test_machine_without_limits_is_all_there_is(groups: Path) -> None:
    (groups / "user" / "memory.max").write_text("max\n")
    (groups / "user" / "cpu.max").write_text("max 100000\n")
    assert machine.memory() == os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    assert machine.cores() == CORES


@pytest.mark.parametrize("folder", ["", "user", "user/run.service"])
def test_smallest_limit_holds_whichever_group_has_it(groups: Path, folder: str) -> None:
    (groups / "user" / "memory.max").write_text("max\n")
    (groups / folder / "memory.max").write_text("1073741824\n")
    (groups / folder / "cpu.max").write_text("150000 100000\n")
    assert machine.memory() == 2**30
    assert machine.cores() == 1


def test_limits_of_version_1_hold(groups: Path, tmp_path: Path) -> None:
    (tmp_path / "ours").write_text("9:memory:/docker/1\n4:cpu,cpuacct:/docker/1\n")
    (groups / "memory").mkdir()
    (groups / "memory" / "memory.limit_in_bytes").write_text("1073741824\n")
    cpu = groups / "cpu,cpuacct"
    (cpu / "docker" / "1").mkdir(parents=True)
    for folder, quota in ((cpu, -1), (cpu / "docker" / "1", 150000)):
        (folder / "cpu.cfs_quota_us").write_text(f"{quota}\n")
        (folder / "cpu.cfs_period_us").write_text("100000\n")
    assert machine.memory() == 2**30
    assert machine.cores() == 1


def test_group_that_is_not_seen_limits_nothing(groups: Path, tmp_path: Path) -> None:
    (tmp_path / "ours").unlink()
    assert machine.cores() == CORES


def test_workers_are_as_many_as_memory_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "cores", lambda: 32)
    monkeypatch.setattr(machine, "memory", lambda: 4 * 2**30)  # as of the unit of `schedule`
    settings = load_settings()
    assert (settings.workers, settings.worker_memory) == (6, 2**30)
    assert load_settings(jobs=9).workers == 9
    monkeypatch.setattr(machine, "memory", lambda: 2**28)
    assert settings.workers == 1
    monkeypatch.setattr(machine, "memory", lambda: 2**40)
    assert (settings.workers, settings.worker_memory) == (32, 24 * 2**30)
