"""Do two programs that append to one log at the same time lose nothing and mix nothing?

Run as a program, since it forks: `python tests/crash/two_writers.py FOLDER APPENDS`. It prints what it found as JSON.
"""

import itertools
import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from explorer.eventlog.errors import Conflict
from explorer.eventlog.integrity import check_seals
from explorer.eventlog.log import open_log
from explorer.eventlog.log_style import Draft
from explorer.eventlog.writer import Writer


def append_many(path: Path, who: str, appends: int) -> None:
    """Append one event after the other, every second one only if nobody else has been there."""
    with Writer.open(path) as writer:
        expected = 0
        for number in range(appends):
            draft = Draft("Counted", {"accountId": who, "n": number})
            while True:
                try:
                    saved = writer.append([draft], expected if number % 2 else "any")
                except Conflict as conflict:
                    expected = conflict.actual
                    continue
                assert saved.position is not None
                expected = saved.position
                break


def main(folder: str, appends: int) -> dict[str, int]:
    """Let two children append; what was lost or mixed."""
    path = Path(folder) / "log.jsonl"
    Writer.open(path, create=True, seals="chain").close()
    with Writer.open(path, seals="chain") as writer:
        writer.append([Draft("Counted", {"accountId": "nobody", "n": 0})])
    children = []
    for who in ("one", "other"):
        child = os.fork()
        if child == 0:
            append_many(path, who, appends)
            os._exit(0)
        children.append(child)
    failed = sum(os.waitpid(child, 0)[1] != 0 for child in children)
    with open_log(path) as log:
        events = [event for batch in log.batches() for event in batch.events]
        faults = len(check_seals(log).faults)
    mine = {who: [event.data["n"] for event in events if event.entity == who] for who in ("one", "other")}
    return {
        "failed": failed,
        "lost": 2 * appends + 1 - len(events),
        "out of order": sum(numbers != list(range(appends)) for numbers in mine.values()),
        "faults": faults,
        "turns": sum(a.entity != b.entity for a, b in itertools.pairwise(events)),
    }


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]))))
