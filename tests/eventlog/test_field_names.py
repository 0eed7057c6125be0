"""Are names of fields known however they are spelled, and others not taken for them?"""

import pytest

from explorer.eventlog.field_names import is_amount, is_known, is_timely, plain


def test_a_name_is_compared_without_its_spelling():
    assert {
        plain(name) for name in ("Event-Type", "event_type", "@eventType", "event type", "$EVENT.TYPE")
    } == {"eventtype"}


@pytest.mark.parametrize(
    "name", ["occurred_at", "Buchungstag", "Date", "startTimeUnixNano", "ts", " created-at "]
)
def test_what_sounds_like_a_time_is_timely(name):
    assert is_timely(plain(name.strip()))
    assert is_known(name)


@pytest.mark.parametrize(("name", "amount"), [("Betrag (EUR)", True), ("unitPrice", True), ("owner", False)])
def test_what_sounds_like_an_amount(name, amount):
    assert is_amount(name) is amount


@pytest.mark.parametrize("name", ["", "  ", "-", "Ada", "x17", "2026"])
def test_what_no_log_calls_a_field_is_not_known(name):
    assert not is_known(name)
