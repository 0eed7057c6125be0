"""Does a cluster make of a log the same folder as this machine alone, row by row, also if an executor is killed?

Files far away stand behind `viewfs://`, a file system of Hadoop that no program but Spark reaches.
"""

import contextlib
import gzip
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pyarrow as pa
import pytest

from explorer.eventlog.errors import LogError, OutOfReach
from explorer.eventlog.log import EventLog, open_log
from explorer.eventlog.read_as import AS_FOUND
from explorer.history.engines import local, spark, spark_reading
from explorer.history.engines.bounds import Bounds
from explorer.history.engines.far_files import far_files, open_far
from explorer.history.engines.naming import numbered, stretches
from explorer.history.engines.range_rows import binary
from explorer.history.engines.spark_reading import check_room, numbers_of
from explorer.history.engines.spark_tasks import numbered_names
from explorer.history.engines.targets import targets_of
from explorer.history.folder.layout import OTHER_ORDERS
from explorer.projection.model import AUTO, Recipe
from explorer.session.document import Document
from explorer.session.files.large_folders import write_large_folder
from explorer.session.options import DEFAULTS
from tests.history.engines.test_local import LOGS, PROGRAM, QUERY, amounts, assert_same, chooser, written
from tests.history.engines.told_folder import ToldFolder

ROOT = Path(__file__).parents[3]
HERE = all(map(importlib.util.find_spec, ("pyspark", "pandas"))) and bool(shutil.which("java"))
needs_spark = pytest.mark.skipif(
    not HERE, reason="pyspark, pandas or Java is not here: .ci/setup tests installs them"
)
GROUP_ROWS = 64
SHARED = ("eventsourcing/bank.events.jsonl", "ledgers/fava-example.jsonl", "accounts/b1k.array.json")
QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # Java compiles little: it does not run for long
MOUNTED = "spark.hadoop.fs.viewfs.mounttable.far.link./here"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """Two executors of their own processes, as a cluster has them; one cluster for all tests here."""
    environment = {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    before = {name: os.environ.get(name) for name in environment}
    os.environ.update(environment)
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local-cluster[2,1,1024]").appName("tests")
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "OFF",
        "spark.sql.shuffle.partitions": "2",
        "spark.driver.extraJavaOptions": QUICK,
        "spark.executor.extraJavaOptions": QUICK,
        MOUNTED: tmp_path_factory.getbasetemp().as_uri(),
        "spark.executorEnv.PYTHONPATH": str(ROOT),
        "spark.executorEnv.PYTHONDONTWRITEBYTECODE": "",
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    from pyspark import SparkContext

    gateway = SparkContext._gateway
    yield session
    session.stop()
    gateway.shutdown()
    gateway.proc.stdin.close()  # Java ends with it
    gateway.proc.wait(30)
    SparkContext._gateway = SparkContext._jvm = None
    for name, value in before.items():
        os.environ.pop(name) if value is None else os.environ.update({name: value})


def assert_same_rows(folder: Path) -> None:
    """Every table of both folders, number by number; a cluster writes the order of the log alone."""
    one, other = ToldFolder(folder / "local"), ToldFolder(folder / "spark")
    told = {name: rows for name, rows in one.all().items() if not name.startswith(OTHER_ORDERS)}
    assert_same((told, other.all()))
    tables = [name for name in one.manifest["tables"] if not name.startswith(OTHER_ORDERS)]
    assert sorted(tables) == sorted(other.manifest["tables"])
    for table in tables:
        assert one.rows(table) == other.rows(table), table


def far_away(place: Path, cluster) -> str:
    """The address of a file or a folder in the file system that only Spark reaches."""
    base = cluster.conf.get(MOUNTED).removeprefix("file://")
    return f"viewfs://far/here{str(place).removeprefix(base)}"


def made(
    parts: list[Path], folder: Path, cluster, recipe: Recipe = AUTO, rows: int = 500, far: str = "",
    names: int = 1_000,
) -> None:  # fmt: skip
    """Both folders; Spark's of what is at the address `far`, if that is given."""
    units = max(sum(part.stat().st_size for part in parts) // 3, 1)
    for name in ("local", "spark"):
        with contextlib.ExitStack() as stack:
            if far and name == "spark":
                logs = opened_far(far, folder, cluster, stack)
            else:
                logs = [stack.enter_context(open_log(str(part))) for part in parts]
            model = chooser(logs[0], recipe)
            if name == "local":
                local.write_folder(
                    logs, model, folder / name, bounds=Bounds(units, segment_rows=rows), group_rows=GROUP_ROWS
                )
            else:
                spark.write_folder(
                    logs,
                    model,
                    folder / name,
                    cluster,
                    bounds=Bounds(units, segment_rows=rows, names=names),
                    group_rows=GROUP_ROWS,
                )


def opened_far(address: str, folder: Path, cluster, stack: contextlib.ExitStack) -> list[EventLog]:
    """As the command opens them."""
    logs: list[EventLog] = []
    for far in far_files(cluster, [address]):
        how = (logs[0].fields, logs[0].read_as, logs[0].profile) if logs else (None, AS_FOUND, None)
        logs.append(stack.enter_context(open_far(cluster, far, *how, folder)))
    return logs


@needs_spark
@pytest.mark.spark
@pytest.mark.timeout(600)
@pytest.mark.xdist_group("spark")
@pytest.mark.filterwarnings("ignore")  # those of pyspark
def test_a_cluster_makes_the_same_folder_although_an_executor_is_killed_and_a_part_is_damaged(
    cluster, tmp_path
):
    """One test, as it takes some seconds until a cluster is there."""
    cases = (
        every_fold_of_an_entity_in_two_partitions,
        deleted_and_back_again,
        killed_in_the_middle,
        where_only_spark_reads,
        positions_are_counted_first,
        one_executor_folds_a_program,
    )
    for case in cases:
        folder = tmp_path / case.__name__
        folder.mkdir()
        case(cluster, folder)
        assert_same_rows(folder)


@needs_spark
@pytest.mark.spark
@pytest.mark.timeout(600)
@pytest.mark.xdist_group("spark")
@pytest.mark.filterwarnings("ignore")  # those of pyspark
def test_of_logs_that_nobody_here_wrote_a_cluster_makes_the_same_folder(cluster, shared_data, tmp_path):
    for name in SHARED:
        folder = tmp_path / name.replace("/", "-")
        folder.mkdir()
        made([shared_data / name], folder, cluster, rows=10_000)
        assert_same_rows(folder)


def every_fold_of_an_entity_in_two_partitions(cluster, folder: Path) -> None:
    """A query; one entity owns half of all events, and two executors share it."""
    shared: list[int] = []

    def starts(edges, plan):
        shared.append(len(edges))
        return whole(edges, plan)

    whole = spark.starts_of
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spark, "starts_of", starts)
        made([written(folder, amounts(400))], folder, cluster, QUERY, rows=700)
    assert len(shared) == 1 < shared[0]


def deleted_and_back_again(cluster, folder: Path) -> None:
    """Captured changes, of which some rows are in two partitions; executors do not see the folder of the driver."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spark_reading, "is_seen", lambda *_: False)
        made([written(folder, LOGS["captured changes"]())], folder, cluster, rows=70)


def killed_in_the_middle(cluster, folder: Path) -> None:
    """Parts of unequal size, of which one is damaged; an executor is killed once all ranges are read."""
    lines = amounts(500)
    parts = [folder / f"part-{number}.jsonl" for number in range(3)]
    parts[0].write_text("\n".join(lines[:20]) + "\n", "utf-8")
    parts[1].write_bytes("\n".join(lines[20:300]).encode() + b'\n{"type": "cut\n\xff\xfe broken \x00\n{"a')
    parts[2].write_text("\n".join(lines[300:]) + "\n", "utf-8")
    killed: list[int] = []
    asked = ["pgrep", "-f", f"CoarseGrainedExecutorBackend.*{cluster.sparkContext.applicationId}"]

    def kills(whole, most):
        if not killed:
            found = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.split()
            killed.append(int(found[0]))
            os.kill(killed[0], signal.SIGKILL)
        return targets_of(whole, most)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spark, "targets_of", kills)
        made(parts, folder, cluster, names=12)
    assert killed
    assert len(ToldFolder(folder / "spark").manifest["unread"]) > 2


def where_only_spark_reads(cluster, folder: Path) -> None:
    """Bytes that are no UTF-8, marks, CRs, a line longer than two splits, a packed part, ends that are not finished."""
    lines = [line.encode() for line in amounts(300)]
    logs = folder / "the logs 100%41"
    logs.mkdir()
    odd = b'{"type": "cut\n\xff\xfe broken \x00\n\r\n[1,2\n\xef\xbb\xbf{"a": 1}\n'
    long = lines[3].replace(b'"amount"', b'"note": "' + b"x" * 50_000 + b'", "amount"')
    whole = (
        b"\xef\xbb\xbf" + b"\r\n".join(lines[:150]) + b"\n" + long + b"\n" + odd + b"\n".join(lines[150:200])
    )
    parts = [logs / name for name in ("part-1.jsonl", "part-2.jsonl", "part-10.jsonl", "part-11.jsonl")]
    for part, content in zip(
        parts,
        (
            whole,  # its last line has no newline
            gzip.compress(b"\n".join(lines[200:230]) + b"\n"),  # called as if it was none
            b"\n".join(lines[230:]) + b'\n{"type": "MoneyDepos',
            b"\n",
        ),
        strict=True,
    ):
        part.write_bytes(content)
    (logs / "_SUCCESS").write_bytes(b"")
    made(parts, folder, cluster, far=far_away(logs, cluster))
    manifest = ToldFolder(folder / "spark").manifest
    assert len(manifest["unread"]) > 5
    assert {part["made"] for part in manifest["log"]["parts"]} == {None}
    document = Document.open(str(folder / "spark"))
    with contextlib.closing(document), pytest.raises(OutOfReach, match="viewfs://far/"):
        document.log.raw(0, 10)


def positions_are_counted_first(cluster, folder: Path) -> None:
    """A query that asks for them, of what only Spark reads."""
    text = "SELECT data.accountId AS account, max(position) AS latest, sum(data.amount * position) AS s FROM events "
    path = written(folder, amounts(200))
    recipe = Recipe("q", "sql", text + "GROUP BY account")
    made([path], folder, cluster, recipe, far=far_away(path, cluster))


def one_executor_folds_a_program(cluster, folder: Path) -> None:
    """Its entities' states come to the same."""
    made([written(folder, amounts(100))], folder, cluster, PROGRAM)


def test_names_that_executors_put_together_have_the_numbers_that_they_have_here(tmp_path):
    lists = [partial(binary, each) for each in (["a", "c", "d", "f"], [], ["b", "c", "e", "f", "g"])]
    cuts = stretches(lists, 3)
    assert len(cuts) > 2
    batches = [pa.record_batch([pa.array(range(len(cuts)))], names=["id"])]
    rows = pa.Table.from_batches(numbered_names(lists, cuts, str(tmp_path), batches)).to_pylist()
    there = numbers_of({row["number"]: row["told"].decode() for row in rows}, cuts, tmp_path)
    assert [(names.to_pylist(), [own.tolist() for own in each]) for names, each in there] == [
        (names.to_pylist(), [own.tolist() for own in each]) for names, each in numbered(lists, 3)
    ]


def test_a_driver_without_room_for_all_events_says_so_before_they_come():
    class Java:
        def __init__(self, most: int, size: int) -> None:
            self.most, self.size = most, size

        _jvm = java = lang = Runtime = property(lambda self: self)

        def getRuntime(self):
            return self

        def maxMemory(self):
            return self.most

        def selectExpr(self, _):
            return self

        def collect(self):
            return [{"size": self.size}]

    for most, size in ((1 << 30, 300 << 20), (5 << 30, 3 << 30)):
        check_room(Java(most, size), Path("/some/where"), Java(most, size))
    with pytest.raises(LogError, match=r"do not see /some, .* 1,024 MB: give it --driver-memory 6g, or"):
        check_room(Java(1 << 30, 3 << 30), Path("/some/where"), Java(1 << 30, 3 << 30))


def test_without_pyspark_or_java_the_line_is_said_that_installs_it(monkeypatch):
    monkeypatch.setattr(spark.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(LogError, match=r'pip install "history-explorer\[spark\]"'):
        spark.session()
    monkeypatch.setattr(spark.importlib.util, "find_spec", lambda _: True)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setattr(spark.shutil, "which", lambda _: None)
    with pytest.raises(LogError, match="openjdk-17-jre-headless"):
        spark.session()


def test_a_program_of_several_files_is_refused_before_anything_runs(tmp_path):
    path = str(written(tmp_path, amounts(5)))
    with open_log(path) as log, open_log(path) as more, pytest.raises(LogError, match="of several files"):
        spark.write_folder([log, more], chooser(log, PROGRAM), tmp_path / "out", None)


@needs_spark
@pytest.mark.parametrize("more", ["", "An error occurred while calling o1.collect.\n: ", "\n\tat java.base"])
def test_a_cluster_that_fails_is_told_of_in_sparks_own_sentence(more, tmp_path):
    from py4j.protocol import Py4JError

    class Gone:
        def newSession(self):
            try:
                raise Py4JError("it is gone" + more if more.endswith("base") else more + "it is gone")
            finally:
                if not more:  # Java has ended
                    raise ConnectionRefusedError(111, "nobody is there")

    path = written(tmp_path, amounts(3))
    with pytest.raises(
        LogError, match=r"Spark engine: the cluster has failed, .* says more: it is gone\. Where"
    ):
        write_large_folder(str(path), DEFAULTS, tmp_path / "out", engine="spark", spark=Gone())
    assert not (tmp_path / "out").exists()
