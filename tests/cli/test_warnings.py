"""Does every output of every command say what one should know before trusting it?"""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from explorer.cli.main import main

GOOD = '{"type":"MoneyDeposited","data":{"accountId":"a","amount":%d},"at":"2024-01-0%dT00:00:00Z"}\n'
ODD = {  # a log, and the kind, count and position of its warning
    "unread": (GOOD % (1, 1) + "{oh\n" + GOOD % (2, 2) + "no\n" + GOOD % (3, 3), 2, 1),
    "incomplete": (GOOD % (1, 1) + GOOD % (2, 2) + '{"type":"Mon', 1, 2),
    "not-applied": (GOOD % (1, 1) + (GOOD % (2, 2)).replace(":2}", ':"much"}') + GOOD % (3, 3), 1, 2),
    "unknown-type": (GOOD % (1, 1) + GOOD % (2, 2) + (GOOD % (3, 3)).replace("MoneyDep", "Dep0"), 1, 3),
    "no-time": (
        GOOD % (1, 1) + (GOOD % (2, 2)).replace("2024-01-02T00:00:00Z", "soon") + GOOD % (3, 3),
        1,
        2,
    ),
    "time-outside": (GOOD % (1, 1) + GOOD % (2, 2) + (GOOD % (3, 3)).replace("2024", "9999"), 1, 3),
    "out-of-order": (GOOD % (1, 1) + GOOD % (3, 3) + GOOD % (2, 2), 1, 3),
    "duplicate-key": (GOOD % (1, 1) + (GOOD % (2, 2)).replace('"amount"', '"amount":1,"amount"'), 1, 2),
}
ASKED = {
    "state": [],
    "events": [],
    "why": ["a", "balance"],
    "diff": ["--from", "start", "--to", "end"],
    "find": ["balance > 1"],
    "what-if": ["--skip", "1"],
}
FORMATS = {"state": "csv", "why": "csv", "find": "csv", "events": "raw"}


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = main([*words, *([] if words[0] == "verify" else ["--no-cache"])])
    out, err = capsys.readouterr()
    return status, out, err


def written(tmp_path: Path, text: str, name: str = "log.jsonl") -> str:
    path = tmp_path / name
    path.write_text(text)
    return str(path)


@pytest.mark.parametrize("kind", ODD)
@pytest.mark.parametrize("command", ASKED)
def test_every_output_of_every_command_says_each_kind_of_warning(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str, kind: str
) -> None:
    text, count, first = ODD[kind]
    words = [command, written(tmp_path, text), *ASKED[command]]
    status, out, _ = run(capsys, *words, "--format", "json")
    assert status == 0
    answer = json.loads(out, parse_float=Decimal)
    assert answer["unread"] == (count if kind in {"unread", "incomplete"} else 0)
    told = [(each["kind"], each["count"], each["first"]) for each in answer["warnings"]]
    assert (kind, count, first) in told
    sentence = next(each["text"] for each in answer["warnings"] if each["kind"] == kind)
    status, out, err = run(capsys, *words, "--format", "table")
    assert (status, err) == (0, "")
    assert sentence in out.splitlines()
    if command in FORMATS:
        status, out, err = run(capsys, *words, "--format", FORMATS[command])
        assert status == 0
        assert sentence in err
        assert sentence not in out
    assert run(capsys, *words, "--strict")[0] == 1


def test_a_log_without_fault_has_no_warning_and_passes_strictly(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    log = written(tmp_path, GOOD % (1, 1) + GOOD % (2, 2))
    for command, words in ASKED.items():
        status, out, err = run(capsys, command, log, *words, "--format", "json", "--strict")
        assert (status, err, json.loads(out)["warnings"]) == (0, "", [])


def test_two_logs_that_are_compared_say_whose_warning_it_is(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    log, other = written(tmp_path, GOOD % (1, 1)), written(tmp_path, ODD["unread"][0], "other.jsonl")
    status, out, _ = run(capsys, "diff", log, other, "--format", "json")
    assert [(each["log"], each["kind"]) for each in json.loads(out)["warnings"]] == [
        ("other.jsonl", "unread")
    ]
    assert status == 0
    assert "other.jsonl: 2 of 5 entries could not be read" in run(capsys, "diff", log, other)[1]
    assert run(capsys, "diff", log, other, "--strict")[0] == 1


def test_who_asks_for_an_account_that_is_not_there_hears_that_lines_were_not_read(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    log = written(tmp_path, ODD["unread"][0])
    for words in (["find", log, "balance > 1", "--account", "b"], ["why", log, "b"]):
        status, out, err = run(capsys, *words)
        assert status == 1
        assert "2 of 5 entries could not be read" in out + err


# --- questions about time -----------------------------------------------------------------------------------

TIMELESS = "date;type;account;amount\n" + "".join(
    f"2023-{day}-12;MoneyDeposited;a;{amount}\n"
    for day, amount in ((29, "100.00"), (30, "50.00"), (31, "30.00"))
)


@pytest.mark.parametrize(
    "words",
    [
        ["state", "--at", "2023-12-31"],
        ["state", "--at", "2023-12-31", "--order", "time"],
        ["state", "--before", "2024-01-01"],
        ["why", "a", "balance", "--at", "2023-12-31"],
        ["diff", "--from", "2023-12-30", "--to", "2024-01-05"],
        ["what-if", "--skip", "1", "--at", "2023-12-31"],
    ],
)
@pytest.mark.parametrize("named", [[], ["--time-field", "amount"]])
def test_a_question_about_time_of_a_log_without_times_is_refused_with_the_fields_that_look_like_one(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, words: list[str], named: list[str]
) -> None:
    log = written(tmp_path, TIMELESS, "log.csv")
    for written_as in ("table", "json"):
        status, out, err = run(capsys, words[0], log, *words[1:], *named, "--format", written_as)
        assert (status, out) == (2, "")
        assert "no time that can be read" in err or "has a time that can be read" in err
        assert "what looks like a time: date (--time-field" in err


def test_an_event_without_a_time_does_not_count_as_its_predecessors_time(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    untimed = (GOOD % (20, 2)).replace("2024-01-02T00:00:00Z", "soon")
    log = written(tmp_path, GOOD % (1, 1) + untimed + GOOD % (300, 3) + untimed)
    for order, wanted in (
        ("log", {"2023-01-01": 0, "2024-01-01": 1, "2024-01-02": 1, "2024-01-03": 3, "2999-01-01": 3}),
        ("time", {"2023-01-01": 0, "2024-01-01": 1, "2024-01-02": 1, "2024-01-03": 2, "2999-01-01": 2}),
    ):
        for at, position in wanted.items():
            _, out, _ = run(capsys, "state", log, "--at", at, "--order", order, "--format", "json")
            answer = json.loads(out)
            assert (at, answer["position"]) == (at, position)
            assert ("no-time", 2) in [(each["kind"], each["count"]) for each in answer["warnings"]]
        assert json.loads(run(capsys, "state", log, "--order", order, "--format", "json")[1])["position"] == 4


# --- times that no int64 of nanoseconds tells -----------------------------------------------------------------

FAR = (
    "0001-01-01T00:00:00Z",
    "2024-03-05T07:17:49Z",
    "9999-12-31T23:59:59Z",
    "1601-01-01T00:00:00Z",
    "2500-01-01",
)


def test_far_times_keep_their_true_order_and_are_shown_as_they_stand(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    lines = [(GOOD % (10**number, 1)).replace("2024-01-01T00:00:00Z", at) for number, at in enumerate(FAR)]
    log = written(tmp_path, "".join(lines))
    for at, balance in (
        ("0001-01-01", 1), ("1600-12-31", 1), ("1601-01-01", 1001), ("1700-01-01", 1001), ("2300-01-01", 1011),
        ("2499-12-31", 1011), ("2500-01-01", 11011), ("9999-12-31T23:59:58Z", 11011),
        ("9999-12-31T23:59:59Z", 11111),
    ):  # fmt: skip
        _, out, _ = run(capsys, "state", log, "--at", at, "--order", "time", "--format", "json")
        assert (at, json.loads(out)["state"]["a"]["balance"]) == (at, balance)
    table = run(capsys, "state", log)[1]
    assert "State at 5 of 5, Fri 31 Dec 9999 23:59:59 UTC (outside 1678–2261)" in table
    assert "4 events have a time outside the years 1678 to 2261. The first: event 1, the time 0001" in table
    why = run(capsys, "why", log, "a", "balance")[1]
    assert all(at in why for at in FAR)
    program = tmp_path / "latest.py"
    program.write_text(
        'initial = {}\ndef key(event):\n    return "all"\n'
        "def evolve(state, event):\n    year = event['at_ns'] // (86400 * 365 * 10**9)\n"
        "    return {'years': [*state.get('years', []), year]}\n"
    )
    status, out, _ = run(capsys, "state", log, "--projection", str(program), "--trust", "--format", "json")
    assert status == 0
    assert json.loads(out)["state"]["all"]["years"] == [-1971, 54, 8035, -370, 530]
    assert "Mon 1 Jan 1 00:00:00 UTC (outside" in run(capsys, "diff", log, "--from", "1", "--to", "2")[1]
