"""Does a filter list exactly the events that it describes, and say where it is wrong when it is?"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.eventlog.errors import Cancelled
from explorer.resources import resource
from explorer.session.document import Document
from explorer.session.events.filters import FilterError, Pattern, parse_filter

EVENTS = [
    {"type": "AccountOpened", "data": {"accountId": "acc-1", "owner": "Ada"}, "at": "2026-01-01T09:00:00Z"},
    {"type": "MoneyDeposited", "data": {"accountId": "acc-1", "amount": 100.00}, "at": "2026-01-02T09:00:00Z"},
    {"type": "AccountOpened", "data": {"accountId": "acc-10", "owner": "Zoë Ada"}, "at": "2026-01-02T10:00:00Z"},
    {
        "type": "MoneyTransferred",
        "data": {"fromAccountId": "acc-1", "toAccountId": "acc-10", "amount": 40, "fee": {"rate": 0.5}},
        "at": "2026-01-05T10:00:00Z",
        "metadata": {"reason": "rent", "correlationId": "r-1"},
    },
    {
        "type": "MoneyWithdrawn",
        "data": {"accountId": "acc-10", "amount": "7.50", "tags": ["cash", {"kind": "atm"}],
                 "big": 12345678901234567890},
        "at": "2026-01-06T10:00:00Z",
        "metadata": {"reason": "fee"},
    },
    {"type": "Noted", "data": {"accountId": "acc-1", "text": 'a "quoted" word / slash', "amount": True}},
]  # fmt: skip


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Document]:
    path = tmp_path_factory.mktemp("log") / "log.jsonl"
    path.write_text("".join(json.dumps(event) + "\n" for event in EVENTS))
    document = Document.open(str(path))
    yield document
    document.close()


def positions(document: Document, text: str) -> list[int | None]:
    return [document.entry(row).position for row in document.filter(text).rows().tolist()]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [1, 2, 3, 4, 5, 6]),
        ("type:MoneyDeposited", [2]),
        ("type:moneydeposited,Noted", [2, 6]),
        ("type:Money*", [2, 4, 5]),
        ("-type:Money*", [1, 3, 6]),
        ("type!=Noted", [1, 2, 3, 4, 5]),
        ("type:/^Money(D|W)/", [2, 5]),
        ("account:acc-1", [1, 2, 4, 6]),
        ("account:acc-10", [3, 4, 5]),
        ("entity:acc-1 account:acc-10", [4]),
        ("account:acc-9", []),
        ("amount>40", [2]),
        ("amount>=40", [2, 4]),
        ("amount<40", [5]),
        ("amount:7.5", [5]),
        ("amount:100", [2]),
        ("amount:true", [6]),
        ("-amount>40", [1, 3, 4, 5, 6]),
        ("amount!=40", [1, 2, 3, 5, 6]),
        ("fee.rate<1", [4]),
        ("tags:cash", [5]),
        ("tags.kind:ATM", [5]),
        ("big>12345678901234567889", [5]),
        ("big>12345678901234567890", []),
        ("owner:Ada", [1]),
        ("owner:*ada", [1, 3]),
        ("owner:z*a*a", [3]),
        ("-owner:Ada", [2, 3, 4, 5, 6]),
        ("owner:*", [1, 3]),
        ("reason:rent,fee", [4, 5]),
        ("correlationId:r-1", [4]),
        ("at>2026-01-05", [5]),
        ("at>=2026-01-05", [4, 5]),
        ("at:2026-01-02", [2, 3]),
        ("at<2026-01-02", [1]),
        ("at<=2026-01-02T09:00", [1, 2]),
        ("position>4", [5, 6]),
        ("#:2,3", [2, 3]),
        ("rent", [4]),
        ("RENT acc-1", [4]),
        ("Zoë", [3]),
        ('"Zoë Ada"', [3]),
        ("-acc-10", [1, 2, 6]),
        (r'"a \"quoted\""', [6]),
        ("/Mon.*(rent|fee)/", [4, 5]),
        ("/mon.*rent/", []),
        ("/mon.*rent/i", [4]),
        ("-/Mon/", [1, 3, 6]),
        (r"/word \/ slash/", [6]),
        ('/^."type/', [1, 2, 3, 4, 5, 6]),
        ("type:Money* -account:acc-10 amount>1", [2]),
        ("amount > 40", [2]),
        ("amount >40", [2]),
        ("amount>= 40", [2, 4]),
        ("-amount > 40", [1, 3, 4, 5, 6]),
        ("amount = 40", [4]),
        ("amount <> 40", [1, 2, 3, 5, 6]),
        ("owner = 'Ada'", [1]),
        ("at >= 2026-01-05", [4, 5]),
        ("amount > 1 and amount < 50", [4, 5]),
        ("type = MoneyDeposited AND amount > 1", [2]),
        ('"and" amount > 1', []),
        ("and", []),
    ],
)  # fmt: skip
def test_a_filter_lists_what_it_describes(log: Document, text: str, found: list[int]) -> None:
    assert positions(log, text) == found


@pytest.mark.parametrize(
    ("text", "part", "reason"),
    [
        ("type:Noted amount>", "amount>", "missing"),
        ("amount>abc", "amount>abc", "compares numbers"),
        ('a "open quote', '"open quote', "not closed"),
        ("/open", "/open", "not closed"),
        ("x /a(b/ y", "/a(b/", "no pattern"),
        ("owner:/a(b/", "owner:/a(b/", "no pattern"),
        ("type>A", "type>A", "no order"),
        ("at>soon", "at>soon", "a time"),
        ("at>03/04/2026", "at>03/04/2026", "two days"),
        ("position>1.5", "position>1.5", "whole number"),
        ('""', '""', "nothing between"),
        ("amount>/x/", "amount>/x/", "a pattern is none"),
        ("amount > ", "amount > ", "missing"),
        ("amount > 1 or amount < 0", "or", "is either of two values"),
        ("not amount > 1", "not", "turns it round"),
        ("(amount) > 1", ">", "the name of a field"),
        ("balance[EUR] >1", ">1", "the name of a field"),
        ("x" * 2_001, "x", "at most"),
    ],
)
def test_a_wrong_filter_says_which_part_is_wrong(log: Document, text: str, part: str, reason: str) -> None:
    with pytest.raises(FilterError, match=reason) as refused:
        log.filter(text)
    assert text[refused.value.start : refused.value.stop] == part


def test_the_terms_know_where_they_stand() -> None:
    terms = parse_filter('type:A,B  -owner:"Ada L" /x y/i')
    assert [(term.field, term.values, term.negated) for term in terms] == [
        ("type", ("A", "B"), False),
        ("owner", ("Ada L",), True),
        (None, (Pattern("x y", True),), False),
    ]
    assert [(term.start, term.stop) for term in terms] == [(0, 8), (10, 24), (25, 31)]


@given(text=st.text(alphabet='ab:"/-<>=!,*\\ 1i', max_size=30))
def test_any_text_is_a_filter_or_wrong_somewhere_in_it(text: str) -> None:
    try:
        terms = parse_filter(text)
    except FilterError as error:
        assert 0 <= error.start < error.stop <= max(len(text), 1) + 1  # noqa: PT017 - both ends are fine
    else:
        assert all(0 <= term.start < term.stop <= len(text) for term in terms)


@given(
    words=st.lists(
        st.sampled_from(
            ["type:Money*", "account:acc-1", "amount>10", "acc-1", "/[ab]cc/", "-owner:*", "at>2026-01-02", "rent"]
        ),
        max_size=4,
    )
)  # fmt: skip
def test_terms_side_by_side_must_all_hold(log: Document, words: list[str]) -> None:
    together = set(positions(log, " ".join(words)))
    alone = [set(positions(log, word)) for word in words]
    assert together == set(positions(log, "")).intersection(*alone)
    for word in words:
        if not word.startswith("-"):
            assert set(positions(log, f"-{word}")) == set(positions(log, "")) - set(positions(log, word))


def test_what_could_not_be_read_is_found_by_its_text_alone() -> None:
    document = Document.open(str(resource("samples", "damaged.jsonl")))
    unread = [row for row in range(document.entry_count) if document.entry(row).position is None]
    whole = document.raw_bytes(unread[0]).decode()
    word = '"' + whole[2:10].replace('"', '\\"') + '"'
    assert unread[0] in document.filter(word).rows().tolist()
    assert not set(unread) & set(document.filter("type:*").rows().tolist())
    document.close()


def test_time_order_has_the_same_events_in_its_own_rows() -> None:
    document = Document.open(str(resource("samples", "damaged.jsonl")))
    for text in ("withdrawn", "account:acc-1", "amount>0", "/Money/"):
        document.set_order("log")
        before = {document.raw_bytes(row) for row in document.filter(text).rows().tolist()}
        document.set_order("time")
        assert {document.raw_bytes(row) for row in document.filter(text).rows().tolist()} == before
    document.close()


@pytest.mark.parametrize("text", ["withdrawn", "amount>10", "/Mo/"])
def test_a_search_tells_how_far_it_is_and_can_be_stopped(log: Document, text: str) -> None:
    told: list[tuple[int, int]] = []
    log.filter(text).rows(lambda done, total: told.append((done, total)))
    assert told
    assert all(0 < done <= total for done, total in told)

    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        log.filter(text).rows(stop)


@pytest.mark.timeout(20)
def test_no_pattern_takes_for_ever(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(json.dumps({"type": "A", "data": {"text": "a" * 500_000}}) + "\n")
    document = Document.open(str(path))
    assert document.filter("/(a+)+$/").rows().tolist() == []
    document.close()
