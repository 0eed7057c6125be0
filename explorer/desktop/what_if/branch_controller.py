"""How does a branch come from an event that is right-clicked to the panel that says what would have been?"""

import contextlib
from collections.abc import Sequence

from PySide6.QtWidgets import QInputDialog, QMenu

from explorer.desktop.panels.page import Page
from explorer.desktop.panels.panel import PanelController
from explorer.desktop.panels.per_log import PerLog
from explorer.desktop.tasks import Handlers, LatestTask
from explorer.desktop.what_if.what_if_panel import EventDialog, WhatIfPanel
from explorer.eventlog.errors import LogError
from explorer.history.edits import Edit, EditError, EditKind
from explorer.history.what_if import Branch
from explorer.language import counted, grouped, later, tr
from explorer.sentences import in_words
from explorer.session.changes.branches import (
    MOST_BRANCHES,
    Branches,
    Worked,
    edit_rows,
    event_text,
    rejected_rows,
    side_by_side,
    untried_text,
    work_out,
)
from explorer.session.changes.kept_branches import KeptBranches, NamedBranch, dumps, loads
from explorer.session.document import Document
from explorer.session.files.workspace import fingerprint_text, sameness_of
from explorer.session.plaintext import visible
from explorer.session.stand import Stand

KEPT_AS = "branches"
CHANGED = later("The log has changed since these branches were made: they may be about other events.")
UNKEPT = later("These branches are too long to be kept with the settings: save a workspace.")


class BranchController(PanelController):
    """Keeps the branches of each log and has them worked out beside the window. No log is ever written."""

    panel: WhatIfPanel

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._store = PerLog(page.settings)
        self._doubt = ""  # what a person should know of the branches before anything else
        self.panel = WhatIfPanel()
        self._path: str | None = None
        self.branches = Branches()
        self._worked: dict[NamedBranch, Worked] = {}
        self._failed: dict[NamedBranch, str] = {}
        self._working = LatestTask(self)

    def offers(self) -> dict[str, object]:
        return {"branching": self}

    def wire(self) -> None:
        """Connect the panel and the list of events."""
        panel = self.panel
        panel.begin.clicked.connect(self.begin)
        for name, slot in (("copy", self.copy), ("rename", self.rename), ("remove", self.remove)):
            panel.offers[name].triggered.connect(slot)
        panel.chosen.connect(self._bring_to_front)
        panel.take_back_asked.connect(self.take_back)
        panel.position_asked.connect(self._go_to_edit)
        panel.rejected_asked.connect(self._go_to_rejected)
        panel.warned_asked.connect(self._go_to_warned)
        self._page.signals.event_menu_made.connect(self._fill)

    def show_document(self, document: Document | None) -> None:
        """Branches stay while it is the same log, in whatever order and however it is read."""
        if document is not None and document.path != self._path:
            kept = loads(self._store.get(document, KEPT_AS))
            self.branches = Branches(list(kept.branches), kept.current)
            changed = kept.log and document.path and sameness_of(document.path, kept.log) == "changed"
            self._doubt = tr(CHANGED) if changed else ""
            self._path = document.path
        self._worked.clear()
        self._failed.clear()
        self._refresh()

    def stand_at(self, stand: Stand) -> None:
        """Show what differs there."""
        document, front = stand.document, self.branches.front
        worked = [self._worked[each] for each in self.branches.kept if each in self._worked]
        rows = side_by_side(worked, stand.position)
        self.panel.show_rows(document.noun, [each.named.name for each in worked], rows)
        done = self._worked.get(front) if front is not None else None
        self.panel.show_rejected(rejected_rows(document, done.rejected) if done is not None else [])
        warned = () if done is None else done.warnings
        self.panel.show_warned([[grouped(each.first), each.text] for each in warned])
        self._say(done, len(rows))

    def take(self, more: Sequence[NamedBranch], current: int) -> None:
        """Branches that come with a workspace stand beside those that are there."""
        if more:
            self.branches.take(more, current)
            self._changed()

    # --- what the actions call ----------------------------------------------------------------

    def show(self) -> None:
        """Bring up the panel."""
        self._page.panels.bring_up("what-if")
        self.panel.edits_table.setFocus()

    def skip(self) -> None:
        """Leave out the event at the playhead."""
        self.change("skip", self._page.playhead.position)

    def edit(self) -> None:
        """Let the event at the playhead be another one."""
        self.change("edit", self._page.playhead.position)

    def insert(self) -> None:
        """Let another event come before the one at the playhead; at the end of the log, behind it."""
        document, position = self._page.document, self._page.playhead.position
        if document is not None:
            self.change("insert", position + (position == document.event_count))

    def begin(self, _checked: bool = False) -> None:
        """Begin another branch."""
        if len(self.branches.kept) < MOST_BRANCHES:
            self.branches.add()
            self._changed()
            self.show()

    def copy(self, _checked: bool = False) -> None:
        """Begin another branch that is like the one in front."""
        if len(self.branches.kept) < MOST_BRANCHES:
            self.branches.copy()
            self._changed()

    def rename(self, _checked: bool = False) -> None:
        """Ask for another name of the branch in front."""
        front = self.branches.front
        if front is None:
            return
        dialog = QInputDialog(self._page.widget)
        dialog.setWindowTitle(tr("Name of the branch"))
        dialog.setLabelText(tr("Name"))
        dialog.setTextValue(front.name)
        dialog.textValueSelected.connect(lambda text: self._put(NamedBranch(text.strip(), front.edits)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def remove(self, _checked: bool = False) -> None:
        """Forget the branch in front."""
        self.branches.remove()
        self._changed()

    def take_back(self, row: int) -> None:
        """Take back one edit of the branch in front."""
        front = self.branches.front
        if front is not None and 0 <= row < len(front.edits):
            self._put(front.without(row))

    # --- private ------------------------------------------------------------------------------

    def change(self, kind: EditKind, position: int) -> None:
        """Have the event at a position skipped, edited, or another one inserted before it."""
        document = self._page.document
        if document is None or not 1 <= position <= document.event_count + (kind == "insert"):
            return
        last = position > document.event_count
        history = document.history
        place = history.insertion_place(position) if kind == "insert" else history.log_position(position)
        if kind == "skip":
            self._add(Edit("skip", place))
            return
        shown = min(position, document.event_count)
        text = event_text(document, shown) if shown else '{\n  "type": "",\n  "data": {}\n}'
        title = tr("Edit event {n}") if kind == "edit" else tr("Insert an event before event {n}")
        title = tr("Add an event at the end") if last else title.format(n=grouped(position))
        model = document.read_model
        dialog = EventDialog(
            title,
            text,
            lambda written: Branch(history, model, [Edit(kind, place, written)]),
            self._page.widget,
        )
        dialog.accepted.connect(lambda: self._add(Edit(kind, place, dialog.text())))
        held = document.log.hold()  # the log may grow, and be opened anew, meanwhile
        dialog.finished.connect(lambda _result: held.release())
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _add(self, edit: Edit) -> None:
        front = self.branches.front or self.branches.add()
        self._put(front.with_edit(edit))
        self._page.panels.bring_up("what-if")

    def _put(self, changed: NamedBranch) -> None:
        if changed.name:
            self.branches.put(changed)
            self._changed()

    def _bring_to_front(self, index: int) -> None:
        self.branches.current = index
        self._changed()

    def _changed(self) -> None:
        """Keep the branches for the next time the log is open, and show them."""
        document, branches = self._page.document, self.branches
        if document is not None and document.path is not None:
            with contextlib.suppress(LogError):
                log = fingerprint_text(document.path)
                text = dumps(KeptBranches(tuple(branches.kept), branches.current, log))
                self._doubt = "" if self._store.put(document, KEPT_AS, text) else tr(UNKEPT)
        self._refresh()

    def _refresh(self) -> None:
        """Show which branches there are, and have worked out what is not yet known."""
        document, front, panel = self._page.document, self.branches.front, self.panel
        names = [visible(each.name, 40) for each in self.branches.kept]
        panel.show_branches(names, self.branches.current)
        rows: list[list[str]] = []
        marks: dict[int, EditKind] = {}
        if document is not None and front is not None:
            rows = list(edit_rows(document, front.edits))
            for edit in front.edits:
                place = self._place(document, edit)
                if place <= document.event_count:
                    marks.setdefault(place, edit.kind)
        panel.edits.show_rows(rows)
        self._page.signals.edits_changed.emit(marks)
        if self._page.stand is None:
            panel.show_rows(tr("account"), [], [])
        self.stand_again()
        self._work()

    def _work(self) -> None:
        self._working.cancel()
        document, kept = self._page.document, self.branches.kept
        # of ten million events one that is as it was an edit ago would take 500 MB
        self._worked = {each: found for each, found in self._worked.items() if each in kept}
        wanted = [
            each for each in self.branches.kept if each not in self._worked and each not in self._failed
        ]
        if document is None or not wanted:
            return
        self._working.start(
            lambda report: work_out(document, wanted[0], report),
            Handlers(self._done, lambda error: self._wrong(wanted[0], error)),
        )

    def _done(self, found: Worked) -> None:
        self._worked[found.named] = found
        self.stand_again()
        self._work()

    def _wrong(self, named: NamedBranch, error: Exception) -> None:
        if not isinstance(error, (EditError, LogError)):
            raise error
        self._failed[named] = in_words(error)
        self.stand_again()
        self._work()

    def _say(self, done: Worked | None, differing: int) -> None:
        front, panel = self.branches.front, self.panel
        if front is None:
            return
        if self._doubt:
            panel.say(self._doubt, wrong=True)
        elif front in self._failed:
            panel.say(visible(self._failed[front], 200), wrong=True)
        elif done is None:
            panel.say(tr("working it out…"))
        elif not front.edits:
            panel.say(tr("As in the log, so far: right-click an event."))
        else:
            text, wrong = self._came_of(done, differing)
            odd = " ".join(each.text for each in done.warnings)
            panel.say(f"{odd} {text}" if odd else text, wrong=wrong or bool(odd))

    def _came_of(self, done: Worked, differing: int) -> tuple[str, bool]:
        """What came of a branch, and whether that is something to look at."""
        if done.rejected is None and (document := self._page.document) is not None:
            one, many = tr("1 value differs here. {untried}"), tr("{count:,} values differ here. {untried}")
            return counted(differing, one, many, untried=untried_text(document)), False
        if done.rejected:
            differs = counted(differing, tr("1 value differs here"), tr("{count:,} values differ here"))
            one = tr("{differs}; the rules would have rejected 1 event.")
            many = tr("{differs}; the rules would have rejected {count:,} events.")
            return counted(len(done.rejected), one, many, differs=differs), True
        one = tr("1 value differs here; no rule is broken.")
        return counted(differing, one, tr("{count:,} values differ here; no rule is broken.")), False

    def _fill(self, menu: QMenu, entry: int) -> None:
        """Offer what can be done to an event."""
        document = self._page.document
        position = None if document is None else document.entry(entry).position
        if position is None:
            return
        offers: tuple[tuple[str, EditKind], ...] = (
            (tr("What if it were &skipped?"), "skip"),
            (tr("What if it were &edited?…"), "edit"),
            (tr("What if one were &inserted before it?…"), "insert"),
        )
        for text, kind in offers:
            menu.addAction(text).triggered.connect(
                lambda _checked=False, kind=kind: self.change(kind, position)
            )

    @staticmethod
    def _place(document: Document, edit: Edit) -> int:
        """Where an edit stands in the order that is shown; past the end for what the log does not have."""
        history = document.history
        if edit.kind == "insert" and edit.position <= len(history) + 1:
            return history.inserted_before(edit.position)
        return edit.position if edit.position > len(history) else history.position_of(edit.position)

    def _go_to_edit(self, row: int) -> None:
        document, front = self._page.document, self.branches.front
        if document is not None and front is not None and 0 <= row < len(front.edits):
            place = self._place(document, front.edits[row])
            self._page.playhead.move_to(min(place, document.event_count))

    def _go_to_warned(self, row: int) -> None:
        """To what of the log has happened where the event of the branch stands."""
        front = self.branches.front
        done = self._worked.get(front) if front is not None else None
        if done is not None and 0 <= row < len(done.warnings):
            self._page.playhead.move_to(done.branch.unchanged_until(done.warnings[row].first))

    def _go_to_rejected(self, row: int) -> None:
        document, front = self._page.document, self.branches.front
        done = self._worked.get(front) if front is not None else None
        if document is not None and done is not None and 0 <= row < len(done.rejected or ()):
            assert done.rejected is not None
            place = done.rejected[row].log_position
            if place is not None:
                self._page.playhead.move_to(document.history.position_of(place))
