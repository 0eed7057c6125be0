"""What would a query make of the log that is open, as far as can be seen at once?"""

from collections.abc import Callable, Sequence

import msgspec

from explorer.eventlog.errors import LogError
from explorer.projection.fold import EntityState, applied, without_hidden
from explorer.projection.members import UnknownName
from explorer.projection.model import NotApplicable, ReadModel, Recipe
from explorer.session.document import Document
from explorer.session.plaintext import visible as plain
from explorer.session.recipes import checked
from explorer.session.state.state_view import value_text

MOST_EVENTS = 2_000
MOST_ROWS = 8


class Trial(msgspec.Struct, frozen=True):
    """The first rows of what a query gives.

    Attributes:
        columns: Their titles.
        rows: Their texts.
        numbers: Which columns stand to the right.
        entities: How many rows there are by then.
        events: After how many of the log's events.
        problems: How many of them could not be applied.
        problem: Why the first of those could not.
        findings: What it names that the log does not have.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: Sequence[int]
    entities: int
    events: int
    problems: int = 0
    problem: str = ""
    findings: Sequence[UnknownName] = ()


def read_for(document: Document | None, recipe: Recipe) -> tuple[ReadModel | None, Sequence[UnknownName]]:
    """The read model of a query for the log that is open, and what it names that the log does not have.

    Raises:
        LogError: It cannot be a read model, or names a member that no event has; says what and where.
    """
    checked(recipe)
    if document is None:
        return None, []
    recipe = msgspec.structs.replace(recipe, upcasters=document.read_model.recipe.upcasters)
    model = document.bound(recipe)
    found = document.named_wrongly(model, ids=False)
    for finding in found:
        if finding.fatal:
            raise LogError(recipe.name, finding.reason, line=finding.line, column=finding.column)
    return model, found


def trial(document: Document, model: ReadModel, report: Callable[[int, int], None]) -> Trial | None:
    """What the first events come to, and which ids the query names that no event has; None if it cannot be tried here.

    Args:
        document: The log.
        model: A query, as `read_for` gives it.
        report: Is told how far it has come, and may end it.
    """
    states: dict[str, EntityState] = {}
    count = min(document.event_count, MOST_EVENTS)
    reasons: list[str] = []
    for position in range(1, count + 1):
        report(position, count)
        try:
            effects = model.effects(document.event(position)) or ()
        except NotApplicable as finding:
            reasons.append(str(finding))
            effects = finding.effects
        except TypeError:  # upcasters that are a program run in another process only
            return None
        for effect in effects:
            states[effect.entity] = applied(model, states.get(effect.entity, {}), effect)
    fields = [field for field in model.fields if not field.hidden]
    rows = []
    for entity, state in list(states.items())[:MOST_ROWS]:
        values = without_hidden(model, state)
        rows.append([plain(entity), *(value_text(values[field.name]) for field in fields)])
    return Trial(
        [plain(model.noun), *(plain(field.name) for field in fields)],
        rows,
        [at for at, field in enumerate(fields, 1) if field.is_number],
        len(states),
        count,
        len(reasons),
        reasons[0] if reasons else "",
        document.named_wrongly(model),
    )
