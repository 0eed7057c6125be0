"""Is the end of a log taken for whole, torn or part of a batch, as its last lines say?"""

import pytest

from explorer.eventlog import tail
from explorer.eventlog.tail import Line, look_at_tail
from explorer.eventlog.writable import plain, seals_of


def look(content: bytes):
    return look_at_tail(lambda offset, length: content[offset : offset + length], len(content))


WHOLE = b'{"type":"A"}\n{"type":"B"}\n'


def test_a_whole_log_ends_with_its_last_line_blank_ones_left_out():
    for behind in (b"", b"\n\n", b"  \n"):
        found = look(WHOLE + behind)
        assert found.last is not None
        assert (found.torn, found.last.raw, found.readable) == ("", b'{"type":"B"}', False)
        assert found.size_bytes == len(WHOLE + behind)
    assert look(b"").last is None


@pytest.mark.parametrize(
    ("behind", "torn"),
    [(b'{"type":"C', "incomplete last line"), (b"\0\0\0\0", "an unwritten"), (b"rubbish\n", "")],
)
def test_what_follows_the_last_whole_line_is_torn_and_says_why(behind, torn):
    found = look(WHOLE + behind)
    assert found.size_bytes == len(WHOLE)
    assert found.torn
    assert torn in found.torn
    assert found.last is not None
    assert found.last.offset == 13


def test_a_line_too_long_to_be_a_record_is_not_looked_through(monkeypatch):
    monkeypatch.setattr(tail, "LONGEST_RECORD_BYTES", 1 << 17)
    found = look(WHOLE + b"x" * (1 << 19))
    assert (found.last, found.torn) == (None, "a line that is too long")


def test_a_mark_at_the_beginning_and_ends_as_windows_makes_them_are_no_part_of_a_record():
    assert Line(0, b'\xef\xbb\xbf{"a":1}\r', ended=True).record == b'{"a":1}'
    assert Line(9, b'\x1e{"a":1}', ended=True).fault is None
    assert Line(9, b'\xef\xbb\xbf{"a":1}', ended=True).fault is not None


def test_what_a_log_proves_is_what_its_last_records_prove():
    def seals(content):
        return seals_of(lambda offset, length: content[offset : offset + length], look(content))

    assert (seals(b""), seals(WHOLE)) == ("checksum", "none")


def test_what_the_system_says_is_a_clause():
    assert plain(OSError(28, "No space left on device")) == "no space left on device"
    assert plain(ValueError()) == "valueError"
