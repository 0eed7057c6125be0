"""Is it told when a condition held, and when one was broken that must always hold?"""

import pytest

from explorer.history.conditions import ConditionError
from explorer.resources import resource
from explorer.session import exact_json
from explorer.session.document import Document
from explorer.session.find.checks import Check, dumps, loads, result_text, run_checks, suggestions
from explorer.session.find.finding import Hits, condition_of, duration_text, search


def quiet(_done: int, _total: int) -> None:
    pass


@pytest.fixture
def overdrawn(tmp_path):
    """Two accounts; one is below zero twice, the other from the end of the first on."""
    steps = [
        ("AccountOpened", "a", None),
        ("AccountOpened", "b", None),
        ("MoneyWithdrawn", "a", 5),
        ("MoneyDeposited", "a", 5),
        ("MoneyWithdrawn", "b", 7),
        ("MoneyWithdrawn", "a", 1),
    ]
    path = tmp_path / "overdrawn.jsonl"
    path.write_text(
        "".join(
            exact_json.dumps(
                {
                    "type": kind,
                    "data": {"accountId": account} | ({} if amount is None else {"amount": amount}),
                    "at": f"2026-01-0{day}T00:00:00Z",
                },
                indent=-1,
            )
            + "\n"
            for day, (kind, account, amount) in enumerate(steps, 1)
        )
    )
    document = Document.open(str(path))
    yield document
    document.close()


def hits_of(document: Document, text: str) -> Hits:
    return search(document, condition_of(document.history, document.noun, text), quiet)


def test_intervals_are_told_earliest_first_with_what_they_last(overdrawn):
    hits = hits_of(overdrawn, "balance < 0")
    rows = [[hits.text(row, column) for column in range(len(hits.columns))] for row in range(len(hits))]
    assert rows == [
        ["a", "3 · 2026-01-03 00:00", "4 · 2026-01-04 00:00", "1", "1 d"],
        ["b", "5 · 2026-01-05 00:00", "the end", "2", "1 d"],
        ["a", "6 · 2026-01-06 00:00", "the end", "1", "0 s"],
    ]
    assert hits.summary() == "3 intervals, of 2 accounts"
    assert [hits.holding_at(position) for position in range(7)] == [0, 0, 0, 1, 0, 1, 2]
    assert [hits.row_at(position) for position in (2, 3, 4, 6)] == [None, 0, 0, 2]


def test_an_account_can_be_named_in_the_condition(overdrawn):
    hits = hits_of(overdrawn, "account = 'b' and balance < 0")
    assert [(hits.entity(row), hits.start(row), hits.stop(row)) for row in range(len(hits))] == [
        ("b", 5, None)
    ]


def test_the_first_hits_are_shown_before_all_are_known(overdrawn, monkeypatch):
    monkeypatch.setattr("explorer.history.find.BLOCK_EVENTS", 1)
    early: list[Hits] = []
    condition = condition_of(overdrawn.history, overdrawn.noun, "balance < 0")
    hits = search(overdrawn, condition, quiet, early.append)
    assert [len(each) for each in early] == [2]  # those of the first account
    assert len(hits) == 3


def test_what_must_always_hold_is_broken_where_it_does_not(overdrawn):
    checks = [
        *suggestions(overdrawn),
        Check("no b", "account <> 'b'"),
        Check("off", "balance = 0", on=False),
        Check("nonsense", "balance <"),
    ]
    found = run_checks(overdrawn, checks, quiet)
    assert found.positions.tolist() == [2, 3, 5, 6]
    assert [(check.name, count) for check, count in found.broken_at(5)] == [
        ("No balance below zero", 1),
        ("no b", 1),
    ]
    assert found.text_at(1) == ""
    assert found.text_at(6) == "broken here: No balance below zero (2), no b (1)"
    assert found.checked[3].hits is None
    assert "cannot be read" in found.checked[4].problem


def test_what_has_no_value_breaks_no_rule(overdrawn):
    assert not len(run_checks(overdrawn, [Check("", "owner = 'Ada'")], quiet).positions)


@pytest.mark.parametrize(
    ("conditions", "said"),
    [
        ([], "No rule is looked at."),
        (["nonsense >= 0"], "No rule is looked at. 1 of 1 checks cannot be looked at with this read model."),
        (["version > 0"], "✓ Everything held, all of the time."),
        (
            ["version > 0", "nonsense >= 0"],
            "✓ What was looked at held. 1 of 2 checks cannot be looked at with this read model.",
        ),
        (["balance >= 0"], "broken at 3 positions; F8 goes to the next"),
    ],
)
def test_only_what_was_looked_at_is_said_to_have_held(overdrawn, conditions, said):
    found = run_checks(overdrawn, [Check("", each) for each in conditions], quiet)
    assert result_text(found) == said
    off = run_checks(overdrawn, [Check("", "version > 0", on=False)], quiet)
    assert result_text(off) == "No rule is looked at."


def test_checks_can_be_kept_as_text():
    checks = [Check("é\n", "balance >= 0"), Check("b", "c", on=False)]
    assert loads(dumps(checks)) == checks
    assert loads("{") is None
    assert loads('[{"name": 1}]') is None


def test_only_a_log_of_accounts_has_suggestions():
    document = Document.open(str(resource("samples", "orders.jsonl")))
    assert suggestions(document) == []
    document.close()


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("balance < 0 and sttus = 'x'", "sttus"),
        ("balance < 0 and status.x = 1", "status.x"),
        ("balance < owner", "owner"),
        ("balance <", "<"),
        ("foo bar", "bar"),
        ("1 < 2", "1 < 2"),
    ],
)
def test_an_error_points_at_the_part_of_the_condition_that_is_wrong(overdrawn, text, wrong):
    with pytest.raises(ConditionError) as caught:
        condition_of(overdrawn.history, overdrawn.noun, text)
    assert text[caught.value.start : caught.value.stop] == wrong


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 s"), (0.25, "0.25 s"), (59, "59 s"), (90, "1 min 30 s"), (86_400, "1 d"), (100_000_000, "1,157 d 9 h")],
)  # fmt: skip
def test_a_duration_is_told_in_its_two_largest_units(seconds, text):
    assert duration_text(int(seconds * 1_000_000_000)) == text
