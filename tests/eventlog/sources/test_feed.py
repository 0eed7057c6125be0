"""A source is one module and one line: what it yields is a log like any other, and goes on."""

import sys
from urllib.parse import unquote

import pytest

from explorer.eventlog.errors import LogError
from explorer.eventlog.log import open_log, read_otherwise
from explorer.eventlog.read_as import AS_FOUND
from explorer.eventlog.sources.address import address_of, scrubbed
from explorer.session.document import Document


def test_what_a_source_yields_is_a_log(trickle) -> None:
    document = Document.open("trickle://ann:secret@host/shop?table=events")
    assert document.event_count == 10
    assert document.name == "trickle, events"
    assert document.path == "trickle://ann@host/shop?table=events"
    assert document.format_text == "Trickle, table events"
    assert trickle.reached[1] == "secret"
    assert document.place_text(3) == "row 4"
    document.close()
    assert trickle.closed == 1


def test_a_lost_connection_is_made_anew_and_nothing_is_there_twice(trickle) -> None:
    trickle.losses = 2
    with open_log("trickle://host/shop") as log:
        assert sum(len(batch.events) for batch in log.batches()) == 10


def test_a_connection_that_is_always_lost_is_said(trickle) -> None:
    trickle.losses = 5
    with pytest.raises(LogError, match="the connection was lost"):
        open_log("trickle://host/shop")
    assert trickle.closed == 1


def test_a_source_goes_on_behind_what_was_read(trickle) -> None:
    log = open_log("trickle://host/shop")
    assert log.live
    assert log.source.fetch_more() > 0
    further = read_otherwise(log, None, AS_FOUND, None, further=True)
    log.close()
    assert trickle.closed == 0  # somebody reads on
    assert sum(len(batch.events) for batch in further.batches()) == 12
    further.close()
    assert trickle.closed == 1


def test_who_stops_the_reading_is_told_that_more_is_there_and_nothing_follows_the_gap(trickle) -> None:
    with open_log("trickle://host/shop", told=lambda rows: rows < 5) as log:
        batches = list(log.batches())
        assert sum(len(batch.events) for batch in batches) == 5
        assert "stopped here" in batches[-1].unread[-1].reason
        assert not log.live


def test_a_missing_driver_is_named_with_the_line_that_installs_it(trickle, monkeypatch) -> None:
    monkeypatch.setattr(sys.modules["tests_trickle"], "DRIVER", "no_such_driver_at_all")
    with pytest.raises(LogError, match=r'no_such_driver_at_all is needed.*"history-explorer\[trickle\]"'):
        open_log("trickle://host/shop")


def test_an_address_that_nothing_reads_is_said_with_those_that_are() -> None:
    with pytest.raises(LogError, match="postgresql://"):
        open_log("gopher://host/shop")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("postgresql://ann:p%40ss@h:5432/db", "postgresql://ann@h:5432/db"),
        ("postgresql://ann@h/db?password=hush&sslmode=require", "postgresql://ann@h/db?sslmode=require"),
        ("postgresql:///db?host=/tmp/here&table=a.b", "postgresql:///db?host=/tmp/here&table=a.b"),
        ("postgresql:///?service=prod", "postgresql:///?service=prod"),
    ],
)
def test_an_address_tells_no_password(text, shown) -> None:
    address = address_of(text)
    assert address.text == shown
    assert address_of(address.text) == address
    if "p%40ss" in text:
        assert address.password == unquote("p%40ss")


def test_of_a_password_with_odd_characters_nothing_is_repeated() -> None:
    with pytest.raises(LogError) as caught:
        address_of("postgresql://ann:se@cr/et@h/db")
    assert "cr" not in str(caught.value).replace("characters", "")
    assert "et@" not in str(caught.value)


def test_what_a_driver_says_is_one_line_without_the_password() -> None:
    assert scrubbed("no\n  hush%2F1 and hush/1", "hush/1") == "no … and …"
    assert scrubbed("a path in which p stands", "p") == "a path in which p stands"
    assert scrubbed("nothing", None) == "nothing"
