"""What does a stretch of a log come to as columns, whoever read it and however fast?"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

import msgspec
import numpy.typing as npt

from explorer.eventlog.event import Notice, Unread
from explorer.eventlog.text_names import SharedTexts
from explorer.projection.model import ProblemKind

type Array = npt.NDArray[Any]


class Problem(msgspec.Struct, frozen=True):
    """An event of a known type that the read model could not apply; it changed nothing.

    Attributes:
        position: In log order.
        details: More about it: a traceback.
        kind: What sort of failure it is; see `NotApplicable`.
    """

    position: int
    type: str
    reason: str
    details: str = ""
    kind: ProblemKind = "not-applied"


class Chunk(msgspec.Struct):
    """Consecutive events of a log as columns, with what they do to a read model.

    Rows, positions and lines count from the beginning of the chunk. Codes are those of the reader that made the
    chunk; each chunk tells the names that its reader had not told before.

    Attributes:
        count: How many events.
        lines: How many lines; of chunks that follow each other, how many since the first of them began.
        done_bytes: Where it ends in the log.
        follows: Whether its problems, notices, unread entries and lines count from where those of the chunk before do.
        anew: Whether its codes begin anew, so that what its reader told before is not needed any more.
        columns: `offsets`, `lengths`, `at_ns`, `types`, `entities`, `line_rows` and `line_steps` (from which row
            on lines and rows differ by how much), `touch.moments`, `touch.entities`, and for each field `moments.F`,
            `entities.F`, and as the field has them `keys.F`, `units.F`, `decimals.F`, `codes.F`. Some may be the same
            array.
        names: New names by coder: `types`, `entities`, `touch` and for fields `keys.F`, `values.F`; texts.
        others: New values of a field that are no texts, as exact JSON.
        wide: Operands that are no int64, by field: {row of the column: [units, decimals]} as texts.
        fields: The fields with operands, in the order of their first appearance.
        schemas: How many events of each schema version, as `UpcastingModel.schema` tells it.
        members: The paths of members that the reader had not told before, see `Members`.
        shared: Where its codes of entities and of values belong, if several readers share them. Only within this
            process; then such names are not told.
        failed: Why nothing can be read at all: the read model's own program fails.
    """

    count: int = 0
    lines: int = 0
    done_bytes: int = 0
    follows: bool = False
    anew: bool = False
    columns: dict[str, Array] = {}
    names: dict[str, Sequence[str]] = {}
    others: dict[str, Sequence[str]] = {}
    wide: dict[str, dict[str, list[str]]] = {}
    fields: list[str] = []
    unread: list[Unread] = []
    notices: list[Notice] = []
    problems: list[Problem] = []
    unknown: Counter[str] = msgspec.field(default_factory=Counter)
    schemas: dict[str, int] = {}
    members: Sequence[Sequence[str]] = []
    shared: SharedTexts | None = None
    failed: str = ""


_PLAIN = (
    "count",
    "lines",
    "done_bytes",
    "follows",
    "anew",
    "names",
    "others",
    "wide",
    "fields",
    "unknown",
    "schemas",
    "members",
    "failed",
)


def header(chunk: Chunk) -> bytes:
    """Everything but the columns, and how long those are. ASCII JSON, since names may hold lone surrogates."""
    told: dict[str, object] = {name: getattr(chunk, name) for name in _PLAIN}
    for which in ("names", "others"):
        told[which] = {name: list(texts) for name, texts in getattr(chunk, which).items()}
    for name in ("unread", "notices", "problems"):
        told[name] = [msgspec.structs.astuple(each) for each in getattr(chunk, name)]
    names: dict[int, list[str]] = {}
    for name, column in chunk.columns.items():
        names.setdefault(id(column), []).append(name)
    told["columns"] = [
        [names[id(column)], column.dtype.str, len(column)] for column in distinct(chunk.columns.values())
    ]
    return json.dumps(told).encode("ascii")


def distinct(columns: Iterable[Array]) -> list[Array]:
    """The columns, each once, in the order in which they are sent."""
    return list({id(column): column for column in columns}.values())


def from_header(raw: bytes) -> tuple[Chunk, list[tuple[list[str], str, int]]]:
    """The inverse of `header`; the columns (their names, type and length) are still to be read."""
    told = json.loads(raw)
    columns = told.pop("columns")
    told["unknown"] = Counter(told["unknown"])
    for name, kind in (("unread", Unread), ("notices", Notice), ("problems", Problem)):
        told[name] = [kind(*each) for each in told[name]]
    return Chunk(**told), columns


def exact_text(value: object) -> str:
    """A JSON value as ASCII JSON that `exact_value` reads back as the same, digit for digit."""
    known = _EXACT.get(type(value))  # often, and sooner
    if known is not None:
        return known(value)
    if isinstance(value, Decimal):
        return _exact_decimal(value)
    if isinstance(value, dict):
        return _exact_object(value)
    return _exact_list(value) if isinstance(value, list) else json.dumps(value)


def _exact_decimal(value: Decimal) -> str:
    text = str(value)
    return text if "." in text or "E" in text else text + "E0"


def _exact_object(value: dict[str, object]) -> str:
    return "{" + ", ".join([f"{_quoted(key)}: {exact_text(inner)}" for key, inner in value.items()]) + "}"


def _exact_list(value: list[object]) -> str:
    return "[" + ", ".join([exact_text(inner) for inner in value]) + "]"


_quoted = json.encoder.encode_basestring_ascii
_EXACT: dict[type, Callable[[Any], str]] = {
    int: int.__repr__, str: _quoted, Decimal: _exact_decimal, dict: _exact_object, list: _exact_list,
    bool: {False: "false", True: "true"}.__getitem__, type(None): lambda _: "null",
}  # fmt: skip


def exact_value(text: str) -> object:
    """The inverse of `exact_text`."""
    return int(text) if text.isdecimal() else json.loads(text, parse_float=Decimal)
