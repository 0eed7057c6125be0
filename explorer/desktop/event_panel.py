"""What does one event say: exactly as it stands in the file, as a tree, and byte by byte?"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QTabWidget,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from explorer.desktop import plain
from explorer.desktop.theme import number_font, theme_of
from explorer.session.document import Document
from explorer.session.plaintext import visible

RAW_CHARS = 20_000  # Qt lays out a longer line so slowly that the window would freeze
LINE_CHARS = 2_000  # … and one paragraph of it is what costs most
HEX_BYTES = 4_096
CHILDREN = 200  # of one node; the rest is counted
LAZY = Qt.ItemDataRole.UserRole
RAW, TREE, BYTES = range(3)


class EventPanel(QWidget):
    """Raw | Tree | Bytes of the chosen entry; only the tab in front is filled."""

    def __init__(self) -> None:
        super().__init__()
        self._document: Document | None = None
        self._entry: int | None = None
        self._stale = {RAW, TREE, BYTES}
        self.place = plain.Elided(role="muted", name="Place in the log")
        self.raw = self._text_view("Raw event, as in the file")
        self.raw.setWordWrapMode(self.raw.wordWrapMode().WrapAtWordBoundaryOrAnywhere)
        self.bytes = self._text_view("Bytes of the event")
        self.bytes.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName("Event as a tree")
        self.tree.setHeaderLabels(["Name", "Value"])
        self.tree.header().setAccessibleName("Event as a tree: columns")
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.header().setMaximumSectionSize(360)
        self.tree.setUniformRowHeights(True)
        self.tree.setIndentation(16)
        self.tree.itemExpanded.connect(_fill)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("Views of the event")
        self.tabs.tabBar().setAccessibleName("Views of the event")
        self.tabs.tabBar().setDrawBase(False)
        for view, title in ((self.raw, "Raw"), (self.tree, "Tree"), (self.bytes, "Bytes")):
            self.tabs.addTab(view, title)
        self.tabs.currentChanged.connect(self._fill_tab)
        copy = QToolButton()
        copy.setText("Copy")
        copy.setAccessibleName("Copy the raw event")
        plain.set_tip(copy, "Copy the event as it stands in the file")
        copy.clicked.connect(self.copy)
        top = QHBoxLayout()
        top.addWidget(self.place, 1)
        top.addWidget(copy)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(top)
        box.addWidget(self.tabs)

    def show_entry(self, document: Document | None, entry: int | None) -> None:
        """Show `entry` of `document`; None: there is none to show here."""
        self._document, self._entry = document, entry
        self._stale = {RAW, TREE, BYTES}
        place = document.place_text(entry) if document is not None and entry is not None else ""
        self.place.show_text(place or "no event has happened yet")
        self._fill_tab(self.tabs.currentIndex())

    def copy(self) -> None:
        """Put the event on the clipboard as it stands in the file, escapes and cuts undone."""
        if self._document is not None and self._entry is not None:
            text = self._document.raw_bytes(self._entry).decode(errors="replace")
            QGuiApplication.clipboard().setText(text)

    def _text_view(self, name: str) -> QPlainTextEdit:
        view = QPlainTextEdit()
        view.setReadOnly(True)
        view.setAccessibleName(name)
        view.setFont(number_font(view.font()))
        view.setTabChangesFocus(True)
        view.setUndoRedoEnabled(False)
        return view

    def _fill_tab(self, tab: int) -> None:
        if tab not in self._stale:
            return
        self._stale.discard(tab)
        known = self._document is not None and self._entry is not None
        if tab == RAW:
            self.raw.setPlainText(self._raw_text() if known else "")
        elif tab == BYTES:
            self.bytes.setPlainText(self._hex_text() if known else "")
        else:
            self._fill_tree()

    def _raw_text(self) -> str:
        assert self._document is not None
        assert self._entry is not None
        text = self._document.raw_text(self._entry)
        shown = text[:RAW_CHARS]
        lines = [line[at : at + LINE_CHARS] for line in shown.split("\n") for at in _starts(len(line))]
        if len(text) > RAW_CHARS:
            lines.append(f"… ({len(text):,} chars; Copy gives all of them)")
        return "\n".join(lines)

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
            lines.append(f"… ({len(content):,} bytes)")
        return "\n".join(lines)

    def _fill_tree(self) -> None:
        self.tree.clear()
        if self._document is None or self._entry is None:
            return
        record = self._document.tree(self._entry)
        if record is None:
            self.tree.addTopLevelItem(QTreeWidgetItem(["not read", "no tree; see Raw"]))
            return
        for item in _items(record):
            self.tree.addTopLevelItem(item)
        for at in range(min(self.tree.topLevelItemCount(), 20)):
            if (shown := self.tree.topLevelItem(at)) is not None:
                shown.setExpanded(True)


def _starts(length: int) -> range:
    return range(0, max(length, 1), LINE_CHARS)


def _fill(item: QTreeWidgetItem) -> None:
    """Make the children of `item` once somebody wants to see them."""
    value = item.data(0, LAZY)
    if value is not None:
        item.setData(0, LAZY, None)
        item.takeChildren()
        item.addChildren(list(_items(value.value)))


class _Held:
    """Keeps a value out of Qt's hands, which would convert it."""

    def __init__(self, value: object) -> None:
        self.value = value


def _items(value: object) -> Iterator[QTreeWidgetItem]:
    pairs: Iterator[tuple[str, object]]
    if isinstance(value, Mapping):
        total, pairs = len(value), ((str(name), each) for name, each in value.items())
    elif isinstance(value, Sequence) and not isinstance(value, str):
        total, pairs = len(value), ((f"[{at}]", each) for at, each in enumerate(value))
    else:
        total, pairs = 1, iter([("value", value)])
    for name, each in islice(pairs, CHILDREN):
        yield _item(name, each)
    if total > CHILDREN:
        yield QTreeWidgetItem(["…", f"{total - CHILDREN:,} more"])


def _item(name: str, value: object) -> QTreeWidgetItem:
    item = QTreeWidgetItem([visible(name), _text(value)])
    theme = theme_of(QGuiApplication.palette())
    item.setForeground(0, QBrush(QColor(theme.muted)))
    if isinstance(value, (int, Decimal)):
        item.setFont(1, number_font(QGuiApplication.font()))
    if isinstance(value, (Mapping, list)):
        item.setForeground(1, QBrush(QColor(theme.muted)))
        if value:
            item.setData(0, LAZY, _Held(value))
            item.addChild(QTreeWidgetItem(["…", ""]))
    return item


def _text(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case Mapping():
            return f"{{{len(value):,}}}"
        case list():
            return f"[{len(value):,}]"
        case str():
            return visible(value)
        case int() if value.bit_length() > 8_000:  # its digits would take longer to make than to read
            return f"an integer of {value.bit_length():,} bits; see Raw"
        case _:
            return visible(str(value))
