"""What do the values come to that a read model computes of stand-ins, in each event of a group?

Numbers are computed column by column. Whatever else a function makes of values, it is asked for once for each
combination of them that occurs. What is no exact narrow number, and where a function fails, is said not to be fine.
"""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

import numpy as np

from explorer.eventlog.event import Varying
from explorer.eventlog.extract import scalar_text
from explorer.eventlog.json_text import decode
from explorer.eventlog.scanner.blocks import Flags, Int64s
from explorer.eventlog.scanner.columns import POSITION, ScannedColumn, ScannedColumns
from explorer.eventlog.scanner.number_kernels import MOST_DIGITS, compared, compared_columns
from explorer.eventlog.scanner.time_kernels import instants
from explorer.eventlog.scanner.token_kernels import INTEGER
from explorer.eventlog.scanner.value_codes import ValueCodes
from explorer.projection.asking import Computed, Key, Operation, key_of
from explorer.projection.exact import exact, negative, scaled
from explorer.projection.model import NotApplicable
from explorer.projection.order import number_in

type Ints = Any  # (r,) of any width
type Numbers = tuple[Ints, Ints, Ints]  # units, decimals, fine

NO_ANSWER = 3  # beside 0 False, 1 True, 2 NULL
_LIMIT = 10**MOST_DIGITS
_TENS = np.array([10**power for power in range(MOST_DIGITS + 1)], np.int64)
_HOUR_NS = 3_600 * 10**9
_SMALL_Z = 122
_MOST_KEPT = 100_000  # different values; more are forgotten after a block
FAILED = object()
_ASKING = frozenset({"order", "among", "truth", "nothing"})  # what says nothing but true, false and NULL
_ARITHMETIC = frozenset(
    {"plus", "minus", "times", "quotient", "remainder", "negative", "number", "absolute", "rounded", "tried"}
)
_ANSWERS: dict[object, int] = {False: 0, True: 1, None: 2}


class Results:
    """The different values that stand at a path, or that were computed, by the order in which they were met."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self.known: dict[tuple[int, ...], int] = {}
        self._told: dict[object, np.ndarray[Any, Any]] = {}

    def told(self, what: object, tell: Callable[[Any], int], kind: type = np.int64) -> Any:  # noqa: ANN401
        """(values,) a number that is told of each value; asked for once."""
        found = self._told.get(what)
        count = 0 if found is None else len(found)
        if found is None or count < len(self.values):
            new: Ints = np.fromiter(map(tell, self.values[count:]), kind, len(self.values) - count)
            found = self._told[what] = new if found is None else np.concatenate([found, new])
        return found


class Computer:
    """Keeps from block to block what was computed."""

    def __init__(self) -> None:
        self._results: dict[Key, Results] = {}
        self._coders: dict[Key, ValueCodes] = {}

    def forget(self) -> None:
        """Between two blocks: keep no more than there is room for."""
        if any(len(each.values) > _MOST_KEPT for each in self._results.values()):
            self._results.clear()
            self._coders.clear()

    def results(self, key: Key) -> Results:
        """Those of one stand-in."""
        found = self._results.get(key)
        if found is None:
            found = self._results[key] = Results()
        return found

    def coder(self, value: Varying) -> ValueCodes:
        """Gives each way in which the value of a stand-in is written its place among the results."""
        key = key_of(value)
        found = self._coders.get(key)
        if found is None:
            results, plain = self.results(key), value.kind == "text"

            def codes_of(written: Sequence[str]) -> Sequence[int]:
                begin = len(results.values)
                results.values += [
                    each[1:-1]
                    if plain and each[0] == '"' and "\\" not in each
                    else _taken(value, decode(each.encode()))
                    for each in written
                ]
                return range(begin, len(results.values))

            found = self._coders[key] = ValueCodes(codes_of)
        return found


class Computing:
    """Some events of a block: computes for them what it is asked for."""

    def __init__(self, computer: Computer, columns: ScannedColumns, rows: Ints) -> None:
        self._computer = computer
        self._columns = columns
        self.rows = rows
        self._numbers: dict[Key, Numbers | None] = {}
        self._codes: dict[Key, tuple[Ints, Results]] = {}
        self._answers: dict[Key, Ints] = {}

    def among(self, places: Ints | None) -> "Computing":
        """Some of the events, by themselves."""
        return self if places is None else Computing(self._computer, self._columns, self.rows[places])

    def fine(self, stand_ins: Iterable[object]) -> Flags | None:
        """(r,) where all of them could be computed; None if everywhere."""
        fine: Flags | None = None
        for each in stand_ins:
            numbers = self.numbers(each)
            if numbers is not None:
                good = numbers[2]
            elif _operation(each) in _ASKING:
                good = self.answers(each) != NO_ANSWER
            elif _operation(each) == "instant" and (instants := self._instants(each)) is not None:
                good = instants[1]
            else:
                codes, results = self.codes(each)
                good = results.told("fine", lambda value: value is not FAILED, np.bool_)[codes]
            if not good.all():
                fine = good if fine is None else fine & good
        return fine

    # -- questions -------------------------------------------------------------------------------------------

    def answers(self, question: Any) -> Ints:  # noqa: ANN401 - a `Computed`
        """(r,) what a function says that says True (1), False (0) or NULL (2); `NO_ANSWER` where that is not known."""
        found = self._answers.get(question.key)
        if found is None:
            found = self._of_texts(question)
            if found is None:
                found = self._of_numbers(question)
            if found is None:
                found = self._of_values(question)
            elif (rest := np.flatnonzero(found == NO_ANSWER)).size:  # such as texts that are no numbers
                found[rest] = self.among(rest)._of_values(question)  # noqa: SLF001 - one of us
            self._answers[question.key] = found
        return found

    def _of_values(self, question: Computed) -> Ints:
        inner, function = question.arguments[0], question.function
        if _operation(question) == "truth" and isinstance(inner, Computed):
            codes, results = self.codes(inner)
            return results.told("truth", lambda value: _answer(_result(function, [value])), np.int8)[codes]
        codes, results = self.codes(question)
        return results.told("answer", _answer, np.int8)[codes]

    def _of_numbers(self, question: Computed) -> Ints | None:
        """The same by columns of numbers; None if that is no question of numbers."""
        operation, arguments = _operation(question), question.arguments
        if operation == "truth" and _operation(arguments[0]) in _ASKING:
            return self.answers(arguments[0])
        if operation == "order":
            order = self._order(*arguments)
            if order is None:
                return None
            orders, fine = order
            holds: Sequence[bool] = question.function.holds  # type: ignore[attr-defined]
            said = np.array(holds, np.int8)[orders + 1]
        elif operation == "among" and all(type(each) in {int, Decimal} for each in arguments[1:]):
            numbers = self._counted(arguments[0])
            if numbers is None:
                return None
            units, decimals, fine = numbers
            said = np.zeros(len(units), np.int8)
            for each in arguments[1:]:
                said |= compared(units, decimals, each) == 0
        elif operation in {"nothing", "truth"}:
            numbers = self.numbers(arguments[0])
            if numbers is None:
                return None
            said, fine = (numbers[0] != 0).astype(np.int8), numbers[2]
            if operation == "nothing":
                said = np.zeros(len(said), np.int8)
        else:
            return None
        return said if fine.all() else np.where(fine, said, np.int8(NO_ANSWER))

    def _of_texts(self, question: Computed) -> Ints | None:
        """The same where a text is held against texts that state no number, by bytes; None if that is not asked."""
        operation, (value, *texts) = _operation(question), question.arguments
        holds = getattr(question.function, "holds", (False, True, False))
        if operation not in {"order", "among"} or holds[0] != holds[2]:
            return None
        if operation == "order" and isinstance(value, str):
            value, texts = texts[0], [value]
        at_path = isinstance(value, Varying) and value.kind == "text" and value.blank != POSITION
        if not at_path or not all(isinstance(each, str) and number_in(each) is None for each in texts):
            return None
        column, places = self._column(value)
        same, fine = self._columns.same(column, [str(each) for each in texts], places)
        said = np.where(same, np.int8(holds[1]), np.int8(holds[0]))
        return said if fine.all() else np.where(fine, said, np.int8(NO_ANSWER))

    def _order(self, left: object, right: object) -> tuple[Ints, Flags] | None:
        """-1, 0 or 1: how numbers or moments compare, and where that is known."""
        if "instant" in {_operation(left), _operation(right)}:
            first, second = self._instants(left), self._instants(right)
            if first is None or second is None:
                return None
            order = (first[0] > second[0]).astype(np.int8) - (first[0] < second[0])
            return order, first[1] & second[1]
        if type(right) in {int, Decimal}:
            numbers = self._counted(left)
            return None if numbers is None else (compared(numbers[0], numbers[1], right), numbers[2])  # type: ignore[arg-type]
        if type(left) in {int, Decimal}:
            numbers = self._counted(right)
            return None if numbers is None else (-compared(numbers[0], numbers[1], left), numbers[2])  # type: ignore[arg-type]
        one, other = self._counted(left), self._counted(right)
        if one is None or other is None:
            return None
        return compared_columns(one[0], one[1], other[0], other[1]), one[2] & other[2]

    # -- numbers ---------------------------------------------------------------------------------------------

    def numbers(self, value: object) -> Numbers | None:
        """Units and decimals, and where that is what the value is; None if it is none of numbers in columns."""
        if not isinstance(value, (Varying, Computed)):
            return self._constant(value)
        key = key_of(value)
        if key not in self._numbers:
            found = self._varying(value) if isinstance(value, Varying) else self._computed(value)
            if found is not None:
                units, decimals, fine = found
                fine = fine & (abs(units) < _LIMIT) & (decimals <= MOST_DIGITS)
                if not fine.all():  # nothing is computed with what is not so
                    units, decimals = np.where(fine, units, 0), np.where(fine, decimals, 0)
                found = units, decimals, fine
            self._numbers[key] = found
        return self._numbers[key]

    def added(self, value: Computed) -> Numbers:
        """The numbers that a value comes to, whatever it is computed of."""
        found = self.numbers(value)
        if found is not None:
            return found
        codes, results = self.codes(value)
        pairs = (
            results.told("units", lambda each: _scaled(each)[0]),
            results.told("decimals", lambda each: _scaled(each)[1]),
        )
        units, decimals = (each[codes] for each in pairs)
        return units, decimals, decimals >= 0

    def _counted(self, value: object) -> Numbers | None:
        """The same, also of texts that state a number."""
        if isinstance(value, Varying) and value.kind == "text":
            return self.numbers(value.taken_as("number"))
        return self.numbers(value)

    def _constant(self, value: object) -> Numbers | None:
        if type(value) not in {int, Decimal}:
            return None
        units, decimals = scaled(value)  # type: ignore[arg-type]
        if abs(units) >= _LIMIT or decimals > MOST_DIGITS:
            return None
        count = len(self.rows)
        return np.full(count, units), np.full(count, decimals), np.ones(count, np.bool_)

    def _varying(self, value: Varying) -> Numbers | None:
        if value.kind != "number":
            return None
        column, places = self._column(value)
        units, decimals, fine = (each[places] for each in self._columns.numbers(column.path))
        return units * value.sign, decimals, fine

    def _computed(self, value: Computed) -> Numbers | None:
        operation, arguments = _operation(value), value.arguments
        if operation not in _ARITHMETIC:
            return None
        if operation in {"rounded", "tried", "quotient"}:
            return self._with_constants(value)
        parts = [self._counted(each) for each in arguments]
        if any(each is None for each in parts):
            return None
        units, decimals, fine = parts[0]  # type: ignore[misc]
        if operation == "number":
            return units, decimals, fine
        if operation == "negative":
            return -units, decimals, fine
        if operation == "absolute":
            return abs(units), decimals, fine
        others, other_decimals, other_fine = parts[1]  # type: ignore[misc]
        fine = fine & other_fine
        if operation == "times":
            near = np.abs(units.astype(np.float64) * others) < _LIMIT / 2
            return np.where(near, units * others, 0), decimals + other_decimals, fine & near
        most = np.maximum(decimals, other_decimals)
        factor, other_factor = _TENS[most - decimals], _TENS[most - other_decimals]
        fine &= (abs(units) < _LIMIT // factor) & (abs(others) < _LIMIT // other_factor)
        if operation == "remainder":
            fine &= others != 0
            return np.fmod(units * factor, np.where(fine, others * other_factor, 1)), most, fine
        found = units * factor + others * other_factor * (-1 if operation == "minus" else 1)
        return found, most, fine

    def _with_constants(self, value: Computed) -> Numbers | None:
        operation, arguments = _operation(value), value.arguments
        if operation == "rounded":
            return self._rounded(value)
        if operation == "tried":
            change = value.function.change  # type: ignore[attr-defined]
            inner = Computed(change, arguments, (change, *map(key_of, arguments)))
            return None if self.numbers(arguments[0]) is None else self.numbers(inner)
        return self._shifted(*arguments)

    def _rounded(self, value: Computed) -> Numbers | None:
        """Half away from zero, to a number of decimals that is the same for all; within the function's bounds."""
        function, arguments = value.function, value.arguments
        places = getattr(function, "decimals", arguments[1] if len(arguments) > 1 else 0)
        numbers = self._counted(arguments[0])
        if numbers is None or type(places) is not int or not 0 <= places <= MOST_DIGITS // 2:
            return None
        units, decimals, fine = numbers
        factor = _TENS[np.maximum(decimals - places, 0)]
        near = (abs(units) + factor // 2) // factor * np.sign(units)
        more = _TENS[np.maximum(places - decimals, 0)]
        fine = fine & (abs(near) < _LIMIT // more)
        near = np.where(fine, near * more, 0)
        same = np.full(len(near), places, np.int64)
        least, most = getattr(function, "least", None), getattr(function, "most", None)
        if least is not None and most is not None:
            fine &= (compared(near, same, least) >= 0) & (compared(near, same, most) <= 0)
        return near, same, fine

    def _shifted(self, value: object, divisor: object) -> Numbers | None:
        """Divided by a power of ten: without zeros at the end."""
        numbers = self._counted(value)
        if numbers is None or type(divisor) not in {int, Decimal}:
            return None
        by, scale = scaled(divisor)  # type: ignore[arg-type]
        power = len(str(by)) - 1
        if by != 10**power or max(power, scale) > MOST_DIGITS // 2:
            return None
        units, decimals, fine = numbers
        fine = fine & (abs(units) < _LIMIT // 10**scale)
        units, decimals = np.where(fine, units * 10**scale, 0), decimals + power
        while (zeros := (decimals > 0) & (units % 10 == 0)).any():
            units, decimals = np.where(zeros, units // 10, units), decimals - zeros
        return units, decimals, fine

    def _instants(self, value: object) -> tuple[Int64s, Flags] | None:
        """The moments that texts mean, and where they mean one; None if it is no moment, or a computed text's."""
        if type(value) is int and abs(value) < 2**63:
            return np.full(len(self.rows), value), np.ones(len(self.rows), np.bool_)
        text = value.arguments[0] if isinstance(value, Computed) and _operation(value) == "instant" else None
        if not isinstance(text, Varying) or text.kind != "text":
            return None
        column, places = self._column(text)
        at_ns, fine = self._columns.times(column.path)
        return at_ns[places], fine[places] & (column.kinds[places] < INTEGER)

    # -- anything --------------------------------------------------------------------------------------------

    def codes(self, value: object) -> tuple[Ints, Results]:
        """(r,) for each event the place of its value among the results, and those."""
        assert isinstance(value, (Varying, Computed))
        key = key_of(value)
        if key not in self._codes:
            results = self._computer.results(key)
            if isinstance(value, Varying):
                column, places = self._column(value)
                found = self._columns.known_codes(column.path, self._computer.coder(value), places)
            elif (hours := self._hours(value)) is not None:
                results = self._computer.results((key, "hourly"))
                found = _by_hour(value, hours, results)
            else:
                found = self._combined(value, results)
            self._codes[key] = found, results
        return self._codes[key]

    def _hours(self, value: Computed) -> Ints | None:
        """(r,) the hours in UTC since 1970 of times, if a function goes by nothing else; None if it may."""
        text = value.arguments[-1]
        if _operation(value) != "hourly" or not isinstance(text, Varying) or text.kind != "text":
            return None
        column, places = self._column(text)
        if column.path == POSITION:
            return None
        scanned = self._columns.scanned
        starts, ends, _ = (each[places] for each in column.spans)
        at_ns, fine = instants(scanned.block.bytes, starts, ends)
        small = scanned.block.bytes[ends - 1 - scanned.inset] == _SMALL_Z  # which is no ISO time in Python
        return at_ns // _HOUR_NS if fine.all() and not small.any() else None

    def _combined(self, value: Computed, results: Results) -> Ints:
        """Ask the function once for each combination of its arguments that occurs."""
        parts = [
            self.codes(each) if isinstance(each, (Varying, Computed)) else None for each in value.arguments
        ]
        varying = [each for each in parts if each is not None]

        def result(at: Sequence[int]) -> object:
            rest = iter(at)
            arguments = [
                each[1].values[next(rest)] if each is not None else argument
                for each, argument in zip(parts, value.arguments, strict=True)
            ]
            return _result(value.function, arguments)

        if len(varying) == 1:  # the places are the same
            codes, those = varying[0]
            before, after = _around(value)
            function = value.function
            for each in those.values[len(results.values) :]:
                results.values.append(_result(function, [*before, each, *after]))
            return codes
        combined = np.zeros(len(self.rows), np.int64)
        sizes = [max(len(each[1].values), 1) for each in varying]
        for (codes, _), size in zip(varying, sizes, strict=True):
            combined = combined * size + codes
        different, which = np.unique(combined, return_inverse=True)
        places = []
        for each in different.tolist():
            at: list[int] = []
            for size in reversed(sizes):
                each, rest = divmod(each, size)  # noqa: PLW2901 - digit by digit
                at.insert(0, rest)
            place = results.known.get(tuple(at))
            if place is None:
                place = results.known[tuple(at)] = len(results.values)
                results.values.append(result(at))
            places.append(place)
        found: Ints = np.array(places, np.int64)[which.reshape(-1)] if places else combined
        return found

    def _column(self, value: Varying) -> tuple[ScannedColumn, Ints]:
        column = self._columns.column(value.blank)
        return column, column.of(self.rows)


def _around(value: Computed) -> tuple[list[object], list[object]]:
    """The arguments before and behind the only one that differs."""
    at = next(at for at, each in enumerate(value.arguments) if isinstance(each, (Varying, Computed)))
    return list(value.arguments[:at]), list(value.arguments[at + 1 :])


def _by_hour(value: Computed, hours: Ints, results: Results) -> Ints:
    """Ask the function once for each hour."""
    different, which = np.unique(hours, return_inverse=True)
    places = []
    for hour in different.tolist():
        if (hour,) not in results.known:
            results.known[hour,] = len(results.values)
            begin = str(np.datetime64(hour, "h")) + ":00"
            results.values.append(_result(value.function, [*value.arguments[:-1], begin]))
        places.append(results.known[hour,])
    found: Ints = np.array(places, np.int64)[which.reshape(-1)]
    return found


def _operation(value: object) -> Operation | None:
    return getattr(value.function, "operation", None) if isinstance(value, Computed) else None


def _answer(value: object) -> int:
    return _ANSWERS[value] if value is None or isinstance(value, bool) else NO_ANSWER


def _taken(value: Varying, said: object) -> object:
    """A value as the stand-in takes it."""
    if isinstance(said, Decimal) and exact(said) is None:
        return FAILED
    if value.kind == "text":
        return said if isinstance(said, str) else scalar_text(said) if type(said) is int else FAILED
    found = exact(said) if isinstance(said, str) else said
    if found is None:
        return FAILED
    return found if value.sign > 0 else negative(found)  # type: ignore[arg-type]


def _result(function: Callable[..., Any], arguments: list[Any]) -> object:
    if FAILED in arguments:
        return FAILED
    try:
        return function(*arguments)
    except (NotApplicable, ArithmeticError, TypeError, ValueError, AttributeError):
        return FAILED  # the plain reader says why


def _scaled(value: object) -> tuple[int, int]:
    """Units and decimals, of which there are -1 where it is no narrow number."""
    if type(value) not in {int, Decimal}:
        return 0, -1
    units, decimals = scaled(value)  # type: ignore[arg-type]
    return (units, decimals) if abs(units) < _LIMIT and decimals <= MOST_DIGITS else (0, -1)
