"""What a run is to make, and by what the result of each stage is known."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pipeline import models, schemas
from pipeline.batch import fingerprints, publish
from pipeline.batch.shards import Work

if TYPE_CHECKING:
    from pipeline.batch.store import Store
    from pipeline.language.gazetteer.read import Alias
    from pipeline.settings import Settings

# The settings that a stage goes by, if any.
_GOES_BY = {
    "extract": ("model", "gazetteer"),
    "resolve": ("types", "aliases"),
    "write": ("format", "excel"),
}


class Wanted:
    """The results that settings ask for, over what a store holds.

    What settings name (the model, the gazetteer, the aliases) is read where it is needed.
    """

    def __init__(self, settings: Settings, store: Store, *, retry_failed: bool = False) -> None:
        self._settings = settings
        self._store = store
        self._retry_failed = retry_failed

    @cached_property
    def model(self) -> models.Model:
        """What finds the names.

        Raises:
            UserError: There is no such model, or it cannot be used.
        """
        return models.find(self._settings.model)

    def aliases(self) -> list[Alias]:
        """The user's other names of things.

        Raises:
            UserError: BAD_ALIASES.
        """
        from pipeline.language.gazetteer.read import read_aliases

        return read_aliases(self._settings.aliases) if self._settings.aliases else []

    @property
    def formats(self) -> list[str]:
        """The kinds of file that each table is written as."""
        return [*self._settings.format, *["excel"] * self._settings.excel]

    def file_names(self) -> list[str]:
        """The files that are published."""
        from pipeline.stages.write import file_name

        tables = [file_name(t, form) for t in schemas.PUBLISHED for form in self.formats]
        return [*tables, publish.MANIFEST]

    def tokenization(self) -> Work:
        """What tokenize does, and by what its results are known."""
        return Work("tokenize", fingerprints.tokenization_key(), None, self._retry_failed)

    def extraction(self) -> Work:
        """What extract does, and by what its results are known."""
        fingerprint = fingerprints.extraction_key(self.model, self._settings.gazetteer)
        return Work("extract", fingerprint, self.tokenization().fingerprint, self._retry_failed)

    def resolution_key(self, extracted: str) -> str:
        """By what the result of resolve is known.

        Args:
            extracted: Fingerprint of the extraction.
        """
        found = extracted, self._store.state("generation")
        return fingerprints.resolution_key(found, self._settings.types, self.aliases())

    def writing_key(self, resolved: str) -> str:
        """By what the published tables are known.

        Args:
            resolved: By what the result of resolve is known.
        """
        return fingerprints.writing_key(resolved, self.formats)

    def options(self, stage: str) -> dict[str, str]:
        """The store's state that keeps by which settings a stage was done, for `differing`."""
        return {f"{stage} settings": json.dumps(self._options(stage))}

    def differing(self, stage: str) -> list[str]:
        """What the settings of a stage were the last time, of those that are others now."""
        before: list[str] = json.loads(self._store.state(f"{stage} settings") or "[]")
        now = self._options(stage)
        return [old for old, new in zip(before, now, strict=False) if old != new]

    def _options(self, stage: str) -> list[str]:
        return [_option(name, getattr(self._settings, name)) for name in _GOES_BY[stage]]


def _option(name: str, value: Any) -> str:
    """A setting as a user writes it: `--types person,place`, `--excel`, `no --aliases`."""
    text = ",".join(value) if isinstance(value, tuple) else str(value or "")
    if value is True or not value:
        return f"{'' if value else 'no '}--{name}"
    return f"--{name} {text}"
