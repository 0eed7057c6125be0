"""Does the writer keep its promises over thousands of kills, power cuts and failures? The long form of `test_crash`.

Run it with `make crash`. It prints one line for each promise, and ends with status 1 if one is broken.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from explorer.eventlog.log import open_log
from explorer.history.verify import verify
from tests.crash.power_loss import check, grown, states

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
MOST_WRONG = 20  # are told


def program(name: str, folder: Path, count: int) -> tuple[str, list[str]]:
    """Run one of the programs that fork; what it counted, and which of its counts should be 0 and are not."""
    import json

    done = subprocess.run(
        [sys.executable, str(HERE / name), str(folder), str(count)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        return "", [done.stderr]
    found = json.loads(done.stdout)
    told = ", ".join(f"{value:,} {name}" for name, value in found.items())
    free = {"acknowledged", "torn", "turns"}
    return told, [f"{value} {name}" for name, value in found.items() if value and name not in free]


def kills(folder: Path, count: int) -> tuple[str, list[str]]:
    """Kill so many writers."""
    return program("kills.py", folder, count)


def two_writers(folder: Path, appends: int) -> tuple[str, list[str]]:
    """Two writers append so many events each."""
    return program("two_writers.py", folder, appends)


def power_cuts(folder: Path) -> tuple[str, list[str]]:
    """Every state that the power could leave; each tenth is also written to again."""
    path = folder / "log.jsonl"
    count = 0
    wrong: list[str] = []
    for seals in ("checksum", "chain"):
        for batch, note in ((1, 10), (1, 2_200), (3, 150), (5, 500), (8, 30)):
            old, new = grown(path, seals, 3, batch, note)  # type: ignore[arg-type]
            for number, state in enumerate(states(old, new, recycled=seals == "chain")):
                count += 1
                found = check(path, state, old, new, mend=number % 10 == 0)
                wrong += [f"{seals}, batch of {batch}, state {number}: {each}" for each in found]
    return f"{count:,} states", wrong


def flips(folder: Path) -> tuple[str, list[str]]:
    """Each byte of a log with a chain, changed into several others."""
    path = folder / "log.jsonl"
    _, raw = grown(path, "chain", 3, 4, 20)
    wrong = []
    changes = (1, 2, 4, 8, 16, 32, 64, 128, 255, 0x0A ^ 0x0D)
    for place in range(len(raw)):
        for change in changes:
            changed = bytearray(raw)
            changed[place] ^= change
            path.write_bytes(changed)
            line = raw[:place].count(b"\n") + 1
            with open_log(path) as log:
                named = [finding.line for finding in verify(log).findings]
            if line not in named:
                wrong.append(f"byte {place} ^ {change} of line {line}: {named} named")
    return f"{len(raw) * len(changes):,} changes", wrong


def failures(_folder: Path) -> tuple[str, list[str]]:
    """Every call of the operating system fails once, and from then on."""
    tests = [
        "-m",
        "pytest",
        "-q",
        "-n",
        "0",
        "-p",
        "no:cacheprovider",
        "tests/eventlog/test_crash.py",
        "-k",
        "call or sync or short",
    ]
    done = subprocess.run([sys.executable, *tests], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip().splitlines()[-1], [] if done.returncode == 0 else [done.stdout]


def main() -> int:
    """Everything, with the time it takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1_000)
    parser.add_argument("--appends", type=int, default=10_000)
    options = parser.parse_args()
    work: list[tuple[str, Callable[[Path], tuple[str, list[str]]]]] = [
        ("a killed writer loses nothing", lambda folder: kills(folder, options.kills)),
        ("two writers take turns", lambda folder: two_writers(folder, options.appends)),
        ("a power cut damages nothing", power_cuts),
        ("a changed byte is found", flips),
        ("a failing call harms nothing", failures),
    ]
    broken = 0
    for name, promise in work:
        begin = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            told, wrong = promise(Path(folder))
        broken += bool(wrong)
        print(
            f"{'BROKEN' if wrong else 'kept':6}  {name:32} {time.perf_counter() - begin:6.1f} s  {told}",
            flush=True,
        )
        for each in wrong[:MOST_WRONG]:
            print(f"        {each}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
