"""Does `verify` look for everything that its guide says, and for nothing else?"""

import json
import re
from pathlib import Path

import pytest

from explorer.cli.main import main
from explorer.eventlog.log import open_log
from explorer.eventlog.log_style import Draft
from explorer.eventlog.profiles.profile import Profile, of_toml
from explorer.eventlog.writer import Writer
from explorer.history.collect import collect
from explorer.history.oddities import Oddities
from explorer.history.verify import CHECKS, Verdict, verify
from explorer.projection.choose import choose
from explorer.projection.model import AUTO, Recipe
from explorer.resources import resource

FAILING = """
initial = {"seen": 0}
def key(event):
    return event["data"]["accountId"]
def evolve(state, event):
    if event["data"]["amount"] == 2:
        raise ValueError("two")
    return {"seen": state["seen"] + 1}
"""
SUM = "const evolve = (state, event) => ({ sum: (state?.sum ?? 0) + event.data.amount });"


def event(amount: object, day: int = 1, account: str = "a", **more: object) -> dict[str, object]:
    data = {"accountId": account, "amount": amount}
    return {"type": "MoneyDeposited", "data": data, "at": f"2024-01-{day:02}T00:00:00Z", **more}


def lines(*records: object) -> str:
    return "".join((each if isinstance(each, str) else json.dumps(each)) + "\n" for each in records)


GOOD = [event(1, 1), event(2, 2), event(3, 3)]
ODD: dict[str, str] = {
    "unread": lines(*GOOD, "{no", GOOD[2]),
    "incomplete": lines(*GOOD) + '{"type":"Mon',
    "not-applied": lines(*GOOD, event("much", 4)),
    "unknown-type": lines(*GOOD, event(4, 4) | {"type": "Thought"}),
    "opaque-payload": lines(*GOOD, event(4, 4) | {"data": "\\x089601120762797465"}),
    "delete": lines(*GOOD, event(4, 4) | {"op": "d", "before": {}, "after": None, "data": {}}),  # of what?
    "no-log": lines({"name": "shop", "scripts": {"build": "make"}, "private": True}),
    "no-key": lines(
        *({"op": "c", "before": None, "after": {"sku": "a"}, "ts_ms": 1_700_000_000_000} for _ in "ab")
    ),
    "several-objects": json.dumps(
        {
            "objectTypes": [],
            "eventTypes": [],
            "events": [
                {
                    "id": "e1",
                    "type": "Paid",
                    "time": "2024-01-01T00:00:00Z",
                    "relationships": [
                        {"objectId": "o1", "qualifier": "of"},
                        {"objectId": "p1", "qualifier": "by"},
                    ],
                }
            ],
            "objects": [{"id": "o1", "type": "Order"}, {"id": "p1", "type": "Payment"}],
        }
    ),
    "no-entity": lines(
        *({"type": "Seen", "userId": "a", "data": {}, "at": "2024-01-01"} for _ in range(4)),
        {"type": "Swept", "data": {}, "at": "2024-01-01"},
    ),
    "no-time": lines(*GOOD, event(4) | {"at": "soon"}),
    "time-outside": lines(*GOOD, event(4) | {"at": "9999-12-31"}),
    "out-of-order": lines(*GOOD, event(4, 2)),
    "duplicate-key": lines(*GOOD)
    + '{"type":"MoneyDeposited","at":"2024-02-01","data":{"accountId":"a","amount":1,"amount":2}}\n',
    "missing-fields": "type,at,account,amount\nMoneyDeposited,2024-01-01,a,1\nMoneyDeposited,2024-01-02,a\n",
    "extra-fields": "type,at,account,amount\nMoneyDeposited,2024-01-01,a,1\nMoneyDeposited,2024-01-02,a,1,x\n",
    "many-fields": lines({"type": "T", "at": "2024-01-01", "data": {f"f{n}": n for n in range(401)}}),
    "newest-first": lines(*GOOD[::-1]),
    "not-by-sequence": lines(*(event(n, n, sequence=n) for n in (3, 1, 4, 2))),
    "no-header": "".join(f"2024-01-0{n},MoneyDeposited,a,{n}\n" for n in range(1, 6)),
    "beside-table": "Account;x;;\n\nDate;Text;Amount;Balance\n2024-01-01;Shop;-1;9\n2024-01-02;Shop;-2;7\n",
    "date-order": "type,at,account,amount\nMoneyDeposited,01/02/2024,a,1\n",
    "balance-differs": ":20:X\n:25:1\n:60F:C240101EUR1,00\n:61:240102C1,00NTRFX\n:62F:C240102EUR2,01\n",
    "unbalanced": "2024-01-02 x\n    a  1 EUR\n    b  -2 EUR\n\n2024-01-03 y\n    a  1 EUR\n    b  -1 EUR\n",
    "opening-concluded": "OFXHEADER:100\n\n<OFX><STMTRS><CURDEF>EUR<BANKACCTFROM><ACCTID>1</BANKACCTFROM><BANKTRANLIST>"
    "<STMTTRN><DTPOSTED>20240102<TRNAMT>1.00</STMTTRN></BANKTRANLIST><LEDGERBAL><BALAMT>2.00</LEDGERBAL></STMTRS>",
    "fee": "date,amount,fee,balance\n2024-01-01,5,0,5\n2024-01-02,-1,0.5,3.5\n2024-01-03,-1,0,2.5\n",
    "not-booked": "date,amount,state\n2024-01-01,5,DONE\n2024-01-02,-1,REVERTED\n2024-01-03,-1,DONE\n",
    "decimal-comma": "type;at;account;amount\n"
    + "".join(f"MoneyDeposited;2024-01-0{n};a;1.488,6{n}\n" for n in range(1, 6)),
    "thousands": "type;at;account;amount\n"
    + "".join(f"MoneyDeposited;2024-01-01;a;{amount}\n" for amount in ("1,500", "12.50", "3")),
    "number-style": "type;at;account;amount\n"
    + "".join(f"MoneyDeposited;2024-01-01;a;{amount}\n" for amount in ("1,5", "1.5", "3.000", "2,25")),
    "encoding": "type,at,account,owner\nAccountOpened,2024-01-01,a,M\xfcller\n",
    "repeated-id": lines(*(event(n, n, id=f"e-{n % 8}") for n in range(1, 10))),
    "gap": lines(*(event(n, n, sequence=n) for n in (1, 2, 3, 5, 6))),
    "repeated-sequence": lines(*(event(n, n, sequence=n) for n in (1, 2, 3, 3, 4))),
    "backwards-sequence": lines(*(event(1, 1, sequence=n) for n in (1, 2, 3, 2, 4))),
}


def verdict_of(
    path: Path, recipe: Recipe = AUTO, head: str | None = None, profile: Profile | None = None
) -> Verdict:
    with open_log(path, profile=profile) as log:
        collected = collect(log, lambda sample: choose(recipe, sample, log.fields))
        return verify(log, head=head, oddities=Oddities(collected, collected.history()))


def odd(kind: str, path: Path) -> Verdict:
    """A verdict in which something of a kind is found."""
    if kind in {"no-event", "local-time"}:
        path.write_text(lines({"type": "heartbeat"}, {**GOOD[0], "at": "2024-03-31T02:30:00"}, *GOOD))
        said = (
            '[no_events]\ntype = "heartbeat"\n'
            if kind == "no-event"
            else '[fields]\nzone = "Europe/Berlin"\n'
        )
        profile = of_toml(said, "p")
        with open_log(path, profile=profile) as log:
            collected = collect(log, lambda sample: choose(AUTO, sample, log.fields))
            return verify(log, oddities=Oddities(collected, collected.history()))
    if kind in {"read-model-error", "cut-short"}:
        path.write_text(lines(*GOOD))
        return verdict_of(path, Recipe("failing.py", "python", FAILING))
    if kind == "digits-lost":
        path.write_text(lines(event(0.1, 1), event(0.2, 2)))
        return verdict_of(path, Recipe("sum.js", "javascript", SUM))
    if kind == "no-sequence":
        path.write_text(lines(*(event(n, n, sequence=n) for n in (3, 1, 4, 2)), event(5, 5)))
        return verdict_of(path, profile=Profile(order="by sequence"))
    if kind in {"changed", "cut"}:
        with Writer.open(path, create=True, seals="chain") as writer:
            for amount in (1, 2, 3):
                writer.append([Draft("MoneyDeposited", {"accountId": "a", "amount": amount}, "2024-01-01")])
        if kind == "cut":
            return verdict_of(path, head="0" * 64)
        path.write_bytes(path.read_bytes().replace(b'"amount":2', b'"amount":7'))
        return verdict_of(path)
    if kind == "partly-read":
        path.write_text(lines(*GOOD))
        with open_log(path) as log:
            collected = collect(log, lambda sample: choose(AUTO, sample, log.fields))
            collected.complete = False
            return verify(log, oddities=Oddities(collected, collected.history()))
    path.write_text(ODD[kind], encoding="latin-1")
    return verdict_of(path)


@pytest.mark.parametrize("kind", CHECKS)
def test_every_check_finds_what_it_looks_for_and_names_its_place(kind: str, tmp_path: Path) -> None:
    verdict = odd(kind, tmp_path / "log")
    assert verdict.counts[kind] >= 1, verdict.counts
    finding = next(each for each in verdict.findings if each.kind == kind)
    assert finding.text
    assert finding.line >= 1
    assert not verdict.sound


def test_a_sound_log_has_no_finding(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(lines(*(event(n, n, id=f"e{n}", sequence=n, version=n) for n in range(1, 9))))
    assert verdict_of(path).sound


def test_the_guide_lists_exactly_what_is_checked() -> None:
    guide = resource("guide", "verify.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([a-z-]+)` \|", guide, re.MULTILINE)
    assert sorted(listed) == sorted(CHECKS)


# --- numbers ------------------------------------------------------------------------------------------------


def versions(
    *numbers: int, member: str = "version", account: str = "a", **more: object
) -> list[dict[str, object]]:
    return [event(1, 1, account, **{member: number}, **more) for number in numbers]


@pytest.mark.parametrize(
    "member", ["version", "aggregateVersion", "stream_version", "revision", "sequenceNumber"]
)
def test_a_gap_in_an_entitys_own_versions_is_found_beside_a_sequence_of_the_log(
    member: str, tmp_path: Path
) -> None:
    path = tmp_path / "log.jsonl"
    mixed = [*versions(*range(1, 12), 13, 14, member=member), *versions(1, 2, 3, member=member, account="b")]
    mixed.sort(key=lambda each: int(str(each[member])))
    path.write_text(lines(*({"globalPosition": number} | each for number, each in enumerate(mixed, 100))))
    verdict = verdict_of(path)
    assert dict(verdict.counts) == {"gap": 1}
    assert verdict.findings[0].text.endswith(" 13 of a follows 11: 12 missing")


def test_gaps_of_the_sequence_and_of_the_version_are_both_found(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    each = [event(1, 1, sequence=number, version=number) for number in (1, 2, 3, 4, 6, 7)]
    other = [event(1, 1, "b", sequence=number, version=number - 7) for number in range(8, 12)]
    path.write_text(lines(*each, *other))
    texts = [finding.text for finding in verdict_of(path).findings]
    assert texts == ["sequence 6 follows 4: 5 missing", "version 6 of a follows 4: 5 missing"]


def test_versions_that_are_swapped_are_found(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(lines(*versions(1, 2, 4, 3, 5, 6, 7, 8), *versions(1, 2, 3, account="b")))
    verdict = verdict_of(path)
    assert {"version 4 of a follows 2: 3 missing", "version 3 of a comes after 4"} <= {
        finding.text for finding in verdict.findings
    }


@pytest.mark.parametrize(
    ("versions", "found"),
    [
        ([("a", 1), ("a", 3), ("a", 2), ("b", 1), ("b", 2)], ["version 3 of a", "version 2 of a"]),
        ([("a", 0), ("a", 1), ("a", 3)], ["version 3 follows 1"]),
        ([("a", 2), ("a", 1), ("a", 0)], ["version 1 comes after 2", "version 0 comes after 2"]),
        ([("a", 1), ("a", 1), ("a", 2)], []),  # of a schema
        ([("a", 1), ("a", 9), ("a", 1)], []),
        ([("a", 5), ("b", 7), ("c", 6)], []),
    ],
)
def test_few_numbers_that_are_nearly_all_of_a_row_are_a_count(
    versions: list[tuple[str, int]], found: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(lines(*(event(1, day, name, version=at) for day, (name, at) in enumerate(versions, 1))))
    texts = [finding.text for finding in verdict_of(path).findings]
    assert len(texts) == len(found)
    assert all(text.startswith(start) for text, start in zip(texts, found, strict=True)), texts


def test_an_entity_that_begins_later_than_the_others_misses_its_beginning(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    whole = [each for name in "abc" for each in versions(1, 2, 3, account=name)]
    path.write_text(lines(*whole, *versions(3, 4, 5, account="d")))
    (finding,) = verdict_of(path).findings
    assert finding.text == "version 3 of d is its first: 1 to 2 missing"


def test_a_member_that_does_not_count_is_no_finding(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(lines(*versions(1, 1, 1, 2, 1, 1, 2, 2), *versions(7, 900, 12, 1, member="position")))
    assert verdict_of(path).sound


# --- how it is told -----------------------------------------------------------------------------------------


def test_many_findings_of_one_kind_are_the_first_five_and_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(lines(*GOOD, *["{no"] * 8_302, event(1, 1)))
    assert main(["verify", str(path)]) == 1
    out = capsys.readouterr().out
    assert len(re.findall(r"^unread ", out, re.MULTILINE)) == 5
    assert "unread: 8,302 in all, the first 5 are listed; --all lists more." in out
    assert re.search(r"^out-of-order +8306 ", out.replace(",", ""), re.MULTILINE)
    assert len(out.splitlines()) < 15
    assert main(["verify", str(path), "--all"]) == 1
    assert len(re.findall(r"^unread ", capsys.readouterr().out, re.MULTILINE)) == 8_302
    assert main(["verify", str(path), "--format", "json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert len(answer["findings"]) == 8_303
    assert [each["kind"] for each in answer["warnings"]] == ["unread", "out-of-order"]


@pytest.mark.parametrize("named", [["--projection", "latest"], ["--projection", "accounts"]])
def test_the_read_model_that_is_named_is_the_one_that_is_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], named: list[str]
) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(ODD["unknown-type"])
    assert main(["verify", str(path), *named]) == (named[1] == "accounts")
    assert f"read model {named[1]}" in capsys.readouterr().out
