"""A partitioned dataset on a real cluster: the same tables as by one machine, whatever happens."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import pipeline
from pipeline import errors
from pipeline.batch.look import verify
from pipeline.settings import load_settings
from tests.conftest import ROOT, Command

pytest.importorskip("distributed", reason="a dataset on Dask needs the extra dask")

from tests.cluster import Cluster

PARTITIONS = 6
PEOPLE = "Kari Lunde", "Ola Moe", "Nils Vold", "Siri Hegg", "Tor Ness", "Una Fjeld"
NOBODY = "tcp://127.0.0.1:9"  # nothing listens there
DEADLY = "DETTE DREPER"

PRELOAD = f"""
import os
from pipeline.stages.tokenize import Tokenizer
def tokenize(self, documents, real=Tokenizer.__call__):
    if any("{DEADLY}" in text for text in documents["text"].to_pylist()):
        os._exit(9)
    return real(self, documents)
Tokenizer.__call__ = tokenize
"""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    folder = tmp_path_factory.mktemp("cluster")
    preload = folder / "deadly.py"
    preload.write_text(PRELOAD)
    cluster = Cluster(folder, preload=preload)
    yield cluster
    cluster.close()


def write(path: Path, number: int, more: str = "") -> None:
    """A partition: the sample articles, one that all partitions have, one without text."""
    texts = [p.read_text("utf-8") for p in sorted(ROOT.glob("corpus/*/*.txt"))]
    texts = [f"{text}\n\nSak {number} {more}, sier {PEOPLE[number % 6]}." for text in texts]
    rows = {
        "id": [f"{number}-{n}" for n in range(len(texts))] + ["same", "none"],
        "text": [*texts, "Kari Nordmann bor i Oslo, sier NTB.", ""],
        "title": [None if n % 2 else f"Nytt fra Bodø {n}" for n in range(len(texts) + 2)],
        "date": [datetime(2024, 1, 1 + number, tzinfo=UTC)] * (len(texts) + 2),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table(rows), path)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    for number in range(PARTITIONS):
        write(folder / f"year={2020 + number % 2}" / f"part-{number}.parquet", number)
    (folder / "_SUCCESS").touch()
    return folder


def call(source: Path | str, target: Path | str, scheduler: str) -> list[str]:
    return ["dataset", str(source), str(target), "--scheduler", scheduler]


def tables(out: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in out.glob("*.parquet")
    }


def results(out: Path) -> dict[str, int]:
    """The partitions that are done, and when."""
    folder = out / "partitions" / "mentions"
    return {p.name: p.stat().st_mtime_ns for p in folder.glob("*.parquet")}


def run_here(articles: Path, out: Path, command: Command) -> dict[str, str]:
    done = command("run", articles, "--out", out, "--format", "parquet")
    assert done.returncode == 3, done.stderr  # rows without text
    return tables(out)


def test_dataset_gives_the_tables_of_a_run_also_when_a_worker_is_killed(
    cluster: Cluster, articles: Path, command: Command, tmp_path: Path
) -> None:
    out, here = tmp_path / "out", tmp_path / "here"
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline.cli", *call(articles, out, cluster.address)],
        cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    while not results(out) and process.poll() is None:
        time.sleep(0.01)
    assert len(results(out)) < PARTITIONS
    os.kill(cluster.workers()[0], signal.SIGKILL)
    _, said = process.communicate()
    assert process.returncode == 3, said
    assert tables(out) == run_here(articles, here, command)
    assert len(tables(out)) == 6
    assert verify(out) == 6
    documents = pipeline.read(out, "documents")
    assert dict(documents["status"].value_counts()) == {
        "ok": len(documents) - 2 * PARTITIONS + 1, "duplicate": PARTITIONS - 1, "failed": PARTITIONS
    }  # fmt: skip

    # A second run finds everything done, and needs no scheduler for it.
    before = results(out)
    done = command(*call(articles, out, NOBODY))
    assert done.returncode == 3, done.stderr
    assert results(out) == before
    run_id = pd.read_json(out / "manifest.json", typ="series")["run_id"]
    assert [path.name for path in (out / ".runs").iterdir()] == [run_id]

    # A partition that changed is done again, and one that is gone is forgotten.
    write(articles / "year=2020" / "part-0.parquet", 0, "for Jens Stoltenberg")
    (articles / "year=2021" / "part-1.parquet").unlink()
    done = command(*call(articles, out, cluster.address))
    assert done.returncode == 3, done.stderr
    kept = {name: when for name, when in results(out).items() if name in before}
    assert kept == {name: before[name] for name in before if name[5] not in "01"}
    assert len(results(out)) == PARTITIONS - 1
    assert tables(out) == run_here(articles, here, command)
    assert "gone" in set(pipeline.read(out, "entity_changes")["reason"])


def test_poison_costs_its_partition_alone_until_it_is_mended(
    cluster: Cluster, articles: Path, command: Command, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    (articles / "garbage.parquet").write_bytes(b"PAR1 no table PAR1")
    write(articles / "deadly.parquet", 9, DEADLY)
    done = command(*call(articles, out, cluster.address))
    assert done.returncode == 3
    assert "articles/deadly.parquet: The partition could not be done" in done.stderr
    failures = pipeline.read(out, "failures").set_index("doc_id")
    assert failures.loc["articles/deadly.parquet", "code"] == "PARTITION_FAILED"
    assert "every worker died" in failures.loc["articles/deadly.parquet", "message"]
    assert failures.loc["articles/garbage.parquet", "code"] == "BAD_TABLE"
    documents = pipeline.read(out, "documents").set_index("doc_id")
    assert documents.loc["articles/deadly.parquet", "status"] == "failed"
    assert len(results(out)) == PARTITIONS + 1  # garbage is done: there is nothing in it to read

    write(articles / "deadly.parquet", 9)
    before = results(out)
    done = command(*call(articles, out, cluster.address))
    assert done.returncode == 3, done.stderr
    assert "PARTITION_FAILED" not in set(pipeline.read(out, "failures")["code"])
    assert before.items() < results(out).items()
    assert tables(out) == run_here(articles, tmp_path / "here", command) | {
        "entity_changes.parquet": tables(out)["entity_changes.parquet"]  # it has a run before it
    }


def test_lost_scheduler_stops_the_run_and_a_later_one_goes_on(
    cluster: Cluster, articles: Path, command: Command, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    folder = tmp_path / "lost"
    folder.mkdir()
    lost = Cluster(folder, workers=1)
    try:
        process = subprocess.Popen(
            [sys.executable, "-m", "pipeline.cli", *call(articles, out, lost.address)],
            cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
            env=os.environ | {"NB_ENTITIES_LOG_FORMAT": "text"},
        )  # fmt: skip
        while not results(out) and process.poll() is None:
            time.sleep(0.01)
        lost.kill_scheduler()
        _, said = process.communicate(timeout=300)
    finally:
        lost.close()
    assert process.returncode == 4, said
    assert f"No connection to the scheduler '{lost.address}'" in said
    assert "Traceback" not in said
    assert not tables(out)
    before = results(out)
    assert 0 < len(before) < PARTITIONS

    done = command(*call(articles, out, cluster.address))
    assert done.returncode == 3, done.stderr
    assert before.items() < results(out).items()
    assert tables(out) == run_here(articles, tmp_path / "here", command)


def test_object_store_gets_the_same_tables(
    cluster: Cluster, articles: Path, command: Command, tmp_path: Path
) -> None:
    """Files by fsspec, as of any store that it knows; here its one for this machine."""
    out = tmp_path / "out"
    out.mkdir()
    uris = [f"fsspec+file://{folder}" for folder in (articles, out)]
    done = command(*call(*uris, cluster.address))
    assert done.returncode == 3, done.stderr
    assert tables(out) == run_here(articles, tmp_path / "here", command)
    made = (out / "manifest.json").stat().st_mtime_ns
    assert not (out / ".runs").exists()
    assert not list(out.rglob("*.new"))
    done = command(*call(*uris, NOBODY))
    assert done.returncode == 3, done.stderr
    assert (out / "manifest.json").stat().st_mtime_ns == made


def test_dataset_that_shrank_stops_the_run(
    cluster: Cluster, articles: Path, command: Command, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert command(*call(articles, out, cluster.address)).returncode == 3
    before = tables(out)
    for path in articles.rglob("part-[1-5].parquet"):
        path.unlink()
    done = command(*call(articles, out, cluster.address))
    assert done.returncode == 4
    assert "--allow-shrink" in done.stderr
    assert tables(out) == before
    done = command(*call(articles, out, cluster.address), "--allow-shrink")
    assert done.returncode == 3, done.stderr
    assert len(pipeline.read(out, "documents")) == len(pd.read_parquet(articles / "year=2020"))


@pytest.mark.parametrize(
    ("source", "target", "reason"),
    [
        ("nope://articles", "out", "Unrecognized filesystem type"),
        ("nothing", "out", "no Parquet files"),
        (".", "out", "would be read as sources"),
    ],
)
def test_unusable_place_is_refused(
    command: Command, tmp_path: Path, source: str, target: str, reason: str
) -> None:
    done = command(*call(source, target, NOBODY), cwd=tmp_path, env=None)
    assert done.returncode == 2
    assert reason in done.stderr
    assert not list(tmp_path.iterdir())


def test_scheduler_that_nobody_started_is_named(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.batch import dataset

    monkeypatch.setattr(dataset, "CONNECT_SECONDS", 2)
    with pytest.raises(errors.UserError, match=NOBODY) as caught:
        dataset.run(load_settings(), str(articles), str(tmp_path / "out"), NOBODY)
    assert caught.value.problem.exit == 4


def test_missing_extra_is_named(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.batch import dataset

    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(errors.UserError, match=r"nb-entities\[dask\]"):
        dataset.run(load_settings(), str(articles), str(tmp_path / "out"), NOBODY)


def test_function_for_spark_in_the_docs_finds_names() -> None:
    blocks = (ROOT / "docs" / "sizing.md").read_text("utf-8").split("```python\n")[1:]
    code, call = (block.partition("```")[0] for block in blocks)
    names: dict[str, Any] = {}
    exec(code, names)  # noqa: S102 - our own documentation
    batch = pa.RecordBatch.from_pylist(
        [{"id": 7, "text": "Kari Nordmann bor i Oslo."}, {"id": 8, "text": "Ingenting her."}]
    )
    found = pa.Table.from_batches(names["names"](iter([batch])))
    assert found["surface"].to_pylist() == ["Kari Nordmann", "Oslo"]
    assert found["doc_id"].to_pylist() == ["articles#7"] * 2
    fields = [field.split() for field in call.split('"""')[1].split(",")]
    assert [name for name, _ in fields] == found.schema.names
    spark = {"string": "string", "int": "int32", "boolean": "bool", "float": "float"}
    assert [spark[kind] for _, kind in fields] == [str(field.type) for field in found.schema]
