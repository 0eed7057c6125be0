"""Does the writer append what it is given, in the log's own manner, or nothing at all?"""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.eventlog.encoding import Encoder, NotWritable
from explorer.eventlog.errors import CannotWrite, Conflict, LogError, TornTail
from explorer.eventlog.event import FieldMap
from explorer.eventlog.log import open_log
from explorer.eventlog.log_style import Draft, LogStyle
from explorer.eventlog.tail_repair import cut_torn_tail
from explorer.eventlog.writer import Known, Writer, count_events
from explorer.eventlog.written import write_file
from explorer.resources import is_shipped, resource

LINE = '{"type":"MoneyDeposited","data":{"accountId":"acc-1","amount":5},"at":"2026-01-01T10:00:00Z"}\n'
DEPOSIT = Draft("MoneyDeposited", {"accountId": "acc-1", "amount": 7}, "2026-01-02T10:00:00Z")


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A log of two events without seals."""
    path = tmp_path / "log.jsonl"
    path.write_text(LINE * 2)
    return path


def append(path: Path, *drafts: Draft, expected="any", **how):
    with Writer.open(path, **how) as writer:
        return writer.append(drafts, expected)


def last_line(path: Path) -> str:
    return path.read_text().splitlines()[-1]


def events_of(path: Path):
    with open_log(path) as log:
        return [event for batch in log.batches() for event in batch.events]


def test_an_event_is_written_as_one_line_in_the_manner_of_the_log(log: Path) -> None:
    saved = append(log, DEPOSIT)
    assert last_line(log) == (
        '{"type":"MoneyDeposited","data":{"accountId":"acc-1","amount":7},"at":"2026-01-02T10:00:00Z"}'
    )
    assert (saved.count, saved.offset, saved.length_bytes) == (1, 2 * len(LINE), len(LINE))
    assert log.read_text().startswith(LINE * 2)


@pytest.mark.parametrize(
    ("line", "appended"),
    [
        (
            '{"ts": 1767261600, "kind": "AccountOpened", "accountId": "a", "owner": "Ada"}',
            '{"ts": 1767348000, "kind": "MoneyDeposited", "accountId": "acc-1", "amount": 7}',
        ),
        (
            '{"seq":4,"eventType":"AccountOpened","occurredAt":"2026-01-01T10:00:00Z","payload":{"accountId":"a"}}',
            '{"seq":5,"eventType":"MoneyDeposited","occurredAt":"2026-01-02T10:00:00Z","payload":PAYLOAD}',
        ),
        (
            '{"type":"AccountOpened","timestamp":1767261600123,"data":"{\\"accountId\\": \\"a\\"}"}',
            '{"type":"MoneyDeposited","timestamp":1767348000000,"data":TEXT}',
        ),
    ],
)
def test_names_kind_of_time_and_spacing_are_those_of_the_log(
    tmp_path: Path, line: str, appended: str
) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(line + "\n")
    append(path, DEPOSIT, fields=FieldMap(sequence="seq") if '"seq"' in line else None)
    payload = '{"accountId":"acc-1","amount":7}'
    assert last_line(path) == appended.replace("PAYLOAD", payload).replace("TEXT", json.dumps(payload))
    first, second = events_of(path)
    assert second.type == "MoneyDeposited"
    assert second.data["amount"] == 7
    assert second.at_ns == first.at_ns // 10**9 * 10**9 + 86_400 * 10**9


def test_a_new_log_is_begun_only_when_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "new.jsonl"
    with pytest.raises(CannotWrite, match=r"new\.jsonl: there is no such file"):
        Writer.open(path)
    assert not path.exists()
    assert append(path, DEPOSIT, create=True, expected="no_stream").position == 1
    assert [event.type for event in events_of(path)] == ["MoneyDeposited"]


@pytest.mark.parametrize(
    "amount", ["1.10", "0.1", "123456789012345678901234567890.01", "-0", "1E+2", "20.00"]
)
def test_amounts_are_written_digit_for_digit(log: Path, amount: str) -> None:
    append(log, Draft("MoneyDeposited", {"accountId": "a", "amount": Decimal(amount)}))
    written = json.loads(last_line(log), parse_float=Decimal, parse_int=Decimal)["data"]["amount"]
    assert str(written) == amount


@pytest.mark.parametrize("text", ["a\nb", 'q"\\', "\u2028\x00\x7f", "ä€😀", "lone \ud800", "", "\u202e"])
def test_texts_come_back_as_they_were_given(log: Path, text: str) -> None:
    append(log, Draft("Noted", {"accountId": "a", text or "note": text}))
    assert events_of(log)[-1].data[text or "note"] == text
    assert len(events_of(log)) == 3


VALUES = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.text(), st.decimals(),
        st.sampled_from([0.5, 2.0, float("nan"), b"x", 10**4200, Decimal("1E+9999"), "lone \ud800"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.tuples(inner),
        st.dictionaries(st.one_of(st.text(max_size=3), st.integers(0, 2), st.sampled_from("12")), inner, max_size=3),
    ),
    max_leaves=8,
)  # fmt: skip


@given(st.dictionaries(st.text(max_size=3), VALUES, max_size=4))
def test_the_fast_way_of_writing_a_record_writes_what_the_slow_one_does_or_refuses_as_it_does(record) -> None:
    def outcome(line) -> bytes | str:
        try:
            return line(record)
        except NotWritable as why:
            return str(why)

    encoder = Encoder(spaced=False)
    assert outcome(encoder.line) == outcome(encoder._checked)


def test_now_is_the_time_when_none_is_given(log: Path) -> None:
    append(log, Draft("MoneyDeposited", {"accountId": "a", "amount": 1}))
    assert events_of(log)[-1].at_ns > 1_700_000_000 * 10**9


def test_another_number_of_events_than_expected_is_a_conflict_and_nothing_is_written(log: Path) -> None:
    before = log.read_bytes()
    with pytest.raises(
        Conflict, match="expected position 1, but the log is at 2; nothing was written"
    ) as conflict:
        append(log, DEPOSIT, expected=1)
    assert (conflict.value.expected, conflict.value.actual) == (1, 2)
    with pytest.raises(Conflict):
        append(log, DEPOSIT, expected="no_stream")
    assert log.read_bytes() == before
    assert append(log, DEPOSIT, expected=2).position == 3


def test_what_another_writer_appended_counts(log: Path) -> None:
    with Writer.open(log) as one, Writer.open(log) as other:
        assert one.append([DEPOSIT], 2).position == 3
        assert other.append([DEPOSIT, DEPOSIT], 3).position == 4
        with pytest.raises(Conflict, match="expected position 3, but the log is at 5"):
            one.append([DEPOSIT], 3)
        assert one.append([DEPOSIT], 5).position == 6


def test_a_reader_that_knows_the_beginning_saves_reading_it_again(log: Path) -> None:
    assert append(log, DEPOSIT, expected=101, known=Known(len(LINE), 100)).position == 102


@given(
    st.lists(
        st.sampled_from(
            [
                b'{"type":"A"}',
                b"{",
                b"",
                b"\r",
                b'{"a":1}\r{"b":2}',
                b"\x1e{}",
                b"7",
                b'{"a":1}\r',
                b"  ",
                b'{"a":1,"a":2}',
            ]
        )
    )
)
def test_events_are_counted_as_the_readers_count_them(tmp_path_factory, lines) -> None:
    path = tmp_path_factory.mktemp("count") / "log.jsonl"
    raw = b'{"type":"First"}\n{"type":"Second"}\n' + b"".join(line + b"\n" for line in lines)
    path.write_bytes(raw)
    assert count_events(lambda offset, size: raw[offset : offset + size], 0, len(raw)) == len(events_of(path))


@pytest.mark.parametrize(
    ("tail", "why"),
    [
        (b'{"type":"MoneyDep', "incomplete last line"),
        (b"\0" * 500, "an unwritten block of 500 NUL bytes"),
        (b"\0" * 500 + b"\n", "an unwritten block of 500 NUL bytes"),
        (b'{"type":"A","_seal":{"crc":"00000000"}}\n', "its checksum is wrong"),
        (b'{"type":"A"\n', "expected a comma or a closing brace"),
    ],
)
def test_behind_a_torn_end_nothing_is_appended_until_a_person_has_it_taken_off(
    log: Path, tail: bytes, why: str
) -> None:
    log.write_bytes(LINE.encode() * 2 + tail)
    with Writer.open(log) as writer:
        with pytest.raises(TornTail, match=why) as torn:
            writer.append([DEPOSIT])
        assert (torn.value.offset, torn.value.length_bytes) == (2 * len(LINE), len(tail))
        assert tail.startswith(torn.value.raw)
        assert log.read_bytes() == LINE.encode() * 2 + tail
        mended = cut_torn_tail(log)
        assert mended is not None
        assert Path(mended.saved_to).read_bytes() == tail
        assert Path(mended.saved_to).name.startswith("log.jsonl.torn-")
        assert log.read_bytes() == LINE.encode() * 2
        assert writer.append([DEPOSIT], 2).position == 3
    assert cut_torn_tail(log) is None


def test_a_whole_last_record_without_a_newline_gets_one(log: Path) -> None:
    log.write_text(LINE + LINE.rstrip())
    assert append(log, DEPOSIT, expected=2).position == 3
    assert log.read_text().startswith(LINE * 2)
    assert len(events_of(log)) == 3


def test_a_mark_before_the_first_record_is_no_part_of_it(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + LINE.encode())
    assert append(path, DEPOSIT, expected=1, seals="chain").position == 2
    assert [event.position for event in events_of(path)] == [1, 2]


def test_a_batch_is_marked_and_its_records_say_where_it_began(log: Path) -> None:
    append(log, DEPOSIT, DEPOSIT, DEPOSIT)
    marks = [json.loads(line)["_seal"]["batch"] for line in log.read_text().splitlines()[2:]]
    sizes = [len(line) + 1 for line in log.read_text().splitlines()[2:]]
    assert marks == ["1/3@0", f"2/3@{sizes[0]}", f"3/3@{sizes[0] + sizes[1]}"]


@pytest.mark.parametrize(
    ("draft", "why"),
    [
        (Draft(""), "an event needs a type"),
        (Draft("A", {}, "yesterday-ish"), "the time “yesterday-ish” is not a time that can be read"),
        (Draft("A", {"x": Decimal("NaN")}), "NaN is not a number that JSON has"),
        (Draft("A", {"x": 0.1}), "a float cannot be written digit for digit"),
        (Draft("A", {"x": 10**5000}), "more than 4,000 digits"),
        (Draft("A", {"x": "y" * (17 << 20)}), "the limit is 16 MiB"),
    ],
)
def test_what_could_not_be_read_again_is_not_written(log: Path, draft: Draft, why: str) -> None:
    before = log.read_bytes()
    with pytest.raises(CannotWrite, match=why):
        append(log, DEPOSIT, draft)
    assert log.read_bytes() == before


def test_a_flat_log_keeps_its_own_names_for_itself(tmp_path: Path) -> None:
    path = tmp_path / "flat.jsonl"
    path.write_text('{"type":"A","at":"2026-01-01","amount":1}\n')
    with pytest.raises(CannotWrite, match="may not have a member “type”"):
        append(path, Draft("B", {"type": "C"}))


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        (
            "log.csv",
            "type,amount\nA,1\nB,2\n",
            "can only be appended to JSON Lines in UTF-8, and this is CSV",
        ),
        ("log.json", '[{"type":"A"}]', "and this is JSON array"),
        ("text.txt", "hello\nworld\n", "this is not an event log"),
    ],
)
def test_logs_of_other_kinds_are_refused_in_a_sentence(
    tmp_path: Path, name: str, content: str, why: str
) -> None:
    path = tmp_path / name
    path.write_text(content)
    with pytest.raises(CannotWrite, match=why):
        Writer.open(path)
    assert path.read_text() == content


def test_links_folders_and_pipes_are_refused(log: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.jsonl"
    link.symlink_to(log)
    with pytest.raises(CannotWrite, match="it is a link"):
        Writer.open(link)
    with pytest.raises(CannotWrite, match="is a directory"):
        Writer.open(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(CannotWrite, match="it is not a regular file"):
        Writer.open(tmp_path / "pipe")


def test_a_log_that_another_file_has_replaced_is_not_written_to(log: Path) -> None:
    with Writer.open(log) as writer:
        log.rename(log.with_suffix(".old"))
        log.write_text(LINE)
        with pytest.raises(CannotWrite, match="another file has taken its place"):
            writer.append([DEPOSIT])
        assert log.read_text() == LINE


@pytest.mark.parametrize(
    "content", [b"all that I have", b"12345\n", b"12345 apples", b"1\n2\n3\n", b"x" * 100]
)
def test_a_file_that_only_has_the_name_of_a_lock_is_left_alone(log: Path, content: bytes) -> None:
    named = log.with_name(log.name + ".lock")
    named.write_bytes(content)
    before = log.read_bytes()
    with pytest.raises(CannotWrite, match=r"\.lock is there, and is no lock"):
        append(log, DEPOSIT)
    assert (log.read_bytes(), named.read_bytes()) == (before, content)


def test_who_holds_the_lock_is_named(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.eventlog.locking.PATIENCE_S", 0.05)
    hold = (
        "import sys\nfrom explorer.eventlog.locking import LogLock\nfrom explorer.eventlog.syscalls import SYSTEM\n"
        "with LogLock(sys.argv[1], SYSTEM).held():\n    print('held', flush=True)\n    sys.stdin.read()\n"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", hold, str(log)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with holder, Writer.open(log) as writer:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(CannotWrite, match=rf"another program \(process {holder.pid}\) is writing to it"):
            writer.append([DEPOSIT])
        assert log.read_text() == LINE * 2
        holder.communicate("")
        writer.append([DEPOSIT])


def test_the_bytes_that_were_there_stay_as_they_are(log: Path) -> None:
    with Writer.open(log, seals="chain") as writer:
        for count in (1, 3, 1, 2):
            size = log.stat().st_size
            before = hashlib.sha256(log.read_bytes()).digest()
            writer.append([DEPOSIT] * count)
            assert hashlib.sha256(log.read_bytes()[:size]).digest() == before


def test_an_entity_is_written_where_the_log_names_it(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    for line in (
        '{"type":"A","streamId":"s-1","data":{"x":1}}',
        '{"type":"A","data":{"streamId":"s-1","x":1}}',
    ):
        path.write_text(f"{line}\n" * 3)
        append(path, Draft("A", {"x": 2}, "2026-01-02", entity="s-2"))
        assert events_of(path)[-1].entity == "s-2"
        assert events_of(path)[-1].data["x"] == 2


def test_a_number_in_the_payload_that_is_called_alike_is_not_whose_an_event_is() -> None:
    style = LogStyle(
        FieldMap("type", "at", "account.id", "data"), {"account": {"id": "s-1"}, "data": {"id": 7}}
    )
    line = style.line(Draft("A", {"id": 8}, "2026-01-02", entity="s-2"))
    assert json.loads(line) == {"type": "A", "data": {"id": 8}, "account": {"id": "s-2"}, "at": "2026-01-02"}


def test_a_time_inside_the_payload_stays_the_one_that_is_given_there(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text('{"type":"A","data":{"timestamp":"2026-01-01","x":1}}\n' * 3)
    append(path, Draft("A", {"timestamp": "2026-02-03", "x": 2}))
    assert events_of(path)[-1].at == "2026-02-03"
    append(path, Draft("A", {"x": 2}, "2026-02-04"))
    assert events_of(path)[-1].at == "2026-02-04"


# --- what comes with the program -------------------------------------------------------------------


@pytest.fixture
def shipped() -> Iterator[Path]:
    """A sample; whatever a test does to it is taken back."""
    sample = resource("samples", "three-events.jsonl")
    before, beside = sample.read_bytes(), set(sample.parent.iterdir())
    yield sample
    changed = sample.read_bytes() != before
    if changed:
        sample.write_bytes(before)
    new = set(sample.parent.iterdir()) - beside
    for path in new:
        path.unlink()
    assert not changed
    assert not new


def by_another_name(sample: Path, folder: Path, how: str) -> Path:
    """A path that leads to a sample."""
    match how:
        case "as it is":
            return sample
        case "with dots":
            return sample.parent / ".." / "samples" / "." / sample.name
        case "through a linked folder":
            (folder / "linked").symlink_to(sample.parent.parent)
            return folder / "linked" / "samples" / sample.name
        case "a link":
            (folder / "link.jsonl").symlink_to(sample)
            return folder / "link.jsonl"
        case _:
            try:
                (folder / "hard.jsonl").hardlink_to(sample)
            except OSError:
                pytest.skip("the temporary folder lies on another drive: there can be no hard link")
            return folder / "hard.jsonl"


@pytest.mark.parametrize("how", ["as it is", "with dots", "through a linked folder", "a link", "a hard link"])
def test_what_comes_with_the_program_is_never_written_to_by_whatever_name(
    shipped: Path, tmp_path: Path, how: str
) -> None:
    path = by_another_name(shipped, tmp_path, how)
    for refused in (lambda: append(path, DEPOSIT), lambda: cut_torn_tail(path)):
        with pytest.raises(CannotWrite, match=r"it comes with the program and is never written to"):
            refused()
    with pytest.raises(LogError, match=r"this comes with the program"):
        write_file(path, [b"x"])


def test_no_new_log_begins_among_what_comes_with_the_program(shipped: Path) -> None:
    with pytest.raises(CannotWrite, match=r"it comes with the program"):
        append(shipped.with_name("new.jsonl"), DEPOSIT, create=True)
    with pytest.raises(LogError, match=r"this comes with the program"):
        write_file(shipped.with_name("new.csv"), [b"x"])


def test_a_copy_of_what_comes_with_the_program_is_a_log_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "three-events.jsonl"
    path.write_bytes(resource("samples", path.name).read_bytes())
    assert append(path, DEPOSIT).position == 4
    assert not is_shipped(path)
    assert not is_shipped(tmp_path / "not there" / "x.jsonl")
