"""How large is a history folder, how soon does it open, and how long does a jump take, beside the history in memory?

    python tests/benchmarks/folder.py --events 1000000 [--accounts 100000] [--folder DIR]

Prints the size for each event, and for the folder and the history in memory: the time to open, to the first picture
(the state in the middle, 40 rows of it, with its warnings), of a random jump, cold (nothing decoded yet) and
warm; the memory of a process that scrubs the folder from end to end; the same of a made-up folder of as many accounts
as events, and of the window on it; and what it takes to make a folder out of memory, and by a small cluster. Of each
time the best of a few is told.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

JUMPS, TRIES = 30, 3


def screen(document, position: int) -> None:
    """What a window asks of a table at a position."""
    state = document.history.state(position)
    codes = state.codes[:40]
    state.look_at(codes)
    for code in codes:
        state.row(int(code))
        state.last_touch(int(code))


def best(work: Callable[[], object], tries: int = TRIES) -> float:
    """The seconds of the fastest of a few tries."""
    found = []
    for _ in range(tries):
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return min(found)


def resident_mb(peak: bool = False) -> float:
    """The memory of this process, now or at most, in MB."""
    text = Path("/proc/self/status").read_text()
    line = next(each for each in text.splitlines() if each.startswith("VmHWM:" if peak else "VmRSS:"))
    return int(line.split()[1]) / 1024


def first_picture(path: str) -> tuple[float, float]:
    """Seconds to open a log or a folder, and to the first picture of it."""
    from explorer.session.document import Document

    began = time.perf_counter()
    document = Document.open(path)
    opened = time.perf_counter() - began
    assert document.warnings is not None
    screen(document, document.event_count // 2)
    shown = time.perf_counter() - began
    document.close()
    return opened, shown


def scrub(path: str) -> dict[str, float]:
    """Open a folder in a process of its own and go from its one end to the other."""
    before = resident_mb()
    from explorer.session.document import Document

    document = Document.open(path)
    count = document.event_count
    for step in range(401):
        screen(document, count * step // 400)
    return {"before": before, "peak": resident_mb(peak=True)}


def jumps(path: str) -> dict[str, float]:
    """Random jumps in a folder: the median of cold and of warm ones, in ms."""
    from explorer.history.folder.opened import FolderCollected
    from explorer.session.document import Document

    document = Document.open(path)
    collected = document.collected
    places = random.Random(1).sample(range(1, document.event_count), JUMPS)
    screen(document, 1)
    cold, warm = [], []
    for position in places:
        if isinstance(collected, FolderCollected):
            collected.forget()
        began = time.perf_counter()
        screen(document, position)
        cold.append(time.perf_counter() - began)
    for position in places:
        screen(document, position)
    for position in places:
        began = time.perf_counter()
        screen(document, position)
        warm.append(time.perf_counter() - began)
    document.close()
    return {"cold": sorted(cold)[JUMPS // 2] * 1000, "warm": sorted(warm)[JUMPS // 2] * 1000}


def processor_seconds() -> float:
    """What all processes that have ended took of the processors, which this one has begun."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def in_a_process(what: str, *words: str) -> dict[str, float]:
    """One of the measurements in a process that has done nothing else."""
    done = subprocess.run(
        [sys.executable, __file__, f"--{what}", *words],
        capture_output=True,
        text=True,
        check=True,
        env={name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def measure(log: Path, folder: Path) -> None:
    """Make the folder of a log and print the table."""
    from explorer.session.document import Document
    from explorer.session.files.folders import write_history_folder

    began = time.perf_counter()
    document = Document.open(str(log))
    read = time.perf_counter() - began
    count = document.event_count
    began = time.perf_counter()
    if not (folder / "manifest.json").exists():
        write_history_folder(document, folder)
    written = time.perf_counter() - began
    document.close()
    rooms: dict[str, int] = {}
    for path in folder.rglob("*"):
        if path.is_file():
            room = path.relative_to(folder).parts[0]
            rooms[room] = rooms.get(room, 0) + path.stat().st_size
    total = sum(rooms.values())
    print(f"{count:,} events, {log.stat().st_size / count:.0f} bytes each in the log")
    print(f"read {read:.2f} s, written {written:.2f} s ({written / count * 1e6:.2f} µs an event)")
    print(f"bytes per event: {total / count:.1f}")
    for room, size in sorted(rooms.items(), key=lambda each: -each[1]):
        print(f"    {room:<14} {size / count:6.2f}")
    opened, shown = min((first_picture(str(folder)) for _ in range(TRIES)), key=lambda each: each[1])
    print(f"folder: open {opened:.3f} s, first picture {shown:.3f} s")
    print(f"log without a kept index: open {read:.3f} s")
    own = in_a_process("jumps", str(folder))
    peer = in_a_process("jumps", str(log))
    print(f"random jump, folder: cold {own['cold']:.1f} ms, warm {own['warm']:.1f} ms")
    print(f"random jump, in memory: {peer['warm']:.1f} ms")
    scrubbed = in_a_process("scrub", str(folder))
    print(f"memory while scrubbed from end to end: {scrubbed['peak']:.0f} MB at most")


def of_many(folder: Path, accounts: int) -> None:
    """A made-up folder of so many accounts, of which each is opened and paid once."""
    from tests.benchmarks import made_up_folder

    if not (folder / "manifest.json").exists():
        made_up_folder.write(folder, 2 * accounts, accounts)
    opened, shown = min((first_picture(str(folder)) for _ in range(TRIES)), key=lambda each: each[1])
    print(f"{accounts:,} accounts: open {opened:.3f} s, first picture {shown:.3f} s")
    own = in_a_process("jumps", str(folder))
    print(f"random jump, {accounts:,} accounts: cold {own['cold']:.1f} ms, warm {own['warm']:.1f} ms")
    scrubbed = in_a_process("scrub", str(folder))
    print(f"memory while scrubbed, {accounts:,} accounts: {scrubbed['peak']:.0f} MB at most")
    told = in_a_process("window", str(folder))
    print(
        f"window, {accounts:,} accounts: open {told['open']:.2f} s, sorted {told['sort']:.2f} s, held at most "
        f"{told['held'] * 1000:.0f} ms, {told['peak']:.0f} MB at most, jumped, scrubbed and sorted"
    )


def in_the_window(path: str) -> dict[str, float]:
    """See `window.of_folder`."""
    from tests.benchmarks.window import of_folder

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return of_folder(Path(path))


def made_by(log: str, engine: str, folder: str) -> dict[str, float]:
    """Make a folder out of memory, in a process of its own: seconds, and its memory at most."""
    from explorer.session.files.large_folders import write_large_folder
    from explorer.session.options import DEFAULTS

    session = cluster() if engine == "spark" else None
    began = time.perf_counter()
    write_large_folder(log, DEFAULTS, Path(folder), engine=engine, replace=True, spark=session)
    taken = time.perf_counter() - began
    if session is not None:
        session.stop()
    return {"seconds": taken, "peak": resident_mb(peak=True)}


def cluster():
    """Two executors on this machine."""
    from pyspark.sql import SparkSession

    os.environ |= {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "OFF",
        "spark.executorEnv.PYTHONPATH": str(ROOT),
    }
    builder = SparkSession.builder.master("local-cluster[2,1,1024]").appName("bench")
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def engines(log: Path, folder: Path, count: int) -> None:
    """What each engine takes for an event, in processes that have done nothing else."""
    for engine in ("local", "spark"):
        before = processor_seconds()
        try:
            found = in_a_process("made", str(log), engine, str(folder.with_name(f"{folder.name}-{engine}")))
        except subprocess.CalledProcessError as error:
            print(f"engine {engine}: not measured: {error.stderr.strip().splitlines()[-1:]}")
            continue
        each, work = found["seconds"] / count * 1e6, (processor_seconds() - before) / count * 1e6
        print(
            f"engine {engine}: {found['seconds']:.1f} s, {each:.2f} µs an event ({work:.2f} of the processors, with "
            f"the start of everything), {found['peak']:.0f} MB at most in its first process"
        )


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    words.add_argument("--events", type=int, default=1_000_000)
    words.add_argument("--accounts", type=int, default=100_000)
    words.add_argument("--folder", type=Path, help="keep the log and the folder here")
    words.add_argument("--opening", help="only how soon this folder is open, and its first picture there")
    words.add_argument("--scrub")
    words.add_argument("--jumps")
    words.add_argument("--window", help="only the window on this folder")
    words.add_argument("--made", nargs=3, metavar=("LOG", "ENGINE", "FOLDER"))
    asked = words.parse_args()
    if asked.made:
        print(json.dumps(made_by(*asked.made)))
        return
    if asked.opening:
        found = min((first_picture(asked.opening) for _ in range(TRIES)), key=lambda each: each[1])
        print(json.dumps(dict(zip(("open", "first picture"), found, strict=True))))
        return
    if asked.window:
        print(json.dumps(in_the_window(asked.window)))
        return
    if asked.scrub or asked.jumps:
        print(json.dumps(scrub(asked.scrub) if asked.scrub else jumps(asked.jumps)))
        return
    from explorer.cli.commands.generate import account_log

    with tempfile.TemporaryDirectory() as made:
        place = asked.folder or Path(made)
        place.mkdir(exist_ok=True)
        log = place / f"{asked.events}-{asked.accounts}.jsonl"
        if not log.exists():
            with log.open("w") as file:
                file.writelines(account_log(asked.events, asked.accounts, 1))
        measure(log, place / f"{asked.events}-{asked.accounts}")
        of_many(place / f"many-{asked.events}", asked.events)
        engines(log, place / f"{asked.events}-{asked.accounts}", asked.events)


if __name__ == "__main__":
    main()
