"""Does who writes one field alone write what stands in the folder, and a second time somewhere else?"""

import pickle
from pathlib import Path

import pyarrow.parquet as pq

from explorer.eventlog.log import open_log
from explorer.history.engines import local
from explorer.history.engines.field_tables import LogOfTables, write_field
from explorer.history.engines.folding import fold_segment, segments_of
from tests.history.engines.test_local import GROUP_ROWS, amounts, chooser, written
from tests.history.engines.told_folder import ToldFolder


def test_a_field_that_is_written_alone_is_as_in_the_folder_and_what_another_has_begun_is_apart(tmp_path):
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
    compared = 0
    for number, field in enumerate(whole.fields):
        segments = [each.fields[field.name] for each in folded]
        first = write_field(told, (number, field), segments, tmp_path / "place", GROUP_ROWS)
        made = write_field(told, (number, field), segments, tmp_path / "place", GROUP_ROWS)
        assert made.folder != first.folder
        assert made.about.changes == sum(each.changes for each in segments)
        if number == whole.touches:
            assert sorted(made.births.tolist()) == list(range(len(whole.entities)))
        for table, parts in made.tables.items():
            rows = [row for each in parts for row in pq.read_table(Path(made.folder) / each.file).to_pylist()]
            assert rows == folder.rows(table), table
            compared += len(rows)
    assert compared > 1_000
