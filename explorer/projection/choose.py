"""Which read model fits this log?"""

import importlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

import msgspec

from explorer.eventlog.event import Event, FieldMap
from explorer.projection.built_in import AUTOMATIC, BUILT_IN, built_in, names, of_meanings
from explorer.projection.model import BuiltIn, ReadModel, Recipe, Surest
from explorer.projection.named_roles import NamedRoles
from explorer.projection.sample import Sample

if TYPE_CHECKING:
    from explorer.projection.by_kind import ByKind
    from explorer.projection.program import KeyedProgram
    from explorer.projection.sql import SqlModel


# In what a program may be written, and the class that reads it; a new language is one more line.
PROGRAMS = {
    "python": "explorer.projection.program:Program",
    "javascript": "explorer.projection.javascript:JavaScriptProgram",
}


def program(recipe: Recipe) -> "KeyedProgram":
    """The read model of a program, which does not run yet.

    Raises:
        ProgramError: It cannot be one.
    """
    module, _, kind = PROGRAMS[recipe.language].partition(":")
    found: KeyedProgram = getattr(importlib.import_module(module), kind)(recipe.name, recipe.text)
    return found


def choose(recipe: Recipe, sample: Sequence[Event] | Sample, fields: FieldMap) -> ReadModel:
    """The read model that `recipe` describes; for `auto` the one that fits the log of which `sample` tells.

    Raises:
        ValueError: There is no such read model, or its text cannot be one.
    """
    known = sample if isinstance(sample, Sample) else Sample(lambda: sample)
    if recipe.upcasters is not None:
        from explorer.projection.by_kind import recipes_of
        from explorer.projection.upcasting import UpcastingModel

        plain = msgspec.structs.replace(recipe, upcasters=None)
        found = UpcastingModel(choose(plain, [], fields), recipe.upcasters, fields)
        if any(each.language == "sql" for each in recipes_of(recipe)):  # bound to what lifted events are
            known = known.lifted(found.lifted if found.ready else None)
        return UpcastingModel(choose(plain, known, fields), recipe.upcasters, fields)
    if recipe.by_kind:
        return _by_kind(recipe, known, fields)
    if recipe.language == "sql":
        return _query(recipe, known)
    if recipe.language:
        return program(recipe)
    if recipe.name not in names():
        raise ValueError(f"there is no projection “{recipe.name}”: it is one of {', '.join(names())}")
    roles = NamedRoles.of(fields)
    if roles is not None:
        known = known.seen(roles.seen)
    return _built_in(recipe, known).of(recipe, known, fields)


def _by_kind(recipe: Recipe, known: Sample, fields: FieldMap) -> "ByKind":
    """Each kind's read model, chosen by what the events of that kind are."""
    from explorer.projection.by_kind import ByKind, kind_teller, named_for

    names, kind_of, before = [name for name, _ in recipe.by_kind], kind_teller(fields), known.chosen
    chosen = dict(before.by_kind) if before is not None else {}
    others = None if before is None else msgspec.structs.replace(before, by_kind=())

    def of(name: str | None, chosen: Recipe | None) -> Sample:
        return known.only(lambda event: named_for(kind_of(event), names) == name, chosen)

    plain = msgspec.structs.replace(recipe, by_kind=())
    models = {name: choose(each, of(name, chosen.get(name)), fields) for name, each in recipe.by_kind}
    return ByKind(choose(plain, of(None, others), fields), models, fields)


def with_meanings(recipe: Recipe, meanings: Mapping[str, str]) -> Recipe:
    """The same recipe with what a profile says of event types, unless somebody has said that already.

    Raises:
        ValueError: They can mean no such thing.
    """
    if not meanings or recipe.language or recipe.text:
        return recipe
    model: Any = of_meanings() if recipe.name == AUTOMATIC else built_in(recipe.name)
    if not hasattr(model, "choosing"):
        return recipe
    known = model.type_meanings.of
    for kind, meant in meanings.items():
        if meant not in known:
            raise ValueError(
                f"the profile says “{meant}” of {kind}: it is one of {', '.join(filter(None, known))}"
            )
    found: Recipe = model.choosing(recipe, meanings)
    return found


def _built_in(recipe: Recipe, known: Sample) -> type[BuiltIn]:
    """The one that is named; else the one chosen when the log was shorter, or the first that fits it."""
    if recipe.name != AUTOMATIC:
        return built_in(recipe.name)
    before = known.chosen
    if before is not None and not before.language and before.name in BUILT_IN:
        return built_in(before.name)
    models: list[Any] = [built_in(name) for name in BUILT_IN]
    sure = next((each for each in models if isinstance(each, Surest) and each.is_sure(known)), None)
    found: Any = sure or next(each for each in models if each.fits(recipe, known))
    return cast("type[BuiltIn]", found)


def _query(recipe: Recipe, known: Sample) -> ReadModel:
    """A query, bound to where the log has what it names; to where it had when the log was shorter, if that is known."""
    from explorer.projection.sql import SqlModel

    before = known.chosen
    if before is not None and (before.language, before.text) == (recipe.language, recipe.text):
        return SqlModel(recipe.name, recipe.text, before.beside, apart=before.apart)
    model = SqlModel(recipe.name, recipe.text, recipe.beside, apart=recipe.apart)
    return model.bound(known.tree) if known.members.some else model


def queries_of(model: ReadModel) -> "list[SqlModel]":
    """The queries that a read model is or has in it, whether or not events are lifted before it sees them."""
    from explorer.projection.by_kind import models_of
    from explorer.projection.upcasting import inner_model

    found = [each for each in models_of(inner_model(model)) if each.recipe.language == "sql"]
    return cast("list[SqlModel]", found)
