"""What does one event say: exactly as it stands in the file, in a readable way, and byte by byte?"""

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import (
    QGuiApplication,
)
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QTabWidget, QToolButton, QVBoxLayout, QWidget

from explorer.desktop import plain
from explorer.desktop.events.event_tree import EventTree, JsonColours
from explorer.desktop.look.theme import number_font
from explorer.desktop.tasks import Handlers, LatestTask
from explorer.language import grouped, tr
from explorer.sentences import in_words
from explorer.session.document import Document
from explorer.session.events.envelope import facts_of, is_large
from explorer.session.events.json_view import MOST_CHARS, folded, indented
from explorer.session.plaintext import visible

LEAST_PX = 44  # high is a text at least: two lines, on a small screen
HEX_BYTES = 4_096
FACT_CHARS = 80  # of one thing that the metadata says
MOST_FACTS = 12
RAW, PRETTY, TREE, BYTES = range(4)


class EventPanel(QWidget):
    """Raw | Pretty | Tree | Bytes of the chosen entry, its metadata above; only the tab in front is filled."""

    cause_asked = Signal()
    column_asked = Signal(object)  # the path that should be a column of the events

    def __init__(self) -> None:
        super().__init__()
        self._document: Document | None = None
        self._entry: int | None = None
        self._position: int | None = None
        self._stale = {RAW, PRETTY, TREE, BYTES}
        self._reading = LatestTask(self)
        self._dressing = QTimer(self)  # once all widgets have the new colours
        self._dressing.setSingleShot(True)
        self._dressing.setInterval(0)
        self._dressing.timeout.connect(self._dress)
        self.place = plain.Elided(role="muted", name=tr("Place in the log"))
        self.facts = plain.Elided(name=tr("What the event says of itself"))
        self.raw = self._text_view(tr("Raw event, as in the file"))
        self.pretty = self._text_view(tr("Event, indented"))
        for view in (self.raw, self.pretty):
            view.setWordWrapMode(view.wordWrapMode().WrapAtWordBoundaryOrAnywhere)
        self._colours = {
            view: JsonColours(view.document(), QGuiApplication.palette()) for view in (self.raw, self.pretty)
        }
        self.bytes = self._text_view(tr("Bytes of the event"))
        self.bytes.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.tree = EventTree()
        self.tree.setMinimumHeight(LEAST_PX)
        self.tree.column_asked.connect(self.column_asked)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(tr("Views of the event"))
        self.tabs.tabBar().setAccessibleName(tr("Views of the event"))
        self.tabs.tabBar().setDrawBase(False)
        tabs: tuple[tuple[QWidget, str], ...] = (
            (self.raw, tr("Raw")),
            (self.pretty, tr("Pretty")),
            (self.tree, tr("Tree")),
            (self.bytes, tr("Bytes")),
        )
        for widget, title in tabs:
            self.tabs.addTab(widget, title)
        self.tabs.currentChanged.connect(self._fill_tab)
        self.cause = self._button(tr("Cause"), tr("Go to the event that caused this one"))
        self.cause.clicked.connect(self.cause_asked)
        self.copy_button = self._button(tr("Copy"), tr("Copy the event as it stands in the file"))
        self.copy_button.clicked.connect(self.copy)
        top, below = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.place, 1)
        top.addWidget(self.copy_button)
        below.addWidget(self.facts, 1)
        below.addWidget(self.cause)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(top)
        box.addLayout(below)
        box.addWidget(self.tabs)

    def show_entry(self, document: Document | None, entry: int | None) -> None:
        """Show `entry` of `document`; None: there is none to show here."""
        self._document, self._entry = document, entry
        self._position = None
        self._reading.cancel()
        if document is not None and entry is not None:
            self._position = document.entry(entry).position
        self._stale = {RAW, PRETTY, TREE, BYTES}
        place = document.place_text(entry) if document is not None and entry is not None else ""
        self.place.show_text(place or tr("no event has happened yet"))
        self._show_facts()
        self._fill_tab(self.tabs.currentIndex())

    def copy(self) -> None:
        """Put the event on the clipboard as it stands in the file, escapes and cuts undone."""
        if self._document is not None and self._entry is not None:
            text = self._document.raw_bytes(self._entry).decode(errors="replace")
            QGuiApplication.clipboard().setText(text)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_dressing"):
            self._dressing.start()

    # --- private ------------------------------------------------------------------------------

    def _text_view(self, name: str) -> QPlainTextEdit:
        view = QPlainTextEdit()
        view.setReadOnly(True)
        view.setAccessibleName(name)
        view.setFont(number_font(view.font()))
        view.setTabChangesFocus(True)
        view.setUndoRedoEnabled(False)
        view.setMinimumHeight(LEAST_PX)
        return view

    def _button(self, text: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setAccessibleName(tip)
        plain.set_tip(button, tip)
        return button

    def _show_facts(self) -> None:
        """What the metadata says stands apart; a large event is not read for it."""
        document, position = self._document, self._position
        facts: list[tuple[str, str]] = []
        if document is not None and position is not None and not is_large(document.history, position):
            facts = facts_of(document.event(position))
        said = [f"{visible(name, 40)} {visible(value, FACT_CHARS)}" for name, value in facts[:MOST_FACTS]]
        if len(facts) > MOST_FACTS:
            said.append("…")
        self.facts.show_text(" · ".join(said))
        self.facts.setVisible(bool(said))
        self.cause.setVisible(
            any("caus" in name.casefold() or "parent" in name.casefold() for name, _ in facts)
        )

    def _dress(self) -> None:
        """Show everything in the colours of another theme."""
        for colours in self._colours.values():
            colours.dress(QGuiApplication.palette())
        self._stale = {RAW, PRETTY, TREE, BYTES}
        self._fill_tab(self.tabs.currentIndex())

    def _fill_tab(self, tab: int) -> None:
        if tab not in self._stale:
            return
        self._stale.discard(tab)
        if self._document is None or self._entry is None:
            for view in (self.raw, self.pretty, self.bytes):
                view.setPlainText("")
            self.tree.clear()
        elif tab == RAW:
            self._show_text(self.raw, self._start_text())
        elif tab == PRETTY:
            text = self._document.raw_text(self._entry, MOST_CHARS)
            self._show_text(self.pretty, indented(text) + self._cut_text())
        elif tab == BYTES:
            self.bytes.setPlainText(self._hex_text())
        else:
            self._fill_tree(self._document, self._entry)

    def _show_text(self, view: QPlainTextEdit, text: str) -> None:
        text = folded(text)
        self._colours[view].read(text)
        view.setPlainText(text)

    def _start_text(self) -> str:
        assert self._document is not None
        assert self._entry is not None
        return self._document.raw_text(self._entry, MOST_CHARS) + self._cut_text()

    def _cut_text(self) -> str:
        """Say that there is more, if there is."""
        assert self._document is not None
        assert self._entry is not None
        length = len(self._document.raw_bytes(self._entry))
        if length <= MOST_CHARS:
            return ""
        return "\n" + tr("… ({count} bytes; Copy gives all of them)").format(count=grouped(length))

    def _hex_text(self) -> str:
        assert self._document is not None
        assert self._entry is not None
        content = self._document.raw_bytes(self._entry)
        lines = []
        for at in range(0, min(len(content), HEX_BYTES), 16):
            part = content[at : at + 16]
            readable = "".join(chr(byte) if 32 <= byte < 127 else "·" for byte in part)
            lines.append(f"{at:06x}  {part.hex(' '):<47}  {readable}")
        if len(content) > HEX_BYTES:
            lines.append(tr("… ({count} bytes)").format(count=grouped(len(content))))
        return "\n".join(lines)

    def _fill_tree(self, document: Document, entry: int) -> None:
        """Show the tree; a large event is read beside the window first."""
        self._reading.cancel()
        if self._position is None:
            self.tree.say(tr("not read"), tr("no tree; see Raw"))
        elif not is_large(document.history, self._position):
            self.tree.show_value(document.tree(entry))
        else:
            self.tree.say("…", tr("reading a large event…"))
            self._reading.start(
                lambda _report: document.tree(entry),
                Handlers(
                    self.tree.show_value,
                    lambda error: self.tree.say(tr("not read"), visible(in_words(error))),
                ),
            )
