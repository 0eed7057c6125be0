"""What should somebody know who sees the window for the first time?"""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from explorer.desktop import plain
from explorer.language import later, tr

HINTS = (
    later(
        "Drag along the timeline below, or press ← and →: the state at the left is what had come of it by then."
    ),
    later("Click any value in the state: Why tells which events made it so."),
    later("Ctrl+K finds everything that the program can do, and F1 shows every key."),
)


class HintBar(QFrame):
    """One sentence after another below the menus, until the person has seen them or wants none."""

    done = Signal()  # never again

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._at = 0
        self.setObjectName("hints")
        self.setAccessibleName(tr("Hint"))
        self.text = plain.label(wrap=True)
        self.next = QPushButton()
        self.close_all = QPushButton(tr("No more hints"))
        self.next.clicked.connect(self._go_on)
        self.close_all.clicked.connect(self._end)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.addWidget(self.text, 1)
        row.addWidget(self.next)
        row.addWidget(self.close_all)
        self._show()

    def sizeHint(self) -> QSize:
        """As high as the sentence needs in this width: one line, mostly."""
        hint = super().sizeHint()
        buttons = self.next.sizeHint().width() + self.close_all.sizeHint().width()
        room = max(self.window().width() - buttons - 60, 200)
        lines_px = max(self.next.sizeHint().height(), self.text.heightForWidth(room))
        return QSize(hint.width(), lines_px + 8)

    def begin(self) -> None:
        """Show the first one."""
        self._at = 0
        self._show()

    def event(self, event: QEvent) -> bool:
        mine = {Qt.Key.Key_Escape, Qt.Key.Key_Space}  # here they belong to the hints, and are no shortcut
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in mine
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._end()
        else:
            super().keyPressEvent(event)

    def _go_on(self) -> None:
        self._at += 1
        if self._at < len(HINTS):
            self._show()
        else:
            self._end()

    def _show(self) -> None:
        self.text.setText(tr(HINTS[self._at]))
        last = self._at == len(HINTS) - 1
        self.next.setText(tr("Understood") if last else tr("Next hint"))

    def _end(self) -> None:
        self.done.emit()
