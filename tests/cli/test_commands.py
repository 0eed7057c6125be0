"""Do the commands answer as scripts expect: shapes, figures, exit statuses?"""

import io
import json
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from explorer.cli.commands.generate import account_log
from explorer.cli.main import main
from explorer.eventlog.event import FieldMap
from explorer.eventlog.log import open_log
from explorer.history.collect import collect
from explorer.history.difference import same_until
from explorer.projection.choose import choose
from explorer.projection.model import Recipe
from explorer.resources import resource

LESSON = str(resource("samples", "three-events.jsonl"))
DAMAGED = str(resource("samples", "damaged.jsonl"))


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    try:
        status = main(words)
    except SystemExit as exit_:  # argparse leaves this way
        status = int(exit_.code or 0)
    out, err = capsys.readouterr()
    return status, out, err


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    status, out, _ = run(capsys, *words, "--format", "json")
    assert status in {0, 1}
    found = json.loads(out, parse_float=Decimal)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(("position", "balance"), [(0, None), (1, 0), (2, 50), (3, 20)])
def test_the_lesson_goes_from_nothing_to_0_to_50_to_20(
    capsys: pytest.CaptureFixture[str], position: int, balance: int | None
) -> None:
    found = answer(capsys, "state", LESSON, "--position", str(position))
    accounts = found["state"]
    assert accounts == ({} if balance is None else accounts)
    assert (found["position"], found["events"], found["unread"]) == (position, 3, 0)
    if balance is not None:
        assert accounts["acc-1"]["balance"] == balance
        assert accounts["acc-1"]["owner"] == "Ada"


@pytest.mark.parametrize(
    ("option", "time", "position"),
    [
        ("--at", "2026-01-02", 2),
        ("--at", "2026-01-02T10:15:00Z", 2),
        ("--at", "2026-01-02T10:14:59Z", 1),
        ("--at", "2026-01-02T11:15:00+01:00", 2),
        ("--at", "2025-12-31", 0),
        ("--at", "2026-01", 3),
        ("--before", "2026-01-02", 1),
        ("--before", "2026-01-02T10:15:00Z", 1),
        ("--before", "2026-01-02T10:15:01Z", 2),
    ],
)
def test_a_time_is_a_position(
    capsys: pytest.CaptureFixture[str], option: str, time: str, position: int
) -> None:
    assert answer(capsys, "state", LESSON, option, time)["position"] == position


def test_why_lists_both_changes_with_the_arithmetic(capsys: pytest.CaptureFixture[str]) -> None:
    changes = answer(capsys, "why", LESSON, "acc-1", "balance")["changes"]
    assert [(each["position"], each["before"], each["after"]) for each in changes] == [
        (2, 0, 50),
        (3, 50, 20),
    ]
    assert [each["explanation"] for each in changes] == ["0 + 50 = 50", "50 − 30 = 20"]


def test_why_as_of_a_time_lists_no_later_change(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(answer(capsys, "why", LESSON, "acc-1", "balance", "--at", "2026-01-02")["changes"]) == 1


def test_diff_names_what_was_added_and_what_changed(capsys: pytest.CaptureFixture[str]) -> None:
    whole = answer(capsys, "diff", LESSON, "--from", "start", "--to", "end")
    assert whole["added"]["acc-1"]["balance"] == 20
    part = answer(capsys, "diff", LESSON, "--from", "2026-01-01", "--to", "3")
    assert part["changed"] == {
        "acc-1": {"balance": {"before": 0, "after": 20}, "version": {"before": 1, "after": 3}}
    }
    back = answer(capsys, "diff", LESSON, "--from", "end", "--to", "start")
    assert list(back["removed"]) == ["acc-1"]


def test_raw_events_are_the_bytes_of_the_file(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["events", LESSON, "--format", "raw"]) == 0
    assert capfdbinary.readouterr().out == Path(LESSON).read_bytes()


def test_events_can_be_chosen_by_range_type_account_and_text(capsys: pytest.CaptureFixture[str]) -> None:
    def positions(*options: str) -> list[int]:
        return [each["position"] for each in answer(capsys, "events", LESSON, *options)["events"]]

    assert positions("--from", "2") == [2, 3]
    assert positions("--from", "1", "--to", "3") == [1, 2]  # half-open
    assert positions("--to", "4") == [1, 2, 3]
    assert positions("--type", "MoneyWithdrawn", "--type", "AccountOpened") == [1, 3]
    assert positions("--account", "acc-1", "--limit", "1") == [1]
    assert positions("--account", "nobody") == []
    assert positions("--match", "moneydep") == [2]


def test_verify_names_every_kind_of_damage_with_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, _ = run(capsys, "verify", DAMAGED)
    assert status == 1
    found = answer(capsys, "verify", DAMAGED)
    assert found["unread"] == 5
    kinds = {each["kind"] for each in found["findings"]}
    assert kinds == {
        "unread",
        "incomplete",
        "duplicate-key",
        "unknown-type",
        "out-of-order",
        "repeated-id",
        "gap",
    }
    nan = next(each for each in found["findings"] if "NaN" in each["text"])
    assert (nan["line"], nan["column"]) == (4, 87)
    assert Path(DAMAGED).read_bytes()[nan["byte"] :].startswith(b"NaN")


def test_a_sound_log_verifies(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "verify", LESSON)
    assert status == 0
    assert "Nothing odd was found." in out


def test_unread_lines_matter_only_when_strict(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "state", DAMAGED)[0] == 0
    assert run(capsys, "state", DAMAGED, "--strict")[0] == 1
    assert run(capsys, "state", LESSON, "--strict")[0] == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("state", "nowhere.jsonl"), "nowhere.jsonl: there is no such file"),
        (("state", LESSON, "--position", "4"), "there is no position 4"),
        (("state", LESSON, "--position", "-1"), "is not a position"),
        (("state", LESSON, "--at", "whenever"), "is not a time"),
        (("state", LESSON, "--at", "2026-01-01", "--position", "1"), "only one of"),
        (("why", LESSON, "acc-1", "colour"), "there is no field"),
        (("diff", LESSON, "--from", "1"), "--to"),
        (("state", LESSON, "--projection", "magic"), "magic"),
        (("verify", "/dev/null"), "/dev/null"),
    ],
)
def test_what_cannot_be_done_ends_with_2_and_one_sentence(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], sentence: str
) -> None:
    status, out, err = run(capsys, *words)
    assert status == 2
    assert sentence.rsplit("/", 1)[-1] in err
    assert "Traceback" not in err
    assert not out


def test_an_unknown_account_is_the_answer_no(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "state", LESSON, "--account", "nobody", "--format", "json")
    assert (status, json.loads(out)["state"]) == (1, {})
    assert "nobody" in err
    assert run(capsys, "why", LESSON, "nobody", "balance")[0] == 1


def test_generate_gives_the_same_log_for_the_same_seed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    first = run(capsys, "generate", "500", "--accounts", "7", "--seed", "3")[1]
    assert run(capsys, "generate", "500", "--accounts", "7", "--seed", "3")[1] == first
    assert run(capsys, "generate", "500", "--accounts", "7", "--seed", "4")[1] != first
    log = tmp_path / "made.jsonl"
    log.write_text(first)
    found = answer(capsys, "state", str(log))
    assert (found["events"], found["unread"], len(found["state"])) == (500, 0, 7)
    assert all(account["balance"] >= 0 for account in found["state"].values())
    assert run(capsys, "verify", str(log))[0] == 0


def test_csv_and_tables_show_every_digit(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    log = tmp_path / "exact.jsonl"
    log.write_text('{"type":"MoneyDeposited","data":{"accountId":"a,b","amount":1234567890123456789.10}}\n')
    assert '"a,b",,1234567890123456789.10,' in run(capsys, "state", str(log), "--format", "csv")[1]
    assert "1234567890123456789.10" in run(capsys, "state", str(log))[1]
    assert '"balance": 1234567890123456789.10' in run(capsys, "state", str(log), "--format", "json")[1]


def test_hidden_characters_are_visible_in_tables_and_exact_in_json(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    log = tmp_path / "odd.jsonl"
    log.write_text('{"type":"AccountOpened","data":{"accountId":"a\\u202eb","owner":"\\u001b[31m"}}\n')
    table = run(capsys, "state", str(log))[1]
    assert "a⟦U+202E⟧b" in table
    assert "\x1b" not in table
    assert "a\u202eb" in answer(capsys, "state", str(log))["state"]


def test_fields_can_be_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    log = tmp_path / "own.jsonl"
    log.write_text('{"what":"MoneyDeposited","who":"x","sum":{"amount":5},"when":"2026-01-01"}\n')
    options = ("--type-field", "what", "--entity-field", "who", "--data-field", "sum", "--time-field", "when")
    found = answer(capsys, "state", str(log), *options)
    assert found["state"]["x"]["balance"] == 5
    assert found["at"] == "2026-01-01"


def test_a_log_can_come_from_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Path(LESSON).open("rb") as raw:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw.read())))
        assert answer(capsys, "state", "-")["state"]["acc-1"]["balance"] == 20


# --- find, cache, sorting ---------------------------------------------------------------------------


def test_find_gives_every_interval_as_a_half_open_range(capsys: pytest.CaptureFixture[str]) -> None:
    below = [{"account": "acc-1", "from": 1, "to": 2}, {"account": "acc-1", "from": 3, "to": None}]
    assert answer(capsys, "find", LESSON, "balance < 50")["intervals"] == below
    first = answer(capsys, "find", LESSON, "balance < 50", "--first")
    assert first == {"intervals": below[:1], "unread": 0, "warnings": []}


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["balance > 1000"], 0, "It never held."),
        (["balance > 1000", "--first"], 1, "It never held."),
        (["balance > 10", "--account", "nobody"], 1, "there is no account “nobody”"),
        (["blance > 10"], 2, "there is no field “blance”"),
        (["balance >"], 2, "is not a condition such as balance < 0"),
    ],
)
def test_find_says_no_with_its_status_and_a_sentence(
    capsys: pytest.CaptureFixture[str], words: list[str], status: int, said: str
) -> None:
    found, out, err = run(capsys, "find", LESSON, *words)
    assert found == status
    assert said in out + err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("command", "empty"),
    [
        (["find", "balance > 10", "--account"], {"intervals": []}),
        (["state", "--account"], {"state": {}}),
        (["why"], {"changes": []}),
    ],
)
def test_about_nobody_json_is_answered_too(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: list[str], empty: dict[str, object]
) -> None:
    log = tmp_path / "log.jsonl"
    log.write_bytes(Path(LESSON).read_bytes() + b"{no}\n")
    name, *words = command
    found, out, err = run(capsys, name, str(log), *words, "nobody", "--format", "json")
    told = json.loads(out)
    assert (found, told["unread"], told["warnings"][0]["kind"]) == (1, 1, "unread")
    assert empty.items() <= told.items()
    assert "nobody" in err


def test_the_cache_tells_its_size_and_is_cleared(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    line = '{"type":"MoneyDeposited","data":{"accountId":"acc-%d","amount":1,"memo":"%s"}}\n'
    log.write_text(
        "".join(line % (number % 50, "x" * 400) for number in range(14_000))
    )  # too large to be read at once
    folder = tmp_path / "cache"
    words = ("state", str(log), "--cache", str(folder), "--top", "1", "--format", "json")
    first = answer(capsys, *words[:-2])
    status, out, _ = run(capsys, "cache", "--cache", str(folder))
    assert status == 0
    assert int(out.split()[0].replace(",", "")) > 100_000
    assert answer(capsys, *words[:-2]) == first  # from the kept index
    _, out, _ = run(capsys, "cache", "--clear", "--cache", str(folder))
    assert "bytes freed in" in out
    assert run(capsys, "cache", "--cache", str(folder))[1].startswith("0 bytes in")


def test_the_first_ones_by_a_field_are_listed_in_their_order(capsys: pytest.CaptureFixture[str]) -> None:
    bank = str(resource("samples", "small-bank.jsonl"))
    every = answer(capsys, "state", bank)["state"]
    assert isinstance(every, dict)
    by_balance = sorted(every, key=lambda account: every[account]["balance"])
    top = answer(capsys, "state", bank, "--sort=-balance", "--top", "3")["state"]
    assert list(top) == by_balance[:-4:-1]
    assert list(answer(capsys, "state", bank, "--sort", "balance")["state"]) == by_balance
    assert run(capsys, "state", bank, "--sort", "blance")[0] == 2


def test_the_table_ends_with_what_all_come_to_together(capsys: pytest.CaptureFixture[str]) -> None:
    bank = str(resource("samples", "small-bank.jsonl"))
    every = answer(capsys, "state", bank)["state"]
    assert isinstance(every, dict)
    total = sum(account["balance"] for account in every.values())
    _, out, _ = run(capsys, "state", bank)
    assert f"All together: balance {total} · status 21 open, 1 frozen, 2 closed." in out


def test_diff_compares_two_logs_and_says_up_to_where_they_are_alike(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    lines = Path(LESSON).read_text(encoding="utf-8").splitlines(keepends=True)
    other = tmp_path / "other.jsonl"
    other.write_text(
        lines[0]
        + lines[1].replace("50", "50.25")
        + lines[2]
        + lines[0].replace("acc-1", "acc-2").replace("Ada", "Bo")
    )
    told = answer(capsys, "diff", LESSON, str(other))
    assert told["from"] == {"log": "three-events.jsonl", "position": 3, "at": "2026-01-03T11:30:00Z"}
    assert told["to"] == {"log": "other.jsonl", "position": 4, "at": "2026-01-01T09:00:00Z"}
    assert told["same"] == 1
    assert told["changed"] == {"acc-1": {"balance": {"before": 20, "after": Decimal("20.25")}}}
    assert list(told["added"]) == ["acc-2"]
    back = answer(capsys, "diff", str(other), LESSON)
    assert list(back["removed"]) == ["acc-2"]
    early = answer(capsys, "diff", LESSON, str(other), "--from", "1", "--to", "1")
    assert not early["changed"]
    assert not early["added"]
    itself = answer(capsys, "diff", LESSON, LESSON)
    assert (itself["same"], itself["changed"], itself["added"], itself["removed"]) == (3, {}, {}, {})
    assert main(["diff", LESSON, str(tmp_path / "missing.jsonl")]) == 2
    assert "missing.jsonl" in capsys.readouterr().err
    assert main(["diff", LESSON, str(other)]) == 0
    assert "The first 1 events are alike." in capsys.readouterr().out


def test_two_logs_of_many_events_are_compared_block_by_block(tmp_path: Path) -> None:
    lines = list(account_log(10_000, 50, 1))
    for place in (0, 4_095, 4_096, 9_999):
        spaced = [
            line.replace('":', '": ') if index % 1_000 == 7 else line for index, line in enumerate(lines)
        ]
        spaced[place] = spaced[place].replace("Money", "Funny").replace("AccountOpened", "Opened")
        (tmp_path / "a.jsonl").write_text("".join(lines))
        (tmp_path / "b.jsonl").write_text("".join(spaced))
        with open_log(tmp_path / "a.jsonl") as first, open_log(tmp_path / "b.jsonl") as second:
            found = [
                collect(log, lambda _sample: choose(Recipe("accounts"), [], FieldMap())).events
                for log in (first, second)
            ]
            assert same_until(*found) == place
