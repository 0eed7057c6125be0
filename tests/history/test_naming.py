"""Is it told what a query names and the log does not have, and refused where no event could ever match?"""

import pytest

from explorer.eventlog.errors import LogError
from explorer.history.naming import check_names, unknown_names
from explorer.projection.model import Recipe
from tests.small_logs import event, opened


@pytest.fixture
def document(tmp_path):
    found = opened(
        tmp_path, event(1, "MoneyDeposited", "a", amount=5), event(2, "MoneyWithdrawn", "a", amount=1)
    )
    yield found
    found.close()


def model(document, text):
    return document.bound(Recipe("q.sql", "sql", text))


def test_a_member_that_no_event_has_is_refused_with_what_is_near(document):
    query = model(document, "SELECT data.accountId AS k,\n sum(data.amuont) AS v FROM events GROUP BY k")
    (found,) = unknown_names(query, document.collected)
    assert (found.fatal, found.line) == (True, 2)
    with pytest.raises(LogError, match="amount"):
        check_names(query, document.collected)


def test_a_type_that_the_log_does_not_have_is_told_and_not_refused(document):
    query = model(
        document,
        "SELECT data.accountId AS k, count(*) AS v FROM events WHERE type = 'MoneyDepositd' GROUP BY k",
    )
    (found,) = unknown_names(query, document.collected)
    assert not found.fatal
    assert "MoneyDeposited" in found.reason
    check_names(query, document.collected)


def test_a_query_of_what_is_there_and_any_other_read_model_name_nothing_wrongly(document):
    query = model(document, "SELECT data.accountId AS k, sum(data.amount) AS v FROM events GROUP BY k")
    assert unknown_names(query, document.collected) == []
    assert unknown_names(document.read_model, document.collected) == []
