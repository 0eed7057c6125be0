"""In which colours does a query stand in its editor?"""

import re

from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QWidget

from explorer.desktop.look.theme import theme_of

_WORDS = re.compile(
    r"\b(SELECT|FROM|WHERE|GROUP|BY|ALL|AS|WITH|UNION|CASE|WHEN|THEN|ELSE|END|AND|OR|NOT|NULL|IS|IN|LIKE|ILIKE"
    r"|BETWEEN|FILTER|CAST|DATE|TRUE|FALSE|sum|count|min|max|first|last|avg|coalesce|unnest)\b",
    re.IGNORECASE,
)
_PARTS = (("keyword", _WORDS), ("number", re.compile(r"\b[0-9][0-9.]*\b")), ("text", re.compile(r"'[^']*'?")))
_COMMENT = re.compile(r"--.*$")


class SqlColours(QSyntaxHighlighter):
    """Words, numbers, texts and comments of SQL."""

    def __init__(self, document: QTextDocument, editor: QWidget) -> None:
        super().__init__(document)
        self._editor = editor

    def highlightBlock(self, text: str) -> None:
        theme = theme_of(self._editor.palette())
        colours = {"keyword": theme.accent, "number": theme.changed, "text": theme.added}
        for name, pattern in _PARTS:
            for found in pattern.finditer(text):
                self._paint(found, colours[name])
        for found in _COMMENT.finditer(text):
            self._paint(found, theme.muted)

    def _paint(self, found: re.Match[str], colour: str) -> None:
        look = QTextCharFormat()
        look.setForeground(QColor(colour))
        self.setFormat(found.start(), found.end() - found.start(), look)
