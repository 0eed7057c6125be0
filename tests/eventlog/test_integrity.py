"""Does the chain find whatever was changed, and the head whatever was cut off?"""

import hashlib
import json
from pathlib import Path

import pytest

from explorer.eventlog.integrity import Proof, check_seals
from explorer.eventlog.log import open_log
from explorer.eventlog.log_style import Draft
from explorer.eventlog.seal import seal_of
from explorer.eventlog.writer import Writer
from explorer.history.verify import verify

PLAIN = '{"type":"A","data":{"x":0},"at":"2026-01-01"}\n'


@pytest.fixture
def chained(tmp_path: Path) -> Path:
    """A log with a chain of six records, three of them a batch."""
    path = tmp_path / "log.jsonl"
    with Writer.open(path, create=True, seals="chain") as writer:
        for count in (1, 3, 1, 1):
            writer.append([Draft("A", {"x": n}, "2026-01-01") for n in range(count)])
    return path


def proof_of(path: Path, head: str | None = None) -> Proof:
    with open_log(path) as log:
        return check_seals(log, head)


def test_a_chain_as_it_was_written_is_sound(chained: Path) -> None:
    proof = proof_of(chained)
    assert (proof.sealed, proof.chained, proof.faults) == (6, 6, [])
    assert proof.head == hashlib.sha256(chained.read_bytes().splitlines()[-1]).hexdigest()


def test_any_program_can_check_a_seal_by_what_the_guide_says(chained: Path) -> None:
    import zlib

    before = hashlib.sha256(b"").hexdigest()
    for line in chained.read_bytes().splitlines():
        seal = json.loads(line)["_seal"]
        assert seal["prev"] == before
        assert int(seal["crc"], 16) == zlib.crc32(line[: -len('12345678"}}')])
        before = hashlib.sha256(line).hexdigest()


@pytest.mark.parametrize("change", [1, 0x20, 0x80, 0xFF])
def test_one_changed_byte_anywhere_is_found_and_its_record_named(chained: Path, change: int) -> None:
    raw = chained.read_bytes()
    for place in range(len(raw)):
        changed = bytearray(raw)
        changed[place] ^= change
        chained.write_bytes(changed)
        line = raw[:place].count(b"\n") + 1
        with open_log(chained) as log:
            verdict = verify(log)
        named = [finding.line for finding in verdict.findings]
        assert named, f"byte {place} of line {line}"
        assert line in named, f"byte {place} of line {line}, but {verdict.findings[0]}"
        assert line <= min(named) + 3  # a batch goes as a whole


def test_a_head_finds_that_the_end_was_cut_off(chained: Path) -> None:
    head = proof_of(chained).head
    lines = chained.read_bytes().splitlines(keepends=True)
    assert proof_of(chained, head).found == 6
    chained.write_bytes(b"".join(lines[:-1]))
    cut = proof_of(chained, head)
    assert (cut.faults, cut.found) == ([], None)
    with open_log(chained) as log:
        assert verify(log, head=head).counts == {"cut": 1}


def test_a_log_that_was_only_added_to_still_has_its_old_heads(chained: Path) -> None:
    head = proof_of(chained).head
    with Writer.open(chained) as writer:
        writer.append([Draft("A", {"x": 1})])
    assert proof_of(chained, head).found == 6
    assert proof_of(chained).head != head


def test_records_that_are_taken_out_or_put_in_break_the_chain(chained: Path) -> None:
    lines = chained.read_bytes().splitlines(keepends=True)
    chained.write_bytes(b"".join(lines[:4] + lines[5:]))
    assert [fault.line for fault in proof_of(chained).faults] == [4]
    chained.write_bytes(b"".join([*lines[:4], PLAIN.encode(), *lines[4:]]))
    assert [fault.line for fault in proof_of(chained).faults] == [5, 5]
    chained.write_bytes(b"".join(lines[1:]))
    assert [fault.line for fault in proof_of(chained).faults] == [1]


def test_a_chain_may_begin_in_the_middle_and_covers_what_is_older(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(PLAIN * 3 + PLAIN.rstrip())
    with Writer.open(path, seals="chain") as writer:
        writer.append([Draft("A", {"x": 1})])
    with Writer.open(path) as writer:  # goes on by itself
        writer.append([Draft("A", {"x": 2})])
    proof = proof_of(path)
    assert (proof.sealed, proof.chained, proof.faults) == (2, 2, [])
    path.write_text(path.read_text().replace('"x":0', '"x":7', 1))
    assert [fault.line for fault in proof_of(path).faults] == [4]
    assert (
        "up to here the log is not the one behind which line 5 was written" in proof_of(path).faults[0].text
    )


def test_a_log_without_seals_has_a_head_too(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(PLAIN * 3)
    head = proof_of(path).head
    path.write_text(PLAIN * 5)
    assert proof_of(path, head).found == 3
    path.write_text(PLAIN * 2)
    assert proof_of(path, head).found is None


def test_what_looks_like_a_seal_but_is_not_at_the_end_is_none() -> None:
    assert seal_of(b'{"type":"A","note":",\\"_seal\\":{\\"crc\\":\\"00000000\\"}}"}') is None
    assert seal_of(b'{"a":1,"_seal":{"crc":"00000000"},"b":2}') is None
    assert seal_of(b"") is None


def test_lines_of_any_length_are_hashed_in_bounded_steps(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    long = b'{"type":"' + b"x" * (17 << 20) + b'"}'
    raw = PLAIN.encode() * 2 + long + b"\n" + PLAIN.encode()
    path.write_bytes(raw)
    assert proof_of(path).head == hashlib.sha256(raw.rstrip()).hexdigest()
