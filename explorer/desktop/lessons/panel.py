"""What does a lesson look like beside its log, the way through its steps included, and how do the panels make room?

Prose is drawn span by span from what was parsed; no HTML is ever read.
"""

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QEvent, QObject, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QImage,
    QImageReader,
    QKeyEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextImageFormat,
    QTextOption,
)
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QSplitter,
    QTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from explorer.desktop import plain
from explorer.desktop.lessons.exhibit_view import ExhibitView
from explorer.desktop.lessons.question_box import QuestionBox
from explorer.desktop.look.buttons import Button
from explorer.desktop.look.icons import icon
from explorer.desktop.look.theme import number_font, theme_of
from explorer.desktop.panels.dock_area import Panels
from explorer.language import tr
from explorer.session.lessons.lesson import Lesson, Passage, Span, Step

PICTURE_PX = 420
LARGER = 1.15


class Narrative(QTextEdit):
    """The prose of one step; PageDown and PageUp are left to whoever moves between steps."""

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(tr("Narrative"))
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self.setProperty("role", "narrative")
        self.document().setDocumentMargin(0)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # long lines are wrapped
        self._blocks: Sequence[Passage] = ()
        self._own_letters: QFont | None = None
        self._heights: dict[tuple[int, float], int] = {}

    def set_letters(self, font: QFont) -> None:
        """Write in another font than the rest of the window."""
        if font != self._own_letters:
            self._own_letters = font
            self._draw()

    def height_for(self, width: int) -> int:
        """How high all of it is at a width; pixels."""
        key = width, self._letters().pointSizeF()
        if key not in self._heights:
            text = self.document().clone()  # the shown one is as wide as its scroll bar leaves room for
            text.setTextWidth(width)
            self._heights[key] = int(text.size().height()) + 2
        return self._heights[key]

    def least_width(self) -> int:
        """How narrow it may become."""
        return QFontMetrics(self._letters()).averageCharWidth() * 24

    def show_blocks(self, blocks: Sequence[Passage]) -> None:
        """Show other prose, from its top."""
        self._blocks = blocks
        self._heights.clear()
        self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}:
            event.ignore()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        kinds = {QEvent.Type.FontChange, QEvent.Type.PaletteChange, QEvent.Type.StyleChange}
        if event.type() in kinds and hasattr(self, "_blocks"):
            self._draw()

    def sizeHint(self) -> QSize:
        return QSize(360, 200)

    def _draw(self) -> None:
        self.clear()
        cursor = QTextCursor(self.document())
        for at, block in enumerate(self._blocks):
            if at:
                cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
            self._write(cursor, block, at)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _write(self, cursor: QTextCursor, block: Passage, at: int) -> None:
        theme = theme_of(QGuiApplication.palette())
        line_px = QFontMetrics(self._letters()).height()
        shape = QTextBlockFormat()
        shape.setTopMargin(0 if at == 0 else line_px * (0.2 if block.kind == "item" else 0.5))
        shape.setLineHeight(118, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if block.kind == "quote":
            shape.setLeftMargin(line_px)
        if block.kind == "code":
            shape.setBackground(QColor(theme.raised))
            shape.setNonBreakableLines(False)
        if block.kind == "item":
            mark = f"{block.number}." if block.number is not None else "•"
            room_px = line_px * 1.3
            shape.setLeftMargin(room_px * block.depth)
            shape.setTextIndent(-room_px)
            stop = QTextOption.Tab()
            stop.position = room_px
            shape.setTabPositions([stop])
            cursor.setBlockFormat(shape)
            cursor.insertText(mark + "\t", self._look(Span("", bold=block.number is not None), block))
        elif block.depth:
            shape.setLeftMargin(line_px * 1.3 * block.depth)
        cursor.setBlockFormat(shape)
        if block.picture is not None:
            self._draw_picture(cursor, block)
            return
        for span in block.spans:
            cursor.insertText(span.text.replace("\n", "\u2028"), self._look(span, block))

    def _look(self, span: Span, block: Passage) -> QTextCharFormat:
        theme = theme_of(QGuiApplication.palette())
        look = QTextCharFormat()
        font = self._letters()
        font = QFont(number_font(font)) if span.code else font  # one's own: it may be made bold
        font.setBold(span.bold or block.kind == "heading")
        font.setItalic(span.italic or block.kind == "quote")
        look.setFont(font)
        look.setForeground(QColor(theme.accent if span.code and block.kind != "code" else theme.text))
        return look

    def _letters(self) -> QFont:
        """A little larger than the rest of the window: one reads more than one looks up."""
        if self._own_letters is not None:
            return self._own_letters
        font = QFont(QGuiApplication.font())
        font.setPointSizeF(font.pointSizeF() * LARGER)
        return font

    def _draw_picture(self, cursor: QTextCursor, block: Passage) -> None:
        assert block.picture is not None
        reader = QImageReader(str(block.picture))
        image: QImage = reader.read()
        if image.isNull():
            cursor.insertText(block.text)
            return
        width = min(PICTURE_PX, image.width())
        name = QUrl(f"picture:{block.picture.name}")
        self.document().addResource(QTextDocument.ResourceType.ImageResource.value, name, image)
        shape = QTextImageFormat()
        shape.setName(name.toString())
        shape.setWidth(width)
        cursor.insertImage(shape)


MARGINS_PX = 14, 6, 8, 8
ROOM_PX = 10  # around a button alone
STORY_PX = 20  # between the narrative and what is below


class LessonPanel(QWidget):
    """Shows one step at a time; asks to go on, back, or to end."""

    next_asked = Signal()
    previous_asked = Signal()
    end_asked = Signal()
    own_model_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Lesson"))
        self.on_slide = False  # whether the step is shown on a slide instead
        self.lesson_title = plain.Elided(role="muted", name=tr("Lesson"))
        self.close_button = QToolButton()
        self.close_button.setIcon(icon("close"))
        self.close_button.setAccessibleName(tr("End the lesson"))
        plain.set_tip(self.close_button, tr("End the lesson"))
        self.title = plain.label(role="step", wrap=True)
        self.narrative = Narrative()
        self.exhibit = ExhibitView()
        self.own_model = Button(tr("Write the read model…"))
        self.question = QuestionBox()
        self.following = Button(tr("Next lesson"))  # at the end of one
        self.following.hide()
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(tr("Progress of the lesson"))
        self.where = plain.label(role="muted", name=tr("Step"))
        self.previous = Button(tr("Previous"))
        self.next = Button(tr("Next"))
        self.next.setProperty("primary", True)
        self._lay_out()
        self.next.clicked.connect(self.next_asked)
        self.previous.clicked.connect(self.previous_asked)
        self.close_button.clicked.connect(self.end_asked)
        self.own_model.clicked.connect(self.own_model_asked)
        self.hide()

    def _lay_out(self) -> None:
        above = QWidget()
        story = QVBoxLayout(above)
        story.setContentsMargins(0, 0, 0, 0)
        story.addWidget(self.title)
        story.addWidget(self.narrative, 1)
        below = QWidget()
        shown = QVBoxLayout(below)
        shown.setContentsMargins(0, 6, 0, 0)
        shown.addWidget(self.exhibit, 1)
        shown.addWidget(self.own_model, 0, Qt.AlignmentFlag.AlignLeft)
        self._below, self._shown = below, shown
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(above)
        self.split.addWidget(below)
        top = QHBoxLayout()
        top.addWidget(self.lesson_title, 1)
        top.addWidget(self.close_button)
        way = QHBoxLayout()
        way.addWidget(self.previous)
        way.addWidget(self.where, 1, Qt.AlignmentFlag.AlignCenter)
        way.addWidget(self.next)
        box = self._box = QVBoxLayout(self)
        box.setContentsMargins(*MARGINS_PX)
        box.setSpacing(6)
        box.addLayout(top)
        box.addWidget(self.split, 1)
        box.addWidget(self.question)
        box.addWidget(self.following)
        box.addWidget(self.progress)
        box.addLayout(way)

    def show_step(self, lesson: Lesson, number: int, *, known: bool = False) -> None:
        """Show the step with this number, from 0; `known` where the answer to its question has been seen."""
        step: Step = lesson.steps[number]
        last = len(lesson.steps)
        self.lesson_title.show_text(lesson.title)
        self.title.setText(step.title)
        self.narrative.show_blocks(step.blocks)
        self.progress.setRange(0, last)
        self.progress.setValue(number + 1)
        self.where.setText(tr("{step} of {last}").format(step=number + 1, last=last))
        self.previous.setEnabled(number > 0)
        self.next.setText(tr("Next") if number + 1 < last else tr("End"))
        shown = step.exhibit
        self.own_model.setVisible(shown is not None and shown.kind == "own-model")
        self._below.setVisible(shown is not None)
        if step.question is not None:
            self.question.show_question(step.question, known=known)
        elif step.task is not None:
            self.question.show_task(step.task)
        else:
            self.question.show_nothing()
        self.setHidden(self.on_slide)
        self._box.activate()
        if shown is not None:
            self.share()

    def take_back(self) -> None:
        """Take back what a slide has had: the question, and the button for a read model."""
        given = (
            (self.question, self._box, 2),
            (self.following, self._box, 3),
            (self.own_model, self._shown, 1),
        )
        for widget, layout, at in given:
            hidden = widget.isHidden()
            layout.insertWidget(at, widget)
            widget.setHidden(hidden)
        self._shown.setAlignment(self.own_model, Qt.AlignmentFlag.AlignLeft)

    def take_focus(self) -> None:
        """The keys go to what the step asks, or to what leads on."""
        if not self.question.take_focus():
            leads = self.next if self.following.isHidden() else self.following
            leads.setFocus(Qt.FocusReason.OtherFocusReason)

    def share(self) -> None:
        """The narrative gets what it needs, up to a good half; the rest is the exhibit's."""
        text = self.narrative.document().clone()  # the shown one is as wide as its scroll bar leaves room for
        left, _, right, _ = MARGINS_PX
        width = self.width() - left - right  # its parts have not been laid out yet
        text.setTextWidth(width)
        wanted = self.title.heightForWidth(width) + int(text.size().height()) + STORY_PX
        room = self.split.height()
        most = room * 58 // 100
        if (
            self.exhibit.isHidden() and not self.own_model.isHidden()
        ):  # only a button, till there is something
            most = room - self._below.sizeHint().height() - ROOM_PX
        story = min(wanted, most)
        self.split.setSizes([story, room - story])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._below.isHidden():
            self.share()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.close_button.setIcon(icon("close"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_PageDown:
            self.next_asked.emit()
        elif event.key() == Qt.Key.Key_PageUp:
            self.previous_asked.emit()
        else:
            super().keyPressEvent(event)


KEPT = ("state", "why", "diff", "events", "event")
ROWS = (45, 55)  # percent, of the state, and of the events
COLUMNS = (42, 58)  # … of the lesson, and of the log


NARROW_PX = 110  # a line that one writes into, where there is little room


class LessonLayout(QObject):
    """Puts the panels of a page aside and back, and makes the bar with the buttons fit into half a window."""

    def __init__(self, panels: Panels, bar: QWidget, split: QSplitter) -> None:
        super().__init__(split)
        self._panels = panels
        self._bar = bar
        self._split = split
        for at, share in enumerate(COLUMNS):
            split.setStretchFactor(at, share)
        self._sharing = QTimer(self)
        self._sharing.setSingleShot(True)
        self._sharing.setInterval(0)
        self._sharing.timeout.connect(self._share)
        self._before: QByteArray | None = None
        self._hidden: list[QWidget] = []
        self._narrowed: dict[QLineEdit, int] = {}

    @property
    def arranged(self) -> bool:
        """Whether the panels stand as a lesson needs them."""
        return self._before is not None

    @property
    def layout(self) -> QByteArray:
        """How the panels stand, or would without a lesson: what is worth remembering."""
        return self._panels.saved() if self._before is None else self._before

    def stack(self) -> None:
        """State above events; Why and Diff are tabs behind the state, the event itself behind the events."""
        panels = self._panels
        if self._before is None:
            self._before = panels.saved()
            self._narrow()
        docks = panels.docks
        for name, dock in docks.items():
            if name not in KEPT:
                dock.hide()
            elif dock.isFloating():
                dock.setFloating(False)
        state, events = docks["state"], docks["events"]
        for name in KEPT:
            panels.removeDockWidget(docks[name])
        panels.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, state)
        panels.splitDockWidget(state, events, Qt.Orientation.Vertical)
        for name in ("why", "diff"):
            panels.tabifyDockWidget(state, docks[name])
        panels.tabifyDockWidget(events, docks["event"])
        for name in KEPT:
            docks[name].show()
        room = panels.height()
        panels.resizeDocks([state, events], [room * share // 100 for share in ROWS], Qt.Orientation.Vertical)
        for name in ("state", "events"):
            panels.bring_up(name)

        self._sharing.start()

    def _share(self) -> None:
        """Once every layout above the bar has noticed that it has become narrower."""
        widget: QWidget | None = self._bar
        while widget is not None and widget is not self._split:
            if (layout := widget.layout()) is not None:
                layout.activate()
            widget = widget.parentWidget()
        room = self._split.width()
        self._split.setSizes([room * share // 100 for share in COLUMNS])

    def put_back(self) -> None:
        """As they stood before."""
        if self._before is not None:
            before, self._before = self._before, None
            for widget in self._hidden:
                widget.show()
            for line, width_px in self._narrowed.items():
                line.setMinimumWidth(width_px)
            self._panels.restore(before)

    def _narrow(self) -> None:
        """Choices are put aside; buttons stay, and so does the line to jump, which becomes short."""
        text_only = Qt.ToolButtonStyle.ToolButtonTextOnly
        words = [each for each in self._bar.findChildren(QToolButton) if each.toolButtonStyle() == text_only]
        aside: list[QWidget] = [*self._bar.findChildren(QComboBox), *words]
        self._hidden = [widget for widget in aside if not widget.isHidden()]
        for widget in self._hidden:
            widget.hide()
        lines = self._bar.findChildren(QLineEdit)
        self._narrowed = {line: line.minimumWidth() for line in lines if line.minimumWidth() > NARROW_PX}
        for line in self._narrowed:
            line.setMinimumWidth(NARROW_PX)
