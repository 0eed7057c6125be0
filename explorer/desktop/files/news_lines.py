"""What is a person told about the open log, below the header and in the status bar, and what can they do there?"""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from explorer.desktop import plain
from explorer.desktop.page.window import Window
from explorer.desktop.saving import ask_where, open_logs
from explorer.desktop.tasks import Handlers, LatestTask, run_beside
from explorer.eventlog.written import write_file
from explorer.language import tr
from explorer.sentences import translated
from explorer.session.document import Document
from explorer.session.files.scratch import is_copy
from explorer.session.plaintext import visible
from explorer.session.status import left_out_details, left_out_text


class NewsLine(QFrame):
    """One sentence, in a line that is no higher than its text, and buttons behind it; its tip tells the rest."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("role", "news")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 0, 12, 0)  # a small window has little room
        self._row.setSpacing(8)
        self.text = plain.Elided(role="warning", name=name)
        self._row.addWidget(self.text, 1)
        self.hide()

    def button(self, text: str, tip: str) -> QPushButton:
        """Add a button behind all others."""
        button = QPushButton(text)
        button.setProperty("role", "line")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        plain.set_tip(button, tip)
        self._row.addWidget(button)
        return button

    def say(self, text: str, details: str = "") -> None:
        """Show a sentence; nothing: the line is not there. The tip has all of it, and the details."""
        self.text.show_text("! " + text if text else "")
        plain.set_tip(self, "\n\n".join(filter(None, (text, details))))
        self.setVisible(bool(text))


MOST_NOTICES = 1_000  # among which what is said of the whole log stands
AT_ONCE = 200_000  # events up to which looking takes less than a frame


class DatesBar(NewsLine):
    """One sentence under the header that asks what stands first in the dates of the log."""

    def __init__(self) -> None:
        super().__init__(tr("Dates of the log"))
        self.day = self.button(
            tr("The day is first"), tr("Read the log anew: 03/04/2026 is the third of April")
        )
        self.month = self.button(
            tr("The month is first"), tr("Read the log anew: 03/04/2026 is the fourth of March")
        )
        self.dismiss = self.button(tr("Go on so"), tr("Leave it as it is, and hide this line"))


class DoubtfulDates(QObject):
    """Asks as long as a log is shown of which no date tells whether the day or the month stands first."""

    changed = Signal()  # the bar has come or gone

    def __init__(self, window: Window) -> None:
        super().__init__(window.widget)
        self._window = window
        self._accepted: str | None = None  # the log of which nobody wants to say
        self.bar = DatesBar()

    def wire(self) -> None:
        """Put it under the header, and look at what is shown."""
        page = self._window.page
        page.put_under_header(self.bar)
        self.bar.day.clicked.connect(lambda: page.header.dates_chosen.emit("day"))
        self.bar.month.clicked.connect(lambda: page.header.dates_chosen.emit("month"))
        self.bar.dismiss.clicked.connect(self._accept)
        page.document_shown.connect(self._show)

    def _show(self) -> None:
        document = self._window.page.document
        asked = document is not None and document.complete and document.path != self._accepted
        told = document.events.notices[:MOST_NOTICES] if asked and document is not None else ()
        text = next((translated(each.text) for each in told if each.kind == "date-order"), "")
        self.bar.say(tr("Which is right? {reason}").format(reason=text) if text else "")
        self.changed.emit()

    def _accept(self) -> None:
        document = self._window.page.document
        self._accepted = None if document is None else document.path
        self._show()


class OtherOrderBar(NewsLine):
    """One sentence under the header, with the way to the order in which the log makes sense."""

    def __init__(self) -> None:
        super().__init__(tr("Where the log begins"))
        self.reverse = self.button(tr("Read it from its end"), tr("The last event of the log comes first"))
        self.sequence = self.button(
            tr("Read it by its numbers"), tr("The events come in the order of the log's own sequence numbers")
        )
        self.dismiss = self.button(tr("Go on so"), tr("Leave it as it is, and hide this line"))


class OtherOrder(QObject):
    """Shows the bar while a log is read as it stands that is newest first, or not in the order of its own numbers."""

    changed = Signal()  # the bar has come or gone

    def __init__(self, window: Window, dates: DoubtfulDates) -> None:
        super().__init__(window.widget)
        self._window = window
        self._dates = dates
        self._accepted: str | None = None  # the log of which it may
        self._looking = LatestTask(self)
        self.bar = OtherOrderBar()

    def wire(self) -> None:
        """Put it under the header, and look at what is shown."""
        page = self._window.page
        page.put_under_header(self.bar)
        self.bar.reverse.clicked.connect(lambda: page.header.order_chosen.emit("reversed"))
        self.bar.sequence.clicked.connect(lambda: page.header.order_chosen.emit("sequence"))
        self.bar.dismiss.clicked.connect(self._accept)
        page.document_shown.connect(self._look)
        self._dates.changed.connect(self._look)

    def _look(self) -> None:
        self._looking.cancel()
        document = self._window.page.document
        if document is None or document.event_count <= AT_ONCE:
            self._show(document)
            return
        self._looking.start(
            lambda _report: document.events.newest_first or document.events.out_of_sequence,
            Handlers(lambda _found: self._show(document)),
        )

    def _show(self, document: Document | None) -> None:
        asked = (
            document is not None
            and document.order == "log"
            and document.complete
            and document.path != self._accepted
            and self._dates.bar.isHidden()  # one thing at a time, and other dates may stand in another order
        )
        events = document.events if asked and document is not None else None
        upside_down = events is not None and events.newest_first
        shuffled = events is not None and events.out_of_sequence
        text = ""
        if upside_down:
            text = tr("This log is newest first: as it stands, each state is made of what came after it.")
        elif shuffled:
            text = tr("This log does not stand in the order of its own numbers, and its times go with them.")
        self.bar.reverse.setVisible(upside_down)
        self.bar.sequence.setVisible(shuffled)
        self.bar.say(text)
        self.changed.emit()

    def _accept(self) -> None:
        document = self._window.page.document
        self._accepted = None if document is None else document.path
        self._show(document)


class LeftOutBar(NewsLine):
    """One sentence under the header, with the ways to another reading of the log."""

    def __init__(self) -> None:
        super().__init__(tr("What is not shown"))
        self.fields = self.button(tr("Fields…"), tr("Say which field means what, and what the types do"))
        self.model = self.button(tr("Read model…"), tr("Choose how the state is derived from the events"))
        self.dismiss = self.button(tr("Go on so"), tr("Leave it as it is, and hide this line"))


class LeftOut(QObject):
    """Shows the bar while the read model leaves much out, until the person says that it may."""

    def __init__(self, window: Window, other_order: OtherOrder, dates: DoubtfulDates) -> None:
        super().__init__(window.widget)
        self._window = window
        self._other_order, self._dates = other_order, dates
        self._accepted: tuple[str | None, object] | None = None  # the log and the read model of which it may
        self.bar = LeftOutBar()

    def wire(self) -> None:
        """Put it under the header, and look at what is shown."""
        page = self._window.page
        page.put_under_header(self.bar)
        self.bar.fields.clicked.connect(page.header.fields.click)
        self.bar.model.clicked.connect(self._choose_model)
        self.bar.dismiss.clicked.connect(self._accept)
        page.document_shown.connect(self._show)
        self._other_order.changed.connect(self._show)
        self._dates.changed.connect(self._show)

    def _show(self) -> None:
        document = self._window.page.document
        others = self._other_order.bar, self._dates.bar  # one thing at a time: a small window has little room
        if (
            document is None
            or not document.complete
            or self._shown() == self._accepted
            or not all(other.isHidden() for other in others)
        ):
            self.bar.say("")
        else:
            self.bar.say(left_out_text(document), left_out_details(document))

    def _shown(self) -> tuple[str | None, object] | None:
        document = self._window.page.document
        return None if document is None else (document.path, document.read_model.recipe)

    def _accept(self) -> None:
        self._accepted = self._shown()
        self.bar.hide()

    def _choose_model(self) -> None:
        choice = self._window.page.header.projection
        choice.setFocus()
        choice.showPopup()


_BLOCK_BYTES = 1 << 20


class Copies(QObject):
    """Says so in the status bar as long as a copy is shown; a click there, or the menu, saves it elsewhere."""

    def __init__(self, window: Window) -> None:
        super().__init__(window.widget)
        self._window = window
        self.told = QPushButton(tr("This is a copy: save it…"))
        self.told.setProperty("role", "link")
        self.told.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        plain.set_tip(
            self.told,
            tr(
                "Samples, the logs of lessons and what is pasted are opened as copies. What is recorded goes into the"
                " copy, which is deleted when another log is opened or the program ends."
            ),
        )
        self.told.hide()

    def wire(self) -> None:
        """Put it into its place, and look at what is shown."""
        self._window.statusBar().addPermanentWidget(self.told)
        self.told.clicked.connect(self.save_as)
        self._window.page.document_shown.connect(self._show)

    def save_as(self) -> None:
        """Ask where the copy is kept."""
        document = self._window.page.document
        if document is None or not is_copy(document.path):
            self._window.status.show_text(
                tr("This log is no copy: what is recorded is in its own file already.")
            )
            return
        folder = Path(self._window.settings.last_folder or Path.home())
        ask_where(self._window.widget, tr("Save the copy"), str(folder / document.name), "", "", self.save_to)

    def save_to(self, path: str) -> None:
        """Write the copy, with all that was recorded into it, to `path`."""
        document = self._window.page.document
        if document is None or document.path is None:
            return
        source, target, protected = Path(document.path), Path(path), open_logs()
        run_beside(
            self,
            lambda _report: write_file(target, _blocks(source), protected, replace=True),
            Handlers(lambda _bytes: self._saved(target), self._refuse),
        )

    # --- private --------------------------------------------------------------------------------

    def _show(self) -> None:
        document = self._window.page.document
        self.told.setVisible(document is not None and is_copy(document.path))

    def _saved(self, target: Path) -> None:
        self._window.settings.last_folder = str(target.parent)
        text = tr("Saved {file}; open it to go on in it. What is seen here is still the copy.")
        self._window.status.show_text(text.format(file=visible(target.name, 80)))

    def _refuse(self, error: Exception) -> None:
        plain.refuse(self._window.widget, tr("The copy was not saved"), error)


def _blocks(source: Path) -> Iterator[bytes]:
    with source.open("rb") as file:
        while block := file.read(_BLOCK_BYTES):
            yield block
