from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import UserError
from pipeline.settings import load_settings


def test_settings_flag_wins_over_environment_over_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("nb-entities.toml").write_text('\ufeffjobs = 3\nmodel = "file"\nout = "file"\n', "utf-8")
    monkeypatch.setenv("NB_ENTITIES_MODEL", "environment")
    monkeypatch.setenv("NB_ENTITIES_OUT", "environment")
    settings = load_settings(out=Path("flag"), jobs=None)
    assert (settings.jobs, settings.model, settings.out) == (3, "environment", Path("flag"))


def test_settings_lists_are_text_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NB_ENTITIES_TYPES", "person, place")
    assert load_settings().types == ("person", "place")
    assert len(load_settings(types="all").types) == 6
    assert len(load_settings(types="all,person").types) == 6
    assert load_settings(aliases="").aliases is None
    assert load_settings(format="csv").format == ("csv",)
    assert load_settings(format="csv,parquet,csv").format == ("csv", "parquet")
    assert load_settings(types="place,person,place").types == ("place", "person")


def test_settings_know_the_users_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", "/home/kari")
    Path("nb-entities.toml").write_text('out = "~/res"\n')
    monkeypatch.setenv("NB_ENTITIES_GAZETTEER", "~/names.csv")
    settings = load_settings(aliases=Path("~no-such-user/aliases.csv"))
    assert settings.out == Path("/home/kari/res")
    assert settings.gazetteer == Path("/home/kari/names.csv")
    assert settings.aliases == Path("~no-such-user/aliases.csv")


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        ({"jobs": -1}, ["jobs", "greater"]),
        ({"types": ["person", "city"]}, ["types", "place"]),
        ({"format": []}, ["format"]),
        ({"types": []}, ["types"]),
        ({"types": [{"person": 1}]}, ["types"]),
        ({"types": 3}, ["types"]),
        ({"colour": "red"}, ["colour", "no such setting"]),
        ({"out": ""}, ["out", "'.'"]),
        *(({"memory": megabytes}, ["memory", "at least 512"]) for megabytes in (1, 50, 511)),
        *(
            ({"out": Path(name)}, ["out is", "no path with"])
            for name in ("a?b", "a\\b", "bl\udce5")
        ),
    ],
)
def test_settings_error_names_the_setting(flags: dict[str, object], words: list[str]) -> None:
    with pytest.raises(UserError) as caught:
        load_settings(**flags)
    assert caught.value.problem.exit == 2
    assert all(word in str(caught.value) for word in words)


def test_settings_take_empty_variables_for_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OUT", "GAZETTEER", "TEXT_COLUMN", "APPEND"):
        monkeypatch.setenv(f"NB_ENTITIES_{name}", "")
    settings = load_settings()
    assert (settings.out, settings.gazetteer, settings.text_column) == (Path("outputs"), None, None)


@pytest.mark.parametrize("place", ["environment", "file"])
def test_settings_refuse_what_is_none_with_one_that_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.chdir(tmp_path)
    if place == "file":
        Path("nb-entities.toml").write_text('type = "person"\n')
    else:
        monkeypatch.setenv("NB_ENTITIES_TYPE", "person")
    where = r" \(the variable NB_ENTITIES_TYPE\)" if place == "environment" else ""
    with pytest.raises(UserError, match=f"type: there is no such setting{where}; 'types' is one"):
        load_settings()


def test_settings_refuse_options_as_variables_and_pass_over_what_is_not_ours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NB_ENTITIES_SERVICE_HOST", "10.0.0.1")  # of a cluster with such a service
    load_settings()
    monkeypatch.setenv("NB_ENTITIES_APPEND", "secret")
    with pytest.raises(UserError, match="NB_ENTITIES_APPEND") as caught:
        load_settings()
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"jobs = = 3\n", "Invalid value"), (b'model = "\xe5"\n', "utf-8"), (None, "Is a directory")],
)
def test_settings_broken_file_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None, reason: str
) -> None:
    monkeypatch.chdir(tmp_path)
    if content is None:
        Path("nb-entities.toml").mkdir()
    else:
        Path("nb-entities.toml").write_bytes(content)
    with pytest.raises(UserError, match=rf"nb-entities\.toml: .*{reason}") as caught:
        load_settings()
    assert "\n" not in str(caught.value)
