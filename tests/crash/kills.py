"""Is anything lost that was said to be saved, when the program is killed at any moment?

Run as a program, since it forks: `python tests/crash/kills.py FOLDER KILLS`. It prints what it found as JSON.
"""

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from explorer.eventlog.integrity import check_seals
from explorer.eventlog.log import open_log
from explorer.eventlog.log_style import Draft
from explorer.eventlog.tail_repair import cut_torn_tail
from explorer.eventlog.writer import Writer

LIFE_S = (0.001, 0.03)
LARGE_CHARS = 300_000  # a write of several pages can be cut short by a kill


def append_until_killed(path: Path, first: int, acknowledge: int) -> None:
    """Append numbered events, alone and in batches; tell each number once it is saved."""
    draw = random.Random(first)
    with Writer.open(path) as writer:
        number = first
        while True:
            count = draw.choice((1, 1, 2, 5))
            note = "x" * draw.choice((1, 20, 200, 3_000, 3_000, LARGE_CHARS))
            writer.append([Draft("Counted", {"n": number + index, "note": note}) for index in range(count)])
            number += count
            os.write(acknowledge, b"%d\n" % (number - 1))


def one_life(path: Path, first: int, life_s: float) -> int:
    """Let a child append from `first` on, and kill it; the last number that it said was saved."""
    reader, acknowledge = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        append_until_killed(path, first, acknowledge)
    os.close(acknowledge)
    told = os.read(reader, 1 << 16)  # alive: it has saved something
    time.sleep(life_s)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(reader, 1 << 16):
        told += more
    os.close(reader)
    return int(told.split()[-1]) if told.strip() else first - 1


def numbers_in(path: Path) -> tuple[list[int], int]:
    """The numbers of all events, and how many lines could not be read."""
    with open_log(path) as log:
        batches = list(log.batches())
    numbers = [int(str(event.data["n"])) for batch in batches for event in batch.events]
    return numbers, sum(len(batch.unread) for batch in batches)


def main(folder: str, kills: int) -> dict[str, int]:
    """Kill so many children; what was lost, torn or damaged."""
    path = Path(folder) / "log.jsonl"
    draw = random.Random(kills)
    found = dict.fromkeys(("acknowledged", "lost", "torn", "damaged", "changed", "not reopened"), 0)
    with Writer.open(path, create=True, seals="chain") as writer:
        writer.append([Draft("Counted", {"n": 0, "note": ""})])
    first = 1
    for kill in range(kills):
        before = path.read_bytes()
        last = one_life(path, first, draw.uniform(*LIFE_S))
        found["changed"] += not path.read_bytes().startswith(before)
        numbers, _ = numbers_in(path)
        there = len(numbers)
        found["acknowledged"] += last - first + 1
        found["lost"] += max(0, last + 1 - there)
        found["damaged"] += numbers != list(range(there))
        found["torn"] += cut_torn_tail(path) is not None
        first = there
        try:
            with Writer.open(path) as writer:
                writer.append([Draft("Counted", {"n": first, "note": ""})], first)
            first += 1
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the finding
            print(repr(error), file=sys.stderr)
            found["not reopened"] += 1
            break
        if path.stat().st_size > 4 << 20 or kill == kills - 1:
            with open_log(path) as log:
                found["damaged"] += len(check_seals(log).faults)
            path.unlink()
            with Writer.open(path, create=True, seals="chain") as writer:
                writer.append([Draft("Counted", {"n": 0, "note": ""})])
            first = 1
    return found


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]))))
