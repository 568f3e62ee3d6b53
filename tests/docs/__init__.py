"""Pages of docs/ that are made: references from the code, and the outputs that pages show.

`make docs` makes them; tests/functional/test_docs.py sees that they are current.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.docs import outputs, reference

DOCS = Path(__file__).parents[2] / "docs"

# A page and what makes it: from its present text to the one that is current.
PAGES: dict[Path, Callable[[str], str]] = {
    DOCS / "cli.md": reference.cli,
    DOCS / "tables.md": reference.tables,
    DOCS / "troubleshooting.md": reference.problems,
    DOCS / "tutorial.md": outputs.fresh,
    DOCS / "recipes.md": outputs.fresh,
    DOCS / "spacy.md": outputs.fresh,
    DOCS / "own-annotations.md": outputs.fresh,
}
