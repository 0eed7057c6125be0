"""How does a person compare two points: set them, swap them, step both, and see what differs?"""

from explorer.desktop.compare.diff_panel import DiffPanel
from explorer.desktop.panels.page import Page
from explorer.desktop.panels.panel import PanelController
from explorer.desktop.tasks import Handlers, LatestTask
from explorer.history.state import State
from explorer.language import tr
from explorer.session.document import Document
from explorer.session.stand import Stand
from explorer.session.state.differences import Differences

MOST_AT_ONCE = 50_000  # entities that are compared while the person waits: some ten milliseconds


class ComparisonController(PanelController):
    """The points A and B, and the panel of what differs between them. It asks the playhead."""

    panel: DiffPanel

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.panel = DiffPanel(page.actions_by_name)
        page.value_tables.append((self.panel.table, self._differing))
        self._comparing = LatestTask(self)
        self._of: tuple[str | None, str] | None = None
        self._state_of: tuple[Document, str, State] | None = None  # the state at A, kept while B moves

    def offers(self) -> dict[str, object]:
        return {"comparing": self, "diff": self.panel}

    def wire(self) -> None:
        """Connect the two lines in which the points are written, and what asks for them elsewhere."""
        signals, diff = self._page.signals, self.panel
        signals.point_asked.connect(lambda name, at: (self.put_a_at if name == "A" else self.put_b_at)(at))
        signals.comparison_asked.connect(self.compare_with)
        diff.value_chosen.connect(signals.explanation_asked)
        for edit, put in ((diff.a, self.put_a_at), (diff.b, self.put_b_at)):
            edit.ask_of(self._page.going.find, self._page.going.tell)
            edit.chosen.connect(put)
            edit.chosen.connect(lambda _position: self.panel.table.setFocus())
            edit.editingFinished.connect(self._refresh)

    def show_document(self, document: Document | None) -> None:
        """The points of another log, or of another order, mean nothing any more."""
        of = None if document is None else (document.path, document.order)
        if of is None or of != self._of:
            self._page.markers.clear()
            self._page.signals.points_changed.emit()
        self._comparing.cancel()
        self._of, self._state_of = of, None
        self.panel.show_differences(None)

    def stand_at(self, stand: Stand) -> None:
        """Show what differs while the person stands there."""
        document, markers, diff = stand.document, self._page.markers, self.panel
        last = document.event_count
        pair = markers.compared(stand.position)
        pair = pair._replace(a=min(pair.a, last), b=min(pair.b, last))  # the log may have been cut since
        moments = document.moment_text(pair.a), document.moment_text(pair.b)
        diff.show_points(pair, moments, pinned=(markers.a is not None, markers.b is not None))
        before, after = self._state(stand, pair.a), stand.state_at(pair.b)
        if after.entity_count <= MOST_AT_ONCE:
            self._comparing.cancel()
            diff.show_differences(Differences(before, after, document.noun))
            return
        diff.show_differences(None)
        diff.summary.show_text(tr("comparing…"))
        self._comparing.start(
            lambda _report: Differences(before, after, document.noun), Handlers(diff.show_differences)
        )

    # --- what the actions call ----------------------------------------------------------------

    def show(self) -> None:
        """Bring up what differs."""
        self._page.panels.bring_up("diff")
        self.panel.table.setFocus()

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
        self._page.signals.points_changed.emit()
        self._page.panels.bring_up("diff")
        self._refresh()

    def _refresh(self) -> None:
        if self._page.panels.in_front("diff"):
            self.stand_again()

    def _differing(self, row: int) -> tuple[str, str] | None:
        found = self.panel.model.differences
        field = found.field(row) if found is not None else None
        return None if found is None else (found.entity(row), "" if field is None else field.name)

    def _state(self, stand: Stand, position: int) -> State:
        kept, document = self._state_of, stand.document
        if (
            kept is None
            or kept[0] is not document
            or kept[1] != document.order
            or kept[2].position != position
        ):
            kept = self._state_of = (document, document.order, stand.state_at(position))
        return kept[2]
