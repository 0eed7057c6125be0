"""How much of a history folder is read, decoded and kept for what somebody looks at?"""

import contextlib
import random
import threading
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("pyarrow", reason="history folders need pyarrow")

import pyarrow.parquet as pq

from explorer.cli.commands.generate import account_log
from explorer.eventlog.errors import Cancelled
from explorer.history import find
from explorer.history.folder import row_groups
from explorer.history.folder.lines import FolderTables
from explorer.history.folder.opened import FolderCollected, open_folder
from explorer.history.folder.place import LocalPlace
from explorer.history.folder.row_groups import NeedsMemory, RowGroups
from explorer.session.document import Document
from explorer.session.events.event_columns import usual
from explorer.session.files.folders import write_history_folder
from explorer.session.find.finding import condition_of
from explorer.session.state.state_view import StateView

EVENTS, ROWS = 30_000, 1_000
TOLD = 256  # bytes in which the system tells it


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("lazy")
    (path / "log.jsonl").write_text("".join(account_log(EVENTS, 400, 5)))
    with contextlib.closing(Document.open(str(path / "log.jsonl"))) as document:
        return write_history_folder(document, path / "folder", group_rows=ROWS)


@pytest.fixture
def document(folder):
    with contextlib.closing(Document(open_folder(LocalPlace(folder)))) as found:
        yield found


def groups_of(document: Document):
    assert isinstance(document.collected, FolderCollected)
    return document.collected.groups


def screen(document: Document, position: int) -> list[object]:
    """What a window asks of a table at a position: who is there, 40 rows of it, and whether they changed."""
    state = document.history.state(position)
    codes = state.codes[:40]
    found = [state.row(int(code)) for code in codes]
    before = document.history.state(max(position - 1, 0))
    return [*found, *(before.row(int(code)) for code in codes), *(state.last_touch(int(c)) for c in codes)]


def bytes_read() -> int:
    """How many bytes this process has read so far, as the system counts them; 0 where it does not tell."""
    told = Path("/proc/self/io")
    return int(told.read_text().split()[1]) if told.exists() else 0


def test_a_jump_reads_at_most_four_row_groups_and_a_keyframe_of_each_field(document, folder):
    groups = groups_of(document)
    for position in range(
        1, EVENTS, EVENTS // 9
    ):  # the ends of files, which tell where row groups are: read once
        screen(document, position)
    bytes_of: dict[tuple[str, int], int] = {}
    for path in folder.rglob("*.parquet"):
        meta = pq.ParquetFile(path).metadata
        for at in range(meta.num_row_groups):
            group = meta.row_group(at)
            size = sum(group.column(column).total_compressed_size for column in range(group.num_columns))
            bytes_of[str(path.parent.relative_to(folder)), at] = size
    for position in random.Random(1).sample(range(1, EVENTS), 40):
        groups.forget()
        for line in document.history.field_histories.values():
            line._seen.clear()
            line._known.clear()
        del groups.decoded[:]
        before = bytes_read()
        screen(document, position)
        read = bytes_read() - before
        decoded = set(groups.decoded)
        for room, most in (("by-position/", 4), ("keyframes/", 1), ("by-entity/", 0)):
            for field in {table for table, _ in decoded if table.startswith(room)}:
                assert len([at for table, at in decoded if table == field]) <= most, (position, field)
        assert read <= sum(bytes_of[each] for each in decoded) + TOLD


def test_one_entity_reads_one_or_two_row_groups_of_a_field(document):
    groups = groups_of(document)
    for entity in list(document.history.entities)[::37]:
        groups.forget()
        del groups.decoded[:]
        list(document.history.changes_of(entity, "balance"))
        assert 1 <= len({each for each in groups.decoded if each[0].startswith("by-entity/")}) <= 2


def test_what_is_offered_of_events_is_looked_for_in_a_few_row_groups(document):
    groups = groups_of(document)
    groups.forget()
    del groups.decoded[:]
    usual(document)
    assert 1 <= len({each for each in groups.decoded if each[0] == "by-position/events"}) <= 4


def test_memory_stays_bounded_while_a_folder_is_scrubbed_from_end_to_end(folder):
    most = 400_000  # less than what all of it takes
    with contextlib.closing(Document(open_folder(LocalPlace(folder), most))) as document:
        groups = groups_of(document)
        kept = []
        for position in range(0, EVENTS, 250):
            screen(document, position)
            kept.append(groups.bytes_kept)
        assert max(kept) <= most
        assert max(kept) > most // 2


def test_what_needs_the_whole_in_memory_says_so(folder):
    with contextlib.closing(Document(open_folder(LocalPlace(folder), 100_000))) as document:
        with pytest.raises(NeedsMemory, match="in memory at once"):
            np.asarray(document.events.at_ns)
        assert StateView(document.history, "account", document.history.state(777)) is not None


def test_a_second_look_at_a_place_decodes_nothing(document):
    groups = groups_of(document)
    screen(document, 20_000)
    del groups.decoded[:]
    screen(document, 20_000)
    assert groups.decoded == []


def test_a_search_goes_segment_by_segment_in_less_memory_than_a_column_takes(folder, document, monkeypatch):
    monkeypatch.setattr(find, "BLOCK_EVENTS", 2_000)
    conditions = ("balance < 100", "balance > 5000 and version > 3", "owner = 'Ada'")
    with contextlib.closing(Document(open_folder(LocalPlace(folder), 150_000))) as small:
        assert groups_of(small).most_bytes < EVENTS * 8
        for text in conditions:
            told: list[int] = []
            own = small.history
            asked = find.find_each(
                own, condition_of(own, small.noun, text), lambda done, _, told=told: told.append(done)
            )
            found = find.joined(list(asked))
            history = document.history
            wanted = find.joined(
                list(find.find_each(history, condition_of(history, document.noun, text), lambda *_: None))
            )
            for mine, theirs in zip(
                (found.owners, found.starts, found.stops),
                (wanted.owners, wanted.starts, wanted.stops),
                strict=True,
            ):
                assert np.array_equal(mine, theirs)
            assert len(told) > 10
            assert groups_of(small).bytes_kept <= 150_000


def test_a_search_in_a_folder_is_stopped_where_somebody_says_so(document):
    def stop(done: int, total: int) -> None:
        raise Cancelled

    history = document.history
    del groups_of(document).decoded[:]
    with pytest.raises(Cancelled):
        list(find.find_each(history, condition_of(history, document.noun, "balance < 100"), stop))


class OpenedFile:
    """Stands for a file of a folder."""

    metadata = None

    def __init__(self) -> None:
        self.closed = False

    def close(self, *, force: bool) -> None:
        self.closed = force


class PlaceOfFiles:
    """Stands for the place of a folder; remembers what was opened."""

    name = "folder"

    def __init__(self) -> None:
        self.opened: list[OpenedFile] = []

    def parquet(self, *_: object) -> OpenedFile:
        self.opened.append(OpenedFile())
        return self.opened[-1]


@pytest.mark.parametrize("closing", [False, True])
def test_who_reads_a_file_that_has_to_go_is_not_waited_for_by_others_and_none_stays_open(
    closing, monkeypatch
):
    monkeypatch.setattr(row_groups, "_MOST_FILES", 1)
    place = PlaceOfFiles()
    groups = RowGroups(place)  # type: ignore[arg-type]

    def other() -> None:
        if closing:
            groups.close()
            return
        with groups.file("b", ()):
            pass

    with groups.file("a", ()) as file:
        threads = [threading.Thread(target=other, daemon=True)]
        threads[0].start()
        threads[0].join(0.05)  # it waits for this file
        threads.append(threading.Thread(target=lambda: groups.at_hand(("anything",)), daemon=True))
        threads[1].start()
        threads[1].join(5)
        assert not threads[1].is_alive()
        assert not file.closed
    threads[0].join(5)
    assert place.opened[0].closed
    groups.close()
    assert all(each.closed for each in place.opened)


def test_who_goes_through_a_file_keeps_nobody_else_from_it(document):
    groups = groups_of(document)
    table = FolderTables(groups, document.collected.manifest, "log").table("by-position/events")
    found = []

    def look() -> None:
        found.append(int(table.ints("position", 1)[0]))

    every = table.in_batches({"position": None}, 0)  # whoever is in the middle of a file holds it
    assert len(next(every)["position"])
    other = threading.Thread(target=look)
    other.start()
    other.join(20)
    assert found == [int(table.starts[1]) + 1]
    assert len([key for key in groups._files if key[0].startswith("by-position/events")]) == 2
    every.close()
