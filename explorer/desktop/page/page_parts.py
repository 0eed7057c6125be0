"""Which panels does an open log's page have?"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from explorer.desktop.commands import commanding
from explorer.desktop.find import checking, finding, warnings
from explorer.desktop.panels.part import Part
from explorer.desktop.projections import upcast_panel
from explorer.desktop.state import arranging, watching
from explorer.desktop.timeline import bookmarks_panel
from explorer.desktop.what_if import branching
from explorer.desktop.why import causing, explaining
from explorer.language import later

if TYPE_CHECKING:
    from explorer.desktop.page.log_page import LogPage
    from explorer.session.document import Document


def _why(page: "LogPage") -> Part:
    return Part(
        "why",
        later("Why"),
        page.why,
        show_document=lambda _document: page.why.show_value(None, None, ""),
        stand_at=page.why.stand_at,
    )


def _diff(page: "LogPage") -> Part:
    comparing = page.comparing
    return Part(
        "diff",
        later("Diff"),
        page.diff,
        wire=comparing.wire,
        show_document=comparing.show_document,
        stand_at=comparing.stand_at,
    )


def _events(page: "LogPage") -> Part:
    row = QWidget()
    beside = QHBoxLayout(row)
    beside.setContentsMargins(0, 0, 0, 0)
    beside.setSpacing(2)
    beside.addWidget(page.events_table)
    beside.addWidget(page.hits)

    def show_document(document: "Document | None") -> None:
        page.filtering.forget()
        page.events_model.show_document(document)
        page.event_columns.show_document(document)

    def wire() -> None:
        page.filtering.wire()
        page.event_columns.wire()
        page.event_panel.column_asked.connect(page.event_columns.toggle)

    def stand_at(position: int) -> None:
        if page.document is not None:
            at = page.document.row_of_position(position) if position else None
            page.events_table.show_current(
                at
            )  # first: what is scrolled away need not be told what has changed
            page.events_model.stand_at(position, at)
            page.hits.stand_at(at)
            page.filtering.stand_at(position)

    return Part(
        "events",
        later("Events"),
        _stacked(page.filter_bar, row),
        "events",
        wire=wire,
        show_document=show_document,
        stand_at=stand_at,
    )


def _event(page: "LogPage") -> Part:
    def show_document(document: "Document | None") -> None:
        if document is None:
            page.event_panel.show_entry(None, None)

    def stand_at(position: int) -> None:
        if page.document is not None:
            at = page.document.row_of_position(position) if position else None
            page.event_panel.show_entry(page.document, at)

    return Part(
        "event", later("Event"), page.event_panel, "event", show_document=show_document, stand_at=stand_at
    )


# The order is that of the tabs and of the menu. One line is one panel; see parts.py.
PARTS: tuple[Callable[["LogPage"], Part], ...] = (
    arranging.part,
    _why,
    explaining.part,
    _diff,
    finding.part,
    checking.part,
    warnings.part,
    watching.part,
    branching.part,
    commanding.part,
    bookmarks_panel.part,
    causing.part,
    _events,
    _event,
    upcast_panel.part,
)


def _stacked(*widgets: QWidget) -> QWidget:
    """Widgets one above the other, without a margin."""
    box = QWidget()
    layout = QVBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(4)
    for widget in widgets:
        layout.addWidget(widget)
    return box
