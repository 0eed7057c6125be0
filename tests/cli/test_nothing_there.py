"""Does every command answer in words about a log without events, and refuse one of which nothing can be read?"""

import os
from pathlib import Path

import pytest

from explorer.cli.main import main
from explorer.resources import resource

EMPTY = {
    "no bytes": "",
    "blank lines": "\n\n",
    "an empty array": "[]",
    "an empty wrapper": '{"exportedAt": "2024-01-01",\n "events": []}',
    "names alone": "date,type,account,amount\n",
}
COMMANDS = [
    "state",
    "state --at 2024-01-01",
    "state --before 2024-01-01",
    "state --position 0",
    "state --position 1",
    "state --order time --format json",
    "state --projection accounts --account a",
    "state --top 3 --format csv",
    "events",
    "events --from 1 --to 2",
    "events --format json --match a",
    "events --format raw --type T --account a",
    "why a",
    "why a balance --at 2024-01-01",
    "diff --from start --to end",
    "diff --from 2024-01-01 --to 2025-01-01",
    "find balance<0 --first",
    "find balance<0 --projection accounts",
    "what-if --skip 1",
    "what-if --insert 1={}",
    "verify",
    "verify --format json",
]


def run(log: Path, words: str) -> int:
    command, *rest = words.split()
    try:
        return main([command, str(log), *rest])
    except SystemExit as end:
        return int(end.code or 0)


@pytest.mark.parametrize("form", EMPTY)
@pytest.mark.parametrize("words", COMMANDS)
def test_every_command_answers_in_words_about_a_log_without_events(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str, words: str
) -> None:
    log = tmp_path / "log"
    log.write_text(EMPTY[form], encoding="utf-8")
    status = run(log, words)
    out, error = capsys.readouterr()
    assert status in {0, 1, 2}
    assert error.count("\n") <= 1
    assert bool(error) or status != 2
    assert "Traceback" not in out + error


@pytest.mark.parametrize(
    "content",
    [
        '{"a":\n{"b":\nxx\n',
        "17\n18\n",
        '{"type":"T",}\n' * 3,
        '[{"type": T}, 17]',
        '{"type":"Mon',
        '{"events": [1, 2, {]}\n{',
        "\0" * 50,
    ],
)
@pytest.mark.parametrize(
    "words", ["state", "state --format json", "events", "find x>1", "verify", "what-if --skip 1"]
)
def test_a_log_of_which_nothing_can_be_read_is_refused_with_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, words: str
) -> None:
    log = tmp_path / "log"
    log.write_text(content, encoding="utf-8")
    assert run(log, words) == 2
    out, error = capsys.readouterr()
    assert ("nothing in it could be read" in error) or "not an event log" in error
    assert words == "verify" or out == ""


def test_a_pretty_wrapper_is_read_and_asked_for_a_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    events = ",\n".join(
        f'    {{"type": "MoneyDeposited", "accountId": "a", "amount": 1, "at": "2024-01-0{day}"}}'
        for day in (1, 2, 3)
    )
    log = tmp_path / "log"
    log.write_text(
        f'{{"exportedAt": "2024-02-01", "count": 3, "events": [\n{events}\n]}}\n', encoding="utf-8"
    )
    assert main(["state", os.fspath(log), "--at", "2024-01-02"]) == 0
    assert "State at 2 of 3" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("events", "--account", "nobody"), "there is no account “nobody”"),
        (
            ("events", "--type", "MoneyDepositd"),
            "no event has the type “MoneyDepositd” (there is MoneyDeposited)",
        ),
        (("diff", "--from", "start", "--to", "end", "--account", "nobody"), "there is no account “nobody”"),
        (
            ("diff", "--from", "start", "--to", "end", "--account", "nobody", "--format", "json"),
            "there is no account",
        ),
    ],
)
def test_who_and_what_a_log_has_not_is_said_not_only_left_out(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    log = str(resource("samples", "three-events.jsonl"))
    assert main([words[0], log, *words[1:]]) == 1
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("count", [30, 9_000], ids=["one by one", "by columns"])
def test_of_whom_nothing_could_be_applied_there_is_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], count: int
) -> None:
    log, query = tmp_path / "log.jsonl", tmp_path / "q.sql"
    query.write_text("SELECT type AS k, sum(data.amount) AS s FROM events GROUP BY k")
    line = '{"type":"%s","at":"2026-01-01T00:00:00Z","data":{"accountId":"a","amount":%s,"pad":"%s"}}\n'
    log.write_text((line % ("A", 1, "y" * 60) + line % ("Odd", '"x"', "y" * 60)) * (count // 2))
    asked = [str(log), "--projection", str(query), "--no-cache", "--account", "Odd"]
    for words in (["events", *asked], ["find", *asked, "s > 0"], ["why", *asked[:4], "Odd"]):
        assert main(words) == 1
        assert "there is n" in capsys.readouterr().err


def test_a_log_without_times_has_none_and_not_none_yet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"type":"Set","id":"a","data":{"address":{"street":"Main Street 1","city":"Ulm","code":"89073"}}}\n'
    )
    assert main(["state", str(path)]) == 0
    told = capsys.readouterr().out
    assert "State at 1 of 1, no times" in told
    assert "street Main Street 1 · city Ulm · code 89073" in told  # nested and long: read like a line
