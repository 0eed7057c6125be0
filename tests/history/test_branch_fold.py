"""Is an entity of a branch, made of operands alone, what the edited log says when it is read anew?"""

import itertools
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.eventlog.event import FieldMap
from explorer.eventlog.log import open_log
from explorer.history.collect import collect
from explorer.history.edits import Edit
from explorer.history.what_if import Branch
from explorer.projection.choose import choose
from explorer.projection.model import Recipe
from explorer.session.exact_json import dumps
from tests.history.test_history import ACCOUNTS_MODEL, SQL, account_records

MODELS = [ACCOUNTS_MODEL, Recipe("latest"), *SQL]
HEAD = {"type": "AccountOpened", "data": {"accountId": "a", "owner": "Ada"}, "at": "2026-01-10T00:00:00Z"}
FIELDS = FieldMap(type="type", time="at", entity="data.accountId", data="data")
TIMED = account_records().filter(lambda record: "at" in record)


def told(row: dict[str, object]) -> dict[str, str]:
    """What is there, digit for digit, by whichever order of keys."""
    return {
        name: dumps(dict(sorted(value.items())) if isinstance(value, dict) else value)
        for name, value in row.items()
        if value is not None
    }


@pytest.mark.parametrize("order", ["log", "time", "reversed"])
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
@settings(max_examples=20)
@given(records=st.lists(TIMED, min_size=1, max_size=15), data=st.data())
def test_a_branch_says_what_the_edited_log_says(
    model: Recipe,
    order: str,
    records: list[dict[str, object]],
    data: st.DataObject,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    edits: list[Edit] = []
    other: list[dict[str, object]] = [HEAD]
    for position, record in enumerate(records, 2):
        what = data.draw(st.sampled_from(["", "", "skip", "edit", "insert"]))
        if what in {"edit", "insert"}:
            new = data.draw(TIMED)
            edits.append(Edit(what, position, dumps(new)))  # type: ignore[arg-type]
            other.append(new)
        if what == "skip":
            edits.append(Edit("skip", position))
        elif what != "edit":
            other.append(record)
    folder = tmp_path_factory.mktemp("logs")
    for name, each in (("log", [HEAD, *records]), ("other", other)):
        (folder / name).write_text(
            "".join(dumps(record, indent=-1) + "\n" for record in each), encoding="utf-8"
        )
    with open_log(folder / "log", FIELDS) as log, open_log(folder / "other", FIELDS) as edited:
        read, anew = (
            collect(each, lambda sample: choose(model, sample, log.fields)) for each in (log, edited)
        )
        if read.events.newest_first != anew.events.newest_first:
            return  # another order of what happened at one time
        branch, wanted = Branch(read.history(order), read.model, edits), anew.history(order)  # type: ignore[arg-type]
        assert len(branch) == len(wanted)
        for position in range(len(wanted) + 1):
            states = dict(branch.items(position)), dict(wanted.state(position).items())
            assert {name: told(row) for name, row in states[0].items()} == {
                name: told(row) for name, row in states[1].items()
            }


def test_a_sum_too_wide_for_a_column_loses_no_digit_in_a_branch(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = tmp_path_factory.mktemp("logs") / "log.jsonl"
    amounts = ["0.1", "9" * 30, "0.25", "900000000000000000", "900000000000000000.5"]
    line = '{"type":"MoneyDeposited","data":{"accountId":"a","amount":%s},"at":"2026-01-01T00:00:00Z"}\n'
    path.write_text("".join(line % amount for amount in amounts))
    with open_log(path) as log:
        read = collect(log, lambda sample: choose(ACCOUNTS_MODEL, sample, log.fields))
        branch = Branch(read.history(), read.model, [Edit("skip", 1)])
        rows = [branch.row("a", position) for position in range(1, len(branch) + 1)]
    sums = itertools.accumulate(map(Fraction, amounts[1:]))
    assert [Fraction(row["balance"]) for row in rows if row is not None] == list(sums)  # type: ignore[arg-type]
