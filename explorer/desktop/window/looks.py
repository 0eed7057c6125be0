"""How do a window's colours and size of text change, and what can a person settle once for all?"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSpinBox,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from explorer.desktop import plain
from explorer.desktop.help.dialogs import AboutDialog, HintBar
from explorer.desktop.look.icons import fit_icons
from explorer.desktop.look.theme import apply_text_size
from explorer.desktop.settings import LEAST_FOLDER_MB, MOST_FOLDER_MB, Settings
from explorer.history.cache import IndexCache
from explorer.language import later, tr
from explorer.session.plaintext import visible
from explorer.session.timeline.playback import SPEEDS
from explorer.session.trust import Trust

if TYPE_CHECKING:
    from explorer.desktop.window.main_window import MainWindow


THEMES = (
    ("system", later("As the system is")),
    ("light", later("Light")),
    ("dark", later("Dark")),
    ("contrast", later("High contrast")),
)
ORDERS = (("log", later("Log order (as recorded)")), ("time", later("Time order (as happened)")))
SCALES = (
    ("event", later("Every event takes the same room")),
    ("time", later("Every hour takes the same room")),
)
LANGUAGES = (("system", later("As the system is")), ("en", "English"), ("de", "Deutsch"))


class SettingsDialog(QDialog):
    """Every setting; each holds as soon as it is chosen."""

    def __init__(self, settings: Settings, window: "MainWindow") -> None:
        super().__init__(window)
        self._settings, self._window, self._trust = settings, window, Trust()
        self.setWindowTitle(tr("Settings"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form = QFormLayout()
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.theme = self._choice(tr("Colours"), THEMES, settings.theme)
        self.text_size = QSpinBox()
        self.text_size.setRange(80, 200)
        self.text_size.setSingleStep(10)
        self.text_size.setSuffix(" %")
        self.text_size.setValue(settings.text_percent)
        self._row(tr("Size of text"), self.text_size)
        self.language = self._choice(tr("Language"), LANGUAGES, settings.language)
        self.order = self._choice(tr("Order of events in a log just opened"), ORDERS, settings.order)
        self.scale = self._choice(tr("Timeline"), SCALES, settings.by)
        self.speed = self._choice(
            tr("Speed of playback"), [(speed, f"{speed:g}×") for speed in SPEEDS], settings.speed
        )
        self.reopen = QCheckBox(tr("Open the windows of the last time"))
        self.reopen.setChecked(settings.reopen)
        self._row(tr("At the start"), self.reopen)
        self.memory = QSpinBox()
        self.memory.setRange(LEAST_FOLDER_MB, MOST_FOLDER_MB)
        self.memory.setSingleStep(256)
        self.memory.setSuffix(" MB")
        self.memory.setValue(settings.folder_mb)
        self._row(tr("Memory for a history folder"), self.memory)
        self._add_kept()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.reset = self.buttons.addButton(tr("Reset all settings"), QDialogButtonBox.ButtonRole.ResetRole)
        self.buttons.rejected.connect(self.reject)
        for button in (self.clear, self.forget, self.reset):
            button.setAutoDefault(False)  # Enter deletes nothing
        self.buttons.button(QDialogButtonBox.StandardButton.Close).setDefault(True)
        inner = QWidget()
        inner.setLayout(self.form)
        # rather scrolled than squeezed
        inner.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        area = QScrollArea()  # large text needs more room than a small screen has
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setAccessibleName(tr("Settings"))
        box = QVBoxLayout(self)
        box.addWidget(area, 1)
        box.addWidget(self.buttons)
        plain.resize_within_screen(self, inner.sizeHint().expandedTo(self.sizeHint()) + QSize(40, 80))
        self._wire()
        self.theme.setFocus()

    def _add_kept(self) -> None:
        """What is kept on this computer: indexes and trust."""
        row = QHBoxLayout()
        self.kept = plain.label()
        self.clear = QPushButton(tr("Delete them"))
        row.addWidget(self.kept, 1)
        row.addWidget(self.clear)
        self.form.addRow(tr("Kept indexes"), row)
        self.trusted = QListWidget()
        self.trusted.setAccessibleName(tr("Trusted programs"))
        self.trusted.setMaximumHeight(6 * self.fontMetrics().lineSpacing())
        self.forget = QPushButton(tr("Forget this one"))
        column = QVBoxLayout()
        column.addWidget(self.trusted)
        column.addWidget(self.forget, 0, Qt.AlignmentFlag.AlignRight)
        self.form.addRow(tr("Trusted programs"), column)
        self._show_kept()
        self._show_trusted()

    def _wire(self) -> None:
        settings, window = self._settings, self._window
        self.theme.activated.connect(lambda _at: window.choose_theme(self.theme.currentData()))
        self.text_size.valueChanged.connect(self._choose_size)
        self.language.activated.connect(self._choose_language)
        self.order.activated.connect(lambda _at: setattr(settings, "order", self.order.currentData()))
        self.scale.activated.connect(lambda _at: window.page.measure_by(self.scale.currentData()))
        self.speed.activated.connect(lambda _at: window.page.choose_speed(self.speed.currentData()))
        self.reopen.toggled.connect(lambda checked: setattr(settings, "reopen", checked))
        self.memory.valueChanged.connect(self._choose_memory)
        self.clear.clicked.connect(self._clear)
        self.forget.clicked.connect(self._forget)
        self.reset.clicked.connect(self._reset)

    def _choose_language(self) -> None:
        if self._settings.language != self.language.currentData():
            self._settings.language = self.language.currentData()
            self._window.language_chosen.emit()

    def _choose_size(self, percent: int) -> None:
        self._settings.text_percent = percent
        apply_text_size(percent)
        fit_icons()

    def _choose_memory(self, megabytes: int) -> None:
        self._settings.folder_mb = megabytes
        document = self._window.page.document
        if document is not None:
            document.use_memory(self._settings.folder_bytes)

    def _clear(self) -> None:
        self._window.clear_cache()
        self._show_kept()

    def _show_kept(self) -> None:
        folder = self._window.cache_dir
        size = 0 if folder is None else IndexCache(folder).size_bytes
        self.kept.setText(
            tr("{size:,.1f} MB; a log whose index is kept opens at once").format(size=size / 1e6)
        )
        self.clear.setEnabled(size > 0)

    def _show_trusted(self) -> None:
        self.trusted.clear()
        for mark, name in self._trust.all():
            self.trusted.addItem(f"{visible(name, 60) or tr('a program')}   SHA-256 {mark[:16]}…")
        self.trusted.setCurrentRow(0)
        self.forget.setEnabled(self.trusted.count() > 0)

    def _forget(self) -> None:
        row = self.trusted.currentRow()
        if row >= 0:
            self._trust.withdraw(self._trust.all()[row][0])
            self._show_trusted()

    def _reset(self) -> None:
        """All as it was at first; recent logs and trust are no settings."""
        self._settings.reset()
        self._window.choose_theme(self._settings.theme)
        self._choose_size(self._settings.text_percent)
        self._window.page.measure_by("event")
        self._window.page.choose_speed(self._settings.speed)
        self._window.page.viewing.play_as_remembered()
        for choice, value in (
            (self.theme, self._settings.theme),
            (self.language, self._settings.language),
            (self.order, self._settings.order),
            (self.scale, self._settings.by),
            (self.speed, self._settings.speed),
        ):
            choice.setCurrentIndex(max(choice.findData(value), 0))
        self.text_size.setValue(self._settings.text_percent)
        self.reopen.setChecked(self._settings.reopen)
        self.memory.setValue(self._settings.folder_mb)

    def _choice(
        self, title: str, items: "list[tuple[float, str]] | tuple[tuple[str, str], ...]", value: object
    ) -> QComboBox:
        choice = QComboBox()
        for key, text in items:
            choice.addItem(tr(text), key)
        choice.setCurrentIndex(max(choice.findData(value), 0))
        self._row(title, choice)
        return choice

    def _row(self, title: str, field: QWidget) -> None:
        field.setAccessibleName(title)
        self.form.addRow(title, field)


SIZES = (80, 90, 100, 110, 125, 150, 175, 200)  # of text, percent


class Looks(QObject):
    """What the actions about looks do in one window. Text has one size in all windows."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.hints = HintBar()
        self.hints.done.connect(self._hints_seen)
        self._bar = QToolBar(tr("Hint"))
        self._bar.setMovable(False)
        self._bar.setAccessibleName(tr("Hint"))
        self._bar.toggleViewAction().setEnabled(False)
        self._bar.addWidget(self.hints)
        self._bar.hide()
        window.addToolBar(Qt.ToolBarArea.TopToolBarArea, self._bar)

    def zoom_in(self) -> None:
        """Larger text."""
        self._zoom(min((size for size in SIZES if size > self._percent), default=SIZES[-1]))

    def zoom_out(self) -> None:
        """Smaller text."""
        self._zoom(max((size for size in SIZES if size < self._percent), default=SIZES[0]))

    def zoom_usual(self) -> None:
        """Text as large as the system's."""
        self._zoom(100)

    def show_settings(self) -> None:
        """Every setting in one dialog."""
        SettingsDialog(self._window.settings, self._window).open()

    def show_about(self) -> None:
        """What program this is."""
        AboutDialog(self._window.settings, self._window).open()

    def show_hints(self) -> None:
        """What a newcomer should know."""
        self._bar.show()
        self.hints.begin()
        self.hints.next.setFocus()

    def offer_hints(self) -> None:
        """Show them to somebody who has not seen them; the keyboard stays where it is."""
        if not self._window.settings.hints_seen:
            self._bar.show()
            self.hints.begin()

    @property
    def _percent(self) -> int:
        return self._window.settings.text_percent

    def _zoom(self, percent: int) -> None:
        self._window.settings.text_percent = percent
        apply_text_size(percent)
        fit_icons()
        self._window.status.show_text(tr("Text at {percent} %").format(percent=percent))

    def _hints_seen(self) -> None:
        self._window.settings.hints_seen = True
        self._bar.hide()
        if QApplication.focusWidget() is None:
            self._window.page.events_table.setFocus()
