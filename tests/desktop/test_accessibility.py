"""Is every part of every window named, reached by keyboard, readable and whole, in any language and size of text?"""

import importlib
import itertools
import pkgutil
import re

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenu,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

import explorer.desktop
from explorer.desktop import plain
from explorer.desktop.bookmarks.bookmarks_panel import BookmarkDialog
from explorer.desktop.events.events_controller import EventColumnsDialog
from explorer.desktop.files.connect_dialog import ConnectDialog
from explorer.desktop.files.exports import ExportDialog, PictureDialog
from explorer.desktop.files.fields_dialog import FieldsDialog
from explorer.desktop.files.files_dialog import FilesDialog
from explorer.desktop.find.checks_panel import CheckDialog
from explorer.desktop.help.dialogs import AboutDialog, KeysDialog
from explorer.desktop.look.style_sheet import TEMPLATE
from explorer.desktop.look.theme import THEMES, Theme, apply_text_size, apply_theme
from explorer.desktop.menus.action_table import ACTIONS
from explorer.desktop.panels.layouts import NameDialog
from explorer.desktop.projections.program_dialog import ProgramDialog
from explorer.desktop.projections.query_dialog import QueryDialog
from explorer.desktop.projections.read_models import TrustDialog
from explorer.desktop.state.columns_dialog import ColumnsDialog
from explorer.desktop.timeline.bars import type_colours
from explorer.desktop.what_if.what_if_panel import EventDialog
from explorer.desktop.window.looks import SettingsDialog
from explorer.desktop.window.main_window import MainWindow
from explorer.desktop.window.palette import Palette
from explorer.language import speak
from explorer.resources import resource
from explorer.session.find.checks import Check
from explorer.session.lessons.reading import lessons
from explorer.session.options import Recipe
from explorer.session.places.bookmarks import Bookmark

MOST_STEPS = 12  # of a lesson; what comes then is of the same kinds
PROGRAM = Recipe("mine.py", "python", "def evolve(state, event):\n    return state\n")
DIALOGS = {
    ColumnsDialog: lambda window: ColumnsDialog(
        window.page.state_model.view.arrangement,
        ["account", "balance"],
        ["account", "balance", "owner"],
        window,
    ),
    EventColumnsDialog: lambda window: EventColumnsDialog(
        window.page.document, window.page.event_columns.columns, window
    ),
    EventDialog: lambda window: EventDialog("Edit this event", '{"type": "A"}', str, window),
    ConnectDialog: lambda window: ConnectDialog(["postgresql://reader@host/shop"], window),
    FilesDialog: lambda window: FilesDialog(str(window.page.document.path), window),
    ExportDialog: lambda window: ExportDialog("State at 3 of 3", window.settings, window),
    PictureDialog: lambda window: PictureDialog([("window", "The whole window")], window.settings, window),
    AboutDialog: lambda window: AboutDialog(window.settings, window),
    BookmarkDialog: lambda window: BookmarkDialog(Bookmark(2), "Tue 6 Jan 2026", window),
    CheckDialog: lambda window: CheckDialog(Check("no debt", "balance >= 0"), str, window),
    FieldsDialog: lambda window: FieldsDialog(window.page.document, window),
    KeysDialog: KeysDialog,
    NameDialog: lambda window: NameDialog([], window),
    Palette: lambda window: Palette(window.actions_by_name, window),
    ProgramDialog: lambda window: ProgramDialog(Recipe("accounts"), window),
    QueryDialog: lambda window: QueryDialog(Recipe("accounts"), window),
    SettingsDialog: lambda window: SettingsDialog(window.settings, window),
    TrustDialog: lambda window: TrustDialog(PROGRAM, window),
}
BY_NAME = sorted(DIALOGS, key=lambda kind: kind.__name__)
ROLE = QAccessible.Role
LAYOUT_ONLY = {  # these hold others, and say nothing themselves
    ROLE.Client, ROLE.Pane, ROLE.Splitter, ROLE.Separator, ROLE.ScrollBar, ROLE.LayeredPane, ROLE.Border,
    ROLE.Grip, ROLE.Whitespace, ROLE.Grouping, ROLE.StatusBar, ROLE.ToolBar, ROLE.MenuBar, ROLE.Indicator,
    ROLE.Graphic, ROLE.Dialog, ROLE.Window, ROLE.ToolTip, ROLE.Document,
}  # fmt: skip
ROLES = (  # of a class, whatever it is derived from, in this order
    ("QLineEdit", {ROLE.EditableText}),
    ("QPlainTextEdit", {ROLE.EditableText}),
    ("QCheckBox", {ROLE.CheckBox}),
    ("QRadioButton", {ROLE.RadioButton}),
    ("QComboBox", {ROLE.ComboBox}),
    ("QSpinBox", {ROLE.SpinBox}),
    ("QAbstractButton", {ROLE.Button, ROLE.ButtonMenu, ROLE.ButtonDropDown, ROLE.CheckBox, ROLE.PushButton}),
    ("QTreeView", {ROLE.Tree}),
    ("QTableView", {ROLE.Table}),
    ("QListView", {ROLE.List}),
    ("QTabBar", {ROLE.PageTabList}),
    ("QAbstractSlider", {ROLE.Slider, ROLE.ScrollBar}),
    ("QProgressBar", {ROLE.ProgressBar}),
    ("QLabel", {ROLE.StaticText}),
)


@pytest.fixture(autouse=True)
def usual_looks():
    yield
    speak()
    QApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    apply_text_size(100)
    apply_theme("light")


@pytest.fixture
def bank(open_window) -> MainWindow:
    return open_window(resource("samples", "small-bank.jsonl"))


def shown(qtbot: QtBot, window: MainWindow, kind: type) -> QDialog:
    dialog = DIALOGS[kind](window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitExposed(dialog)
    QApplication.processEvents()
    return dialog


def parts(window: QWidget) -> list[QWidget]:
    """Every widget on screen in a window, but for what Qt makes inside a widget of its own."""
    return [
        widget
        for widget in (window, *window.findChildren(QWidget))
        if widget.isVisible()
        and widget.window() is window
        and not widget.objectName().startswith("qt_")
        and (
            widget is window or not widget.visibleRegion().isEmpty()
        )  # Qt moves tabs that lie behind out of sight
    ]


def named(widget: QWidget) -> str:
    """What a widget is called in the message of a failure."""
    parent = widget.parentWidget()
    text = getattr(widget, "text", str)
    text = text() if callable(text) else ""
    return f"{type(widget).__name__} {widget.objectName()!r} {text!r} in {type(parent).__name__}"


def unnamed(window: QWidget) -> list[str]:
    """Widgets that a screen reader could not name."""
    found = []
    for widget in parts(window):
        interface = QAccessible.queryAccessibleInterface(widget)
        assert interface is not None, named(widget)
        if interface.role() in LAYOUT_ONLY and widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        if isinstance(widget, QLabel) and not widget.text():
            continue  # an empty place for what may be said later
        if not interface.text(QAccessible.Text.Name) and not _inside(widget):
            found.append(f"{named(widget)}, {interface.role()}")
    return found


def _inside(widget: QWidget) -> bool:
    """Whether a widget is part of another that has the name: the edit of a box, the viewport of a table."""
    parent = widget.parentWidget()
    return (
        isinstance(parent, QComboBox)
        or (parent is not None and parent.focusProxy() is widget)
        or (isinstance(widget, QLineEdit) and type(parent).__name__ == "QSpinBox")
    )


def wrong_roles(window: QWidget) -> list[str]:
    """Widgets that a screen reader would take for something else."""
    found = []
    for widget in parts(window):
        role = QAccessible.queryAccessibleInterface(widget).role()
        names = [base.__name__ for base in type(widget).__mro__]
        for name, roles in ROLES:
            if name in names:
                if role not in roles:
                    found.append(f"{named(widget)} is {role}")
                break
    return found


def unreached(qtbot: QtBot, window: QWidget) -> list[str]:
    """What Tab should reach and does not; it also must come back to where it began."""
    wanted = {
        widget
        for widget in parts(window)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled() and not _inside(widget)
    }
    window.activateWindow()
    first = QApplication.focusWidget()
    if first is None or first.window() is not window:
        first = next(iter(wanted))
        first.setFocus()
    seen, here = [], first
    for _ in range(3 * len(wanted) + 10):
        seen.append(here)
        qtbot.keyClick(here, Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
        assert here is not None
        if here is first:
            break
    assert here is first, f"Tab is caught at {named(here)}"
    reached = set(seen) | {widget.focusProxy() for widget in wanted if widget.focusProxy() in seen}
    return [named(widget) for widget in wanted if widget not in reached and widget.focusProxy() not in seen]


def clipped(window: QWidget) -> list[str]:
    """Controls that do not have the room that their text needs, or stick out of the window."""
    found = []
    for widget in parts(window):
        if isinstance(widget, plain.Elided) or not isinstance(
            widget, QAbstractButton | QLabel | QComboBox | QTabBar
        ):
            continue
        if isinstance(widget, QTabBar) and widget.usesScrollButtons():
            continue  # what has no room is scrolled to
        if isinstance(widget.parentWidget(), QTabBar):
            continue  # by arrows, which have no text and the size that Qt gives them
        least = widget.minimumSizeHint()
        if isinstance(widget, QLabel) and widget.wordWrap():
            needed = widget.heightForWidth(widget.width())
            if widget.height() < needed:
                found.append(
                    f"{named(widget)} {widget.text()!r} has {widget.height()} of {needed} px of height"
                )
        elif widget.width() < least.width() or widget.height() < least.height():
            text = widget.text() if hasattr(widget, "text") else widget.accessibleName()
            found.append(f"{named(widget)} {text!r} has {widget.size()} of {least}")
        if not _scrolls(widget) and not window.rect().contains(widget.mapTo(window, QPoint(0, 0))):
            found.append(f"{named(widget)} sticks out")
    return found


def _scrolls(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None:
        if parent.metaObject().className() == "QScrollArea":
            return True
        parent = parent.parentWidget()
    return False


def dialogs_of_the_program() -> set[type[QDialog]]:
    """Every kind of dialog that is written anywhere in the package, found by importing all of it."""
    for module in pkgutil.walk_packages(explorer.desktop.__path__, "explorer.desktop."):
        importlib.import_module(module.name)
    found, unseen = set(), [QDialog]
    while unseen:
        kinds = unseen.pop().__subclasses__()
        unseen += kinds
        found |= {kind for kind in kinds if kind.__module__.startswith("explorer.")}
    return found


def test_every_dialog_of_the_program_is_looked_at_here():
    assert {kind.__name__ for kind in dialogs_of_the_program()} == {kind.__name__ for kind in DIALOGS}


NOT_ASKED = {  # these end the window, or make another one, and open no dialog
    "quit", "new_window", "close_log", "presenter.toggle", "toggle_full_screen", "play_or_pause",
}  # fmt: skip
MENUS = sorted({spec.menu.split("/")[0] for spec in ACTIONS})


@pytest.mark.parametrize("menu", MENUS)
def test_whatever_an_action_opens_has_names_and_roles(qtbot: QtBot, bank: MainWindow, menu: str):
    bank.page.state_table.choose("acc-1", "balance")
    bank.page.playhead.move_to(40)
    bank.page.playhead.flush()
    for spec in ACTIONS:
        action = bank.actions_by_name[spec.name]
        if spec.menu.split("/")[0] != menu or spec.name in NOT_ASKED or not action.isEnabled():
            continue
        action.trigger()
        QApplication.processEvents()
        for dialog in opened():
            assert dialog.windowTitle(), spec.name
            assert unnamed(dialog) == [], spec.name
            assert wrong_roles(dialog) == [], spec.name
            dialog.reject()
        QApplication.processEvents()
    qtbot.waitUntil(
        lambda: not [dialog for dialog in opened() if not dialog.close()]
    )  # answers that took a while
    if bank.parts.lessons.scene is not None:
        bank.parts.lessons.end()


def opened() -> list[QDialog]:
    return [
        widget
        for widget in QApplication.topLevelWidgets()
        if isinstance(widget, QDialog) and widget.isVisible()
    ]


@pytest.mark.parametrize("number", range(len(lessons())))
def test_every_part_of_a_lesson_and_of_a_lecture_has_a_name_and_its_role(
    qtbot: QtBot, open_window, number: int
):
    window = open_window(None)
    with qtbot.waitSignal(window.parts.lessons.step_shown):
        window.open_path(str(lessons()[number]))
    shown_steps = 0
    while True:
        QApplication.processEvents()
        assert unnamed(window) == [], shown_steps
        assert wrong_roles(window) == [], shown_steps
        shown_steps += 1
        if window.parts.lessons.is_last or shown_steps == MOST_STEPS:
            break
        window.parts.lessons.next_step()
    window.parts.presenter.toggle()
    QApplication.processEvents()
    assert unnamed(window) == []
    assert wrong_roles(window) == []
    window.parts.presenter.end()


def test_every_part_of_the_window_has_a_name_and_its_role(qtbot: QtBot, bank: MainWindow):
    assert unnamed(bank) == []
    assert wrong_roles(bank) == []
    for name in bank.page.panels.docks:
        bank.page.panels.bring_up(name)
        QApplication.processEvents()
        assert unnamed(bank) == [], name
        assert wrong_roles(bank) == [], name
    bank.close_log()
    assert unnamed(bank) == []


@pytest.mark.parametrize("kind", BY_NAME, ids=lambda kind: kind.__name__)
def test_every_part_of_a_dialog_has_a_name_and_its_role(qtbot: QtBot, lesson: MainWindow, kind: type):
    dialog = shown(qtbot, lesson, kind)
    assert dialog.windowTitle()
    assert unnamed(dialog) == []
    assert wrong_roles(dialog) == []


def test_tab_goes_round_the_window_and_reaches_all_of_it(qtbot: QtBot, bank: MainWindow):
    assert unreached(qtbot, bank) == []


@pytest.mark.parametrize("kind", BY_NAME, ids=lambda kind: kind.__name__)
def test_tab_goes_round_a_dialog_and_escape_leaves_it(qtbot: QtBot, lesson: MainWindow, kind: type):
    dialog = shown(qtbot, lesson, kind)
    assert unreached(qtbot, dialog) == []
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_every_action_is_in_a_menu_with_a_letter_of_its_own(lesson: MainWindow):
    assert letters_twice(lesson) == []
    reached = set()
    for menu in lesson.menuBar().findChildren(QMenu):
        reached |= set(menu.actions())
    assert [spec.name for spec in ACTIONS if lesson.actions_by_name[spec.name] not in reached] == []


def letters_twice(window: QMainWindow) -> list[str]:
    """Menus in which one letter leads to two actions."""
    found = []
    for menu in [window.menuBar(), *window.menuBar().findChildren(QMenu)]:
        letters = [
            match.group(1).casefold()
            for action in menu.actions()
            if (match := re.search(r"&([^&])", action.text())) is not None
        ]
        for letter in {letter for letter in letters if letters.count(letter) > 1}:
            texts = [action.text() for action in menu.actions() if f"&{letter}" in action.text().casefold()]
            found.append(f"{menu.objectName()}: {texts}")
    return found


def test_the_palette_has_every_action_that_can_be_done_with_its_keys(qtbot: QtBot, lesson: MainWindow):
    palette = shown(qtbot, lesson, Palette)
    listed = [palette.list.item(row).text() for row in range(palette.list.count())]
    for action in lesson.actions_by_name.values():
        if action.isEnabled():
            name = (action.iconText() or action.text()).replace("&", "").rstrip("…")
            assert any(text.startswith(name) for text in listed), name
    assert any("Ctrl+K or Ctrl+Shift+P" in text for text in listed)


def test_the_list_of_keys_has_every_key_of_every_action(qtbot: QtBot, lesson: MainWindow):
    dialog = shown(qtbot, lesson, KeysDialog)
    said = {label.text() for label in dialog.findChildren(QLabel)}
    for spec in ACTIONS:
        if spec.keys:
            assert " or ".join(spec.keys) in said, spec.name


# --- contrast -------------------------------------------------------------------------------------


def contrast(ink: str, ground: str) -> float:
    """The contrast of two colours, as WCAG 2 defines it."""
    lights = []
    for name in (ink, ground):
        colour = QColor(name)
        parts = [colour.redF(), colour.greenF(), colour.blueF()]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        lights.append(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
    bright, dark = max(lights), min(lights)
    return (bright + 0.05) / (dark + 0.05)


def pairs_of_sheet() -> set[tuple[str, str]]:
    """Ink and ground of every rule of the style sheet; what a rule leaves out it has from the window."""
    found = set()
    for selectors, body in re.findall(r"([^{}]+)\{([^}]*)\}", TEMPLATE.template.replace("${", "$(")):
        rules = dict(re.findall(r"([\w-]+)\s*:\s*([^;]+);?", body))
        for ink_key, ground_key in (
            ("color", "background"),
            ("selection-color", "selection-background-color"),
        ):
            ink = re.fullmatch(r"\$(\w+)", rules.get(ink_key, ""))
            ground = re.fullmatch(r"\$(\w+)", rules.get(ground_key, ""))
            if ink and ground:
                found.add((ink.group(1), ground.group(1)))
            elif ink:
                found |= {(ink.group(1), "window"), (ink.group(1), "base")}
            elif (
                ground
                and ":handle" not in selectors
                and "::chunk" not in selectors
                and "Scroll" not in selectors
            ):
                found.add(("text", ground.group(1)))
    return found - {("text", "accent"), ("text", "border"), ("on_accent", "window"), ("on_accent", "base")}


CELLS = {  # what the tables write on what
    *itertools.product(("text", "muted", "warning"), ("base", "now", "raised")),
    ("future", "base"), ("future", "now"), ("accent", "base"), ("accent", "now"),
    ("changed", "changed_soft"), ("added", "added_soft"), ("muted", "changed_soft"), ("muted", "added_soft"),
    ("changed", "now"), ("added", "now"), ("changed", "base"), ("added", "base"), ("on_accent", "accent"),
}  # fmt: skip


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_text_has_enough_contrast_with_its_ground(theme: Theme):
    least = 7.0 if "contrast" in theme.name else 4.5
    pairs = pairs_of_sheet() | CELLS
    assert len(pairs) > 25
    weak = {
        f"{ink} on {ground}": round(contrast(getattr(theme, ink), getattr(theme, ground)), 2)
        for ink, ground in pairs
        if contrast(getattr(theme, ink), getattr(theme, ground)) < least
    }
    assert weak == {}


DRAWN = {  # what is drawn and must be seen, and on what: lines, marks, rings
    *itertools.product(("accent", "changed", "added", "warning", "muted"), ("base", "raised", "window")),
    ("accent", "now"), ("played", "base"),
}  # fmt: skip


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_what_is_drawn_stands_out_from_its_ground(theme: Theme):
    grounds = {
        "base": theme.base,
        "window": theme.window,
    }  # of the bars, and of the squares beside their names
    weak = {
        f"{ink} on {ground}": round(contrast(getattr(theme, ink), getattr(theme, ground)), 2)
        for ink, ground in DRAWN
        if contrast(getattr(theme, ink), getattr(theme, ground)) < 3.0
    }
    weak |= {
        f"type {number} on {ground}": round(contrast(colour.name(), grounds[ground]), 2)
        for number, colour in enumerate(type_colours(theme, "abcdefgh"))
        for ground in grounds
        if contrast(colour.name(), grounds[ground]) < 3.0
    }
    assert weak == {}


# --- other languages, other sizes -----------------------------------------------------------------


def stretched(text: str) -> str:
    """A language in which everything is two fifths longer and has other letters."""
    return text + "·" + "ẅ" * max(2, len(text) * 2 // 5)


@pytest.mark.parametrize("direction", Qt.LayoutDirection, ids=lambda direction: direction.name)
def test_longer_words_from_either_side_are_not_cut(qtbot: QtBot, open_window, direction):
    if direction == Qt.LayoutDirection.LayoutDirectionAuto:
        pytest.skip("means one of the two others")
    speak(stretched)
    QApplication.setLayoutDirection(direction)
    window = open_window(resource("samples", "small-bank.jsonl"))
    QApplication.processEvents()
    assert clipped(window) == []
    for kind in BY_NAME:
        dialog = shown(qtbot, window, kind)
        assert clipped(dialog) == [], kind.__name__
        dialog.close()


def test_text_twice_as_large_is_not_cut(qtbot: QtBot, bank: MainWindow):
    apply_text_size(200)
    bank.resize(1900, 1000)
    QApplication.processEvents()
    QApplication.processEvents()
    assert clipped(bank) == []
    for kind in BY_NAME:
        dialog = shown(qtbot, bank, kind)
        assert clipped(dialog) == [], kind.__name__
        dialog.close()
