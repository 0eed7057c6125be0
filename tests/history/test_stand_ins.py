"""Is a read model that looks into values told right of alike lines, for whose values stand-ins stand at first?"""

import json
import operator
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from explorer.eventlog.event import Event, FieldMap, Joined, Nested, Varies, Varying
from explorer.eventlog.log import open_log
from explorer.history import reader
from explorer.history.collect import collect
from explorer.history.plan import plan
from explorer.projection.accounts import Accounts
from explorer.projection.fold import fold, without_hidden
from explorer.projection.model import Effect, Field, FieldUpdate, Recipe
from explorer.projection.number_style import NumberStyle
from tests.alike import alike

KINDS = ("vip", "plain", "vip", "")


class LooksInside:
    """Counts an entity's events for which a question about their `kind` is answered with yes."""

    name = "looks inside"
    noun = "customer"
    recipe = Recipe("looks inside")
    ordered = positioned = False
    numbers = NumberStyle.PLAIN
    fields = (Field("yes", "sum"), Field("no", "sum"))

    def __init__(self, ask: Callable[[str], bool]) -> None:
        self.ask = ask

    def effects(self, event: Event) -> Sequence[Effect]:
        assert event.entity is not None
        answer = "yes" if self.ask(event.data["kind"]) else "no"  # type: ignore[arg-type]
        return [Effect(event.entity, (FieldUpdate(answer, 1),))]

    def learn(self, names: Sequence[str]) -> None:
        """Its fields are known."""


@pytest.mark.parametrize(
    "ask",
    [
        lambda kind: kind == "vip",
        lambda kind: kind != "vip",
        lambda kind: "vip" == kind,  # noqa: SIM300 - the other way round is the question
        bool,
        lambda kind: not kind,
        lambda kind: kind < "q",
        lambda kind: kind >= "q",
        lambda kind: kind in {"vip", "gold"},
        lambda kind: kind in ("vip", "gold"),
        lambda kind: {"vip": True}.get(kind, False),
        lambda kind: str(kind) == "vip",
        lambda kind: f"{kind}" == "vip",
        lambda kind: len(kind) == 3,
        lambda kind: "i" in kind,
        lambda kind: kind.startswith("v"),
    ],
)
def test_a_read_model_that_asks_a_value_of_alike_lines_is_asked_for_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ask: Callable[[str], bool]
) -> None:
    monkeypatch.setattr(reader, "SCANNED_BYTES", 0)
    path = tmp_path / "alike.jsonl"
    path.write_text(
        "".join(
            f'{{"type":"CustomerSeen","at":"2026-03-01T00:00:{row % 60:02}Z",'
            f'"data":{{"customerId":"c-{row % 7}","kind":"{KINDS[row % len(KINDS)]}"}}}}\n'
            for row in range(400)
        )
    )
    with open_log(path) as log:
        model = LooksInside(ask)
        events = [event for batch in log.batches() for event in batch.events]
        plain = {entity: without_hidden(model, state) for entity, state in fold(model, events).items()}
        found = dict(collect(log, lambda _sample: model).history().state(len(events)).items())
    said = {entity: (each["yes"], each["no"]) for entity, each in found.items()}
    assert said == {entity: (each["yes"], each["no"]) for entity, each in plain.items()}
    assert sum(yes for yes, _ in said.values()) == sum(ask(KINDS[row % len(KINDS)]) for row in range(400))  # type: ignore[misc]


@pytest.mark.parametrize(
    "stand_in", [Varying(0, "text"), Varying(1, "number"), Nested(3), Joined((Varying(0, "text"), "a"))]
)
@pytest.mark.parametrize(
    "ask",
    [
        bool, hash, str, len, int, iter, "{}".format,
        *(lambda it, how=how: how(it, it) for how in (operator.eq, operator.ne, operator.lt)),
        *(lambda it, how=how: how(3, it) for how in (operator.eq, operator.ge)),
    ],
)  # fmt: skip
def test_a_stand_in_gives_no_answer_that_could_be_wrong(
    ask: Callable[[object], object], stand_in: object
) -> None:
    with pytest.raises((Varies, TypeError)):
        ask(stand_in)


@pytest.mark.parametrize(
    "data",
    [
        {"accountId": "a", "owner": "Ada"},
        {"accountId": "a", "amount": 5, "note": ["x"], "more": {"x": 1}},
        {"fromAccountId": "a", "toAccountId": "b", "amount": 5},
        {"accountId": "a", "amount": "5.00", "currency": "EUR"},
    ],
)
def test_the_accounts_read_model_answers_for_all_lines_of_a_shape_at_once(data: dict[str, object]) -> None:
    types = ("AccountOpened", "MoneyDeposited", "MoneyTransferred", "MoneyWithdrawn")
    which = types[2] if "toAccountId" in data else types[0] if "owner" in data else types[1]
    line = json.dumps({"type": which, "data": data, "at": "2026-01-02T10:15:00Z"}, separators=(",", ":"))
    event = alike(
        line.encode(),
        FieldMap(
            type="type", time="at", entity=None if "toAccountId" in data else "data.accountId", data="data"
        ),
        Accounts.member_names,
    )
    planned = plan(Accounts(), event)
    assert planned is not None  # else each line is read by itself, and a log ten times slower
    assert planned.known
