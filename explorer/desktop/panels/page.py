"""What is a panel given of the page it stands on, and how does it get something from the other panels?

No panel knows another one. What is done in one of them is a signal for whoever wants to hear it, and so is what one
of them wants of another. The few things that one must be able to look up are the ports below.
"""

from collections.abc import Callable, Mapping
from typing import Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QTableView, QWidget

from explorer.desktop.panels.dock_area import Panels
from explorer.desktop.playhead import Playhead
from explorer.desktop.settings import Settings
from explorer.desktop.tables.hits import HitLine
from explorer.session.document import Document
from explorer.session.places.markers import Markers
from explorer.session.places.points import PointMeaning
from explorer.session.stand import Stand
from explorer.session.timeline.axis import Axis, View

# Of a row of a table of values: the entity and the field ("" for the entity itself), or None.
type ValueOfRow = Callable[[int], tuple[str, str] | None]


class Signals(QObject):
    """What has happened in a panel, and what a panel asks of whoever can do it."""

    # has happened
    value_chosen = Signal(str, str)  # entity, field ("" for the entity itself)
    value_menu_made = Signal(
        object, str, str
    )  # menu, entity, field: whoever knows more of the value adds to it
    event_menu_made = Signal(object, object)  # menu, entry row: whoever has something to offer adds to it
    points_changed = Signal()  # A or B is another position
    bookmarks_changed = Signal(object)  # all there are
    value_explained = Signal(object, object, str)  # document, entity, field; None: nothing any more
    violations_found = Signal(object)  # Violations
    warned_chosen = Signal(object)  # (k,) ascending positions that are warned of
    edits_changed = Signal(object)  # by position, what the branch in front does to an event
    # is asked for
    explanation_asked = Signal(str, str)  # entity, field: say why it is so
    value_asked = Signal(str, str)  # entity, field: choose it in the state
    narrowing_asked = Signal(str)  # a condition: show only what it lets through
    search_asked = Signal(str)  # a condition: when did it hold?
    check_asked = Signal(str)  # a condition: from now on, must it always hold?
    entry_asked = Signal(object)  # an entry row: go there
    state_column_asked = Signal(str)  # the name of a column: let the state have it
    plot_asked = Signal(str, str)  # entity, column: draw it over time
    watch_asked = Signal(str, str)  # entity, column: keep an eye on it, or no longer
    column_asked = Signal(object)  # the path of a member: let it be a column of the events, or no longer
    cause_asked = Signal()  # go to what caused this event
    kind_model_asked = Signal(str, str)  # a kind, and a word: let its entities have that read model
    point_asked = Signal(str, object)  # "A" or "B", and where to put it; None: nowhere
    comparison_asked = Signal(object)  # a position: what differs from here to there?
    bookmark_asked = Signal(object)  # a position
    flash_asked = Signal()  # let be seen what the last event changed
    events_asked = Signal()  # go into the list of events


class ChosenValue(Protocol):
    """Port: which value the person has chosen in the state."""

    @property
    def entity(self) -> str | None:
        """Of which entity."""

    @property
    def field(self) -> str:
        """Which of its values; empty: the entity itself."""


class TimelineInView(Protocol):
    """Port: which part of the log the timeline shows."""

    view_changed: SignalInstance
    axis: Axis

    @property
    def view(self) -> View:
        """What is in view."""

    def isSliderDown(self) -> bool:
        """Whether the person drags through time."""


class PlaceReader(Protocol):
    """Port: what a place in time that somebody writes can mean."""

    def find(self, text: str) -> list[PointMeaning]:
        """Everything that `text` can mean here; raises PointError."""

    def tell(self, reading: PointMeaning) -> str:
        """How one of them is shown."""


class Page(Protocol):
    """What all panels are given. One that needs less asks for that alone, by its name here."""

    playhead: Playhead
    panels: Panels
    markers: Markers
    settings: Settings
    signals: Signals
    status_changed: SignalInstance  # one line for the status bar
    actions_by_name: Mapping[str, QAction]
    value_tables: list[tuple[QTableView, ValueOfRow]]  # tables of values that have no menu of their own
    document: Document | None
    stand: Stand | None  # where the person stands, since the last frame; None without a log

    @property
    def widget(self) -> QWidget:
        """Whose child a panel's controller is, and whose dialog a dialog."""

    @property
    def state_table(self) -> ChosenValue:
        """Which value is chosen."""

    @property
    def timeline(self) -> TimelineInView:
        """Which part of the log is in view."""

    @property
    def filter(self) -> HitLine:
        """Which events are listed, as it is written."""

    @property
    def going(self) -> PlaceReader:
        """What a place in time can mean."""
