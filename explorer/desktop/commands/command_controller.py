"""How does a command that a person gives become an event at the end of the log, and how is that shown?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from explorer.desktop import plain
from explorer.desktop.commands.command_panel import CommandPanel, Lanes
from explorer.desktop.panels.page import Page
from explorer.desktop.panels.panel import PanelController
from explorer.desktop.tasks import Handlers, LatestTask, run_beside
from explorer.domain.rules import Command, Rejection
from explorer.eventlog.errors import CannotWrite, Conflict, InDoubt, LogError
from explorer.eventlog.log_style import Draft
from explorer.eventlog.stamp import network_kind
from explorer.eventlog.writer import COUNTED_BYTES, Appended, Known, Writer
from explorer.language import tr
from explorer.projection.program_rules import Decided
from explorer.sentences import in_words
from explorer.session.changes.commanding import (
    asked_text,
    can_decide,
    command,
    decided,
    drafts,
    reason_text,
    why_not,
)
from explorer.session.changes.own_rules import (
    OwnCommand,
    OwnRules,
    command_types,
    has_own_rules,
    own_command,
    own_drafts,
    own_hint,
)
from explorer.session.document import Document
from explorer.session.files.scratch import is_copy
from explorer.session.plaintext import visible
from explorer.session.reasons.spoken import spoken
from explorer.session.stand import Stand


@dataclass(frozen=True)
class _Given:
    """A command that is on its way: as it was given, and where its (first) event is to stand."""

    asked: Command | OwnCommand
    reason: str
    position: int
    events: int


class CommandController(PanelController):
    """Gives commands to the rules, and what they accept to the writer. Without "Record…" nothing can be written."""

    panel: CommandPanel

    accounts_asked = Signal()  # read the log by the rules of accounts
    reread_asked = Signal(object)  # the log has grown: read on, and stand at this position (None: stay)

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.panel = CommandPanel()
        self._writer: Writer | None = None
        self._path: str | None = None
        self._pending: _Given | None = None
        self._again: tuple[Command | OwnCommand, str] | None = (
            None  # in conflict, until the person has looked again
        )
        self._retrying = False
        self._start_once = False  # record as soon as the log is read by the rules of accounts
        self._flash_at: int | None = None
        self._lanes = Lanes(page, self.panel)
        self._rules: OwnRules | None = None  # a person's own, of the log that is shown
        self._deciding = LatestTask(self)

    def offers(self) -> dict[str, object]:
        return {"commanding": self}

    def wire(self) -> None:
        panel = self.panel
        panel.switch_asked.connect(self.record)
        panel.given.connect(self.give)
        panel.again_asked.connect(self._look_again)
        panel.event_asked.connect(self._go)
        self._page.signals.value_chosen.connect(self._fill_in)

    @property
    def recording(self) -> bool:
        """Whether commands may append to the open log."""
        return self._writer is not None

    def show_document(self, document: Document | None) -> None:
        """Another log is open, or the same has been read again: then show what the last command did."""
        self._close_rules()
        if document is None or document.path != self._path:
            self._stop()
            self._lanes.clear()
            self._pending, self._start_once = None, False
            self._path = None if document is None else document.path
            self.panel.show_conflict("")
        self._lanes.show()
        if document is None:
            return
        own = has_own_rules(document)
        if own:
            self._rules = OwnRules(document)
        self.panel.show_commands(command_types(document) if own else None, tr(document.noun).capitalize())
        ended = document.complete and self.recording and not self._can_decide(document)
        if ended:
            self._stop()
        self._offer(document)
        if ended:
            self._say(
                tr("Recording has ended: this read model has no rules by which commands could be decided.")
            )
        if document.complete and self._start_once:
            self._start_once = False
            if self._can_decide(document):
                self._start(document)
        given = self._pending
        if given is not None and document.event_count >= given.position + given.events - 1:
            self._pending = None
            last = given.position + given.events - 1
            place = document.history.position_of(last)  # in order of time it need not be the last
            sentence = spoken(document, place)
            self._lanes.write(last, _text(given.asked))
            self._flash_at = place
            if place != last:
                QTimer.singleShot(0, self, lambda: self._page.playhead.move_to(place))
            self.panel.say(sentence)
        if self._retrying and self._again is not None and document.complete:
            again, self._again, self._retrying = self._again, None, False
            self._decide(document, *again)

    def stand_at(self, stand: Stand) -> None:
        """Let what the last command changed be seen."""
        if stand.position == self._flash_at:
            self._flash_at = None
            self._page.signals.flash_asked.emit()

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
        if document is None:
            return
        self._page.panels.bring_up("commands")
        hindrance = why_not(document)
        if hindrance:
            self._say(hindrance)
            return
        ask(self._page.widget, document, lambda: self._agreed(document))

    def give(self) -> None:
        """Give the command that is written in the form."""
        document, panel = self._page.document, self.panel
        if document is None or self._writer is None:
            return
        if self._pending is not None:
            self._say(tr("The last command is still being written."))
            return
        reason = panel.fields["reason"].text().strip()
        asked: Command | OwnCommand | Rejection
        if panel.own is not None:
            title = panel.kind.currentText()
            asked = own_command(title, panel.fields["account"].text(), panel.fields["data"].text(), reason)
        else:
            title = tr(panel.form_now().title)
            asked = command(panel.form_now().name, panel.values())
        if isinstance(asked, Rejection):
            self._reject(title, asked)
            return
        panel.show_conflict("")
        self._decide(document, asked, reason)

    # --- private ------------------------------------------------------------------------------

    def _offer(self, document: Document | None) -> None:
        """Show whether recording is on, could be, or cannot be and why."""
        hindrance = "" if document is None else why_not(document)
        self.panel.show_recording(on=self.recording, can=document is not None and not hindrance)
        if self.recording and document is not None:
            text = tr("Recording to {name}: what the rules accept is appended.")
            self.panel.say(text.format(name=visible(document.name, 60)))
        elif hindrance:
            self.panel.say(hindrance)
        elif self._rules is not None and document is not None:
            self.panel.say(own_hint(document))
        elif document is not None and not can_decide(document):
            self.panel.say(tr("Commands need the accounts read model; Record… offers it."))
        else:
            self.panel.say(tr("Commands append events; nothing is written before recording is switched on."))

    def _say(self, text: str) -> None:
        """Say it in the panel, and in the status line, which is seen in any case."""
        self.panel.say(text, wrong=True)
        self._page.status_changed.emit(text)

    def _agreed(self, document: Document) -> None:
        """The person wants to record: at once, or as soon as the log is read by the rules of accounts."""
        if document is not self._page.document:
            self._say(tr("The log has been read again in the meantime; ask again."))
        elif self._can_decide(document):
            self._start(document)
        else:
            self._start_once = True
            self.accounts_asked.emit()

    def _start(self, document: Document) -> None:
        opened = open_writer(document)
        run_beside(self, lambda _report: opened(), Handlers(self._started, self._failed, drop=Writer.close))

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

    def _can_decide(self, document: Document) -> bool:
        return can_decide(document) or has_own_rules(document)

    def _close_rules(self) -> None:
        rules, self._rules = self._rules, None
        self._deciding.cancel()
        if rules is not None:
            rules.close()

    def _decide(self, document: Document, asked: Command | OwnCommand, reason: str) -> None:
        if isinstance(asked, OwnCommand):
            self._ask_own(document, asked)
            return
        decision = decided(document, asked)
        if isinstance(decision, Rejection):
            self._reject(asked_text(asked), decision)
            return
        self._append(document, asked, reason, drafts(document, decision, reason))

    def _ask_own(self, document: Document, asked: OwnCommand) -> None:
        """Let a person's own rules decide, in their own process; the log may not grow meanwhile."""
        rules = self._rules
        if rules is None or self._deciding.at_work:
            self._say(tr("The last command is still being decided."))
            return

        def take(found: Decided | Rejection) -> None:
            if isinstance(found, Rejection):
                self._reject(asked.text, found)
            elif document is self._page.document:
                self._append(document, asked, asked.reason, own_drafts(asked, found))

        self._deciding.start(lambda _report: rules.decide(asked), Handlers(take, self._failed))

    def _append(
        self, document: Document, asked: Command | OwnCommand, reason: str, written: Sequence[Draft]
    ) -> None:
        writer = self._writer
        if writer is None:
            return
        count = document.event_count
        self._pending = _Given(asked, reason, count + 1, len(written))
        run_beside(
            self,
            lambda _report: writer.append(written, expected=count),
            Handlers(self._appended, self._failed),
        )

    def _appended(self, _saved: Appended) -> None:
        given = self._pending
        self.panel.clear()
        if given is not None:
            self.reread_asked.emit(given.position + given.events - 1)

    def _failed(self, error: Exception) -> None:
        given, self._pending = self._pending, None
        if isinstance(error, Conflict) and given is not None:
            self._again = given.asked, given.reason
            text = tr(
                "Another program was faster: the log has {actual:,} events, not {expected:,}. Nothing was written."
            )
            self.panel.show_conflict(text.format(actual=error.actual, expected=error.expected))
            self._lanes.reject("≠", _text(given.asked), tr("the log had grown meanwhile"))
            return
        if isinstance(error, InDoubt):
            self._stop()
            self._offer(self._page.document)
        if not isinstance(error, (CannotWrite, InDoubt, LogError)):
            raise error
        self.panel.say(visible(in_words(error), 300), wrong=True)

    def _reject(self, what: str, refused: Rejection) -> None:
        """Show in its lane what is not done; nothing is written."""
        self._lanes.reject("✕", what, reason_text(refused))
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
        place = self._lanes.place(row)
        if place is not None:
            self._page.playhead.move_to(place)


def _text(asked: Command | OwnCommand) -> str:
    return asked.text if isinstance(asked, OwnCommand) else asked_text(asked)


def ask(widget: QWidget, document: Document, accept: Callable[[], None]) -> None:
    """Say what will happen to the log, and how it is going to be read; call `accept` if the person wants that."""
    name, told = visible(document.name, 80), []
    ready = can_decide(document) or has_own_rules(document)
    if not ready and document.event_count == 0:
        text = tr(
            "{name} has no event yet, and nothing says what it is about. Commands follow the rules of accounts: it"
            " will be read by the read model accounts."
        )
        told.append(text.format(name=name))
    elif not ready:
        text = tr(
            "{name} is read by the read model {model}. Commands follow the rules of accounts: it will be read by the"
            " read model accounts instead."
        )
        told.append(text.format(name=name, model=visible(document.projection_name, 40)))
    text = tr(
        "Commands will append new events at the end of {name}. Nothing that stands in it is changed or"
        " deleted, and no event can be taken back: to correct one, another is appended."
    )
    told.append(text.format(name=name))
    if is_copy(document.path):
        text = tr(
            "This is a copy. It is deleted when another log is opened or the program ends, unless you save it"
            " elsewhere (File, Save the copy as)."
        )
        told.append(text)
    kind = network_kind(Path(str(document.path)))
    if kind is not None:
        text = tr("It lies on a network drive ({kind}): an append from another machine may come between.")
        told.append(text.format(kind=kind))
    box = plain.box(widget, tr("Record"), "\n\n".join(told))
    yes = box.addButton(
        tr("&Record") if ready else tr("Choose &accounts and record"), QMessageBox.ButtonRole.AcceptRole
    )
    yes.clicked.connect(accept)
    box.open()


def open_writer(document: Document) -> Callable[[], Writer]:
    """What opens a log for appending; slow, on a network drive."""
    path, fields, known = str(document.path), document.fields, None
    if document.log.size_bytes > COUNTED_BYTES:  # else its events are soon counted anew
        known = Known(document.log.size_bytes, document.event_count)
    return lambda: Writer.open(path, fields=fields, known=known)
