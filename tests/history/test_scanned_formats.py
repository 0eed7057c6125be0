"""Do arrays, maps, objects one after another and tables of text become the same index by columns as one by one?"""

import csv
import io
import json
import random
from pathlib import Path

import pytest

from explorer.eventlog.log import open_log
from explorer.eventlog.scanner.blocks import Scanned
from explorer.history import reader, scanned_rows, threads
from explorer.history.collect import Collected, collect
from explorer.history.gathering import Gathering
from explorer.history.reader import ChunkReader
from explorer.projection.choose import choose
from explorer.projection.model import Recipe

FORMATS = ["array", "pretty", "map", "sequence", "wrapped", "csv", "semicolons"]
ENCODINGS = ["utf-8", "utf-16-le", "windows-1252"]
MODELS = [
    Recipe("accounts"),
    Recipe("latest"),
    Recipe(
        "q",
        "sql",
        "SELECT entity, sum(data.amount) AS total, last(at) AS seen, count(*) AS n FROM events GROUP BY entity",
    ),
]


def events(count: int, seed: int) -> list[dict[str, object]]:
    draw = random.Random(seed)
    found: list[dict[str, object]] = []
    for row in range(count):
        kind = draw.choice(["MoneyDeposited", "MoneyWithdrawn", "AccountOpened", "Pinged"])
        data: dict[str, object] = {"accountId": draw.choice(["a", "b", "ü-1", 7, None, "c"])}
        if draw.random() < 0.7:
            data["amount"] = draw.choice([5, 1.25, "3.50", "x", "", None, "1e2", -4])
        if draw.random() < 0.3:
            data["owner"] = draw.choice(["Ada", 'the "first"', "two\nlines", "Zoë €", ""])
        if draw.random() < 0.1:
            data["more"] = {"x": [row, {"y": None}]}
        at = draw.choice(
            [
                f"2026-01-{1 + row % 28:02}T10:00:{row % 60:02}Z",
                "2026-02-01",
                "soon",
                1_700_000_000 + row,
                None,
            ]
        )
        found.append(
            {"type": kind, "at": at, "data": data}
            if draw.random() < 0.5
            else {"data": data, "type": kind, "at": at}
        )
    return found


def written(form: str, told: list[dict[str, object]]) -> str:
    if form == "array":
        return json.dumps(told, ensure_ascii=False)
    if form == "pretty":
        return json.dumps(told, ensure_ascii=False, indent=2)
    if form == "map":
        return json.dumps(
            {"events": {f"e-{row}": each for row, each in enumerate(told)}}, ensure_ascii=False, indent=1
        )
    if form == "sequence":
        return "\n".join(json.dumps(each, indent=1, ensure_ascii=False) for each in told)
    if form == "wrapped":
        return json.dumps({"version": 1, "events": told}, ensure_ascii=False, indent=1)
    text = io.StringIO()
    names = ["type", "at", "accountId", "amount", "owner"]
    rows = csv.DictWriter(
        text,
        names,
        delimiter=";" if form == "semicolons" else ",",
        extrasaction="ignore",
        lineterminator="\r\n",
    )
    rows.writeheader()
    for each in told:
        data = each["data"]
        assert isinstance(data, dict)
        rows.writerow({"type": each["type"], "at": each["at"], **data})
    return text.getvalue()


def damaged(text: str, seed: int) -> str:
    draw = random.Random(seed)
    for _ in range(4):
        at = draw.randrange(len(text) // 5, len(text))
        text = (
            text[:at]
            + draw.choice(["", '"', ",", "{", "}", "\\", "\n", "]", "Ā"])
            + text[at + draw.randrange(3) :]
        )
    return text


def told(found: Collected) -> dict[str, object]:
    log, history = found.events, found.history()
    positions = range(0, len(log) + 1, max(len(log) // 7, 1))
    return {
        "offsets": log.offsets.tolist(), "lengths": log.lengths.tolist(), "at": log.at_ns.tolist(),
        "lines": [log.line(position) for position in range(1, len(log) + 1)],
        "types": [log.type_names[code] for code in log.types.tolist()],
        "entities": [log.entity_names[code] if code >= 0 else None for code in log.entities.tolist()],
        "unread": list(log.unread), "notices": sorted(map(str, log.notices)),
        "problems": sorted(map(str, found.problems)),
        "unknown": dict(found.unknown), "fields": [field.name for field in history.fields],
        "states": [str(sorted(history.state(position).items())) for position in positions],
        "members": sorted(map(str, found.members.paths())),
    }  # fmt: skip


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("model", MODELS, ids=lambda each: each.name)
def test_every_format_becomes_the_same_index_by_columns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, encoding: str, model: Recipe
) -> None:
    monkeypatch.setattr(scanned_rows, "_FEW", 1)
    for seed in range(4):
        text = written(form, events(120, seed))
        if seed > 1:
            text = damaged(text, seed)
        path = tmp_path / f"log-{seed}"
        path.write_bytes((b"\xff\xfe" if encoding == "utf-16-le" else b"") + text.encode(encoding, "replace"))
        with open_log(path) as log:
            with monkeypatch.context() as patch:
                patch.setattr(reader, "SCANNED_BYTES", 0)
                found = told(collect(log, lambda sample, log=log: choose(model, sample, log.fields)))
                patch.setattr(threads, "FIRST_BYTES", 500)
                patch.setattr(threads, "STRETCH_BYTES", 1_700)
                if seed % 2:
                    shared = collect(
                        log, lambda sample, log=log: choose(model, sample, log.fields), small_bytes=0
                    )
                    assert told(shared) == found
                some = ChunkReader(log, choose(model, [], log.fields))
                part = next(part for part in some.parts() or () if isinstance(part, Scanned))
                by_columns = int(some._take(part, Gathering(some._model, some.coders)).sum())
            assert found == told(collect(log, lambda sample, log=log: choose(model, sample, log.fields)))
            assert seed > 1 or by_columns > 0
