"""Does one event pass a term about a field of its payload, metadata or record, and has any event that field?"""

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from explorer.eventlog.event import Event
from explorer.language import tr
from explorer.projection.exact import Exact, plain
from explorer.projection.members import ITEMS, OPEN, Members, Tree
from explorer.projection.order import number_in
from explorer.session.events.filters import FilterError, Pattern, Term

_COMPARE: dict[str, Callable[[Exact, Exact], bool]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}


class FieldTest:
    """What says whether an event has such a field; `-` is not looked at.

    Attributes:
        path: The parts of the field's dotted name.
        operator: How values are compared.
        numbers: What numbers are compared with.
        texts: What texts are looked for, in small letters; None if some stand for many texts.
        turned: Whether it passes what has no such value.

    Raises:
        FilterError: It compares with what is no number.
    """

    def __init__(self, term: Term) -> None:
        assert term.field is not None
        self.path = term.field.split(".")
        self.operator = term.operator
        self.turned = term.operator == "!="
        self.texts: list[str] | None = []
        self._compare = _COMPARE.get(term.operator)
        if self._compare is not None:
            self.numbers = {number_of(term.values[0], term)}
            return
        self._fits = text_test(term)
        wanted = [number_in(value) for value in term.values if isinstance(value, str)]
        self.numbers = {number for number in wanted if number is not None}
        texts = [value.casefold() for value in term.values if isinstance(value, str)]
        self.texts = (
            texts if len(texts) == len(term.values) and not any("*" in each for each in texts) else None
        )

    def __call__(self, event: Event) -> bool:
        return any(self.fits(value) for value in values_at(event, self.path)) is not self.turned

    def fits(self, value: object) -> bool:
        """Whether one value under the field's name is what is looked for."""
        if self._compare is not None:
            number = number_in(value)
            (limit,) = self.numbers
            return number is not None and self._compare(number, limit)
        if self.numbers and number_in(value) in self.numbers:
            return True
        text = scalar_text(value)
        return text is not None and self._fits(text)


def values_at(event: Event, parts: list[str]) -> Iterator[object]:
    """The values under a dotted path: of the payload, else of the metadata, else of the whole record."""
    for place in (event.data, event.metadata, event.record):
        found = list(_under(place, parts))
        if found:
            yield from found
            return


def _under(value: object, parts: list[str]) -> Iterator[object]:
    if isinstance(value, list):
        for each in value:
            yield from _under(each, parts)
    elif not parts:
        yield value
    elif isinstance(value, Mapping):
        whole = ".".join(parts)
        if whole in value:  # a name may have dots in it
            yield from _under(value[whole], [])
            return
        inner = value.get(parts[0], _ABSENT)
        if inner is _ABSENT:
            folded = parts[0].casefold()
            inner = next((each for name, each in value.items() if str(name).casefold() == folded), _ABSENT)
        if inner is not _ABSENT:
            yield from _under(inner, parts[1:])


_ABSENT = object()


def scalar_text(value: object) -> str | None:
    """A value as a person would write it; None for what has members."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return value
        case int() | Decimal():
            return plain(value)
        case _:
            return None


def text_test(term: Term) -> Callable[[str], bool]:
    """What says whether a text is one of the term's values: whole, case aside, `*` standing for any text.

    Raises:
        FilterError: A pattern is none.
    """
    tests = [_text_test(value, term) for value in term.values]
    return lambda text: any(test(text) for test in tests)


def name_needles(term: Term) -> list[bytes] | None:
    """What a name holds that is one of the term's values, as `ByteCodes.holding` takes it; None if it may be any."""
    found = []
    for value in term.values:
        if isinstance(value, Pattern):
            return None
        needle = max(f"\n{value.casefold()}\n".split("*"), key=len)
        if not needle.strip("\n"):
            return None
        if needle.isascii():  # else it stands in names alone that are not ASCII
            found.append(needle.encode())
    return found


def _text_test(value: str | Pattern, term: Term) -> Callable[[str], bool]:
    if isinstance(value, Pattern):
        return _pattern_test(value, term)
    folded = value.casefold()
    if "*" not in folded:
        return lambda text: text.casefold() == folded
    parts = folded.split("*")

    def fits(text: str) -> bool:
        text = text.casefold()
        if not text.startswith(parts[0]) or not text[len(parts[0]) :].endswith(parts[-1]):
            return False
        at, stop = len(parts[0]), len(text) - len(parts[-1])
        for part in parts[1:-1]:  # each as early as possible leaves most room for the others
            found = text.find(part, at, stop)
            if found < 0:
                return False
            at = found + len(part)
        return True

    return fits


def _pattern_test(pattern: Pattern, term: Term) -> Callable[[str], bool]:
    import re2

    options = re2.Options()
    options.log_errors = False
    options.case_sensitive = not pattern.ignore_case
    try:
        compiled = re2.compile(pattern.text, options)
    except re2.error as error:
        said = tr("/{pattern}/ is no pattern: {error}").format(pattern=pattern.text, error=error)
        raise FilterError(said, term.start, term.stop) from error
    return lambda text: compiled.search(text.encode(errors="replace").decode()) is not None


def number_of(value: object, term: Term) -> Exact:
    """The number that a term compares with.

    Raises:
        FilterError: It is none.
    """
    number = number_in(re.sub(r"(?<=\d),(?=\d{3}\b)", "", value)) if isinstance(value, str) else None
    if number is None:
        shown = value if isinstance(value, str) else tr("a pattern")
        said = tr("“{field}{operator}” compares numbers; “{value}” is none")
        said = said.format(field=term.field, operator=term.operator, value=shown)
        raise FilterError(said, term.start, term.stop)
    return number


# --- is there any event in the log that has the field of which a filter speaks? ----------------------

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
            from difflib import get_close_matches  # only a wrong name needs it

            like = get_close_matches(part.casefold(), list(names), _MOST_NEAR)
            found += [".".join([*above, names[each]]) for each in like]
            break
    return list(dict.fromkeys(found))[:_MOST_NEAR]
