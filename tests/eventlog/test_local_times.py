"""Are times that tell no zone those of the clocks in the zone that is named, and is it said which are in doubt?"""

import json
from pathlib import Path

import pytest

from explorer.eventlog.dates import time_reader
from explorer.eventlog.errors import LogError
from explorer.eventlog.local_times import in_zone, why_doubtful, with_zone_word, zone_of
from explorer.eventlog.log import open_log
from explorer.eventlog.profiles.profile import of_toml, to_toml
from explorer.eventlog.timestamps import EARLIEST_NS, parse_time
from explorer.session.document import Document
from explorer.session.options import OpenOptions

BERLIN = "Europe/Berlin"


@pytest.mark.parametrize(
    ("local", "instant"),
    [
        ("2026-01-15T12:00:00", "2026-01-15T11:00:00Z"),
        ("2026-07-15 12:00:00.123456789", "2026-07-15T10:00:00.123456789Z"),
        ("2026-07-15", "2026-07-14T22:00:00Z"),
        ("15.07.2026 12:00", "2026-07-15T10:00:00Z"),
        ("20260715120000", "2026-07-15T10:00:00Z"),
        ("2026-07-15T12:00:00Z", "2026-07-15T12:00:00Z"),
        ("2026-07-15T12:00:00+05:00", "2026-07-15T07:00:00Z"),
        ("2026-10-25T02:30:00", "2026-10-25T00:30:00Z"),  # there twice
        ("2026-03-29T02:30:00", "2026-03-29T01:30:00Z"),  # never there
        ("1752580800000", "2025-07-15T12:00:00Z"),
    ],
)
def test_a_time_without_a_zone_is_that_of_the_clocks_there(local: str, instant: str) -> None:
    assert time_reader("day", BERLIN)(local) == parse_time(instant)


def test_numbers_count_from_1970_wherever_clocks_stand() -> None:
    assert time_reader(None, BERLIN)(1_752_580_800) == parse_time("2025-07-15T12:00:00Z")
    assert time_reader(None)("2026-01-01") == parse_time("2026-01-01")
    assert in_zone(EARLIEST_NS, BERLIN) == EARLIEST_NS


def test_an_hour_that_is_there_twice_or_never_is_in_doubt() -> None:
    def doubt(local: str) -> str:
        found = parse_time(local)
        assert found is not None
        return why_doubtful(found, BERLIN) or ""

    assert "twice in Europe/Berlin" in doubt("2026-10-25T02:59:59")
    assert "never showed" in doubt("2026-03-29T02:00:00")
    assert doubt("2026-10-25T03:00:00") == doubt("2026-03-29T03:00:00") == doubt("2026-07-01") == ""
    with pytest.raises(ValueError, match="no time zone Europe/Nowhere"):
        zone_of("Europe/Nowhere")


def test_a_profile_names_the_zone_and_the_log_says_what_is_in_doubt(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    times = ["2026-03-29T01:59:59", "2026-03-29T02:30:00", "2026-10-25T02:30:00", "2026-10-25T12:00:00Z"]
    data = {"accountId": "a", "amount": 1}
    path.write_text(
        "".join(json.dumps({"type": "MoneyDeposited", "at": at, "data": data}) + "\n" for at in times)
    )
    profile = of_toml(f'[fields]\nzone = "{BERLIN}"\n', "p")
    assert of_toml(to_toml(profile), "p") == profile
    document = Document.open(str(path), OpenOptions(profile=profile))
    instants = [
        "2026-03-29T00:59:59Z",
        "2026-03-29T01:30:00Z",
        "2026-10-25T00:30:00Z",
        "2026-10-25T12:00:00Z",
    ]
    assert document.events.at_ns.tolist() == [parse_time(each) for each in instants]
    assert [(each.kind, each.count) for each in document.warnings if each.kind == "local-time"] == [
        ("local-time", 2)
    ]
    document.close()
    with pytest.raises(LogError, match="no time zone"):
        of_toml('[fields]\nzone = "Mars"\n', "p")


@pytest.mark.parametrize(
    ("text", "same"),
    [("2024-03-01 22:15:00 PST", "2024-03-02T06:15:00Z"), ("2024-07-01 10:00 Europe/Berlin", "2024-07-01T08:00:00Z"),
     ("2024-07-01 10:00:00 MESZ", "2024-07-01T08:00:00Z"), ("2024-07-01 10:00:00", "2024-07-01T10:00:00Z")],
)  # fmt: skip
def test_a_zone_may_stand_behind_a_clock(text: str, same: str) -> None:
    assert with_zone_word(parse_time)(text) == parse_time(same)


@pytest.mark.parametrize("text", ["2024-07-01 10:00:00 XYZ", "2024-07-01 10:00:00 Nowhere/Land", "soon PST"])
def test_a_zone_that_is_not_known_is_not_taken_for_another(text: str) -> None:
    assert with_zone_word(parse_time)(text) is None


def test_a_column_of_zones_goes_with_those_of_days_and_clocks(tmp_path: Path) -> None:
    path = tmp_path / "paypal.csv"
    path.write_text(
        "Date,Time,TimeZone,Amount\n03/01/2024,22:15:00,PST,5.00\n"
        "03/14/2024,11:00:00,PDT,-1.00\n03/15/2024,01:00:00,PDT,2.00\n"
    )
    with open_log(path) as log:
        assert log.fields.time == "Date + Time + TimeZone"
        times = [event.at_ns for batch in log.batches() for event in batch.events]
        same = ("2024-03-02T06:15Z", "2024-03-14T18:00Z", "2024-03-15T08:00Z")
        assert times == [parse_time(each) for each in same]
