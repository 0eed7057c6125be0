"""Is a program handed the same events, to the byte, whether a block is scanned first or read one by one?"""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.eventlog.log import open_log
from explorer.history import child, reader
from explorer.history.child import read
from explorer.history.collect import Collected
from explorer.history.gathered import Gathered
from explorer.history.reader import ChunkReader
from explorer.history.records_in_order import RecordsInOrder
from explorer.projection.choose import choose
from explorer.projection.model import Recipe
from explorer.projection.program import OWN_MEMBERS, Program
from tests.history.test_scanned_formats import ENCODINGS, FORMATS, damaged, events, told, written

PROGRAM = Recipe(
    "everything.py",
    "python",
    f"""
def key(event):
    return [event["type"], repr(event["entity"])]

def evolve(state, event):
    told = {{name: repr(event[name]) for name in {OWN_MEMBERS!r}}}
    return {{**told, "names": list(event), "n": (state or {{"n": 0}})["n"] + 1}}
""",
)
FIRST = b'{"type":"A","data":{"accountId":"a","amount":1},"at":"2026-01-01T00:00:00Z","id":"i"}'
LINES = st.lists(
    st.sampled_from([
        FIRST,
        b'{"at":"2026-01-02","type":"B","data":{"amount":1.50,"accountId":"b"},"metadata":{"schemaVersion":2}}',
        b'{"type":"A","data":{"accountId":"\\u00e9","x":{"y":[1,{"z":null}]}},"at":"2026-01-01"}',
        b'{"type":"A","data":{"accountId":7,"amount":1e2},"at":"soon"}',
        b'{"type":"A","type":"B","data":{"accountId":"a"},"at":3}',
        b'{"type":"Deleted","op":"d","before":{},"data":{"accountId":"a"}}',
        b'{"type":"A","data":"AAECAwQFBgcICQoLDA0ODw==","at":"2026-01-01"}',
        b'{"type":"A","data":"{\\"accountId\\":\\"in\\"}","at":1700000000,"sequence":5}',
        b'{"type":"A","data":null,"at":true,"id":9}',
        b'{"type":"A", "data" : {"accountId":"spaced"}}',
        b"", b"   ", b"{", b"[1]", b"\xff", FIRST + b"\r", FIRST + b"\r" + FIRST, b"x\r" + FIRST, b"\x1e" + FIRST,
    ]),
    min_size=1, max_size=14,
)  # fmt: skip


def handed(path: Path, patch: pytest.MonkeyPatch, least: int) -> dict[str, object]:
    """Everything that one pass yields, with the states of a program that keeps all that it is handed."""
    patch.setattr(reader, "IN_ORDER_BYTES", least)
    with open_log(path) as log:
        model = choose(PROGRAM, [], log.fields)
        assert isinstance(model, Program)
        model.run()
        gathered = Gathered(choose(PROGRAM, [], log.fields), log.size_bytes)
        for piece in read(log, ChunkReader(log, model), 0, 0):
            gathered.take(piece.chunk, piece.reader)
        return told(Collected.of(log, gathered)) | {"lines of all": gathered.lines}


@settings(max_examples=60)
@given(LINES, st.sampled_from([150, 1 << 20]))
def test_lines_are_handed_as_the_plain_reader_reads_them(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], stretch_bytes: int
) -> None:
    path = tmp_path_factory.mktemp("log") / "log.jsonl"
    path.write_bytes(b"\n".join([FIRST, FIRST, *lines]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(child, "STRETCH_BYTES", stretch_bytes)
        assert handed(path, patch, 0) == handed(path, patch, 1 << 60)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("form", FORMATS)
def test_other_formats_are_handed_as_the_plain_reader_reads_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, encoding: str
) -> None:
    for seed in range(4):
        text = written(form, events(60, seed))
        if seed > 1:
            text = damaged(text, seed)
        path = tmp_path / f"log-{seed}"
        path.write_bytes((b"\xff\xfe" if encoding == "utf-16-le" else b"") + text.encode(encoding, "replace"))
        assert handed(path, monkeypatch, 0) == handed(path, monkeypatch, 1 << 60)


@pytest.mark.parametrize("form", ["lines", "array", "csv"])
def test_what_is_not_odd_is_decoded_and_not_looked_at_further(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    some = events(200, 1)
    path = tmp_path / "log"
    path.write_text("\n".join(map(json.dumps, some)) if form == "lines" else written(form, some))
    known: list[int] = []
    decoded = RecordsInOrder._decoded
    monkeypatch.setattr(
        RecordsInOrder,
        "_decoded",
        lambda self, *arguments: known.append(len((batch := decoded(self, *arguments)).events)) or batch,
    )
    handed(path, monkeypatch, 0)
    assert sum(known) > 100
