"""Who looks after the conditions that must always hold: keeps them, has them looked at, and tells where they broke?"""

import time

from PySide6.QtCore import QTimer

from explorer.desktop.find.checks_panel import CheckDialog, ChecksPanel
from explorer.desktop.panels.page import Page
from explorer.desktop.panels.panel import PanelController
from explorer.desktop.panels.per_log import PerLog
from explorer.desktop.tasks import Handlers, LatestTask
from explorer.session.document import Document
from explorer.session.find.checks import Check, Violations, dumps, loads, run_checks, suggestions
from explorer.session.find.finding import condition_of
from explorer.session.stand import Stand

KEPT_AS = "checks"
AT_ONCE_S = 0.05  # a look that takes no longer is worth no waiting
REST_SHARE = 4  # times as long as a look took is waited before the next one of a log that grows


class CheckController(PanelController):
    """The checks of the open log. They are looked at beside the window, over all of history."""

    panel: ChecksPanel

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._kept = PerLog(page.settings)
        self._looking = LatestTask(self)
        self._of: tuple[object, str] | None = None  # of which log, in which order, something is known
        self._began_s = self._took_s = 0.0  # when the last look began, and how long the last whole one took
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.timeout.connect(self._catch_up)
        self.checks: list[Check] = []
        self.violations = Violations([])
        self.panel = ChecksPanel()

    def offers(self) -> dict[str, object]:
        return {"checking": self}

    def wire(self) -> None:
        self._page.signals.check_asked.connect(self.add)
        panel = self.panel
        panel.edit_asked.connect(self.edit)
        panel.remove_asked.connect(self.remove)
        panel.model.switched.connect(self._switch)
        panel.hits.chosen.connect(self._go)

    def show_document(self, document: Document | None) -> None:
        """Look at another log, or at the same in another order, with the checks that were kept for it.

        What was found in a log that has grown since is still so. It is looked at as a whole again after a while, so
        that one which never stops growing is not looked at all the time: its new events have to be read, too.
        """
        before, self._of = self._of, None if document is None else (document.lineage, document.order)
        took_s = time.monotonic() - self._began_s if self._looking.running else self._took_s
        if document is not None and before == self._of and took_s > AT_ONCE_S:
            if not self._waiting.isActive():
                self._waiting.start(int(took_s * REST_SHARE * 1_000))
            return
        self.checks = []
        if document is not None:
            kept = self._kept.get(document, KEPT_AS)
            known = loads(kept) if kept else None
            self.checks = suggestions(document) if known is None else known
        self._run()

    def stand_at(self, stand: Stand) -> None:
        """Show what is broken there."""
        self.panel.stand_at(stand.position, self.violations.broken_at(stand.position))

    def add(self, condition: str) -> None:
        """Have `condition` looked at from now on, and show what comes of it."""
        if condition.strip():
            self._set([*self.checks, Check(condition.strip(), condition.strip())])
            self._page.panels.bring_up("checks")
            self.panel.table.selectRow(len(self.checks) - 1)

    # --- what the actions call ----------------------------------------------------------------

    def show(self) -> None:
        """Bring up the checks."""
        self._page.panels.bring_up("checks")
        self.panel.table.setFocus()

    def add_new(self) -> None:
        """Ask for a condition that must always hold."""
        self.edit(-1)

    def edit(self, row: int) -> None:
        """Ask what the check in `row` is to say; -1: add one."""
        document = self._page.document
        if document is None:
            return
        known = 0 <= row < len(self.checks)
        dialog = CheckDialog(
            self.checks[row] if known else Check("", ""),
            lambda text: condition_of(document.history, document.noun, text),
            self._page.widget,
        )
        dialog.accepted.connect(lambda: self._put(row if known else len(self.checks), dialog.check()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def remove(self, row: int) -> None:
        """Forget the check in `row`."""
        if 0 <= row < len(self.checks):
            self._set(self.checks[:row] + self.checks[row + 1 :])

    # --- private ------------------------------------------------------------------------------

    def _put(self, row: int, check: Check) -> None:
        self._set([*self.checks[:row], check, *self.checks[row + 1 :]])
        self.panel.table.selectRow(row)

    def _switch(self, row: int, on: bool) -> None:
        check = self.checks[row]
        self._put(row, Check(check.name, check.condition, on))

    def _set(self, checks: list[Check]) -> None:
        self.checks = checks
        if self._page.document is not None:
            self._kept.put(self._page.document, KEPT_AS, dumps(checks))
        self._run()

    def _catch_up(self) -> None:
        if self._looking.running:
            self._waiting.start(int((time.monotonic() - self._began_s) * REST_SHARE * 1_000))
        else:
            self._run()

    def _run(self) -> None:
        self._waiting.stop()
        self._looking.cancel()
        document, checks = self._page.document, list(self.checks)
        self.panel.show_checks(checks)
        if document is None:
            self._show(document, Violations([]))
            return
        self._began_s = time.monotonic()
        self._looking.start(
            lambda report: run_checks(document, checks, report),
            Handlers(lambda found: self._looked(document, found)),
        )

    def _looked(self, document: Document, found: Violations) -> None:
        self._took_s = time.monotonic() - self._began_s
        self._show(document, found)

    def _show(self, document: Document | None, found: Violations) -> None:
        self.violations = found
        if found.checked:
            self.panel.show_violations(found, document.event_count if document else 0)
        here = 0 if self._page.stand is None else self._page.stand.position
        self.panel.stand_at(here, found.broken_at(here))
        self._page.signals.violations_found.emit(found)

    def _go(self, position: int, entity: str) -> None:
        self._page.playhead.move_to(position)
        self._page.signals.value_asked.emit(entity, "")
