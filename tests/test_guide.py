"""Does what the guide shows work as it is written there?"""

import base64
import re
import shlex
from decimal import Decimal

import pytest

from explorer.cli.main import main
from explorer.projection.model import Recipe, Upcasters
from explorer.projection.program import Program
from explorer.projection.sql import SqlModel
from explorer.resources import resource
from explorer.session.document import Document
from explorer.session.find.finding import condition_of, search
from explorer.session.options import OpenOptions

LESSON = resource("samples", "three-events.jsonl")
GUIDE = resource("guide", "read-models.md").read_text(encoding="utf-8")
CONDITIONS = resource("guide", "conditions.md").read_text(encoding="utf-8")
UPCASTERS = resource("guide", "upcasters.md").read_text(encoding="utf-8")


def block(language: str, guide: str = GUIDE) -> str:
    (found,) = re.findall(rf"```{language}\n(.*?)```", guide, re.DOTALL)
    return found


def test_every_condition_of_the_guide_can_be_asked_of_a_log_of_accounts() -> None:
    document = Document.open(str(resource("samples", "small-bank.jsonl")))
    conditions = block("conditions", CONDITIONS).strip().split("\n")
    hits = {
        text: search(document, condition_of(document.history, document.noun, text), lambda *_: None)
        for text in conditions
    }
    document.close()
    assert len(hits) > 5
    assert len(hits["status = 'frozen'"])
    assert all(len(found) for text, found in hits.items() if text != "owner is null or not version >= 3")


def state_by(model: SqlModel | Program) -> dict[str, dict[str, object]]:
    document = Document.open(
        str(resource("samples", "three-events.jsonl")), OpenOptions(projection=model.recipe)
    )
    try:
        return dict(document.history.state(3).items())
    finally:
        document.close()


def test_the_query_of_the_guide_is_a_read_model() -> None:
    assert state_by(SqlModel("guide.sql", block("sql"))) == {
        "acc-1": {"balance": 20, "owner": "Ada", "withdrawals": 1}
    }


def test_the_program_of_the_guide_is_a_read_model() -> None:
    assert state_by(Program("guide.py", block("python"))) == {"acc-1": {"balance": 20, "overdrawn": 0}}


def test_every_function_that_the_guide_lists_can_be_used() -> None:
    listed = re.search(r"Scalar functions: `([a-z_ \n]+)`", GUIDE)
    assert listed is not None
    names = listed[1].split()
    assert len(names) > 10
    for name in names:
        arguments = {"date_trunc": "'month', at", "substr": "data.owner, 1", "nullif": "1, 2"}.get(
            name, "data.x"
        )
        SqlModel("q", f"SELECT max({name}({arguments})) AS m FROM events")


@pytest.mark.parametrize("language", ["toml", "python"])
def test_the_upcasters_of_the_guide_lift_old_deposits(language, tmp_path) -> None:
    log = tmp_path / "log.jsonl"
    log.write_text(
        '{"type":"MoneyDeposited","data":{"acct":"a","cents":1250},"at":"2026-01-02"}\n'
        '{"type":"MoneyDeposited.v2","data":{"accountId":"a","cents":5},"at":"2026-01-02"}\n'
        '{"type":"MoneyDeposited","schemaVersion":3,"data":{"accountId":"a","amount":1,"currency":"EUR"}}\n'
    )
    steps = Upcasters("guide", language, block(language, UPCASTERS))
    document = Document.open(str(log), OpenOptions(projection=Recipe("accounts", upcasters=steps)))
    try:
        assert not document.problems
        assert dict(document.history.state(3).items())["a"]["balance"] == {"EUR": Decimal("13.55")}
    finally:
        document.close()


def test_the_branches_of_the_guide_can_be_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    text = resource("guide", "what-if.md").read_text(encoding="utf-8")
    asked = re.findall(r"^    history-explorer (what-if LOG .*)$", text, re.MULTILINE)
    assert len(asked) == 3
    for line in asked:
        words = [str(LESSON) if word == "LOG" else word for word in shlex.split(line)]
        assert main(words) == 0
        assert "What if: " in capsys.readouterr().out


def test_the_guide_lists_every_store_with_its_profile() -> None:
    from explorer.eventlog.profiles.shipped import shipped

    page = resource("guide", "open-what-you-have.md").read_text(encoding="utf-8")
    known = sorted(shipped().items(), key=lambda each: (each[1].store.casefold(), each[1].name))
    rows = [f"| {each.store} | {each.name} | `{name}` | {each.about} |" for name, each in known]
    listed = [line for line in page.splitlines() if line.startswith("| ") and line.count("`") >= 2]
    assert listed == rows, "the table of the guide is to be:\n" + "\n".join(rows)


def test_the_profile_of_the_guide_reads_a_log(tmp_path) -> None:
    from explorer.eventlog.profiles.profile import of_toml

    page = resource("guide", "open-what-you-have.md").read_text(encoding="utf-8")
    log = tmp_path / "log.jsonl"
    body = base64.b64encode(b'{"amount": 4}').decode()
    log.write_text(
        f'{{"what":"MoneyDeposited","when":"2026-01-01","shop":"a","order":"o-1","body":"{body}"}}\n' * 2
    )
    document = Document.open(str(log), OpenOptions(profile=of_toml(block("toml", page), "guide")))
    assert dict(document.history.state(2).items())["a / o-1"]["balance"] == 8
    document.close()
