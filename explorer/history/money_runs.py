"""Which stretches of an account's events in a branch only move money, so that the rules are tried on all at once?

What cannot be told from columns is simply no part of such a stretch, and is tried event by event.
"""

from typing import Any, Self

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.history.build import Operands
from explorer.history.collect import VERSION
from explorer.history.field_history import NONE, FieldHistory
from explorer.history.history import History
from explorer.history.ordering import spans
from explorer.history.sums import Sums
from explorer.projection import account_names as names
from explorer.projection.accounts import Accounts

type Ints = npt.NDArray[Any]
type Flags = npt.NDArray[np.bool_]

_ROOM = float(2**62)


class MoneyRuns(msgspec.Struct):
    """An account's events, one by one.

    Attributes:
        key: In which currency all of its money is; None for none.
        units, decimals: (k,) by how much each moves its balance, times `10**scale`; with how many decimals.
        scale: Decimals of `units`.
        ends: (k,) where the stretch ends in which each stands; its own place for one that does more than move money.
        lawful: (k,) whether the rules were kept in the log, for certain.
        others: (k,) of a transfer the code of the other account, on whose side the rules were kept in the log; else -1.
    """

    key: str | None
    units: Ints
    decimals: Ints
    scale: int
    ends: Ints
    lawful: Flags
    others: Ints

    @classmethod
    def of(cls, history: History, model: Accounts, code: int, log_positions: Ints) -> Self | None:
        """Tell the stretches of an account's events.

        Args:
            history: The history of the log.
            model: Its read model.
            code: The account's code.
            log_positions: (k,) where its events of the branch stand in the log, 0 for new ones.
        """
        balances = history.field_histories["balance"]
        slots, sums = balances.slots_of(code), balances.values
        if (
            not history.keeps_operands
            or len(slots) != 1
            or not isinstance(sums, Sums)
            or sums.wide
            or history.unlisted
        ):
            return None
        key = None
        if balances.slot_key is not None and balances.slot_key[slots.start] >= 0:
            key = balances.keys[balances.slot_key[slots.start]]
        of_log = log_positions > 0
        wanted = np.maximum(log_positions, 1)
        every, moves = history.operands[VERSION.name], history.operands["balance"]
        touched = np.bincount(every.moments, minlength=len(history) + 1)[wanted]
        first, stop = spans(moves.moments, wanted)
        count = stop - first
        own, others = _sides(moves, first, count, code)
        transfers = (touched == 2) & (others >= 0)
        simple = of_log & (((touched == 1) & (count == 1)) | transfers)
        more = np.zeros(
            len(history) + 1, np.bool_
        )  # by place in the log: whether the event does anything else
        for field in history.fields:
            if field.fold != "count" and field.name != "balance":
                more[history.operands[field.name].moments] = True
        more[[each.position for each in history.problems]] = True
        simple &= ~more[wanted]
        at = np.where(simple, own, 0)
        if not simple.any() or moves.units is None or moves.decimals is None or moves.wide:
            return None
        units, decimals = moves.units[at].astype(np.int64), moves.decimals[at].astype(np.int64)
        sizes = np.abs(units.astype(np.float64)) * 10.0 ** (sums.scale - decimals.astype(np.float64))
        if float(sizes.sum()) >= _ROOM or int(decimals.max()) > sums.scale:
            return None
        units = (
            units * np.array([10**step for step in range(sums.scale + 1)], np.int64)[sums.scale - decimals]
        )
        means = [model.variant(name) for name in history.events.type_names]
        kinds = history.events.types[wanted - 1]
        paid_in, taken_out, adjusted, moved = (
            np.array([each == kind for each in means], np.bool_)[kinds]
            for kind in (names.DEPOSITED, names.WITHDRAWN, names.ADJUSTED, names.TRANSFERRED)
        )
        alone = ((units > 0) & (paid_in | adjusted)) | ((units < 0) & (taken_out | adjusted))
        simple &= np.where(transfers, moved & (units != 0), alone)
        positions = history.in_order(wanted)
        others = np.where(simple & transfers, others, -1)
        of_two = np.flatnonzero(others >= 0)
        simple[of_two] = _lawful(history, others[of_two], key, positions[of_two], -units[of_two])
        others[~simple] = -1
        places = np.arange(len(simple))
        ends = np.minimum.accumulate(np.where(simple, len(simple), places)[::-1])[::-1]
        lawful = simple & _lawful(history, np.full(len(simple), code), key, positions, units)
        return cls(key, np.where(simple, units, 0), decimals, sums.scale, ends, lawful, others)


def _sides(moves: Operands, first: Ints, count: Ints, code: int) -> tuple[Ints, Ints]:
    """(k,) the operand of an account; where there is another one that gets what it gives, that other account, else -1.

    Args:
        moves: What moved balances.
        first: (k,) the first operand of each event.
        count: (k,) how many each gave.
        code: The account.
    """
    own, others = first.copy(), np.full(len(first), -1, np.int64)
    at = np.flatnonzero(count == 2)
    if not len(at) or moves.units is None or moves.decimals is None:
        return own, others
    left, right = first[at], first[at] + 1
    mine = moves.entities[left] == code
    theirs = np.where(mine, right, left)
    own[at] = np.where(mine, left, right)
    same = (moves.units[left].astype(np.int64) == -moves.units[right].astype(np.int64)) & (
        moves.decimals[left] == moves.decimals[right]
    )
    of_two = same & (moves.entities[own[at]] == code) & (moves.entities[theirs] != code)
    others[at] = np.where(of_two, moves.entities[theirs], -1)
    return own, others


def _lawful(history: History, codes: Ints, key: str | None, positions: Ints, units: Ints) -> Flags:
    """(k,) whether an account was there and open in the log, kept in this currency, and had what was taken out."""
    touches, balances = history.touches, history.field_histories["balance"]
    there = positions > touches.positions[touches.offsets[codes]]
    kinds = balances.slot_entity.dtype
    slots = np.searchsorted(balances.slot_entity, codes.astype(kinds))
    single = np.searchsorted(balances.slot_entity, codes.astype(kinds), "right") - slots == 1
    slots = np.where(single, slots, 0)
    if balances.slot_key is not None:
        keyed = np.array(
            [each == key for each in balances.keys] + [key is None], np.bool_
        )  # the last is that of -1
        single &= keyed[balances.slot_key[slots]]
    sums = balances.values
    assert isinstance(sums, Sums)
    before = _before(balances, slots, positions)
    held = np.where(before == NONE, 0, sums.units[before])
    lawful: Flags = (
        there
        & single
        & ((units > 0) | (held >= -np.minimum(units, 0)))
        & _was(
            history.field_histories["status"], codes, positions, lambda each: each not in {"closed", "frozen"}
        )
        & _was(history.field_histories["currency"], codes, positions, lambda each: each == key)
    )
    return lawful


def _was(line: FieldHistory, codes: Ints, positions: Ints, fits: Any) -> Flags:  # noqa: ANN401
    """(k,) whether an entity's value before each position fits; None before its first."""
    if not isinstance(line.values, tuple):
        return np.full(len(positions), fits(None))
    of_changes, values = line.values
    before = _before(line, codes, positions)
    if not len(of_changes):
        return np.full(len(positions), fits(None))
    codes = of_changes[np.maximum(before, 0)]
    fitting = np.zeros(len(values), np.bool_)
    for code in np.flatnonzero(np.bincount(codes)).tolist():
        fitting[code] = fits(values[code])
    return np.where(before == NONE, fits(None), fitting[codes])


def _before(line: FieldHistory, slots: Ints, positions: Ints) -> Ints:
    """(k,) the change in force in a slot before each position."""
    if not len(slots):
        return np.zeros(0, np.int64)
    if bool((slots == slots[0]).all()):
        begins, stop = line.offsets[int(slots[0])], line.offsets[int(slots[0]) + 1]
        found = begins + spans(line.positions[begins:stop], positions)[0] - 1
    else:  # positions ascend in each slot, and so do these numbers in all
        begins = line.offsets[slots]
        room = int(max(line.positions.max(initial=0), positions.max(initial=0))) + 1
        of_slot = np.repeat(np.arange(len(line.offsets) - 1), np.diff(line.offsets))
        ascending = of_slot * room + line.positions
        found = np.searchsorted(ascending, slots.astype(np.int64) * room + positions, "left") - 1
    return np.where(found < begins, NONE, found)
