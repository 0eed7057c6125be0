"""Which sentences do the rooms below the window make, of logs, queries and programs, before any language is known?

They are English wherever they are kept or sent: in `Unread`, `Notice` and `Problem`, in a kept index, in a child
process, in an error. The window says them in its own language by `explorer.sentences`, which finds a sentence again by
the template that it was made of. Those templates are collected here: every text in these rooms that reads as prose.
"""

import ast
import itertools
import re
import string
from collections.abc import Iterator
from pathlib import Path

from explorer.sentences import FOREIGN

ROOMS = ("eventlog", "projection", "domain", "history", "session")

# Whole modules in which no text is a sentence of the program: words that are looked for, and what is said to the
# authors of lessons, in English, when a lesson of theirs is refused.
WITHOUT = (
    "eventlog/field_names.py",
    "eventlog/machine_code.py",
    "eventlog/sqlite/rows.py",
    "eventlog/sqlite/tables.py",
    "projection/account_names.py",
    "projection/currencies.py",
    "eventlog/event_tables.py",
    "eventlog/sources/joined_stores.py",
    "history/engines/spark_tasks.py",
    "eventlog/sources/mysql_questions.py",
    "eventlog/sources/postgresql_questions.py",
    "projection/entry_columns.py",
    "session/lessons/",
    "session/places/dates.py",
)

KERNELS = "kernels.py"  # their texts are the signatures that Numba compiles

# Texts in the other modules that nobody reads, or that are no prose.
NOT_SAID = {
    "ALL PRIVILEGES", "int2 int4 int8 tinyint smallint mediumint int bigint",
    "tinyint smallint mediumint int bigint decimal float double year",
    "starting up", "shutting down", "password authentication failed",
    "History Explorer", "trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0", "temp_store = MEMORY",
    "query_only = ON", "cache_size = -32768", "out of memory", "not a database", "disk I/O", "too big", "an unwritten",
    "folder writer", "segment folder", "page reader",
    "log reader", "range reader", "amounts of the entity", "(whole log)", " and ", " and of ", " or ", "standard input",
    "balance >= 0", "status <> 'closed' or balance = 0", "{name} is null", "{rest} position>{low} position<={high}",
    "\0named alone", "\0perhaps end", "blob is null", "blob is not null",
    "number int, address string", "an entity has no name", "{name} has no name",
    "a leaf has no path", "a number is nowhere", "a time is nowhere", "a value is of no record",
    "{index} flags for {count} rows",
    "an event is of no record", "not changes", "not changes and piece = 0", "piece = 0", "seen boolean",
    "target in ({wanted})", "coalesce(sum(length(blob)), 0) AS size",
    "an operand is of no event", "a leaf is of no record", "a value has no place", "a value of {field} has no code",
    "state, event", "{sign}{code} {prefix} {suffix} {new}", "{sign}{code} {rest}",
    "{at_ns} {instant:%H:%M:%S}{digits} UTC",
    # what is compared with, in what a library says or in a reason
    "Expecting value", "Expecting property name enclosed in double quotes", "Expecting ':' delimiter",
    "Unterminated string starting at", "Invalid control character at", "Invalid \\escape", "Invalid \\escape: ",
    "Invalid \\uXXXX escape", "Extra data", "Illegal trailing comma before end of object",
    "Illegal trailing comma before end of array", "Expecting ',' delimiter", "no step leads", "the step from",
    "InternalError: interrupted", "InternalError: out of memory", "Maximum call stack", "module.exports =",
    "model name", "CPU ", r"^requires = (\[[^\]\n]*\])$",
    # why machine code is left to LLVM
    "a section of another kind", "it ends early", "it is too long", "no object file",
    # words of other grammars
    "apply account ", "apply fixed", "apply tag", "commodity ", "decimal-mark ", "end apply", "end comment", "end test",
    "end {within}", "price commodity note event document custom query",
    # only a mistake of ours would show them
    "position {position} is outside 0…{self}", "row {row} is outside 0…{self}", "no list of values",
    "an edit stands before the beginning of the log", "a bookmark stands before the beginning of the log",
    "a log of one moment cannot be measured by time", "there is no position {position}",
    "cannot play {loop} over and over: the log has positions 0 to {last}",
    "a program takes one event after the other", "a program takes one event after the other, where it runs",
    "these upcasters run in a child process only",
    "there is no projection “{name}”: it is one of {names}",
    "which number a text says, only the text tells",
    "what an entry moves, only its values tell",
    "a step looked into a value that differs from event to event",
    "what is asked of this value differs from event to event",
    "what is in it differs from event to event",
    "the answer differs from event to event",
    "a text outside of its block",
    "trailing zeros", "a text has no place", "a number has more decimals than digits",
    # files that the window writes are as those of the command line: in English
    "State at {position:,} of {event_count:,}, {position2}", "From {start:,} ({moments}) to {stop:,} ({moments2})",
    "{field} of {entity}", "not read", "{length_ns} ns",
}  # fmt: skip

SPEC = re.compile(r"\{(\w+):[^{}]*\}")
_PROSE = re.compile(r"[^\W\d_]{2,} |\s[a-zäöü]{2,}")
_NO_PROSE = re.compile(
    r"(SELECT|CASE|PRAGMA|INSERT|UPDATE|DROP) |.*(\\d|\(\?:| \| )", re.DOTALL
)  # queries, patterns, types


def templates() -> dict[str, str]:
    """Every template with where it stands: `{"nested more than {most:,} levels deep": "eventlog/cursor.py"}`."""
    explorer = Path(__file__).resolve().parents[1] / "explorer"
    paths = [path for room in ROOMS for path in sorted((explorer / room).rglob("*.py"))]
    found = dict.fromkeys(FOREIGN, "sentences.py")
    known = set(map(skeleton, found))
    for path in paths:
        name = path.relative_to(explorer).as_posix()
        if not name.startswith(WITHOUT) and not name.endswith(KERNELS):
            for text in texts_of(ast.parse(path.read_text(encoding="utf-8"))):
                if skeleton(text) not in known:
                    known.add(skeleton(text))
                    found[text] = name
    return found


def skeleton(text: str) -> tuple[str, ...]:
    """A template without the names of its values: what two that differ in these alone have in common."""
    parts = string.Formatter().parse(text)
    return tuple(
        part for before, name, spec, _ in parts for part in (before, spec if name is not None else "")
    )  # type: ignore[misc]


def texts_of(tree: ast.AST) -> Iterator[str]:
    """What a module says that is not handed to `tr` or `later`, as templates."""
    unsaid: set[int] = set()
    for node in ast.walk(tree):
        unsaid.update(id(part) for part in _unsaid(node))
    for node in ast.walk(tree):
        if id(node) not in unsaid:
            for text in templates_of(node):
                plain = re.sub(r"\{[^{}]*\}", "X", text)
                if text not in NOT_SAID and _PROSE.search(plain) and not _NO_PROSE.match(plain):
                    yield text


def _unsaid(node: ast.AST) -> Iterator[ast.AST]:
    """What in a node is no text of its own: documentation, what is translated already, pieces of a longer text."""
    match node:
        case ast.Expr(value=ast.Constant()):
            yield node.value
        case ast.Call(func=ast.Name(id="tr" | "later" | "cast")):
            for argument in node.args:
                yield from ast.walk(argument)
        case ast.Assert(msg=ast.AST() as told):
            yield from ast.walk(told)
        case ast.JoinedStr():
            for part in node.values:
                yield part
                if isinstance(part, ast.FormattedValue):
                    if _alternatives(part.value):
                        yield from ast.walk(part.value)
                    if part.format_spec is not None:
                        yield from ast.walk(part.format_spec)


def _alternatives(node: ast.expr) -> tuple[str, ...]:
    """The texts of `"a" if … else "b"`."""
    match node:
        case ast.IfExp(body=ast.Constant(value=str(one)), orelse=ast.Constant(value=str(other))):
            return one, other
    return ()


def templates_of(node: ast.AST) -> Iterator[str]:
    """The templates that one literal stands for: several, if a value in it is one of two texts."""
    match node:
        case ast.Constant(value=str(text)):
            yield _escaped(text)
        case ast.JoinedStr():
            names: list[str] = []
            parts: list[tuple[str, ...]] = []
            for part in node.values:
                if isinstance(part, ast.FormattedValue):
                    parts.append(_alternatives(part.value) or (_place(part, names),))
                else:
                    assert isinstance(part, ast.Constant)
                    parts.append((_escaped(str(part.value)),))
            for chosen in itertools.product(*parts):
                yield "".join(chosen)


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _place(part: ast.FormattedValue, taken: list[str]) -> str:
    """`{count:,}` for a value: the name that it has in the code, each only once."""
    name = _name(part.value).lstrip("_").lower() or "value"
    taken.append(name)
    number = taken.count(name)
    spec = "".join(
        str(each.value) for each in getattr(part.format_spec, "values", ()) if isinstance(each, ast.Constant)
    )
    return "{" + name + (str(number) if number > 1 else "") + (f":{spec}" if spec else "") + "}"


def _name(node: ast.expr) -> str:  # noqa: PLR0911 - one for each sort
    match node:
        case ast.Name():
            return node.id
        case ast.Attribute():
            return node.attr
        case ast.Subscript():
            return _name(node.value)
        case ast.BinOp():
            return _name(node.left)
        case ast.BoolOp():
            return _name(node.values[0])
        case ast.IfExp():
            return _name(node.body)
        case ast.Call(func=ast.Name(id="_others" | "_missing" as name)):
            return name
        case ast.Call(func=ast.Attribute(attr="get", value=holder)):
            return _name(holder)
        case ast.Call(args=[ast.GeneratorExp(), *_]):
            return _name(node.func)
        case ast.Call(args=[first, *_]):
            return _name(first)
        case ast.Call():
            return _name(node.func)
    return "value"
