"""How is a lesson's prose drawn? Span by span from what was parsed; no HTML is ever read."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QImage,
    QImageReader,
    QKeyEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextImageFormat,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QTextEdit

from explorer.desktop.look.theme import number_font, theme_of
from explorer.language import tr
from explorer.session.lessons.lesson import Passage, Span

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

    def show_blocks(self, blocks: Sequence[Passage]) -> None:
        """Show other prose, from its top."""
        self._blocks = blocks
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
