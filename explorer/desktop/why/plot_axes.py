"""What stands beside and below a plot: exact numbers, positions, or days and hours?"""

import math
from collections.abc import Sequence

import pyqtgraph as pg

from explorer.language import grouped
from explorer.session.moments import day_text, iso_text

DAY_S = 86_400
MINUS = "\N{MINUS SIGN}"
MOST_PLAIN = 1e15  # beyond it a float does not hold every whole number


class NumberAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """Numbers with all their digits and a true minus; no prefixes that somebody would have to know."""

    def __init__(self, orientation: str, *, whole: bool = False) -> None:
        super().__init__(orientation)
        self.enableAutoSIPrefix(False)
        self._whole = whole

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        """Where the ticks are; positions have none between two of them."""
        levels: list[tuple[float, list[float]]] = super().tickValues(low, high, size)
        return [level for level in levels if level[0] >= 1] if self._whole else levels

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """What stands at them."""
        return [number_text(value * scale, spacing * scale) for value in values]


def number_text(value: float, spacing: float) -> str:
    """A number with as many decimals as tell it from its neighbour at `spacing`."""
    if abs(value) >= MOST_PLAIN:
        return f"{value:.4g}".replace("-", MINUS)
    decimals = max(0, -math.floor(math.log10(spacing) + 1e-9)) if spacing > 0 else 0
    decimals = min(decimals, 12)
    text = grouped(value, decimals)
    return text.replace("-", MINUS) if round(value, decimals) else text.replace("-", "")


class DateAxis(pg.DateAxisItem):  # type: ignore[misc]
    """Days and hours, UTC as everywhere in the window."""

    def __init__(self) -> None:
        super().__init__("bottom", utcOffset=0)

    def tickStrings(self, values: Sequence[float], _scale: float, spacing: float) -> list[str]:
        """What stands at them: no finer than needed to tell them apart."""
        return [moment_tick(value, spacing) for value in values]


def moment_tick(second: float, spacing: float) -> str:
    """`2026`, `Jan 2026`, `6 Jan`, `10:15` or `10:15:30`: an instant, as finely as ticks at `spacing` seconds need."""
    at_ns = round(second * 1e9)
    _, day, month, year = day_text(at_ns).split()
    if spacing >= 360 * DAY_S:
        return year
    if spacing >= 27 * DAY_S:
        return f"{month} {year}"
    if spacing >= DAY_S:
        return f"{day} {month}"
    clock = (iso_text(at_ns) or "")[11:19]
    return clock[:5] if spacing >= 60 else clock
