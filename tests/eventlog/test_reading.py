"""Does every format give the same events, and does damage cost only what is damaged?"""

import csv
import gzip
import io
import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from explorer.eventlog.errors import LogError
from explorer.eventlog.event import Event, FieldMap, Notice, Unread
from explorer.eventlog.json_text import MOST_VALUES
from explorer.eventlog.log import open_log

EVENTS = [
    {
        "type": "AccountOpened",
        "data": {"accountId": "acc-1", "owner": 'Ünï, "quoted"'},
        "at": "2026-01-01T09:00:00Z",
    },
    {"type": "MoneyDeposited", "data": {"accountId": "acc-1", "amount": 50}, "at": "2026-01-02T10:15:00Z"},
    {"type": "MoneyWithdrawn", "data": {"accountId": "acc-1", "amount": 30}, "at": "2026-01-03T11:30:00Z"},
]
LINES = "".join(json.dumps(event, ensure_ascii=False) + "\n" for event in EVENTS)

type Everything = tuple[list[Event], list[Unread], list[Notice]]


def read(path: Path, fields: FieldMap | None = None) -> Everything:
    events: list[Event] = []
    unread: list[Unread] = []
    notices: list[Notice] = []
    with open_log(path, fields) as log:
        for batch in log.batches():
            for event, offset, length in zip(batch.events, batch.offsets, batch.lengths, strict=True):
                assert log.decode(offset, length, event.position) == event
                events.append(event)
            unread += batch.unread
            notices += batch.notices
    return events, unread, notices


def write(folder: Path, content: bytes | str, name: str = "log") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


FORMATS = {
    "lines": LINES.encode(),
    "without a last newline": LINES.rstrip().encode(),
    "CRLF": LINES.replace("\n", "\r\n").encode(),
    "lone CR": LINES.replace("\n", "\r").encode(),
    "blank lines": LINES.replace("\n", "\n\n \n").encode(),
    "UTF-8 with BOM": LINES.encode("utf-8-sig"),
    "UTF-16": LINES.encode("utf-16"),
    "UTF-16 big-endian": b"\xfe\xff" + LINES.encode("utf-16-be"),
    "an array": json.dumps(EVENTS).encode(),
    "a pretty array": json.dumps(EVENTS, indent=2, ensure_ascii=False).encode(),
    "an array of lines": ("[\n" + LINES.strip().replace("\n", ",\n") + "\n]\n").encode(),
    "a wrapped array": json.dumps({"version": 1, "events": EVENTS, "next": [1, {"a": []}]}).encode(),
    "a pretty wrapped array": json.dumps({"count": 3, "entries": EVENTS}, indent=4).encode(),
    "pretty objects": "\n".join(json.dumps(event, indent=2) for event in EVENTS).encode(),
    "objects on one line": LINES.replace("\n", "").encode(),
    "gzip": gzip.compress(LINES.encode()),
    "zstd": zstandard.ZstdCompressor().compress(LINES.encode()),
    "gzip of UTF-16": gzip.compress(LINES.encode("utf-16")),
    "a zstd array": zstandard.ZstdCompressor().compress(json.dumps(EVENTS).encode()),
}


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_gives_the_same_events(tmp_path: Path, form: str) -> None:
    events, unread, notices = read(write(tmp_path, FORMATS[form], "named.csv"))
    assert [event.record for event in events] == EVENTS
    assert [(event.position, event.type, event.entity) for event in events] == [
        (1, "AccountOpened", "acc-1"), (2, "MoneyDeposited", "acc-1"), (3, "MoneyWithdrawn", "acc-1"),
    ]  # fmt: skip
    assert (unread, notices) == ([], [])


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_csv_gives_them_too(tmp_path: Path, delimiter: str, newline: str) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=newline)
    writer.writerow(["type", "accountId", "owner", "amount", "at"])
    for event in EVENTS:
        data = event["data"]
        assert isinstance(data, dict)
        writer.writerow(
            [event["type"], data["accountId"], data.get("owner"), data.get("amount"), event["at"]]
        )
    events, unread, notices = read(write(tmp_path, text.getvalue()))
    assert [event.data.get("amount") for event in events] == [None, "50", "30"]
    assert events[0].data["owner"] == 'Ünï, "quoted"'
    assert [event.entity for event in events] == ["acc-1"] * 3
    assert (unread, notices) == ([], [])


@pytest.mark.parametrize(
    "number", ["0.10000000000000000001", "1234567890123456789", "1" + "0" * 30, "12.50", "-0.0001", "1E+2"]
)
def test_numbers_are_read_to_the_last_digit(tmp_path: Path, number: str) -> None:
    (event,), _, _ = read(write(tmp_path, f'{{"type":"T","data":{{"amount":{number}}}}}\n'))
    assert str(event.data["amount"]) == number
    assert isinstance(event.data["amount"], (int, Decimal))


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (b'{"type":"T","data":{"amount":NaN}}', "NaN"),
        (b'{"type":"T","data":{"amount":-Infinity}}', "Infinity"),
        (b'{"type":"T","data":{"amount":1e999999}}', "digits"),
        (b'{"type":"T","data":{"amount":' + b"9" * 5_000 + b"}}", "digits"),
        (b'{"type":"T","data":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested"),
        (b'{"type":"T","data":"\xff"}', "UTF-8"),
        (b'{"type":"T","data":"\xc0\x80"}', "UTF-8"),
        (b'{"type":"T",}', "expected|comma"),
        (b'{"type":"T" "data":1}', "expected"),
        (b"[1,2]", "not an event"),
        (b"17", "not an event"),
        (b"{" + b" " * (18 << 20) + b"}", "16 MiB"),
    ],
    ids=lambda value: value[:24] if isinstance(value, bytes) else value,
)
def test_a_line_that_cannot_be_read_is_named_and_costs_no_other(
    tmp_path: Path, bad: bytes, reason: str
) -> None:
    first, second, third = LINES.encode().splitlines(keepends=True)
    events, unread, _ = read(write(tmp_path, first + second + bad + b"\n" + third))
    assert [event.type for event in events] == ["AccountOpened", "MoneyDeposited", "MoneyWithdrawn"]
    (fault,) = unread
    assert (fault.line, fault.after, fault.offset) == (3, 2, len(first + second))
    assert re.search(reason, fault.reason)
    assert fault.offset <= fault.byte <= fault.offset + len(bad)
    assert fault.column >= 1


def test_the_place_of_a_fault_counts_characters_and_bytes_apart(tmp_path: Path) -> None:
    (fault,) = read(write(tmp_path, LINES + '{"type":"Ü","data":NaN}\n'))[1]
    assert fault.column == '{"type":"Ü","data":NaN}'.index("NaN") + 1
    assert (LINES + '{"type":"Ü","data":NaN}').encode()[fault.byte :].startswith(b"NaN")


def test_an_incomplete_last_line_is_incomplete_until_it_is_complete(tmp_path: Path) -> None:
    path = write(tmp_path, LINES + '{"type":"MoneyDep')
    events, (fault,), _ = read(path)
    assert (len(events), fault.incomplete) == (3, True)
    path.write_bytes(path.read_bytes() + b'osited","data":{"accountId":"acc-1","amount":1}}\n')
    events, unread, _ = read(path)
    assert (len(events), unread) == (4, [])


def test_a_block_of_nuls_at_the_end_is_an_unwritten_block(tmp_path: Path) -> None:
    events, (fault,), _ = read(write(tmp_path, LINES.encode() + bytes(4_096)))
    assert len(events) == 3
    assert "unwritten" in fault.reason


def test_a_hole_of_a_tebibyte_is_passed_over_without_reading_it(tmp_path: Path) -> None:
    path = write(tmp_path, LINES)
    with path.open("r+b") as file:
        file.truncate(1 << 40)
    events, unread, _ = read(path)
    assert len(events) == 3
    assert len(unread) == 1


def test_a_bomb_is_refused_with_its_ratio(tmp_path: Path) -> None:
    with pytest.raises(LogError, match=r"1,0.. times its size"):
        open_log(write(tmp_path, gzip.compress(bytes(80 << 20))))


def test_a_duplicate_key_is_a_warning_that_names_it_and_the_last_value_counts(tmp_path: Path) -> None:
    (event,), _, (notice,) = read(write(tmp_path, '{"type":"T","data":{"amount":1,"amount":2}}\n'))
    assert event.data["amount"] == 2
    assert '"amount"' in notice.text
    assert notice.position == 1


@pytest.mark.parametrize("number", ["1e9991.5", "1e9991e5", "-1e9991-2", "1e999100.", "1" * 5_000 + ".1.1"])
def test_a_number_without_end_that_is_none_is_a_fault_of_its_record_alone(
    tmp_path: Path, number: str
) -> None:
    events, (fault,), _ = read(write(tmp_path, LINES + f'{{"type":"T","n":{number}}}\n' + LINES))
    assert (len(events), fault.line, fault.reason) == (6, 4, "expected a comma or a closing brace")


def test_a_lone_surrogate_is_kept_apart_from_nothing(tmp_path: Path) -> None:
    (event,), _, _ = read(write(tmp_path, '{"type":"T","data":{"owner":"a\\ud800b"}}\n'))
    assert event.data["owner"] == "a\ud800b"


def test_an_unclosed_quote_in_csv_swallows_nothing_else(tmp_path: Path) -> None:
    rows = 'type,account,amount\nMoneyDeposited,a,1\nMoneyDeposited,"b,2\nMoneyDeposited,c,3\nMoneyDeposited,d,4,5\n'
    events, unread, (long,) = read(write(tmp_path, rows))
    assert (long.line, "column_4" in long.text) == (5, True)
    assert [event.data.get("amount") for event in events] == ["1", "3", "4"]
    assert [fault.line for fault in unread] == [3]


@pytest.mark.parametrize(("second", "faults"), [(None, []), (2_000, []), (500, []), (11, [])])
def test_a_lone_quote_in_csv_costs_no_row_but_its_own(
    tmp_path: Path, second: int | None, faults: list[int]
) -> None:
    rows = [f"MoneyDeposited,acc-{number % 7},{number}" for number in range(3_000)]
    rows[10] = 'MoneyDeposited,5" of it,10'  # as it stands: a quote that opens nothing
    if second is not None:
        rows[second] = f'MoneyDeposited,"b,{second}'
        faults = [second + 2]
    events, unread, _ = read(write(tmp_path, "type,account,amount\n" + "\n".join(rows) + "\n"))
    assert [fault.line for fault in unread] == faults
    assert len(events) == 3_000 - len(faults)
    assert events[10].data["account"] == '5" of it'


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n\n  \r\n", b"[]", b'{"events":[]}'])
def test_an_empty_log_has_no_events_and_no_faults(tmp_path: Path, content: bytes) -> None:
    assert read(write(tmp_path, content)) == ([], [], [])


def test_what_is_no_file_is_refused_in_one_sentence(tmp_path: Path) -> None:
    import os

    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    for path in (tmp_path, fifo, tmp_path / "dangling", tmp_path / "missing", Path("/dev/zero")):
        with pytest.raises(LogError) as refused:
            open_log(path)
        assert path.name in str(refused.value)
        assert "\n" not in str(refused.value)


@given(
    records=st.lists(
        st.fixed_dictionaries(
            {
                "type": st.text(max_size=5),
                "data": st.dictionaries(st.text(max_size=4), st.text(max_size=8) | st.integers()),
            }
        ),
        min_size=1,
        max_size=8,
    ),
    form=st.sampled_from(["lines", "array", "wrapped", "utf-16"]),
)
def test_any_records_come_back_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, object]], form: str
) -> None:
    records = [{"type": "T", "data": {"a": 1}}, *records]
    lines = "".join(json.dumps(record) + "\n" for record in records)
    content = {
        "lines": lines.encode(),
        "array": json.dumps(records).encode(),
        "wrapped": json.dumps({"events": records}).encode(),
        "utf-16": lines.encode("utf-16"),
    }[form]
    events, unread, _ = read(write(tmp_path_factory.mktemp("any"), content))
    assert unread == []
    assert [event.record for event in events] == records


@given(at=st.integers(0, len(LINES.encode()) - 1), byte=st.integers(0, 255))
def test_one_damaged_byte_costs_at_most_the_lines_it_touches(
    tmp_path_factory: pytest.TempPathFactory, at: int, byte: int
) -> None:
    content = bytearray(LINES.encode() * 3)
    content[len(LINES.encode()) + at] = byte
    events, _, _ = read(write(tmp_path_factory.mktemp("damage"), bytes(content)))
    assert len(events) >= 7


def test_the_json_test_suite_is_accepted_and_refused_as_it_says(shared_data: Path) -> None:
    for path in sorted((shared_data / "json-suite" / "test_parsing").glob("*.json")):
        try:
            _, unread, _ = read(path)
        except LogError as error:
            reasons = [error.reason]
        else:
            reasons = [fault.reason for fault in unread]
        if path.name.startswith("n_"):
            assert reasons, path.name
        elif path.name.startswith("y_"):
            for reason in reasons:
                assert "not an event" in reason, (path.name, reason)


@pytest.mark.parametrize("name", ["comma_in_quotes", "empty", "json", "newlines", "simple", "simple_crlf"])
def test_the_csv_test_suite_is_read_as_it_says(shared_data: Path, name: str) -> None:
    folder = shared_data / "csv" / "spectrum"
    expected = json.loads((folder / f"{name}.expected.json").read_text(encoding="utf-8"))
    events, _, _ = read(folder / f"{name}.csv")
    assert [event.record for event in events] == [
        {key: value for key, value in row.items() if value} for row in expected
    ]


def test_a_record_of_more_values_than_the_limit_is_named_and_costs_no_other(tmp_path: Path) -> None:
    huge = '{"type":"T","x":[' + ",".join(["{}"] * (MOST_VALUES + 1)) + "]}\n"
    events, (fault,), _ = read(write(tmp_path, LINES + huge + LINES))
    assert (len(events), fault.line) == (6, 4)
    assert "values; the limit is 500,000" in fault.reason
    commas = '{"type":"T","x":"' + "," * (MOST_VALUES + 1) + '"}\n'  # in a text they are none
    assert len(read(write(tmp_path, commas))[0]) == 1


@pytest.mark.timeout(45)  # four logs, each of which once took minutes
def test_what_is_nested_without_end_is_refused_soon(tmp_path: Path) -> None:
    for begin in ('{"a":', '[{"":', "[", '{"a":\n'):
        content = begin * (6_000_000 // len(begin))
        events, unread, _ = read(write(tmp_path, content))
        assert (events, bool(unread)) == ([], True)
