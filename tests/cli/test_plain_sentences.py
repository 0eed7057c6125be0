"""Is what is wrong said in one plain sentence, in good grammar, that is true of this log?"""

import json
import re
from pathlib import Path

import pytest

from explorer.cli.main import main

ONE = {"type": "MoneyDeposited", "data": {"accountId": "a", "amount": 5}, "at": "2024-01-01T00:00:00Z"}


def log_of(tmp_path: Path, *records: object, name: str = "log.jsonl") -> str:
    path = tmp_path / name
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return str(path)


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    try:
        status = main([*words])
    except SystemExit as ended:
        status = int(str(ended.code))
    out, err = capsys.readouterr()
    return status, out, err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["state", "LOG", "--format", "yaml"], "argument --format: invalid choice"),
        (["state", "LOG", "--colour"], "unrecognized arguments: --colour"),
        (["state"], "the following arguments are required: LOG"),
        (["diff", "LOG", "--format", "csv"], "argument --format: invalid choice"),
        (["generate", "many"], "argument N: “many” is not a whole number"),
        (["screenshot", "LOG", "x.png", "--size", "5"], "argument --size"),
        (["--position"], "argument --position: expected one argument"),
    ],
)
def test_words_that_no_command_knows_are_one_sentence(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    log = log_of(tmp_path, ONE)
    status, out, err = run(capsys, *(word.replace("LOG", log) if word == "LOG" else word for word in words))
    assert (status, out) == (2, "")
    assert said in err
    assert err.startswith("history-explorer: ")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("state LOG --position 9", "the log has 1 event\n"),
        ("verify LOG", "JSON Lines, 1 event, 0 not read"),
        ("why EMPTY a balance", "there is no field “balance”: the state has none\n"),
        ("state EMPTY --sort balance", "there is no field “balance”: the state has none\n"),
        ("what-if TIMELESS --skip 1", "At 1 of 1 events, no time yet, beside 2"),
        ("events LOG --type MoneyDeposit", "no event has the type “MoneyDeposit” (there is MoneyDeposited)\n"),
        ("events LOG --type Foo --format json", "no event has the type “Foo”\n"),
    ],
)  # fmt: skip
def test_one_is_one_and_none_is_none(
    words: str, said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    logs = {
        "LOG": log_of(tmp_path, ONE),
        "EMPTY": log_of(tmp_path, name="empty.jsonl"),
        "TIMELESS": log_of(tmp_path, {"type": "A", "n": 1}, {"type": "A", "n": 2}, name="timeless.jsonl"),
    }
    _, out, err = run(capsys, *(logs.get(word, word) for word in words.split()))
    assert said in out + err


@pytest.mark.parametrize(
    ("amounts", "said"),
    [
        (["1.000"] * 3 + ["2,50"], "with a decimal comma, as the log writes them: 2,50 means 2.50."),
        (["2,50", "2.5", "1.000"], "1 event could not be applied, as its number is written differently from"),
        (
            ["2,50", "2.5"],
            "as the log writes them: some have a decimal comma, others a decimal point; 2,50 means 2.50",
        ),
        (["1", None], "1 of 2 events has no time that can be read: as of a time, it is counted only with"),
    ],
)
def test_warnings_say_nothing_that_the_log_does_not_hold(
    amounts: list[str | None], said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    records = [
        {**ONE, "data": {"accountId": "a", "amount": amount or "1"}, "at": "2024-01-01" if amount else "soon"}
        for amount in amounts
    ]
    _, out, _ = run(capsys, "state", log_of(tmp_path, *records))
    assert said in out
    assert not re.search(r"\b1 (events|fields|rows|entries) |was read as 1488", out)


def test_a_row_that_is_too_short_counts_its_fields(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "log.csv"
    path.write_text(
        "date,type,account,amount\n2024-01-01,MoneyDeposited,a,1\n2024-01-02,MoneyDeposited,a,2\nMoney\n"
    )
    _, out, _ = run(capsys, "state", str(path))
    assert "event 3, 1 of the 4 fields that the header names: the last are missing." in out


def test_a_type_that_a_query_names_wrongly_is_found_by_strict(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    query = tmp_path / "q.sql"
    query.write_text(
        "SELECT entity AS k, count(CASE type WHEN 'MoneyDepositd' THEN 1 END) AS n FROM events GROUP BY k"
    )
    words = ["state", log_of(tmp_path, ONE), "--projection", str(query)]
    assert run(capsys, *words)[0] == 0
    status, _, err = run(capsys, *words, "--strict")
    assert status == 1
    assert "no event is of the type “MoneyDepositd”" in err
