"""In which colours do keys, texts, numbers and null stand, and how does a text view get them?"""

from bisect import bisect_right

from PySide6.QtGui import QColor, QFont, QPalette, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from explorer.desktop.look.theme import theme_of
from explorer.session.events.json_view import PieceKind, TextPiece, pieces

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
