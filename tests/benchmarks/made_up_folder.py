"""How does a history folder of very many events come to be without a log of them: by the writer, of made-up batches?

    python tests/benchmarks/made_up_folder.py --events 100000000 --out DIR

Accounts are opened one after the other; from then on each round touches every account once, in another order.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

STEP, SHIFT = 38_197, 12_345  # the order of a round is an affine map of that of the first
START_NS, EVENT_NS = 1_700_000_000 * 10**9, 250_000_000
OPENED, PAID, TAKEN = 0, 1, 2
OWNERS = 500
AT_ONCE = 1 << 20


class MadeUp:
    """All events, by arithmetic: in round r the i-th is of account (STEP * i + SHIFT * r) mod accounts."""

    def __init__(self, events: int, accounts: int) -> None:
        self.accounts, self.rounds = accounts, max(events // accounts, 2)
        self.count = self.rounds * accounts
        self._back = pow(STEP, -1, accounts)

    def happened(self, begin: int, end: int) -> tuple[np.ndarray, np.ndarray]:
        """Account and round of some events as they happened."""
        rows = np.arange(begin, end, dtype=np.int64)
        rounds = rows // self.accounts
        return (STEP * (rows % self.accounts) + SHIFT * rounds) % self.accounts, rounds

    def positions(self, accounts: np.ndarray, rounds: np.ndarray) -> np.ndarray:
        """The inverse."""
        place = (accounts - SHIFT * rounds) % self.accounts * self._back % self.accounts
        return rounds * self.accounts + place + 1

    def units(self, accounts: np.ndarray, rounds: np.ndarray) -> np.ndarray:
        """A balance after a round, in cents."""
        return 100_000 + rounds * (accounts % 13 * 7 - 20) + accounts * 31 % 5_000

    def stretches(self, first: int) -> Iterator[tuple[int, int]]:
        """Stretches of events, from the first of a round on."""
        for begin in range(first * self.accounts, self.count, AT_ONCE):
            yield begin, min(begin + AT_ONCE, self.count)

    def sorted(self, first: int) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
        """Accounts, rounds and positions by account, of the rounds from the first on."""
        own = self.rounds - first
        for begin in range(0, self.accounts, max(AT_ONCE // own, 1)):
            some = np.arange(begin, min(begin + max(AT_ONCE // own, 1), self.accounts), dtype=np.int64)
            accounts = np.repeat(some, own)
            rounds = np.tile(np.arange(first, self.rounds, dtype=np.int64), len(some))
            yield accounts, rounds, self.positions(accounts, rounds)


def write(target: Path, events: int, accounts: int) -> int:
    """Write the folder; returns how many events it has."""
    from explorer.history.folder.layout import ENTITIES, NAMED, TYPES
    from explorer.history.folder.manifest import EventsAbout, OrderAbout
    from explorer.history.folder.writer import FolderWriter

    manifest = pattern_of(target)
    made, writer = MadeUp(events, accounts), FolderWriter(target, replace=True)
    write_events(made, writer)
    writer.write(NAMED, [])
    writer.write_entities(ENTITIES, [f"acc-{number:07}" for number in range(accounts)])
    firsts = made.positions(np.arange(accounts), np.zeros(accounts, np.int64))
    writer.write_born("log", firsts - 1, firsts)
    writer.write_names(TYPES, ["AccountOpened", "MoneyDeposited", "MoneyWithdrawn"])
    fields = [
        write_field(made, writer, number, each) for number, each in enumerate(manifest.orders["log"].fields)
    ]
    part = msgspec.structs.replace(
        manifest.log.parts[0], path="/nowhere/made-up.jsonl", bytes=106 * made.count
    )
    writer.finish(
        msgspec.structs.replace(
            manifest,
            events=made.count,
            entities=accounts,
            log=msgspec.structs.replace(manifest.log, name="made-up.jsonl", parts=(part,), lines=made.count),
            about=EventsAbout(type_counts=(accounts, *[(made.count - accounts) // 2] * 2)),
            orders={"log": OrderAbout(fields=tuple(fields), touches=manifest.orders["log"].touches)},
        )
    )
    return made.count


def pattern_of(target: Path):
    """The manifest of a small log of the same kind."""
    from explorer.cli.commands.generate import account_log
    from explorer.history.folder.opened import FolderCollected
    from explorer.session.document import Document
    from explorer.session.files.folders import write_history_folder

    with tempfile.TemporaryDirectory(prefix=target.name) as place:
        (Path(place) / "log.jsonl").write_text("".join(account_log(2_000, 20, 1)))
        small = Document.open(str(Path(place) / "log.jsonl"))
        found = Document.open(str(write_history_folder(small, Path(place) / "folder")))
        assert isinstance(found.collected, FolderCollected)
        return found.collected.manifest


def write_events(made: MadeUp, writer: Any) -> None:
    """The tables of events, and how dense they are."""
    from explorer.history.folder.layout import DENSITY, EVENTS

    def rows() -> Iterator[dict[str, Any]]:
        for begin, end in made.stretches(0):
            who, rounds = made.happened(begin, end)
            at = START_NS + EVENT_NS * np.arange(begin, end, dtype=np.int64)
            yield {
                "position": np.arange(begin + 1, end + 1), "at_ns": at, "clock_ns": at, "reached_ns": at,
                "type": np.where(rounds == 0, OPENED, PAID + (who + rounds) % 2).astype(np.int32),
                "entity": who.astype(np.int32), "part": np.zeros(end - begin, np.int32),
                "offset": 106 * np.arange(begin, end, dtype=np.int64),
                "length": np.full(end - begin, 105, np.int64), "line": np.arange(begin + 1, end + 1),
            }  # fmt: skip

    def density() -> Iterator[dict[str, Any]]:
        for begin in range(0, made.count, writer.group_rows):
            end = min(begin + writer.group_rows, made.count)
            who, rounds = made.happened(begin, end)
            kinds = np.where(rounds == 0, OPENED, PAID + (who + rounds) % 2)
            found, first, counts = np.unique(kinds, return_index=True, return_counts=True)
            last = [int(np.flatnonzero(kinds == kind)[-1]) for kind in found]
            times = [START_NS + EVENT_NS * (begin + np.array(each)) for each in (first, last)]
            yield {
                "first": np.full(len(found), begin + 1), "type": found, "count": counts,
                "from_ns": times[0], "to_ns": times[1],
            }  # fmt: skip

    writer.write(EVENTS, rows())
    writer.write(DENSITY, density())


def write_field(made: MadeUp, writer: Any, number: int, about: Any) -> Any:
    """The tables of one field, as `about` has it; returns the same of what was written."""
    from explorer.history.folder.writer import FieldWriter

    accounts, kind = made.accounts, about.kind
    first, end = (1, made.rounds) if kind == "sums" else (0, made.rounds if kind == "counts" else 1)
    every = 0 if about.field.name == "currency" else end - first
    own = np.arange(accounts)
    keys = np.full(accounts, -1) if kind == "sums" else None
    tables = FieldWriter(writer, "log", number, kind, accounts, every * accounts, keys, about.scale)
    for begin, end_of_some in made.stretches(first):
        stop = min(end_of_some, (first + every) * accounts)
        if begin < stop:
            who, rounds = made.happened(begin, stop)
            tables.moved(
                position=np.arange(begin + 1, stop + 1), slot=who.astype(np.int32),
                change=who * every + rounds - first, **values_of(made, kind, who, rounds),
            )  # fmt: skip
    for who, rounds, positions in made.sorted(first) if every > 1 else [_opened(made, own)] * every:
        code = who.astype(np.int32)
        told = values_of(made, kind, who, rounds)
        tables.sorted(entity=code, key=None, slot=code, position=positions, **told)
    firsts = made.positions(own, np.full(accounts, first))
    tables.slots(
        entity=own.astype(np.int32),
        key=None,
        changes=np.full(accounts, every),
        born=firsts - 1 - first * accounts if every else None,
        first_position=firsts if every else None,
    )
    keyframes, twice = tables.finish()
    names = OWNERS if kind == "codes" and every else 0
    if names:
        writer.write_values(f"names/values/field-{number:02}", [f"value {at}" for at in range(names)])
    return msgspec.structs.replace(
        about, changes=every * accounts, slots=accounts, twice=twice, values=names, keys=0,
        keyframes=keyframes, group_rows=tables.group_rows,
    )  # fmt: skip


def values_of(made: MadeUp, kind: str, who: np.ndarray, rounds: np.ndarray) -> dict[str, Any]:
    """The columns of the values that some changes set."""
    if kind == "codes":
        return {"code": (who % OWNERS).astype(np.int32)}
    if kind == "counts":
        return {}
    decimals = np.full(len(who), 2, np.uint8)
    return {"units": made.units(who, rounds), "decimals": decimals, "wide": None, "digits": None}


def _opened(made: MadeUp, own: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return own, np.zeros(len(own), np.int64), made.positions(own, np.zeros(len(own), np.int64))


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    words.add_argument("--events", type=int, default=100_000_000)
    words.add_argument("--accounts", type=int, default=100_000)
    words.add_argument("--out", type=Path, required=True)
    asked = words.parse_args()
    print(f"{write(asked.out, asked.events, asked.accounts):,} events")


if __name__ == "__main__":
    main()
