"""Do two texts that are numbers compare as numbers, wherever anything is compared?"""

import json
import random
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.cli.main import main
from explorer.eventlog.event import Event
from explorer.history.state import sorted_codes, top_codes
from explorer.projection.fold import fold, without_hidden
from explorer.projection.model import NotApplicable, Recipe
from explorer.projection.order import compared, number_in, order_key, sort_key
from explorer.projection.sql import SqlError, SqlModel
from explorer.session.document import Document
from explorer.session.find.finding import condition_of, search
from explorer.session.find.state_filter import StateFilter
from explorer.session.options import OpenOptions
from explorer.session.state.arrangement import Arrangement

QUERY = """SELECT data.shop AS shop, min(data.total) AS least, max(data.total) AS most, last(data.total) AS total,
    count(*) FILTER (WHERE TRY_CAST(data.total AS DECIMAL) > 1000) AS large,
    count(*) FILTER (WHERE data.total >= '152.40') AS some,
    max(greatest(data.total, '99.5')) AS best
FROM events GROUP BY shop"""


@pytest.mark.parametrize(
    ("left", "right", "order"),
    [
        ("9", "10", -1),
        ("152.40", "1000", -1),
        ("1e2", "100.0", 0),
        ("-5", "-40", 1),
        ("9", 10, -1),
        (Decimal("0.10"), "0.1", 0),
        ("1e999999", "2e999999", -1),
        ("1e999999999999999", 10**30, 1),
        ("9" * 3_000, "1" + "0" * 3_000, -1),
        ("007", "7", -1),  # as texts: JSON writes no such number
        ("+1", "1", -1),
        (" 9", "10", -1),
        ("a9", "a10", 1),
        ("9", "1x", 1),
        ("x", 5, None),
        (True, 1, None),
        (True, False, 1),
        ("true", True, None),
        (None, 1, None),
        ([], [], None),
    ],
)
def test_two_values_compare_as_numbers_if_both_are_some(
    left: object, right: object, order: int | None
) -> None:
    assert compared(left, right) == order
    assert compared(right, left) == (None if order is None else -order)


@given(
    st.lists(
        st.one_of(
            st.integers(), st.decimals(allow_nan=False, allow_infinity=False, places=3), st.text(max_size=4)
        )
    )
)
def test_the_order_is_total_and_texts_of_numbers_stand_among_the_numbers(values: list[object]) -> None:
    texts = [f"{value}" if isinstance(value, int) else value for value in values]
    for key in (order_key, sort_key):
        found = sorted(texts, key=key)
        numbers = [number_in(value) for value in found]
        split = sum(number is not None for number in numbers)
        assert None not in numbers[:split]
        assert [number for number in numbers[:split] if number is not None] == sorted(
            number for number in numbers if number is not None
        )
        for one, other in pairwise(found):
            assert compared(one, other) in {-1, 0, None} or key is sort_key or number_in(other) is None


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Shops, each with its last total as a text; most lines are alike, some are not."""
    path = tmp_path_factory.mktemp("texts") / "shops.jsonl"
    draw = random.Random(5)
    totals = [
        "152.40",
        "9",
        "1000",
        "1.5e3",
        "85",
        "1000.00",
        "-20",
        "n/a",
        "100000000000000000000.1",
        "999.99",
    ]
    lines = [
        {
            "type": "Sold",
            "id": str(number),
            "data": {"shop": str(draw.randrange(40)), "total": draw.choice(totals)},
        }
        for number in range(2_000)
    ]
    path.write_text("".join(json.dumps(each) + "\n" for each in lines))
    return path


@pytest.fixture(scope="module")
def document(log: Path) -> Iterator[Document]:
    found = Document.open(str(log), OpenOptions(projection=Recipe("q", "sql", QUERY)))
    yield found
    found.close()


def test_the_least_and_the_most_of_texts_are_those_of_the_plain_fold_and_numbers(
    log: Path, document: Document
) -> None:
    events = [
        Event(number, "Sold", None, json.loads(line)["data"])
        for number, line in enumerate(log.read_text().splitlines(), 1)
    ]
    model = SqlModel("q", QUERY)
    expected = {entity: without_hidden(model, state) for entity, state in fold(model, events).items()}
    found = dict(document.history.state(len(events)).items())
    assert found == expected
    assert {each["least"] for each in found.values()} == {"-20"}
    assert {each["most"] for each in found.values()} <= {
        "n/a",
        "100000000000000000000.1",
    }  # texts stand behind


def test_what_is_compared_in_a_query_is_compared_as_numbers(document: Document) -> None:
    shops = dict(document.history.state(2_000).items())
    told: dict[str, list[str]] = {}
    for position in range(1, 2_001):
        data = document.event(position).data
        told.setdefault(str(data["shop"]), []).append(str(data["total"]))
    for shop, totals in told.items():
        numbers = [Decimal(total) for total in totals if total != "n/a"]
        assert shops[shop]["some"] == sum(number >= Decimal("152.40") for number in numbers) + totals.count(
            "n/a"
        )
        assert shops[shop]["large"] == sum(number > 1000 for number in numbers)
    assert document.problem_count == 0


def test_sorting_the_top_and_groups_follow_the_numbers_in_texts(document: Document) -> None:
    state = document.history.state(2_000)
    field = next(field for field in state.fields if field.name == "total")
    for descending in (False, True):
        codes = sorted_codes(state, field, descending=descending)
        totals = [state.value(int(code), field) for code in codes]
        numbers = [Decimal(str(total)) for total in totals if total != "n/a"]
        assert numbers == sorted(numbers, reverse=descending)
        place = totals.index("n/a") if "n/a" in totals else None
        assert place is None or (place == 0 if descending else place == len(numbers))
        top = top_codes(state, field, 5, descending=descending)
        assert list(top) == list(codes[:5])
    view = document.state(2_000).arranged(Arrangement(group="total"))
    headings = [view.text(row, 0).rpartition("  (")[0] for row in range(view.row_count) if view.is_group(row)]
    assert headings == sorted(set(headings), key=lambda text: sort_key(text.replace("−", "-")))
    assert len({"1000", "1000.00"} & set(headings)) == 2  # written otherwise: no one group


def test_entities_that_are_numbers_stand_in_the_order_of_numbers(document: Document) -> None:
    view = document.state(2_000).arranged(Arrangement(sort=("shop", False)))
    assert [view.entity(row) for row in range(view.row_count)] == [str(number) for number in range(40)]


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("total > 1000", lambda total: total != "n/a" and Decimal(total) > 1000),
        ("total > '1000'", lambda total: total == "n/a" or Decimal(total) > 1000),
        ("total = 1000", lambda total: total in {"1000", "1000.00"}),
        ("total <> 1000", lambda total: total not in {"1000", "1000.00"}),
        ("total between 9 and 152.4", lambda total: total in {"9", "85", "152.40"}),
        ("total < 1e999999", lambda total: total != "n/a"),
        ("shop <= 7 and total is not null", None),
        ("large > 1e999999999", lambda _total: False),
        ("large < 1e999999999", lambda _total: True),
        ("large >= -1e-999999999", lambda _total: True),
        ("large >= '0'", lambda _total: True),
    ],
)
def test_conditions_compare_texts_that_are_numbers_as_numbers(
    document: Document, condition: str, holds: object
) -> None:
    state = document.history.state(2_000)
    kept = StateFilter(document.history, document.noun, condition).flags(state)
    hits = search(
        document, condition_of(document.history, document.noun, condition), lambda _done, _all: None
    )
    for shop, values in state.items():
        code = state.find(shop)
        assert code is not None
        expected = int(shop) <= 7 if holds is None else holds(values["total"])  # type: ignore[operator]
        assert kept[code] == expected, (shop, values["total"])
        assert (
            any(hits.entity(row) == shop and hits.stop(row) is None for row in range(len(hits))) == expected
        )


def test_the_filter_over_events_follows_the_same_rule(document: Document) -> None:
    def count(text: str) -> int:
        return len(document.filter(text).rows())

    totals = [str(document.event(position).data["total"]) for position in range(1, 2_001)]
    assert count("total>1000") == sum(total != "n/a" and Decimal(total) > 1000 for total in totals)
    assert count("total:1000") == sum(total in {"1000", "1000.00"} for total in totals)
    assert count("total<1e999999") == sum(total != "n/a" for total in totals)
    assert count("total:1e999999") == 0
    assert np.all(np.diff(document.filter("total>=9").rows()) > 0)


def test_state_sort_on_the_command_line_follows_it_too(
    log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    query = tmp_path / "q.sql"
    query.write_text(QUERY)
    main(["state", str(log), "--projection", str(query), "--sort=total", "--format", "csv", "--no-cache"])
    rows = [line.split(",") for line in capsys.readouterr().out.splitlines()]
    at = rows[0].index("total")
    numbers = [Decimal(row[at]) for row in rows[1:] if row[at] != "n/a"]
    assert numbers == sorted(numbers)
    main(["find", str(log), "total > 1000", "--projection", str(query), "--format", "json", "--no-cache"])
    assert json.loads(capsys.readouterr().out)["intervals"]


def test_a_text_beside_a_number_is_named_at_its_event_and_an_empty_one_is_no_value() -> None:
    model = SqlModel("q", "SELECT count(*) FILTER (WHERE data.total > 5) AS n FROM events")
    with pytest.raises(NotApplicable, match="“n/a” is not a number"):
        model.effects(Event(1, "Sold", None, {"total": "n/a"}))
    assert model.effects(Event(1, "Sold", None, {"total": ""}))
    equal = SqlModel("q", "SELECT count(*) FILTER (WHERE data.total = 5) AS n FROM events")
    assert equal.effects(Event(1, "Sold", None, {"total": "n/a"}))


def test_numbers_beyond_all_digits_are_refused_in_words() -> None:
    for literal in ("1e999999", "1e99999999999999999999", "9" * 5_000):
        with pytest.raises(SqlError, match="of too many digits"):
            SqlModel("q", f"SELECT count(*) FILTER (WHERE data.total > {literal}) AS n FROM events")
    product = SqlModel("q", f"SELECT sum({' * '.join(['data.total'] * 30)}) AS n FROM events")
    with pytest.raises(NotApplicable, match=r"is not a number|more digits"):
        product.effects(Event(1, "Sold", None, {"total": "1e3999"}))
