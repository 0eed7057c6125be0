"""Which events contain this text?"""

import json
from collections.abc import Sequence
from functools import partial

import numpy as np

from explorer.history.events import Events
from explorer.session.events.passes import Flags, Int64s, Report, WholeEvents, looked_at

_COMMON = b'" eatnoirs:,d1l02cumhpy-fg3456789bvwTZ.k_AM{}xDPSCIRjqz'  # bytes of logs, the commonest first


def positions_with(
    events: Events, text: str, report: Report | None = None, among: Flags | None = None
) -> Int64s:
    """(k,) positions, in log order, of the events whose bytes contain `text`, ASCII case aside.

    Args:
        events: Where to search.
        text: What for.
        report: Who is told how far it has come, in bytes.
        among: (n,) which events are of interest; blocks without one are not read.
    """
    found = np.zeros(len(events), np.bool_)
    look = partial(containing, needles_of(events, text))
    for first, stop, hits in looked_at(events, look, report, among):
        found[first:stop] = hits
    return np.flatnonzero(found if among is None else found & among) + 1


def containing(needles: Sequence[bytes], block: WholeEvents) -> Flags:
    """(k,) which events of a block contain one of the needles, which are in small letters."""
    hits = np.zeros(len(block.starts), np.bool_)
    for needle in needles:
        if block.compiled:
            from explorer.eventlog.search_kernels import find_text

            first, second = _seldom(needle)
            wanted = np.frombuffer(bytearray(needle), np.uint8)
            find_text(
                block.bytes, block.words, block.starts, block.ends, wanted, first, second, hits.view(np.uint8)
            )
        else:
            _find_plainly(needle, block, hits)
    return hits


def _find_plainly(needle: bytes, block: WholeEvents, hits: Flags) -> None:
    folded = block.content.lower()
    at = folded.find(needle, int(block.starts[0]))
    while at >= 0:
        hit = block.at(at)
        end = int(block.ends[hit])
        if at + len(needle) <= end:
            hits[hit] = True
            at = folded.find(needle, end)
        else:  # it straddles two records
            at = folded.find(needle, at + 1)


def _seldom(needle: bytes) -> tuple[int, int]:
    """Where the two bytes of a needle stand that logs have most seldom."""
    ranks = [_COMMON.find(byte) for byte in needle]
    order = sorted(range(len(needle)), key=lambda at: (ranks[at] >= 0, -ranks[at]))
    return order[0], order[min(1, len(order) - 1)]


def needles_of(events: Events, text: str) -> list[bytes]:
    """The bytes, in lower case, that `text` may stand as: itself, and as JSON escapes it."""
    escaped = (json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1])
    variants = (events.log.encode(variant).lower() for variant in (text, *escaped))
    return [variant for variant in dict.fromkeys(variants) if variant]
