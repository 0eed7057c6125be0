"""How does a person write a place in time, and see where it leads before they go there?"""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QWidget

from explorer.language import later, tr
from explorer.sentences import in_words
from explorer.session.places.points import PointError, PointMeaning

WHICH = later("Which one? Choose with ↑ and ↓, then Enter")
GAP_PX = 4


class PointEdit(QLineEdit):
    """One line of text for a place in time. While it is written, a list says where it would lead.

    Enter goes there. What can be several places asks: the arrows or a click choose the one that is meant.
    """

    chosen = Signal(object)  # the position
    problem_found = Signal(str)  # one sentence; "" when it is well

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._find: Callable[[str], list[PointMeaning]] | None = None
        self._tell: Callable[[PointMeaning], str] = lambda reading: reading.meaning
        self._readings: list[PointMeaning] = []
        self.setAccessibleName(name)
        self.setClearButtonEnabled(True)
        self.preview = QListWidget()
        self.preview.setAccessibleName(tr("{name}: where it would lead").format(name=name))
        self.preview.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.preview.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.preview.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.preview.setProperty("role", "preview")
        self.preview.hide()
        self.preview.itemClicked.connect(lambda item: self._go(self.preview.row(item)))
        self.textEdited.connect(self._show_preview)
        self.returnPressed.connect(self._enter)
        self.destroyed.connect(self.preview.deleteLater)

    def ask_of(self, find: Callable[[str], list[PointMeaning]], tell: Callable[[PointMeaning], str]) -> None:
        """Ask `find` what words can mean (it raises PointError), and `tell` how a reading is shown."""
        self._find, self._tell = find, tell

    def show_text(self, text: str) -> None:
        """Show `text` without asking where it leads."""
        self.setText(text)
        self._close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        rows = len(self._readings)
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down} and rows and self.preview.isVisible():
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            here = self.preview.currentRow()
            self.preview.setCurrentRow((here + step) % rows if here >= 0 else 0)
            return
        if event.key() == Qt.Key.Key_Escape and self.preview.isVisible():
            self._close()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._close()

    def _show_preview(self, text: str) -> None:
        self.problem_found.emit("")
        self._readings = []
        self.preview.clear()
        if not text.strip() or self._find is None:
            self._close()
            return
        try:
            self._readings = self._find(text)
            for reading in self._readings:
                self.preview.addItem(self._tell(reading))
        except PointError as error:
            self.preview.addItem(in_words(error))
            self.preview.item(0).setFlags(Qt.ItemFlag.NoItemFlags)
        self.preview.setCurrentRow(-1)
        self._place()

    def _enter(self) -> None:
        if self._find is None:
            return
        if not self._readings:
            self._show_preview(self.text())
        if not self._readings:
            self.problem_found.emit(self.preview.item(0).text() if self.preview.count() else "")
            self._close()
            return
        chosen = self.preview.currentRow()
        if chosen < 0 and len({reading.position for reading in self._readings}) > 1:
            self.preview.setCurrentRow(0)
            self.problem_found.emit(tr(WHICH))
            self._place()
            return
        self._go(max(chosen, 0))

    def _go(self, row: int) -> None:
        if not 0 <= row < len(self._readings):
            return
        position = self._readings[row].position
        self.problem_found.emit("")
        self._close()
        self.chosen.emit(position)

    def _close(self) -> None:
        self._readings = []
        self.preview.hide()

    def _place(self) -> None:
        """Put the list above the line, or below it where there is more room; it takes no room from anything."""
        window = self.window()
        self.preview.setParent(window)
        rows = self.preview.count()
        row_px = self.preview.sizeHintForRow(0)
        wide = self.preview.sizeHintForColumn(0) + 24
        width = min(max(wide, self.width()), window.width() - 2 * GAP_PX)
        height = rows * row_px + 2 * self.preview.frameWidth() + 2
        corner = self.mapTo(window, QPoint(self.width() - width, 0))
        top = corner.y() - height - GAP_PX
        if top < 0 or corner.y() < window.height() // 3:
            top = corner.y() + self.height() + GAP_PX
        left = min(max(corner.x(), GAP_PX), window.width() - width - GAP_PX)
        self.preview.setGeometry(left, top, width, height)
        self.preview.raise_()
        self.preview.show()
