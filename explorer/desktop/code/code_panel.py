"""Which lines of the fold does this event run, and what do the values become?"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor, QTextCursor, QTextFormat
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QPlainTextEdit,
    QSplitter,
    QTabBar,
    QTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from explorer.desktop import plain
from explorer.desktop.look.code_colours import CodeColours
from explorer.desktop.look.theme import number_font, theme_of
from explorer.desktop.panels.page import Page
from explorer.desktop.panels.panel import PanelController
from explorer.desktop.tables.quiet_table import MARK_PX, QuietTable
from explorer.desktop.tables.table_model import TextRows
from explorer.desktop.tasks import Handlers, LatestTask
from explorer.eventlog.errors import LogError
from explorer.language import later, tr
from explorer.projection.tracing import Trace
from explorer.sentences import in_words
from explorer.session.changes.traced_code import TITLES, TracedCode, TracedEvent, ValueRow, names_at
from explorer.session.document import Document
from explorer.session.plaintext import visible, visible_block
from explorer.session.stand import Stand

REST_MS = 120  # who drags through time sees no code run
NO_CODE = later(
    "This read model is not written as code. The accounts and the latest values are, and so is each read model of "
    "your own in JavaScript or Python."
)


class CodeView(QPlainTextEdit):
    """A program that cannot be changed here; some of its lines are lit."""

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setAccessibleName(tr("The program"))
        self.setFont(number_font(self.font()))
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._colours = CodeColours(self.document(), self)
        self.lit: set[int] = set()  # lines, from 1
        self.here: set[int] = set()

    def show_text(self, text: str) -> None:
        """Show another program."""
        shown = visible_block(text)
        if shown != self.toPlainText():
            self.setPlainText(shown)
        self.light(set(), set())

    def light(self, lit: set[int], here: set[int]) -> None:
        """Light the lines that ran, and those of the step that is looked at, which comes into sight."""
        self.lit, self.here = lit, here
        theme = theme_of(self.palette())
        marks = []
        for line in sorted(lit | here):
            mark = QTextEdit.ExtraSelection()
            mark.cursor = QTextCursor(self.document().findBlockByNumber(line - 1))
            mark.format.setBackground(QColor(theme.changed_soft if line in here else theme.now))
            mark.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
            marks.append(mark)
        self.setExtraSelections(marks)
        seen = here or lit
        if seen:
            # the last is seen in any case: where a step begins, and of all that ran its end, which has the effect
            for line in (max(seen), min(seen)) if here else (min(seen), max(seen)):
                self.setTextCursor(QTextCursor(self.document().findBlockByNumber(line - 1)))
                self.ensureCursorVisible()


class CodePanel(QWidget):
    """Tabs of languages, the program, what holds before and after, and a step at a time."""

    language_chosen = Signal(str)
    entity_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._told: TracedEvent | None = None
        self.step = 0  # 0: all that ran at once
        self.tabs = QTabBar()
        self.tabs.setDocumentMode(True)
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName(tr("Language"))
        self.entities = QComboBox()
        self.entities.setAccessibleName(tr("In whose state"))
        self.back, self.on = self._button("◀", tr("One step back")), self._button("▶", tr("One step further"))
        self.where = plain.Elided(role="muted", name=tr("Step"))
        self.hint = plain.label(tr(NO_CODE), role="muted", wrap=True)
        self.said = plain.label(role="muted", wrap=True, name=tr("What there is to say of it"))
        self.code = CodeView()
        self.rows = TextRows(["", tr("Name"), tr("Before"), tr("After")], (2, 3), self)
        self.values = QuietTable(self.rows, tr("Values before and after"))
        self.values.setColumnWidth(0, MARK_PX)
        self.values.set_figures(((1, 9), (2, 12)))
        self.parts = QSplitter(Qt.Orientation.Horizontal)
        self.parts.setChildrenCollapsible(False)
        self.parts.addWidget(self.code)
        self.parts.addWidget(self.values)
        self.parts.setSizes([420, 300])
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self.tabs)
        head.addWidget(self.entities)
        head.addWidget(self.back)
        head.addWidget(self.on)
        head.addWidget(self.where, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 4, 0, 0)
        box.setSpacing(4)
        box.addLayout(head)
        box.addWidget(self.hint)
        box.addWidget(self.parts, 1)
        box.addWidget(self.said)
        self.tabs.currentChanged.connect(lambda at: self.language_chosen.emit(self.tabs.tabData(at) or ""))
        self.entities.activated.connect(lambda at: self.entity_chosen.emit(self.entities.itemData(at)))
        self.back.clicked.connect(lambda: self._walk(-1))
        self.on.clicked.connect(lambda: self._walk(1))

    def _button(self, text: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setAccessibleName(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        plain.set_tip(button, tip)
        return button

    def show_languages(self, languages: Sequence[str], chosen: str) -> None:
        """Show a tab for each; without one, say that there is no code."""
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for language in languages:
            self.tabs.setTabData(self.tabs.addTab(TITLES[language]), language)
        self.tabs.setCurrentIndex(max(0, list(languages).index(chosen) if chosen in languages else 0))
        self.tabs.blockSignals(False)
        for widget in (self.tabs, self.parts, self.back, self.on, self.where):
            widget.setVisible(bool(languages))
        self.hint.setVisible(not languages)
        self.show_told(None)

    def show_told(self, told: TracedEvent | None) -> None:
        """Show what ran for an event; None: nothing is known yet."""
        self._told, self.step = told, 0
        self.entities.clear()
        for entity in () if told is None else told.entities:
            self.entities.addItem(visible(entity, 40), entity)
        self.entities.setVisible(told is not None and len(told.entities) > 1)
        if told is not None:
            self.entities.setCurrentIndex(max(0, self.entities.findData(told.entity)))
        self.say("" if told is None else told.said, wrong=told is not None and told.trace is None)
        self._show_step()

    def say(self, text: str, *, wrong: bool = False) -> None:
        """What there is to say."""
        self.said.setProperty("role", "warning" if wrong else "muted")
        self.said.style().polish(self.said)
        self.said.setText(text)
        self.said.setVisible(bool(text))

    @property
    def _trace(self) -> Trace | None:
        return None if self._told is None else self._told.trace

    def _walk(self, by: int) -> None:
        trace = self._trace
        if trace is not None:
            self.step = max(0, min(len(trace.steps), self.step + by))
            self._show_step()

    def _show_step(self) -> None:
        trace, told = self._trace, self._told
        steps = [] if trace is None else trace.steps
        lit = {line for each in steps for line in range(each.line, each.last + 1)}
        here: set[int] = set()
        rows: Sequence[ValueRow] = [] if told is None else told.rows
        where = ""
        if trace is not None and self.step:
            now = steps[self.step - 1]
            here, rows = set(range(now.line, now.last + 1)), names_at(trace, self.step - 1)
            text = tr("Step {step} of {steps}: line {line}")
            where = text.format(step=self.step, steps=len(steps), line=now.line)
        elif told is not None and trace is not None:
            text = tr("{entity}: {lines} lines ran, in {steps} steps")
            where = text.format(entity=visible(told.entity, 40), lines=len(lit), steps=len(steps))
        self.where.show_text(where)
        self.back.setEnabled(self.step > 0)
        self.on.setEnabled(self.step < len(steps))
        self.rows.show_rows([[each.mark, each.name, each.before, each.after] for each in rows])
        self.code.light(lit, here)


class CodeController(PanelController):
    """Has the event traced where the person stands, in a process of its own, once they rest there."""

    panel: CodePanel

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.panel = CodePanel()
        self._code: TracedCode | None = None
        self._language = "javascript"
        self._entity: str | None = None
        self._tracing = LatestTask(self)
        self._wanted = 0
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._ask)

    def wire(self) -> None:
        self.panel.language_chosen.connect(self._choose_language)
        self.panel.entity_chosen.connect(self._choose_entity)
        self._page.signals.value_chosen.connect(self._prefer)

    def show_document(self, document: Document | None) -> None:
        """Another log, another read model, or none."""
        old, self._code = self._code, None if document is None else TracedCode(document)
        self._rest.stop()
        self._tracing.cancel()
        if old is not None:
            old.close()
        self._entity = None
        languages = [] if self._code is None else list(self._code.recipes)
        if languages and self._language not in languages:
            self._language = languages[0]
        self.panel.show_languages(languages, self._language)
        self._show_code()

    def stand_at(self, stand: Stand) -> None:
        """Trace the event there once the person rests."""
        self._wanted = stand.position
        if self._code is not None and self._code.recipes:
            self._rest.start()

    def _show_code(self) -> None:
        recipe = None if self._code is None else self._code.recipes.get(self._language)
        self.panel.code.show_text("" if recipe is None else recipe.text)

    def _choose_language(self, language: str) -> None:
        if language and language != self._language:
            self._language = language
            self._show_code()
            self.panel.show_told(None)
            self.stand_again()

    def _choose_entity(self, entity: str) -> None:
        self._entity = entity
        self.stand_again()

    def _prefer(self, entity: str, _field: str) -> None:
        if entity != self._entity:
            self._entity = entity
            if self._page.panels.in_front("code"):
                self.stand_again()

    def _ask(self) -> None:
        code, position = self._code, self._wanted
        if code is None or self._tracing.at_work:
            return
        language, entity = self._language, self._entity
        self._tracing.start(
            lambda _report: code.of(language, position, entity),
            Handlers(
                self.panel.show_told,
                self._fail,
                ended=lambda: self._ended(code, (language, position, entity)),
            ),
        )

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, LogError):
            raise error
        self.panel.show_told(None)
        self.panel.say(visible(in_words(error), 300), wrong=True)

    def _ended(self, code: TracedCode, asked: tuple[str, int, str | None]) -> None:
        if code is self._code and asked != (self._language, self._wanted, self._entity):
            self._rest.start()
