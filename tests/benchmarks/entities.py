"""How long do questions take about one entity with a million events, about a million entities, and in order of time?"""

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from explorer.eventlog.log import open_log
from explorer.history.collect import collect
from explorer.history.edits import Edit
from explorer.history.rejections import rejected
from explorer.history.what_if import Branch
from explorer.projection.choose import choose
from explorer.projection.model import Recipe
from explorer.session.document import Document
from explorer.session.options import OpenOptions
from explorer.session.state.arrangement import Arrangement
from explorer.session.state.state_view import StateView

MOST_EVENTS = 1_000_000
_LATE_WITHIN = 5_000  # lines


def made(folder: Path, count: int) -> tuple[Path, Path]:
    """A log of one entity, and one in which each event is another entity's; made once."""
    count = min(count, MOST_EVENTS)
    hot, many = folder / f"hot-{count}.jsonl", folder / f"many-{count}.jsonl"
    for path, entities in ((hot, 1), (many, count)):
        if not path.exists():
            unfinished = path.with_suffix(".part")
            with unfinished.open("w") as file:
                file.writelines(_lines(count, entities))
            unfinished.rename(path)
    return hot, many


def _lines(count: int, entities: int) -> Iterator[str]:
    draw = random.Random(1)
    for at in range(count):
        if at == 0:
            yield '{"type":"AccountOpened","data":{"accountId":"acc-0","owner":"Ada"},"at":"2026-01-01T00:00:00Z"}\n'
            continue
        kind = "Deposited" if entities > 1 or draw.random() < 0.6 else "Withdrawn"
        amount = f"{draw.randrange(1_000)}.{draw.randrange(1, 100):02d}"
        minutes, second = divmod(2 * at, 60)
        hours, minute = divmod(minutes, 60)
        yield (
            f'{{"type":"Money{kind}","data":{{"accountId":"acc-{at * 7919 % entities}","amount":{amount}}},'
            f'"at":"2026-01-{1 + hours // 24:02d}T{hours % 24:02d}:{minute:02d}:{second:02d}Z"}}\n'
        )


def made_late(path: Path) -> Path:
    """The same log with every seventh event recorded late; made once."""
    late = path.with_name(f"late-{path.name}")
    if not late.exists():
        unfinished, draw = late.with_suffix(".part"), random.Random(1)
        with path.open("rb") as file, unfinished.open("wb") as out:
            while lines := file.readlines(32 << 20):
                for at in range(0, len(lines), 7):
                    other = min(at + draw.randrange(_LATE_WITHIN), len(lines) - 1)
                    lines[at], lines[other] = lines[other], lines[at]
                out.writelines(lines)
        unfinished.rename(late)
    return late


def printed(*words: str) -> float:
    """Seconds of a command, from its start to its last line."""
    begin = time.perf_counter()
    command = [sys.executable, "-m", "explorer", *words, "--no-cache", "--format", "csv"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        while process.stdout.read(1 << 20):
            pass
    if process.returncode:
        raise RuntimeError(f"{words[0]} ended with {process.returncode}")
    return time.perf_counter() - begin


def of_hot(path: Path) -> dict[str, float]:
    """Seconds of `why` as CSV, and until a what-if that skips the first event stands with its rejections."""
    why = printed("why", str(path), "acc-0")
    document = Document.open(str(path), OpenOptions())
    begin = time.perf_counter()
    branch = Branch(document.history, document.read_model, [Edit("skip", 1)])
    branch.differences(document.event_count, len(branch))
    refused = rejected(branch)
    seconds = time.perf_counter() - begin
    assert refused
    document.close()
    return {"why": why, "what-if": seconds}


def of_many(path: Path) -> dict[str, float]:
    """Seconds of the state of the ten richest of very many entities, of all of them, and to sort or group them."""
    return {
        "state": printed("state", str(path), "--sort=-balance", "--top", "10"),
        "all": printed("state", str(path)),
        "arranged": arranged(path),
    }


def arranged(path: Path) -> float:
    """The longest that the table of the state takes to be sorted or grouped by one of its fields; best of three."""
    document = Document.open(str(path), OpenOptions())
    found = []
    for field in document.history.state(0).fields:
        for how in (Arrangement(sort=(field.name, True)), Arrangement(group=field.name)):
            seconds = []
            for back in range(4):  # the first time what values there are is put in order, beside the window
                state = document.history.state(document.event_count - back)
                begin = time.perf_counter()
                assert len(StateView(document.history, document.noun, state, how).rows)
                seconds.append(time.perf_counter() - begin)
            found.append(min(seconds[1:]))
    document.close()
    return max(found)


def of_late(path: Path) -> dict[str, float]:
    """Seconds to read a log with late events, and to put it in order of time."""
    with open_log(path) as log:
        begin = time.perf_counter()
        collected = collect(log, lambda sample: choose(Recipe("accounts"), sample, log.fields))
        kept = collected.history()
        read = time.perf_counter() - begin
        begin = time.perf_counter()
        ordered = collected.history("time")
        seconds = time.perf_counter() - begin
    assert len(kept) == len(ordered)
    return {"open": read, "order": seconds}
