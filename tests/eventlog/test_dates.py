"""Is the day that a date means found from all dates of its log, and said where none tells?"""

import itertools
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.cli.main import main
from explorer.eventlog import field_choice
from explorer.eventlog.dates import DateOrder, date_order, is_date, iso_date, time_reader
from explorer.eventlog.log import open_log
from explorer.eventlog.profiles.kept import as_read, keep
from explorer.eventlog.profiles.profile import load
from explorer.eventlog.read_as import ReadAs
from explorer.eventlog.timestamps import parse_time
from explorer.session.document import Document
from explorer.session.options import OpenOptions

DAY, MONTH = DateOrder(day_first=True), DateOrder(day_first=False)


@pytest.mark.parametrize(
    ("text", "order", "iso"),
    [
        ("31.12.2025", DAY, "2025-12-31"),
        ("1.2.2025", DAY, "2025-02-01"),
        ("1/2/2025", MONTH, "2025-01-02"),
        ("01/02/25", DAY, "2025-02-01"),
        ("01/02/99", DAY, "1999-02-01"),
        ("1/ 2'25", MONTH, "2025-01-02"),
        ("13/02/2025", MONTH, "2025-02-13"),
        ("02-03-2025", DAY, "2025-03-02"),
        ("2 Mar 2025", DAY, "2025-03-02"),
        ("2 3 2025", DAY, None),
        ("2-Mar-2025", MONTH, "2025-03-02"),
        ("2. März 2025", DAY, "2025-03-02"),
        ("02.03.2025 14:05", DAY, "2025-03-02T14:05:00"),
        ("02.03.2025, 14:05:06", DAY, "2025-03-02T14:05:06"),
        ("3/2/2025 2:05 PM", MONTH, "2025-03-02T14:05:00"),
        ("3/2/2025 12:05:06.25 AM", MONTH, "2025-03-02T00:05:06.25"),
        ("30.02.2025", DAY, None),
        ("1.2.3", DAY, None),
        ("192.168.0.1", DAY, None),
        ("1/2/2025 25:00", DAY, None),
        ("12.5", DAY, None),
        ("", DAY, None),
    ],
)
def test_a_date_is_the_day_that_its_order_makes_of_it(text: str, order: DateOrder, iso: str | None) -> None:
    assert iso_date(text, order) == iso


def days(first: str, count: int, step: int, style: str) -> list[str]:
    begin = date.fromisoformat(first)
    return [(begin + timedelta(step * at)).strftime(style) for at in range(count)]


@pytest.mark.parametrize("style", ["%d/%m/%Y", "%m/%d/%Y", "%d.%m.%y", "%m-%d-%Y"])
def test_one_day_beyond_the_twelfth_tells_for_all(style: str) -> None:
    texts = days("2025-01-01", 40, 1, style)
    order = date_order(texts)
    assert not order.guessed
    assert [iso_date(each, order) for each in texts] == days("2025-01-01", 40, 1, "%Y-%m-%d")


@pytest.mark.parametrize("style", ["%d/%m/%Y", "%m/%d/%Y"])
@pytest.mark.parametrize("step", [1, -1])
def test_where_none_does_the_order_in_which_they_stand_tells_and_that_is_said(style: str, step: int) -> None:
    texts = days("2025-03-06", 5, step, style)
    order = date_order(texts)
    assert order.guessed
    assert [iso_date(each, order) for each in texts] == days("2025-03-06", 5, step, "%Y-%m-%d")


def test_where_nothing_tells_points_mean_the_day_and_slashes_the_month() -> None:
    assert (date_order(["01.02.2025"]).text, date_order(["01/02/2025"]).text) == ("day", "month?")
    assert date_order(["02.02.2025", "what"]).text == "day"
    assert date_order(["13.02.2025", "02.13.2025"]).guessed


@given(
    st.dates(date(1970, 1, 1), date(2068, 12, 31)),
    st.sampled_from(list(itertools.product("./-", "yY", "dm"))),
)
def test_every_day_comes_back(day: date, spelt: tuple[str, str, str]) -> None:
    mark, year, first = spelt
    text = day.strftime(f"%d{mark}%m{mark}%{year}" if first == "d" else f"%m{mark}%d{mark}%{year}")
    assert is_date(text)
    assert time_reader("day" if first == "d" else "month")(text) == parse_time(day.isoformat())


LOG = "Datum;Konto;Betrag\n31.12.2024;a;5,00\n05.01.2025;a;-1,50\n12.01.2025 08:30;a;2\n"


def test_a_log_of_such_dates_can_be_asked_as_of_a_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bank.csv"
    path.write_text(LOG, "utf-8")
    document = Document.open(str(path), OpenOptions())
    try:
        assert document.events.log.fields.dates == "day"
        assert document.format_text == "CSV (semicolon), dates with the day first"
        assert [document.event(at).at for at in (1, 2, 3)] == ["31.12.2024", "05.01.2025", "12.01.2025 08:30"]
    finally:
        document.close()
    assert main(["state", str(path), "--at", "2025-01-05", "--format", "csv", "--no-cache"]) == 0
    assert "3.50" in capsys.readouterr().out


def test_one_that_decides_may_stand_beyond_every_block(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    row = "01/02/2025,a,1.00\n"
    path.write_text("date,account,amount\n" + row * 60_000 + "01/13/2025,a,-1.00\n", "utf-8")
    document = Document.open(str(path), OpenOptions())
    try:
        assert document.events.log.fields.dates == "month"
        assert document.warnings == []
    finally:
        document.close()


def test_one_that_nothing_decides_is_said(tmp_path: Path) -> None:
    path = tmp_path / "short.csv"
    path.write_text("date,account,amount\n01/02/2025,a,1.00\n03/02/2025,a,-1.00\n", "utf-8")
    document = Document.open(str(path), OpenOptions())
    try:
        (warning,) = document.warnings
        assert warning.kind == "date-order"
        assert "01/02/2025 is 2025-01-02" in warning.text
    finally:
        document.close()


def test_json_with_such_dates_reads_alike_one_by_one_and_all_at_once(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    rows = days("2025-01-01", 28, 1, "%d.%m.%Y") * 40
    path.write_text(
        "".join(
            f'{{"type":"Seen","at":"{at}","data":{{"userId":"u{n % 7}"}}}}\n' for n, at in enumerate(rows)
        )
    )
    document = Document.open(str(path), OpenOptions())
    try:
        events = document.events
        assert [document.event(at).at_ns for at in range(1, 1121)] == events.at_ns.tolist()
        assert events.at_ns[30] == parse_time("2025-01-03")
    finally:
        document.close()


@pytest.mark.parametrize(
    ("rows", "first"),
    [
        ("Date,Time,Account,Amount\n2026-01-02,09:15:00,a,5\n2026-01-02,09:05,a,-1\n", "2026-01-02T09:15:00"),
        ("Date;Time;Account;Amount\n31.12.2025;09:15;a;5,50\n01.01.2026;9:05;a;-1,00\n", "2025-12-31T09:15:00"),
        ("Date,Time,Account,Amount\n081109,203615,a,5\n081109,203807,a,-1\n", "2008-11-09T20:36:15"),
        ('LineId,Date,Time,Account\n1,2015-07-29,"17:41:44,747",a\n2,2015-07-29,"19:04:12,394",b\n',
         "2015-07-29T17:41:44.747"),
        ("Date,Time,Account,Amount\n12/31/2025,2:05 PM,a,5\n12/31/2025,2:07 PM,a,-1\n", "2025-12-31T14:05:00"),
    ],
)  # fmt: skip
def test_a_day_and_a_clock_in_two_columns_are_one_time(rows: str, first: str, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(rows)
    with open_log(path) as log:
        assert log.fields.time == "Date + Time"
        (batch,) = log.batches()
        assert batch.events[0].at_ns == parse_time(first)
        assert not batch.notices
        again = log.decode(batch.offsets[0], batch.lengths[0], 1)
        assert (again.at, again.at_ns) == (batch.events[0].at, batch.events[0].at_ns)


def test_a_column_of_clocks_beside_whole_times_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("Date,Time,Account\n2026-01-02T10:00:00,09:15,a\n2026-01-02T11:00:00,09:05,a\n")
    with open_log(path) as log:
        assert log.fields.time == "Date"


DOUBTFUL = {
    "short.csv": "date,account,amount\n01/02/2025,a,1.00\n03/02/2025,a,-1.00\n",
    "log.jsonl": '{"type":"MoneyDeposited","at":"01/02/2025","account":"a","amount":1}\n',
    "bank.qif": "!Type:Bank\nD01/02/2025\nT1\n^\nD03/02/2025\nT-1\n^\n",
}


@pytest.mark.parametrize("name", DOUBTFUL)
@pytest.mark.parametrize("way", ["--dates", "--profile", "kept"])
def test_what_nothing_decides_can_be_said_in_every_way_and_then_nothing_is_left_to_say(
    tmp_path: Path, name: str, way: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.write_text(DOUBTFUL[name], "utf-8")
    folder = tmp_path / "kept"
    for said, first in (("day", "2025-02-01"), ("month", "2025-01-02")):
        profile = tmp_path / "own.toml"
        profile.write_text(f'[fields]\ndates = "{said}"\n')
        options = OpenOptions(read_as=ReadAs(dates="day" if said == "day" else "month"))
        words = ["--dates", f"{said}-first"]
        if way != "--dates":
            options, words = OpenOptions(profile=load(profile)), ["--profile", str(profile)]
        document = Document.open(str(path), options)
        if way == "kept":
            keep(folder, document.log, as_read(document.log))
            document.close()
            document = Document.open(str(path), OpenOptions(profiles_dir=folder))
        assert document.history.moment_ns(1) == parse_time(first)
        assert "date-order" not in [each.kind for each in document.warnings]
        document.close()
        assert main(["events", str(path), *words, "--no-cache", "--strict"]) in {0, 1}
        assert "dates" not in capsys.readouterr().err.replace(str(path), "")


def test_what_was_only_taken_is_not_kept_for_others(tmp_path: Path) -> None:
    path = tmp_path / "short.csv"
    path.write_text(DOUBTFUL["short.csv"], "utf-8")
    with open_log(path) as log:
        assert log.fields.dates == "month?"
        assert as_read(log).fields.dates == ""


def test_the_command_line_says_how_it_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "short.csv"
    path.write_text(DOUBTFUL["short.csv"], "utf-8")
    main(["state", str(path), "--no-cache"])
    assert "--dates day-first or --dates month-first" in capsys.readouterr().out


def test_a_date_that_decides_far_behind_in_a_large_log_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(field_choice, "_DATED_BYTES", 1_000)
    path = tmp_path / "long.csv"
    rows = "01/02/2025,a,1.00\n" * 60_000
    path.write_text(f"date,account,amount\n{rows}13/02/2025,a,1.00\n", "utf-8")
    with open_log(path) as log:
        assert log.fields.dates == "day"
