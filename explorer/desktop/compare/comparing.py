"""How does a person compare two points: set them, swap them, step both, and see what differs?"""

from typing import Protocol

from PySide6.QtCore import QObject, Signal

from explorer.desktop.compare.diff_panel import DiffPanel
from explorer.desktop.panels.dock_area import Panels
from explorer.desktop.playhead import Playhead
from explorer.desktop.timeline.going_to import GoToController
from explorer.history.state import State
from explorer.session.document import Document
from explorer.session.places.markers import Markers
from explorer.session.state.differences import Differences


class Page(Protocol):
    """What of the page is needed here."""

    playhead: Playhead
    going: GoToController
    panels: Panels
    diff: DiffPanel
    markers: Markers
    document: Document | None


class ComparisonController(QObject):
    """The points A and B, and the panel of what differs between them. It asks the playhead."""

    changed = Signal()  # A or B is another position

    def __init__(self, page: Page, parent: QObject) -> None:
        super().__init__(parent)
        self._page = page
        self._of: tuple[str | None, str] | None = None
        self._state_of: tuple[Document, str, State] | None = None  # the state at A, kept while B moves

    def wire(self) -> None:
        """Connect the two lines in which the points are written."""
        diff = self._page.diff
        for edit, put in ((diff.a, self.put_a_at), (diff.b, self.put_b_at)):
            edit.ask_of(self._page.going.find, self._page.going.tell)
            edit.chosen.connect(put)
            edit.chosen.connect(lambda _position: self._page.diff.table.setFocus())
            edit.editingFinished.connect(self._refresh)

    def show_document(self, document: Document | None) -> None:
        """The points of another log, or of another order, mean nothing any more."""
        of = None if document is None else (document.path, document.order)
        if of is None or of != self._of:
            self._page.markers.clear()
            self.changed.emit()
        self._of, self._state_of = of, None
        self._page.diff.show_differences(None)

    def stand_at(self, position: int) -> None:
        """Show what differs while the person stands at `position`. Called while the panel is in front."""
        document, markers, diff = self._page.document, self._page.markers, self._page.diff
        if document is None:
            diff.show_differences(None)
            return
        last = document.event_count
        pair = markers.compared(position)
        pair = pair._replace(a=min(pair.a, last), b=min(pair.b, last))  # the log may have been cut since
        moments = document.moment_text(pair.a), document.moment_text(pair.b)
        diff.show_points(pair, moments, pinned=(markers.a is not None, markers.b is not None))
        before, after = self._state(document, pair.a), document.history.state(pair.b)
        diff.show_differences(Differences(before, after, document.noun))

    # --- what the actions call ----------------------------------------------------------------

    def show(self) -> None:
        """Bring up what differs."""
        self._page.panels.bring_up("diff")
        self._page.diff.table.setFocus()

    def pin_a(self) -> None:
        """A stays here, or follows again."""
        markers, here = self._page.markers, self._page.playhead.position
        self.put_a_at(here if markers.a is None else None)

    def put_b(self) -> None:
        """B stays here, or follows again."""
        markers, here = self._page.markers, self._page.playhead.position
        self.put_b_at(here if markers.b is None else None)

    def put_a_at(self, position: int | None) -> None:
        """Compare from `position`."""
        self._page.markers.set_a(position)
        self._set()

    def put_b_at(self, position: int | None) -> None:
        """Compare with `position`."""
        self._page.markers.set_b(position)
        self._set()

    def compare_with(self, position: int) -> None:
        """Compare from where the person stands, or from A if it is pinned, to `position`."""
        if self._page.markers.a is None:
            self._page.markers.set_a(self._page.playhead.position)
        self.put_b_at(position)

    def swap(self) -> None:
        """Read the difference the other way round."""
        self._page.markers.swap(self._page.playhead.position)
        self._set()

    def step_forward(self) -> None:
        """Both points one event on."""
        self._step(1)

    def step_back(self) -> None:
        """Both points one event back."""
        self._step(-1)

    def clear(self) -> None:
        """Compare nothing but what the last event changed."""
        self._page.markers.clear()
        self._set()

    def _step(self, step: int) -> None:
        playhead = self._page.playhead
        playhead.move_to(self._page.markers.step_both(playhead.position, step, playhead.last))
        self._set()

    def _set(self) -> None:
        self.changed.emit()
        self._page.panels.bring_up("diff")
        self._refresh()

    def _refresh(self) -> None:
        if self._page.panels.in_front("diff"):
            self.stand_at(self._page.playhead.position)

    def _state(self, document: Document, position: int) -> State:
        kept = self._state_of
        if (
            kept is None
            or kept[0] is not document
            or kept[1] != document.order
            or kept[2].position != position
        ):
            kept = self._state_of = (document, document.order, document.history.state(position))
        return kept[2]
