"""Are the branches and the query of a log kept as they are, and is what makes no sense left out?"""

import pytest

from explorer.history.edits import Edit
from explorer.projection.model import Recipe
from explorer.session.changes.kept_branches import (
    MOST_KEPT,
    KeptBranches,
    KeptQuery,
    NamedBranch,
    dumps,
    loads,
    query_read,
    query_written,
)


def test_branches_are_the_same_once_they_were_kept():
    branch = NamedBranch("without the fee", (Edit("skip", 3), Edit("edit", 4, '{"amount": 1}')))
    kept = KeptBranches((branch,), 0, "abc")
    assert loads(dumps(kept)) == kept
    assert dumps(KeptBranches()) == ""


def test_of_a_skip_and_an_edit_for_one_event_the_new_one_counts():
    branch = NamedBranch("x", (Edit("skip", 3), Edit("insert", 3, "{}")))
    after = branch.with_edit(Edit("edit", 3, "{}"))
    assert [each.kind for each in after.edits] == ["insert", "edit"]
    assert after.without(0).edits == (after.edits[1],)
    assert [each.position for each in after.with_edit(Edit("skip", 1)).edits] == [1, 3, 3]


@pytest.mark.parametrize("text", ["{", "[]", '{"branches": 3}', "[" * 100_000, "\ud800"])
def test_what_makes_no_sense_is_no_branch(text):
    assert loads(text) == KeptBranches()
    assert query_read(text) is None


def test_the_one_in_front_is_one_of_those_that_are_kept():
    many = tuple(NamedBranch(str(number)) for number in range(MOST_KEPT + 5))
    assert loads(dumps(KeptBranches(many, MOST_KEPT + 4))).current == MOST_KEPT - 1
    assert loads(dumps(KeptBranches(many[:2], -7))).current == -1


def test_only_what_is_written_in_sql_is_a_query():
    query = KeptQuery(Recipe("q.sql", "sql", "SELECT 1"))
    assert query_read(query_written(query)) == query
    assert query_read(query_written(KeptQuery(Recipe("p.py", "python", "x")))) is None
    used = KeptQuery(query.written, Recipe("p.py", "python", "x"))
    assert query_read(query_written(used)) == query
