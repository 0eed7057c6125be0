"""Which key does what, which program is this, and what should somebody know who sees it for the first time?"""

import platform
from importlib.metadata import PackageNotFoundError, version

import platformdirs
from PySide6.QtCore import QEvent, QSize, Qt, Signal, qVersion
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from explorer.desktop import plain
from explorer.desktop.help.failures import state_folder
from explorer.desktop.look.theme import number_font
from explorer.desktop.menus.action_table import ACTIONS
from explorer.desktop.settings import Settings
from explorer.language import later, tr
from explorer.resources import resource
from explorer.session.trust import Trust


class KeysDialog(QDialog):
    """Every key, made from the table of actions."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        page = QWidget()
        grid = QGridLayout(page)
        grid.setHorizontalSpacing(24)
        row = 0
        for spec in ACTIONS:
            if spec.keys:
                grid.addWidget(plain.label(tr(" or ").join(spec.keys), role="key"), row, 0)
                said = plain.label(tr(spec.tip) if spec.tip else spec.shown_text, wrap=True)
                grid.addWidget(said, row, 1)
                row += 1
        grid.addWidget(plain.label(tr("Click an event")), row, 0)
        said = plain.label(tr("Go there; click a value in the state to see why it is so"), wrap=True)
        grid.addWidget(said, row, 1)
        grid.setColumnStretch(1, 1)
        area = QScrollArea()
        area.setWidget(page)
        area.setWidgetResizable(True)
        area.setAccessibleName(tr("Keys"))
        box = QVBoxLayout(self)
        box.addWidget(area)
        plain.resize_within_screen(self, QSize(720, 600))


PARTS = (  # distribution, licence
    ("PySide6-Essentials", "LGPL-3.0"),
    ("numpy", "BSD-3-Clause"),
    ("msgspec", "BSD-3-Clause"),
    ("pyqtgraph", "MIT"),
    ("PyYAML", "MIT"),
    ("sqlglot", "MIT"),
    ("google-re2", "BSD-3-Clause"),
    ("zstandard", "BSD-3-Clause"),
    ("isal", "PSF-2.0"),
    ("platformdirs", "MIT"),
    ("filelock", "MIT"),
    ("markdown-it-py", "MIT"),
)


def about_text(settings: Settings) -> str:
    """Return versions, licences and folders, one a line."""
    lines = [
        f"History Explorer {_version('history-explorer')}   MIT",
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform(terse=True)}",
        "",
        *(f"{name} {_version(name)}   {licence}" for name, licence in PARTS),
        "",
        f"{tr('Settings')}: {settings.store.fileName()}",
        f"{tr('Trusted programs')}: {Trust().file}",
        f"{tr('Kept indexes')}: {platformdirs.user_cache_path('history-explorer')}",
        f"{tr('Traces of crashes')}: {state_folder()}",
        f"{tr('Samples, lessons and guide')}: {resource()}",
    ]
    return "\n".join(lines)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "?"


class AboutDialog(QDialog):
    """The idea in a sentence, and everything that a report of a fault should name."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("About History Explorer"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        idea = tr("Open an event log, drag through time, see the state its events had produced, and ask why.")
        self.text = QPlainTextEdit(about_text(settings))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(tr("Versions, licences and folders"))
        self.text.setFont(number_font(self.font()))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.buttons = QDialogButtonBox()
        self.copy = self.buttons.addButton(tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        close = self.buttons.addButton(QDialogButtonBox.StandardButton.Close)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text.toPlainText()))
        self.buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.addWidget(plain.label("History Explorer", role="big"))
        box.addWidget(plain.label(idea, wrap=True))
        box.addWidget(self.text, 1)
        box.addWidget(self.buttons)
        plain.resize_within_screen(self, QSize(660, 460))
        close.setFocus()


HINTS = (
    later("Drag along the timeline below, or press ← and →: the state shows what had come of it by then."),
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
