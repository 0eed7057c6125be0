"""Is an entity found by its id, whatever stands before that in its name, and are two never taken for one?"""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.cli.main import main
from explorer.eventlog.entity_forms import form_of, parts
from explorer.eventlog.event import Joined
from explorer.session.document import Document

FORMS = {
    "{kind}|{id}": "Account|{}", "/{kind}/{id}": "/accounts/{}", "{kind}${id}": "Bank::Account${}",
    "{kind}-{id}": "account-{}", "{kind}:{id}": "account:{}", "{kind}#{id}": "ACCOUNT#{}",
}  # fmt: skip


def written(folder: Path, made: str, *more: dict[str, object]) -> str:
    path = folder / "log.jsonl"
    events = [
        ("AccountOpened", "acc-1", {}), ("AccountOpened", "acc-2", {}), ("MoneyDeposited", "acc-1", {"amount": 5}),
        ("MoneyTransferred", "acc-1", {"from": "acc-1", "to": "acc-2", "amount": 2}),
    ]  # fmt: skip
    records = [{"type": kind, "stream": made.format(whose), "data": data} for kind, whose, data in events]
    path.write_text("".join(json.dumps(each) + "\n" for each in [*records, *more]))
    return str(path)


def profiled(folder: Path, form: str) -> list[str]:
    profile = folder / "own.toml"
    profile.write_text(f'[fields]\ntype = "type"\nentity = "stream"\ndata = "data"\nform = "{form}"\n')
    return ["--profile", str(profile), "--format", "json"]


@pytest.mark.parametrize(("form", "made"), FORMS.items())
def test_an_id_finds_its_entity_and_a_transfer_reaches_it(
    tmp_path: Path, form: str, made: str, capsys: pytest.CaptureFixture[str]
) -> None:
    log, options = written(tmp_path, made), profiled(tmp_path, form)
    assert main(["state", log, *options]) == 0
    state = json.loads(capsys.readouterr().out)["state"]
    assert {name: row["balance"] for name, row in state.items()} == {
        made.format("acc-1"): 3,
        made.format("acc-2"): 2,
    }
    assert main(["state", log, *options, "--account", "acc-2"]) == 0
    assert list(json.loads(capsys.readouterr().out)["state"]) == [made.format("acc-2")]
    assert main(["why", log, "acc-1", "balance", *options]) == 0
    assert json.loads(capsys.readouterr().out)["account"] == made.format("acc-1")
    assert main(["find", log, f"{'account'} = 'acc-2'", *options]) == 0
    assert {each["account"] for each in json.loads(capsys.readouterr().out)["intervals"]} == {
        made.format("acc-2")
    }
    assert main(["events", log, *options, "--account", "acc-3"]) == 1


def test_an_id_of_several_kinds_is_asked_back_where_one_is_wanted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = {"type": "MoneyDeposited", "stream": "Wallet|acc-1", "data": {"amount": 1}}
    log, options = written(tmp_path, "Account|{}", more), profiled(tmp_path, "{kind}|{id}")
    assert main(["why", log, "acc-1", "balance", *options]) == 2
    assert "“acc-1” may be Account|acc-1, Wallet|acc-1" in capsys.readouterr().err
    assert main(["state", log, *options, "--account", "acc-1"]) == 0
    assert list(json.loads(capsys.readouterr().out)["state"]) == ["Account|acc-1", "Wallet|acc-1"]


def test_a_uuid_has_no_kind_and_a_name_that_only_ends_so_is_another(tmp_path: Path) -> None:
    assert parts("aaaaaaaa-0000-4000-8000-000000000001", "{kind}-{id}") is None
    assert parts("account-aaaaaaaa-0000-4000-8000-000000000001", "{kind}-{id}") == (
        "account", "aaaaaaaa-0000-4000-8000-000000000001",
    )  # fmt: skip
    assert form_of(["a|1", "a|2", "b|1"]) == "{kind}|{id}"
    assert form_of(["a|1", "2"]) is None
    profile = tmp_path / "own.toml"
    profile.write_text('[fields]\ntype = "type"\nentity = "stream"\ndata = "data"\nform = "{kind}|{id}"\n')
    from explorer.eventlog.profiles.profile import load
    from explorer.session.options import OpenOptions

    document = Document.open(written(tmp_path, "Account|{}"), OpenOptions(profile=load(profile)))
    assert document.history.entities_meant("1") == []
    assert document.history.entities_meant("acc-1") == ["Account|acc-1"]
    assert document.event(1).kind == "Account"
    document.close()


@given(st.lists(st.lists(st.text("/\\ a"), min_size=1, max_size=3), min_size=2, max_size=2))
def test_names_of_several_parts_are_the_same_only_if_their_parts_are(both: list[list[str]]) -> None:
    one, two = both
    assert (Joined.text(one) == Joined.text(two)) is (one == two)
    assert Joined.text(["App\\Wallet", "7"]) == "App\\Wallet / 7"
