"""All settings of a run: flag > environment (`NB_ENTITIES_*`) > `nb-entities.toml` > default."""

from __future__ import annotations

import os
import re
import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    InitSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from pipeline import errors, machine
from pipeline.vocabulary import DEFAULT_TYPES, EntityType, read_types

if TYPE_CHECKING:
    from pipeline.readers import ReadOptions

LEAST_MEMORY = 1024  # MB that a worker may use; the model, the libraries and a shard need some 400
NEEDED = 512  # MB that there is for a worker, or there is one less; --memory may not be less

# What DuckDB takes for a query and a separator; bytes that are no text.
_NO_STORE = re.compile("[?\\\\\ud800-\udfff]")

CONFIG_FILE = Path("nb-entities.toml")


# What only an option says, for one run.
_OPTIONS = frozenset("append retry_failed allow_shrink rebuild dry_run summary wait quiet".split())


class _Environment(EnvSettingsSource):
    """The variables with the prefix, also those that somebody may have taken for a setting.

    Others are not ours: a cluster has some for each of its services.
    """

    def __call__(self) -> dict[str, Any]:
        prefix = self.env_prefix.lower()
        named = {name.removeprefix(prefix) for name in self.env_vars if name.startswith(prefix)}
        mistaken = {
            name: self.env_vars[prefix + name]
            for name in named - self.settings_cls.model_fields.keys()
            if name in _OPTIONS or _meant(name)
        }
        return mistaken | super().__call__()


class Settings(BaseSettings):
    """Settings of a run. Each field is a flag of the same name with dashes."""

    model_config = SettingsConfigDict(
        env_prefix="NB_ENTITIES_",
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
    )

    out: Path = Field(Path("outputs"), description="folder for the results")
    model: str = Field("", description="spaCy pipeline, by name or path; empty: the bundled one")
    jobs: int = Field(0, ge=0, description="worker processes; 0: one a core, as memory allows")
    memory: int = Field(
        0,
        ge=0,
        description=f"MB a worker process may use, at least {NEEDED}; "
        "0: its share of three quarters of all",
    )
    types: Annotated[tuple[EntityType, ...], NoDecode] = Field(
        DEFAULT_TYPES, min_length=1, description="types of entity to put in the tables"
    )
    format: Annotated[tuple[Literal["csv", "parquet"], ...], NoDecode] = Field(
        ("csv", "parquet"), min_length=1, description="file formats of the tables"
    )
    excel: bool = Field(False, description="also write *.excel.csv, for a Norwegian Excel")
    gazetteer: Path | None = Field(None, description="CSV of names: name,type,canonical,id")
    aliases: Path | None = Field(None, description="CSV of other names: name,canonical,type")
    log_format: Literal["text", "json"] | None = Field(
        None, description="how to log; empty: text on a terminal, JSON lines elsewhere"
    )
    encoding: str | None = Field(None, description="encoding of all sources, where not UTF-8")
    text_column: str | None = Field(None, description="column that holds the text")
    id_column: str | None = Field(None, description="column that holds the document's id")
    title_column: str | None = Field(None, description="column that holds the title")
    date_column: str | None = Field(None, description="column that holds the date")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Flags, then the environment, then the file; no .env, no secrets folder."""
        in_file = InitSettingsSource(settings_cls, _in_file())
        return init_settings, _Environment(settings_cls), in_file

    @field_validator("out", mode="before")
    @classmethod
    def _named(cls, value: object) -> object:
        """A script's variable that is not set is no name for the current folder, nor a URI one."""
        if value == "":
            raise PydanticCustomError("no_name", "the current folder is called '.'")
        if "://" in str(value):
            reason = "it has to be a folder of this machine; nb-entities dataset takes URIs"
            raise PydanticCustomError("no_folder", reason)
        return value

    @field_validator("memory")
    @classmethod
    def _enough(cls, value: int) -> int:
        """What a worker can begin with; with less, every document would be tried in vain."""
        if 0 < value < NEEDED:
            reason = f"a worker needs at least {NEEDED} megabytes; 0 is its share of all"
            raise PydanticCustomError("too_little", reason)
        return value

    @field_validator("format", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        """Flags and the environment give lists as text with commas."""
        return [part.strip() for part in value.split(",")] if isinstance(value, str) else value

    @field_validator("types", mode="before")
    @classmethod
    def _types(cls, value: object) -> object:
        return read_types(value) if isinstance(value, (str, list, tuple)) else value

    @field_validator("gazetteer", "aliases", mode="before")
    @classmethod
    def _none(cls, value: object) -> object:
        """An empty one is none, and not the current folder."""
        return None if value == "" else value

    @field_validator("out", "gazetteer", "aliases")
    @classmethod
    def _in_home(cls, value: Path | None) -> Path | None:
        """`~/results` as a shell has it: DuckDB would take it so too, and Python would not."""
        return value and Path(os.path.expanduser(value))  # noqa: PTH111 - of no such user: as is

    @field_validator("out")
    @classmethod
    def _for_all_libraries(cls, value: Path) -> Path:
        """A path that DuckDB can open the store by, and that Arrow does not take for a URI."""
        if _NO_STORE.search(os.path.realpath(value)):
            reason = "the store can be in no path with ? or \\, nor in one that is not utf-8"
            raise PydanticCustomError("no_store", reason)
        return value.absolute() if ":" in str(value) else value

    @field_validator("types", "format")
    @classmethod
    def _once(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        """What is said twice is meant once: no table is written by two at a time."""
        return tuple(dict.fromkeys(value))

    def reading(self) -> ReadOptions:
        """How to read the sources.

        Raises:
            UserError: UNKNOWN_ENCODING.
        """
        from pipeline.readers import ReadOptions

        return ReadOptions(
            encoding=self.encoding,
            text_column=self.text_column,
            id_column=self.id_column,
            title_column=self.title_column,
            date_column=self.date_column,
        )

    @property
    def workers(self) -> int:
        """Number of worker processes: `jobs`, or the cores there are, as memory allows."""
        return self.jobs or max(1, min(machine.cores(), _for_workers() // (NEEDED * 2**20)))

    @property
    def worker_memory(self) -> int:
        """Bytes that a worker process may use: `memory`, or its share of what there is."""
        share = _for_workers() // self.workers
        return self.memory * 2**20 or max(LEAST_MEMORY * 2**20, share)


def _in_file() -> dict[str, Any]:
    """What the file says, if there is one.

    Raises:
        OSError: It cannot be read, which pydantic-settings would pass over where it is a folder.
        ValueError: It is not TOML, or not UTF-8.
    """
    try:
        return tomllib.loads(CONFIG_FILE.read_text("utf-8-sig"))  # editors write a mark before it
    except FileNotFoundError:
        return {}


def _for_workers() -> int:
    """Bytes that all workers may use together; the rest is for this process."""
    return machine.memory() * 3 // 4


def load_settings(**flags: Any) -> Settings:
    """Settings from the flags that were given (those not None), environment, file and defaults.

    Raises:
        UserError: BAD_SETTINGS, naming the setting and what is wrong with it.
    """
    try:
        return Settings(**{name: value for name, value in flags.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "settings"
        unknown = first["type"] == "extra_forbidden"
        reason = _no_such(name) if unknown else first["msg"].lower()
        where = name if unknown else f"{name} is {first['input']!r}"
        raise errors.UserError(errors.BAD_SETTINGS, where=where, reason=reason) from None
    except (OSError, ValueError) as error:  # of the file
        reason = str(getattr(error, "strerror", None) or error)
        raise errors.UserError(errors.BAD_SETTINGS, where=CONFIG_FILE, reason=reason) from None


def _no_such(name: str) -> str:
    """That there is no such setting, here or as a variable, and which one may be meant."""
    variable = f"nb_entities_{name}".upper()
    known = f"; '{_meant(name)}' is one" if _meant(name) else ""
    where = f" (the variable {variable})" if variable in os.environ else ""
    return f"there is no such setting{where}{known}"


def _meant(name: str) -> str:
    """The setting that a name is nearly that of, empty where there is none."""
    return next(iter(get_close_matches(name, Settings.model_fields, n=1, cutoff=0.75)), "")
