"""Which colours and fonts does the window wear: in light and in dark, with more contrast, and larger?

Accents come from the Okabe–Ito palette, darkened or lightened until text in them has a contrast of
4.5:1. Nothing is told by colour alone: added, changed and removed also carry + ~ −.
"""

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetrics,
    QGuiApplication,
    QInputMethodEvent,
    QPalette,
    QTextCharFormat,
)
from PySide6.QtWidgets import QApplication, QLineEdit

from explorer.desktop.look.style_sheet import TEMPLATE
from explorer.resources import resource

ROW_PX = 24  # of a table, at the system's own size of text
MOST_ROW_PX = 80  # … and at the largest


class Theme(NamedTuple):
    """Every colour of the window, by what it is for."""

    name: str
    window: str
    base: str
    raised: str  # headers, the strip of the timeline
    text: str
    muted: str  # text of second rank; still 4.5:1
    future: str  # what has not happened yet at the playhead
    border: str
    grid: str
    accent: str
    on_accent: str
    now: str  # background of the current event
    hover: str
    bars: str  # density of events that are still to come
    played: str  # … and of those that have happened
    added: str
    added_soft: str
    changed: str
    changed_soft: str
    warning: str
    warning_soft: str


LIGHT = Theme(
    name="light",
    window="#f3f5f8",
    base="#ffffff",
    raised="#eaeef3",
    text="#1b2430",
    muted="#566173",
    future="#606b7b",
    border="#d3dae3",
    grid="#edf0f4",
    accent="#00669f",
    on_accent="#ffffff",
    now="#dcedf8",
    hover="#e3e9f0",
    bars="#b9c4d1",
    played="#4a9bc9",
    added="#00684c",
    added_soft="#dcf3ea",
    changed="#855600",
    changed_soft="#fdf1d3",
    warning="#a63f00",
    warning_soft="#fce8dc",
)
DARK = Theme(
    name="dark",
    window="#1a1e25",
    base="#13171d",
    raised="#232932",
    text="#e5e9ef",
    muted="#9ea9b8",
    future="#929dac",
    border="#343d4a",
    grid="#20262e",
    accent="#56b4e9",
    on_accent="#0a1218",
    now="#14364b",
    hover="#2a323d",
    bars="#465364",
    played="#3b8ab8",
    added="#57d3aa",
    added_soft="#123529",
    changed="#f0bd56",
    changed_soft="#3a2e13",
    warning="#ff9a68",
    warning_soft="#402418",
)


CONTRAST_LIGHT = Theme(
    name="contrast-light",
    window="#ffffff",
    base="#ffffff",
    raised="#f0f0f0",
    text="#000000",
    muted="#1f1f1f",
    future="#444444",
    border="#000000",
    grid="#8c8c8c",
    accent="#00388c",
    on_accent="#ffffff",
    now="#cfe3ff",
    hover="#e3e3e3",
    bars="#6e6e6e",
    played="#0050c0",
    added="#004d2f",
    added_soft="#d4f5e3",
    changed="#5c3500",
    changed_soft="#ffedc2",
    warning="#8a1c00",
    warning_soft="#ffe2d9",
)
CONTRAST_DARK = Theme(
    name="contrast-dark",
    window="#000000",
    base="#000000",
    raised="#1a1a1a",
    text="#ffffff",
    muted="#e6e6e6",
    future="#cccccc",
    border="#ffffff",
    grid="#7a7a7a",
    accent="#66ccff",
    on_accent="#000000",
    now="#002b47",
    hover="#333333",
    bars="#8f8f8f",
    played="#33aaff",
    added="#66ffc2",
    added_soft="#003322",
    changed="#ffd24d",
    changed_soft="#3d2c00",
    warning="#ffb08a",
    warning_soft="#4d1f00",
)
THEMES = (LIGHT, DARK, CONTRAST_LIGHT, CONTRAST_DARK)
_BY_ACCENT = {theme.accent: theme for theme in THEMES}


def theme_of(palette: QPalette) -> Theme:
    """Return the theme that `palette` was made from."""
    found = _BY_ACCENT.get(palette.color(QPalette.ColorRole.Link).name())  # which no style sheet changes
    return found or (DARK if palette.color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT)


def wanted_theme(choice: str) -> Theme:
    """Return the theme for "light", "dark", "contrast", or "system": as bright and as clear as the system is."""
    hints = QGuiApplication.styleHints()
    dark = choice == "dark" or (
        choice in {"system", "contrast"} and hints.colorScheme() == Qt.ColorScheme.Dark
    )
    clear = choice == "contrast" or (
        choice == "system"
        and hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
    )
    return (CONTRAST_DARK if dark else CONTRAST_LIGHT) if clear else (DARK if dark else LIGHT)


def palette_of(theme: Theme) -> QPalette:
    """Return the Qt palette of `theme`."""
    role = QPalette.ColorRole
    palette = QPalette()
    for target, colour in (
        (role.Window, theme.window),
        (role.WindowText, theme.text),
        (role.Base, theme.base),
        (role.AlternateBase, theme.raised),
        (role.Text, theme.text),
        (role.Button, theme.raised),
        (role.ButtonText, theme.text),
        (role.BrightText, theme.warning),
        (role.ToolTipBase, theme.raised),
        (role.ToolTipText, theme.text),
        (role.PlaceholderText, theme.muted),
        (role.Highlight, theme.accent),
        (role.HighlightedText, theme.on_accent),
        (role.Accent, theme.accent),
        (role.Link, theme.accent),
        (role.LinkVisited, theme.accent),
        (role.Light, theme.base),
        (role.Midlight, theme.raised),
        (role.Mid, theme.border),
        (role.Dark, theme.border),
        (role.Shadow, theme.border),
    ):
        palette.setColor(target, QColor(colour))
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(theme.future))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(theme.border))
    return palette


def apply_theme(choice: str) -> None:
    """Dress the application: `choice` is "light", "dark", "contrast" or "system"."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):  # a caller without windows has nothing to dress
        return
    theme = wanted_theme(choice)
    app.setStyleSheet("")  # Qt changes one sheet for another five times as slowly as it puts on a first one
    app.setPalette(palette_of(theme))
    app.setStyleSheet(_sheet(theme))


def apply_text_size(percent: int) -> None:
    """Make all text so large, against the system's own size."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    font = app.font()
    usual = app.property("usual_pt")
    if usual is None:
        usual = font.pointSizeF()
        app.setProperty("usual_pt", usual)
    before, after = font.pointSizeF(), usual * percent / 100
    if abs(before - after) < 0.05:
        return
    own = [widget for widget in app.allWidgets() if widget.testAttribute(Qt.WidgetAttribute.WA_SetFont)]
    sizes = [widget.font().pointSizeF() * after / before for widget in own]
    for shared in _SHARED.values():
        shared.setPointSizeF(after)
    app.setStyleSheet("")
    app.setFont(_sized(font, after))
    app.setStyleSheet(_sheet(theme_of(app.palette())))
    for widget, size in zip(
        own, sizes, strict=True
    ):  # a font of its own does not follow, and a sheet undoes it
        widget.setFont(_sized(widget.font(), size))


def _sheet(theme: Theme) -> str:
    size = QGuiApplication.font().pointSizeF()
    sizes = {
        "title_pt": round(size * 2.6, 1),
        "step_pt": round(size * 1.6, 1),
        "big_pt": round(size * 1.3, 1),
        "drop_pt": round(size * 1.2, 1),
    }
    return TEMPLATE.safe_substitute(
        theme._asdict(), **sizes, check=_check(theme), down=_arrow(theme, "down"), up=_arrow(theme, "up")
    )


def _check(theme: Theme) -> str:
    """The picture of a tick that can be seen on the accent."""
    ink = "light" if QColor(theme.on_accent).lightness() > 128 else "dark"
    return resource("themes", f"check-{ink}.svg").as_posix()


def _arrow(theme: Theme, way: str) -> str:
    """The picture of an arrow: down, a box opens there; up and down, a number grows and shrinks."""
    ink = "light" if QColor(theme.base).lightness() < 128 else "dark"
    return resource("themes", f"{way}-{ink}.svg").as_posix()


def _sized(font: QFont, points: float) -> QFont:
    made = QFont(font)
    made.setPointSizeF(points)
    return made


_SHARED: dict[str, QFont] = {}  # fonts that models hand out: one object each, which follows the size of text


def number_font(like: QFont) -> QFont:
    """Return a font whose figures all have one width, as large as `like`."""
    usual = QGuiApplication.font().pointSizeF()
    if "numbers" not in _SHARED or like.pointSizeF() != usual:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setStyleHint(QFont.StyleHint.Monospace)
        if like.pointSizeF() > 0:
            font.setPointSizeF(like.pointSizeF())
        if like.pointSizeF() != usual:
            return font
        _SHARED["numbers"] = font
    return _SHARED["numbers"]


def bold_font() -> QFont:
    """Return the font of the window in bold; it follows the size of text."""
    if "bold" not in _SHARED:
        _SHARED["bold"] = QFont(QGuiApplication.font())
        _SHARED["bold"].setBold(True)
    return _SHARED["bold"]


def row_px() -> int:
    """Return how high a row of a table is."""
    return max(ROW_PX, QFontMetrics(QGuiApplication.font()).height() + 7)


def smaller(font: QFont) -> QFont:
    """Return the same font one point smaller, for what stands beside."""
    made = QFont(font)
    made.setPointSizeF(max(font.pointSizeF() - 1, 6))
    return made


def wrong_look(palette: QPalette) -> QTextCharFormat:
    """A wavy line in the colour of warnings."""
    look = QTextCharFormat()
    look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    look.setUnderlineColor(QColor(theme_of(palette).warning))
    return look


def show_wrong(line: QLineEdit, part: tuple[int, int] | None) -> None:
    """Colour the line, and draw a wavy line under the characters at fault; None: nothing is wrong."""
    line.setProperty("wrong", "false" if part is None else "true")
    line.style().polish(line)
    looks = []
    if part is not None:  # a line edit has no other way to give its text a look
        look = wrong_look(line.palette())
        look.setForeground(QColor(theme_of(line.palette()).warning))
        kind = QInputMethodEvent.AttributeType.TextFormat
        looks = [QInputMethodEvent.Attribute(kind, part[0] - line.cursorPosition(), part[1] - part[0], look)]
    QApplication.sendEvent(line, QInputMethodEvent("", looks))
