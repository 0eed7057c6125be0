"""Does a comparison of two points say what came, went and changed, to the last digit, and quickly?"""

import json
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from explorer.resources import resource
from explorer.session.document import Document
from explorer.session.places.markers import Markers
from explorer.session.places.pair import compared, step_both, swap
from explorer.session.state.differences import Differences, difference_text


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Callable[[list[tuple[str, dict[str, object]]]], Document]]:
    """Open a log of these events."""
    opened: list[Document] = []

    def make(events: list[tuple[str, dict[str, object]]]) -> Document:
        path = tmp_path / f"{len(opened)}.jsonl"
        path.write_text("".join(json.dumps({"type": kind, "data": data}) + "\n" for kind, data in events))
        opened.append(Document.open(str(path)))
        return opened[-1]

    yield make
    for document in opened:
        document.close()


def differences(document: Document, start: int, stop: int) -> Differences:
    return Differences(document.history.state(start), document.history.state(stop), document.noun)


def rows(found: Differences) -> list[list[str]]:
    return [[found.kind(row), *(found.text(row, column) for column in range(5))] for row in range(len(found))]


def test_what_came_went_and_changed_stands_field_by_field() -> None:
    document = Document.open(str(resource("samples", "three-events.jsonl")))
    assert rows(differences(document, 1, 3)) == [["changed", "acc-1", "balance", "0", "20", "+20"]]
    assert rows(differences(document, 3, 2)) == [["changed", "acc-1", "balance", "20", "50", "+30"]]
    added = rows(differences(document, 0, 3))
    assert {row[0] for row in added} == {"added"}
    assert ["added", "acc-1", "owner", "", "Ada", ""] in added
    gone = rows(differences(document, 3, 0))
    assert ["removed", "acc-1", "balance", "20", "", ""] in gone
    assert differences(document, 0, 3).summary() == "1 added; 3 events between"
    assert differences(document, 2, 2).summary() == "nothing differs; 0 events between"
    document.close()


def test_a_value_that_came_back_does_not_differ(made: Callable[..., Document]) -> None:
    document = made(
        [
            ("AccountOpened", {"accountId": "a", "owner": "Ada"}),
            ("MoneyDeposited", {"accountId": "a", "amount": 5}),
            ("MoneyWithdrawn", {"accountId": "a", "amount": 5}),
        ]
    )
    # nothing but the number of its events is another one
    assert rows(differences(document, 1, 3)) == [["changed", "a", "version", "1", "3", "+2"]]


def test_each_currency_has_its_own_difference(made: Callable[..., Document]) -> None:
    document = made(
        [
            ("MoneyDeposited", {"accountId": "a", "amount": 5, "currency": "EUR"}),
            ("MoneyDeposited", {"accountId": "a", "amount": 7, "currency": "USD"}),
            ("MoneyWithdrawn", {"accountId": "a", "amount": 2, "currency": "EUR"}),
        ]
    )
    (row,) = [row for row in rows(differences(document, 1, 3)) if row[2] == "balance"]
    assert row[5] == "−2 EUR, +7 USD"


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        (Decimal("0.1"), Decimal("0.3"), "+0.2"),
        (0, Decimal("0.10000000000000000001"), "+0.10000000000000000001"),
        (10**30, 1, f"−{10**30 - 1}"),
        ("open", "closed", ""),
        (None, 5, ""),
        (True, 2, ""),
        ({"EUR": 5}, {"EUR": 5}, ""),
    ],
)
def test_a_difference_is_exact(before: object, after: object, text: str) -> None:
    assert difference_text(before, after) == text


def test_without_points_one_compares_with_the_event_before() -> None:
    markers = Markers()
    assert compared(markers, 7) == (6, 7)
    assert compared(markers, 0) == (0, 0)
    markers.set_a(3)
    assert compared(markers, 7) == (3, 7)
    markers.set_b(5)
    assert compared(markers, 7) == (3, 5)
    swap(markers, 7)
    assert compared(markers, 7) == (5, 3)


def test_both_points_step_together_and_never_out_of_the_log() -> None:
    markers = Markers()
    markers.set_a(2)
    assert step_both(markers, 7, 2, 10) == 9
    assert compared(markers, 9) == (4, 9)
    markers.set_b(6)
    assert step_both(markers, 9, -100, 10) == 9
    assert compared(markers, 9) == (0, 2)
    assert step_both(markers, 9, 100, 10) == 9
    assert compared(markers, 9) == (8, 10)


def test_a_hundred_thousand_accounts_are_compared_at_once(made: Callable[..., Document]) -> None:
    count = 100_000
    document = made(
        [("AccountOpened", {"accountId": f"acc-{number}", "owner": "Ada"}) for number in range(count)]
        + [("MoneyDeposited", {"accountId": f"acc-{number}", "amount": 1.5}) for number in range(count)]
    )
    differences(document, count, 2 * count)
    began = time.perf_counter()
    found = differences(document, count, 2 * count)
    assert found.text(99_999, 4) == "+1.5"
    passed_s = time.perf_counter() - began
    assert len(found) == count
    assert passed_s < 0.5, f"{passed_s * 1000:.0f} ms"
    print(f"{passed_s * 1000:.1f} ms")
