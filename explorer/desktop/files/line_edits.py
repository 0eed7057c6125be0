"""Where does a person write the lines of a profile that are texts?"""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QFormLayout, QLineEdit

from explorer.desktop import plain
from explorer.eventlog.profiles.profile import Profile
from explorer.language import tr
from explorer.session.changes.profile_lines import TextLine, text_in
from explorer.session.plaintext import visible

SHOWN_CHARS = 200


class LineEdits:
    """The rows of a form; what the profile in use says stands in each until something else is written."""

    def __init__(self, form: QFormLayout, lines: Sequence[TextLine], said: Mapping[str, str]) -> None:
        self._lines = lines
        self.edits: dict[str, QLineEdit] = {}
        for line in lines:
            edit = QLineEdit(said.get(line.name, ""))
            edit.setAccessibleName(tr(line.title))
            plain.set_tip(edit, tr(line.tip) + " " + tr("A dash alone: nothing."))
            form.addRow(tr(line.title), edit)
            self.edits[line.name] = edit

    def call(self, changed: Callable[[], None]) -> None:
        """Have somebody hear of every change."""
        for edit in self.edits.values():
            edit.textChanged.connect(lambda _text: changed())

    def said(self) -> dict[str, str]:
        """What was written, by the names of the lines."""
        return {name: text for name, edit in self.edits.items() if (text := edit.text().strip())}

    def show_used(self, profile: Profile) -> None:
        """Show what is said by now."""
        for line in self._lines:
            self.edits[line.name].setPlaceholderText(visible(text_in(profile, line), SHOWN_CHARS))
