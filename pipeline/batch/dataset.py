"""Dataset mode: a run over a folder of Parquet files, whose partitions the workers of Dask do.

A partition whose result is there is done, so that whatever stops a run, the next one goes on.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import errors, models
from pipeline.batch import fingerprints, partitions
from pipeline.batch.gather import Gathering
from pipeline.batch.partition_work import work_on
from pipeline.batch.partitions import Job, Partition
from pipeline.batch.place import Place
from pipeline.batch.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from distributed import Client

    from pipeline.batch.request import Report
    from pipeline.settings import Settings

RETRIES = 2  # of a partition that raises; of one that kills its workers the scheduler counts
CONNECT_SECONDS = 20


def run(
    settings: Settings,
    source: str,
    target: str,
    scheduler: str,
    progress: Progress | None = None,
    *,
    allow_shrink: bool = False,
) -> Report:
    """Find the names in a dataset, and write their tables.

    Args:
        settings: See `Settings`; out, jobs, memory and the formats mean nothing here.
        source: Path or URI of a folder of Parquet files, at any depth.
        target: Path or URI of the folder for the results.
        scheduler: Address of a Dask scheduler. It is trusted, see SECURITY.md.
        progress: Is told how far the run is.
        allow_shrink: Go on where most of the documents of the run before are gone.

    Raises:
        UserError: Anything that stops the run; the tables are then as before.
    """
    progress = progress or Progress()
    origin, goal = Place(source), Place(target)
    job = job_of(settings, origin, goal)
    gathering = Gathering(settings, job, goal, progress, allow_shrink=allow_shrink)
    found = partitions.find(job, origin, goal)
    with gathering.held():
        failed = _work(job, partitions.pending(goal, found), scheduler, progress)
        done = [partition for partition in found if partition.name not in failed]
        report = gathering.tables(done, failed)
        # The tables are published: what fails here is done by the next run.
        with contextlib.suppress(OSError, errors.UserError):
            partitions.sweep(goal, done)
        return report


def job_of(settings: Settings, source: Place, target: Place) -> Job:
    """What workers have to do, wherever they were started.

    Args:
        settings: As for `run`.
        source: The dataset.
        target: The folder for the results.

    Raises:
        UserError: About the model or the gazetteer.
    """
    model = models.find(settings.model)
    is_folder = model.path == Path(settings.model)  # and not installed, which may be anywhere
    return Job(
        source=source.uri,
        target=target.uri,
        model=str(model.path.absolute()) if is_folder else settings.model,
        gazetteer=settings.gazetteer and settings.gazetteer.absolute(),
        reading=settings.reading(),
        fingerprint=fingerprints.extraction_key(model, settings.gazetteer),
        reader=fingerprints.reading_key(partitions.SUFFIX, settings.reading()),
    )


def _work(
    job: Job, pending: Sequence[Partition], scheduler: str, progress: Progress
) -> dict[str, str]:
    """Do partitions on the cluster.

    Returns:
        The names of those that could not be done, and the messages that say why.
    """
    failed: dict[str, str] = {}
    progress.stage("extract", None if pending else 0)
    if not pending:
        return failed
    with _connected(scheduler, progress) as client:
        from distributed import KilledWorker

        suspects: list[Partition] = []
        for partition, error in _failing(client, job, pending, progress):
            if isinstance(error, KilledWorker):
                suspects.append(partition)
            else:
                failed[partition.name] = _why(error)
        # One that only waited in the worker that another one killed is done when it is alone.
        for suspect in suspects:
            for partition, error in _failing(client, job, [suspect], progress):
                died = isinstance(error, KilledWorker)
                failed[partition.name] = "every worker died that tried it" if died else _why(error)
    for name, reason in failed.items():
        failed[name] = errors.PARTITION_FAILED.describe(reason=reason.rstrip("."))
        progress.failed("extract", name, errors.PARTITION_FAILED.code, failed[name])
    return failed


def _why(error: Exception) -> str:
    return f"{type(error).__name__}: {errors.first_line(error)}"


def _failing(
    client: Client, job: Job, pending: Sequence[Partition], progress: Progress
) -> Iterator[tuple[Partition, Exception]]:
    """Do partitions, and give those that fail; what keeps a worker from doing any is raised."""
    from distributed import as_completed

    futures = {
        client.submit(work_on, job, partition, retries=RETRIES, pure=False): partition
        for partition in pending
    }
    for future in (completed := as_completed(futures)):
        status = future.status
        if status == "cancelled":
            raise ConnectionError("it went away")
        if status == "finished":
            progress.advance(*future.result())
        elif status != "error":  # lost with its worker: the scheduler has it done again
            completed.add(future)
            continue
        elif isinstance(error := future.exception(), errors.UserError):
            raise error
        else:
            yield futures[future], error
        future.release()


@contextlib.contextmanager
def _connected(scheduler: str, progress: Progress) -> Iterator[Client]:
    """A connection to the scheduler; EXTRA_MISSING, SCHEDULER_LOST where there is none."""
    try:
        from distributed import CancelledError, Client
    except ImportError:
        fields = {"what": "A dataset on Dask", "extra": "dask"}
        raise errors.UserError(errors.EXTRA_MISSING, **fields) from None
    try:
        client = Client(scheduler, timeout=CONNECT_SECONDS)
    except (OSError, ValueError) as error:  # nobody there, or no such address
        raise _lost(scheduler, error) from error
    try:
        with client:
            if not client.scheduler_info()["workers"]:
                progress.note("the scheduler has no workers yet: waiting for some")
            yield client
    except (OSError, CancelledError) as error:
        raise _lost(scheduler, error) from error


def _lost(scheduler: str, error: Exception) -> errors.UserError:
    fields = {"scheduler": scheduler, "reason": errors.first_line(error).rstrip(".")}
    return errors.UserError(errors.SCHEDULER_LOST, **fields)
