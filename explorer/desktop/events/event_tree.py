"""What does one event hold, as a tree that opens its branches when asked, and in which colours do its values stand?"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPalette,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextDocument,
)
from PySide6.QtWidgets import QHeaderView, QMenu, QTreeWidget, QTreeWidgetItem

from explorer.desktop.look.theme import number_font, theme_of
from explorer.language import grouped, tr
from explorer.session.events.json_view import PathStep, PieceKind, TextPiece, path_text, pieces
from explorer.session.exact_json import dumps
from explorer.session.plaintext import visible

MOST_PIECES = 6_000  # of one text; further ones stay uncoloured, so that a hostile record costs no more


def ink_of(kind: PieceKind, palette: QPalette) -> QColor:
    """Return the colour of a kind of piece, readable on the ground of a view."""
    theme = theme_of(palette)
    inks = {
        "key": theme.accent,
        "text": theme.added,
        "number": theme.changed,
        "word": theme.warning,
        "mark": theme.muted,
    }
    return QColor(inks[kind])


class JsonColours(QSyntaxHighlighter):
    """Colours a whole text at once; lines that were only folded do not break what they are part of."""

    def __init__(self, document: QTextDocument, palette: QPalette) -> None:
        super().__init__(document)
        self._pieces: list[TextPiece] = []
        self._ends: list[int] = []
        self._looks: dict[PieceKind, QTextCharFormat] = {}
        self.dress(palette)

    def dress(self, palette: QPalette) -> None:
        """Take the colours of another theme."""
        for kind in ("key", "text", "number", "word", "mark"):
            look = QTextCharFormat()
            look.setForeground(ink_of(kind, palette))
            if kind == "word":
                look.setFontItalic(True)
            if kind == "key":
                look.setFontWeight(QFont.Weight.Medium)
            self._looks[kind] = look

    def read(self, text: str) -> None:
        """Find the pieces of the text that is about to be shown."""
        self._pieces = []
        for piece in pieces(text):
            if len(self._pieces) == MOST_PIECES:
                break
            if piece.kind != "mark":
                self._pieces.append(piece)
        self._ends = [piece.start + piece.length for piece in self._pieces]

    def highlightBlock(self, text: str) -> None:
        begin = self.currentBlock().position()
        at = bisect_right(self._ends, begin)
        while at < len(self._pieces) and self._pieces[at].start < begin + len(text):
            piece = self._pieces[at]
            first = max(piece.start - begin, 0)
            self.setFormat(first, piece.start + piece.length - begin - first, self._looks[piece.kind])
            at += 1


CHILDREN = 200  # of one node at a time; the rest comes when it is asked for
OPEN_AT_FIRST = 20  # branches that are opened by themselves
HELD = Qt.ItemDataRole.UserRole
MOST_BITS = 8_000  # of an integer whose digits are written out here


class _Held:
    """Keeps a value out of Qt's hands, which would convert it.

    Attributes:
        value: What the node holds.
        steps: The way to it.
        left: For a node that stands for the rest of another: from which child on. -1: its children are made.
    """

    def __init__(
        self, value: object, steps: tuple[PathStep, ...], left: int = 0, *, rest: bool = False
    ) -> None:
        self.value, self.steps, self.left, self.rest = value, steps, left, rest


class EventTree(QTreeWidget):
    """Keys, texts, numbers and null in their colours; a value or the path to it can be copied."""

    column_asked = Signal(object)  # the path that should be a column of the events

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Event as a tree"))
        self.setHeaderLabels([tr("Name"), tr("Value")])
        self.header().setAccessibleName(tr("Event as a tree: columns"))
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.header().setMaximumSectionSize(360)
        self.setUniformRowHeights(True)
        self.setIndentation(16)
        self.itemExpanded.connect(self._fill)
        self.itemActivated.connect(lambda item, _column: self._more(item))
        self.itemClicked.connect(lambda item, _column: self._more(item))

    def show_value(self, record: object) -> None:
        """Show a record."""
        self.clear()
        held = _Held(record, ())
        for item in self._items(held):
            self.addTopLevelItem(item)
        for at in range(min(self.topLevelItemCount(), OPEN_AT_FIRST)):
            if (shown := self.topLevelItem(at)) is not None and shown.childCount():
                shown.setExpanded(True)

    def say(self, name: str, text: str) -> None:
        """Show a line in place of a record."""
        self.clear()
        self.addTopLevelItem(QTreeWidgetItem([name, text]))

    # --- copying ------------------------------------------------------------------------------

    def path_of(self, item: QTreeWidgetItem | None) -> str:
        """Return the way to a node as text: `data.items[0].name`."""
        held = _held(item)
        return path_text(held.steps) if held is not None else ""

    def value_text(self, item: QTreeWidgetItem | None) -> str:
        """Return what a node holds: a text as it is, everything else as JSON with all digits."""
        held = _held(item)
        if held is None:
            return ""
        return held.value if isinstance(held.value, str) else dumps(held.value)

    def copy_path(self) -> None:
        """Put the way to the current node on the clipboard."""
        QGuiApplication.clipboard().setText(self.path_of(self.currentItem()))

    def copy_value(self) -> None:
        """Put what the current node holds on the clipboard."""
        QGuiApplication.clipboard().setText(self.value_text(self.currentItem()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_value()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        item = self.currentItem()
        at = event.globalPos()
        if event.reason() != QContextMenuEvent.Reason.Keyboard:
            item = self.itemAt(event.pos())  # a click comes in points of the viewport
            if item is not None:
                self.setCurrentItem(item)
        elif item is not None:
            at = self.viewport().mapToGlobal(self.visualItemRect(item).center())
        if _held(item) is not None:
            self.menu().popup(at if not at.isNull() else self.mapToGlobal(QPoint(0, 0)))

    def menu(self) -> QMenu:
        """Return what can be done with the current node."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(tr("Value"))
        menu.addAction(tr("Copy &value")).triggered.connect(lambda _checked=False: self.copy_value())
        menu.addAction(tr("Copy &path")).triggered.connect(lambda _checked=False: self.copy_path())
        held = _held(self.currentItem())
        if held is not None and not isinstance(held.value, (Mapping, list)):
            names = [step for step in held.steps if isinstance(step, str)]
            column = menu.addAction(tr("Show as a &column of the events"))
            column.setEnabled(len(names) == len(held.steps))
            column.triggered.connect(lambda _checked=False: self.column_asked.emit(tuple(names)))
        return menu

    # --- making nodes -------------------------------------------------------------------------

    def _fill(self, item: QTreeWidgetItem) -> None:
        """Make the children of `item` once somebody wants to see them."""
        held = _held(item)
        if held is not None and held.left == 0 and isinstance(held.value, (Mapping, list)):
            held.left = -1
            item.takeChildren()
            item.addChildren(list(self._items(held)))

    def _more(self, item: QTreeWidgetItem) -> None:
        """The node that stands for the rest was chosen: show the next of them."""
        held = item.data(0, HELD)
        if not isinstance(held, _Held) or not held.rest:
            return
        above = item.parent() or self.invisibleRootItem()
        at = above.indexOfChild(item)
        above.takeChild(at)
        fresh = list(self._items(held))
        above.insertChildren(at, fresh)
        if fresh:
            self.setCurrentItem(fresh[0])

    def _items(self, held: _Held) -> Iterator[QTreeWidgetItem]:
        value, start = held.value, max(held.left, 0)
        pairs: Iterator[tuple[PathStep, object]]
        if isinstance(value, Mapping):
            total, pairs = len(value), iter(value.items())
        elif isinstance(value, Sequence) and not isinstance(value, str):
            total, pairs = len(value), iter(enumerate(value))
        else:
            total, pairs = 1, iter([("value", value)])
        for step, each in islice(pairs, start, start + CHILDREN):
            yield self._item(step, each, (*held.steps, step))
        if total > start + CHILDREN:
            left = tr("{count} more: choose this line to see the next {next}")
            count = total - start - CHILDREN
            rest = QTreeWidgetItem(
                ["…", left.format(count=grouped(count), next=grouped(min(count, CHILDREN)))]
            )
            rest.setData(0, HELD, _Held(value, held.steps, start + CHILDREN, rest=True))
            yield rest

    def _item(self, step: PathStep, value: object, steps: tuple[PathStep, ...]) -> QTreeWidgetItem:
        name = visible(step) if isinstance(step, str) else f"[{step}]"
        item = QTreeWidgetItem([name, _text(value)])
        item.setData(0, HELD, _Held(value, steps))
        item.setForeground(0, ink_of("key", self.palette()))
        item.setForeground(1, ink_of(_kind(value), self.palette()))
        if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
            item.setFont(1, number_font(QGuiApplication.font()))
        if isinstance(value, (Mapping, list)) and value:
            item.addChild(QTreeWidgetItem(["…", ""]))
        return item


def _held(item: QTreeWidgetItem | None) -> _Held | None:
    held = item.data(0, HELD) if item is not None else None
    return held if isinstance(held, _Held) and not held.rest else None


def _kind(value: object) -> PieceKind:
    if value is None or isinstance(value, bool):
        return "word"
    if isinstance(value, str):
        return "text"
    return "mark" if isinstance(value, (Mapping, list)) else "number"


def _text(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case Mapping():
            return f"{{{grouped(len(value))}}}"
        case list():
            return f"[{grouped(len(value))}]"
        case str():
            return visible(value)
        case int() if value.bit_length() > MOST_BITS:  # its digits would take longer to make than to read
            return tr("an integer of {count} bits; see Raw").format(count=grouped(value.bit_length()))
        case _:
            return visible(str(value))
