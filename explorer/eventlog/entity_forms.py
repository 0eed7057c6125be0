"""Which kind of thing does an entity's name speak of, and by which shorter name is it known: `Account|acc-1`?

The name is shown as the log has it; `acc-1` finds it.
"""

import re
import uuid
from collections.abc import Iterable, Sequence
from functools import lru_cache

from explorer.patterns import lazy_pattern

FORMS = ("{kind}|{id}", "/{kind}/{id}", "{kind}${id}", "{kind}#{id}")  # that leave no doubt
OR = " | "
_KIND = r"(?P<kind>[A-Za-z_][\w.:\\-]*?)"
_UP_TO_A_DASH = r"(?P<kind>[A-Za-z_][^-]*)"
_UUID = lazy_pattern(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", re.ASCII)
_MOST = 4_096


def parts(entity: str, form: str) -> tuple[str, str] | None:
    """The kind and the id in an entity's name; None if it is not made so."""
    for each in form.split(OR):
        found = _pattern(each).fullmatch(entity)
        if found is not None and not _UUID.fullmatch(entity):
            return found["kind"], found["id"]
    return None


def has_id(entity: str, name: str, form: str) -> bool:
    """Whether a name is the id in an entity's name."""
    found = parts(entity, form)
    return found is not None and found[1] == name


def spellings(name: str) -> tuple[str, ...]:
    """A UUID with dashes and without, in small and large letters; none of another name."""
    if len(name) not in {32, 36}:
        return ()
    try:
        meant = uuid.UUID(name)
    except ValueError:
        return ()
    return str(meant), meant.hex, str(meant).upper(), meant.hex.upper()


def form_of(names: Iterable[str], forms: Sequence[str] = FORMS) -> str | None:
    """The form in which all of some names are made; None if there is none."""
    known = list(dict.fromkeys(names))
    if not known:
        return None
    for form in forms:
        found = [parts(name, form) for name in known]
        kinds = {each[0] for each in found if each is not None}
        if None not in found and len(kinds) <= max(len(known) // 2, 1) + 1:
            return form
    return None


@lru_cache(_MOST)
def _pattern(form: str) -> re.Pattern[str]:
    kind = _UP_TO_A_DASH if form == "{kind}-{id}" else _KIND
    text = re.escape(form).replace(re.escape("{kind}"), kind)
    return re.compile(text.replace(re.escape("{id}"), r"(?P<id>.+)"), re.DOTALL)
