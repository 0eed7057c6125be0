"""Is no more of a folder of very many entities read than somebody looks at, and is every answer the same?"""

import contextlib
import json
import random
import threading
from pathlib import Path

import msgspec
import numpy as np
import pytest

pytest.importorskip("pyarrow", reason="history folders need pyarrow")

from explorer.eventlog.text_names import TextNames
from explorer.history import find
from explorer.history.columns import columns_of, entity_ranks, sorted_by
from explorer.history.difference import compare
from explorer.history.folder import folder_names, lines
from explorer.history.folder import manifest as manifests
from explorer.history.folder import opened as opened_folder
from explorer.history.folder.folder_names import FolderNames
from explorer.history.folder.folder_table import FolderTable
from explorer.history.folder.layout import ENTITIES, by_name
from explorer.history.folder.lazy_places import LazyPlaces
from explorer.history.folder.lines import FolderTables
from explorer.history.folder.opened import FolderCollected
from explorer.history.folder.slot_columns import SlotOffsets
from explorer.history.folder.very_many import OwnChanges
from explorer.session.document import Document
from explorer.session.files.folders import write_history_folder
from explorer.session.find.finding import condition_of, search
from explorer.session.find.state_filter import StateFilter
from tests.small_logs import event, opened

EVENTS, ROWS = 2_000, 128


def _records() -> list[dict[str, object]]:
    chance = random.Random(4)
    found = []
    for at in range(EVENTS):
        name = f"acc-{chance.randrange(300)}" if at % 50 else "a" * 250 + str(at % 3)
        kind = "MoneyDeposited" if at % 9 else "AccountOpened"
        own = {"amount": chance.randrange(1, 500), "owner": f"Ada {at % 40}"}
        record = event(1 + at % 27, kind, name, **own)
        if at % 70 == 1:
            del record["at"]
        if at % 90 == 2:
            record["at"] = "9999-01-01T00:00:00Z"
        if at % 100 == 3:
            del record["data"]["accountId"]
        found.append(record)
    return found


@pytest.fixture(scope="module")
def folders(tmp_path_factory) -> tuple[Path, Path]:
    """A log, and the folder of it."""
    path = tmp_path_factory.mktemp("many")
    with contextlib.closing(opened(path, *_records())) as document:
        folder = write_history_folder(document, path / "folder", group_rows=ROWS)
    return path / "small.jsonl", folder


def screen(document: Document, position: int) -> None:
    """What a window asks of a table at a position."""
    state = document.history.state(position)
    state.look_at(state.codes[:40])
    for code in state.codes[:40]:
        state.row(int(code))
        state.entity(int(code))


@pytest.fixture
def pair(folders, monkeypatch):
    """The log in memory, and the folder as if its entities were very many."""
    monkeypatch.setattr(lines, "MANY_SLOTS", 0)
    monkeypatch.setattr(folder_names, "MOST_AT_HAND", 0)
    with contextlib.ExitStack() as kept:
        yield tuple(kept.enter_context(contextlib.closing(Document.open(str(path)))) for path in folders)


def test_what_is_opened_and_looked_at_is_a_page(pair):
    _, folder = pair
    assert isinstance(folder.collected, FolderCollected)
    assert not folder.history.at_hand
    decoded = folder.collected.groups.decoded
    assert {table for table, _ in decoded} <= {"names/types", "names/keys/field-01"}
    state = folder.history.state(1_500)
    for code in state.codes[:5]:
        state.row(int(code))
        state.entity(int(code))
    tables = {table for table, _ in decoded}
    assert not {table for table in tables if table.startswith(("keyframes/", "by-position/", "slots/field"))}
    assert len(state) == len(pair[0].history.state(1_500))
    del decoded[:]
    for position in range(1, EVENTS, 100):  # whoever is on the page is known from then on
        moved = folder.history.state(position)
        for code in state.codes[:5]:
            moved.row(int(code))
    assert {table.partition("/")[0] for table, _ in decoded} <= {"names"}


def test_a_page_is_read_together_and_each_row_is_that_of_the_log(pair):
    one, other = pair
    groups = other.collected.groups
    for position in (300, EVENTS):
        mine, theirs = one.history.state(position), other.history.state(position)
        for first in range(0, len(theirs), 40):
            theirs.look_at(theirs.codes[first : first + 40])
        assert list(theirs.items()) == list(mine.items())
    entity = one.history.entities[3]
    other.collected.forget()
    del groups.decoded[:]
    other.history.state(900).look_at(np.array([3]))
    other.history.state(900).row(3)
    tables = [table for table, _ in groups.decoded if table.startswith("by-entity/")]
    assert len(tables) <= 2 * len(set(tables))
    assert other.history.entities[3] == entity


def test_every_sort_filter_and_difference_is_that_of_the_log(pair):
    one, other = pair
    for position in (0, 1, 777, EVENTS):
        mine, theirs = one.history.state(position), other.history.state(position)
        for column in columns_of(one.history.fields, one.noun):
            for descending in (False, True):
                wanted = sorted_by(mine, column, mine.codes, descending=descending)
                found = sorted_by(theirs, column, theirs.codes, descending=descending)
                assert [theirs.entity(int(code)) for code in found] == [
                    mine.entity(int(code)) for code in wanted
                ]
        for text in ("balance > 2000", "version = 3 or owner = 'Ada 7'", "acc-12", "Ada 1", "aaaa"):
            asked = StateFilter(other.history, other.noun, text)
            flags = StateFilter(one.history, one.noun, text).flags(mine)
            assert np.array_equal(asked.flags(theirs)[np.asarray(theirs.codes)], flags[mine.codes])
            assert asked.work(theirs) == 0
            assert asked.work(other.history.state(5)) == theirs.entity_count
        changed, was = compare(mine, one.history.state(1_000)), compare(theirs, other.history.state(1_000))
        assert np.array_equal(changed.codes, was.codes)
        assert np.array_equal(changed.kinds, was.kinds)


def test_where_something_is_odd_is_found_as_far_as_somebody_looks(pair):
    one, other = pair
    assert other.warnings == one.warnings
    for name in ("out_of_order", "untimed", "beyond", "nobodys"):
        wanted, found = getattr(one.events, name), getattr(other.events, name)
        assert isinstance(found, LazyPlaces)
        assert len(found) == len(wanted) > 3
        assert [int(found[at]) for at in (0, 2, -1)] == [int(wanted[at]) for at in (0, 2, -1)]
        assert found[1:4].tolist() == wanted[1:4].tolist()
        assert np.array_equal(np.asarray(found), wanted)
    for kind in ("out-of-order", "no-time"):
        assert list(other.warned(kind)[:9]) == list(one.warned(kind)[:9])


def test_the_first_place_that_is_odd_reads_no_further(pair):
    _, folder = pair
    decoded = folder.collected.groups.decoded
    del decoded[:]
    assert int(folder.events.out_of_order[0]) < ROWS
    assert decoded == [("by-position/events", 0)]


def test_where_the_changes_of_slots_begin_is_found_without_a_column_of_all(pair):
    one, other = pair
    for line in one.history.field_histories.values():
        offsets = other.history.field_histories[line.field.name].offsets
        assert isinstance(offsets, SlotOffsets)
        wanted, count = line.offsets, len(line.offsets) - 1
        assert [int(offsets[at]) for at in range(-count - 1, count + 1)] == [
            int(wanted[at]) for at in range(-count - 1, count + 1)
        ]
        some = np.array([count, 0, count // 2])
        assert np.array_equal(offsets[some], wanted[some])
        assert np.array_equal(offsets[3:90], wanted[3:90])
        assert np.array_equal(np.diff(offsets), np.diff(wanted))
        changes = np.arange(-1, int(wanted[-1]) + 2)
        assert np.array_equal(
            np.searchsorted(offsets, changes, "right"), np.searchsorted(wanted, changes, "right")
        )
        with pytest.raises(IndexError):
            offsets[count + 1]


def names(folder: Document, *, ordered: bool) -> FolderNames:
    tables = FolderTables(folder.collected.groups, folder.collected.manifest, "log")
    return FolderNames(tables.table(ENTITIES), tables.table(by_name(ENTITIES) if ordered else "nothing"))


@pytest.mark.parametrize("ordered", [True, False])
def test_a_name_is_found_whether_or_not_names_stand_in_an_order(pair, ordered):
    one, other = pair
    wanted, found = list(one.history.entities), names(other, ordered=ordered)
    assert list(found) == list(found.values) == wanted
    assert [found.find(name) for name in wanted] == list(range(len(wanted)))
    for name in ("", "acc", "acc-", "acc-999999", "a" * 250, "b", "zzz", "\ud800", "é"):
        assert found.find(name) is None
    assert list(found.values_of(range(5))) == wanted[:5]
    assert list(found.since(len(wanted) - 2)) == wanted[-2:]
    every = np.arange(len(wanted))[::-1]
    assert list(found.values_of(every)) == wanted[::-1]
    copied = found.copy()
    assert isinstance(copied, TextNames)
    assert copied.code("somebody new") == len(wanted)
    with pytest.raises(KeyError):
        found.code("somebody new")


def test_names_order_as_they_stand_but_where_some_are_numbers(tmp_path, monkeypatch):
    monkeypatch.setattr(folder_names, "MOST_AT_HAND", 0)
    for some in (["b", "a", "é", "acc-10", "acc-9"], ["b", "10", "9", "-1", "x"]):
        place = tmp_path / some[1]
        place.mkdir()
        log = (event(1, "MoneyDeposited", name, amount=1) for name in some)
        with contextlib.closing(opened(place, *log)) as document:
            folder = write_history_folder(document, place / "folder", group_rows=2)
            with contextlib.closing(Document.open(str(folder))) as other:
                told = other.history.entities.told_ranks()
                assert (told is None) == ("9" in some)
                wanted = entity_ranks(document.history.state(5)).tolist()
                assert entity_ranks(other.history.state(5)).tolist() == wanted


def test_a_folder_of_the_layout_before_is_read(folders, pair, tmp_path):
    one, _ = pair
    old = tmp_path / "old"
    text = (folders[1] / "manifest.json").read_bytes()
    manifest = manifests.loads(text, "folder")
    tables = {
        name: tuple(
            msgspec.structs.replace(
                part, groups=tuple(msgspec.structs.replace(group, first=None) for group in part.groups)
            )
            for part in parts
        )
        for name, parts in manifest.tables.items()
        if not name.endswith(("slots/born", "-by-name"))
    }
    old.symlink_to(folders[1])
    copied = tmp_path / "copied"
    copied.mkdir()
    for path in folders[1].iterdir():
        if path.is_dir():
            (copied / path.name).symlink_to(path)
    before = msgspec.structs.replace(manifest, version=2, tables=tables)
    (copied / "manifest.json").write_bytes(manifests.dumps(before))
    assert json.loads((copied / "manifest.json").read_text())["version"] == 2
    with contextlib.closing(Document.open(str(copied))) as other:
        for position in (0, 1, 900, EVENTS):
            mine, theirs = one.history.state(position), other.history.state(position)
            assert list(theirs.items()) == list(mine.items())
            assert other.totals_text(position) == one.totals_text(position)
        assert other.history.entities.find("acc-7") == one.history.entities.find("acc-7")


def test_an_entity_that_was_looked_at_knows_its_values(pair):
    one, other = pair
    line, mine = other.history.field_histories["balance"], one.history.field_histories["balance"]
    slot = 3
    line.change_at(slot, 900)
    own = line._own[slot]
    assert isinstance(own, OwnChanges)
    for position in range(0, EVENTS, 37):
        change = own.change_at(position)
        assert change == mine.change_at(slot, position)
        if change >= 0:
            assert own.value("units", change) == mine.values.units[change]


def test_one_value_of_an_entity_too_large_for_memory_is_one_row_group(pair):
    one, other = pair
    line, mine = other.history.field_histories["balance"], one.history.field_histories["balance"]
    slot = int(np.diff(mine.offsets).argmax())
    change = line.change_at(slot, EVENTS)
    other.collected.groups.allow(64)
    assert line.values.units[change] == mine.values.units[change]
    assert not line._own[slot]._values


def test_opening_looks_at_nothing_that_grows_with_the_entities(pair, monkeypatch):
    _, folder = pair
    monkeypatch.setattr(opened_folder, "_SPREAD_GROUPS", 1)
    groups = folder.collected.groups
    groups.forget()
    del groups.decoded[:]
    folder.prepare("log")
    assert len(groups.decoded) < 8
    assert groups.bytes_kept < 64_000


def test_what_is_worked_out_of_all_counts_to_the_memory_that_decoded_row_groups_may_take(pair):
    history = pair[1].history
    groups = pair[1].collected.groups
    for position in range(0, EVENTS, 100):
        screen(pair[1], position)
    least = groups.bytes_kept // 2
    groups.allow(groups.bytes_kept + least)
    before = groups.bytes_kept
    with history.room(2 * least):
        assert groups.bytes_kept <= before - least
    end = history.hold(2 * least)
    hits = search(pair[1], condition_of(history, "account", "balance > 10"), lambda *_: None)
    held = groups._held
    assert held > 2 * least
    assert {hits._found.stops.dtype, hits._found.owners.dtype} == {np.dtype(np.int32)}  # half as much
    del hits
    assert groups._held == 2 * least
    end()
    end()
    assert groups._held == 0


def test_a_page_of_very_many_is_read_by_two_threads_and_leaves_none(pair, monkeypatch):
    used = set()
    read = FolderTable.several

    def told(table, columns, wanted):
        used.add(threading.current_thread().name.partition("_")[0])
        return read(table, columns, wanted)

    monkeypatch.setattr(FolderTable, "several", told)
    state = pair[1].history.state(EVENTS)
    assert len(state.to_read(state.codes[:40])) > 2
    state.look_at(state.codes[:40])
    assert used == {"page reader"}
    assert not state.to_read(state.codes[:40])
    assert not [each for each in threading.enumerate() if each.name.startswith("page reader")]


def test_a_search_through_all_keeps_no_row_group_of_its_own(pair, monkeypatch):
    monkeypatch.setattr(find, "BLOCK_EVENTS", EVENTS)
    groups = pair[1].collected.groups
    groups.forget()
    found = search(
        pair[1], condition_of(pair[1].history, "account", "balance > 10 or version = 3"), lambda *_: None
    )
    assert len(found)
    assert not [key for key in groups._kept if key[0] == "slots/field-04" and "whole" in key]


def test_what_rests_is_given_back_by_another_thread(pair):
    document = pair[1]
    screen(document, 900)
    groups = document.collected.groups
    assert groups.bytes_kept
    give_back = document.rest()
    assert groups.bytes_kept == 0
    assert give_back is not None
    give_back()
    assert document.rest() is None
