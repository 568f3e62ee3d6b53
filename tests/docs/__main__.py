"""`python -m tests.docs`, which is `make docs`: bring the pages up to date that are made."""

from __future__ import annotations

import sys

from tests.docs import PAGES

for path, fresh in PAGES.items():
    before = path.read_text("utf-8") if path.exists() else ""
    after = fresh(before)
    if after != before:
        path.write_text(after, "utf-8")
        sys.stdout.write(f"{path}\n")
