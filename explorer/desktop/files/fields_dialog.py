"""How does a log become events: by which profile, which member is what, and what does each event type mean?"""

from collections.abc import Sequence
from pathlib import Path

import msgspec
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from explorer.desktop import plain
from explorer.desktop.files.form_rows import add_row, button_for, choice_of, empty_form, keep_whole, scrolling
from explorer.desktop.files.line_edits import LineEdits
from explorer.desktop.files.meanings_table import MeaningsModel, meanings_table
from explorer.desktop.files.preview_panel import PreviewPanel
from explorer.desktop.files.reading_choices import FOUND as FOUND_TEXT
from explorer.desktop.files.reading_choices import ReadingChoices
from explorer.desktop.files.steps_table import StepsModel, StepsTable
from explorer.desktop.look.theme import row_px
from explorer.desktop.saving import ask_where
from explorer.desktop.tasks import Handlers, LatestTask, run_beside
from explorer.eventlog.errors import LogError
from explorer.eventlog.event import WHOLE_RECORD, FieldMap
from explorer.eventlog.profiles.kept import forget, keep
from explorer.eventlog.profiles.profile import Profile, load, to_toml
from explorer.eventlog.read_as import ReadAs
from explorer.eventlog.written import write_file
from explorer.language import later, tr
from explorer.sentences import translated
from explorer.session.changes.meanings import Meanings, ReadingChoice, meaning, meanings
from explorer.session.changes.profile_draft import (
    DATES,
    FOUND,
    GUESSED,
    NONE,
    NUMBERS,
    ORDERS,
    ROLES,
    ProfileDraft,
    names_of_profiles,
    with_chosen,
)
from explorer.session.changes.profile_lines import READING, TOLD
from explorer.session.changes.reading_preview import ReadingPreview, order_offered, preview
from explorer.session.document import Document
from explorer.session.options import DEFAULTS, OpenOptions
from explorer.session.plaintext import visible

NOT_SET = FOUND_TEXT
RECORD = later("(the record itself)")
NO_MEMBER = later("(none)")
LATER_MS = 250  # after the last change the preview is made
MOST_SHOWN = 40  # paths in one box
MEANINGS_SHOWN = 6
LEFT_PX, MOST_PX = 430, 1_180
SIDES_PX, GAP_PX = 40, 12  # beside the buttons, and between them


class FieldsDialog(QDialog):
    """Everything as it is used now, each with what else it could be, and beside it what that comes to."""

    def __init__(
        self, document: Document, parent: QWidget | None = None, options: OpenOptions = DEFAULTS
    ) -> None:
        """Offer what is used now.

        Args:
            document: The open log.
            parent: Whose dialog it is.
            options: What was said of how it is read.
        """
        super().__init__(parent)
        self._document, self._options = document, options
        self._draft = ProfileDraft.of(options)
        self._found: ReadingPreview | None = None  # what the draft comes to; None while that is not known
        self._accepting = self._shown_anew = False
        self._task = LatestTask(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LATER_MS)
        self._timer.timeout.connect(self._look)
        self.setWindowTitle(tr("Fields of the log"))
        box = QVBoxLayout(self)
        text = tr("How {name} is read ({format_text}):")
        told = text.format(name=visible(document.name, 60), format_text=visible(document.format_text, 120))
        box.addWidget(plain.label(told, wrap=True))
        split = QSplitter(Qt.Orientation.Horizontal)
        box.addWidget(
            split, 1
        )  # before what stands in it, which else would be styled for each of its parents
        split.setChildrenCollapsible(False)
        inner = QWidget()
        area = scrolling(inner)
        split.addWidget(area)
        self._fill(inner)
        keep_whole(area)
        self.preview = PreviewPanel()
        split.addWidget(self.preview)
        split.setSizes([LEFT_PX, MOST_PX - LEFT_PX])
        split.setStretchFactor(1, 1)
        self.problem = plain.label(role="warning", wrap=True)
        self.problem.hide()
        box.addWidget(self.problem)
        box.addLayout(self._buttons())
        self.dates.setCurrentIndex(max(self.dates.findData(options.read_as.dates), 0))
        self._show_used(document.fields)
        self.steps.show_steps(document.log.profile.unwrap)
        self._listen()
        plain.resize_within_screen(self, self.sizeHint().expandedTo(QSize(MOST_PX, 740)))

    # --- what it is made of -----------------------------------------------------------------------

    def _fill(self, inner: QWidget) -> None:
        box = QVBoxLayout(inner)
        box.setContentsMargins(0, 0, 6, 0)
        above, form = empty_form(), empty_form()
        self.profile = QComboBox()
        self.profile.addItem(tr(FOUND_TEXT), FOUND)
        self.profile.addItem(tr("(guessed from the log)"), GUESSED)
        if isinstance(self._draft.base, Profile):
            self._offer(self._draft.base)
        for stem, name in names_of_profiles():
            self.profile.addItem(visible(name, 100), stem)
        add_row(above, tr("Profile"), self.profile)
        self.source = plain.label(role="muted", wrap=True, name=tr("Profile in use"))
        box.addLayout(above)
        box.addWidget(self.source)
        self.choices: dict[str, QComboBox] = {}
        self._used: dict[str, str] = {}
        for role, title in ROLES.items():
            choice = QComboBox()
            choice.setEditable(True)
            self.choices[role] = choice
            add_row(form, tr(title), choice)
        self.lines = LineEdits(form, READING, self._draft.lines)
        self.order, self.numbers, self.dates = (choice_of(of) for of in (ORDERS, NUMBERS, DATES))
        add_row(form, tr("Order"), self.order)
        add_row(form, tr("Amounts as text"), self.numbers)
        add_row(form, tr("Dates"), self.dates)
        self.read_as = ReadingChoices(form, self._options.read_as, tuple(self._document.log.columns))
        box.addLayout(form)
        hint = tr("A path names a field, and a field inside another with a dot: data.accountId.")
        box.addWidget(plain.label(hint, role="muted", wrap=True))
        self.steps = StepsModel(self)
        self.steps_table = StepsTable(self.steps)
        head = plain.label(
            tr("How records are unwrapped, step by step (F2 changes, Delete removes):"), wrap=True
        )
        head.setBuddy(self.steps_table)
        box.addWidget(head)
        box.addWidget(self.steps_table)
        found = meanings(self._document)
        self.meanings, self._goes_by_meanings = MeaningsModel(found, self), found.in_use
        self.table = meanings_table(self.meanings)
        self.table.setMinimumHeight(MEANINGS_SHOWN * row_px())
        self._add_meanings(box, found)
        box.addWidget(plain.label(tr("What others are told of this profile:"), wrap=True))
        below = empty_form()
        self.told = LineEdits(below, TOLD, self._draft.lines)
        box.addLayout(below)

    def _add_meanings(self, box: QVBoxLayout, found: Meanings) -> None:
        title = plain.label(tr(found.texts.question), wrap=True)
        title.setBuddy(self.table)
        box.addWidget(title)
        box.addWidget(self.table, 1)
        hint = tr("Known by its name, unless you choose otherwise: go to a row and press F2, or click twice.")
        if not found.in_use:
            hint += " " + tr(found.texts.elsewhere)
        box.addWidget(plain.label(hint, role="muted", wrap=True))

    def _buttons(self) -> QBoxLayout:
        """Those of profiles and those that end it; above one another as far as the screen is too narrow for them."""
        both, grid = QBoxLayout(QBoxLayout.Direction.LeftToRight), QGridLayout()
        self.save = button_for(tr("&Save for logs like this"), self._keep)
        self.forget = button_for(tr("&Forget the saved one"), self._forget)
        self.export = button_for(tr("&Export…"), self._ask_where)
        self.load = button_for(tr("&Load…"), self._ask_file)
        plain.set_tip(self.save, tr("The next log of this shape is read so by itself."))
        of_profiles = (self.save, self.forget, self.export, self.load)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText(tr("Read the log so"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        room = self.screen().availableGeometry().width() - plain.FRAME.width() - SIDES_PX
        width = sum(each.sizeHint().width() + GAP_PX for each in of_profiles)
        across = len(of_profiles) if width <= room else len(of_profiles) // 2
        for at, button in enumerate(of_profiles):
            button.setEnabled(button is self.load)
            grid.addWidget(button, at // across, at % across)
        grid.setColumnStretch(across, 1)
        both.addLayout(grid, 1)
        both.addWidget(buttons)
        if width + buttons.sizeHint().width() > room:
            both.setDirection(QBoxLayout.Direction.TopToBottom)
        return both

    def _listen(self) -> None:
        self.profile.currentIndexChanged.connect(self._choose_profile)
        for choice in self.choices.values():
            choice.currentTextChanged.connect(self._change)
        for lines in (self.lines, self.told):
            lines.call(self._change)
        for box in (self.order, self.numbers, self.dates):
            box.currentIndexChanged.connect(self._change)
        self.read_as.call(self._change)
        self.steps.changed.connect(self._change_steps)
        self.steps.refused.connect(self._complain)
        self.meanings.changed.connect(self._change)

    # --- what is said -----------------------------------------------------------------------------

    def _show_used(self, fields: FieldMap, candidates: dict[str, Sequence[str]] | None = None) -> None:
        """What each member is by now, where the person has not said another."""
        offered = self._document.candidates if candidates is None else candidates
        self._shown_anew = True
        for role, choice in self.choices.items():
            said = self._draft.fields.get(role)
            typing = choice.hasFocus() and not choice.currentText()
            if (said is not None or typing) and candidates is not None:
                continue
            nothing = tr(RECORD if role == "data" and fields.opaque is None else NOT_SET)
            if self._says_none(role):
                nothing = tr(NO_MEMBER)
            used = getattr(fields, role) or nothing
            choice.clear()
            choice.addItem(tr(NOT_SET))
            choice.addItems([visible(path, 200) for path in offered.get(role, [])[:MOST_SHOWN] if path])
            choice.addItem(tr(RECORD if role == "data" else NO_MEMBER))
            choice.setCurrentText(used)
            self._used[role] = used
        self._shown_anew = False

    def _says_none(self, role: str) -> bool:
        """Whether the profile in use says that there is no such member."""
        profile = self._document.log.profile if self._found is None else self._found.profile
        return bool(getattr(profile.fields, role) == NONE)

    def _read_said(self) -> None:
        """Take what the boxes say into the draft."""
        for role, choice in self.choices.items():
            text = choice.currentText().strip()
            if text in {"", tr(NOT_SET)}:
                self._draft.fields.pop(role, None)
            elif text != self._used[role] or role in self._draft.fields:
                special = {tr(RECORD): WHOLE_RECORD, tr(NO_MEMBER): NONE}
                self._draft.fields[role] = special.get(text, text)
        self._draft.lines = self.lines.said() | self.told.said()
        self._draft.order = self.order.currentData()
        self._draft.numbers = self.numbers.currentData()

    def _reading_said(self) -> ReadAs:
        """How it is written, as it was chosen.

        Raises:
            LogError: It cannot be.
        """
        return msgspec.structs.replace(self.read_as.read_as(), dates=self.dates.currentData())

    def _said(self) -> ReadAs:
        try:
            return self._reading_said()
        except LogError:
            return self._options.read_as

    def fields(self) -> FieldMap:
        """The members that were chosen; what was left to the program is None."""
        self._read_said()
        return self._draft.field_map() or FieldMap()

    def reading(self) -> ReadingChoice:
        """Everything that was chosen."""
        fields, chosen = self.fields(), self.meanings.chosen()
        found = self._found if self._draft.says_a_profile or chosen else None
        profile = None if found is None else with_chosen(found.profile, chosen, self._goes_by_meanings)
        if isinstance(self._draft.base, Profile) and found is None:
            profile = self._draft.base
        return ReadingChoice(fields, chosen, self._said(), profile)

    # --- what it comes to -------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self._look()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self._timer.stop()
            self._task.cancel()

    def _change(self, *_: object) -> None:
        if not self._shown_anew:
            self._found = None
            self._accepting = False
            self._able(to_keep=False)
            self._timer.start()

    def _change_steps(self) -> None:
        self._draft.steps = self.steps.steps
        self._change()

    def _choose_profile(self, _at: int) -> None:
        self._draft.base = self.profile.currentData()
        self._draft.steps = None
        self._change()

    def _look(self) -> None:
        """Ask what the draft comes to, beside the window's thread."""
        self._timer.stop()
        try:
            self._draft.read_as = self._reading_said()
        except LogError as error:
            self._cannot(error)
            return
        self._read_said()
        draft, chosen, log = self._draft.copy(), self.meanings.chosen(), self._document.log
        recipe, held = meaning(self._options.projection, chosen), log.hold()

        def work(_report: object) -> ReadingPreview:
            try:
                return preview(log, draft, chosen, self._options, recipe)
            finally:
                held.release()

        self.preview.said.setText(tr("Reading…"))
        self._task.start(work, Handlers(self._show, self._cannot))

    def _show(self, found: ReadingPreview) -> None:
        self._found = found
        self.problem.hide()
        self.preview.show_preview(found)
        self._show_used(found.fields, dict(found.candidates))
        self.steps.paths = found.paths
        self.steps.show_steps(found.profile.unwrap)
        self.source.setText(". ".join(filter(None, (found.source, visible(found.about, 300)))))
        for name, box in (("order", self.order), ("numbers", self.numbers), ("dates", self.dates)):
            if box.currentIndex() == 0:  # what was chosen stands there itself
                box.setItemText(0, found.in_use[name])
        offered = order_offered(self._document)
        if offered and self.order.currentIndex() == 0:
            told = tr("{now}; offered: {order}").format(now=found.in_use["order"], order=offered)
            self.order.setItemText(0, told)
        for lines in (self.lines, self.told):
            lines.show_used(found.to_keep)
        self.read_as.show_used(found.profile.written)
        self._able(to_keep=True)
        if self._accepting:
            super().accept()

    def _cannot(self, error: Exception) -> None:
        if not isinstance(error, LogError):
            raise error
        self._accepting = False
        self.preview.show_problem()
        self._complain(translated(error.reason))

    def _complain(self, text: str) -> None:
        self.problem.setText(visible(text, 500))
        self.problem.show()

    def _able(self, *, to_keep: bool) -> None:
        folder = self._options.profiles_dir
        self.export.setEnabled(to_keep)
        self.save.setEnabled(to_keep and folder is not None)
        self.forget.setEnabled(
            to_keep and folder is not None and self._found is not None and self._found.kept
        )

    def accept(self) -> None:
        """Close once it is known that the log can be read so: else that is said here, and nothing is read anew."""
        try:
            read_as = self._reading_said()
            fields = self.fields()
            asked = self._draft.says_a_profile or self.meanings.chosen() or read_as != self._options.read_as
            if not asked:
                self._document.log.chosen(fields)
                super().accept()
                return
        except LogError as error:
            self._complain(translated(error.reason))
            return
        if self._found is not None:
            super().accept()
            return
        self._accepting = True
        self._look()

    # --- files ------------------------------------------------------------------------------------

    def _keep(self) -> None:
        folder, found, log = self._options.profiles_dir, self._found, self._document.log
        if folder is not None and found is not None:
            self._write(
                lambda: keep(folder, log, found.to_keep), tr("Saved: logs of this shape are read so.")
            )

    def _forget(self) -> None:
        folder, log = self._options.profiles_dir, self._document.log
        if folder is not None:
            self._write(lambda: forget(folder, log), tr("Nothing is saved for logs of this shape now."))

    def _write(self, write: object, done: str) -> None:
        held = self._document.log.hold()
        assert callable(write)

        def work(_report: object) -> None:
            try:
                write()
            finally:
                held.release()

        def told(_none: object) -> None:
            self._look()
            self._complain(done)

        run_beside(self, work, Handlers(told, self._cannot))

    def _ask_where(self) -> None:
        found = self._found
        if found is not None:
            text = to_toml(found.to_keep)
            name = f"{Path(self._document.name).stem}.toml"
            ask_where(
                self, tr("Export the profile"), name, "TOML (*.toml)", "toml",
                lambda path: self._write(
                    lambda: write_file(Path(path), [text.encode()], replace=True), tr("The profile is saved.")
                ),
            )  # fmt: skip

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, tr("Load a profile"), "", "TOML (*.toml)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.load_from)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def load_from(self, path: str) -> None:
        """Go by the profile in a file."""
        try:
            profile = load(Path(path))
        except LogError as error:
            self._complain(translated(error.reason))
            return
        self._draft.fields.clear()
        self._offer(profile)
        self._choose_profile(self.profile.currentIndex())

    def _offer(self, profile: Profile) -> None:
        name = visible(profile.name, 100) or tr("(a profile without a name)")
        self.profile.insertItem(2, name, profile)
        self.profile.setCurrentIndex(2)
