"""Where does a person read that their log begins with what happened last, and how do they read it from its end?"""

from PySide6.QtCore import QObject, Signal

from explorer.desktop.files.news_line import NewsLine
from explorer.desktop.page.window import Window
from explorer.desktop.tasks import LatestTask
from explorer.language import tr
from explorer.session.document import Document

AT_ONCE = 200_000  # events up to which looking takes less than a frame


class NewestFirstBar(NewsLine):
    """One sentence under the header, with the way to the other end."""

    def __init__(self) -> None:
        super().__init__(tr("Where the log begins"))
        self.reverse = self.button(tr("Read it from its end"), tr("The last event of the log comes first"))
        self.dismiss = self.button(tr("Go on so"), tr("Leave it as it is, and hide this line"))


class NewestFirst(QObject):
    """Shows the bar while a log that is newest first is read as it stands, until the person says that it may be."""

    changed = Signal()  # the bar has come or gone

    def __init__(self, window: Window) -> None:
        super().__init__(window.widget)
        self._window = window
        self._accepted: str | None = None  # the log of which it may
        self._looking = LatestTask(self)
        self.bar = NewestFirstBar()

    def wire(self) -> None:
        """Put it under the header, and look at what is shown."""
        page = self._window.page
        layout = page.layout()
        assert layout is not None
        layout.insertWidget(1, self.bar)  # type: ignore[attr-defined]
        self.bar.reverse.clicked.connect(lambda: page.header.order_chosen.emit("reversed"))
        self.bar.dismiss.clicked.connect(self._accept)
        page.document_shown.connect(self._look)

    def _look(self) -> None:
        self._looking.cancel()
        document = self._window.page.document
        if document is None or document.event_count <= AT_ONCE:
            self._show(document)
            return
        self._looking.start(lambda _report: document.events.newest_first, lambda _found: self._show(document))

    def _show(self, document: Document | None) -> None:
        upside_down = (
            document is not None
            and document.order == "log"
            and document.complete
            and document.path != self._accepted
            and document.events.newest_first
        )
        text = tr("This log is newest first: as it stands, each state is made of what came after it.")
        self.bar.say(text if upside_down else "")
        self.changed.emit()

    def _accept(self) -> None:
        document = self._window.page.document
        self._accepted = None if document is None else document.path
        self._show(document)
