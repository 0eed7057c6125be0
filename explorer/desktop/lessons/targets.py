"""Where in the window is what a lesson points at?"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QRect
from PySide6.QtWidgets import QTableView, QWidget

from explorer.desktop.lessons.spotlight import Where
from explorer.desktop.page.log_page import LogPage
from explorer.session.lessons.lesson import Highlight, PanelName
from explorer.session.plaintext import visible

DOCKS: dict[PanelName, str] = {
    "state": "state",
    "events": "events",
    "why": "why",
    "diff": "diff",
    "detail": "event",
}


def pointed_at(page: LogPage, exhibit: QWidget, rings: Sequence[tuple[Highlight, int]]) -> list[Where]:
    """Bring into sight what a step points at, each with the position of its event; where it is."""
    where = []
    for highlight, position in rings:
        scroll_to(page, highlight, position)
        where.append(target(page, exhibit, highlight, position))
    return where


def target(page: LogPage, exhibit: QWidget, highlight: Highlight, position: int) -> Where:
    """Where `highlight` is; `position` is that of its event."""
    match highlight.kind:
        case "panel":
            panel = _panel(page, exhibit, highlight.panel)
            return (lambda: (exhibit, exhibit.childrenRect())) if panel is exhibit else _whole(panel)
        case "event":
            return lambda: _event(page, position)
        case _:
            return lambda: value(page, highlight.entity, highlight.field)


def value(page: LogPage, entity: str, field: str) -> tuple[QWidget, QRect] | None:
    """One cell of the state; without a field its whole row."""
    view = page.state_model.view
    row = None if view is None else view.row_of(entity)
    if row is None or view is None:
        return None
    table = page.state_table
    if visible(field) in view.columns[1:]:
        return _cell(table, page.state_model.index(row, view.columns.index(visible(field)) + 1))
    return _row(table, page.state_model.index(row, 0))


def scroll_to(page: LogPage, highlight: Highlight, position: int) -> None:
    """Bring what is pointed at into sight."""
    view = page.state_model.view
    if highlight.kind == "event" and page.document is not None:
        row = page.events_model.row_of(page.document.row_of_position(position))
        if row is not None:
            left = page.events_table.horizontalScrollBar().value()
            page.events_table.scrollTo(page.events_model.index(row, 0))
            page.events_table.horizontalScrollBar().setValue(left)
    elif highlight.kind in {"value", "account"} and view is not None:
        at = view.row_of(highlight.entity)
        if at is not None:
            column = view.columns.index(visible(highlight.field)) + 1 if highlight.field else 0
            page.state_table.scrollTo(page.state_model.index(at, column))


def _panel(page: LogPage, exhibit: QWidget, name: PanelName) -> QWidget:
    panels: dict[PanelName, QWidget] = {
        "state": page.state_table,
        "events": page.events_table,
        "why": page.why,
        "diff": page.diff,
        "detail": page.event_panel,
        "timeline": page.timeline,
        "exhibit": exhibit,
    }
    return panels[name]


def _whole(widget: QWidget) -> Callable[[], tuple[QWidget, QRect]]:
    return lambda: (widget, widget.rect())


def _event(page: LogPage, position: int) -> tuple[QWidget, QRect] | None:
    if page.document is None or not 1 <= position <= page.document.event_count:
        return None
    row = page.events_model.row_of(page.document.row_of_position(position))
    return None if row is None else _row(page.events_table, page.events_model.index(row, 0))


def _cell(table: QTableView, index: QModelIndex) -> tuple[QWidget, QRect]:
    return table.viewport(), table.visualRect(index)


def _row(table: QTableView, index: QModelIndex) -> tuple[QWidget, QRect]:
    rect = table.visualRect(index)
    columns = table.horizontalHeader().length()
    return table.viewport(), QRect(0, rect.top(), min(columns, table.viewport().width()), rect.height())
