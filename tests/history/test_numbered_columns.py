"""Does `verify` find by columns what it finds in each event alone: counts, ids that repeat, seals?"""

import csv
import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.eventlog.event import FieldMap
from explorer.eventlog.integrity import Fault, Proof, check_seals
from explorer.eventlog.log import EventLog, open_log
from explorer.eventlog.log_style import Draft
from explorer.eventlog.writer import Writer
from explorer.history import numbered_columns, numbering, passes, verify
from explorer.history.collect import collect
from explorer.history.event_members import EventMembers, hashed
from explorer.history.events import Events
from explorer.history.passes import WholeEvents
from explorer.projection.choose import choose
from explorer.projection.model import AUTO
from explorer.session.reasons.causes import index_causes, names_of

NUMBERS = st.integers(0, 6) | st.sampled_from(
    [
        "3",
        "007",
        "4.0",
        5.0,
        True,
        None,
        "x",
        [1],
        {"a": 1},
        -2,
        "-2",
        9223372036854775807,
        "9223372036854775807",
        "é",
    ]
)
IDS = st.sampled_from(
    ["a", "b", "c", "", "é\n", "1", 1, 1.5, -0.0, None, {"_data_": "a"}, "\ud800", "x" * 2000]
)
RECORDS = st.fixed_dictionaries(
    {"type": st.just("A")},
    optional={
        "version": NUMBERS,
        "seq": NUMBERS,
        "id": IDS,
        "stream": IDS,
        "metadata": st.fixed_dictionaries({}, optional={"position": NUMBERS, "id": IDS}) | st.just("x"),
        "metadata.position": st.integers(0, 9),
        "data": st.fixed_dictionaries({"who": IDS}) | st.just('{"who":"b"}'),
        "data.who": IDS,
    },
)
FIELDS = st.sampled_from([
    FieldMap(type="type", id="id", entity="stream", sequence="seq"), FieldMap(type="type", id="metadata.id"),
    FieldMap(type="type", entity="data.who", sequence="metadata.position"), FieldMap(type="type", id="id | stream"),
])  # fmt: skip


def events_of(log: EventLog) -> Events:
    return collect(log, lambda sample: choose(AUTO, sample, log.fields)).events


def both(
    events: Events, faults: dict[int, Fault], *, surely: bool = True
) -> tuple[verify.Verdict, verify.Verdict]:
    """What is found by columns, and in each event alone."""
    by_columns, alone = verify.Verdict(Proof()), verify.Verdict(Proof())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passes, "SMALL_BYTES", 0)
        done = verify._by_columns(by_columns, dict(faults), events, None)
    assert done or not surely
    verify._one_by_one(alone, dict(faults), events.log, None)
    for each in (by_columns, alone):
        each.findings.sort(key=lambda finding: finding.byte)
    return (by_columns if done else alone), alone


@settings(max_examples=200)
@given(
    st.lists(RECORDS, min_size=1, max_size=14),
    FIELDS,
    st.randoms(),
    st.sampled_from(["lines", "array", "csv"]),
)
def test_what_is_odd_is_found_by_columns_as_in_each_event(
    tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, object]], fields: FieldMap,
    draw: random.Random, kind: str,
) -> None:  # fmt: skip
    path = tmp_path_factory.getbasetemp() / f"log{random.random()}"
    if kind == "csv":
        with path.open("w", newline="", encoding="utf-8", errors="replace") as file:
            rows = csv.writer(file)
            names = ["type", "version", "seq", "id", "stream"]
            rows.writerow(names)
            rows.writerows([["A", "0", "0", "z", "z"]] * 3)
            rows.writerows(
                [["" if (value := each.get(name)) is None else value for name in names] for each in records]
            )
        fields = FieldMap(type="type", id="id", entity="stream", sequence="seq")
    else:
        inner = {"data": {"who": "z"}, "metadata": {"position": 0, "id": "z"}}
        whole = {"type": "A", "id": "z", "stream": "z", "seq": 0, **inner}
        records = [whole, *records]
        lines = [json.dumps(each) for each in records]
        if draw.random() < 0.5:
            lines = [
                line if "\\ud800" in line else json.dumps(each, ensure_ascii=False)
                for line, each in zip(lines, records, strict=True)
            ]
        joined = "\n".join(lines) if kind == "lines" else "[" + ",\n".join(lines) + "]"
        path.write_text(joined + "\n", "utf-8")
    with open_log(path, fields) as log:
        path.unlink()
        events = events_of(log)
        some = events.offsets.tolist()[:: draw.randrange(1, 5)]
        faults = {offset: Fault(1, offset, "changed") for offset in [*some, 10**9]}
        found, exact = both(events, faults, surely=not any("metadata.position" in each for each in records))
        assert found.findings == exact.findings
        assert found.counts == exact.counts
        assert found.events == exact.events == len(records) + 3 * (kind == "csv")


def test_numbers_too_long_for_a_column_are_counted_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    numbers = [2**64, 2**64 + 1, 2**64 + 2, 2**64 + 4]
    path.write_text("".join(json.dumps({"type": "A", "sequence": each}) + "\n" for each in numbers))
    with open_log(path) as log:
        found, exact = both(events_of(log), {}, surely=False)
        assert [each.kind for each in exact.findings] == ["gap"]
        assert found.findings == exact.findings


def test_at_most_eight_members_are_looked_at_and_so_many_findings_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (numbering, numbered_columns):
        monkeypatch.setattr(module, "KEPT", 7)
    path = tmp_path / "log.jsonl"
    names = [
        "seq",
        "Seq",
        "seq_no",
        "seqNr",
        "position",
        "version",
        "revision",
        "ordinal",
        "playhead",
        "eventNr",
    ]
    with path.open("w") as file:
        for row in range(200):
            record = {
                "type": "A",
                "stream": f"s{row % 5}",
                **dict.fromkeys(names[: 2 + row], row // 5 + row // 40),
            }
            file.write(json.dumps(record) + "\n")
    for own in ("seq", "eventNr"):
        with open_log(path, FieldMap(type="type", entity="stream", sequence=own)) as log:
            found, exact = both(events_of(log), {}, surely=False)
            assert len(exact.findings) > 7
            assert found.findings == exact.findings


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log of many blocks, in which numbers are missing, ids repeat, and some events name their causes oddly."""
    path = tmp_path_factory.mktemp("large") / "log.jsonl"
    draw = random.Random(3)
    with path.open("w", encoding="utf-8") as file:
        for row in range(40_000):
            record: dict[str, object] = {
                "type": "Paid",
                "id": f"e{row - (row % 9_001 == 9_000)}",
                "seq": row + row // 9_999,
            }
            record |= {"accountId": f"a{row % 77}", "amount": row / 4, "note": "é" * draw.randrange(40)}
            record["metadata"] = {
                "correlationId": draw.choice(["c1", "c\n2", 3, None, "é", ""]),
                "causationId": draw.choice(
                    [f"e{draw.randrange(max(row, 1))}", None, {"_data_": "e1"}, "nobody"]
                ),
            }
            line = json.dumps(record, ensure_ascii=row % 2 == 0)
            file.write((line[:-9] if row % 5_000 == 7 else line) + "\n")
    assert path.stat().st_size > 4 * passes.SMALL_BYTES
    return path


def test_many_blocks_are_verified_and_their_causes_found_as_in_each_event(
    large: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_log(large) as log:
        events = events_of(log)
        told: list[int] = []
        verdict = verify.verify(log, lambda done, _total: told.append(done))
        assert told == sorted(told)
        assert verdict.counts["repeated-id"] == 4
        assert verdict.counts["gap"] >= 3
        fast = index_causes(events, names_of(events))
        monkeypatch.setattr(passes, "SMALL_BYTES", 1 << 40)
        plain, slow = verify.verify(log), index_causes(events, names_of(events))
        assert verdict.findings == plain.findings
        assert (fast.cause_rows() == slow.cause_rows()).all()
        for position in range(1, len(events), 997):
            assert fast.together_with(position).tolist() == slow.together_with(position).tolist()
            assert fast.effects_of(position).tolist() == slow.effects_of(position).tolist()


def test_a_text_has_one_number_wherever_it_was_read(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(
        "".join(json.dumps({"type": "A", "id": each}, ensure_ascii=False) + "\n" for each in ["é", "", 12])
    )
    with open_log(path) as log:
        members = EventMembers.of(log)
        assert members is not None
        texts = members.scanned(WholeEvents(events_of(log), 0, 3, compiled=True)).texts_by("id")
        assert texts.events.tolist() == [0, 1, 2]
        assert texts.hashes().tolist() == hashed(["é", "", "12"]).tolist()
        assert not texts.read.any()


BITS = [b'{"type":"A"}\n', b"\n", b"  \n", b'{"type":"B","note":"' + b"x" * 40 + b'"}  \n', b"no json\n"]


@given(st.lists(st.sampled_from(BITS), max_size=12), st.booleans(), st.integers(8, 90))
def test_the_head_of_a_log_is_the_same_however_many_lines_are_hashed_at_once(
    tmp_path_factory: pytest.TempPathFactory, bits: list[bytes], sealed: bool, block: int
) -> None:  # fmt: skip
    path = tmp_path_factory.getbasetemp() / f"sealed{random.random()}.jsonl"
    path.write_bytes(b'{"type":"A","at":"2026-01-01"}\n' + b"".join(bits))
    if sealed and not b"".join(bits).strip().endswith(b"json"):
        with Writer.open(path, seals="chain") as writer:
            writer.append([Draft("B", {"n": 1}, "2026-01-02")])
        if bits:
            raw = path.read_bytes()
            path.write_bytes(raw.replace(b'"A"', b'"C"', 1))
    with open_log(path) as log, pytest.MonkeyPatch.context() as patch:
        path.unlink()
        nobody = "0" * 64
        slow = check_seals(log, nobody)  # a head that is looked for is held against each line
        patch.setattr("explorer.eventlog.integrity._BLOCK_BYTES", block)
        fast = check_seals(log)
        assert (fast.head, fast.faults, fast.sealed, fast.chained) == (
            slow.head, slow.faults, slow.sealed, slow.chained,
        )  # fmt: skip
