"""Does a folder that is damaged, foreign, newer or half-written get one plain sentence, and is nothing written over?"""

import contextlib
import json
import os
import shutil
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("pyarrow", reason="history folders need pyarrow")

from explorer.eventlog.errors import LogError
from explorer.history.folder import manifest as manifests
from explorer.session.document import Document
from explorer.session.files.folders import write_history_folder
from tests.small_logs import event, opened


@pytest.fixture
def folder(tmp_path):
    records = [event(1 + n % 28, "MoneyDeposited", f"acc-{n % 7}", amount=n, owner="Ada") for n in range(200)]
    with contextlib.closing(opened(tmp_path, *records)) as document:
        return write_history_folder(document, tmp_path / "folder", group_rows=32)


def asked(folder: Path) -> str:
    """What is said once everything of a folder was asked for; empty if nothing was."""
    try:
        with contextlib.closing(Document.open(str(folder))) as document:
            for position in (0, 77, 200):
                list(document.history.state(position).items())
            document.totals_text(150)
            list(document.why("acc-3"))
            assert document.warnings is not None
            document.history.position_at(10**18)
            list(document.events.types)
            list(document.events.entities)
    except LogError as error:
        return error.reason.replace("\n", "(two lines)")
    return ""


def changed(folder: Path, **members: object) -> None:
    """Change what a manifest says, and seal it anew, as somebody would who means harm."""
    path = folder / "manifest.json"
    manifest = manifests.loads(path.read_bytes(), "folder")
    import msgspec

    path.write_bytes(manifests.dumps(msgspec.structs.replace(manifest, **members)))


def test_a_whole_folder_answers(folder):
    assert asked(folder) == ""


def test_every_file_whose_bytes_were_changed_is_told(folder):
    said = set()
    for path in sorted(folder.rglob("*.parquet")):
        whole = path.read_bytes()
        for at in (len(whole) // 2, len(whole) - 20):
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
            said.add(asked(folder))
        path.write_bytes(whole[: len(whole) // 2])
        said.add(asked(folder))
        path.write_bytes(whole)
    assert asked(folder) == ""
    told = {each.rpartition(": ")[2].partition("/")[0] for each in said if each}
    assert {"by-position", "by-entity", "keyframes", "slots", "names"} <= told
    assert all(not each or each.startswith("the history folder is damaged: ") for each in said)


def test_a_file_that_is_missing_is_named(folder):
    (folder / "by-entity" / "field-01" / "00000.parquet").unlink()
    assert asked(folder) == "the history folder is not whole: by-entity/field-01/00000.parquet is missing"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "it is no history folder: its manifest.json cannot be read"),
        (b"{", "it is no history folder: its manifest.json cannot be read"),
        (b'{"kind": "else"}', "it is no history folder: its manifest.json is something else's"),
        (
            b'{"kind": "history-explorer.history-folder", "version": 4}',
            "it is a history folder of a newer make (4): a newer History Explorer opens it",
        ),
        (
            b'{"kind": "history-explorer.history-folder", "version": 1}',
            "the history folder is damaged: its manifest is not as it was written",
        ),
    ],
)
def test_a_manifest_that_is_none_is_told(text, said):
    with pytest.raises(LogError) as error:
        manifests.loads(text, "folder")
    assert error.value.reason == said


def test_a_folder_of_other_files_is_no_history_folder(tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "manifest.json").write_text('{"name": "a site"}')
    with pytest.raises(LogError):
        Document.open(str(tmp_path / "site"))


def test_one_letter_of_a_manifest_cannot_be_changed_unseen(folder):
    path = folder / "manifest.json"
    text = path.read_bytes()
    path.write_bytes(text.replace(b'"events": 200', b'"events": 199', 1))
    assert asked(folder) == "the history folder is damaged: its manifest is not as it was written"
    path.write_bytes(text[:-100])
    assert asked(folder) == "it is no history folder: its manifest.json cannot be read"


@pytest.mark.parametrize(
    "file", ["../outside.parquet", "/etc/passwd", "by-position/events/../../../x", "C:x"]
)
def test_no_name_in_a_manifest_leads_out_of_the_folder(folder, file):
    import msgspec

    manifest = manifests.loads((folder / "manifest.json").read_bytes(), "folder")
    part = manifest.tables["by-position/events"][0]
    tables = manifest.tables | {"by-position/events": (msgspec.structs.replace(part, file=file),)}
    changed(folder, tables=tables)
    assert asked(folder).startswith("the history folder is damaged")


def test_few_bytes_of_names_that_stand_for_very_many_are_not_unpacked(folder):
    import msgspec
    import pyarrow as pa
    import pyarrow.parquet as pq

    manifest = manifests.loads((folder / "manifest.json").read_bytes(), "folder")
    table = "names/entities"
    part = manifest.tables[table][0]
    rows = 60_000
    names = pa.DictionaryArray.from_arrays(pa.array(np.zeros(rows, np.int32)), pa.array(["x" * 1_000_000]))
    columns = {"code": np.arange(rows, dtype=np.int32), "name": names, "json": pa.nulls(rows, pa.string())}
    pq.write_table(pa.table(columns), folder / part.file, row_group_size=rows, store_schema=False)
    assert (folder / part.file).stat().st_size < 1 << 20
    group = msgspec.structs.replace(part.groups[0], rows=rows, first=None)
    tables = manifest.tables | {table: (msgspec.structs.replace(part, groups=(group,)),)}
    changed(folder, tables=tables, entities=rows)
    assert asked(folder) == f"the history folder is damaged: {part.file} is not as it was written"


def test_numbers_in_a_folder_lead_nowhere_beyond_its_tables(folder):
    manifest = manifests.loads((folder / "manifest.json").read_bytes(), "folder")
    changed(folder, entities=3)
    assert asked(folder).startswith("the history folder is damaged")
    changed(folder, entities=manifest.entities, orders={})
    assert asked(folder).startswith("the history folder is damaged")


def test_what_is_there_and_is_none_of_ours_is_never_written_over(tmp_path, folder):
    with contextlib.closing(opened(tmp_path, event(1, "MoneyDeposited", "a", amount=1))) as document:
        own = tmp_path / "own"
        own.mkdir()
        (own / "letter.txt").write_text("dear")
        for target, said in (
            (own, "other files"),
            (tmp_path / "small.jsonl", "something else"),
            (folder, "--force"),
        ):
            with pytest.raises(LogError, match=said):
                write_history_folder(document, target)
        (folder / "letter.txt").write_text("dear")
        with pytest.raises(LogError, match=r"letter\.txt"):
            write_history_folder(document, folder, replace=True)
        (folder / "letter.txt").unlink()
        write_history_folder(document, folder, replace=True)
        assert (own / "letter.txt").read_text() == "dear"
    with contextlib.closing(Document.open(str(folder))) as replaced:
        assert replaced.event_count == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "own", "small.jsonl"]


def test_a_folder_that_could_not_be_finished_leaves_what_stood_there(tmp_path, folder, monkeypatch):
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with contextlib.closing(opened(tmp_path, event(1, "MoneyDeposited", "a", amount=1))) as document:
        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(LogError, match="No space left"):
            write_history_folder(document, folder, replace=True)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "small.jsonl"]


def test_the_bytes_of_a_log_that_was_changed_are_not_shown_as_its_events(tmp_path, folder):
    path = tmp_path / "small.jsonl"
    path.write_text(path.read_text().replace('"amount": 50', '"amount": 51'))
    with contextlib.closing(Document.open(str(folder))) as document:
        with pytest.raises(LogError, match="has other bytes by now"):
            document.events.raw(51)
        assert document.event(51).data == {"…": "the log with the bytes of this event is not at hand"}


def test_a_log_that_was_moved_with_its_folder_is_found_beside_it(tmp_path, folder):
    (tmp_path / "else").mkdir()
    shutil.move(tmp_path / "small.jsonl", tmp_path / "else" / "small.jsonl")
    moved = shutil.move(folder, tmp_path / "else" / "folder")
    with contextlib.closing(Document.open(str(moved))) as document:
        assert json.loads(document.events.raw(51))["data"]["amount"] == 50
