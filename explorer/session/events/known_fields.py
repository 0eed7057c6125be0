"""Is there any event in the log that has the field of which a filter speaks?"""

from difflib import get_close_matches

from explorer.language import tr
from explorer.projection.members import ITEMS, OPEN, Members, Tree
from explorer.session.events.filters import FilterError, Term

_PLACES = ("data", "metadata", "record")
_MOST_NEAR = 3


def check_field(term: Term, members: Members) -> None:
    """Be sure that some event has the field of a term, where `values_at` would look for it.

    Raises:
        FilterError: None has; names those that are near.
    """
    tree = members.tree()
    if term.field is None or not members.some or OPEN in tree:
        return
    parts = term.field.split(".")
    if any(_has(tree[place], parts) for place in _PLACES):
        return
    said = tr("no event has “{field}”").format(field=term.field)
    near = _near(tree, parts)
    if near:
        said = tr("{said}; near it is {near}").format(said=said, near=", ".join(f"“{name}”" for name in near))
    raise FilterError(said, term.start, term.stop)


def _has(tree: Tree, parts: list[str]) -> bool:
    """Whether a path leads somewhere; the items of a list are looked into, and a name may have dots in it."""
    if not parts or OPEN in tree or ".".join(parts) in tree:
        return True
    if ITEMS in tree and _has(tree[ITEMS], parts):
        return True
    folded = parts[0].casefold()
    return any(_has(below, parts[1:]) for name, below in tree.items() if name.casefold() == folded)


def _near(tree: Tree, parts: list[str]) -> list[str]:
    """Paths whose last known part is like the first one that is not there."""
    found: list[str] = []
    for place in _PLACES:
        here, above = tree[place], list[str]()
        for part in parts:
            here = here.get(ITEMS, here)
            names = {name.casefold(): name for name in here if name not in {ITEMS, OPEN}}
            if part.casefold() in names:
                above.append(names[part.casefold()])
                here = here[above[-1]]
                continue
            like = get_close_matches(part.casefold(), list(names), _MOST_NEAR)
            found += [".".join([*above, names[each]]) for each in like]
            break
    return list(dict.fromkeys(found))[:_MOST_NEAR]
