"""Are branches kept side by side, each with its own edits and what came of it?"""

import json
from pathlib import Path

from explorer.history.edits import Edit
from explorer.session.changes.branches import (
    Branches,
    NamedBranch,
    edit_rows,
    rejected_rows,
    side_by_side,
    work_out,
)
from explorer.session.document import Document


def document(folder: Path) -> Document:
    events: list[tuple[str, dict[str, object]]] = [
        ("AccountOpened", {"owner": "Ada"}),
        ("MoneyDeposited", {"amount": 50}),
        ("MoneyWithdrawn", {"amount": 30}),
    ]
    lines = [
        json.dumps({"type": kind, "data": {"accountId": "a", **data}, "at": f"2026-01-0{day}"})
        for day, (kind, data) in enumerate(events, 1)
    ]
    path = folder / "log.jsonl"
    path.write_text("\n".join(lines) + "\n")
    return Document.open(str(path))


def test_the_values_of_every_branch_stand_beside_those_of_the_log(tmp_path: Path) -> None:
    log = document(tmp_path)
    first = NamedBranch("one").with_edit(Edit("skip", 2))
    second = NamedBranch("two").with_edit(Edit("edit", 3, '{"amount": 0.5}'))
    worked = [work_out(log, each) for each in (first, second)]
    assert side_by_side(worked, 3) == [["a", "balance", "20", "−30", "49.5"]]
    assert side_by_side(worked, 2) == [["a", "balance", "50", "0", ""]]
    assert side_by_side(worked, 1) == []
    assert rejected_rows(log, worked[0].rejected) == [
        ["3", "2026-01-03", "MoneyWithdrawn", "a has 0, which is less than 30"]
    ]
    assert list(edit_rows(log, [*first.edits, *second.edits, Edit("insert", 4, "{}")])) == [
        ["−", "2", "MoneyDeposited is skipped"],
        ["~", "3", 'MoneyWithdrawn is: {"amount": 0.5}'],
        ["+", "end", "added at the end: {}"],
    ]
    log.close()


def test_of_two_changes_of_one_event_the_later_counts_and_what_is_inserted_stays() -> None:
    branch = NamedBranch("one").with_edit(Edit("insert", 2, "{}")).with_edit(Edit("skip", 2))
    branch = branch.with_edit(Edit("edit", 2, "{}")).with_edit(Edit("insert", 2, "[]"))
    assert [each.kind for each in branch.edits] == ["insert", "edit", "insert"]
    assert [each.kind for each in branch.without(1).edits] == ["insert", "insert"]


def test_branches_are_begun_copied_renamed_and_forgotten() -> None:
    branches = Branches()
    assert not branches.kept
    branches.put(NamedBranch("", (Edit("skip", 1),)))
    branches.add()
    branches.current = 0
    branches.copy()
    assert [each.name for each in branches.kept] == ["", "What if 1", "What if 2"]
    assert branches.front is not None
    assert branches.front.edits == (Edit("skip", 1),)
    for left in (2, 1, 0):
        branches.remove()
        assert (len(branches.kept), branches.current) == (left, left - 1)
