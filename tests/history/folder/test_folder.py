"""Does a history folder answer as the history in memory of which it was made, value for value?"""

import contextlib
import json
import re
import shlex
import sys
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("pyarrow", reason="history folders need pyarrow")

from explorer.cli.commands.generate import account_log
from explorer.cli.main import main
from explorer.eventlog.errors import LogError
from explorer.history.folder import folder_names, lines
from explorer.history.folder import opened as opened_folder
from explorer.history.folder.layout import arrow
from explorer.history.folder.opened import FolderCollected
from explorer.history.state import sorted_codes
from explorer.resources import resource
from explorer.session.document import Document
from explorer.session.files.folders import write_history_folder
from tests.small_logs import event, opened


@pytest.fixture
def opening():
    """Opens documents that are closed when the test is done."""
    with contextlib.ExitStack() as kept:
        yield lambda document: kept.enter_context(contextlib.closing(document))


SMALL = 37  # rows of a row group: every answer is put together from several


def made(document: Document, folder: Path, rows: int = SMALL) -> Document:
    """A document of the folder that is made of another."""
    return Document.open(str(write_history_folder(document, folder, replace=True, group_rows=rows)))


def same_answers(one: Document, other: Document, positions: list[int] | None = None) -> None:
    """What can be asked of a history comes to the same."""
    count = one.event_count
    assert other.event_count == count
    assert other.warnings == one.warnings
    for position in positions or sorted({0, 1, count // 3, count // 2, max(count - 1, 0), count}):
        mine, theirs = one.history.state(position), other.history.state(position)
        assert list(theirs.items()) == list(mine.items()), position
        assert other.totals_text(position) == one.totals_text(position)
        assert other.moment_text(position) == one.moment_text(position)
        assert (
            other.history.log_position(max(position, 1)) == one.history.log_position(max(position, 1))
            or not count
        )
        if position:
            assert other.history.changes_by(position) == one.history.changes_by(position)
            assert other.history.entities_of(position) == one.history.entities_of(position)
    shown = [field.name for field in one.history.fields if not field.hidden]
    assert [field.name for field in other.history.fields if not field.hidden] == shown
    for entity in list(one.history.entities)[:25]:
        assert np.array_equal(other.history.positions_of(entity), one.history.positions_of(entity))
        for name in shown:
            assert list(other.history.changes_of(entity, name)) == list(one.history.changes_of(entity, name))


def account_document(folder: Path, events: int, accounts: int) -> Document:
    path = folder / "accounts.jsonl"
    path.write_text("".join(account_log(events, accounts, 3)))
    return Document.open(str(path))


def as_of_very_many(patched: pytest.MonkeyPatch) -> None:
    """Have folders opened, from now on, as if their entities were very many."""
    patched.setattr(lines, "MANY_SLOTS", 0)
    patched.setattr(folder_names, "MOST_AT_HAND", 0)
    patched.setattr(opened_folder, "_SPREAD_GROUPS", 1)


@pytest.mark.parametrize("many", [False, True])
@pytest.mark.parametrize("rows", [SMALL, 131_072])
def test_a_folder_of_accounts_answers_as_the_log_does(tmp_path, rows, many, opening, monkeypatch):
    document = opening(account_document(tmp_path, 3_000, 120))
    if many:
        as_of_very_many(monkeypatch)
    folder = opening(made(document, tmp_path / "folder", rows))
    assert isinstance(folder.collected, FolderCollected)
    same_answers(document, folder)


def test_a_folder_opens_without_its_log(tmp_path, opening):
    document = opening(account_document(tmp_path, 500, 20))
    write_history_folder(document, tmp_path / "folder")
    (tmp_path / "accounts.jsonl").unlink()
    (tmp_path / "elsewhere").mkdir()
    moved = (tmp_path / "folder").rename(tmp_path / "elsewhere" / "folder")
    folder = opening(Document.open(str(moved)))
    same_answers(document, folder)
    assert folder.event(7).type == document.event(7).type
    with pytest.raises(LogError, match=r"the log accounts\.jsonl, .* is not where it was"):
        folder.events.raw(7)


AMOUNTS = ["1", "0.10", "-2.5", "1234567890123456789012345.01", "9" * 60, "0", "12.345678901234567890"]
EVENTS = st.lists(
    st.fixed_dictionaries(
        {
            "type": st.sampled_from(["Paid", "Renamed", "Seen"]),
            "account": st.sampled_from([f"acc-{n}" for n in range(9)] + ["\ud800", "a/b"]),
            "amount": st.sampled_from(AMOUNTS),
            "name": st.sampled_from(["Ada", "Grace", None, "\u202ex", {"a": [1, 2.50]}]),
            "currency": st.sampled_from([None, "EUR", "USD"]),
            "day": st.integers(1, 28) | st.none(),
        }
    ),
    min_size=1,
    max_size=120,
)
QUERY = (
    "SELECT data.accountId AS account, sum(data.amount) AS balance, count(*) AS events, last(data.name) AS name, "
    "max(data.amount) AS most, avg(data.amount) AS mean FROM events GROUP BY account"
)


def moment(day: int | None) -> str | None:
    return None if day is None else f"2026-01-{day:02}T10:00:00Z"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=EVENTS, rows=st.sampled_from([1, 2, 7, 50]), query=st.booleans(), many=st.booleans())
def test_any_log_comes_to_the_same_in_a_folder(tmp_path_factory, told, rows, query, many):
    from explorer.projection.model import Recipe
    from explorer.session.options import OpenOptions

    tmp_path = tmp_path_factory.mktemp("made")
    lines = [
        f'{{"type": {json.dumps(each["type"])}, "at": {json.dumps(moment(each["day"]))}, "data": '
        f'{{"accountId": {json.dumps(each["account"])}, "amount": {each["amount"]}, '
        f'"name": {json.dumps(each["name"])}, "currency": {json.dumps(each["currency"])}}}}}'
        for each in told
    ]
    options = OpenOptions(projection=Recipe("own.sql", "sql", QUERY)) if query else OpenOptions()
    with contextlib.ExitStack() as kept, pytest.MonkeyPatch.context() as patched:
        if many:
            as_of_very_many(patched)
        document = kept.enter_context(contextlib.closing(opened(tmp_path, *lines, options=options)))
        folder = kept.enter_context(contextlib.closing(made(document, tmp_path / "folder", rows)))
        every = list(range(0, document.event_count + 1, 5))
        same_answers(document, folder, every)
        document.set_order("time")
        folder.set_order("time")
        same_answers(document, folder, every)


def test_a_folder_is_of_one_read_model(tmp_path, opening):
    document = opening(opened(tmp_path, event(1, "MoneyDeposited", "acc-1", amount=5)))
    write_history_folder(document, tmp_path / "folder")
    from explorer.projection.model import Recipe
    from explorer.session.options import OpenOptions

    with pytest.raises(LogError, match="made for the read model accounts"):
        Document.open(str(tmp_path / "folder"), OpenOptions(projection=Recipe("latest")))


def test_the_query_of_the_guide_reads_a_folder_in_duckdb(tmp_path, opening):
    duckdb = pytest.importorskip("duckdb")
    guide = resource("guide", "billion-events.md").read_text(encoding="utf-8")
    (query,) = re.findall(r"```sql\n(.*?)```", guide, re.DOTALL)
    document = opening(account_document(tmp_path, 600, 30))
    folder = write_history_folder(document, tmp_path / "folder", group_rows=SMALL)
    found = duckdb.sql(query.replace("FOLDER", str(folder))).fetchall()
    state = document.history.state(300)
    balance = state.field("balance")
    codes = sorted_codes(state, balance, descending=True)[:5]
    wanted = [(state.entity(int(code)), float(state.value(int(code), balance))) for code in codes]
    assert [(name, float(value)) for name, value in found] == wanted
    for path in ("by-position/events", "by-entity/field-01", "keyframes/field-01"):
        rows = duckdb.sql(f"DESCRIBE SELECT * FROM '{folder}/{path}/*.parquet'").fetchall()
        line = next(each for each in guide.split("\n") if path.replace("-01", "-NN") in each)
        told = set(re.findall(r"`(\w+)`", line.rpartition("|")[0].rpartition("|")[2]))
        assert told <= {row[0] for row in rows}


def test_the_commands_of_the_guide_are_commands(tmp_path, opening, capsys, monkeypatch):
    guide = resource("guide", "billion-events.md").read_text(encoding="utf-8")
    block, *_ = re.findall(r"```console\n(.*?)```", guide, re.DOTALL)
    opening(account_document(tmp_path, 200, 10))
    monkeypatch.chdir(tmp_path)
    lines = [shlex.split(line)[1:] for line in block.strip().split("\n")]
    for words in (lines[0], lines[2]):
        assert main(words) == 0
    out = capsys.readouterr().out
    assert "accounts-history: 200 events" in out
    assert "State at" in out


def test_without_pyarrow_the_line_that_installs_it_is_told(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(LogError, match=r'pip install "history-explorer\[parquet\]"'):
        arrow()


def test_totals_at_the_end_of_each_segment_stand_in_the_folder(tmp_path, opening):
    import pyarrow.parquet as pq

    coins = ("EUR", "USD")
    lines = [
        event(1, "MoneyDeposited", f"acc-{at % 7}", amount=f"{10 ** (at % 23)}.5", currency=coins[at % 2])
        for at in range(400)
    ]
    document = opening(opened(tmp_path, *lines))
    folder = opening(made(document, tmp_path / "folder"))
    assert isinstance(folder.collected, FolderCollected)
    about = folder.collected.manifest.orders["log"].fields
    number = next(at for at, each in enumerate(about) if each.field.name == "balance")
    assert about[number].wide
    keys = document.history.field_histories["balance"].keys
    rows = pq.read_table(tmp_path / "folder" / f"totals/field-{number:02}").to_pylist()
    assert {row["segment"] for row in rows} == set(range(-(-about[number].changes // SMALL)))
    for row in rows:
        whole = row["wide"] if row["digits"] is None else row["digits"]
        total = Decimal(row["units"] if whole is None else whole).scaleb(-row["decimals"])
        totals = document.history.totals(row["position"])["balance"]
        assert totals[keys[row["key"]] if row["key"] is not None else None] == total
    for position in range(401):
        assert folder.history.totals(position) == document.history.totals(position), position


def test_totals_that_are_wider_than_any_sum_are_those_of_the_log(tmp_path: Path, opening) -> None:
    lines = [event(1, "MoneyDeposited", f"acc-{at % 30}", amount=9 * 10**17) for at in range(90)]
    document = opening(opened(tmp_path, *lines))
    folder = opening(made(document, tmp_path / "folder"))
    for position in range(1, 91):
        assert folder.history.totals(position)["balance"] == {None: 9 * 10**17 * position}
