"""Does reading by columns, in this process or in others, say what reading line by line says?"""

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.cli.commands.generate import account_log
from explorer.eventlog.errors import Cancelled
from explorer.eventlog.log import EventLog, open_log
from explorer.history import child, reader, reading
from explorer.history import collect as collecting
from explorer.history.collect import Collected, collect
from explorer.history.history import Order
from explorer.projection.choose import choose
from explorer.projection.fold import fold, without_hidden
from explorer.projection.model import Recipe

ODD_LINES = [
    b'{"type":"MoneyDeposited","data":{"accountId":"acc-1","amount":1e2},"at":"2026-03-01T00:00:00Z"}',
    b'{"type":"MoneyDeposited","data":{"accountId":"acc-1","amount":0.10000000000000000001},"at":"2026-03-01T00:00:00Z"}',
    b'{"type":"MoneyDeposited","data":{"accountId":"acc-1","amount":9223372036854775807},"at":"2026-03-01T00:00:00Z"}',
    b'{"type":"MoneyDeposited","data":{"accountId":"acc-1","amount":01},"at":"2026-03-01T00:00:00Z"}',
    b'{"type":"MoneyDeposited","data":{"accountId":"acc-1","amount":1.2.3},"at":"2026-03-01T00:00:00Z"}',
    b'{"type":"MoneyDeposited","data":{"accountId":"acc-1","amount":-},"at":"2026-03-01T00:00:00Z"}',
    b'{"type":"MoneyDeposited","data":{"accountId":"acc-\xff1","amount":1},"at":"2026-03-01T00:00:00Z"}',
    b'{"type":"MoneyDeposited","data":{"accountId":"acc\\u002d1","amount":1},"at":"2026-03-01T00:00:00Z"}',
    b'{"type":"MoneyDeposited","data":{"accountId":"acc-1","amount":1},"at":"yesterday"}',
    b'{"type":"MoneyDeposited","data":{"accountId":"acc-1","amount":1},"at":"2026-03-01T00:00:00+02:00"}',
    b'{"type":"MoneyDeposited","data":{"accountId":"acc-1","amount":1},"at":"2026-02-30T00:00:00Z"}',
    b'{"type":"MoneyTransferred","data":{"fromAccountId":"acc-1","toAccountId":"acc-1","amount":1.5},"at":"2026-03-01T00:00:00Z"}',
    b'{"type":"MoneyDeposited","data":{"accountId":"acc-1","accountId":"acc-2","amount":1},"at":"2026-03-01T00:00:00Z"}',
    b'{"type":"MoneyDeposited","data":{"accountId":"acc-1","amount":1},"at":"2026-03-01T00:00:00Z"}\r',
    b'{"type":"MoneyDeposited","data":{"accountId":"acc-1","amount":1}}\r{"type":"MoneyDeposited","data":{"accountId":"b","amount":1}}',
    b'{"type":"MoneyDeposited","data":{"accountId":"acc-1","amount":1},"at":"2026-03-01T00:00:00Z"',
    b'{"type":"Money\tDeposited","data":{"accountId":"acc-1","amount":1},"at":"2026-03-01T00:00:00Z"}',
    b'{"type":"MoneyDeposited","data":{"accountId":"acc-1","amount":"12.50","currency":"EUR"},"at":"2026-03-01T00:00:00Z"}',
    b'{"type":"MoneyDeposited","data":{"accountId":"acc-1","amount":"12.50","currency":""},"at":"2026-03-01T00:00:00Z"}',
    b"", b"   ", b"[1,2]", b"\0\0\0",
]  # fmt: skip

AUTO = Recipe()
MODELS = [
    Recipe("accounts"),
    Recipe("latest"),
    Recipe(
        "query",
        "sql",
        """WITH moves AS (
             SELECT data.accountId AS account, coalesce(data.currency, 'none') AS currency, at,
               CASE type WHEN 'MoneyDeposited' THEN data.amount WHEN 'MoneyWithdrawn' THEN -data.amount END AS amount
             FROM events
             UNION ALL SELECT data.fromAccountId, 'none', at, -data.amount FROM events WHERE type LIKE '%Transferred'
             UNION ALL SELECT data.toAccountId, 'none', at, data.amount FROM events WHERE type LIKE '%Transferred')
           SELECT account, currency, sum(amount) AS balance, count(*) AS n, min(at) AS began, max(amount) AS most,
             count(amount) AS moves, avg(amount) AS mean FROM moves GROUP BY account, currency""",
    ),
]


@pytest.fixture(autouse=True)
def scanned_whatever_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "SCANNED_BYTES", 0)


def with_odd_lines(count: int, seed: int = 1) -> bytes:
    """A made-up account log with every odd line in several places."""
    draw = random.Random(seed)
    lines = [line.rstrip("\n").encode() for line in account_log(count, 20, seed)]
    for odd in ODD_LINES:
        for _ in range(3):
            lines.insert(draw.randrange(len(lines)), odd)
    return b"\n".join(lines)


def read(log: EventLog, projection: Recipe = AUTO, small_bytes: int = 1 << 40) -> Collected:
    return collect(log, lambda sample: choose(projection, sample, log.fields), small_bytes=small_bytes)


def told(collected: Collected) -> dict[str, object]:
    """Everything that was read, and the state at some positions."""
    events, history = collected.events, collected.history()
    by_time = collected.history("time")
    positions = range(0, len(events) + 1, max(len(events) // 7, 1))
    return {
        "offsets": events.offsets.tolist(),
        "lengths": events.lengths.tolist(),
        "lines": [events.line(position) for position in range(1, len(events) + 1)],
        "at_ns": events.at_ns.tolist(),
        "types": [events.type_names[code] for code in events.types.tolist()],
        "unread": list(events.unread),
        "notices": list(events.notices),
        "problems": list(collected.problems),
        "unknown": dict(collected.unknown),
        "fields": [field.name for field in history.fields],
        "states": [str(sorted(history.state(position).items())) for position in positions],
        "states by time": [str(sorted(by_time.state(position).items())) for position in positions],
    }


def line_by_line(log: EventLog, patch: pytest.MonkeyPatch, projection: Recipe = AUTO) -> Collected:
    with patch.context() as context:
        context.setattr(reader, "SCANNED_BYTES", 1 << 60)  # nothing is scanned
        return read(log, projection)


@pytest.mark.parametrize("projection", MODELS, ids=lambda each: each.name)
@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_columns_say_what_line_by_line_reading_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, projection: Recipe, line_end: bytes
) -> None:
    path = tmp_path / "log.jsonl"
    path.write_bytes(with_odd_lines(3_000).replace(b"\n", line_end))
    with open_log(path) as log:
        assert told(read(log, projection)) == told(line_by_line(log, monkeypatch, projection))


@pytest.mark.parametrize("projection", MODELS, ids=lambda each: each.name)
def test_other_processes_read_what_this_one_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, projection: Recipe
) -> None:
    path = tmp_path / "log.jsonl"
    path.write_bytes(with_odd_lines(12_000))  # several stretches
    with open_log(path) as log:
        assert told(read(log, projection, small_bytes=0)) == told(line_by_line(log, monkeypatch, projection))


@pytest.mark.parametrize("projection", ["accounts", "latest"])
def test_a_stretch_may_hold_no_good_line_of_a_shape_that_was_learnt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, projection: str
) -> None:
    good = b'{"type":"MoneyDeposited","data":{"accountId":"a","amount":12}}\n'
    other = b'{"type":"AccountFrozen","data":{"accountId":"a","why":"x"}}\n'
    path = tmp_path / "log.jsonl"
    path.write_bytes(good * 50 + (good.replace(b"12", b"01") * 15 + other) * 5 + good)
    monkeypatch.setattr(child, "STRETCH_BYTES", 1_000)
    with open_log(path) as log:
        found = read(log, Recipe(projection))
        assert (len(found.events), len(found.events.unread)) == (56, 75)
        assert told(found) == told(line_by_line(log, monkeypatch, Recipe(projection)))


def test_fields_stand_in_the_order_in_which_the_log_first_names_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the order in which shapes are learnt, and lines without one are read."""
    first = '{"type":"A","data":{"c":"\\u0078","a":1}}\n'  # an escape: read by itself, behind the others
    path = tmp_path / "log.jsonl"
    path.write_text(first + '{"type":"A","data":{"a":1,"b":2,"c":3}}\n' * 9 + '{"type":"B","data":{"d":1}}\n')
    with open_log(path) as log:
        for small_bytes in (0, 1 << 40):
            found = read(log, Recipe("latest"), small_bytes)
            assert [field.name for field in found.fields] == ["c", "a", "b", "d"]


def test_the_keys_of_a_value_stand_in_the_order_of_their_names(tmp_path: Path) -> None:
    line = '{"type":"MoneyDeposited","data":{"accountId":"a","amount":1,"currency":"%s"}}\n'
    path = tmp_path / "log.jsonl"
    path.write_text("".join(line % currency for currency in ("USD", "EUR", "CHF", "")))
    with open_log(path) as log:
        state = dict(read(log, Recipe("accounts")).history().state(4).items())
    assert str(state["a"]["balance"]) == "{'': 1, 'CHF': 1, 'EUR': 1, 'USD': 1}"


def test_another_process_reads_a_log_that_has_no_lines(tmp_path: Path) -> None:
    path = tmp_path / "log.json"
    path.write_text("[" + ",\n".join(line.strip() for line in account_log(3_000, 20, 1)) + "]")
    with open_log(path) as log:
        assert told(read(log, small_bytes=0)) == told(read(log))


def test_a_line_of_several_mebibytes_is_read_where_it_stands(tmp_path: Path) -> None:
    lines = list(account_log(9_000, 20, 1))
    long = json.dumps(
        {"type": "MoneyDeposited", "data": {"accountId": "a", "amount": 1, "memo": "x" * (3 << 20)}}
    )
    lines.insert(6_000, long + "\n")
    path = tmp_path / "log.jsonl"
    path.write_text("".join(lines))
    with open_log(path) as log:
        found = told(read(log, small_bytes=0))
        assert found == told(read(log))
        assert len(found["lines"]) == 9_001  # type: ignore[arg-type]


class Watching:
    """Remembers what it is told; ends the reading when `until` says so."""

    def __init__(self, until: Callable[[int], bool]) -> None:
        self.until = until
        self.begun: list[Collected] = []

    def progress(self, done_bytes: int, total_bytes: int, events: int) -> bool:
        assert 0 < done_bytes <= total_bytes
        return not self.until(events)

    def early(self, collected: Collected) -> None:
        self.begun.append(collected)


@pytest.mark.parametrize("small_bytes", [0, 1 << 40])
def test_reading_that_is_stopped_keeps_what_was_read(tmp_path: Path, small_bytes: int) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text("".join(account_log(60_000, 50, 1)))
    with open_log(path) as log:
        watching = Watching(lambda events: events > 5_000)
        some = collect(
            log, lambda sample: choose(Recipe(), sample, log.fields), watching, small_bytes=small_bytes
        )
        assert not some.complete
        count = len(some.events)
        assert 5_000 < count < 60_000
        events = [some.events.event(position) for position in range(1, count + 1)]
        expected = {
            name: without_hidden(some.model, state) for name, state in fold(some.model, events).items()
        }
        assert dict(some.history().state(count).items()) == expected


@pytest.mark.parametrize("small_bytes", [0, 1 << 40], ids=["children", "this process"])
@settings(max_examples=8, deadline=None)
@given(st.integers(1, 9), st.integers(1, 900), st.floats(0, 1), st.sampled_from(["log", "time"]))
def test_wherever_reading_is_stopped_every_position_read_is_the_plain_fold(
    tmp_path_factory: pytest.TempPathFactory,
    small_bytes: int,
    seed: int,
    until: int,
    part: float,
    order: Order,
) -> None:
    path = tmp_path_factory.mktemp("stopped") / "log.jsonl"
    path.write_text("".join(account_log(900, 20, seed)))  # some 100 kB
    with open_log(path) as log, pytest.MonkeyPatch.context() as patch:
        patch.setattr(child, "STRETCH_BYTES", 4_000)  # a chunk every 40 events
        for name, size_bytes in (("FIRST_BYTES", 1_000), ("OWN_BYTES", 9_000), ("STRETCH_BYTES", 5_000)):
            patch.setattr(reading, name, size_bytes)
        some = collect(
            log,
            lambda sample: choose(Recipe(), sample, log.fields),
            Watching(lambda events: events >= until),
            small_bytes=small_bytes,
        )
        history = some.history(order)
        position = int(part * len(some.events))
        events = [history.event(each) for each in range(1, position + 1)]
        expected = {
            name: without_hidden(some.model, state) for name, state in fold(some.model, events).items()
        }
        assert dict(history.state(position).items()) == expected


def test_the_beginning_can_be_looked_at_while_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collecting, "EARLY_EVENTS", 2_000)
    path = tmp_path / "log.jsonl"
    path.write_text("".join(account_log(40_000, 50, 1)))
    with open_log(path) as log:
        watching = Watching(lambda _: False)
        whole = collect(log, lambda sample: choose(Recipe(), sample, log.fields), watching, small_bytes=0)
        (begun,) = watching.begun
        assert whole.complete
        assert len(whole.events) == 40_000
        assert 2_000 <= len(begun.events) < 40_000
        middle = len(begun.events) // 2
        assert dict(begun.history().state(middle).items()) == dict(whole.history().state(middle).items())


def test_a_cancelled_reading_leaves_no_process_behind(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text("".join(account_log(40_000, 50, 1)))

    def cancel(_events: int) -> bool:
        raise Cancelled

    with open_log(path) as log, pytest.raises(Cancelled):
        collect(log, lambda sample: choose(Recipe(), sample, log.fields), Watching(cancel), small_bytes=0)
