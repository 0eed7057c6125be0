"""Are events of old schema versions read as today's, by checked chains, while the raw event stays as it was?"""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.cli.main import main
from explorer.eventlog.errors import LogError
from explorer.eventlog.event import FieldMap
from explorer.history import cache, child, reading
from explorer.history.plan import plan
from explorer.projection.model import Recipe, Upcasters
from explorer.projection.upcasting import UpcastError, chain_of
from explorer.session import document as documents
from explorer.session.changes.upcasts import TYPE, Schema, Upcasts
from explorer.session.document import Document
from explorer.session.options import OpenOptions
from explorer.session.recipes import upcasters
from tests.alike import alike

DECLARED = """
[[step]]
type = "Deposit"
from = 1
rename = { acct = "owner.account" }   # moved into an object, and back

[[step]]
type = "Deposit"
from = 2
becomes = "MoneyDeposited"
rename = { "owner.account" = "accountId", cents = "amount" }
multiply = { amount = "0.01" }
default = { currency = "EUR" }
map = { kind = { C = "cash" } }
remove = ["legacy", "owner"]
set = { channel = "branch" }
"""
WRITTEN = """
from decimal import Decimal

def second(data):
    data["owner"] = {"account": data.pop("acct")}  # it is handed a copy
    return data

def third(data):
    return {"accountId": data["owner"]["account"], "amount": data["cents"] * Decimal("0.01"),
            "currency": data.get("currency", "EUR"), "channel": "branch",
            "kind": "cash" if data["kind"] == "C" else data["kind"]}

upcasters = {("Deposit", 1): second, ("Deposit", 2): (third, "MoneyDeposited")}
"""
BOTH = [Upcasters("steps.toml", "toml", DECLARED), Upcasters("steps.py", "python", WRITTEN)]

DEPOSITS = st.fixed_dictionaries({
    "version": st.integers(1, 3), "cents": st.integers(-(10**6), 10**20), "account": st.sampled_from("abc"),
    "kind": st.sampled_from("CX"), "currency": st.sampled_from([None, "USD"]), "day": st.integers(1, 28),
})  # fmt: skip


def record(deposit: dict, *, old: bool) -> str:
    """A deposit, written as in its version or as today."""
    version, cents = deposit["version"], deposit["cents"]
    at = f'"at":"2026-01-{deposit["day"]:02}T00:00:00Z"'
    extra = {"kind": deposit["kind"]} | ({"currency": deposit["currency"]} if deposit["currency"] else {})
    if old and version < 3:
        data = {"cents": cents, "legacy": [1, {"x": None}], **extra}
        data |= {"acct": deposit["account"]} if version == 1 else {"owner": {"account": deposit["account"]}}
        return f'{{"type":"Deposit",{at},"schemaVersion":{version},"data":{json.dumps(data)}}}\n'
    extra["kind"] = extra["kind"].replace("C", "cash")
    sign, digits = "-" if cents < 0 else "", f"{abs(cents):03}"
    amount = f"{sign}{digits[:-2]}.{digits[-2:]}"
    told = json.dumps({"accountId": deposit["account"], "currency": "EUR", "channel": "branch", **extra})
    return f'{{"type":"MoneyDeposited",{at},"schemaVersion":3,"data":{{"amount":{amount},{told[1:]}}}\n'


def opened(path: Path, steps: Upcasters | None, model: str = "accounts", **more: Path) -> Document:
    return Document.open(str(path), OpenOptions(projection=Recipe(model, upcasters=steps), **more))


def told(document: Document, position: int) -> str:
    return str({key: dict(state) for key, state in document.history.state(position).items()})


@pytest.mark.parametrize("small_bytes", [0, 1 << 40], ids=["children", "this process"])
@pytest.mark.parametrize("order", ["log", "time"])
@pytest.mark.parametrize("steps", BOTH, ids=lambda each: each.language)
@settings(max_examples=6)
@given(deposits=st.lists(DEPOSITS, min_size=1, max_size=60), part=st.floats(0, 1))
def test_a_log_of_old_events_is_the_log_of_todays_at_every_position(
    tmp_path_factory, steps, order, small_bytes, deposits, part
):
    folder = tmp_path_factory.mktemp("log")
    old, new = folder / "old.jsonl", folder / "new.jsonl"
    old.write_text("".join(record(each, old=True) for each in deposits))
    new.write_text("".join(record(each, old=False) for each in deposits))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(documents.collect, "__kwdefaults__", {
            **documents.collect.__kwdefaults__, "small_bytes": small_bytes,
        })  # fmt: skip
        patch.setattr(child, "STRETCH_BYTES", 2_000)
        patch.setattr(reading, "STRETCH_BYTES", 2_000)
        lifted, plain = opened(old, steps), opened(new, None)
    try:
        for each in (lifted, plain):
            each.set_order(order)
        for position in {0, len(deposits), int(part * len(deposits))}:
            assert told(lifted, position) == told(plain, position)
        assert not lifted.problems
        raws = b"".join(lifted.events.raw(place) + b"\n" for place in range(1, len(deposits) + 1))
        assert raws == old.read_bytes()
    finally:
        lifted.close()
        plain.close()


def test_declared_steps_are_done_to_all_alike_lines_at_once(tmp_path):
    from explorer.eventlog.event import FieldMap
    from explorer.projection.choose import choose

    text = DECLARED.replace('multiply = { amount = "0.01" }', "").replace(
        'map = { kind = { C = "cash" } }', ""
    )
    model = choose(Recipe("accounts", upcasters=Upcasters("steps.toml", "toml", text)), [], FieldMap())
    fields = FieldMap(type="type", time="at", data="data")
    line = {"version": 1, "cents": 5, "account": "a", "kind": "X", "currency": None, "day": 3}
    planned = plan(model, alike(record(line, old=True).encode().strip(), fields))
    assert planned is not None
    assert [update.field for update in planned.effects[0].updates] == ["balance"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[step]]\ntype = "A"\nfrom = 1\n[[step]]\ntype = "A"\nfrom = 3\n',
         "line 1, column 1: there is a gap: no step leads from version 2 of A to 3, though 4 is the newest"),
        ('[[step]]\ntype = "A"\nfrom = 1\n\n[[step]]\ntype = "A"\nfrom = 1\n',
         "line 5, column 1: there are two steps from version 1 of A"),
        ('[[step]]\ntype = "A"\nfrom = 1\nbecomes = "B"\n[[step]]\ntype = "B"\nfrom = 2\nbecomes = "A"\n',
         "line 5, column 1: the steps go round in a loop: A → B → A"),
        ('[[step]]\ntype = "A"\nfrom = 1\nto = 3\n',
         "line 1, column 1: the step of A leads from version 1 to 3: a step is one version"),
        ('[[step]]\ntype = "A"\nfrom = 2\nto = 1\n',
         "line 1, column 1: the step of A leads from version 2 to 1: a step is one version"),
        ("[[step]]\nfrom = 1\n", 'line 1, column 1: a step needs the type of its events: type = "…"'),
        ('[[step]]\ntype = "A"\n', "line 1, column 1: the step of A needs the version it begins at: from = 1"),
        ('[[step]]\ntype = "A"\nfrom = 1\nrenam = {}\n', "line 1, column 1: a step has no “renam”: it has "),
        ('[[step]]\ntype = "A"\nfrom = 1\nmultiply = { x = "many" }\n',
         "line 1, column 1: “multiply” needs a number for x"),
        ('[[step]]\ntype = "A\n', "line 2, column 10: "),
        ("", "line 1, column 1: it declares no [[step]]"),
        ("step = 3\nother = 1\n", "line 1, column 1: there is no “other” here, only [[step]]"),
    ],
)  # fmt: skip
def test_a_chain_is_checked_when_it_is_loaded(text, said):
    with pytest.raises(UpcastError) as error:
        chain_of(Upcasters("steps.toml", "toml", text))
    assert str(error.value).startswith(said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("def f(:\n", "line 1, column 7: invalid syntax"),
        ("x = 1\n", "it does not define upcasters = {(type, version): function}"),
    ],
)
def test_a_program_of_steps_is_looked_at_before_it_runs(tmp_path, text, said):
    file = tmp_path / "steps.py"
    file.write_text(text)
    with pytest.raises(LogError, match=r"^steps\.py"):
        upcasters(str(file))
    with pytest.raises(UpcastError) as error:
        chain_of(Upcasters("steps.py", "python", text))
    assert str(error.value).startswith(said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("upcasters = {('A', 1): lambda d: d, ('A', 3): lambda d: d}\n", "there is a gap"),
        ("upcasters = {'A': 1}\n", "upcasters has 'A': 1; it wants (type, version): function"),
        ("upcasters = 1 / 0\n", "it fails when it is loaded: ZeroDivisionError"),
    ],
)
def test_what_a_program_declares_is_checked_when_it_runs(tmp_path, text, said):
    log = tmp_path / "log.jsonl"
    log.write_text('{"type":"A","data":{"accountId":"a"}}\n')
    with pytest.raises(LogError) as error:
        opened(log, Upcasters("steps.py", "python", text))
    assert said in str(error.value)


def old_log(folder: Path) -> Path:
    path = folder / "log.jsonl"
    lines = [
        {"type": "Deposit", "data": {"acct": "a", "cents": 1250, "kind": "C", "legacy": 1}},
        {"type": "Deposit.v2", "data": {"owner": {"account": "a"}, "cents": 5, "kind": "X"}},
        {"type": "Deposit", "metadata": {"schema_version": "2"},
         "data": {"owner": {"account": "b"}, "cents": None, "kind": "X"}},
        {"type": "MoneyDeposited", "eventVersion": 3, "data": {"accountId": "a", "amount": 1, "currency": "EUR"}},
        {"type": "MoneyDeposited", "eventVersion": 9, "data": {"accountId": "a", "amount": 2, "currency": "EUR"}},
        {"type": "Deposit", "schemaVersion": 2, "data": {"owner": {"account": "a"}, "cents": "x", "kind": "X"}},
    ]  # fmt: skip
    path.write_text(
        "".join(json.dumps({**line, "at": f"2026-01-0{day}"}) + "\n" for day, line in enumerate(lines, 1))
    )
    return path


@pytest.mark.parametrize("steps", BOTH, ids=lambda each: each.language)
def test_what_no_chain_covers_is_listed_counted_and_used_as_it_stands(tmp_path, steps):
    document = opened(old_log(tmp_path), steps)
    upcasts = Upcasts(document)
    try:
        assert upcasts.schemas() == [
            Schema("Deposit", 1, 1, 3, True),
            Schema("Deposit", 2, 3, 3, True),
            Schema("MoneyDeposited", 3, 1, 3, True),
            Schema("MoneyDeposited", 9, 1, 9, False),
        ]
        reasons = {each.position: each.reason for each in document.problems}
        assert reasons[5] == "no step leads from version 9 of MoneyDeposited to 3"
        assert reasons[6].startswith("the step from version 2 of Deposit failed: TypeError: ")
        assert upcasts.uncovered() == ([5, 6] if steps.language == "toml" else [3, 5, 6])
        state = dict(document.history.state(6).items())["a"]
        assert state["balance"] == {"EUR": Decimal("15.55")}
    finally:
        upcasts.close()
        document.close()


@pytest.mark.parametrize("steps", BOTH, ids=lambda each: each.language)
def test_an_event_is_shown_at_each_of_its_versions_with_what_changed(tmp_path, steps):
    document = opened(old_log(tmp_path), steps)
    upcasts = Upcasts(document)
    try:
        first = upcasts.of(1)
        assert first is not None
        assert first.versions == [1, 2, 3]
        rows = {row.path: (row.values, row.marks) for row in first.rows}
        assert rows[TYPE] == (['"Deposit"', '"Deposit"', '"MoneyDeposited"'], ["", "", "~"])
        assert rows["acct"] == (['"a"', None, None], ["", "−", ""])
        assert rows["owner.account"] == ([None, '"a"', None], ["", "+", "−"])
        assert rows["amount"] == ([None, None, "12.50"], ["", "", "+"])
        assert rows["kind"] == (['"C"', '"C"', '"cash"'], ["", "", "~"])
        assert document.event(1).data == {"acct": "a", "cents": 1250, "kind": "C", "legacy": 1}
        assert upcasts.of(0) is None
        newest, beyond, failed = upcasts.of(4), upcasts.of(5), upcasts.of(6)
        assert newest is not None
        assert not any(row.changed for row in newest.rows)
        assert newest.said == "Version 3 is the newest: nothing is done to it."
        assert beyond is not None
        assert beyond.said == "No step leads from version 9 of MoneyDeposited on: it is used as it stands."
        assert failed is not None
        assert failed.said.startswith("the step from version 2 of Deposit failed: TypeError: ")
        assert failed.versions == [2]
    finally:
        upcasts.close()
        document.close()


def test_a_kept_index_belongs_to_its_upcasters(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "SMALL_BYTES", 0)
    log = old_log(tmp_path)
    other = Upcasters("steps.toml", "toml", DECLARED.replace("0.01", "0.001"))
    balances = []
    for steps in (BOTH[0], other, BOTH[0], None):
        document = opened(log, steps, cache_dir=tmp_path / "cache")
        document.keep(
            OpenOptions(projection=Recipe("accounts", upcasters=steps), cache_dir=tmp_path / "cache")
        )
        state = dict(document.history.state(2).items())
        balances.append(str(state["a"]["balance"]) if state else None)
        assert bool(document.schemas) == (steps is not None)
        document.close()
    assert balances == [
        "{'EUR': Decimal('12.55')}",
        "{'EUR': Decimal('1.255')}",
        "{'EUR': Decimal('12.55')}",
        None,
    ]


def test_upcasters_on_the_command_line(tmp_path, capsys):
    log = old_log(tmp_path)
    for steps in BOTH:
        (tmp_path / steps.name).write_text(steps.text)
    words = ["state", str(log), "--position", "1", "--projection", "accounts", "--format", "json", "--upcast"]
    assert main([*words, str(tmp_path / "steps.toml")]) == 0
    assert json.loads(capsys.readouterr().out)["state"]["a"]["balance"] == {"EUR": 12.5}
    assert main([*words, str(tmp_path / "steps.py")]) == 2
    assert capsys.readouterr().err == (
        "history-explorer: steps.py: it is a program and runs with your rights: look at it, then say --trust\n"
    )
    assert main([*words, str(tmp_path / "steps.py"), "--trust"]) == 0
    assert json.loads(capsys.readouterr().out)["state"]["a"]["balance"] == {"EUR": 12.5}
    assert main([*words, str(tmp_path / "steps.txt")]) == 2
    assert "upcasters are a .toml or .py file" in capsys.readouterr().err


def test_whose_a_lifted_event_is_stands_at_its_path_whatever_it_is_written_as(tmp_path):
    path = tmp_path / "log.jsonl"
    lines = [{"schemaVersion": 1, "data": {"acct": 5, "id": "tx-1"}}]
    lines += [{"schemaVersion": 2, "data": {"customer": {"id": 5}, "id": "tx-2"}}]
    path.write_text("".join(json.dumps({"type": "A", **each}) + "\n" for each in lines))
    steps = Upcasters("s.toml", "toml", '[[step]]\ntype = "A"\nfrom = 1\nrename = { acct = "customer.id" }\n')
    wanted = FieldMap(type="type", entity="data.customer.id", data="data")
    document = Document.open(
        str(path), OpenOptions(projection=Recipe("latest", upcasters=steps), fields=wanted)
    )
    assert dict(document.history.state(1).items()) == {"5": {"id": "tx-1", "customer": {"id": 5}}}
    document.close()
