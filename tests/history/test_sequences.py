"""Is a log read by the numbers that it gives its events as if it had been written in their order?"""

import csv
import io
import json
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explorer.cli.main import main
from explorer.eventlog.errors import LogError
from explorer.eventlog.event import Event
from explorer.eventlog.profiles.profile import Profile, Roles
from explorer.history.edits import Edit
from explorer.history.sequences import Sequences
from explorer.history.what_if import Branch
from explorer.projection.accounts import Accounts
from explorer.projection.fold import fold, without_hidden
from explorer.session.document import Document
from explorer.session.files.growth import read_on
from explorer.session.options import DEFAULTS, OpenOptions, Recipe
from explorer.session.warnings import LogWarning

BY_SEQUENCE = OpenOptions(
    projection=Recipe("accounts"), profile=Profile(order="by sequence", fields=Roles(sequence="seq"))
)
MODEL = Accounts()


def record(number: object, place: int, *, timed: bool = True) -> dict[str, object]:
    at = {"at": f"2026-01-{1 + place // 1440:02}T{place // 60 % 24:02}:{place % 60:02}:00Z"} if timed else {}
    kind = "AccountOpened" if place < 5 else ("MoneyDeposited", "MoneyWithdrawn")[place % 2]
    data = {"accountId": f"a{place % 5}", "amount": f"{place % 7 + 1}.25"}
    seq = {} if number is None else {"seq": number}
    return {**seq, "type": kind, **at, "data": data}


def shuffled(count: int, *, timed: bool = True) -> list[dict[str, object]]:
    found = [record(place * 3 + 1, place, timed=timed) for place in range(count)]
    random.Random(count).shuffle(found)
    return found


def by_number(records: list[dict[str, object]]) -> list[dict[str, object]]:
    """The plain definition of the order."""
    return sorted(records, key=lambda each: (each.get("seq") is None, int(str(each.get("seq", 0)))))


def states(records: list[dict[str, object]], position: int) -> dict[str, dict[str, object]]:
    events = [
        Event(n, str(each["type"]), None, each["data"], each.get("at"))  # type: ignore[arg-type]
        for n, each in enumerate(records[:position], 1)
    ]
    return {name: without_hidden(MODEL, row) for name, row in fold(MODEL, events).items()}


def lines(records: list[dict[str, object]]) -> str:
    return "".join(json.dumps(each) + "\n" for each in records)


def table(records: list[dict[str, object]]) -> str:
    text = io.StringIO()
    rows = [{**each, **each["data"]} for each in records]  # type: ignore[dict-item]
    writer = csv.DictWriter(text, ["seq", "type", "at", "accountId", "amount", "note"], extrasaction="ignore")
    writer.writeheader()
    writer.writerows({**row, "note": 'two\nlines, "quoted"'} for row in rows)
    return text.getvalue()


NUMBERS = st.one_of(st.none(), st.integers(0, 9), st.integers(2**63 - 2, 2**70), st.integers(0, 99).map(str))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(NUMBERS, min_size=1, max_size=12).filter(lambda found: any(each is not None for each in found))
)
def test_each_state_is_the_plain_fold_of_the_events_sorted_by_their_numbers(
    tmp_path: Path, numbers: list[object]
) -> None:
    records = [record(number, place) for place, number in enumerate(numbers)]
    path = tmp_path / "log.jsonl"
    path.write_text(lines(records))
    document = Document.open(str(path), BY_SEQUENCE)
    wanted = by_number(records)
    try:
        assert document.order == "sequence"
        for position in range(len(records) + 1):
            assert dict(document.history.state(position).items()) == states(wanted, position)
        assert [document.event(n).record for n in range(1, len(records) + 1)] == wanted
        for place in range(1, len(records) + 1):
            assert document.history.position_of(document.history.log_position(place)) == place
    finally:
        document.close()


@pytest.mark.parametrize("form", ["jsonl", "csv", "json"])
def test_a_log_larger_than_every_block_is_ordered_by_columns(tmp_path: Path, form: str) -> None:
    records = shuffled(40_000)
    text = {"jsonl": lines, "csv": table, "json": json.dumps}[form](records)
    path = tmp_path / f"log.{form}"
    path.write_text(text)
    assert len(text) > 2 << 20
    document = Document.open(str(path), BY_SEQUENCE)
    try:
        numbers = document.events.sequences.numbers[document.events.sequences.rows]
        assert np.array_equal(numbers, np.arange(40_000) * 3 + 1)
        wanted = by_number(records)
        for position in (0, 1, 12_345, 40_000):
            assert dict(document.history.state(position).items()) == states(wanted, position)
    finally:
        document.close()


def test_the_numbers_of_lines_and_tables_are_read_without_making_events(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in (("log.jsonl", lines(shuffled(50))), ("log.csv", table(shuffled(50)))):
        path = tmp_path / name
        path.write_text(text)
        document = Document.open(str(path), OpenOptions(profile=Profile(fields=Roles(sequence="seq"))))
        with monkeypatch.context() as patch:
            patch.setattr(document.log, "decode_raw", None)
            assert sorted(document.events.sequences.numbers.tolist()) == [3 * n + 1 for n in range(50)]
        document.close()


def kinds(document: Document) -> list[str]:
    return [each.kind for each in document.warnings]


def text_of(document: Document, kind: str) -> LogWarning:
    return next(each for each in document.warnings if each.kind == kind)


@pytest.mark.parametrize("timed", [True, False])
def test_that_a_log_does_not_stand_by_its_numbers_is_found_and_said(tmp_path: Path, *, timed: bool) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(lines(shuffled(3_000, timed=timed)))
    document = Document.open(str(path))
    assert document.order == "log"
    assert document.log.fields.sequence == "seq"
    assert "--order sequence" in text_of(document, "not-by-sequence").text
    document.set_order("sequence")
    assert "this answer goes by them" in text_of(document, "not-by-sequence").text
    assert "no-sequence" not in kinds(document)
    document.close()


def test_a_log_of_which_a_few_events_stand_elsewhere_is_found_by_those_that_came_late(tmp_path: Path) -> None:
    records = by_number(shuffled(20_000))
    records[7_001], records[7_002] = records[7_002], records[7_001]
    path = tmp_path / "log.jsonl"
    path.write_text(lines(records))
    document = Document.open(str(path))
    assert "not-by-sequence" in kinds(document)
    document.close()


def test_nothing_is_said_where_the_numbers_go_with_the_log_or_the_times_go_with_it(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    late = by_number(shuffled(500))
    late[100], late[101] = {**late[101], "seq": late[100]["seq"]}, {**late[100], "seq": late[101]["seq"]}
    other = by_number(shuffled(500))
    numbers = [each["seq"] for each in other]
    random.Random(1).shuffle(numbers)
    for records in (late, [{**each, "seq": number} for each, number in zip(other, numbers, strict=True)]):
        path.write_text(lines(records))
        document = Document.open(str(path))
        assert document.log.fields.sequence == "seq"
        assert "not-by-sequence" not in kinds(document)
        document.close()


def test_events_without_a_number_come_last_and_that_is_said(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    records = shuffled(30)
    del records[4]["seq"]
    path.write_text(lines(records))
    document = Document.open(str(path), BY_SEQUENCE)
    assert document.history.log_position(30) == 5
    warning = text_of(document, "no-sequence")
    assert (warning.count, warning.first) == (1, 30)
    document.close()


def test_a_log_without_numbers_is_refused_in_this_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(lines([record(None, place) for place in range(5)]))
    with pytest.raises(LogError, match="no numbers to go by"):
        Document.open(str(path), OpenOptions(profile=Profile(order="by sequence")))
    assert main(["state", str(path), "--order", "sequence", "--no-cache"]) == 2
    assert "no numbers to go by" in capsys.readouterr().err


def test_what_is_added_goes_to_its_place_and_only_it_is_read(tmp_path: Path) -> None:
    records = shuffled(300)
    path = tmp_path / "log.jsonl"
    path.write_text(lines(records))
    document = Document.open(str(path), BY_SEQUENCE)
    more = [record(1_000 + place, 300 + place) for place in range(4)] + [record(5, 2)]
    for each in more:  # first what comes last, then what comes early
        with path.open("a") as file:
            file.write(json.dumps(each) + "\n")
        records = [*records, each]
        grown = read_on(document, BY_SEQUENCE)
        assert grown is not None
        assert grown.events.earlier is not None
        assert len(grown.events.earlier) == len(records) - 1
        document.close()
        document = grown
        assert document.order == "sequence"
        for position in (0, 2, 150, len(records)):
            assert dict(document.history.state(position).items()) == states(by_number(records), position)
    document.close()


def test_a_kept_index_is_read_by_its_numbers_again(tmp_path: Path) -> None:
    records = shuffled(40_000)
    path = tmp_path / "log.jsonl"
    path.write_text(lines([{**each, "note": "x" * 100} for each in records]))  # a small log is read anew
    options = OpenOptions(
        BY_SEQUENCE.fields, BY_SEQUENCE.projection, cache_dir=tmp_path / "kept", profile=BY_SEQUENCE.profile
    )
    first = Document.open(str(path), options)
    first.keep(options)
    first.close()
    again = Document.open(str(path), options)
    assert again.order == "sequence"
    assert again.events.sequences is again.events.earlier  # none was read anew
    assert dict(again.history.state(777).items()) == states(by_number(records), 777)
    again.close()
    with path.open("a") as file:
        file.write(json.dumps(record(5, 2)) + "\n")
    grown = Document.open(str(path), options)
    assert grown.events.earlier is not None
    assert len(grown.events.earlier) == 40_000
    wanted = by_number([*records, record(5, 2)])
    assert dict(grown.history.state(777).items()) == states(wanted, 777)
    grown.close()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(range(6)), st.integers(1, 7), st.booleans())
def test_what_is_inserted_stands_where_it_was_put(
    tmp_path: Path,
    order: list[int],
    at: int,
    numbered: bool,
) -> None:
    records = [record(number * 2, number) for number in order]
    path = tmp_path / "log.jsonl"
    path.write_text(lines(records))
    document = Document.open(str(path), BY_SEQUENCE)
    try:
        history = document.history
        new = {
            "type": "MoneyDeposited",
            "at": "2026-01-01T00:00:00Z",
            "data": {"accountId": "a1", "amount": "100"},
        }
        if numbered:
            new["seq"] = 2 * at - 3  # before the event that stands at `at`
        branch = Branch(
            history, document.read_model, [Edit("insert", history.insertion_place(at), json.dumps(new))]
        )
        wanted = by_number(records)
        wanted.insert(at - 1, new)
        for position in range(len(wanted) + 1):
            assert dict(branch.items(position)) == states(wanted, position)
        for position in range(len(records) + 1):
            beside = branch.position_beside(position)
            assert beside == (len(wanted) if position == 6 else position + (position >= at))
    finally:
        document.close()


def test_an_event_whose_number_is_edited_moves(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(lines([record(number, number) for number in (3, 1, 2)]))
    document = Document.open(str(path), BY_SEQUENCE)
    edited = json.dumps({**record(0, 3), "metadata": {}})
    branch = Branch(document.history, document.read_model, [Edit("edit", 1, edited)])
    assert [branch.event(n).sequence for n in (1, 2, 3)] == [0, 1, 2]
    document.close()


@pytest.mark.parametrize("timed", [True, False])
def test_the_command_line_goes_by_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], *, timed: bool
) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(lines(shuffled(50, timed=timed)))
    words = ["state", str(path), "--no-cache", "--projection", "accounts", "--format", "json"]
    assert main([*words, "--order", "sequence", "--position", "7"]) in {0, 1}
    told = json.loads(capsys.readouterr().out)
    assert "not-by-sequence" in [each["kind"] for each in told["warnings"]]
    profile = tmp_path / "own.toml"
    profile.write_text('order = "by sequence"\n')
    assert main([*words, "--profile", str(profile), "--position", "7"]) in {0, 1}
    assert json.loads(capsys.readouterr().out) == told


def test_numbers_are_joined_whatever_their_size() -> None:
    both = Sequences.joined([Sequences.of([3, None]), Sequences.of([2**80, 1])])
    assert both.rows.tolist() == [3, 0, 2, 1]
    assert not both.ascending
    assert Sequences.joined([]).ascending
    assert DEFAULTS.profile is None
