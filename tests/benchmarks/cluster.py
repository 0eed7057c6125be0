"""Is what a cluster makes of a large log the folder of this machine alone, row by row, and what does each process take?

    python tests/benchmarks/cluster.py LOG … --out DIR [--kill] [--hot | --damaged] [--driver-memory 1g] [--beside DIR]

Makes the folder of a log (or of several parts of it) by the local engine and by two executors of Spark on this machine,
compares all tables of the log's order, and prints the processor time and the memory at most of each kind of process.
`--kill` kills an executor while others fold. `--hot` makes one entity of the made-up log own half of all events first,
`--damaged` cuts it into three parts of unequal size, of which one is damaged. `--beside` names a folder that the local
engine has made of the same log already.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

_TICK = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_FOLDED = 6  # targets, after which an executor is killed
_ORDERS = ("time/", "reversed/", "sequence/")


def hot(log: Path, made: Path) -> list[Path]:
    """The same log, in which every second event is one account's."""
    with log.open("rb") as lines, made.with_suffix(".jsonl").open("wb") as out:
        for at, line in enumerate(lines):
            begin = line.index(b'"acc-')
            end = line.index(b'"', begin + 1)
            out.write(line[:begin] + b'"acc-hot' + line[end:] if at % 2 else line)
    return [made.with_suffix(".jsonl")]


def damaged(log: Path, made: Path) -> list[Path]:
    """The same log in three parts of unequal size; in the second are lines that are none."""
    size, parts = log.stat().st_size, [made.with_name(f"{made.name}-{at}.jsonl") for at in range(3)]
    with log.open("rb") as lines, ExitStack() as stack:
        files = [stack.enter_context(part.open("wb")) for part in parts]
        done = 0
        for at, line in enumerate(lines):
            done += len(line)
            which = 0 if done < size // 20 else 1 if done < size // 3 else 2
            files[which].write(line)
            if which == 1 and at % 100_003 == 0:
                files[which].write(b'{"type": "cut\n\xff\xfe broken \x00\n[1,2\n')
        files[2].write(b'{"type": "MoneyDepos')
    return parts


def make(engine: str, folder: str, logs: Sequence[str]) -> None:
    """Make the folder, in this process."""
    from explorer.eventlog.log import open_log
    from explorer.history.engines import local, spark
    from explorer.projection.choose import choose
    from explorer.projection.model import AUTO
    from tests.benchmarks.folder import cluster

    with ExitStack() as stack:
        parts = [stack.enter_context(open_log(path)) for path in logs]

        def model(sample):
            return choose(AUTO, sample, parts[0].fields)

        began = time.perf_counter()
        if engine == "local":
            local.write_folder(parts, model, Path(folder), replace=True, log_order=True)
        else:
            session = cluster()
            stack.callback(session.stop)
            spark.write_folder(parts, model, Path(folder), session, replace=True)
        print(f"{time.perf_counter() - began:.1f}")


def processes(pid: int) -> Iterator[int]:
    """A process and all that it has begun."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            begun = task.read_text().split()
        except OSError:
            continue
        for each in begun:
            yield from processes(int(each))


def kind_of(pid: int, first: int) -> str:
    """What a process is to the engine."""
    if pid == first:
        return "driver, Python"
    line = Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    if "java" in line.partition(" ")[0]:
        return "executors, Java" if "CoarseGrained" in line else "driver, Java"
    return "executors, Python"


def watched(engine: str, folder: Path, logs: Sequence[Path], *, kill: bool) -> str:
    """Make the folder in a process of its own, and look at all processes meanwhile."""
    words = [sys.executable, __file__, "--make", engine, str(folder), *map(str, logs)]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    spilled = folder.parent / f".{folder.name}-unfinished"
    kinds: dict[int, str] = {}
    seconds: dict[int, float] = {}
    most: dict[str, float] = {}
    with subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        while child.poll() is None:
            for pid in set(processes(child.pid)):
                try:
                    kind = kinds.setdefault(pid, kind_of(pid, child.pid))
                    used = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
                    memory = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE / 2**20
                except OSError:
                    continue
                seconds[pid] = (int(used[11]) + int(used[12])) / _TICK
                most[kind] = max(most.get(kind, 0), memory)
                if kill and kind == "executors, Java" and len(list(spilled.glob("fold-*"))) >= _FOLDED:
                    os.kill(pid, signal.SIGKILL)
                    kill = False
                    print(
                        f"an executor was killed after {len(list(spilled.glob('fold-*')))} targets were begun"
                    )
            time.sleep(0.2)
        told = child.communicate()[0].decode().split()
    each = ", ".join(
        f"{kind} {sum(used for pid, used in seconds.items() if kinds[pid] == kind):.0f} s {size:,.0f} MB"
        for kind, size in most.items()
    )
    return f"{engine}: {told[-1] if told else 'failed'} s, {sum(seconds.values()):.0f} s of the processors ({each})"


def same(one: Path, other: Path) -> str:
    """Compare all tables of the log's order, row group by row group."""
    import pyarrow.parquet as pq

    files = {str(path.relative_to(folder)) for folder in (one, other) for path in folder.rglob("*.parquet")}
    rows = tables = 0
    for name in sorted(files):
        if name.startswith(_ORDERS):
            continue
        first, second = pq.ParquetFile(one / name), pq.ParquetFile(other / name)
        if first.num_row_groups != second.num_row_groups:
            return f"NOT THE SAME: {name} has {first.num_row_groups} and {second.num_row_groups} row groups"
        for group in range(first.num_row_groups):
            told = first.read_row_group(group)
            if not told.equals(second.read_row_group(group)):
                return f"NOT THE SAME: {name}, row group {group}"
            rows += told.num_rows
        tables += 1
    manifests = [json.loads((folder / "manifest.json").read_bytes()) for folder in (one, other)]
    for name in ("events", "entities", "about", "unread", "notices"):
        if manifests[0][name] != manifests[1][name]:
            return f"NOT THE SAME: {name} in the manifest"
    return f"the same: {tables} tables, {rows:,} rows, {len(manifests[0]['unread']):,} stretches that are no event"


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    words.add_argument("logs", nargs="+", type=Path)
    words.add_argument("--out", type=Path, help="where the logs and folders are to be")
    words.add_argument("--kill", action="store_true")
    words.add_argument("--driver-memory", default="1g")
    words.add_argument("--hot", action="store_true")
    words.add_argument("--damaged", action="store_true")
    words.add_argument("--beside", type=Path)
    words.add_argument("--make", action="store_true", help=argparse.SUPPRESS)
    asked = words.parse_args()
    if asked.make:
        engine, folder, *logs = map(str, asked.logs)
        make(engine, folder, logs)
        return
    asked.out.mkdir(exist_ok=True)
    logs = asked.logs
    if asked.hot or asked.damaged:
        logs = (hot if asked.hot else damaged)(logs[0], asked.out / ("hot" if asked.hot else "part"))
    os.environ["PYSPARK_SUBMIT_ARGS"] = f"--driver-memory {asked.driver_memory} pyspark-shell"
    for engine in ("local", "spark"):
        if engine == "spark" or asked.beside is None:
            kill = asked.kill and engine == "spark"
            print(watched(engine, asked.out / engine, logs, kill=kill), flush=True)
    print(same(asked.beside or asked.out / "local", asked.out / "spark"))


if __name__ == "__main__":
    main()
