"""What does a sentence that the rooms below the window have made say in the person's language?

Why an entry was not read, why a log cannot be opened, what is wrong with a query: such sentences are made in English,
in child processes too, and are kept and sent so. What the window shows of them goes through `translated`, or
`in_words` for an error. A sentence is found again by the template that it was made of; `.ci/core_sentences.py`
collects these. It is translated only if the template fits in one way; if not, it stays in English: a wrong sentence
is worse.
"""

import string
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from explorer.language import grouped, spoken_language
from explorer.patterns import lazy_pattern
from explorer.resources import resource

# Values of a template that are sentences, or clauses of one, themselves; all others are words of the log, of a query
# or of a program, and stay as they are.
SENTENCES = {
    "all_kinds", "cause", "error", "holder", "holds", "how", "kinds", "missing", "near", "other", "others", "reason",
    "said", "shown", "step", "strerror", "told", "what", "who", "whose", "why",
}  # fmt: skip

# What the system and libraries say inside such a sentence.
FOREIGN = (
    "[Errno {errno}] {strerror}", "[Errno {errno}] {strerror}: {filename}", "no such file or directory",
    "permission denied", "no space left on device", "input/output error", "is a directory", "not a directory",
    "read-only file system", "operation not permitted", "file exists", "file name too long", "disk quota exceeded",
    "file too large", "too many open files", "device or resource busy", "invalid argument", "bad file descriptor",
    "too many levels of symbolic links", "stale file handle", "transport endpoint is not connected",
    "invalid expression / Unexpected token", "expecting )", "expected table name", "required keyword: {keyword}",
    "table", "view", "amount", "binary", "bytes", "null, not an event (a JSON object)",
)  # fmt: skip

_SPEC = lazy_pattern(r"\{(\w+):[^{}]*\}")
_PLACES = {",": lazy_pattern(r"-?\d[\d,]*"), "d": lazy_pattern(r"-?\d+"), "s": lazy_pattern(r"\S+")}
_LONGEST = 2_000  # characters of a sentence; what is longer is mostly the log's
_MOST_STEPS = 3_000  # in which one is taken apart before it is given up


class _Template(NamedTuple):
    """One sentence with places for values, and what it is in the other language."""

    pieces: tuple[str, ...]  # what stands between the values
    names: tuple[str, ...]
    specs: tuple[str, ...]  # how a value is written: `,` and `d` are numbers, `s` is a single word
    translation: str


class _Known(NamedTuple):
    """What is known in one language: whole sentences, and templates."""

    whole: dict[str, str]
    templates: list[_Template]


class _TooManyWays(Exception):  # noqa: N818 - caught where it is asked
    """A text repeats what stands between values so often that nobody should wait for it."""


class _Reader:
    """Takes one sentence apart."""

    def __init__(self, known: _Known) -> None:
        self._known, self._steps = known, 0
        self._read: dict[str, tuple[int, str | None]] = {}

    def reading(self, text: str) -> tuple[int, str | None]:
        """How many characters of a sentence are ours, and what it says in the language; None if that cannot be told.

        Of several ways to understand it the one counts that leaves the fewest characters to values.
        """
        if text not in self._read:
            self._read[text] = self._reading(text)
        return self._read[text]

    def _reading(self, text: str) -> tuple[int, str | None]:
        whole = self._known.whole.get(text) or self._known.whole.get(text[:1].lower() + text[1:])
        if whole is not None:
            return len(text), whole
        best: tuple[int, str | None] = (0, None)
        for template in self._known.templates:
            if text.startswith(template.pieces[0]) and text.endswith(template.pieces[-1]):
                for values in self._ways(template, text):
                    ours, said = self._said(template, values)
                    if ours > best[0]:
                        best = ours, said
                    elif ours == best[0] and said != best[1]:
                        best = ours, None
        return best

    def _ways(self, template: _Template, text: str, at: int = 0, done: int = 0) -> Iterator[tuple[str, ...]]:
        """Yield all values, in turn, with which a template says what stands in `text` behind `at`."""
        if not text.startswith(template.pieces[done], at):
            return
        begin = at + len(template.pieces[done])
        if done == len(template.specs):
            if begin == len(text):
                yield ()
            return
        piece, spec = template.pieces[done + 1], _PLACES.get(template.specs[done])
        last = done + 1 == len(template.specs)
        end = len(text) - len(piece) if last else text.find(piece, begin)
        while begin <= end:
            self._steps += 1
            if self._steps > _MOST_STEPS:
                raise _TooManyWays
            if spec is None or spec.fullmatch(text, begin, end):
                for rest in self._ways(template, text, end, done + 1):
                    yield text[begin:end], *rest
            end = -1 if last else text.find(piece, end + 1)

    def _said(self, template: _Template, values: tuple[str, ...]) -> tuple[int, str]:
        ours, named = sum(map(len, template.pieces)), {}
        for name, spec, value in zip(template.names, template.specs, values, strict=True):
            named[name] = value
            if spec == ",":
                named[name] = grouped(int(value.replace(",", "")))
            elif value and name.rstrip("23456789") in SENTENCES:
                explained, said = self.reading(value)
                ours, named[name] = ours + explained, value if said is None else said
        return ours, _SPEC.sub(r"{\1}", template.translation).format(**named)


def translated(text: str) -> str:
    """A sentence of the rooms below in the person's language; in English if it is not known."""
    language = spoken_language()
    return _looked_up(text, language) if language != "en" and 0 < len(text) <= _LONGEST else text


def in_words(error: BaseException) -> str:
    """What an error says, with its place if it has one, in the person's language."""
    reason = getattr(error, "reason", None)
    if spoken_language() == "en" or not isinstance(reason, str) or isinstance(error, UnicodeError):
        return translated(str(error))
    places = [str(getattr(error, "name", None) or "")]
    for name in ("line", "column", "byte"):
        number = getattr(error, name, None)
        if isinstance(number, int):
            places.append(translated(f"{name} {number:,}"))
    place = ", ".join(part for part in places if part)
    return f"{place}: {translated(reason)}" if place and str(error) != reason else translated(reason)


@lru_cache(4_096)
def _looked_up(text: str, language: str) -> str:
    reader = _Reader(_known(language))
    try:
        _, found = reader.reading(text)
        if found is None and "; " in text:
            parts = [reader.reading(part)[1] for part in text.split("; ")]
            found = None if None in parts else "; ".join(filter(None, parts))
    except _TooManyWays:
        return text
    return text if found is None else found


@lru_cache(1)
def _known(language: str) -> _Known:
    import msgspec  # no word of the first picture needs it

    path = resource("translations", "core", f"{language}.json")
    known = _Known({}, [])
    if not path.is_file():
        return known
    for text, translation in msgspec.json.decode(path.read_bytes(), type=dict[str, str]).items():
        pieces, names, specs = [""], [], []
        for before, name, spec, _ in string.Formatter().parse(text):
            pieces[-1] += before
            if name is not None:
                pieces.append("")
                names.append(name)
                specs.append(spec or "")
        if translation and names:
            known.templates.append(_Template(tuple(pieces), tuple(names), tuple(specs), translation))
        elif translation:
            known.whole[pieces[0]] = translation.replace("{{", "{").replace("}}", "}")
    return known
