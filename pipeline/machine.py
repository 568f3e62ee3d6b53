"""What this process may use of the machine: a container or a systemd unit may leave it less."""

from __future__ import annotations

import contextlib
import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_OURS = Path("/proc/self/cgroup")
_GROUPS = Path("/sys/fs/cgroup")


@cache
def cores() -> int:
    """Cores by affinity and by the quotas of the control groups, at least one."""
    allowed = [len(os.sched_getaffinity(0))]
    for text in _texts("cpu.max"):
        quota, period = text.split()
        if quota != "max":
            allowed.append(int(quota) // int(period))
    of_version_1 = _texts("cpu.cfs_quota_us"), _texts("cpu.cfs_period_us")
    for quota, period in zip(*of_version_1, strict=False):
        if int(quota) > 0:  # -1 where there is none
            allowed.append(int(quota) // int(period))
    return max(1, min(allowed))


@cache
def memory() -> int:
    """Bytes of memory that the machine has, or that the control groups allow."""
    allowed = [os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")]
    for file in ("memory.max", "memory.limit_in_bytes"):
        allowed += [int(text) for text in _texts(file) if text != "max"]
    return min(allowed)


def _texts(file: str) -> Iterator[str]:
    """What a file says in the control groups of this process, the outer ones too."""
    with contextlib.suppress(OSError):  # not Linux
        for line in _OURS.read_text().splitlines():
            _, controllers, path = line.split(":", 2)
            # Version 2 has one tree; in version 1 some controllers have each their own.
            root = _GROUPS / controllers
            group = root / path.lstrip("/")
            for folder in (group, *group.parents):
                if folder.is_relative_to(root):
                    # In a container the outer groups, and the own name, may not be seen.
                    with contextlib.suppress(OSError):
                        yield (folder / file).read_text().strip()
