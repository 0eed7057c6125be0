"""How does a person open, close and find panels, give their arrangement a name, and come back to it?"""

from PySide6.QtCore import QByteArray, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QMainWindow, QMenu, QVBoxLayout, QWidget

from explorer.desktop import plain
from explorer.desktop.menus.action_table import PANELS
from explorer.desktop.menus.menu_bar import menu_of
from explorer.desktop.panels.dock_area import Panels
from explorer.desktop.settings import Settings
from explorer.language import tr
from explorer.session.files.remembered import (
    MOST_LAYOUTS,
    MOST_NAME_CHARS,
    clean_name,
    layouts_from_text,
    layouts_to_text,
)


class NameDialog(QDialog):
    """Asks for the name of a layout; one that is there already is replaced, and that is said."""

    def __init__(self, taken: list[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._taken = taken
        self.setWindowTitle(tr("Save layout"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.name = QLineEdit()
        self.name.setAccessibleName(tr("Name of the layout"))
        self.name.setPlaceholderText(tr("Name of the layout"))
        self.name.setMaxLength(MOST_NAME_CHARS)
        self.name.setMinimumWidth(280)
        self.said = plain.label("", role="muted", wrap=True)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        self.save = buttons.button(QDialogButtonBox.StandardButton.Save)
        self.save.setText(tr("Save"))
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(tr("Cancel"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        for widget in (self.name, self.said, buttons):
            box.addWidget(widget)
        self.name.textChanged.connect(self._look)
        self._look("")

    def _look(self, text: str) -> None:
        name = clean_name(text)
        self.save.setEnabled(bool(name))
        self.said.setText(tr("The layout of this name is replaced.") if name in self._taken else "")


class Layouts(QObject):
    """The layouts that have a name: save, choose, delete. Each is an action `layout:NAME`."""

    def __init__(self, window: QMainWindow, panels: Panels, settings: Settings) -> None:
        super().__init__(window)
        self._window, self._panels, self._settings = window, panels, settings
        self._actions: dict[str, QAction] = {}
        self._enabled = True

    def add_actions(self, actions: dict[str, QAction], menu: QMenu) -> None:
        """Put the layouts into `menu`, and into `actions`."""
        self._actions = actions
        self._menu = menu
        menu.addSeparator()
        self._below = menu.addSeparator()
        self._deleting = menu.addMenu(tr("&Delete layout"))
        self._deleting.setAccessibleName(tr("Delete layout"))
        self._refill()
        menu.aboutToShow.connect(self._refill)  # another window may have saved one

    def enable(self, enabled: bool) -> None:
        """Offer the layouts, or not: without a log there are no panels."""
        self._enabled = enabled
        for name, action in self._actions.items():
            if name.startswith("layout:"):
                action.setEnabled(enabled)

    def names(self) -> list[str]:
        """What the layouts are called, in the order in which they were made."""
        return list(layouts_from_text(self._settings.layouts_text))

    # --- what the actions call ------------------------------------------------------------------

    def ask_name(self) -> None:
        """Ask what the layout is to be called."""
        dialog = NameDialog(self.names(), self._window)
        dialog.accepted.connect(lambda: self.save(dialog.name.text()))
        dialog.open()

    def save(self, name: str) -> None:
        """Keep where the panels are, under this name."""
        kept = layouts_from_text(self._settings.layouts_text)
        kept[clean_name(name)] = bytes(self._panels.saved().data())
        while len(kept) > MOST_LAYOUTS:
            kept.pop(next(iter(kept)))
        self._settings.layouts_text = layouts_to_text(kept)
        self._refill()

    def choose(self, name: str) -> None:
        """Put the panels where they were when this name was given."""
        state = layouts_from_text(self._settings.layouts_text).get(name)
        if state is not None:
            self._panels.restore(QByteArray(state))

    def delete(self, name: str) -> None:
        """Forget this name; the panels stay where they are."""
        kept = layouts_from_text(self._settings.layouts_text)
        kept.pop(name, None)
        self._settings.layouts_text = layouts_to_text(kept)
        self._refill()

    def _refill(self) -> None:
        for name in [name for name in self._actions if name.startswith("layout:")]:
            action = self._actions.pop(name)
            self._menu.removeAction(action)
            action.deleteLater()
        self._deleting.clear()
        for name in self.names():
            shown = name.replace("&", "&&")
            action = QAction(shown, self._window)
            action.setIconText(tr("Layout: {name}").format(name=name))  # how the palette says it
            action.setObjectName(f"layout:{name}")
            plain.set_tip(action, tr("Put the panels where they were in the layout {name}").format(name=name))
            action.triggered.connect(lambda _checked=False, name=name: self.choose(name))
            action.setEnabled(self._enabled)
            self._menu.insertAction(self._below, action)
            self._actions[f"layout:{name}"] = action
            self._deleting.addAction(shown).triggered.connect(
                lambda _checked=False, name=name: self.delete(name)
            )
        self._deleting.menuAction().setEnabled(bool(self.names()))


def add_panel_actions(window: QMainWindow, panels: Panels, actions: dict[str, QAction]) -> None:
    """Add an action `panel:NAME` for each panel to View › Panels, and to `actions`."""
    menu = menu_of(window, PANELS)
    above = menu.parent()
    if isinstance(above, QMenu):
        above.insertSeparator(menu.menuAction())
    first = menu.actions()[0] if menu.actions() else None
    for name, dock in panels.docks.items():
        title = dock.windowTitle()
        action = QAction(title, window)
        action.setIconText(tr("Panel: {panel}").format(panel=title))  # how the palette says it
        action.setObjectName(f"panel:{name}")
        action.setCheckable(True)
        plain.set_tip(action, tr("Show the panel {panel}, or close it").format(panel=title))
        action.setStatusTip(tr("Show the panel {panel}, or close it").format(panel=title))
        action.triggered.connect(lambda _checked, name=name: panels.toggle(name))
        if first is None:
            menu.addAction(action)
        else:
            menu.insertAction(first, action)
        actions[f"panel:{name}"] = action

    def check() -> None:
        for name in panels.docks:
            actions[f"panel:{name}"].setChecked(panels.is_open(name))

    panels.changed.connect(check)
    check()
