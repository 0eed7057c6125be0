"""Which colour does each type of event have on the timeline?

The Okabe–Ito palette, which people tell apart with any kind of colour vision. On a light ground the light ones are
darkened, on a dark ground the darkest is lightened, until each stands out 3:1 from the ground.
"""

from PySide6.QtGui import QColor

from explorer.desktop.look.theme import Theme

LIGHT = ("#3892c9", "#be7d00", "#009e73", "#c0699a", "#9c8e00", "#d55e00", "#0072b2")
DARK = ("#56b4e9", "#e69f00", "#009e73", "#cc79a7", "#f0e442", "#e06a12", "#1a80c0")
OTHERS_LIGHT, OTHERS_DARK = "#7d8794", "#8a95a3"
FADE, FADE_CONTRAST = 0.6, 0.35  # how much of the ground shines through what has not happened yet


def type_colours(theme: Theme, groups: int) -> list[QColor]:
    """The colours of so many groups; the eighth is that of all others together."""
    dark = QColor(theme.base).lightness() < 128
    known = [QColor(name) for name in (DARK if dark else LIGHT)]
    return [*known, QColor(OTHERS_DARK if dark else OTHERS_LIGHT)][:groups]


def faded(colour: QColor, theme: Theme) -> QColor:
    """The same colour for what is still to come."""
    ground, fade = QColor(theme.base), FADE_CONTRAST if theme.name.startswith("contrast") else FADE
    kept = 1 - fade
    return QColor.fromRgbF(
        colour.redF() * kept + ground.redF() * fade,
        colour.greenF() * kept + ground.greenF() * fade,
        colour.blueF() * kept + ground.blueF() * fade,
    )
