"""Does each row of the raw events stand for one event or one thing that could not be read, in either order?"""

from pathlib import Path

import numpy as np
import pytest

from explorer.eventlog.event import SEAL, Event
from explorer.session.document import Document
from explorer.session.events.entries import Entries, summary, unwrapped
from tests.small_logs import event, opened


@pytest.fixture
def document(tmp_path):
    found = opened(
        tmp_path, "{broken", event(3, "AccountOpened", "a"), "{again", event(1, "AccountOpened", "b"), "{end"
    )
    yield found
    found.close()


def test_rows_and_positions_are_each_others_inverse(document):
    entries = Entries(document.history, by_time=False)
    assert len(entries) == 5
    assert [entries.at(row)[0] for row in range(5)] == [None, 1, None, 2, None]
    assert [entries.row_of(position) for position in (1, 2)] == [1, 3]
    assert entries.rows_of(np.array([1, 2])).tolist() == [1, 3]
    assert [entries.applied(row) for row in range(5)] == [0, 1, 1, 2, 2]
    assert [entries.unread_row(index) for index in range(3)] == [0, 2, 4]


def test_by_time_what_has_none_stands_at_the_end(document):
    entries = Entries(document.history, by_time=True)
    assert [entries.at(row)[0] for row in range(5)] == [1, 2, None, None, None]
    rows, places = entries.unread_places(np.array([0, 2]))
    assert (rows.tolist(), places.tolist()) == ([2, 4], [2, 2])


@pytest.mark.parametrize("row", [-1, 5])
def test_there_is_no_row_outside(document, row):
    with pytest.raises(IndexError, match=f"row {row} is outside 0…4"):
        Entries(document.history, by_time=False).at(row)


def test_a_summary_leaves_out_what_stands_in_a_column_of_its_own():
    data = {SEAL: "x", "accountId": "acc-1", "amount": {"_type_": "decimal_str", "_data_": "12.50"}, "note": "n",
            "tags": ["a", 1], "gone": None}  # fmt: skip
    said = summary(Event(1, "A", "acc-1", data), told=["note"])
    assert said.split(" · ")[:2] == ["amount 12.50", 'tags ["a",1]']
    assert "acc-1" not in said
    assert unwrapped({"_type_": "decimal_str", "_data_": 3}) == {"_type_": "decimal_str", "_data_": 3}


def test_what_stands_around_a_table_is_no_entry_and_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "bank.csv"
    path.write_text("Account;x;;\n\nDate;Text;Amount;Balance\n2024-01-01;Shop;-1;9\n2024-01-02;Shop;-2;7\n")
    document = Document.open(str(path))
    entries = [document.entry(row) for row in range(document.entry_count)]
    assert [(each.type, each.aside) for each in entries if each.position is None] == [("no entry", True)]
    assert document.unread_count == 0
    document.close()
