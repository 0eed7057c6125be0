"""Are the rows of a captured table what Canal's messages make of them (`traces/canal.py`)?"""

import json
from contextlib import closing
from pathlib import Path
from typing import Any

from explorer.eventlog.log import open_log
from explorer.session.document import Document


def message(kind: str, rows: list[dict[str, Any]] | None, **said: object) -> str:
    told: dict[str, object] = {
        "data": rows, "database": "shop", "es": 1_684_770_072_000, "id": 81, "isDdl": rows is None,
        "mysqlType": {"k": "INT"}, "old": None, "pkNames": ["k"], "sql": "", "table": "orders", "type": kind,
    }  # fmt: skip
    return json.dumps({**told, **said}) + "\n"


def states(path: Path) -> dict[str, dict[str, object]]:
    with closing(Document.open(str(path))) as document:
        history = document.history
        return dict(history.state(len(history)).items())


def test_every_row_of_a_message_is_an_event_of_its_own_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("# made\n" + message("INSERT", [{"k": "1", "v": "ä"}, {"k": "2", "v": "b"}]))
    with closing(open_log(path)) as log:
        (batch,) = log.batches()
        assert [(each.type, each.entity, each.kind) for each in batch.events] == [
            ("INSERT", "1", "orders"), ("INSERT", "2", "orders"),
        ]  # fmt: skip
        raw = [log.raw(*place) for place in zip(batch.offsets, batch.lengths, strict=True)]
        assert [json.loads(each) for each in raw] == [{"k": "1", "v": "ä"}, {"k": "2", "v": "b"}]
        assert log.decode(batch.offsets[1], batch.lengths[1], 2).data == {"k": "2", "v": "b"}
        assert len(batch.unread) == 1  # the comment


def test_rows_that_are_deleted_or_get_another_key_are_no_more(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        message("INSERT", [{"k": "1", "v": "a"}, {"k": "2", "v": "b"}, {"k": "3", "v": "c"}])
        + message("UPDATE", [{"k": "9", "v": "a"}], old=[{"k": "1"}])
        + message("UPDATE", [{"k": "2", "v": "B"}], old=[{"v": "b"}])
        + message("DELETE", [{"k": "3", "v": "c"}])
    )
    found = states(path)
    assert {name: row["v"] for name, row in found.items()} == {"2": "B", "9": "a"}


def test_rows_of_several_tables_and_of_tables_without_a_key_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        message("INSERT", [{"K": "1", "v": "a"}])
        + message("INSERT", [{"k": "1", "v": "b"}], table="items", pkNames=None)
        + message("UPDATE", [{"k": "1", "v": "c"}], table="items", pkNames=None, old=[{"v": "b"}])
        + message("ALTER", None, sql="ALTER TABLE orders ADD w INT")
    )
    assert set(states(path)) == {"orders|1", "items|1 / c"}


def test_equal_rows_of_a_table_without_a_key_are_each_one(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    bare = {"table": "items", "pkNames": None}
    path.write_text(
        message("INSERT", [{"v": "a", "n": "1"}, {"v": "a", "n": "1"}], **bare)
        + message("INSERT", [{"v": "a", "n": "1"}], **bare)
        + message("UPDATE", [{"v": "b", "n": "1"}], old=[{"v": "a"}], **bare)
        + message("DELETE", [{"v": "a", "n": "1"}], **bare)
    )
    found = states(path)
    assert sorted(row["v"] for row in found.values()) == ["a", "b"]
    path.write_text(
        message("INSERT", [{"v": "a"}, {"v": "a"}], **bare) + message("DELETE", [{"v": "a"}] * 2, **bare)
    )
    assert states(path) == {}
