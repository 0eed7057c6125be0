"""Do the compiled loops and the plain reader say the same of logs of every format, however they are damaged?"""

import json
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from explorer.eventlog.json_array import ARRAY, MAP, SEQUENCE
from explorer.eventlog.scanner.blocks import LineScanner
from tests.eventlog.scanner.test_elements import check as check_elements
from tests.eventlog.scanner.test_elements import written as written_elements
from tests.eventlog.scanner.test_rows import check as check_rows
from tests.eventlog.scanner.test_rows import written as written_rows
from tests.eventlog.test_scanner import check as check_lines

_MOST_S = 2.5  # of each format
_TIMES = 400
_NAMES = ["type", "accountId", "amount", "at"]
_BITS = [
    b'"', b'""', b"\\", b"\\u", b"\\ud83d", b"\\u0000", b"{", b"}", b"[", b"]", b",", b":", b"\n", b"\r", b"\r\n",
    b"\t", b"\0", b"\x1e", b"-", b"0", b"1e", b"1e999", b".", b"9" * 400, b"true", b"nul", b"\xc3", b"\xed\xa0\x80",
    b"\xef\xbb\xbf", b"\xf0\x9f\x98\x80", b'"type":1,', b'{"type":"x"}', b"type", b" ", b"[" * 70, b'{"a":' * 70, b"//",
]  # fmt: skip


def records(draw: random.Random) -> list[dict]:
    """Events as logs have them, with keys in any order and members that are not always there."""
    found = []
    for number in range(draw.randrange(2, 8)):
        members = {
            "type": draw.choice(["MoneyDeposited", "AccountOpened", "ä😀"]),
            "data": {
                "accountId": f"acc-{draw.randrange(5)}",
                "amount": draw.choice([1, 12.5, -0.0, "3.10", 10**20, 1e30]),
            },
            "at": f"2026-01-06T10:15:{number:02}Z",
            "tags": [1, {"a": [None, True]}, "x\n"],
            "a.b": None,
        }
        keys = draw.sample(list(members), draw.randrange(1, 6))
        found.append({"type": members["type"]} | {key: members[key] for key in keys})
    return found


def mutated(draw: random.Random, raw: bytes) -> bytes:
    """The same with a few bytes changed, put in, left out, doubled or cut off."""
    for _ in range(draw.choice([0, 1, 1, 1, 2, 5])):
        at, size = draw.randrange(len(raw) + 1), draw.choice([0, 1, 1, 2, 8, 40])
        match draw.randrange(5):
            case 0:
                raw = raw[:at] + draw.choice(_BITS) + raw[at:]
            case 1:
                raw = raw[:at] + raw[at + size :]
            case 2:
                raw = raw[:at] + draw.choice(_BITS) + raw[at + size :]
            case 3:
                raw = raw[: at + size] + raw[at:]
            case _:
                raw = raw[:at] if draw.random() < 0.2 else raw[:at] + draw.randbytes(1) + raw[at + 1 :]
    return raw


def lines(draw: random.Random) -> Callable[[bytes], object]:
    scanner = LineScanner()  # what it has learnt must not matter
    return lambda raw: check_lines(scanner, raw)


def rows(draw: random.Random) -> Callable[[bytes], object]:
    delimiter, newline, first = (
        draw.choice(",;\t|"),
        draw.choice([b"\n", b"\n", b"\r"]),
        draw.choice([None, "type"]),
    )
    return lambda raw: check_rows(raw, delimiter, newline, _NAMES, first, draw.randrange(1, 300))


def elements(kind: str) -> Callable[[random.Random], Callable[[bytes], object]]:
    def of(draw: random.Random) -> Callable[[bytes], object]:
        wrapped = draw.random() < 0.2
        return lambda raw: check_elements(raw, kind, draw.randrange(10, 1_000), wrapped=wrapped)

    return of


def text_of(draw: random.Random, form: str) -> bytes:
    some = records(draw)
    if form == "lines":
        return b"".join(json.dumps(each, ensure_ascii=draw.random() < 0.5).encode() + b"\n" for each in some)
    if form == "rows":
        cells = ["a", "", "12.50", "x, y", 'say "hi"', "two\nlines", "ünï", " ", '5" pipe', "type"]
        table = [_NAMES, *([draw.choice(cells) for _ in _NAMES] for _ in some)]
        return written_rows(
            table, draw.choice(",;\t|"), draw.choice(["\n", "\r\n"]), always=draw.random() < 0.3
        )
    comma, indent = draw.choice([",", ", ", ",\n", "\r\n,"]), draw.choice([None, None, 0, 2])
    return written_elements(some, form, indent, comma, ascii_only=draw.random() < 0.5)


FORMS = {"lines": lines, "rows": rows, **{kind: elements(kind) for kind in (ARRAY, MAP, SEQUENCE)}}


@pytest.mark.parametrize("form", FORMS)
def test_what_is_damaged_at_random_is_told_alike(form: str) -> None:
    draw = random.Random(form)
    FORMS[form](draw)(text_of(draw, form))  # compiled by now, if it was not
    until = time.monotonic() + _MOST_S
    for number in range(_TIMES):
        if not number % 10:
            check = FORMS[form](draw)
        raw = mutated(draw, text_of(draw, form))
        try:
            check(raw)
        except AssertionError as error:
            raise AssertionError(f"{form}, number {number}: {raw!r}") from error
        if time.monotonic() > until:
            break
    assert number > 0


def test_the_json_test_suite_is_told_alike(shared_data: Path) -> None:
    for path in sorted((shared_data / "json-suite" / "test_parsing").glob("*.json")):
        raw = path.read_bytes()
        if len(raw) > 10_000:  # nested without end
            raw = raw[:600]
        try:
            check_lines(LineScanner(), b'{"v":1}\n{"v":' + raw + b"}\n" + raw)
            check_elements(b'[{"v":1},{"v":' + raw + b'},{"v":2}]', ARRAY, 1 << 12)
            check_elements(b'{"v":1}' + raw + b'{"v":2}', SEQUENCE, 1 << 12)
            check_elements(b'{"k":{"v":1},"l":{"v":' + raw + b'},"m":{"v":2}}', MAP, 1 << 12)
        except AssertionError as error:
            raise AssertionError(path.name) from error
