"""At which pixels of the timeline do many marks lie, without drawing more than there are pixels?"""

import numpy as np
import numpy.typing as npt

from explorer.session.timeline.axis import Axis
from explorer.session.timeline.view_window import View

type Int64s = npt.NDArray[np.int64]


def columns(positions: Int64s, axis: Axis, view: View, width: int) -> tuple[list[float], list[int]]:
    """Where marks are drawn and how many each stands for.

    Args:
        positions: (k,) ascending.
        axis: Where positions lie.
        view: What is in view.
        width: How many pixels that has.

    Returns:
        Fractions of the view, ascending, and as many counts. One each for a few marks in view, else one for each
        pixel that has any: O(width * log k).
    """
    first, last = max(axis.position(view.start) - 1, 0), axis.position(view.stop) + 1
    near = positions[np.searchsorted(positions, first) : np.searchsorted(positions, last, "right")]
    if len(near) <= width:
        fractions = [view.fraction(axis.place(position)) for position in near.tolist()]
        inside = [fraction for fraction in fractions if 0 <= fraction <= 1]
        return inside, [1] * len(inside)
    edges = [view.start + view.span * column // width for column in range(width)] + [view.stop + 1]
    counts = np.diff(np.searchsorted(near - 1, axis.rows(edges)))
    at = np.flatnonzero(counts)
    return ((at + 0.5) / width).tolist(), counts[at].tolist()
