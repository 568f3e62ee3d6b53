"""What a worker does with one file of a dataset: documents in, the names in them out.

The stages are those of a run; only what is around them differs. Three Parquet files are written
for each partition: documents, failures and mentions; the last is there only when the others are.
"""

from __future__ import annotations

import contextlib
import faulthandler
import shutil
import tempfile
import threading
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline import errors, models, schemas
from pipeline.batch import fingerprints, workers
from pipeline.batch.partitions import SUFFIX
from pipeline.batch.place import Place
from pipeline.batch.shards import SHARD_CHARS, Shard
from pipeline.batch.store import Failure
from pipeline.batch.tasks import ExtractTask, TokenizeTask
from pipeline.readers import read_open
from pipeline.stages import ingest

if TYPE_CHECKING:
    import io
    from collections.abc import Callable, Iterator

    from pipeline.batch.partitions import Job, Partition
    from pipeline.batch.tasks import Result

    Function = Callable[[Shard], Result]

# The names as found, each document by itself: what resolve makes `mentions` of.
MENTIONS = pa.schema([pa.field("doc_id", pa.string(), False), *list(schemas.SPANS.schema)[1:]])

_alone = threading.Lock()  # a model serves one thread


def work_on(job: Job, partition: Partition) -> tuple[int, int]:
    """Find the names of one partition and write them.

    Memory does not grow with the partition. What is wrong with a document is a row of failures.

    Args:
        job: What to do.
        partition: With what.

    Returns:
        Number of documents and of code points.

    Raises:
        UserError: WORKERS_DIFFER, or what keeps this machine from doing any partition.
        OSError: The partition could not be read or its results not be written: to be tried again.
    """
    source, target = Place(job.source), Place(job.target)
    with _alone, tempfile.TemporaryFile() as copy, contextlib.ExitStack() as stack:
        functions = _functions(job)
        # Once here, what goes wrong in reading is the file's fault and no longer the network's.
        with source.reading(partition.path) as stream:
            shutil.copyfileobj(stream, copy, 2**20)
        copy.seek(0)
        write = {
            name: stack.enter_context(_writer(target, partition.result(name), schema))
            for name, schema in (  # closed, and so there, in the opposite order
                ("mentions", MENTIONS),
                ("failures", schemas.FAILURES.schema),
                ("documents", schemas.DOCUMENTS.schema),
            )
        }
        n_documents = n_chars = 0
        raws = read_open(cast("io.BufferedReader", copy), SUFFIX, job.reading)
        for documents, unread in ingest.to_tables(partition.name, raws):
            n_tokens, failures, mentions = find(documents, *functions)
            index = documents.schema.get_field_index("n_tokens")
            write["documents"](documents.set_column(index, documents.field(index), n_tokens))
            write["failures"](pa.concat_tables([unread, failures]))
            write["mentions"](mentions)
            n_documents += documents.num_rows
            n_chars += pc.sum(documents["n_chars"]).as_py()
    return n_documents, n_chars


def find(
    documents: pa.Table, tokenize: Function, extract: Function
) -> tuple[pa.Array, pa.Table, pa.Table]:
    """Find the names in documents.

    Args:
        documents: schemas.DOCUMENTS.
        tokenize: What `TokenizeTask` loads.
        extract: What `ExtractTask` loads.

    Returns:
        The number of tokens of each document, schemas.FAILURES and MENTIONS.
    """
    counted: dict[str, int] = {}
    failed: list[dict[str, Any]] = []
    found = [schemas.SPANS.empty()]
    for shard in _shards(documents):
        for part, tokens in workers.in_process(tokenize, [shard]):
            if isinstance(tokens, Failure):
                failed.append(_row(tokens, "tokenize"))
                continue
            keys = tokens.keys.to_pydict()
            counted |= zip(keys["doc_key"], keys["n_tokens"], strict=True)
            whole = Shard(part.documents, tokens.rows)
            for _, spans in workers.in_process(extract, [whole]):
                if isinstance(spans, Failure):
                    failed.append(_row(spans, "extract"))
                else:
                    found.append(spans.rows)
    n_tokens = [counted.get(doc_id, 0) for doc_id in documents["doc_id"].to_pylist()]
    rows = {name: [row[name] for row in failed] for name in schemas.FAILURES.schema.names}
    mentions = pa.concat_tables(found)
    return (
        pa.array(n_tokens, pa.int32()),
        schemas.FAILURES.from_columns(rows),
        pa.table(mentions.columns, schema=MENTIONS),
    )


@lru_cache(maxsize=1)
def _functions(job: Job) -> tuple[Function, Function]:
    """The stages, loaded once a process."""
    model = models.find(job.model)
    here = (
        fingerprints.extraction_key(model, job.gazetteer),
        fingerprints.reading_key(SUFFIX, job.reading),
    )
    if here != (job.fingerprint, job.reader):
        raise errors.UserError(errors.WORKERS_DIFFER)
    tasks = TokenizeTask(), ExtractTask(str(model.path), job.gazetteer)
    tokenize, extract = (_guarded(workers.load(task)) for task in tasks)
    return tokenize, extract


def _guarded(function: Function) -> Function:
    """The function with a deadline that ends the process: a thread cannot be stopped."""

    def guarded(shard: Shard) -> Result:
        faulthandler.dump_traceback_later(workers.deadline(shard), exit=True)
        try:
            return function(shard)
        finally:
            faulthandler.cancel_dump_traceback_later()

    return guarded


def _shards(documents: pa.Table) -> Iterator[Shard]:
    """What there is to work on; within a partition a document's key is its id."""
    ok = documents.filter(pc.equal(documents["status"].cast(pa.string()), "ok"))
    given = ok.select(["doc_id", "source", "title", "text"]).to_pydict()
    title_ends = [len(title or "") for title in given["title"]]
    pending = schemas.shard(given["doc_id"], given["text"], title_ends, given["source"])
    first = size = 0
    for row, chars in enumerate(ok["n_chars"].to_pylist()):
        if row > first and size + chars > SHARD_CHARS:
            yield Shard(pending.slice(first, row - first), None)
            first, size = row, 0
        size += chars
    if size:
        yield Shard(pending.slice(first), None)


def _row(failure: Failure, stage: str) -> dict[str, Any]:
    return {
        "doc_id": failure.doc_id,
        "source": failure.source,
        "stage": stage,
        "code": failure.problem.code,
        "message": failure.message,
        "attempts": 1,
    }


@contextlib.contextmanager
def _writer(target: Place, name: str, schema: pa.Schema) -> Iterator[Callable[[pa.Table], None]]:
    with (
        target.writing(name) as stream,
        pq.ParquetWriter(stream, schema, compression="zstd") as writer,
    ):
        yield writer.write_table
