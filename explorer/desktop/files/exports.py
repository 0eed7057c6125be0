"""What of an open log is written into a file, asked for in which dialog, and by whom?"""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QProgressBar,
    QProgressDialog,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from explorer.desktop import plain
from explorer.desktop.look.pictures import image, png, svg
from explorer.desktop.page.window import Window
from explorer.desktop.saving import ask_where, open_logs
from explorer.desktop.settings import Settings
from explorer.desktop.tasks import BackgroundTask, Handlers, Report, run_beside
from explorer.eventlog.errors import LogError
from explorer.eventlog.kept_open import Hold
from explorer.eventlog.written import write_file
from explorer.language import counted, later, tr
from explorer.session.document import Document
from explorer.session.files.export_formats import SUFFIXES, ExportFormat, ExportTable, chunks
from explorer.session.files.exports import DiffTable, EventsExport, StateExport, WhyTable
from explorer.session.plaintext import visible
from explorer.session.state.differences import Differences

FORMATS: tuple[tuple[ExportFormat, str, str], ...] = (
    ("csv", later("CSV"), later("For spreadsheets and programs; one line for each row")),
    ("json", later("JSON"), later("Exact numbers and nested values, as the commands print them")),
    ("markdown", later("Markdown"), later("A table for people to read")),
)
PICTURES = (
    ("png", later("PNG")),
    ("png2", later("PNG, twice as fine")),
    ("svg", later("SVG, to scale and edit")),
)


class ExportDialog(QDialog):
    """Which format; the choices are those of last time. It goes when it closes, and tells before what was chosen."""

    chosen = Signal(str, bool)  # an ExportFormat; whether text that a spreadsheet would run is guarded

    def __init__(self, what: str, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._settings = settings
        self.setWindowTitle(tr("Export"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box = QVBoxLayout(self)
        box.setSpacing(8)
        box.addWidget(plain.label(what, role="heading", wrap=True))
        self.formats: dict[ExportFormat, QRadioButton] = {}
        for form, name, use in FORMATS:
            button = QRadioButton(f"{tr(name)}    {tr(use)}")
            button.setAccessibleName(tr(name))
            button.setChecked(form == settings.export_format)
            self.formats[form] = button
            box.addWidget(button)
        if not any(button.isChecked() for button in self.formats.values()):
            self.formats["csv"].setChecked(True)
        self.guarded = QCheckBox(tr("Safe for spreadsheets: put ' before text that would run as a formula"))
        self.guarded.setChecked(settings.export_guarded)
        tip = tr("Text such as =1+1 is then no longer exactly what the log says. Numbers always are.")
        plain.set_tip(self.guarded, tip)
        box.addSpacing(4)
        box.addWidget(self.guarded)
        buttons = _buttons(self)
        box.addWidget(buttons)
        self.formats["csv"].toggled.connect(self.guarded.setEnabled)
        self.guarded.setEnabled(self.formats["csv"].isChecked())
        self.resize(self.sizeHint())

    def format(self) -> ExportFormat:
        """What was chosen."""
        return next(form for form, button in self.formats.items() if button.isChecked())

    def accept(self) -> None:
        form, guarded = self.format(), self.guarded.isChecked()
        self._settings.export_format = form
        self._settings.export_guarded = guarded
        super().accept()
        self.chosen.emit(form, guarded)


class PictureDialog(QDialog):
    """Which part of the window, and as which kind of picture; it tells when it closes."""

    chosen = Signal(str, str)  # the part's name, the kind

    def __init__(self, parts: Sequence[tuple[str, str]], settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._settings = settings
        self.setWindowTitle(tr("Export a picture"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        form = QFormLayout()
        self.part, self.kind = QComboBox(), QComboBox()
        for name, title in parts:
            self.part.addItem(title, name)
        for name, title in PICTURES:
            self.kind.addItem(tr(title), name)
        self.kind.setCurrentIndex(max(self.kind.findData(settings.picture_format), 0))
        for label, choice in ((tr("Picture of"), self.part), (tr("Format"), self.kind)):
            choice.setAccessibleName(label)
            choice.setMinimumWidth(260)
            form.addRow(label, choice)
        box = QVBoxLayout(self)
        box.addLayout(form)
        box.addWidget(_buttons(self))

    def accept(self) -> None:
        part, kind = str(self.part.currentData()), str(self.kind.currentData())
        self._settings.picture_format = kind
        super().accept()
        self.chosen.emit(part, kind)


def _buttons(dialog: QDialog) -> QDialogButtonBox:
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
    buttons.button(QDialogButtonBox.StandardButton.Save).setText(tr("Save as…"))
    buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(tr("Cancel"))
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    return buttons


SHOW_AFTER_MS = 1_000
TIMELINE = "timeline"  # is no panel, but can be drawn like one


class ExportController(QObject):
    """Writes beside the window, whole files or none, and never over an open log."""

    def __init__(self, window: Window) -> None:
        super().__init__(window.widget)
        self._window = window
        self._tasks: set[BackgroundTask] = set()  # one may be begun while another is still written

    # --- what the actions call ------------------------------------------------------------------

    def state(self) -> None:
        """The state at this point."""
        document, position = self._window.page.document, self._window.page.playhead.position
        if document is not None:
            title = tr("State at {position:,} of {events:,}")
            what = title.format(position=position, events=document.event_count)
            self._ask(document, what, f"state-{position}", lambda: StateExport(document, position))

    def diff(self) -> None:
        """What differs between A and B."""
        page = self._window.page
        document = page.document
        if document is None:
            return
        pair = page.markers.compared(page.playhead.position)
        start, stop = min(pair.a, document.event_count), min(pair.b, document.event_count)
        history, noun = document.history, document.noun

        def make() -> ExportTable:
            return DiffTable(
                document, Differences(history.state(start), history.state(stop), noun, whole=True)
            )

        what = tr("Difference from {start:,} to {stop:,}").format(start=start, stop=stop)
        self._ask(document, what, f"diff-{start}-{stop}", make)

    def why(self) -> None:
        """Every event that set the chosen value."""
        page = self._window.page
        document, value = page.document, page.why.value
        if document is None:
            return
        if value is None:
            self._window.status.show_text(tr("Choose a value in the state first."))
            return
        entity, field = value
        title = tr("Every change of {field} of {entity}") if field else tr("Every change of {entity}")
        what = title.format(field=visible(field, 60), entity=visible(entity, 60))

        def make() -> ExportTable:
            return WhyTable(document, entity, field, document.why(entity, field or None))

        self._ask(document, what, f"why-{entity[:40]}-{field[:40]}", make)

    def events(self) -> None:
        """The events that the filter lets through; without one, all."""
        page = self._window.page
        document, hits, text = page.document, page.filtering.hits, page.filter.text()
        if document is None:
            return
        if hits is None:
            what = counted(document.entry_count, tr("The only event"), tr("All {count:,} events"))
        else:
            title = tr("{count:,} of {total:,} events: {filter}")
            what = title.format(count=len(hits), total=document.entry_count, filter=visible(text, 200))
        said = text if hits is not None else ""
        self._ask(document, what, "events", lambda: EventsExport(document, hits, said))

    def picture(self) -> None:
        """The window, or one panel, as a picture."""
        panels = self._window.page.panels
        titles = [(name, dock.windowTitle()) for name, dock in panels.docks.items() if panels.in_front(name)]
        parts = [("", tr("The whole window")), *titles, (TIMELINE, tr("Timeline"))]
        dialog = PictureDialog(parts, self._window.settings, self._window.widget)
        dialog.chosen.connect(self._ask_picture)
        dialog.open()

    def copy_picture(self) -> None:
        """The window as a picture on the clipboard."""
        QGuiApplication.clipboard().setImage(image(self._window.widget))
        self._window.status.show_text(tr("Picture copied"))

    def stop(self) -> None:
        """The log is let go of: what is being written of it is given up."""
        for task in self._tasks:
            task.cancel()

    # --- private --------------------------------------------------------------------------------

    def _ask(self, document: Document, what: str, name: str, make: Callable[[], ExportTable]) -> None:
        """Ask as what and where to. However the log goes on meanwhile, what was asked for is what is written."""
        held = document.log.hold()  # until it is written, or the last dialog has gone

        def ask(form: ExportFormat, guarded: bool) -> None:
            self._ask_file(
                name + SUFFIXES[form],
                lambda path: self.write(path, make, form, guarded=guarded, held=held),
            )

        dialog = ExportDialog(what, self._window.settings, self._window.widget)
        dialog.chosen.connect(ask)
        dialog.open()

    def _ask_picture(self, part: str, kind: str) -> None:
        suffix = ".svg" if kind == "svg" else ".png"
        self._ask_file((part or "window") + suffix, lambda path: self.draw(path, part, kind))

    def _ask_file(self, name: str, take: Callable[[str], None]) -> None:
        clean = "".join(char if char.isalnum() or char in "-_." else "_" for char in name)
        folder = Path(self._window.settings.export_folder or self._window.settings.last_folder)
        ask_where(self._window.widget, tr("Export"), str(folder / clean), "", Path(clean).suffix[1:], take)

    def write(
        self,
        path: str,
        make: Callable[[], ExportTable],
        form: ExportFormat,
        *,
        guarded: bool,
        held: Hold | None = None,
    ) -> None:
        """Write what `make` gives into `path`, on another thread; the person was asked about what is there.

        `held` is released when that has ended.
        """
        target, protected = self._begin(path)

        def work(report: Report) -> int:
            try:
                table = make()
                rows = chunks(table, form, for_spreadsheets=guarded, report=report)
                write_file(target, rows, protected, replace=True)
                return len(table)
            finally:
                if held is not None:
                    held.release()

        self._run(work, target)

    def draw(self, path: str, part: str, kind: str) -> None:
        """Draw a part of the window into `path`; the file is written on another thread."""
        target, protected = self._begin(path)
        page = self._window.page
        dock = page.panels.docks.get(part)
        widget: QWidget = page.timeline if part == TIMELINE else self._window.widget if dock is None else dock
        if kind == "svg":
            lines = svg(widget, dock.windowTitle() if dock is not None else "History Explorer")
            self._run_drawing(target, lambda: write_file(target, [lines], protected, replace=True))
        else:
            drawn = image(widget, 2 if kind == "png2" else 1)
            self._run_drawing(target, lambda: write_file(target, [png(drawn)], protected, replace=True))

    def _run_drawing(self, target: Path, write: Callable[[], int]) -> None:
        def work(_report: Report) -> None:
            write()

        self._run(work, target)

    def _begin(self, path: str) -> tuple[Path, list[Path]]:
        target = Path(path)
        self._window.settings.export_folder = str(target.parent)
        return target, open_logs()

    def _run(self, work: Callable[[Report], int | None], target: Path) -> None:
        name = visible(target.name, 80)
        shown = QProgressDialog(self._window.widget)
        bar = QProgressBar()
        bar.setTextVisible(False)
        bar.setAccessibleName(tr("Writing the file"))
        shown.setBar(bar)
        shown.setMinimumWidth(320)
        shown.setWindowTitle(tr("Export"))
        shown.setLabel(plain.label(tr("Writing {file}").format(file=name)))
        shown.setCancelButtonText(tr("Cancel"))
        shown.setAutoClose(False)
        shown.setAutoReset(False)
        shown.setMinimumDuration(SHOW_AFTER_MS)
        shown.setRange(0, 1_000)
        shown.setValue(0)

        def ended() -> None:
            shown.deleteLater()
            self._tasks.discard(task)

        task = run_beside(
            self,
            work,
            Handlers(
                lambda rows: self._tell(name, rows),
                self._complain,
                progressed=lambda done, total: shown.setValue(min(done * 1_000 // max(total, 1), 999)),
                ended=ended,
            ),
        )
        self._tasks.add(task)
        shown.canceled.connect(task.cancel)

    def _tell(self, name: str, rows: int | None) -> None:
        many = tr("Saved {file}: 1 row") if rows == 1 else tr("Saved {file}: {rows:,} rows")
        text = tr("Saved {file}") if rows is None else many
        self._window.status.show_text(text.format(file=name, rows=rows))

    def _complain(self, error: Exception) -> None:
        plain.refuse(self._window.widget, tr("The export was not written"), error, (LogError, OSError))
