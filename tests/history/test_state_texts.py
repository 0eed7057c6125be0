"""Are whole columns of text what is said of each value and each change by itself?"""

import csv
import io
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from explorer.cli.main import main
from explorer.cli.output import cell, print_csv_columns
from explorer.eventlog import text_names
from explorer.eventlog.event import FieldMap
from explorer.eventlog.log import open_log
from explorer.history import events as reading_again
from explorer.history import state_texts
from explorer.history import told_changes as telling
from explorer.history.collect import collect
from explorer.history.explain import explanation
from explorer.history.state_texts import StateTexts, amounts
from explorer.history.told_changes import told_changes
from explorer.projection.choose import choose
from explorer.projection.exact import from_scaled, plain
from explorer.projection.model import Recipe
from explorer.session.exact_json import dumps
from explorer.session.plaintext import visible
from tests.history.test_history import ACCOUNTS_MODEL, SQL, account_records, build

MODELS = [ACCOUNTS_MODEL, Recipe("latest"), *SQL]
INT64 = st.integers(-(2**63), 2**63 - 1)


@given(values=st.lists(st.tuples(INT64, st.integers(0, 25)), max_size=20), scale=st.integers(25, 27))
@example(values=[(-(2**63), 2), (2**63 - 1, 2), (0, 2), (-1, 2)], scale=25)
@example(values=[(-(2**63), 25), (5, 25)], scale=25)
def test_a_column_of_sums_is_written_digit_for_digit(values: list[tuple[int, int]], scale: int) -> None:
    units = np.array([each for each, _ in values], np.int64)
    decimals = np.array([each for _, each in values], np.uint8)
    wanted = [
        plain(from_scaled(each // 10 ** (scale - own), own) if scale - own else from_scaled(each, own))
        for each, own in values
    ]
    assert amounts(units, decimals, scale) == wanted
    own = decimals % 6
    small = np.maximum(units, -(2**62)) // 10 ** (18 - own.astype(np.int64))
    told = amounts(small * 10 ** (18 - own.astype(np.int64)), own, 18)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(state_texts, "MANY", 1)
        assert amounts(small * 10 ** (18 - own.astype(np.int64)), own, 18) == told
    assert told == [plain(from_scaled(*each)) for each in zip(small.tolist(), own.tolist(), strict=True)]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
@given(records=st.lists(account_records(), max_size=30), data=st.data())
def test_a_state_as_columns_of_text_says_each_value(
    model: Recipe,
    records: list[dict[str, object]],
    data: st.DataObject,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    collected, events = build(tmp_path_factory.mktemp("logs"), records, model)
    state = collected.history().state(data.draw(st.integers(0, len(events))))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(state_texts, "MANY", data.draw(st.sampled_from([1, 1_000])))  # by compiled code or not
        texts = StateTexts(state, cell)
        for field in state.fields:
            wanted = [cell(state.value(code, field)) for code in state.codes.tolist()]
            assert list(texts.column(field, state.codes)) == wanted
            assert [list(texts.column(field, state.codes[at : at + 1])) for at in range(len(wanted))] == [
                [each] for each in wanted
            ]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
@given(records=st.lists(account_records(), max_size=30), at_once=st.integers(1, 9))
def test_a_history_told_in_columns_says_each_change(
    model: Recipe, records: list[dict[str, object]], at_once: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    collected, events = build(tmp_path_factory.mktemp("logs"), records, model)
    history = collected.history()
    fields = [field.name for field in history.fields if not field.hidden]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(telling, "AT_ONCE", at_once)
        for entity in history.entities:
            for names in (fields, *([name] for name in fields)):
                changes = history.all_changes(entity, names)
                found = [
                    row
                    for block in told_changes(changes, len(changes), cell, visible)
                    for row in zip(block.fields, block.before, block.after, block.explanations, strict=True)
                ]
                assert found == [
                    (each.field.name, cell(each.before), cell(each.after), visible(explanation(each)))
                    for each in changes
                ]
    assert len(events) == len(history)


LINES = (
    '{"type":"A","data":{"accountId":"a"},"at":"2026-01-01T00:00:00Z"}\n',
    '{"at":"2026-01-02T00:00:00+01:00","type":"B","data":{"accountId":"a","at":"no"}}\n',
    '{"type":"A","data":{"accountId":"a"},"at":1767225600}\n',
    '{"type":"A","data":{"accountId":"a"}}\n',
    '{"type":"A","data":{"accountId":"a"},"at":null,"at":"2026-01-03T00:00:00Z"}\n',
    '{"type":"A","data":{"accountId":"a"},"at":"2026-01-04T00:00:00Z","x":"\\ud800"}\n',
    '{"type":"A","data":{"accountId":"a"},"at":"\\ud800 \u00fc"}\n',
    '{"type":"A","data":{"accountId":"a"},"at":{"$date":"2026-01-05T00:00:00Z"}}\n',
    '{"type":"A","data":{"accountId":"a"},"x":'
    + '"y' * 0
    + '"'
    + "z" * 300
    + '","at":"2026-01-06T00:00:00Z"}\n',
)


@given(places=st.lists(st.integers(0, len(LINES) - 1), min_size=1, max_size=30), data=st.data())
@pytest.mark.parametrize("time", ["at", "data.at", "a.b.c"])
def test_events_read_again_together_are_those_read_one_by_one(
    time: str, places: list[int], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("logs") / "log.jsonl"
    path.write_text("".join([LINES[0], LINES[1], *(LINES[place] for place in places)]), encoding="utf-8")
    fields = FieldMap(
        type="type", entity="data.accountId", data="data", time=time if "c" not in time else None
    )
    with pytest.MonkeyPatch.context() as patch, open_log(path, fields) as log:
        for name, most in (("_AT_ONCE", 7), ("_GAP_BYTES", 100), ("_READ_BYTES", 512)):
            patch.setattr(reading_again, name, data.draw(st.integers(1, most)))
        events = collect(log, lambda sample: choose(Recipe("latest"), sample, log.fields)).events
        wanted = data.draw(st.lists(st.integers(1, len(events)), max_size=20))
        found = np.array(wanted, np.int64)
        assert list(events.some(found)) == [events.event(position) for position in wanted]
        assert list(events.time_texts(found)) == [events.event(position).at or "" for position in wanted]


TEXTS = st.text(st.sampled_from('a,"\n\r; \u00fc'), max_size=4)


@given(rows=st.lists(st.tuples(TEXTS, TEXTS), max_size=8), alone=st.booleans())
def test_csv_of_columns_is_the_csv_of_their_rows(rows: list[tuple[str, str]], alone: bool) -> None:
    width = 1 if alone else 2
    with pytest.MonkeyPatch.context() as patch:
        printed = io.StringIO()
        patch.setattr("sys.stdout", printed)
        print_csv_columns(
            ["x", "y, z"][:width], [[list(column) for column in zip(*rows, strict=True)][:width]]
        )
    wanted = io.StringIO()
    csv.writer(wanted, lineterminator="\n").writerows([["x", "y, z"][:width], *(row[:width] for row in rows)])
    assert printed.getvalue() == wanted.getvalue()


@pytest.mark.parametrize("form", ["csv", "json"])
def test_very_many_entities_are_printed_as_few_are(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ['a "quoted"', "with, comma", "two\nlines", "\ud800 \u00fc", "100%s", "", *map(str, range(40))]
    records: list[dict[str, object]] = [
        {"type": kind, "data": {"accountId": name, "owner": f"{at % 5},\u00fc", "amount": Decimal(at) / 8}}
        for at, name in enumerate(names)
        for kind in ("AccountOpened", "MoneyDeposited")[: 1 + at % 2]
    ]
    log = tmp_path / "log.jsonl"
    log.write_text("\n".join(map(dumps_line, records)), encoding="utf-8")
    told = []
    for many in (1, 1_000):
        monkeypatch.setattr(state_texts, "MANY", many)
        monkeypatch.setattr(text_names, "MANY", many)
        assert main(["state", str(log), "--format", form, "--no-cache"]) == 0
        told.append(capsys.readouterr().out)
    assert told[0] == told[1]
    assert "5.125" in told[0]


def dumps_line(record: dict[str, object]) -> str:
    """One line of JSON."""
    return dumps(record, indent=0)


def test_a_sum_too_wide_for_a_column_is_told_with_all_its_digits(tmp_path: Path) -> None:
    deposit = {"type": "MoneyDeposited", "data": {"accountId": "a", "amount": Decimal("9" * 30 + ".5")}}
    collected, _ = build(tmp_path, [deposit, deposit])
    state = collected.history().state(3)
    assert StateTexts(state, cell).column(state.field("balance"), state.codes) == ["1" + "9" * 30 + ".0"]
