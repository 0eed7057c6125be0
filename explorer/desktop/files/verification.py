"""How does a person have a log checked, and a torn end taken off it?"""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox

from explorer.desktop import plain
from explorer.desktop.page.window import Window
from explorer.desktop.tasks import Handlers, LatestTask, run_beside
from explorer.eventlog.log import open_log
from explorer.eventlog.tail import Tail, look_at_tail
from explorer.eventlog.tail_repair import TailRepair, cut_torn_tail
from explorer.history.verify import Verdict
from explorer.language import tr
from explorer.session.document import Document
from explorer.session.plaintext import visible, visible_block
from explorer.session.status import details_text, verdict_text

_SHOWN_BYTES = 400


class VerificationController(QObject):
    """Asks whether the log is as it was written, and mends its end when a person says so."""

    def __init__(self, window: Window, reload: Callable[[], None]) -> None:
        super().__init__(window.widget)
        self._window = window
        self._reload = reload
        self._verifying = LatestTask(self)
        self._looking_at_end = LatestTask(self)

    def verify(self) -> None:
        """Check everything about the log, beside the window; then say it."""
        document = self._window.page.document
        if document is None:
            return
        self._window.status.show_text(tr("Verifying {name}…").format(name=visible(document.name, 80)))
        self._verifying.start(
            document.verify, Handlers(lambda verdict: self._say(document, verdict), self._failed)
        )

    def mend(self) -> None:
        """Show the torn end of the log, if it has one, and ask whether it is to be taken off."""
        document = self._window.page.document
        if document is None or document.path is None:
            return
        path = document.path
        self._looking_at_end.start(
            lambda _report: _torn_end(path), Handlers(lambda found: self._ask(path, found), self._failed)
        )

    # --- private --------------------------------------------------------------------------------

    def _say(self, document: Document, verdict: Verdict) -> None:
        self._window.page.say_where()
        title = tr("Verify {name}").format(name=visible(document.name, 80))
        plain.box(
            self._window.widget, title, verdict_text(verdict), details_text(verdict) or verdict.proof.head
        ).open()

    def _failed(self, error: Exception) -> None:
        self._window.page.say_where()
        plain.refuse(self._window.widget, tr("The log was not changed"), error)

    def _ask(self, path: str, found: tuple[Tail, bytes, int]) -> None:
        tail, raw, size_bytes = found
        title = tr("The end of the log")
        if not tail.torn:
            plain.box(
                self._window.widget, title, tr("The end of the log is whole. There is nothing to mend.")
            ).open()
            return
        text = tr(
            "The last {count:,} bytes, from byte {byte:,} on, are not a whole record: {why}.\n\n{bytes}\n\n"
            "They can be moved into a file of their own beside the log. Then the log ends with its last whole"
            " record, and can be appended to. Nothing else is changed."
        )
        shown = visible_block(raw.decode("utf-8", "backslashreplace"))
        said = text.format(
            count=size_bytes - tail.size_bytes, byte=tail.size_bytes, why=tail.torn, bytes=shown
        )
        asked = plain.box(self._window.widget, title, said)
        cut = asked.addButton(tr("&Save and cut"), QMessageBox.ButtonRole.AcceptRole)
        cut.clicked.connect(lambda: self._cut(path))
        asked.setDefaultButton(QMessageBox.StandardButton.Close)  # to cut is never what a hasty Enter does
        asked.open()

    def _cut(self, path: str) -> None:
        run_beside(self, lambda _report: cut_torn_tail(path), Handlers(self._mended, self._failed))

    def _mended(self, mended: TailRepair | None) -> None:
        if mended is not None:
            text = tr("{count:,} bytes were moved to {path}")
            self._window.status.show_text(
                text.format(count=mended.length_bytes, path=visible(mended.saved_to, 200))
            )
        self._reload()


def _torn_end(path: str) -> tuple[Tail, bytes, int]:
    """The end of a log as it is now, the first bytes of what is torn, and the log's size."""
    with open_log(path) as log:
        size_bytes = log.size_bytes if log.stamp is None else log.stamp.size_bytes
        tail = look_at_tail(log.raw, size_bytes) if log.by_lines else Tail(size_bytes, None)
        return tail, log.raw(tail.size_bytes, _SHOWN_BYTES), size_bytes
