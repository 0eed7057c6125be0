"""How does a person go to a place that they write, and back to where they were?"""

from PySide6.QtCore import QObject

from explorer.desktop.panels.page import Page
from explorer.desktop.timeline.transport import Player, TransportBar
from explorer.desktop.timeline.widget import Timeline
from explorer.language import grouped
from explorer.sentences import in_words
from explorer.session.document import Document
from explorer.session.places.markers import Trail
from explorer.session.places.points import PointError, PointMeaning, readings


class GoToController(QObject):
    """Go to, back and forward. It asks the playhead; the trail remembers jumps, not single steps."""

    def __init__(self, page: Page, timeline: Timeline, player: Player, transport: TransportBar) -> None:
        super().__init__(page.widget)
        self._page = page
        self._timeline, self._player, self._transport = timeline, player, transport
        self.trail = Trail()
        self._ending = False
        self._of: tuple[str | None, str] | None = None  # the log and the order in which the places are

    def wire(self) -> None:
        """Connect the line in which one writes where to go."""
        page = self._page
        jump = self._transport.jump
        jump.ask_of(self.find, self.tell)
        jump.chosen.connect(self._arrive)
        page.playhead.moved.connect(self._follow)
        self._timeline.sliderReleased.connect(self._end_gesture)
        self._player.running_changed.connect(self._end_gesture)

    def show_document(self, document: Document | None, position: int) -> None:
        """The places of another log, or of another order, mean nothing any more."""
        of = None if document is None else (document.path, document.order)
        if of is None or of != self._of:
            self.trail = Trail(position)
        self._of = of

    def take_trail(self, other: "GoToController") -> None:
        """Go back and forward as in another window on the same log."""
        self.trail = other.trail

    def ask(self) -> None:
        """Write where to go."""
        self._transport.jump.setFocus()
        self._transport.jump.selectAll()

    def back(self) -> None:
        """To where one was before the last jump."""
        self._go(self.trail.back())

    def forward(self) -> None:
        """To where one came back from."""
        self._go(self.trail.forward())

    def to(self, text: str) -> None:
        """Go where `text` says, or say why not."""
        document = self._page.document
        if document is None:
            return
        try:
            self._page.playhead.move_to(document.jump(text, self._page.playhead.position))
        except PointError as error:
            self._transport.show_problem(in_words(error))

    def find(self, text: str) -> list[PointMeaning]:
        """Everything that `text` can mean here.

        Raises:
            PointError: It means nothing.
        """
        document = self._page.document
        return [] if document is None else readings(document.history, text, self._page.playhead.position)

    def tell(self, reading: PointMeaning) -> str:
        """`#348  Tue 27 Jan 2026 16:00:10 UTC   (end of Tue 27 Jan 2026)`."""
        document = self._page.document
        moment = "" if document is None else document.moment_text(reading.position)
        return f"#{grouped(reading.position)}   {moment}   ({reading.meaning})"

    def _arrive(self, position: int) -> None:
        self._transport.jump.clear()
        self._page.playhead.move_to(position)
        self._page.signals.events_asked.emit()

    def _go(self, position: int | None) -> None:
        if position is not None:
            self._page.playhead.move_to(position)

    def _follow(self, position: int) -> None:
        moving = self._timeline.isSliderDown() or self._player.running or self._ending
        self.trail.moved(position, gesture=moving)

    def _end_gesture(self) -> None:
        self._ending = True
        self._page.playhead.flush()  # where the drag has led belongs to the drag
        self._ending = False
        self.trail.end_gesture()
