"""Does who writes some tables alone write what stands in the folder, and a second time somewhere else?"""

import pickle
from pathlib import Path

import pyarrow.parquet as pq

from explorer.eventlog.log import open_log
from explorer.history.engines import local
from explorer.history.engines.event_tables import EventsTold
from explorer.history.engines.field_tables import (
    LogOfTables,
    codes_of,
    write_entities,
    write_events,
    write_field,
    write_named,
)  # fmt: skip
from explorer.history.engines.folding import FoldedSegment, fold_segment, segments_of
from explorer.history.engines.naming import NamesFile
from explorer.history.engines.range_rows import binary
from explorer.history.engines.spilled import ColumnsFile
from explorer.history.engines.spilled import written as columns_written
from tests.history.engines.test_local import GROUP_ROWS, amounts, chooser, written
from tests.history.engines.told_folder import ToldFolder


def test_tables_that_are_written_alone_are_as_in_the_folder_and_what_another_has_begun_is_apart(tmp_path):
    with open_log(str(written(tmp_path, amounts(300)))) as log:
        model = chooser(log)
        local.write_folder([log], model, tmp_path / "folder", group_rows=GROUP_ROWS)
        (tmp_path / "place").mkdir()
        whole = local.scanned([log], model, tmp_path / "place" / "rows").whole
        whole.settle()
        folded = [
            fold_segment(whole, each, tmp_path / "place", at)
            for at, each in enumerate(segments_of(whole, 200))
        ]
    told = pickle.loads(pickle.dumps(LogOfTables(whole)))  # noqa: S301 - as it goes to another machine
    folder = ToldFolder(tmp_path / "folder")
    made, compared = [], 0
    for at, each in enumerate(folded):
        ColumnsFile.written(
            tmp_path / f"named-{at}", dict(zip(("entity", "position"), each.named, strict=True))
        )
    named = [tmp_path / f"named-{at}" for at in range(len(folded))]
    events = write_events(told, tmp_path / "place", GROUP_ROWS)
    assert isinstance(events.events, EventsTold)
    assert events.events.type_counts == tuple(folder.manifest["about"]["type_counts"])
    assert events.events.nobodys == folder.manifest["about"]["nobodys"]
    made += [events, write_entities(told, tmp_path / "place", GROUP_ROWS)]
    made.append(write_named(named, tmp_path / "place", GROUP_ROWS))
    assert sorted(table for each in made for table in each.tables) == [
        "by-entity/named", "by-position/events", "density", "names/entities",
    ]  # fmt: skip
    for number, field in enumerate(whole.fields):
        segments = [each.fields[field.name] for each in folded]
        first = write_field(told, (number, field), segments, tmp_path / "place", GROUP_ROWS)
        own = write_field(told, (number, field), segments, tmp_path / "place", GROUP_ROWS)
        assert own.folder != first.folder
        assert own.about.changes == sum(each.changes for each in segments)
        if number == whole.touches:
            assert sorted(own.births.tolist()) == list(range(len(whole.entities)))
        made.append(own)
    for some in made:
        for table, parts in some.tables.items():
            rows = [row for each in parts for row in pq.read_table(Path(some.folder) / each.file).to_pylist()]
            assert rows == folder.rows(table), table
            compared += len(rows)
    assert compared > 1_000


def test_values_with_numbers_of_their_own_get_those_of_the_whole_log_and_their_files_stay(tmp_path):
    every = NamesFile(tmp_path / "every")
    every.add(binary(["a", "b", "c", "d"]))
    segments = []
    for at, own in enumerate((["b", "d"], [], ["a"])):
        path = tmp_path / f"rows-{at}"
        columns_written(path.with_suffix(".values"), {"name": binary(own)})
        segments.append(FoldedSegment(1, len(own), (path,), own_values=True))
    for _ in range(2):  # the same done once more
        found = codes_of(every, segments, tmp_path / "codes")
        assert [numbers.tolist() for numbers in found.values()] == [[1, 3], [], [0]]
    assert codes_of(None, segments, tmp_path / "none") == {}
    assert codes_of(every, [FoldedSegment(1, 1, (tmp_path / "rows-0",))], tmp_path / "none") == {}
