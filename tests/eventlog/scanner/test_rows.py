"""Does the compiled loop over CSV find the rows and cells that the plain reader finds?"""

import json
import random
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from explorer.eventlog.csv_rows import MOST_LINES, read_row, rows
from explorer.eventlog.json_text import JsonFault
from explorer.eventlog.scanner.blocks import PAD, Block
from explorer.eventlog.scanner.json_kernels import GOOD
from explorer.eventlog.scanner.rows import RowScanner
from explorer.eventlog.scanner.token_kernels import ESCAPED


class Held:
    """A text in memory, as far as `rows` asks for one."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw

    def read(self, unit: int, count: int) -> bytes:
        return self.raw[unit : unit + count]


type Row = tuple[int, int, int, list[str] | None]  # begin, end, lines before, cells


def plainly(
    raw: bytes, delimiter: str, newline: bytes, names: list[str], first_name: str | None
) -> list[Row]:
    """The rows by the plain reader; no cells where it finds a fault, or something to say."""
    found = []
    for place in rows(Held(raw), newline, delimiter):
        try:
            cells = read_row(place.skeleton.decode().removesuffix("\r"), delimiter)
        except (JsonFault, UnicodeDecodeError):
            cells = None
        if cells and (
            len(cells) != len(names) or (first_name is not None and cells[0].strip() == first_name)
        ):
            cells = None
        end = place.unit + len(place.skeleton) - place.skeleton.endswith(b"\r")
        found.append((place.unit, end, place.line - 1, cells))
    return found


def by_kernel(
    raw: bytes, delimiter: str, newline: bytes, names: list[str], first_name: str | None, block_bytes: int
) -> list[Row]:
    """The same by the compiled loop, in blocks that are cut anywhere."""
    scanner = RowScanner(delimiter, newline, names, first_name)
    columns = {scanner.paths.find((name,)): at for at, name in enumerate(names)}
    found: list[Row] = []
    begin = line = 0
    size = block_bytes
    while begin < len(raw):
        block, last = Block(raw[begin : begin + size]), begin + size >= len(raw)
        place, lines = scanner.cut(block, line)
        scanned = scanner.scan(block, line, last=last)
        if not last:
            assert (place, lines) == (scanned.end, scanned.lines_before_end)
        for row in range(scanned.count):
            cells = None
            if scanned.kinds[row] == GOOD:
                cells = [""] * len(names)
                for leaf in range(scanned.begins[row], scanned.begins[row + 1]):
                    assert scanned.leaf_rec[leaf] == row
                    cell = scanned.raw(leaf).decode()
                    doubled = scanned.leaf_kind[leaf] & ESCAPED
                    cells[columns[int(scanned.leaf_path[leaf])]] = (
                        cell.replace('""', '"') if doubled else cell
                    )
            else:
                assert scanned.begins[row] == scanned.begins[row + 1]
            places = (begin - PAD + int(scanned.starts[row]), begin - PAD + int(scanned.ends[row]))
            found.append((*places, int(scanned.lines[row]), cells))
        begin, line = begin + scanned.end - PAD, scanned.lines_before_end
        size = block_bytes if scanned.end > PAD else 2 * size  # no row was whole
    return found


def check(
    raw: bytes, delimiter: str, newline: bytes, names: list[str], first_name: str | None, block_bytes: int
) -> None:
    wanted = plainly(raw, delimiter, newline, names, first_name)
    found = by_kernel(raw, delimiter, newline, names, first_name, block_bytes)
    assert [row[:3] for row in found] == [row[:3] for row in wanted]
    for (*_, cells), (begin, end, _, plain) in zip(found, wanted, strict=True):
        if cells is not None:
            assert cells == plain
        elif plain is not None:  # the loop may leave a row to the plain reader, but no usual one
            assert b'"' in raw[begin:end] or any(byte >= 128 or byte < 32 for byte in raw[begin:end])


pieces = st.sampled_from(
    [
        "a",
        "b",
        '"',
        '""',
        '"x"',
        ",",
        ",",
        ";",
        "\n",
        "\n",
        "\r",
        "\r\n",
        " ",
        "é",
        "n",
        "1",
        "\t",
        "\0",
        "€",
        "\u00a0n",
    ]
)
wild = st.lists(pieces, max_size=40).map(lambda each: "".join(each).encode())
cut = st.tuples(wild, st.integers(0, 60), st.binary(max_size=2)).map(
    lambda each: each[0][: each[1]] + each[2] + each[0][each[1] :]
)
cells = st.text('ab,"\n\r é;', max_size=5)


def written(table: list[list[str]], delimiter: str, newline: str, *, always: bool) -> bytes:
    """As a program writes it that follows the rules."""

    def cell(text: str) -> str:
        quoted = always or any(each in text for each in (delimiter, '"', "\n", "\r"))
        return '"' + text.replace('"', '""') + '"' if quoted else text

    return "".join(delimiter.join(map(cell, row)) + newline for row in table).encode()


@given(
    cut,
    st.sampled_from(",;\t"),
    st.sampled_from([b"\n", b"\r"]),
    st.integers(1, 3),
    st.sampled_from([None, "n", ""]),
    st.integers(1, 50),
)
@example(b'a"b,"c\nd",x\n', ",", b"\n", 2, None, 50)
@example(b'"a\nb"c,1\n"d","e"\n', ",", b"\n", 2, None, 50)
@example(b'5" of it,1\nb,"2\n3"\n', ",", b"\n", 2, None, 1)
@example(b'"a"\r\n"b"\r', ",", b"\n", 1, None, 4)
@example("é\xe9\n".encode("latin-1"), ",", b"\n", 1, None, 1)
@example(" \u00a0n,1\n".encode(), ",", b"\n", 2, "n", 50)
@example(b"\t\t\n\t1\t\n", "\t", b"\n", 3, None, 50)
def test_any_bytes_give_the_rows_of_the_plain_reader(
    raw: bytes, delimiter: str, newline: bytes, width: int, first_name: str | None, block_bytes: int
) -> None:
    check(raw, delimiter, newline, ["n", "b", "c.d"][:width], first_name, block_bytes)


@given(
    st.lists(st.lists(cells, min_size=2, max_size=2), min_size=1, max_size=6),
    st.sampled_from(",;|"),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
def test_what_is_well_written_is_read_wherever_a_block_is_cut(
    table: list[list[str]], delimiter: str, newline: str, always: bool
) -> None:
    raw = written(table, delimiter, newline, always=always)
    whole = by_kernel(raw, delimiter, b"\n", ["x", "y"], None, len(raw))
    assert [row for *_, row in whole] == table
    for block_bytes in range(1, len(raw)):
        assert by_kernel(raw, delimiter, b"\n", ["x", "y"], None, block_bytes) == whole


@pytest.mark.parametrize("lines", [MOST_LINES - 1, MOST_LINES, 3 * MOST_LINES])
@pytest.mark.parametrize("closed", [True, False])
def test_a_quote_that_stays_open_ends_with_its_line(lines: int, closed: bool) -> None:
    raw = b"a,b\n" + b'1,"2\n' + b"3,4\n" * lines + (b'5,6"\n' if closed else b"") + b"7,8\n"
    for block_bytes in (100, 5_000, 50_000):
        check(raw, ",", b"\n", ["a", "b"], None, block_bytes)


def test_the_rows_of_many_large_blocks_are_those_of_the_plain_reader() -> None:
    draw = random.Random(5)
    texts = ["a", "", "12.50", "x, y", 'say "hi"', "two\nlines", "two\r\nlines", "ünï", " ", '5" pipe']
    table = [[draw.choice(texts) for _ in range(4)] for _ in range(30_000)]
    raw = bytearray(written(table, ",", "\r\n", always=False))
    for _ in range(40):
        raw[draw.randrange(len(raw))] = draw.choice(b'",\n\r\xff')
    for block_bytes in (60_000, 1 << 17):
        check(bytes(raw), ",", b"\n", ["a", "b", "c", "d"], None, block_bytes)


def test_csv_spectrum_is_read_whole(shared_data: Path) -> None:
    for path in sorted((shared_data / "csv" / "spectrum").glob("*.csv")):
        raw = path.read_bytes()
        wanted = json.loads(path.with_name(f"{path.stem}.expected.json").read_text(encoding="utf-8"))
        names = list(wanted[0])
        _, *found = by_kernel(raw, ",", b"\n", names, None, 40)
        assert [dict(zip(names, row, strict=True)) for *_, row in found] == wanted, path.name
