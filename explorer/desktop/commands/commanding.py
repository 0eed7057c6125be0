"""How does a command that a person gives become an event at the end of the log, and how is that shown?"""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from explorer.desktop import plain
from explorer.desktop.commands.command_panel import CommandPanel
from explorer.desktop.models.state_model import StateModel
from explorer.desktop.page.panels import Panels
from explorer.desktop.page.parts import Part, part_of
from explorer.desktop.playhead import Playhead
from explorer.desktop.state.state_table import StateTable
from explorer.desktop.tasks import BackgroundTask
from explorer.domain.commands import Command, Rejection
from explorer.eventlog.errors import CannotWrite, Conflict, InDoubt, LogError
from explorer.eventlog.network import network_kind
from explorer.eventlog.writer import COUNTED_BYTES, Appended, Known, Writer
from explorer.language import later, tr
from explorer.session.changes.commanding import can_decide, command, decided, drafts, reason_text, told
from explorer.session.document import Document
from explorer.session.files.scratch import is_copy
from explorer.session.plaintext import visible
from explorer.session.reasons.spoken import spoken


class Page(Protocol):
    """What of the page is needed here."""

    commanding: "Commanding"
    playhead: Playhead
    state_model: StateModel
    state_table: StateTable
    panels: Panels
    document: Document | None


@dataclass(frozen=True)
class _Given:
    """A command that is on its way: as it was given, and where its (first) event is to stand."""

    asked: Command
    position: int
    events: int


@dataclass(frozen=True)
class _Written:
    """A command that became events: which, and where in the log the last of them stands, in any order of time."""

    log_position: int
    command: str


class Commanding(QObject):
    """Gives commands to the rules, and what they accept to the writer. Without "Record…" nothing can be written."""

    reread_asked = Signal(object)  # the log has grown: read on, and stand at this position (None: stay)

    def __init__(self, page: Page, widget: QWidget) -> None:
        super().__init__(widget)
        self._page = page
        self._widget = widget
        self.panel = CommandPanel()
        self._writer: Writer | None = None
        self._path: str | None = None
        self._pending: _Given | None = None
        self._again: Command | None = None  # in conflict, until the person has looked again
        self._retrying = False
        self._flash_at: int | None = None
        self._written: list[_Written] = []
        self._rejected: list[list[str]] = []

    def wire(self) -> None:
        """Connect the panel."""
        panel = self.panel
        panel.switch_asked.connect(self.record)
        panel.given.connect(self.give)
        panel.again_asked.connect(self._look_again)
        panel.event_asked.connect(self._go)
        self._page.state_table.value_chosen.connect(self._fill_in)

    @property
    def recording(self) -> bool:
        """Whether commands may append to the open log."""
        return self._writer is not None

    def show_document(self, document: Document | None) -> None:
        """Another log is open, or the same has been read again: then show what the last command did."""
        if document is None or document.path != self._path:
            self._stop()
            self._written, self._rejected, self._pending = [], [], None
            self._path = None if document is None else document.path
            self.panel.show_conflict("")
        self._show_lanes()
        if document is None:
            return
        self._offer(document)
        given = self._pending
        if given is not None and document.event_count >= given.position + given.events - 1:
            self._pending = None
            last = given.position + given.events - 1
            place = document.history.position_of(last)  # in order of time it need not be the last
            sentence = spoken(document, place)
            self._written.append(_Written(last, told(given.asked)))
            self._flash_at = place
            if place != last:
                QTimer.singleShot(0, self, lambda: self._page.playhead.move_to(place))
            self._show_lanes()
            self.panel.say(sentence)
        if self._retrying and self._again is not None and document.complete:
            asked, self._again, self._retrying = self._again, None, False
            self._decide(document, asked)

    def stand_at(self, position: int) -> None:
        """Let what the last command changed be seen."""
        if position == self._flash_at:
            self._flash_at = None
            self._page.state_model.flash.begin()

    # --- what the actions call ----------------------------------------------------------------

    def show(self) -> None:
        """Bring up the panel, where the next command is written."""
        self._page.panels.bring_up("commands")
        (self.panel.kind if self.recording else self.panel.switch).setFocus()

    def record(self) -> None:
        """Ask whether commands may append to the log; if they may, no longer let them."""
        document = self._page.document
        if self._writer is not None:
            self._stop()
            self._offer(document)
            return
        if document is None or document.path is None or not can_decide(document):
            return
        self._page.panels.bring_up("commands")
        text = tr(
            "Commands will append new events at the end of {name}. Nothing that stands in it is changed or"
            " deleted, and no event can be taken back: to correct one, another is appended."
        )
        text = text.format(name=visible(document.name, 80))
        if is_copy(document.path):
            text += "\n\n" + tr(
                "This is a copy. It is deleted when another log is opened or the program ends, unless you save it"
                " elsewhere (File, Save the copy as)."
            )
        kind = network_kind(Path(document.path))
        if kind is not None:
            warning = tr(
                "It lies on a network drive ({kind}): an append from another machine may come between."
            )
            text += "\n\n" + warning.format(kind=kind)
        asked = plain.box(self._widget, tr("Record"), text)
        yes = asked.addButton(tr("&Record"), QMessageBox.ButtonRole.AcceptRole)
        yes.clicked.connect(lambda: self._start(document))
        asked.open()

    def give(self) -> None:
        """Give the command that is written in the form."""
        document, panel = self._page.document, self.panel
        if document is None or self._writer is None or self._pending is not None:
            return
        asked = command(panel.form_now().name, panel.values())
        if isinstance(asked, Rejection):
            self._reject(tr(panel.form_now().title), asked)
            return
        panel.show_conflict("")
        self._decide(document, asked)

    # --- private ------------------------------------------------------------------------------

    def _offer(self, document: Document | None) -> None:
        """Show whether recording is on, could be, or cannot be and why."""
        can = document is not None and document.path is not None and can_decide(document)
        self.panel.show_recording(on=self.recording, can=can)
        if self.recording and document is not None:
            text = tr("Recording to {name}: what the rules accept is appended.")
            self.panel.say(text.format(name=visible(document.name, 60)))
        elif can:
            self.panel.say(tr("Commands append events; nothing is written before recording is switched on."))
        elif document is not None and document.path is None:
            self.panel.say(tr("Standard input cannot be written to."))
        elif document is not None and not document.complete:
            self.panel.say(tr("The log is still being read."))
        elif document is not None and document.upcasting is not None:
            self.panel.say(tr("No command can be given while upcasters read the log."))
        else:
            self.panel.say(tr("Commands need the accounts read model; choose it at the top."))

    def _start(self, document: Document) -> None:
        path, fields, known = document.path, document.fields, None
        if document.log.size_bytes > COUNTED_BYTES:  # else its events are soon counted anew
            known = Known(document.log.size_bytes, document.event_count)
        task = BackgroundTask(
            lambda _report: Writer.open(str(path), fields=fields, known=known), self, _close
        )
        task.succeeded.connect(self._started)
        task.failed.connect(self._failed)
        task.start()

    def _started(self, writer: Writer) -> None:
        document = self._page.document
        if document is None or document.path != writer.path:
            writer.close()
            return
        self._writer = writer
        self._offer(document)
        self.panel.fields["account"].setFocus()

    def _stop(self) -> None:
        if self._writer is not None:
            self._writer.close()
        self._writer, self._again, self._retrying = None, None, False

    def _decide(self, document: Document, asked: Command) -> None:
        decision = decided(document, asked)
        if isinstance(decision, Rejection):
            self._reject(told(asked), decision)
            return
        writer = self._writer
        if writer is None:
            return
        written, count = drafts(document, decision), document.event_count
        self._pending = _Given(asked, count + 1, len(written))
        task = BackgroundTask(lambda _report: writer.append(written, expected=count), self)
        task.succeeded.connect(self._appended)
        task.failed.connect(self._failed)
        task.start()

    def _appended(self, _saved: Appended) -> None:
        given = self._pending
        self.panel.clear()
        if given is not None:
            self.reread_asked.emit(given.position + given.events - 1)

    def _failed(self, error: Exception) -> None:
        given, self._pending = self._pending, None
        if isinstance(error, Conflict) and given is not None:
            self._again = given.asked
            text = tr(
                "Another program was faster: the log has {actual:,} events, not {expected:,}. Nothing was written."
            )
            self.panel.show_conflict(text.format(actual=error.actual, expected=error.expected))
            self._rejected.append(["≠", told(given.asked), tr("the log had grown meanwhile")])
            self._show_lanes()
            return
        if isinstance(error, InDoubt):
            self._stop()
            self._offer(self._page.document)
        if not isinstance(error, (CannotWrite, InDoubt, LogError)):
            raise error
        self.panel.say(visible(str(error), 300), wrong=True)

    def _reject(self, what: str, refused: Rejection) -> None:
        """Show in its lane what is not done; nothing is written."""
        self._rejected.append(["✕", what, reason_text(refused)])
        self._show_lanes()
        self.panel.say(
            tr("Rejected: {reason}. Nothing was written.").format(reason=reason_text(refused)),
            wrong=True,
        )

    def _look_again(self) -> None:
        self._retrying = self._again is not None
        self.panel.show_conflict("")
        self.reread_asked.emit(None)

    def _fill_in(self, entity: str, _field: str) -> None:
        """An account that is chosen in the state is the one that a command is about."""
        self.panel.fields["account"].setText(entity)

    def _go(self, row: int) -> None:
        place = self._place(self._written[row]) if 0 <= row < len(self._written) else None
        if place is not None:
            self._page.playhead.move_to(place)

    def _place(self, written: _Written) -> int | None:
        """Where the event stands in the order of time that is shown; None if the log has lost it."""
        document = self._page.document
        if document is None or written.log_position > document.event_count:
            return None
        return document.history.position_of(written.log_position)

    def _show_lanes(self) -> None:
        """Both lanes, as the log is read now: another order has other positions, another read model other values."""
        rows = []
        for each in self._written:
            place, document = self._place(each), self._page.document
            sentence = "" if place is None or document is None else spoken(document, place)
            number = "" if place is None else f"{place:,}"
            rows.append([number, each.command, sentence.partition(": ")[2] or sentence])
        self.panel.show_lanes(rows, self._rejected)


def _close(writer: object) -> None:
    """Nobody waits for it any more."""
    if isinstance(writer, Writer):
        writer.close()


def part(page: Page) -> Part:
    """The panel of commands; closed until it is wanted."""
    commanding = page.commanding
    return part_of(commanding, "commands", later("Commands"), commanding.panel, is_open=False)
