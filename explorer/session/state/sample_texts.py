"""How much room does a column of the state need: which texts does it hold at some time?"""

import numpy as np

from explorer.history.comparison import within
from explorer.session.plaintext import visible
from explorer.session.state.state_view import SAMPLES, StateView, value_text

_FIRST_SLOTS = 10_000
_MOST_BESIDE = 3  # amounts of several currencies in a cell have room


def sample_texts(view: StateView, column: int, most: int = SAMPLES) -> list[str]:
    """Some texts that a column holds at some time, evenly spread: how much room does it need?

    Of very many entities those of the first ones, and none before these have been read.
    """
    wanted, state = view.shown[column], view.state
    if not view.at_hand:
        return view.first_texts(column, most)
    if wanted.field is None:
        return [visible(state.entity(code)) for code in _spread(state.entity_count, most)]
    line = state.field_history(wanted.field)
    if isinstance(line.values, tuple):
        values = [within(line.values[1][at], wanted.path) for at in _spread(len(line.values[1]), most)]
        texts = [value_text(value) for value in values]
    else:
        texts = [value_text(line.value(change)) for change in _spread(len(line.positions), most)]
    if wanted.key is not None or not line.keys:
        return texts
    beside = np.asarray(line.slot_entity[:_FIRST_SLOTS])  # an account may have amounts of several currencies
    several = min(int(np.bincount(beside[beside >= 0]).max(initial=1)), _MOST_BESIDE)
    key = max((visible(key) for key in line.keys[:most]), key=len)
    return [", ".join([f"{text} {key}".rstrip()] * several) for text in texts]


def _spread(count: int, most: int) -> range:
    return range(0, count, max(-(-count // most), 1))
