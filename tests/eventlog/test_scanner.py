"""Does the compiled scanner accept exactly what the plain reader reads alike, and tell the same of it?"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from explorer.eventlog import compiled
from explorer.eventlog.json_text import FAULTS, JsonFault, decode
from explorer.eventlog.names import Names
from explorer.eventlog.record import read_record
from explorer.eventlog.scanner.blocks import Block, LineScanner, Scanned
from explorer.eventlog.scanner.json_kernels import ARRAY, AT_FAULT, EMPTY, GOOD, OBJECT
from explorer.eventlog.scanner.value_codes import ValueCodes
from explorer.eventlog.search_kernels import find_text

keys = st.sampled_from(
    ["a", "b", "type", "data", "", "ä", "a.b", "a key of more than eight bytes", "k" * 1_030]
)
texts = st.text(st.characters(codec="utf-8"), max_size=20) | st.sampled_from(
    ['"', "\\", "\n", "\x00", "😀", "'"]
)
numbers = (
    st.integers() | st.decimals(allow_nan=False, allow_infinity=False, places=2) | st.floats(allow_nan=False)
)
leaves = st.none() | st.booleans() | texts | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)
records = st.dictionaries(keys, values, max_size=5)
separators = st.sampled_from([(",", ":"), (", ", ": "), (" ,\t", " : ")])


def written(record: object, pair: tuple[str, str], *, ascii_only: bool) -> bytes:
    return json.dumps(record, separators=pair, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")


def tree(scanned: Scanned, record: int) -> object:
    """The record as its leaves tell it."""
    found: dict[int, dict[str, object]] = {0: {}}
    for leaf in range(scanned.begins[record], scanned.begins[record + 1]):
        assert scanned.leaf_rec[leaf] == record
        path, kind = int(scanned.leaf_path[leaf]), scanned.leaf_kind[leaf]
        value = {} if kind == OBJECT else decode(scanned.raw(leaf))
        assert (type(value) is list) == (kind == ARRAY)
        if kind == OBJECT:
            found[path] = value
        found[scanned.paths.parent(path)][scanned.paths[path][-1]] = value
    return found[0]


def check(scanner: LineScanner, raw: bytes) -> Scanned:
    """Everything that the scanner accepts is what the plain reader reads, from the same place."""
    scanned = scanner.scan(Block(raw))
    lines = raw.split(b"\n")
    if raw.endswith(b"\n") or not raw:
        lines.pop()
    assert scanned.count == len(lines)
    place = 0
    for record, line in enumerate(lines):
        start, end = int(scanned.starts[record]) - 8_192, int(scanned.ends[record]) - 8_192
        assert (start, end) == (place, place + len(line) - line.endswith(b"\r"))
        place += len(line) + 1
        kind = scanned.kinds[record]
        if kind == EMPTY:
            assert not line.strip()
        elif kind == GOOD:
            read, twice = read_record(line)
            assert twice is None
            assert tree(scanned, record) == read
        else:
            assert kind == AT_FAULT
            assert scanned.begins[record] == scanned.begins[record + 1]
    return scanned


@given(st.lists(st.tuples(records, separators, st.booleans()), max_size=6))
def test_what_is_scanned_is_what_the_plain_reader_reads(told: list) -> None:
    lines = [written(record, pair, ascii_only=ascii_only) for record, pair, ascii_only in told]
    check(LineScanner(), b"\n".join(lines))


@given(st.lists(records, min_size=1, max_size=4), st.data())
def test_a_damaged_line_is_left_to_the_plain_reader_and_the_others_are_not(
    told: list, data: st.DataObject
) -> None:
    raw = b"".join(written(record, (",", ":"), ascii_only=False) + b"\n" for record in told)
    scanner = LineScanner()
    check(scanner, raw)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(raw)))
        gone = data.draw(st.integers(0, 3))
        raw = (
            raw[:at]
            + data.draw(
                st.binary(max_size=3) | st.sampled_from([b"{", b'"', b"\\u", b",", b"1e", b"\n", b"\r"])
            )
            + raw[at + gone :]
        )
    check(scanner, raw)
    check(scanner, raw)


@given(records, separators)
@settings(max_examples=20)
def test_wherever_a_line_is_cut_nothing_is_made_up(record: dict, pair: tuple[str, str]) -> None:
    raw = written(record, pair, ascii_only=False)
    scanner = LineScanner()
    for size in range(len(raw)):
        check(scanner, raw[:size])


@pytest.mark.parametrize(
    "line",
    [
        b'{"a":1,"a":2}', b'{"x":{"a":1,"b":2,"a":3}}', b'{"x":[{"a":1,"a":2}]}', b'{"a":"\\ud800"}',
        b'{"a":"\\udc00x"}', b'{"a":"\xed\xa0\x80"}', b'{"a":"\xc0\xaf"}', b'{"a":"\xf5\x80\x80\x80"}',
        b'{"a":01}', b'{"a":1.}', b'{"a":.5}', b'{"a":+1}', b'{"a":1e}', b'{"a":-}', b'{"a":NaN}',
        b'{"a":tru}', b'{"a":"\x01"}', b'{"a":1,}', b"{,}", b"[]", b'{"a":[1,]}', b'{"a":[1}',
        b'{"a":{"b":1]}', b'{"a" 1}', b"{a:1}", b"{'a':1}", b'{"a":1}x', b'{"a":1}{"b":2}', b'\x1e{"a":1}',
        b'{"a":"\\x"}', b'{"a":"\\u12g4"}', b'{"a":' + b"1" * 5_000 + b"}", b'{"a":1e9999}',
        b'{"a":' * 600 + b"1" + b"}" * 600, b'"a"', b"null", b'{"a":1\x00}', b'{"a":1}\r\r', b"\xef\xbb\xbf{}",
    ],
)  # fmt: skip
def test_what_is_no_good_record_is_never_accepted(line: bytes) -> None:
    scanned = check(LineScanner(), b'{"a":1}\n' + line + b'\n{"a":2}')
    assert scanned.kinds.tolist() == [GOOD, AT_FAULT, GOOD]


def test_ordinary_records_are_all_scanned_whatever_the_order_of_their_keys() -> None:
    lines = [
        b'{"type":"A","data":{"x":1,"y":[1,2,{"z":3}],"t":"a\\n\\u00e4\\ud83d\\ude00"},"b":true}',
        b' { "b" : false , "type":"B", "data":{ } } \r', b"", b"  ", b'{"data":{"y":[[]],"x":-0.5e-3}}', b"{}",
        '{"type":"Ä€😀"}'.encode(),
    ]  # fmt: skip
    scanned = check(LineScanner(), b"\n".join(lines))
    assert scanned.kinds.tolist() == [GOOD, GOOD, EMPTY, EMPTY, GOOD, GOOD, GOOD]


def test_a_log_that_invents_names_is_scanned_until_there_are_too_many() -> None:
    scanner = LineScanner()
    for block in range(5):
        raw = b"".join(
            b'{"name %d":{"x":%d}}\n' % (row, row) for row in range(block * 5_000, block * 5_000 + 5_000)
        )
        check(scanner, raw)
    raw = b"".join(b'{"other %d":1,"name 1":{}}\n{"name 7":2}\n' % row for row in range(30_000))
    scanned = check(scanner, raw)
    assert (scanned.kinds[1::2] == GOOD).all()
    assert scanned.kinds[-2] == AT_FAULT


def test_json_that_others_test_with_is_accepted_and_refused_alike(shared_data: Path) -> None:
    files = sorted(shared_data.rglob("JSONTestSuite*/**/*.json")) or sorted(shared_data.rglob("[niy]_*.json"))
    if not files:
        pytest.skip("needs JSONTestSuite, which is not part of the project")
    for path in files:
        raw = path.read_bytes()
        for text in (b'{"a":' + raw.strip() + b"}", raw):
            if b"\n" in text or b"\r" in text:
                continue
            scanned = LineScanner().scan(Block(text))
            try:
                record = decode(text)
            except FAULTS:
                record = None
            if scanned.count and scanned.kinds[0] == GOOD:
                assert tree(scanned, 0) == record


@example(b"")
@given(st.binary(max_size=200))
def test_any_bytes_can_be_scanned(raw: bytes) -> None:
    scanned = LineScanner().scan(Block(raw))
    for record in range(scanned.count):
        line = raw[scanned.starts[record] - 8_192 : scanned.ends[record] - 8_192]
        if scanned.kinds[record] == GOOD:
            assert read_record(line)[1] is None
        elif scanned.kinds[record] == AT_FAULT:
            with pytest.raises(JsonFault):
                read_record(line)


def test_values_have_the_codes_of_what_they_are_however_many_there_are() -> None:
    scanner, names = LineScanner(), Names[str]()
    coder = ValueCodes(names.codes_of)
    long = '"' + "x" * 2_000 + '"'
    for block in range(3):
        told = [str(row * 7 % 5_000 + block) for row in range(8_000)] + [
            long,
            '"ä"',
            '"\\n"',
            long,
            "1.50",
            '"5"',
        ]
        scanned = scanner.scan(Block("".join(f'{{"a":{each}}}\n' for each in told).encode()))
        codes = coder.codes(scanned, (scanned.leaf_start, scanned.leaf_end, scanned.leaf_kind))
        assert [names[code] for code in codes.tolist()] == told


# --- the compiled code ---------------------------------------------------------------------------------


def test_a_folder_that_others_can_write_to_keeps_no_compiled_code(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir(mode=0o700)
    assert compiled.is_private(mine)
    mine.chmod(0o770)
    assert not compiled.is_private(mine)
    (tmp_path / "link").symlink_to(tmp_path)
    assert not compiled.is_private(tmp_path / "link")
    assert not compiled.is_private(tmp_path / "nothing")


def test_no_compiled_code_is_loaded_with_our_modules() -> None:
    program = "import sys, explorer.eventlog.scanner.blocks; print('numba' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
        == "False\n"
    )


FETCHED = """
import os, sys
from explorer.eventlog import compiled
print(compiled.ready(), len([each.compiled() for each in compiled.kernels()]) > 10, "numba" in sys.modules)
print(compiled._ROOT.parent)
linux = sys.platform == "linux" and os.uname().machine == "x86_64"
assert not linux or ("llvmlite" in sys.modules) == ("numba" in sys.modules)
"""


def test_kernels_that_are_ready_are_fetched_without_numba_wherever_the_program_stands(tmp_path: Path) -> None:
    assert compiled.make_ready()
    here = Path(compiled.__file__).parents[1]
    shutil.copytree(here, tmp_path / "explorer", ignore=shutil.ignore_patterns("__pycache__", "desktop"))
    run = [sys.executable, "-P", "-c", FETCHED]
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(run, env=env, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == f"True True False\n{tmp_path}\n"


def test_a_folder_of_compiled_code_may_be_moved_and_what_is_damaged_in_it_is_compiled_again(
    tmp_path: Path,
) -> None:
    assert compiled.make_ready()
    found = compiled.folder()
    assert found
    shutil.copytree(found, tmp_path / "kernels" / found.name)
    (tmp_path / "kernels").chmod(0o700)
    env = {**os.environ, compiled.FOLDER_VARIABLE: str(tmp_path / "kernels")}
    run = [sys.executable, "-P", "-c", FETCHED]
    done = subprocess.run(run, env=env, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("True True False\n")
    one = tmp_path / "kernels" / found.name / find_text.name
    whole = one.read_bytes()
    one.write_bytes(whole[:-100] + bytes(100))
    done = subprocess.run(run, env=env, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("True True True\n")
    assert len(one.read_bytes()) == len(whole)
    done = subprocess.run(run, env=env, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("True True False\n")


@pytest.mark.timeout(400)
@pytest.mark.skipif("NUMBA_BOUNDSCHECK" in os.environ, reason="this is that run")
def test_no_kernel_reaches_outside_of_its_arrays() -> None:
    here = Path(__file__)
    run = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", str(here)]
    run.append(str(here.parents[1] / "history" / "test_scanned_rows.py"))
    run.append(str(here.parents[1] / "session" / "events" / "test_passes.py"))
    run += [str(here.parent / "scanner" / name) for name in ("test_fuzz.py", "test_values.py")]
    done = subprocess.run(
        run, env={**os.environ, "NUMBA_BOUNDSCHECK": "1"}, cwd=here.parents[2], capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3_000:]
