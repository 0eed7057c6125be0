"""How does a person open, close and find panels from the menu and the palette?"""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu

from explorer.desktop import plain
from explorer.desktop.menus.action_table import PANELS
from explorer.desktop.menus.menu_bar import menu_of
from explorer.desktop.panels.dock_area import Panels
from explorer.language import tr


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
