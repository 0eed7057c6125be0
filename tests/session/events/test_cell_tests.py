"""Does a cell of a table of text pass a test just as the event of its row does, whatever the row looks like?"""

import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.eventlog.event import FieldMap
from explorer.eventlog.log import open_log
from explorer.history.collect import collect
from explorer.projection.choose import choose
from explorer.projection.model import AUTO
from explorer.session.document import Document
from explorer.session.events.cell_tests import CellTest
from explorer.session.events.field_tests import FieldTest
from explorer.session.events.filters import parse_filter
from explorer.session.events.passes import WholeEvents
from explorer.session.events.record_tests import RecordTest

HEAD = "type,at,amount,Note,a.b"
CELLS = st.sampled_from(
    [
        "",
        "5",
        "5.0",
        "-1",
        "1e1",
        "x",
        "X",
        " x ",
        '"a,b"',
        '"say ""x"""',
        '"two\nlines"',
        "é",
        "null",
        "true",
        'a"b',
    ]
)
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


@settings(max_examples=150)
@given(ROWS, st.sampled_from(["\n", "\r\n"]), TERMS, st.sampled_from(["utf-8", "utf-16"]))
def test_a_cell_passes_as_its_event_does(
    tmp_path_factory: pytest.TempPathFactory, rows: list[str], newline: str, term: str, encoding: str
) -> None:
    path = tmp_path_factory.getbasetemp() / f"cells{random.random()}.csv"
    path.write_bytes(newline.join([HEAD, *["Opened,2026-01-01,1,n,b"] * 9, *rows, ""]).encode(encoding))
    with open_log(path, FieldMap(type="type", time="at")) as log:
        path.unlink()
        events = collect(log, lambda sample: choose(AUTO, sample, log.fields)).events
        test = FieldTest(parse_filter(term)[0])
        block = WholeEvents(events, 0, len(events), compiled=True)
        found = RecordTest(test, events).passing(block, np.ones(len(events), np.bool_))
        assert found.tolist() == [test(events.event(position)) for position in range(1, len(events) + 1)]
        assert (CellTest.of(test, log) is None) == (encoding == "utf-16")


def test_plain_rows_are_not_decoded(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(
        HEAD + "\n" + "".join(f"A,2026-01-01,{row},n,\n" for row in range(50)) + "A,2026-01-01,60\n"
    )
    with open_log(path) as log:
        events = collect(log, lambda sample: choose(AUTO, sample, log.fields)).events
        test = CellTest.of(FieldTest(parse_filter("amount>40")[0]), log)
        assert test is not None
        every = np.ones(len(events), np.bool_)
        found, left = test.passing(WholeEvents(events, 0, len(events), compiled=True), every)
        assert np.flatnonzero(found).tolist() == list(range(41, 50))
        assert np.flatnonzero(left).tolist() == [50]  # it is too short


def test_columns_whose_names_differ_in_case_alone_are_left_to_the_exact_reader(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("type,at,note,Note\nA,2026-01-01,,x\nB,2026-01-02,y,\n")
    with open_log(path) as log:
        assert CellTest.of(FieldTest(parse_filter("note:x")[0]), log) is None


def test_a_filter_of_a_large_table_finds_what_each_event_says(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    draw = random.Random(2)
    with path.open("w") as file:
        file.write("type,accountId,amount,note,at\n")
        for row in range(40_000):
            note = draw.choice(["", "x", '"a, ""b"""', '"two\nlines"', "é"])
            file.write(f"MoneyDeposited,acc-{row % 99},{draw.randrange(90_000) / 100},{note},2026-01-01\n")
            if row % 5_000 == 2_507:
                file.write('broken,"\n')
    document = Document.open(str(path))
    try:
        rows = document.filter("amount>800 note:*b*").rows().tolist()
        found = [position for row in rows if (position := document.entry(row).position) is not None]
        several = [FieldTest(parse_filter(each)[0]) for each in ("amount>800", "note:*b*")]
        events = document.history.events
        exact = (events.event(position) for position in range(1, len(events) + 1))
        assert found == [event.position for event in exact if all(test(event) for test in several)]
        assert len(found) > 500
    finally:
        document.close()
