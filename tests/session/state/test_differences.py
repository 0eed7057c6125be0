"""Does a comparison of two points say what came, went and changed, to the last digit, and quickly?"""

import json
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from explorer.cli.main import main
from explorer.history.edits import Edit
from explorer.resources import resource
from explorer.session.changes.branches import NamedBranch, side_by_side, work_out
from explorer.session.document import Document
from explorer.session.options import OpenOptions, Recipe
from explorer.session.places.markers import Markers
from explorer.session.recipes import recipe
from explorer.session.state.differences import Differences, difference_text
from explorer.session.state.state_totals import joined, totals_of_all, totals_of_kept
from explorer.session.timeline.preview import preview


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
    assert markers.compared(7) == (6, 7)
    assert markers.compared(0) == (0, 0)
    markers.set_a(3)
    assert markers.compared(7) == (3, 7)
    markers.set_b(5)
    assert markers.compared(7) == (3, 5)
    markers.swap(7)
    assert markers.compared(7) == (5, 3)


def test_both_points_step_together_and_never_out_of_the_log() -> None:
    markers = Markers()
    markers.set_a(2)
    assert markers.step_both(7, 2, 10) == 9
    assert markers.compared(9) == (4, 9)
    markers.set_b(6)
    assert markers.step_both(9, -100, 10) == 9
    assert markers.compared(9) == (0, 2)
    assert markers.step_both(9, 100, 10) == 9
    assert markers.compared(9) == (8, 10)


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


def test_a_count_that_somebody_asked_for_differs_in_every_answer(tmp_path: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    path, query = tmp_path / "shop.jsonl", tmp_path / "often.sql"
    lines = [{"type": "OrderPaid", "data": {"id": f"o{at % 3}", "total": at % 5}} for at in range(60)]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    query.write_text(
        "SELECT data.id AS customer, count(*) AS often, sum(data.total) AS total, max(data.total) AS most "
        "FROM events GROUP BY customer"
    )
    assert (
        main(
            ["diff", str(path), "--projection", str(query), "--from", "30", "--to", "60", "--format", "json"]
        )
        == 0
    )
    printed = json.loads(capsys.readouterr().out)["changed"]
    document = Document.open(str(path), OpenOptions(projection=recipe(str(query))))
    found = differences(document, 30, 60)
    in_panel = {(found.entity(row), found.text(row, 1)) for row in range(len(found))}
    assert in_panel == {(entity, name) for entity, fields in printed.items() for name in fields}
    assert ("o0", "often") in in_panel
    branch = work_out(document, NamedBranch("one").with_edit(Edit("skip", 7)))
    assert [row[:2] for row in side_by_side([branch], 60)] == [["o0", "often"], ["o0", "total"]]
    assert "often" in {line.field for line in document.why("o0")}
    assert preview(document, 60).changes[0].startswith("o2 often 19 → 20")
    view = document.state(60)
    assert view.delta_text(view.row_of("o2"), view.columns.index("often")) == "+1"
    document.close()


def test_the_version_of_an_account_is_told_only_where_nothing_else_differs() -> None:
    document = Document.open(str(resource("samples", "three-events.jsonl")))
    branch = work_out(document, NamedBranch("one").with_edit(Edit("skip", 2)))
    assert [row[1] for row in side_by_side([branch], 3)] == ["balance"]
    assert {line.field for line in document.why("acc-1")} == {"owner", "balance", "status", "opened"}
    document.close()


def test_totals_say_values_as_the_log_does(tmp_path: Path) -> None:
    path = tmp_path / "things.jsonl"
    lines = [
        {
            "type": "Noted",
            "data": {"id": f"t{at}", "limits": {"daily": at % 2}, "on": at % 2 == 0, "of": [1, None]},
        }
        for at in range(6)
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    document = Document.open(str(path), OpenOptions(projection=Recipe("latest")))
    for text in (
        document.totals_text(6),
        joined_totals(document, narrowed=False),
        joined_totals(document, narrowed=True),
    ):
        assert '3 {"daily":0}, 3 {"daily":1}' in text
        assert "3 true" in text
        assert "3 false" in text
        assert "6 [1,null]" in text
        assert "{'" not in text
    document.close()


def joined_totals(document: Document, *, narrowed: bool) -> str:
    view = document.state(document.event_count)
    parts = totals_of_kept(view) if narrowed else totals_of_all(view, document.history)
    return joined([column.name for column in view.shown], parts)
