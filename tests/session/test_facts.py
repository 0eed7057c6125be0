"""Is what is known of an open log as a whole what the log says, oddities counted?"""

from explorer.session.facts import LogFacts
from tests.small_logs import event, opened


def test_a_log_tells_what_it_is_and_how_much_of_it_is_odd(tmp_path):
    document = opened(
        tmp_path,
        event(2, "AccountOpened", "a"),
        "{broken",
        event(1, "MoneyDeposited", "a", amount="much"),
        event(3, "Blinked", "a"),
    )
    assert isinstance(document, LogFacts)
    assert (document.name, document.format_text) == ("small.jsonl", "JSON Lines")
    assert (document.noun, document.projection_name, document.complete) == ("account", "accounts", True)
    assert (document.event_count, document.unread_count, document.out_of_order_count) == (3, 1, 1)
    assert document.unknown_types == {"Blinked": 1}
    assert (document.problem_count, [each.position for each in document.problems]) == (1, [2])
    assert document.unread_reasons[0].startswith("line 2, column 2, byte ")
    assert (document.upcasting, dict(document.schemas), document.line_end) == (None, {}, b"\n")
    document.close()
