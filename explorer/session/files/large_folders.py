"""How does a log that is too large for memory become a history folder: by this machine alone, or by a cluster?"""

import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.eventlog.errors import LogError
from explorer.eventlog.log import EventLog, open_log
from explorer.eventlog.profiles.kept import kept_in
from explorer.eventlog.sources.address import address_of, is_address
from explorer.eventlog.sources.file_parts import parts_of
from explorer.eventlog.sources.registered import is_far
from explorer.eventlog.written import reason_of
from explorer.history.folder.opened import FolderCollected
from explorer.projection.choose import choose, with_meanings
from explorer.projection.model import ReadModel
from explorer.projection.sample import Sample
from explorer.session.document import Document
from explorer.session.options import OpenOptions

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from explorer.history.engines.assembly import Told

ENGINES = ("memory", "local", "spark")
LARGE_BYTES = 1 << 30  # a larger file is read out of memory unless somebody says otherwise


def usual_engine(source: str, most_bytes: int | None = None) -> str:
    """By whom a folder is made if nobody says it, and so much memory is allowed."""
    if most_bytes is not None:
        return "local"
    path = Path(source)
    large = not is_address(source) and path.is_file() and path.stat().st_size > LARGE_BYTES
    return "local" if large else "memory"


def write_large_folder(
    source: str,
    options: OpenOptions,
    target: Path,
    *,
    engine: str,
    replace: bool = False,
    log_order: bool = False,
    spark: "SparkSession | None" = None,
    told: "Told | None" = None,
) -> Path:
    """Make a history folder of a log of any size; returns where it is. A cluster makes the log's own order alone.

    Args:
        source: As of `Document.open`.
        options: How to read it; of `local`, also how much memory that may take.
        target: What the folder is to be.
        engine: `local` or `spark`.
        replace: Whether a history folder that stands there may go.
        log_order: Whether the order of the log is all that is wanted.
        spark: The session; None: the one of spark-submit, or one on this machine.
        told: Who is told how far each step has come, and how far it is; only of `local`.

    Raises:
        LogError: It cannot be read or written, or not by this engine, or Ctrl+C has ended it; says why.
        InTheWay: A history folder stands there.
    """
    from explorer.history.folder.layout import arrow
    from explorer.history.folder.writer import refuse

    arrow()
    refuse(target.absolute(), replace=replace)  # before anything is read
    if engine == "spark":
        try:
            return _made_by_cluster(source, options, target, spark, replace=replace)
        except Exception as error:
            told_error = _told(error)
            if told_error is error:
                raise
            raise told_error from None
    with ExitStack() as stack:
        from explorer.history.engines import assembly, local
        from explorer.history.engines.bounds import Bounds

        log = stack.enter_context(_opened(source, options))
        try:
            return local.write_folder(
                [log], _chooser(log, options), target, replace=replace, log_order=log_order,
                bounds=Bounds.of(target.name, options.folder_bytes), told=told or assembly.nobody,
            )  # fmt: skip
        except KeyboardInterrupt:
            raise local.Stopped(target.name) from None
        except OSError as error:  # mostly: there is no room
            raise LogError(target.name, f"it cannot be written: {reason_of(error)}") from error


def _made_by_cluster(
    source: str, options: OpenOptions, target: Path, spark: "SparkSession | None", *, replace: bool
) -> Path:
    from explorer.history.engines import spark as cluster

    with ExitStack() as stack:
        session = spark or cluster.session()
        if spark is None:
            stack.callback(session.stop)
        parts = [stack.enter_context(part) for part in _parts(source, options, session, stack)]
        return cluster.write_folder(parts, _chooser(parts[0], options), target, session, replace=replace)


def _told(error: Exception) -> Exception:
    """What is to be said of an error: where Spark has failed, its own sentence, which is one of its many lines.

    Where its Java has ended, whoever asks it for something, be it to forget all, finds nobody there any more.
    """
    chain: list[BaseException] = []
    last: BaseException | None = error
    while last is not None and last not in chain:
        chain.append(last)
        last = last.__cause__ or last.__context__
    for each in chain:
        if isinstance(each, LogError):
            return each
    of_spark = [each for each in chain if type(each).__module__.partition(".")[0] in {"py4j", "pyspark"}]
    if not of_spark:
        return error
    lines = str(of_spark[-1]).splitlines() or [type(of_spark[-1]).__name__]
    told = next((line.removeprefix(": ") for line in lines if line.startswith(": ")), lines[0]).strip(" .")
    return LogError(
        "the Spark engine",
        f"the cluster has failed, and its own log says more: {told}. "
        "Where the driver's memory was full, --driver-memory gives it more",
    )


def _opened(source: str, options: OpenOptions, like: EventLog | None = None) -> EventLog:
    if like is not None:
        return open_log(
            source, like.fields, read_as=like.read_as, profile=like.profile, spool_dir=options.spool_dir
        )
    profile = options.profile or kept_in(options.profiles_dir)
    return open_log(
        source, options.fields, read_as=options.read_as, profile=profile, spool_dir=options.spool_dir
    )


def _parts(
    source: str, options: OpenOptions, session: "SparkSession", stack: ExitStack
) -> Sequence[EventLog]:
    """The files of a log, in the order of their names, all read as the first is."""
    if not is_address(source):
        return [_opened(source, options)]
    settings = {"files": source} if is_far(source) else address_of(source).settings
    named = settings.get("files", "").split("\n")
    if all(map(is_far, named)):
        return _far_parts(named, options, session, stack)
    if "files" not in settings:
        raise LogError(source, "a cluster reads files: this is none")
    if settings.get("order", "names") != "names" or settings.get("clocks"):
        raise LogError(source, "a cluster reads files one after the other, in the order of their names")
    left_out = set(settings.get("without", "").split("\n"))
    every = [part for part in parts_of(settings["files"].split("\n")) if part.name not in left_out]
    if any(part.archive is not None for part in every):
        raise LogError(source, "a cluster reads files, not what is in an archive: unpack it")
    first = _opened(every[0].path, options)
    return [first, *(_opened(part.path, options, first) for part in every[1:])]


def _far_parts(
    named: Sequence[str], options: OpenOptions, session: "SparkSession", stack: ExitStack
) -> Sequence[EventLog]:
    """The same of files that the file systems of a cluster reach."""
    from explorer.history.engines.far_files import far_files, open_far

    found: list[EventLog] = []
    for far in far_files(session, named):
        copies = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=options.spool_dir)))
        if found:
            first = found[0]
            log = open_far(session, far, first.fields, first.read_as, first.profile, copies)
        else:
            profile = options.profile or kept_in(options.profiles_dir)
            log = open_far(session, far, options.fields, options.read_as, profile, copies)
        found.append(stack.enter_context(log))
    return found


def _chooser(log: EventLog, options: OpenOptions) -> Callable[[Sample], ReadModel]:
    try:
        recipe = with_meanings(options.projection, log.profile.meanings)
    except ValueError as error:
        raise LogError(log.name, str(error)) from error
    return lambda sample: choose(recipe, sample, log.fields)


def is_of_log_order_alone(document: Document) -> bool:
    """Whether a folder has only one of two orders of time that differ."""
    collected = document.collected
    return isinstance(collected, FolderCollected) and not (
        collected.manifest.about.ascending or "time" in collected.manifest.orders
    )
