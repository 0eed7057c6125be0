"""Is what is exported what the commands answer, to the last digit, and harmless where it is opened?"""

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from explorer.resources import resource
from explorer.session.document import Document
from explorer.session.files.export_formats import ExportFormat, ExportTable, answer_of, cell, chunks, guarded
from explorer.session.files.exports import DiffTable, EventsExport, StateExport, WhyTable
from explorer.session.state.differences import Differences

BANK = resource("samples", "small-bank.jsonl")
DAMAGED = resource("samples", "damaged.jsonl")
texts = st.text(max_size=12)
values = st.one_of(
    st.none(),
    texts,
    st.integers(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.dictionaries(texts, st.integers() | texts, max_size=2),
)


@dataclass
class Rows:
    """A table of anything."""

    rows: list[list[object]]
    title: str = "Some rows"
    columns: Sequence[str] = ("a", "b")

    def __len__(self) -> int:
        return len(self.rows)

    def row(self, index: int) -> Sequence[object]:
        return self.rows[index]

    def answer(self) -> Iterator[str]:
        return answer_of({"title": self.title}, [("events", ((None, row) for row in self.rows))])


def written(table: ExportTable, form: ExportFormat, *, for_spreadsheets: bool = False) -> str:
    return b"".join(chunks(table, form, for_spreadsheets=for_spreadsheets)).decode()


def exact(text: str) -> object:
    return json.loads(text, parse_float=Decimal)


def asked(*words: str) -> str:
    run = [sys.executable, "-m", "explorer", *words]
    return subprocess.run(run, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def bank() -> Iterator[Document]:
    document = Document.open(str(BANK))
    yield document
    document.close()


@pytest.mark.parametrize("form", ["json", "csv"])
def test_the_state_is_what_the_command_answers(bank: Document, form: ExportFormat) -> None:
    said = asked("state", str(BANK), "--position", "200", "--format", form)
    assert written(StateExport(bank, 200), form) == said


@pytest.mark.parametrize("form", ["json", "csv"])
def test_why_is_what_the_command_answers(bank: Document, form: ExportFormat) -> None:
    said = asked("why", str(BANK), "acc-1", "balance", "--format", form)
    assert written(WhyTable(bank, "acc-1", "balance", bank.why("acc-1", "balance")), form) == said


def test_events_are_what_the_command_answers(bank: Document) -> None:
    said = exact(asked("events", str(BANK), "--format", "json"))
    assert exact(written(EventsExport(bank, None), "json")) == said
    rows = bank.filter("type:AccountClosed").rows(lambda _done, _total: None)
    listed = exact(written(EventsExport(bank, rows, "type:AccountClosed"), "json"))
    assert [event["type"] for event in listed["events"]] == ["AccountClosed"] * 2  # type: ignore[index,call-overload]


def test_a_difference_is_what_the_command_answers_without_counters(bank: Document) -> None:
    found = Differences(bank.history.state(100), bank.history.state(300), bank.noun)
    mine = exact(written(DiffTable(bank, found), "json"))
    said = exact(asked("diff", str(BANK), "--from", "100", "--to", "300", "--format", "json"))
    for kind in ("added", "removed", "changed"):
        for fields in said[kind].values():  # type: ignore[index,call-overload]
            fields.pop("version", None)
    assert mine == said


def test_what_could_not_be_read_is_exported_with_the_reason() -> None:
    document = Document.open(str(DAMAGED))
    rows = list(csv.DictReader(io.StringIO(written(EventsExport(document, None), "csv"))))
    assert len(rows) == document.entry_count
    bad = [row for row in rows if row["not read"]]
    assert len(bad) == document.unread_count
    assert bad[1]["not read"] == "line 4, column 87: NaN is not a JSON number"
    assert '"amount":NaN' in bad[1]["data"]
    document.close()


def test_an_export_stays_what_it_was_when_the_order_changes(bank: Document) -> None:
    for make in (lambda: EventsExport(bank, None), lambda: StateExport(bank, 50)):
        table = make()
        before = written(table, "csv")
        bank.set_order("time")
        assert written(table, "csv") == before
        bank.set_order("log")


def test_nothing_is_an_empty_answer(bank: Document) -> None:
    assert exact(written(StateExport(bank, 0), "json"))["state"] == {}  # type: ignore[index,call-overload]
    empty = EventsExport(bank, np.zeros(0, np.int64))
    assert exact(written(empty, "json"))["events"] == []  # type: ignore[index,call-overload]
    assert len(written(empty, "csv").splitlines()) == 1


@given(st.lists(st.lists(values, min_size=2, max_size=2), max_size=4))
def test_every_value_comes_back_from_csv_and_json(rows: list[list[object]]) -> None:
    table = Rows(rows)
    lines = list(csv.reader(io.StringIO(written(table, "csv"), newline="")))
    shown = [[cell(value).encode("utf-8", "backslashreplace").decode() for value in row] for row in rows]
    assert lines == [["a", "b"], *shown]
    decoded = json.loads(written(table, "json"), parse_float=Decimal)
    for row, back in zip(rows, decoded["events"], strict=True):
        for value, same in zip(row, back, strict=True):
            if isinstance(value, (int, Decimal)):
                assert Decimal(same) == value


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("+1+1", "'+1+1"),
        ("-1+1", "'-1+1"),
        ("@SUM(1)", "'@SUM(1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("＝1+1", "'＝1+1"),  # noqa: RUF001 - the wide sign is the point
        ("-30.00", "-30.00"),
        ("+30.00", "+30.00"),
        ("2026-01-01", "2026-01-01"),
        ("a=1", "a=1"),
        ("", ""),
    ],
)
def test_a_formula_is_text_in_a_spreadsheet_and_exact_otherwise(text: str, safe: str) -> None:
    assert guarded(text) == safe
    table = Rows([[text, 1]])
    for careful, wanted in ((True, safe), (False, text)):
        rows = list(csv.reader(io.StringIO(written(table, "csv", for_spreadsheets=careful), newline="")))
        assert rows[1][0] == wanted


@given(
    texts
    | st.sampled_from(["<img src=x>", "[a](javascript:x)", "www.x.org", "http://x.org", "a|b", "`", "\\|"])
)
def test_markdown_shows_text_as_it_is(text: str) -> None:
    page = written(Rows([[text, 1], ["x", 2]]), "markdown")
    html = MarkdownIt("commonmark", {"linkify": False, "html": True}).enable("table").render(page)
    body = html[html.index("<table>") :]
    tags = set(re.findall(r"<(/?[a-z0-9]+)", body))
    assert tags <= {
        "table",
        "/table",
        "thead",
        "/thead",
        "tbody",
        "/tbody",
        "tr",
        "/tr",
        "th",
        "/th",
        "td",
        "/td",
    }
    assert body.count("<tr>") == 3
    assert body.count("<td") == 4


def test_numbers_stand_right_in_markdown() -> None:
    page = written(Rows([["x", Decimal("1.50")], ["y", 2]]), "markdown")
    assert page.splitlines()[2:] == ["| a | b |", "| --- | ---: |", "| x | 1.50 |", "| y | 2 |"]


def test_an_integer_of_many_digits_keeps_them(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    amount = "12345678901234567890123456789.123456789"
    data = f'{{"accountId":"a","amount":{amount}}}'
    log.write_text(f'{{"type":"MoneyDeposited","data":{data},"at":"2026-01-01T00:00:00Z"}}\n')
    document = Document.open(str(log))
    for form in ("csv", "json"):
        assert amount in written(StateExport(document, 1), form)
        assert amount in written(EventsExport(document, None), form)
    document.close()
