"""Are the lines of JSON that are written of events what the exact reader makes of each, however the log is written?"""

import base64
import json
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.eventlog.event import Event, FieldMap
from explorer.eventlog.json_text import decode
from explorer.eventlog.log import EventLog, open_log
from explorer.history.collect import collect
from explorer.history.event_lines import EventLines, Lines
from explorer.history.events import Events
from explorer.history.passes import WholeEvents
from explorer.projection.choose import choose
from explorer.projection.model import AUTO
from explorer.session.document import Document
from explorer.session.events.field_tests import FieldTest
from explorer.session.events.filters import parse_filter
from explorer.session.events.record_tests import RecordTest
from explorer.session.files.event_rows import EventRows
from explorer.session.files.export_formats import chunks, csv_cell, csv_row
from explorer.session.files.exports import EventsExport

HEAD = "type,at,amount,Note,a.b"
CELLS = st.sampled_from([
    "", "5", "5.0", "-1", "1e1", "x", "X", " x ", '"a,b"', '"say ""x"""', '"two\nlines"', "é", "null", "true", 'a"b',
    "\\n", "tab\t", "\x01",
])  # fmt: skip
ROWS = st.lists(
    st.lists(CELLS, min_size=5, max_size=5).map(",".join) | st.sampled_from(["", "A,B", HEAD, 'A,"', "A,2,3,4,5,6,7"]),
    min_size=1, max_size=10,
)  # fmt: skip
TERMS = st.sampled_from(
    [
        "amount>1", "amount<=5", "amount:5", "amount!=5", "Amount:5", "note:x", "Note:x", "note:/x/", "note:*x*",
        "a.b:x", "a:x", "missing:x", "missing!=x", "column_6:6", "column_6!=6", "note:null", "type:A*", "note:é",
    ]
)  # fmt: skip


def events_of(log: EventLog) -> Events:
    return collect(log, lambda sample: choose(AUTO, sample, log.fields)).events


def said(lines: Lines, at: int) -> object:
    return decode(lines.block.text(int(lines.starts[at]), int(lines.ends[at])))


@settings(max_examples=150)
@given(
    ROWS,
    st.sampled_from(["\n", "\r\n"]),
    TERMS,
    st.sampled_from(["utf-8", "utf-16", "cp1252"]),
    st.booleans(),
)
def test_a_row_passes_and_is_exported_as_its_event_is(
    tmp_path_factory: pytest.TempPathFactory, rows: list[str], newline: str, term: str, encoding: str, some: bool
) -> None:  # fmt: skip
    path = tmp_path_factory.getbasetemp() / f"cells{random.random()}.csv"
    path.write_bytes(newline.join([HEAD, *["Opened,2026-01-01,1,n,b"] * 9, *rows, ""]).encode(encoding))
    with open_log(path, FieldMap(type="type", time="at")) as log:
        path.unlink()
        events = events_of(log)
        alone = [events.event(position) for position in range(1, len(events) + 1)]
        block = WholeEvents(events, 3 * some, len(events), compiled=True)
        maker = EventLines.of(log)  # none where other rows stand behind those of the table
        if maker is not None:
            lines = maker.written(block)
            for at in np.flatnonzero(lines.known).tolist():
                assert said(lines, at) == alone[block.first + at].record
            assert lines.known[:6].all()
        test = FieldTest(parse_filter(term)[0])
        every = np.ones(len(alone) - block.first, np.bool_)
        found = RecordTest(test, events).passing(block, every)
        assert found.tolist() == [test(event) for event in alone[block.first :]]

        def row(event: Event) -> bytes:
            told = [event.position, event.at, event.type, event.entity, event.data, None]
            return csv_row(told, for_spreadsheets=some)

        def text(value: str) -> bytes:
            return csv_cell(value).encode()

        written = EventRows(events, row, text, guarded=some).written(block, every, np.zeros(0, np.int64))
        assert b"".join(piece for _, piece in written) == b"".join(map(row, alone[block.first :]))


@pytest.mark.parametrize("how", ["lines", "array", "pretty"])
def test_each_event_of_any_json_has_its_line(tmp_path: Path, how: str) -> None:
    path = tmp_path / "log.json"
    records = [
        {"type": "A", "note": 'a "b" {[\n', "inner": {"list": [1, {"x": "é"}]}, "n": n} for n in range(50)
    ]
    if how == "lines":
        path.write_text("".join(json.dumps(each) + "\n" for each in records))
    else:
        path.write_text(json.dumps(records, indent=2 if how == "pretty" else None, ensure_ascii=False))
    with open_log(path) as log:
        events = events_of(log)
        maker = EventLines.of(log)
        assert maker is not None
        lines = maker.written(WholeEvents(events, 5, 50, compiled=True))
        assert [said(lines, at) for at in range(45)] == records[5:]
        assert lines.known.all()


def test_payloads_are_unwrapped_and_what_cannot_be_is_left_to_the_exact_reader(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    good = base64.b64encode(b'{"accountId":"a","amount":5}').decode()
    odd = ['{"amount":1,"amount":2}', '{"amount":', "[1]"]
    bad = [base64.b64encode(each.encode()).decode() for each in odd]
    texts = [good] * 40 + bad + [good] * 5
    path.write_text(
        "".join(json.dumps({"type": "Paid", "n": n, "data": each}) + "\n" for n, each in enumerate(texts))
    )
    with open_log(path) as log:
        assert log.unwraps is not None
        events = events_of(log)
        maker = EventLines.of(log)
        assert maker is not None
        lines = maker.written(WholeEvents(events, 0, len(events), compiled=True))
        known = np.flatnonzero(lines.known).tolist()
        assert set(range(40)) <= set(known)
        for at in known:
            assert said(lines, at) == events.event(at + 1).record
        test = FieldTest(parse_filter("amount:5,2")[0])
        found = RecordTest(test, events).passing(
            WholeEvents(events, 0, len(events), compiled=True), lines.known | True
        )
        assert found.tolist() == [test(events.event(at)) for at in range(1, len(events) + 1)]


def test_a_log_that_only_plain_python_reads_has_no_lines(tmp_path: Path) -> None:
    path = tmp_path / "log.json"
    path.write_text('{"events":{"k1":{"type":"A"},"k2":{"type":"B"},"k3":{"type":"B"}}}')
    with open_log(path) as log:
        assert EventLines.of(log) is None  # in a map, the key of an event may be its id


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_large_table_is_filtered_and_exported_as_each_event_says(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "log.csv"
    draw = random.Random(2)
    with path.open("w", encoding=encoding) as file:
        file.write("type,accountId,amount,note,at\n")
        for row in range(40_000):
            note = draw.choice(["", "x", '"a, ""b"""', '"two\nlines"', "é"])
            file.write(f"MoneyDeposited,acc-{row % 99},{draw.randrange(90_000) / 100},{note},2026-01-01\n")
            if row % 5_000 == 2_507:
                file.write('broken,"\n')
    document = Document.open(str(path))
    try:
        assert EventLines.of(document.log) is not None
        rows = document.filter("amount>800 note:*b*").rows().tolist()
        found = [position for row in rows if (position := document.entry(row).position) is not None]
        several = [FieldTest(parse_filter(each)[0]) for each in ("amount>800", "note:*b*")]
        events = document.history.events
        exact = (events.event(position) for position in range(1, len(events) + 1))
        assert found == [event.position for event in exact if all(test(event) for test in several)]
        assert len(found) > 500
        table = EventsExport(document, None)
        plain = (csv_row(table.row(at), for_spreadsheets=False) for at in range(len(table)))
        head = csv_row(table.columns, for_spreadsheets=False)
        assert b"".join(chunks(table, "csv")) == head + b"".join(plain)
    finally:
        document.close()
