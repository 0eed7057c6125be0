"""Are records that are no events by their profile left out, counted and said, wherever a log is read from?"""

import json
from decimal import Decimal
from pathlib import Path

from explorer.cli.main import main
from explorer.eventlog.log import open_log
from explorer.eventlog.profiles.no_events import no_event
from explorer.eventlog.profiles.profile import of_toml, to_toml
from explorer.session.document import Document
from explorer.session.options import OpenOptions

PROFILE = of_toml('[no_events]\nkind = "heartbeat|caught-up"\n', "p")


def lines(count: int, every: int, pad: str = "") -> str:
    found = []
    for at in range(count):
        if at % every == 1:
            found.append({"kind": "heartbeat", "pad": pad})
        data = {"accountId": f"a-{at % 3}", "amount": 1}
        found.append(
            {"type": "MoneyDeposited", "at": f"2026-01-01T00:00:{at % 60:02}Z", "data": data, "pad": pad}
        )
    return "".join(json.dumps(each) + "\n" for each in found)


def test_a_test_matches_the_whole_value_and_nothing_but_texts_and_numbers() -> None:
    test = no_event({"a.b": "x+", "n": "1"})
    assert test is not None
    assert [test(each) for each in ({"a": {"b": "xx"}}, {"a": {"b": "xxy"}}, {"n": 1}, {"n": [1]}, {})] == [
        True, False, True, False, False,
    ]  # fmt: skip
    assert no_event({}) is None


def test_they_are_left_out_and_said(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(lines(6, 3))
    document = Document.open(str(path), OpenOptions(profile=PROFILE))
    assert (document.event_count, document.unread_count) == (6, 0)
    assert [document.event(at).entity for at in range(1, 7)] == ["a-0", "a-1", "a-2"] * 2
    said = [each for each in document.warnings if each.kind == "no-event"]
    assert [(each.count, each.line) for each in said] == [(2, 2)]
    document.close()


def test_they_are_left_out_in_every_spelling(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(lines(6, 3).replace('"kind"', '"Kind"'))
    document = Document.open(str(path), OpenOptions(profile=PROFILE))
    assert document.event_count == 6
    document.close()


def test_a_log_of_many_blocks_has_the_same_events_wherever_it_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(lines(40_000, 7, "x" * 160))
    assert path.stat().st_size > 9 << 20
    document = Document.open(str(path), OpenOptions(profile=PROFILE))
    assert (document.event_count, document.unread_count) == (40_000, 0)
    state = dict(document.history.state(40_000).items())
    assert sum(Decimal(each["balance"]) for each in state.values()) == 40_000
    assert document.event(30_001).entity == "a-0"
    assert next(each.count for each in document.warnings if each.kind == "no-event") == 5_715
    document.close()


def test_an_array_and_a_table_leave_them_out_too(tmp_path: Path) -> None:
    path = tmp_path / "log.json"
    path.write_text(f"[{','.join(lines(6, 3).splitlines())}]")
    with open_log(path, profile=PROFILE) as log:
        events = [event for batch in log.batches() for event in batch.events]
    assert [event.position for event in events] == [1, 2, 3, 4, 5, 6]
    path.write_text("kind,at,account,amount\nAdded,2026-01-01,a,1\nheartbeat,,,\nAdded,2026-01-02,a,2\n")
    with open_log(path, profile=PROFILE) as log:
        events = [event for batch in log.batches() for event in batch.events]
    assert [event.position for event in events] == [1, 2]


def test_a_stream_of_eventsourcingdb_has_heartbeats(tmp_path: Path) -> None:
    one = {
        "specversion": "1.0",
        "source": "tag:x",
        "subject": "/accounts/k-1",
        "type": "io.x.money-deposited",
    }
    records = [{"type": "heartbeat", "payload": {}}]
    for at in range(3):
        payload = {**one, "id": str(at), "time": f"2026-01-01T00:00:0{at}Z", "data": {"amount": 2}}
        records.append({"type": "event", "payload": payload})
    path = tmp_path / "log.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in records))
    document = Document.open(str(path))
    assert document.event_count == 3
    assert next(iter(dict(document.history.state(3).items()).values()))["balance"] == 6
    document.close()


def test_a_profile_says_where_the_records_are(tmp_path: Path, capsys) -> None:
    path, profile = tmp_path / "log", tmp_path / "p.toml"
    answer = {
        "page": {"lists": [{"at": "2026-01-01", "x": 1}]},
        "deep": {"odd": [{"who": "a", "sum": 3}, {"who": "b"}]},
    }
    path.write_text(json.dumps(answer))
    profile.write_text('[written]\nrecords = "deep.odd"\n\n[fields]\nentity = "who"\n')
    assert main(["state", str(path), "--profile", str(profile), "--format", "json"]) == 0
    assert list(json.loads(capsys.readouterr().out)["state"]) == ["a", "b"]
    profile.write_text('[written]\nrecords = "deep.none"\n')
    assert main(["state", str(path), "--profile", str(profile)]) != 0
    assert "it has no list of records at deep.none; those that it has: " in capsys.readouterr().err


def test_a_profile_says_how_a_table_is_written(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    text = "Umsätze vom 1.1.\nan alle\nwer^wann^was^wie viel\na^2026-01-01^Einzahlung^1\na^2026-01-02^Einzahlung^2\n"
    path.write_bytes(text.encode("cp437"))
    said = '[written]\nencoding = "cp437"\ndelimiter = "^"\nheader = 3\n\n[fields]\nentity = "wer"\n'
    said += '\n[meanings]\nEinzahlung = "MoneyDeposited"\n'
    profile = of_toml(said, "p")
    assert of_toml(to_toml(profile), "p") == profile
    with open_log(path, profile=profile) as log:
        (batch, *_) = log.batches()
        assert [event.record["wie viel"] for event in batch.events] == ["1", "2"]
        assert [each.reason for each in batch.unread] == ["it stands before the names of the columns"] * 2
        assert log.read_as.encoding == "cp437"


def test_what_a_person_says_of_a_table_counts_more_than_its_profile(tmp_path: Path) -> None:
    from explorer.eventlog.read_as import ReadAs

    path = tmp_path / "log.csv"
    path.write_text("a;2026-01-01;1\nb;2026-01-02;2\n")
    profile = of_toml('columns = [["who", "when", "amount"]]\n', "p")
    with open_log(path, profile=profile) as log:
        assert list(log.columns) == ["who", "when", "amount"]
    with open_log(path, profile=profile, read_as=ReadAs(columns=("x", "y", "z"))) as log:
        assert list(log.columns) == ["x", "y", "z"]
