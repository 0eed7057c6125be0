"""How many events lie under each pixel of the timeline?"""

import numpy as np
import numpy.typing as npt

type Int64s = npt.NDArray[np.int64]


def density(clock: Int64s, start_ns: int, stop_ns: int, bins: int) -> Int64s:
    """Count the events under each pixel column, by time.

    Args:
        clock: (n,) ns since 1970, ascending.
        start_ns: First instant shown.
        stop_ns: End of the view, exclusive.
        bins: Columns to fill, at least 1.

    Returns:
        (bins,) counts. O(bins * log n): the cost follows the widget, not the log.

    Raises:
        ValueError: The view is empty or `bins` < 1.
    """
    if bins < 1 or stop_ns <= start_ns:
        raise ValueError(f"nothing to show: {start_ns=}, {stop_ns=}, {bins=}")
    span = stop_ns - start_ns  # Python integers: from year 1 to 9999 is more than int64 holds
    edges = np.array([min(start_ns + span * edge // bins, 2**63 - 1) for edge in range(bins + 1)], np.int64)
    return np.diff(np.searchsorted(clock, edges))
