"""Which records say the same but for their values, so that one event with stand-ins tells of all of them?

A *group* has the records that have the same type, and values of the same kind at the same paths. Only paths count at
which somebody may look: those of the field map, those that tell a schema version or a deletion (of which the value
counts too), and those that the read model names. The order of the keys never counts.
"""

import os
from collections.abc import Collection

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.eventlog.deletion import COMPANIONS, HOLDERS, operations, teller
from explorer.eventlog.event import Event, FieldMap, Nested, StandIn, Varies, Varying
from explorer.eventlog.extract import alternatives, before_path, getter, scalar_text
from explorer.eventlog.field_names import SCHEMA_VERSION, plain
from explorer.eventlog.opaque import may_be_opaque
from explorer.eventlog.scanner.columns import ScannedColumns
from explorer.eventlog.scanner.json_kernels import ARRAY, FALSE, NULL, OBJECT, TRUE
from explorer.eventlog.scanner.leaf_kernels import (
    IGNORED,
    KIND,
    MAY_BE_JSON,
    VALUE,
    number_groups,
    sign,
    sign_values,
)
from explorer.eventlog.scanner.paths import Path, Paths
from explorer.eventlog.scanner.token_kernels import INTEGER
from explorer.eventlog.scanner.value_codes import ValueCodes

MOST_GROUPS = 4_096
WHOLE = 8  # (added to what a path counts) so does everything below it
_CONSTANTS = {TRUE: True, FALSE: False, NULL: None}
# what tells a deletion or bytes, beside the operations; in any of `HOLDERS`
_TELLING = COMPANIONS | {
    "key",
    "value",
    "new",
    "newimage",
    "fulldocument",
    "dynamodb",
    "binary",
    "type",
    "data",
}


class Group(msgspec.Struct, eq=False):
    """Records of which one event tells.

    Attributes:
        event: It, with a `Varying` for each value that counts only by its kind (its `blank` is the path), a `Nested`
            for each list; None if each record must be read by itself. `at_ns` is None; see `time`.
        time: The path of the time; None if they have none.
        entity: The path of the entity; None if they name none.
    """

    event: Event | None
    time: int | None = None
    entity: int | None = None


class Grouping:
    """The groups of one log so far.

    Attributes:
        ignored: Members of the record that say nothing.
    """

    def __init__(
        self,
        fields: FieldMap,
        names: Collection[str] | None,
        ignored: Collection[str] = (),
        *,
        kinds: bool = False,
    ) -> None:
        """Begin.

        Args:
            fields: Which field holds what.
            names: The names of the members at which a read model may look, and at everything below them; None if that
                may be any.
            ignored: Members of the record that say nothing.
            kinds: Whether it counts of which kind an entity is.
        """
        self._fields = fields
        self._kind_of = getter(fields.kind) if kinds else None
        self._names = None if names is None else frozenset(map(plain, names))
        self.ignored = ignored
        self._tell = teller(fields)
        envelope = [
            fields.type,
            fields.time,
            fields.entity,
            fields.sequence,
            fields.id,
            fields.data,
            fields.opaque,
            fields.amount,
            fields.currency,
            fields.counterparty,
        ]
        envelope.append(before_path(fields.entity))
        self._envelope: set[Path] = set()
        self._inside: set[Path] = set()  # paths that a field map goes on into
        for each in (path for paths in envelope for path in alternatives(paths)):
            names_of = tuple(each.split("."))
            self._envelope |= {names_of[:count] for count in range(1, len(names_of) + 1)} | {(each,)}
            self._inside |= {names_of[:count] for count in range(1, len(names_of))}
        # a path may be found in two ways: `a.b` is a member of a member, or one member of that name
        self._data: set[Path] = _both(fields.data) or {()}
        self._inside |= self._data - {()}
        inside = fields.entity_in_payload
        if inside is not None:  # it may stand in the payload
            names_of = tuple(inside.split("."))
            for data in self._data:
                self._envelope |= {(*data, *names_of[:count]) for count in range(1, len(names_of) + 1)}
                self._envelope.add((*data, inside))
                self._inside |= {(*data, *names_of[:count]) for count in range(1, len(names_of))}
        self._find_inside = getter(inside)
        self._type: set[Path] = _both(fields.type) | (_both(fields.kind) if kinds else set())
        if kinds:
            self._inside |= {keys[:count] for keys in _both(fields.kind) for count in range(1, len(keys))}
        self.groups: list[Group] = []
        self._classes = np.zeros(0, np.uint8)
        self._salts = np.zeros(0, np.uint64)
        numbers: dict[str, int] = {}
        self._values = ValueCodes(lambda texts: [numbers.setdefault(text, len(numbers)) for text in texts])
        self._slots = np.zeros(4 * MOST_GROUPS, np.uint64)
        self._known = np.full(4 * MOST_GROUPS, -1, np.int32)
        self._firsts = np.zeros(MOST_GROUPS, np.int32)

    def of(self, columns: ScannedColumns) -> npt.NDArray[np.int32]:
        """(records,) the group of each record of a block; -1 for those that are to be read by themselves."""
        scanned = columns.scanned
        self._classify(scanned.paths)
        signatures = np.zeros(columns.count, np.uint64)
        kinds = scanned.kinds.copy()
        sign(
            scanned.block.bytes,
            scanned.inset,
            scanned.leaves,
            self._classes,
            self._salts,
            signatures,
            kinds,
        )
        for path in np.flatnonzero(self._classes & VALUE).tolist():
            if rows := len(columns.column(path).rows):
                codes = columns.codes(path, self._values)
                salts = self._salts[path], self._salts[0]
                if sign_values(columns.column(path).rows, codes, *salts, signatures) != rows:
                    raise IndexError("a value is of no record")
        found = np.empty(columns.count, np.int32)
        before = len(self.groups)
        count = number_groups(
            signatures, kinds, self._slots, self._known, before, self._firsts, found
        )  # fmt: skip
        for group in range(before, count):
            self.groups.append(self._group(columns, int(self._firsts[group])))
        return found

    def _classify(self, paths: Paths) -> None:
        """Say of new paths how much they count."""
        begin, count = len(self._classes), len(paths)
        if begin == count:
            return
        classes = np.zeros(count, np.uint8)
        classes[:begin] = self._classes
        for path in range(begin, count):
            parent = paths.parent(path)
            if path == 0:
                classes[path] = KIND
            elif classes[parent] != IGNORED:
                classes[path] = self._class(paths[path])
                if classes[path] == IGNORED and classes[parent] & WHOLE and paths[path][-1] is not None:
                    classes[path] = KIND
                if classes[parent] & WHOLE:
                    classes[path] |= WHOLE
        self._classes = classes
        salts = np.frombuffer(os.urandom(8 * (count - begin)), np.uint64) | np.uint64(1)
        self._salts = np.append(self._salts, salts)

    def _class(self, keys: Path) -> int:
        name = keys[-1]
        if name is None or (len(keys) == 1 and name in self.ignored):
            return IGNORED
        depth = len(keys)
        own = plain(name)
        inside = keys in self._inside or (depth == 1 and own in HOLDERS)
        json = MAY_BE_JSON if inside else 0
        if keys in self._type:
            return VALUE | json
        if own in SCHEMA_VERSION and (depth <= 2 or keys[:-1] in self._data):
            return VALUE | json
        if depth <= 2 and operations((name,)):
            return VALUE | json
        if self._names is None or own in self._names:
            return KIND | WHOLE | json
        wanted = (
            keys in self._envelope
            or inside
            or (depth <= 2 and own in COMPANIONS)
            or ((depth <= 2 or keys[:-1] in self._data) and own in _TELLING)
        )
        return KIND | json if wanted else IGNORED

    def _group(self, columns: ScannedColumns, record: int) -> Group:
        scanned, paths = columns.scanned, columns.scanned.paths
        nodes: dict[int, dict[str, object]] = {0: {}}
        for leaf in range(int(scanned.begins[record]), int(scanned.begins[record + 1])):
            path = int(scanned.leaf_path[leaf])
            how = int(self._classes[path])
            if how == IGNORED:
                continue
            kind = int(scanned.leaf_kind[leaf])
            value: object
            if kind == OBJECT:
                value = nodes[path] = {}
            elif kind in _CONSTANTS:
                value = _CONSTANTS[kind]
            elif kind == ARRAY:
                value = Nested(path)
            elif how & VALUE:
                value = scanned.value(leaf)
            else:
                value = Varying(path, "text" if kind < INTEGER else "number")
            name = paths[path][-1]
            assert name is not None
            nodes[paths.parent(path)][name] = value
        try:
            return self._told(nodes[0])
        except Varies:
            return Group(None)

    def _told(self, tree: dict[str, object]) -> Group:
        """What `event_maker` makes of it; no event where that depends on the values."""
        fields = self._fields
        nothing = Group(None)
        for keys in self._inside:  # a text there may be looked into
            value: object = tree
            for name in keys:
                value = value.get(name) if isinstance(value, dict) else None
            if isinstance(value, StandIn):
                return nothing
        if self._tell(tree) is not None:
            return nothing
        kind = _found(tree, fields.type, "")
        data = tree if fields.data is None else _found(tree, fields.data, None)
        if isinstance(kind, (StandIn, dict)) or not isinstance(data, dict | None):
            return nothing
        if not isinstance(kind, str):
            kind = scalar_text(kind) or ""
        data = {} if data is None else data
        if may_be_opaque(data):
            return nothing
        if (
            fields.data is None
            and fields.opaque is not None
            and _found(tree, fields.opaque, None) is not None
        ):
            return nothing
        entity = self._entity(tree, data)
        at = _found(tree, fields.time, None)
        if not isinstance(entity, Varying | bool | None | Nested) or not isinstance(at, Varying | None):
            return nothing
        own = entity.taken_as("text") if isinstance(entity, Varying) else None
        when = None if at is None else at.taken_as("text")
        thing = None if self._kind_of is None else self._kind_of(tree)
        if isinstance(thing, (StandIn, dict)):
            return nothing
        of_kind = scalar_text(thing)
        event = Event(0, kind, own, data, when, record=tree, kind=of_kind)  # type: ignore[arg-type]
        return Group(event, None if at is None else at.blank, None if own is None else own.blank)

    def _entity(self, tree: dict[str, object], data: dict[str, object]) -> object:
        entity = _found(tree, self._fields.entity, None)
        if entity is None and self._find_inside is not None:
            entity = self._find_inside(data)
        return _found(tree, before_path(self._fields.entity), None) if entity is None else entity


def _both(path: str | None) -> set[Path]:
    return {keys for each in alternatives(path) for keys in (tuple(each.split(".")), (each,))}


def _found(tree: dict[str, object], path: str | None, default: object) -> object:
    get = getter(path)
    return default if get is None else get(tree)
