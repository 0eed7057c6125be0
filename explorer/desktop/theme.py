"""Which colours and fonts does the window wear, in light and in dark?

Accents come from the Okabe–Ito palette, darkened or lightened until text in them has a contrast of
4.5:1. Nothing is told by colour alone: added, changed and removed also carry + ~ −.
"""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from explorer.desktop.style_sheet import TEMPLATE


@dataclass(frozen=True)
class Theme:
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
    future="#707b8b",
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
    future="#7f8a99",
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


def theme_of(palette: QPalette) -> Theme:
    """Return the theme that `palette` was made from."""
    return DARK if palette.color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


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
    """Dress the application: `choice` is "light", "dark" or "system"."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):  # a caller without windows has nothing to dress
        return
    if choice == "system":
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        choice = "dark" if dark else "light"
    theme = DARK if choice == "dark" else LIGHT
    app.setStyleSheet("")  # Qt changes one sheet for another five times as slowly as it puts on a first one
    app.setPalette(palette_of(theme))
    app.setStyleSheet(TEMPLATE.safe_substitute(vars(theme)))


def number_font(like: QFont) -> QFont:
    """Return a font whose figures all have one width, as large as `like`."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setStyleHint(QFont.StyleHint.Monospace)
    if like.pointSizeF() > 0:
        font.setPointSizeF(like.pointSizeF())
    return font


def smaller(font: QFont) -> QFont:
    """Return the same font one point smaller, for what stands beside."""
    made = QFont(font)
    made.setPointSizeF(max(font.pointSizeF() - 1, 6))
    return made
