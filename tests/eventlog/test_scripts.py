"""Is a list of events read that stands in a program's text, and is what is not written out said with its place?"""

from decimal import Decimal
from pathlib import Path

import pytest

from explorer.eventlog.errors import LogError
from explorer.eventlog.log import EventLog, open_log
from explorer.eventlog.scripts import lists
from explorer.eventlog.scripts.literals import Literal, LiteralFault
from explorer.session.document import Document

SEED = """// The seed of the course
const assert = require('assert');
const names = ['Ada', 'Linus'];

/* the whole truth: [ { not: 'this' } ] */
export const events: AccountEvent[] = [
  { type: 'AccountOpened', data: { accountId: 'acc-1', owner: 'Ada ü' }, at: '2026-01-01T09:00:00Z' },
  { type: "MoneyDeposited", data: { accountId: 'acc-1', amount: 1_000.50, }, at: new Date('2026-01-02T10:00:00Z'), },
  // { type: 'MoneyDeposited', data: { accountId: 'acc-1', amount: 9 } },
  { type: `MoneyWithdrawn`, data: { accountId: 'acc-1', amount: 2 * 3 }, at: '2026-01-03T10:00:00Z' },
  deposited('acc-1', 5),
  { 'type': 'MoneyWithdrawn', data: { accountId: 'acc-1', amount: 30 }, at: '2026-01-04T10:00:00Z' },
] as const;

const evolve = (state, event) => state;
"""


def read(
    folder: Path, text: str | bytes, name: str = "seed.js"
) -> tuple[list[object], list[tuple[object, ...]]]:
    """The records, and what could not be read: line, column, byte, reason."""
    log = opened(folder, text, name)
    try:
        events, unread = [], []
        for batch in log.batches():
            events += [event.record for event in batch.events]
            unread += [(each.line, each.column, each.byte, each.reason) for each in batch.unread]
        return events, unread
    finally:
        log.close()


def opened(folder: Path, text: str | bytes, name: str = "seed.js") -> EventLog:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return open_log(path)


def test_the_list_of_a_course_is_a_log_and_what_is_computed_in_it_is_unread_at_its_place(
    tmp_path: Path,
) -> None:
    events, unread = read(tmp_path, SEED)
    assert [(event["type"], event["data"].get("amount")) for event in events] == [
        ("AccountOpened", None), ("MoneyDeposited", Decimal("1000.50")), ("MoneyWithdrawn", 30),
    ]  # fmt: skip
    lines = SEED.split("\n")
    assert unread == [
        (
            10,
            lines[9].index("2 * 3") + 1,
            SEED.encode().index(b"2 * 3"),
            "“2 * 3” is computed, and not written out",
        ),
        (
            11,
            3,
            SEED.encode().index(b"deposited('"),
            "“deposited('acc-1', 5)” is computed, and not written out",
        ),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_an_event_is_shown_as_it_stands_in_the_program(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "seed.js"
    path.write_bytes(SEED.encode(encoding))
    document = Document.open(str(path))
    try:
        assert document.format_text.startswith("JavaScript list")
        events = document.recorded.events
        raw = events.log.raw(int(events.offsets[1]), int(events.lengths[1]))
        text = raw.decode("utf-16-le" if encoding == "utf-16" else "utf-8")
        assert text == SEED.split("\n")[7].strip().removesuffix(",")
        assert dict(document.history.state(3).items())["acc-1"]["balance"] == Decimal("970.50")
        assert document.history.event(3).at == "2026-01-04T10:00:00Z"
    finally:
        document.close()


@pytest.mark.parametrize(
    "text",
    [
        "[{ type: 'A', v: 1 }, { type: 'B', v: 2 }]",
        "  // copied\n[\n  { 'type': 'A', v: 1 },\n  { type: 'B', v: 2, },\n]",
        "{ type: 'A', v: 1 },\n{ type: 'B', v: 2 },\n",
        "{ type: 'A', v: 1 }\n{ type: 'B', v: 2 }",
        "module.exports = [{ type: 'A', v: 1 }, { type: 'B', v: 2 }];",
        "export default [{ type: 'A', v: 1 }, { type: 'B', v: 2 }]\n",
        "const seed = Object.freeze([{ type: 'A', v: 1 }, { type: 'B', v: 2 }]);\n",
        "const accounts = [{ id: 'acc-1' }];\nlet events = [\n{ type: \"A\", v: 1 }, { type: 'B', v: 2 }\n];\nf(1);",
        "[{ type: 'A', v: 1 }, { type: 'B', v: 2 }",
    ],
)
def test_however_it_was_copied_it_is_found(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text) == ([{"type": "A", "v": 1}, {"type": "B", "v": 2}], [])


@pytest.mark.parametrize(
    "text",
    [
        '[{"type": "A", "v": 1}, {"type": "B", "v": 2}]',
        '{"type": "A", "v": 1}\n{"type": "B", "v": 2}\n',
        "type,v\nA,1\nB,2\n",
    ],
)
def test_what_is_json_or_a_table_is_read_as_before(tmp_path: Path, text: str) -> None:
    log = opened(tmp_path, text, "log.json")
    try:
        assert "JavaScript" not in log.format
    finally:
        log.close()


@pytest.mark.parametrize("text", ["const evolve = (s, e) => s;\n", "const events = [];\n"])
def test_a_program_without_such_a_list_is_no_log(tmp_path: Path, text: str) -> None:
    with pytest.raises(LogError, match="not an event log"):
        opened(tmp_path, text)


def test_a_text_that_is_cut_off_loses_its_last_event_only(tmp_path: Path) -> None:
    for end in range(60, len(SEED.encode())):
        cut = SEED.encode()[:end]
        try:
            events, unread = read(tmp_path, cut)
        except LogError:
            continue  # before its first event is whole
        whole = sum(
            SEED.encode().index(begin) + len(begin) <= end
            for begin in (b"09:00:00Z' }", b"10:00:00Z'), }", b"04T10:00:00Z' }")
        )
        assert len(events) == whole
        assert len(unread) <= 3 or not events


def test_bytes_that_are_no_text_cost_their_own_event(tmp_path: Path) -> None:
    text = (
        b"[{ type: 'A', v: 1 }, { type: 'B\xff', v: 2 }, { type: 'C', v: 'h\xc3\xa4' }, { type: '\\ud800' }]"
    )
    events, unread = read(tmp_path, text)
    assert [event["type"] for event in events] == ["A", "C"]
    assert unread[0] == (1, text.index(b"\xff") + 1, text.index(b"\xff"), "invalid UTF-8")
    assert unread[1][3] == "a text with half a character in it"


def test_a_key_that_stands_twice_is_said_and_the_last_one_counts(tmp_path: Path) -> None:
    log = opened(tmp_path, "[{ type: 'A', v: 1, v: 2 }]")
    try:
        (batch,) = log.batches()
        assert batch.events[0].data == {"v": 2} or batch.events[0].record["v"] == 2
        assert [(each.kind, each.position) for each in batch.notices if each.kind != "no-time"] == [
            ("duplicate-key", 1)
        ]
    finally:
        log.close()


def test_a_list_longer_than_every_block_is_read_to_its_end(tmp_path: Path) -> None:
    line = "  { type: 'MoneyDeposited', data: { accountId: 'acc-%d', amount: 1, note: '%s' } },\n"
    count = 2_400
    text = "const events = [\n" + "".join(line % (each % 7, "ä" * 600) for each in range(count)) + "];\n"
    assert len(text.encode()) > 2 << 20
    document = Document.open(str(opened_path(tmp_path, text)))
    try:
        assert document.event_count == count
        assert sum(state["balance"] for _, state in document.history.state(count).items()) == count
        assert document.history.event(count).data["accountId"] == f"acc-{(count - 1) % 7}"
    finally:
        document.close()


def opened_path(folder: Path, text: str) -> Path:
    path = folder / "long.js"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_list_that_is_far_too_large_is_refused_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "MOST_BYTES", 100)
    with pytest.raises(LogError, match="a list in a program of more than"):
        opened(tmp_path, SEED)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("'it\\'s'", "it's"),
        ('"a\\u00e4\\x41\\u{1F600}\\n"', "aäA😀\n"), ("`two\nlines`", "two\nlines"), ("'a\\\nb'", "ab"),
        ("-1.50", Decimal("-1.50")), ("+5", 5), (".5", Decimal("0.5")), ("5.", Decimal(5)), ("0xFF", 255), ("0b101", 5),
        ("1e3", Decimal("1E+3")), ("10n", 10), ("12345678901234567890.123", Decimal("12345678901234567890.123")),
        ("true", True), ("null", None), ("undefined", None), ("[1, , ]", None),
        ("{ a: undefined, 1: 2, $b: [3,] }", {"1": 2, "$b": [3]}),
        ("new Date('2026-01-01')", "2026-01-01"), ("'A' as const", "A"), ("{ /* x */ a // y\n : 1 }", {"a": 1}),
    ],
)  # fmt: skip
def test_what_is_written_out_is_read_to_the_last_digit(text: str, value: object) -> None:
    if text == "[1, , ]":
        with pytest.raises(LiteralFault):
            Literal(text, 0).value()
        return
    found = Literal(text, 0).value()
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("text", "index", "reason"),
    [
        ("{ a: b }", 5, "“b” is computed, and not written out"),
        ("{ ...a }", 2, "what is spread here (...) is not written out"),
        ("{ a }", 2, "the value of this key is not written out"),
        ("{ a() { return 1; } }", 2, "the value of this key is not written out"),
        ("{ a: 'x' + y }", 5, "“'x' + y” is computed, and not written out"),
        ("{ a: `x${y}` }", 5, "a text with ${…} in it is computed, and not written out"),
        ("{ a: new Date() }", 5, "“new Date()” is computed, and not written out"),
        ("{ a: 'x", 5, "a text has no closing quote"),
        ("{ a: 1", 6, "the text ends here"),
        ("{ a: 1 b: 2 }", 5, "“1 b: 2” is computed, and not written out"),
        ("[" * 600, 512, "nested more than 512 levels deep"),
        ("{ a: /x/ }", 5, "expected a value"),
    ],
)
def test_what_is_not_written_out_is_said_with_its_place(text: str, index: int, reason: str) -> None:
    with pytest.raises(LiteralFault) as fault:
        Literal(text, 0).value()
    assert (fault.value.reason, fault.value.index) == (reason, index)
