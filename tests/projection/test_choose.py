"""Does a log get the read model that leaves out little of it, wherever in it stands what?"""

import json
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from explorer.eventlog.log import open_log
from explorer.history import collect as collecting
from explorer.history.collect import Collected, collect
from explorer.history.resume import resumption
from explorer.projection.choose import choose
from explorer.projection.model import AUTO, Recipe
from explorer.session.document import Document
from explorer.session.options import OpenOptions

type Kinds = Sequence[tuple[str, str]]  # type and entity of each event


def written(path: Path, kinds: Kinds, *, as_array: bool = False) -> Path:
    records = [
        json.dumps({
            "type": kind, "streamId": entity, "at": f"2026-01-01T00:{number // 60 % 60:02}:{number % 60:02}Z",
            "data": {"accountId": entity, "amount": 1}, "metadata": {"filling": "x" * 200},
        })
        for number, (kind, entity) in enumerate(kinds)
    ]  # fmt: skip
    path.write_text("[" + ",\n".join(records) + "]" if as_array else "\n".join(records) + "\n", "utf-8")
    return path


def read(path: Path, recipe: Recipe = AUTO) -> Collected:
    with open_log(path) as log:
        return collect(log, lambda sample: choose(recipe, sample, log.fields))


def accounts(count: int, of: int = 20) -> list[tuple[str, str]]:
    return [("MoneyDeposited", f"acc-{number % of}") for number in range(count)]


def orders(count: int, of: int = 500) -> list[tuple[str, str]]:
    return [("OrderPlaced", f"ord-{number % of}") for number in range(count)]


def mixed(kinds: Kinds) -> list[tuple[str, str]]:
    return random.Random(1).sample(kinds, len(kinds))


def test_a_shop_with_a_few_accounts_shows_its_orders(shop_log: Path) -> None:
    document = Document.open(str(shop_log), OpenOptions())
    try:
        assert document.projection_name == "latest"
        state = dict(document.history.state(document.event_count).items())
        streams = {json.loads(line)["streamId"] for line in shop_log.read_text("utf-8").splitlines()}
        assert set(state) == streams
    finally:
        document.close()


@pytest.mark.parametrize(
    ("kinds", "model"),
    [
        (mixed(accounts(300) + [("Logged", f"acc-{number % 20}") for number in range(700)]), "accounts"),
        (mixed(accounts(900) + [("Joined", f"cus-{number}") for number in range(100)]), "accounts"),
        (mixed(accounts(990, 2) + [("Joined", f"cus-{number}") for number in range(100)]), "latest"),
        (mixed(accounts(50) + [("Logged", f"acc-{number % 20}") for number in range(950)]), "latest"),
        (mixed(accounts(10) + orders(990)), "latest"),
        (accounts(300) + orders(9_000), "latest"),
        (orders(300) + accounts(20_000, 900), "accounts"),
        (orders(300), "latest"),
    ],
    ids=[
        "every entity is an account", "most events are", "hardly an entity is", "hardly an event is",
        "a few among orders", "a few before orders", "many behind a few orders", "none",
    ],
)  # fmt: skip
@pytest.mark.parametrize("as_array", [False, True], ids=["lines", "array"])
def test_the_read_model_is_the_one_that_leaves_out_little(
    tmp_path: Path, kinds: Kinds, model: str, as_array: bool
) -> None:
    """An array is first judged by its beginning, and read again if the whole says otherwise."""
    assert read(written(tmp_path / "log.json", kinds, as_array=as_array)).model.name == model


def test_a_sample_of_a_log_of_lines_is_taken_all_over_it_so_that_it_is_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds = [*accounts(3_000), *orders(20_000)]
    path = written(tmp_path / "log.jsonl", kinds)
    models = []
    plain = collecting._read

    def counting(log: object, model: object, *rest: object, **more: object) -> object:
        models.append(model.name)
        return plain(log, model, *rest, **more)

    monkeypatch.setattr(collecting, "_read", counting)
    assert read(path).model.name == "latest"
    assert models == ["latest"]
    assert read(path, Recipe("accounts")).model.name == "accounts"
    assert models == ["latest", "accounts"]


def test_a_log_that_grows_into_something_else_is_read_as_if_anew(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    kinds = [*accounts(100), *orders(400), *accounts(3_000, 900)]
    kept, chosen = None, []
    for count in (50, 100, 140, 500, 520, len(kinds)):
        written(path, kinds[:count])
        with open_log(path) as log:
            found = collect(log, lambda sample: choose(AUTO, sample, log.fields), kept=kept)
            fresh = collect(log, lambda sample: choose(AUTO, sample, log.fields))
            chosen.append(found.model.name)
            assert found.model.recipe == fresh.model.recipe
            history, anew = found.history(), fresh.history()
            assert list(history.state(count).items()) == list(anew.state(count).items())
        larger = open_log(written(path, kinds[: count + 1]))
        kept = resumption(larger, found, found.events.log.size_bytes, [history])
        assert kept is not None
        larger.close()
    assert chosen == ["accounts", "accounts", "accounts", "latest", "latest", "accounts"]


def test_an_account_s_short_names_are_heard_in_the_whole_log_even_if_the_model_is_named(
    tmp_path: Path,
) -> None:
    kinds = [("Deposited", "a")] * 3_000 + [("Withdrawn", "a")] * 10
    path = written(tmp_path / "log.json", kinds, as_array=True)  # the beginning has one of the two only
    collected = read(path, Recipe("accounts"))
    state = dict(collected.history().state(len(kinds)).items())
    assert state["a"]["balance"] == 2_990
