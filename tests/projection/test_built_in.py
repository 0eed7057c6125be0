"""Can a read model be added by one module and one line?"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.cli.main import main
from explorer.eventlog.event import Event, FieldMap
from explorer.projection.built_in import BUILT_IN, built_in, names
from explorer.projection.fold import fold, without_hidden
from explorer.projection.model import Recipe
from explorer.projection.sample import Sample
from explorer.session.document import Document
from explorer.session.options import OpenOptions
from explorer.session.recipes import recipe
from tests.visits import Visits, registered, write_doors


def shown(model: Visits, events: list[Event]) -> dict[str, object]:
    return {entity: without_hidden(model, state) for entity, state in fold(model, events).items()}


@pytest.fixture
def doors(tmp_path: Path) -> Iterator[Path]:
    """A log, and the read model that fits it."""
    with registered():
        yield write_doors(tmp_path)


def test_a_read_model_that_is_registered_once_can_be_named_and_is_found_by_itself(doors: Path) -> None:
    assert recipe("visits") == Recipe("visits")
    for asked in (Recipe("visits"), Recipe()):
        document = Document.open(str(doors), OpenOptions(projection=asked))
        try:
            assert (document.projection_name, document.noun) == ("visits", "guest")
            state = dict(document.history.state(3).items())
            assert state == shown(Visits(), [document.event(position) for position in (1, 2, 3)])
            assert state == {
                "ada": {"visits": 2, "last room": "cellar"},
                "kofi": {"visits": 1, "last room": "attic"},
            }
        finally:
            document.close()


def test_the_command_line_knows_it(doors: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["state", str(doors), "--projection", "visits", "--no-cache", "--format", "csv"]) == 0
    assert capsys.readouterr().out.splitlines()[:2] == ["guest,visits,last room", "ada,2,cellar"]
    with pytest.raises(SystemExit):
        main(["state", "--help"])
    assert "auto, visits, accounts, balances, latest" in " ".join(capsys.readouterr().out.split())


def test_every_read_model_that_is_registered_is_called_so_and_the_last_fits_any_log() -> None:
    assert names() == ("auto", *BUILT_IN)
    nothing = Sample(list)
    for name in BUILT_IN:
        kind = built_in(name)
        made = kind.of(Recipe(name), nothing, FieldMap())
        assert made.name == name == made.recipe.name
        assert kind.title
    assert [built_in(name).fits(Recipe(), nothing) for name in BUILT_IN][-1]
