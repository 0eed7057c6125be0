"""Does a query get the positions of the plain reader where blocks are scanned, whatever stands between events?"""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.eventlog.log import open_log
from explorer.history import child, reader, scanned_rows
from explorer.history.collect import collect
from explorer.history.gathering import Gathering
from explorer.history.reader import ChunkReader
from explorer.projection.choose import choose
from explorer.projection.model import Recipe
from tests.history.test_handed import POSITIONS_SQL
from tests.history.test_scanned_formats import FORMATS, damaged, events, told, written

NAMED_SQL = Recipe(
    "named.sql",
    "sql",
    """SELECT position AS place, last(type) AS type, max(position || '/' || type) AS told,
         sum(CASE WHEN position BETWEEN 3 AND 20 THEN 2 * position - 1 END) AS some, count(*) AS n
       FROM events GROUP BY position""",
)
PLAIN_SQL = Recipe(
    "plain.sql",
    "sql",
    """SELECT type, min(position) AS least, max(position) AS most, sum(position) AS sum, last(position) AS latest,
         sum(CASE WHEN position % 2 = 0 THEN position END) AS even, count(*) AS n
       FROM events WHERE position > 2 GROUP BY type""",
)
QUERIES = [POSITIONS_SQL, NAMED_SQL, PLAIN_SQL]


def found(path: Path, recipe: Recipe, patch: pytest.MonkeyPatch, least: int) -> dict[str, object]:
    patch.setattr(reader, "SCANNED_BYTES", least)
    with open_log(path) as log:
        return told(collect(log, lambda sample: choose(recipe, sample, log.fields)))


LINES = st.lists(
    st.sampled_from([
        b'{"type":"A","data":{"accountId":"a","amount":1},"at":"2026-01-01"}',
        b'{"data":{"amount":2.5},"type":"B"}',
        b'{"type":"A","data":{"amount":"x"},"id":"i"}',
        b'{"type":"A","type":"B"}',
        b"", b"{", b"[1]", b'{"type":"A"}\r{"type":"C"}',
    ]),
    min_size=1, max_size=12,
)  # fmt: skip


@settings(max_examples=60)
@given(LINES, st.sampled_from(QUERIES), st.sampled_from([120, 1 << 20]))
def test_positions_of_lines_are_those_of_the_plain_reader(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], recipe: Recipe, stretch_bytes: int
) -> None:
    path = tmp_path_factory.mktemp("log") / "log.jsonl"
    path.write_bytes(b"\n".join([b'{"type":"A","data":{"amount":3},"at":"2026-01-01"}'] * 2 + lines))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scanned_rows, "_FEW", 1)
        patch.setattr(child, "STRETCH_BYTES", stretch_bytes)
        assert found(path, recipe, patch, 0) == found(path, recipe, patch, 1 << 60)


@pytest.mark.parametrize("form", FORMATS)
def test_positions_of_other_formats_are_those_of_the_plain_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setattr(scanned_rows, "_FEW", 1)
    for seed, recipe in enumerate(QUERIES):
        text = written(form, events(80, seed))
        path = tmp_path / f"log-{seed}"
        path.write_text(damaged(text, seed) if seed == 1 else text, encoding="utf-8", errors="replace")
        assert found(path, recipe, monkeypatch, 0) == found(path, recipe, monkeypatch, 1 << 60)


@pytest.mark.parametrize("recipe", [NAMED_SQL, PLAIN_SQL], ids=lambda each: each.name)
def test_positions_are_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, recipe: Recipe) -> None:
    monkeypatch.setattr(reader, "SCANNED_BYTES", 0)
    path = tmp_path / "log.jsonl"
    path.write_text("".join(json.dumps({"type": "AB"[row % 2], "n": row}) + "\n" for row in range(200)))
    with open_log(path) as log:
        some = ChunkReader(log, choose(recipe, [], log.fields))
        taken: list[int] = []
        take = some._rows.take

        def counting(columns: object, gathering: Gathering) -> object:
            done = take(columns, gathering)  # type: ignore[arg-type]
            taken.append(int(done.sum()))
            return done

        monkeypatch.setattr(some._rows, "take", counting)
        chunk = some.lines(0, log.size_bytes, 1_000)
        assert chunk.count == 200
        assert taken == [200]
