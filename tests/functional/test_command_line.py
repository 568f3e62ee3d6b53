"""The command line as a user meets it."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from pipeline import errors, schemas
from tests.conftest import ROOT, Command
from tests.published import Article, publish_tables

SENTENCE = "Statsminister Jonas Gahr Støre møtte Emmanuel Macron i Paris."
LONG = 300 * "x"  # no file's name is as long


def tables(out: Path) -> dict[str, str]:
    """Name and digest of every published table."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in out.iterdir()
        if path.suffix in (".csv", ".parquet")
    }


def entities(out: Path) -> set[tuple[str, str]]:
    frame = pd.read_csv(out / "entities.csv", keep_default_na=False)
    return set(zip(frame["name"], frame["type"], strict=True))


def worked(stderr: str) -> dict[str, str]:
    """What each stage says it did."""
    lines = [line.removeprefix("nb-entities: ") for line in stderr.splitlines()]
    return dict(line.split(": ", 1) for line in lines if ": " in line)


def test_standard_input_is_a_source(command: Command, tmp_path: Path) -> None:
    done = command("run", "-", "--out", tmp_path, input=SENTENCE)
    assert done.returncode == 0, done.stderr
    assert entities(tmp_path) == {
        ("Jonas Gahr Støre", "person"),
        ("Emmanuel Macron", "person"),
        ("Paris", "place"),
    }


def test_run_ends_with_the_most_mentioned_and_the_paths(command: Command, tmp_path: Path) -> None:
    done = command("run", "-", "--out", tmp_path, input=SENTENCE)
    assert "Emmanuel Macron" in done.stdout
    assert f"{tmp_path / 'mentions'}.csv, .parquet" in done.stdout
    assert "Macron" not in done.stderr


def test_latin_1_and_empty_files(command: Command, tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "latin.txt").write_bytes("Øystein Djupedal bor i Ålesund.".encode("latin-1"))
    (articles / "empty.txt").write_bytes(b"")
    done = command("run", articles, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    documents = pd.read_csv(tmp_path / "out" / "documents.csv").set_index("doc_id")
    assert documents.loc["articles/empty.txt", "status"] == "empty"
    assert documents.loc["articles/latin.txt", "encoding"] == "cp1252"
    assert ("Øystein Djupedal", "person") in entities(tmp_path / "out")


def test_columns_dates_and_files_for_excel(command: Command, tmp_path: Path) -> None:
    rows = tmp_path / "2020-03-05.csv.gz"
    table = (
        "nøkkel;ingress;brødtekst i saken;dato i avis\n"
        f'7;Møte i Paris;"{SENTENCE}\n\nFilmen «Max Manus» vises."; 5. mars 2020 \n'
        "8;;Det regner.;\n"
    )
    rows.write_bytes(gzip.compress(table.encode("cp1252")))
    columns = {"id": "nøkkel", "title": "ingress", "text": "brødtekst i saken",
               "date": "dato i avis"}  # fmt: skip
    options = [part for name, column in columns.items() for part in (f"--{name}-column", column)]
    done = command("run", rows, *options, "--types", "all", "--excel", "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    documents = pd.read_csv(tmp_path / "out" / "documents.csv").set_index("doc_id")
    assert list(documents.index) == ["2020-03-05.csv.gz#7", "2020-03-05.csv.gz#8"]
    # The row's own date, and for the row without one that of the file's name.
    assert list(documents["published"]) == ["2020-03-05T00:00:00Z"] * 2
    assert documents.loc["2020-03-05.csv.gz#7", "title"] == "Møte i Paris"
    excel = (tmp_path / "out" / "mentions.excel.csv").read_text("utf-8-sig")
    assert excel.startswith("mention_id;doc_id;")
    assert "Emmanuel Macron" in excel


def test_dates_that_are_not_understood_are_told_of_once(command: Command, tmp_path: Path) -> None:
    rows = tmp_path / "n.csv"
    rows.write_text(f"id,text,date\n1,{SENTENCE},01/12/2024\n2,Det regner.,13/12/2024\n", "utf-8")
    summary = tmp_path / "summary.json"
    for _ in range(2):  # also where nothing is read again
        done = command("run", rows, "--out", tmp_path / "out", "--summary", summary)
        assert done.returncode == 0
        (told,) = [line for line in done.stderr.splitlines() if "not understood" in line]
        assert "2 document(s) have a date that was not understood, such as 'n.csv#1'" in told
        assert json.loads(summary.read_text("utf-8"))["dates_not_understood"] == 2
    rows.write_text(f"id,text,date\n1,{SENTENCE},1.12.2024\n", "utf-8")
    assert "not understood" not in command("run", rows, "--out", tmp_path / "out").stderr


def test_failed_documents_are_named_and_the_others_done(command: Command, tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "good.txt").write_text(SENTENCE, "utf-8")
    (articles / "paper.txt").write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj")
    (articles / "rows.csv").write_text("id,overskrift\n1,hei\n")
    done = command("run", articles, "--out", tmp_path / "out", "--log-format", "json")
    assert done.returncode == errors.Exit.SOME_FAILED
    failures = pd.read_csv(tmp_path / "out" / "failures.csv").set_index("doc_id")
    assert failures.loc["articles/paper.txt", "code"] == "NOT_TEXT"
    assert "pdftotext" in failures.loc["articles/paper.txt", "message"]
    assert failures.loc["articles/rows.csv", "code"] == "NO_TEXT_COLUMN"
    assert "--text-column" in failures.loc["articles/rows.csv", "message"]
    logged = [json.loads(line) for line in done.stderr.splitlines()]
    why = [line["message"] for line in logged if line.get("event") == "failed"]
    assert why == [f"{name}: {row.message}" for name, row in failures.iterrows()]
    documents = pd.read_csv(tmp_path / "out" / "documents.csv")
    assert dict(zip(documents["doc_id"], documents["status"], strict=True)) == {
        "articles/good.txt": "ok",
        "articles/paper.txt": "failed",
        "articles/rows.csv": "failed",
    }


def test_stages_one_by_one_give_the_tables_of_run(
    command: Command, corpus_run: Path, tmp_path: Path
) -> None:
    for stage in (["ingest", "corpus/"], ["tokenize"], ["extract"], ["resolve"], ["write"]):
        done = command(*stage, "--out", tmp_path)
        assert done.returncode == 0, done.stderr
    assert tables(tmp_path) == tables(corpus_run)


def test_tokens_are_exported(command: Command, tmp_path: Path) -> None:
    articles, out, file = tmp_path / "articles", tmp_path / "out", tmp_path / "new" / "t.parquet"
    articles.mkdir()
    (articles / "a.txt").write_text(f"Tittel\n\n{SENTENCE}", "utf-8")
    (articles / "b.txt").write_text(f"Tittel\n\n{SENTENCE}", "utf-8")  # the same, and so not there
    (articles / "c.txt").write_text("Kari Moe bor i Moss. Hun ler.", "utf-8")
    assert command("ingest", articles, "--out", out).returncode == 0
    done = command("tokenize", "--out", out, "--export", file)
    assert done.returncode == 0, done.stderr
    assert list(file.parent.iterdir()) == [file]
    tokens = pq.read_table(file)
    assert tokens.schema.equals(schemas.EXPORTED_TOKENS.schema, check_metadata=True)
    rows = tokens.to_pylist()
    assert {row["doc_id"] for row in rows} == {"articles/a.txt", "articles/c.txt"}
    text = "Kari Moe bor i Moss. Hun ler."
    assert [
        (row["sentence"], text[row["start"] : row["end"]], row["zone"])
        for row in rows
        if row["doc_id"] == "articles/c.txt"
    ] == [
        *((0, word, "body") for word in ("Kari", "Moe", "bor", "i", "Moss", ".")),
        *((1, word, "body") for word in ("Hun", "ler", ".")),
    ]
    before = file.read_bytes()
    file.unlink()
    killed = file.parent / ".t.parquet.new"
    killed.mkdir()
    (killed / "tokens.parquet").write_text("half")
    assert command("tokenize", "--out", out, "--export", file).returncode == 0  # nothing is new
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]
    table = out / "mentions.parquet"
    assert command("run", articles, "--out", out).returncode == 0
    assert command("tokenize", "--out", out, "--export", file).returncode == 0  # as before
    for where, exit_code in (
        (tmp_path / "t.csv", 2),
        (articles / "a.txt" / "t.parquet", 4),
        (table, 2),
    ):
        done = command("tokenize", "--out", out, "--export", where)
        assert done.returncode == exit_code
        assert str(where) in done.stderr
        assert "Traceback" not in done.stderr
    assert pq.read_schema(table).names == schemas.MENTIONS.schema.names


def test_stage_alone_tells_of_failures_by_its_exit_code(command: Command, tmp_path: Path) -> None:
    (tmp_path / "paper.txt").write_bytes(b"%PDF-1.7")
    (tmp_path / "good.txt").write_text(SENTENCE, "utf-8")
    exits = [
        command(*stage, "--out", tmp_path / "out").returncode
        for stage in (["ingest", tmp_path], ["tokenize"], ["extract"], ["resolve"], ["write"])
    ]
    assert exits == [3, 0, 0, 0, 3]


def test_stage_without_the_one_before_says_which(command: Command, tmp_path: Path) -> None:
    done = command("resolve", "--out", tmp_path)
    assert done.returncode == errors.Exit.USAGE
    assert f"nb-entities ingest SOURCE --out {tmp_path}" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_second_run_does_nothing_and_a_new_article_costs_one(
    command: Command, tmp_path: Path
) -> None:
    articles, out = tmp_path / "articles", tmp_path / "out"
    articles.mkdir()
    for number in range(3):
        (articles / f"{number}.txt").write_text(f"{SENTENCE} Det var {number}.", "utf-8")
    assert command("run", articles, "--out", out).returncode == 0
    first, folder = tables(out), (out / ".current").readlink()

    again = command("run", articles, "--out", out)
    assert worked(again.stderr) == {
        "ingest": "nothing new",
        "tokenize": "nothing new",
        "extract": "nothing new",
    }
    assert (tables(out), (out / ".current").readlink()) == (first, folder)

    (articles / "new.txt").write_text("Ola Nordmann bor i Bergen.", "utf-8")
    more = worked(command("run", articles, "--out", out).stderr)
    assert all(more[stage].startswith("1 documents") for stage in ("ingest", "tokenize", "extract"))
    assert ("Ola Nordmann", "person") in entities(out)

    (articles / "new.txt").unlink()
    command("run", articles, "--out", out)
    without_history = {name for name in first if not name.startswith("entity_changes")}
    assert {n: tables(out)[n] for n in without_history} == {n: first[n] for n in without_history}
    changes = pd.read_csv(out / "entity_changes.csv")
    assert set(changes["reason"]) == {"gone"}


def test_number_of_jobs_changes_no_byte(command: Command, tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    texts = [p.read_text("utf-8") for p in sorted(ROOT.glob("corpus/*/*.txt"))]
    with rows.open("w") as stream:
        for number in range(10):  # enough for several shards
            for text in texts:
                print(json.dumps({"text": f"{text} {number}"}), file=stream)
    for jobs in (1, 2):
        done = command("run", rows, "--out", tmp_path / str(jobs), "--jobs", jobs)
        assert done.returncode == 0, done.stderr
    assert tables(tmp_path / "1") == tables(tmp_path / "2")


def test_one_line_of_five_megabytes(command: Command, tmp_path: Path) -> None:
    # Long words, so that five megabytes are some 100,000 tokens and not a million.
    filler = "menneskerettighetsorganisasjonsmedlemmene " * 25
    n = 5_000_000 // len(SENTENCE + filler)
    (tmp_path / "line.txt").write_text(f"{SENTENCE} {filler}" * n, "utf-8")
    done = command("run", tmp_path / "line.txt", "--out", tmp_path / "out", timeout=500)
    assert done.returncode == 0, done.stderr
    names = pd.read_csv(tmp_path / "out" / "entities.csv").set_index("name")["n_mentions"]
    assert names["Emmanuel Macron"] > 0.9 * n
    assert command("verify", "--out", tmp_path / "out").returncode == 0


def test_two_thousand_small_files(command: Command, tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    for number in range(2_000):
        folder = articles / str(number % 20)
        folder.mkdir(parents=True, exist_ok=True)
        text = f"Sak {number}\n\nKari Moen{number} fra Bodø møtte Nato i Oslo."
        (folder / f"{number}.txt").write_text(text, "utf-8")
    done = command("run", articles, "--out", tmp_path / "out", timeout=500)
    assert done.returncode == 0, done.stderr
    documents = pd.read_csv(tmp_path / "out" / "documents.csv")
    assert (len(documents), set(documents["status"])) == (2_000, {"ok"})
    counts = pd.read_csv(tmp_path / "out" / "entities.csv").set_index("name")["n_documents"]
    assert counts["Oslo"] > 1_900


def test_another_run_on_the_same_folder_is_refused(command: Command, tmp_path: Path) -> None:
    from filelock import FileLock

    (tmp_path / ".work").mkdir()
    with FileLock(tmp_path / ".work" / "lock"):
        done = command("run", "corpus/", "--out", tmp_path)
    assert done.returncode == errors.Exit.LOCKED
    assert "--wait" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "exit_code", "words"),
    [
        (["run", "no/such/folder"], 2, "No file or folder"),
        (["run", "corpus/", "--types", "city"], 2, "types"),
        (["run", "corpus/", "--gazetteer", "none.csv"], 2, "none.csv"),
        (["run", "corpus/", "--aliases", "none.csv"], 2, "none.csv"),
        (["run", "corpus/", "--out", "LICENSE"], 4, "LICENSE"),
        (["status", "--out", ""], 2, "the current folder is called '.'"),
        (["run", "corpus", "--out", "s3://bucket/r"], 2, "a folder of this machine"),
        (["dataset", "corpus", "", "--scheduler", "tcp://127.0.0.1:1"], 2, "it names no folder"),
        (["status", "--out", "nothing-here"], 2, "nb-entities run SOURCE --out nothing-here"),
        (["evaluate", "LICENSE"], 2, "LICENSE"),
        (["status", "--out", LONG], 4, "File name too long"),
        (["verify", "--out", LONG], 4, "File name too long"),
        (["query", "FROM entities", "--out", LONG], 4, "File name too long"),
        (["review-export", LONG, "--out", "nothing-here"], 2, "nothing-here"),
        (["run", "corpus/", "--dry-run", "--summary", "s.json"], 2, "a dry run writes nothing"),
        (["schedule", LONG], 2, "File name too long"),
        (["show", "Kari bor i Oslo.", "--model", LONG], 2, "File name too long"),
        (["show", "Kari bor i Oslo.", "--gazetteer", LONG], 2, "File name too long"),
    ],
)
def test_wrong_usage_is_one_line_with_a_remedy(
    command: Command, tmp_path: Path, arguments: list[str], exit_code: int, words: str
) -> None:
    if "--out" not in arguments and arguments[0] == "run":
        arguments = [*arguments, "--out", str(tmp_path / "out")]
    done = command(*arguments)
    assert done.returncode == exit_code
    assert words in done.stderr
    assert done.stderr.startswith("nb-entities: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        *([name, "--out", ""] for name in ("status", "verify", "report")),
        ["query", "FROM entities", "--out", ""],
        ["review-export", "new.csv", "--out", ""],
        ["run", "corpus/", "--out", ""],
        ["evaluate", "LICENSE"],
        ["schedule", "none"],
        ["show", ""],
    ],
)
def test_every_command_answers_programs_in_json(command: Command, arguments: list[str]) -> None:
    done = command(*arguments, env=os.environ | {"NB_ENTITIES_LOG_FORMAT": "json"})
    assert done.returncode == 2
    answer = json.loads(done.stderr)
    assert (answer["level"], answer["code"] in errors.BY_CODE) == ("error", True)


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['nb-entities', 'run', '--help']\n"
        "from pipeline.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'spacy', 'pandas', 'pyarrow', 'numpy', 'duckdb', 'pydantic_settings', 'thinc'}\n"
        "print('HEAVY', sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert "HEAVY []" in done.stdout
    assert "--text-column" in done.stdout


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signal_while_the_command_is_imported_is_one_line(tmp_path: Path, number: int) -> None:
    (tmp_path / "typer.py").write_text(f"import os\nos.kill(os.getpid(), {int(number)})")
    done = subprocess.run(
        [sys.executable, "-c", "from pipeline.start import main; main()"],
        env=os.environ | {"PYTHONPATH": f"{tmp_path}:{ROOT}"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == errors.Exit.INTERRUPTED
    assert done.stderr == "nb-entities: Interrupted; nothing was done.\n"


def _after_run(folder: Path, code: str) -> str:
    """What code prints in the process of a run over one article."""
    (folder / "a.txt").write_text("Kari Hansen bor i Oslo.", "utf-8")
    run = (
        "import sys\n"
        "from pipeline.cli import main\n"
        "sys.argv = ['nb-entities', 'run', 'a.txt', '--quiet']\n"
        "try: main()\n"
        "except SystemExit: pass\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", run + code], capture_output=True, text=True, check=True, cwd=folder
    )
    return done.stdout


def test_run_does_without_pandas(tmp_path: Path) -> None:
    # Arrow imports it with its first array, for a fifth of a second, unless it is kept from it.
    code = (
        "assert 'pandas' not in sys.modules\n"
        "import pipeline\n"
        "print(len(pipeline.read('outputs', 'mentions')))"  # whoever wants it has it
    )
    assert _after_run(tmp_path, code) == "2\n"


def test_run_starts_without_what_it_does_not_use(tmp_path: Path) -> None:
    # spaCy imports its command line for one function, and that all of an HTTP client.
    code = (
        "unused = ('spacy.cli', 'weasel', 'httpx', 'pebble', 'rich.progress')\n"
        "print([name for name in unused if name in sys.modules])\n"
        "import spacy.cli\n"  # whoever wants it has it
        "print(spacy.cli.download.__name__)"
    )
    assert _after_run(tmp_path, code) == "[]\ndownload\n"


def test_show_names_as_json(command: Command) -> None:
    done = command("show", SENTENCE, "--json")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert {row["name"]: row["type"] for row in rows} == {
        "Jonas Gahr Støre": "person",
        "Emmanuel Macron": "person",
        "Paris": "place",
    }


def test_show_gives_null_where_there_is_no_score(command: Command) -> None:
    done = command("show", "Ulykken skjedde på E6 i Oslo.", "--json", "--model", "small")
    scores = {row["surface"]: row["score"] for row in map(json.loads, done.stdout.splitlines())}
    assert 0.5 < scores["E6"] <= 1
    assert scores["Oslo"] is None  # the small model has no probabilities


def test_show_colours_names_by_their_type(command: Command) -> None:
    terminal = os.environ | {"FORCE_COLOR": "1", "TERM": "xterm"}
    done = command("show", "Statoils sjef møtte Bill og Hillary Clinton.", "--json")
    shown = [json.loads(line)["entity"] for line in done.stdout.splitlines()]
    assert shown == ["Equinor", "Bill Clinton", "Hillary Clinton"]  # as in a run's tables
    done = command("show", "Putin møtte Macron i Paris.", env=terminal)
    coloured = re.findall(r"\x1b\[([\d;]+)m(.*?)\x1b\[0m", done.stdout.splitlines()[0])
    (putin, macron, paris), names = zip(*coloured, strict=True)
    assert names == ("Putin", "Macron", "Paris")
    assert putin == macron != paris


def test_show_takes_the_first_document_of_a_file_and_says_so(
    command: Command, tmp_path: Path
) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"text": "Hun bor i Oslo."}\n{"text": "Hun bor i Bergen."}\n', "utf-8")
    done = command("show", rows)
    assert "Oslo" in done.stdout
    assert "Bergen" not in done.stdout
    assert "first of 2 documents" in done.stderr


def test_show_has_the_settings_of_a_run(command: Command, tmp_path: Path) -> None:
    (tmp_path / "names.csv").write_text("name,type\nZorp,organisation\n")
    (tmp_path / "nb-entities.toml").write_text('gazetteer = "names.csv"\n')
    done = command("show", "Det sier Zorp i dag.", "--json", cwd=tmp_path)
    assert json.loads(done.stdout)["method"] == "gazetteer"


def test_show_reads_a_file_as_a_run_does(command: Command, tmp_path: Path) -> None:
    (tmp_path / "n.csv").write_bytes("artikkel\nHun bor i Tromsø.\n".encode("mac-roman"))
    done = command("show", "n.csv", cwd=tmp_path)
    assert "Name it with --text-column" in done.stderr
    options = ["--text-column", "artikkel", "--encoding", "mac-roman"]
    assert "Tromsø" in command("show", "n.csv", *options, cwd=tmp_path).stdout
    settings = 'text_column = "artikkel"\nencoding = "mac-roman"\n'
    (tmp_path / "nb-entities.toml").write_text(settings)
    assert "Tromsø" in command("show", "n.csv", cwd=tmp_path).stdout


def test_show_lists_each_entity_once(command: Command) -> None:
    done = command("show", "Jens Stoltenberg leder Nato. Nato-landet kritiserte Stoltenberg.")
    lines = done.stdout.splitlines()
    assert [line.split("  ")[0] for line in lines[-2:]] == ["Jens Stoltenberg", "Nato"]
    assert "Nato, Nato-landet" in lines[-1]
    missing = command("show", "no-such-file.txt")
    assert missing.returncode == errors.Exit.USAGE
    assert "nb-entities run" in missing.stderr


def test_schema_describes_every_field(command: Command) -> None:
    from pipeline.schemas import BY_NAME

    printed = command("schema", env={"COLUMNS": "200"}).stdout.split()
    assert {f.name for table in BY_NAME.values() for f in table.schema} <= set(printed)


def test_report_tells_its_size(command: Command, tmp_path: Path) -> None:
    publish_tables(tmp_path, [Article("1.txt", "Oslo")], {"Oslo": ("place", "Oslo")})
    told = command("report", "--out", tmp_path).stdout
    assert re.fullmatch(r".*report\.html: [1-9]\d\.\d kB\n", told)


def test_status_heeds_the_options_of_a_run(command: Command, corpus_run: Path) -> None:
    assert "extract: 0 documents to do" in command("status", "--out", corpus_run).stdout
    assert "write: up to date" in command("status", "--out", corpus_run).stdout
    for other in (["--types", "all"], ["--format", "csv"], ["--excel"]):
        assert "write: to do" in command("status", "--out", corpus_run, *other).stdout


def test_status_tells_which_options_the_last_run_had(command: Command, tmp_path: Path) -> None:
    out, aliases = tmp_path / "out", tmp_path / "other.csv"
    aliases.write_text("name,canonical\nStøre,Jonas Gahr Støre\n", "utf-8")
    options = ["--types", "person", "--aliases", aliases, "--excel"]
    assert command("run", "-", "--out", out, *options, input=SENTENCE).returncode == 0

    def lines(*given: str | Path) -> list[str]:
        return command("status", "--out", out, *given).stdout.splitlines()[3:6]

    assert lines(*options)[1:] == ["resolve: up to date", "write: up to date"]
    assert lines() == [
        "extract: 0 documents to do",
        f"resolve: to do (the last run had --types person and --aliases {aliases})",
        "write: to do (waits for resolve)",
    ]
    assert lines(*options[:-1])[2] == "write: to do (the last run had --excel)"
    assert lines(*options, "--format", "csv")[2] == (
        "write: to do (the last run had --format csv,parquet)"
    )
    names = tmp_path / "names.csv"
    names.write_text("name,type\nZorp,organisation\n")
    assert lines(*options, "--gazetteer", names)[0] == (
        "extract: 1 documents to do (1 the model, the rules or a setting changed;"
        " the last run had no --gazetteer)"
    )
    aliases.write_text("name,canonical\nMacron,Emmanuel Macron\n")
    changed = "resolve: to do (a file that it goes by changed, or nb-entities itself)"
    assert lines(*options)[1] == changed
    (out / "entities.csv").unlink()
    aliases.write_text("name,canonical\nStøre,Jonas Gahr Støre\n", "utf-8")
    assert lines(*options)[2] == "write: to do (the tables are not as their run wrote them)"


def test_verify_after_a_run(command: Command, corpus_run: Path) -> None:
    assert command("verify", "--out", corpus_run).returncode == 0


def test_status_counts_what_waits_for_the_stage_before(command: Command, tmp_path: Path) -> None:
    assert command("ingest", "-", "--out", tmp_path, input=SENTENCE).returncode == 0
    lines = command("status", "--out", tmp_path).stdout.splitlines()
    assert lines[2:6] == [
        "tokenize: 1 documents to do (1 new or changed)",
        "extract: 1 documents to do (1 wait for tokenize)",
        "resolve: to do (waits for extract)",
        "write: to do (waits for resolve)",
    ]


def test_verify_knows_a_copy_without_links(
    command: Command, corpus_run: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(corpus_run, copy)  # follows links
    assert "12 files" in command("verify", "--out", copy).stdout
    with (copy / "entities.csv").open("a") as file:
        file.write("x")
    assert "entities.csv was changed" in command("verify", "--out", copy).stderr


def test_verify_finds_a_changed_file(command: Command, tmp_path: Path) -> None:
    command("run", "-", "--out", tmp_path, input=SENTENCE)
    assert "write: up to date" in command("status", "--out", tmp_path).stdout
    with (tmp_path / "entities.csv").open("a") as stream:
        stream.write("x")
    done = command("verify", "--out", tmp_path)
    assert done.returncode == errors.Exit.UNFINISHED
    assert "entities.csv" in done.stderr
    assert "write: to do" in command("status", "--out", tmp_path).stdout  # a run makes it again


def test_every_command_is_in_the_readme() -> None:
    from typer.main import get_command

    from pipeline.cli import app

    readme = (ROOT / "README.md").read_text("utf-8")
    names = get_command(app).commands  # type: ignore[attr-defined]
    assert {name for name in names if f"nb-entities {name}" not in readme} == set()
