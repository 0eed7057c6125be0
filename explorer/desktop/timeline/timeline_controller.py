"""How does a person look closer at the timeline, select a stretch of it, and play that over and over?"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu

from explorer.desktop.panels.page import Page
from explorer.desktop.tasks import Handlers, LatestTask
from explorer.desktop.timeline.transport import Player
from explorer.desktop.timeline.widget import Timeline
from explorer.language import tr
from explorer.session.document import Document
from explorer.session.timeline.axis import PAN_STEP, ZOOM_STEP, By
from explorer.session.timeline.density_bars import AT_ONCE
from explorer.session.timeline.preview import PositionRange, filter_of, stretch_of, with_type

KEY_ZOOM = ZOOM_STEP * ZOOM_STEP  # a key is pressed less often than a wheel turns


class TimelineController(QObject):
    """What is in view on the timeline, what is selected, and how it is played."""

    loop_changed = Signal(bool)
    backwards_changed = Signal(bool)
    selection_changed = Signal(object)  # two positions, or None

    def __init__(self, page: Page, timeline: Timeline, player: Player) -> None:
        super().__init__(page.widget)
        self._page = page
        self._timeline, self._player = timeline, player
        self._settings = page.settings
        self._looking_up = LatestTask(self)
        self._looping = False
        self._selected_in: tuple[str, str] | None = None
        self._of: tuple[Document, str] | None = None
        self.selection: PositionRange | None = None

    def wire(self) -> None:
        """Connect the timeline."""
        signals, timeline = self._page.signals, self._timeline
        signals.value_chosen.connect(lambda entity, _field: self._show_own(entity))
        signals.points_changed.connect(self._show_points)
        signals.bookmarks_changed.connect(timeline.show_bookmarks)
        signals.warned_chosen.connect(timeline.show_warned)
        signals.violations_found.connect(lambda found: timeline.show_violations(found.positions))
        timeline.asked.connect(self._page.playhead.move_to)
        timeline.selection_asked.connect(self.select)
        timeline.menu_asked.connect(self._offer)
        timeline.type_asked.connect(self.list_type)

    def show_document(self, document: Document | None, by: By) -> None:
        """Measure the timeline by `document`."""
        of = None if document is None else (document, document.order)
        another, self._of = of != self._of, of
        self._timeline.show_document(document, by, short_gaps=self._settings.short_gaps)
        if another:
            self._keep_selection(document)
            self._show_own(self._page.state_table.entity)
            self._show_points()

    # --- what the actions call: the view --------------------------------------------------------

    def zoom_in(self) -> None:
        """Show less, and that larger."""
        self._timeline.zoom(KEY_ZOOM)

    def zoom_out(self) -> None:
        """Show more."""
        self._timeline.zoom(1 / KEY_ZOOM)

    def pan_left(self) -> None:
        """Show what is earlier."""
        self._pan(-PAN_STEP)

    def pan_right(self) -> None:
        """Show what is later."""
        self._pan(PAN_STEP)

    def fit(self) -> None:
        """Show the whole log."""
        self._timeline.show_view(self._timeline.view.whole_again())

    def short_gaps(self, on: bool) -> None:
        """Draw long gaps short, or as long as they are."""
        self._settings.short_gaps = on
        timeline = self._timeline
        timeline.show_document(self._page.document, timeline.wanted_by, short_gaps=on)

    # --- … the selection ------------------------------------------------------------------------

    def select(self, stretch: PositionRange | None) -> None:
        """Select what lies between two positions, or nothing."""
        self.selection = stretch
        self._timeline.show_selection(stretch)
        self._play_loop()
        self.selection_changed.emit(stretch)

    def select_nothing(self) -> None:
        """Select nothing."""
        self.select(None)

    def begin_here(self) -> None:
        """The selection begins where one stands."""
        self._select_from(self._page.playhead.position, keep_stop=True)

    def end_here(self) -> None:
        """The selection ends where one stands."""
        self._select_from(self._page.playhead.position, keep_stop=False)

    def select_between_points(self) -> None:
        """Select what lies between A and B."""
        markers, here = self._page.markers, self._page.playhead.position
        a, b = (here if point is None else point for point in (markers.a, markers.b))
        self.select(stretch_of(a, b, self._page.playhead.last))

    def zoom_to_selection(self) -> None:
        """Show what is selected, as large as it will go."""
        timeline = self._timeline
        if self.selection is not None:
            low, high = (timeline.axis.place(position) for position in self.selection)
            timeline.show_view(timeline.view.around(low, high))

    def list_selection(self) -> None:
        """List the selected events alone: the filter says so, and can be changed."""
        if self.selection is not None:
            self._page.filter.setText(filter_of(self._page.filter.text(), self.selection))

    def list_type(self, name: str) -> None:
        """List the events of one type alone, or all again: the filter says so."""
        self._page.filter.setText(with_type(self._page.filter.text(), name))

    # --- … playing ------------------------------------------------------------------------------

    def loop(self, on: bool) -> None:
        """Play what is selected (or the whole log) over and over, or once."""
        self._settings.loop = self._looping = on
        self._play_loop()

    def backwards(self, on: bool) -> None:
        """Play towards the start, or towards the end."""
        self._settings.backwards = on
        self._player.set_backwards(on)
        self.backwards_changed.emit(on)

    def play_as_remembered(self) -> None:
        """Loop, and play backwards, as the person did last."""
        self.loop(self._settings.loop)
        self.backwards(self._settings.backwards)

    # --- private ------------------------------------------------------------------------------

    def _play_loop(self) -> None:
        count = 0 if self._page.document is None else self._page.document.event_count
        loop = (self.selection or stretch_of(0, count, count)) if self._looping else None
        self._player.set_loop(loop)
        self.loop_changed.emit(self._looping)

    def _keep_selection(self, document: Document | None) -> None:
        """Keep what is selected if the same log comes back, perhaps with more events; else select nothing."""
        of = None if document is None or document.path is None else (document.path, document.order)
        kept = self.selection if of is not None and of == self._selected_in else None
        self._selected_in = of
        if kept is not None and document is not None:
            kept = stretch_of(*kept, document.event_count)
        self.select(kept)

    def _offer(self, position: int, at: QPoint) -> None:
        """What can be done with the place under the pointer."""
        page, menu = self._page, QMenu(self._timeline)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(tr("Timeline"))

        def add(text: str, call: Callable[[], None]) -> None:
            menu.addAction(text.format(position=position)).triggered.connect(lambda _checked=False: call())

        add(tr("&Go to {position:,}"), lambda: page.playhead.move_to(position))
        add(tr("&Bookmark at {position:,}…"), lambda: page.signals.bookmark_asked.emit(position))
        add(tr("Pin &A at {position:,}"), lambda: page.signals.point_asked.emit("A", position))
        add(tr("Put &B at {position:,}"), lambda: page.signals.point_asked.emit("B", position))
        menu.addSeparator()
        if self.selection is not None:
            add(tr("&Zoom to the selection"), self.zoom_to_selection)
            add(tr("&List the selection only"), self.list_selection)
            add(tr("Select &nothing"), self.select_nothing)
        add(tr("&Fit the whole log"), self.fit)
        menu.popup(at)

    def _pan(self, step: float) -> None:
        self._timeline.show_view(self._timeline.view.panned(step))

    def _select_from(self, here: int, *, keep_stop: bool) -> None:
        last = self._page.playhead.last
        start, stop = self.selection or (0, last)
        if keep_stop:
            self.select(stretch_of(here, stop if stop > here else last, last))
        else:
            self.select(stretch_of(start if start < here else 0, here, last))

    def _show_points(self) -> None:
        self._timeline.show_points(self._page.markers.a, self._page.markers.b)

    def _show_own(self, entity: str | None) -> None:
        """Show the chosen account's events; looking them up in a large log takes longer than a frame."""
        document, timeline = self._page.document, self._timeline
        self._looking_up.cancel()
        if document is None or entity is None:
            timeline.show_own([])
            return
        history = document.history
        if len(history) <= AT_ONCE:
            timeline.show_own(history.positions_of(entity), entity)
            return
        self._looking_up.start(
            lambda _report: history.positions_of(entity),
            Handlers(lambda found: timeline.show_own(found, entity)),
        )
