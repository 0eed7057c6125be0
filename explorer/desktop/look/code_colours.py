"""Which words of a program are what: words of the language, numbers, texts, comments?"""

from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QWidget

from explorer.desktop.look.theme import theme_of
from explorer.patterns import lazy_pattern

_WORDS = (
    r"and|as|async|await|break|case|class|const|continue|def|default|elif|else|except|export|finally|for|from|"
    r"function|if|import|in|is|lambda|let|match|new|not|null|None|or|pass|raise|return|switch|throw|true|True|"
    r"false|False|try|typeof|undefined|var|while|with|yield"
)
_PART = lazy_pattern(
    r"(?P<muted>//.*|\#.*)|(?P<text>'(?:[^'\\]|\\.)*'?|\"(?:[^\"\\]|\\.)*\"?|`(?:[^`\\]|\\.)*`?)"
    rf"|(?P<number>\b[0-9][0-9._]*n?\b)|\b(?P<keyword>{_WORDS})\b"
)


class CodeColours(QSyntaxHighlighter):
    """Colours a program in JavaScript or Python, line by line."""

    def __init__(self, document: QTextDocument, editor: QWidget) -> None:
        super().__init__(document)
        self._editor = editor

    def highlightBlock(self, text: str) -> None:
        theme = theme_of(self._editor.palette())
        colours = {
            "keyword": theme.accent,
            "number": theme.changed,
            "text": theme.added,
            "muted": theme.muted,
        }
        for found in _PART.finditer(text):
            look = QTextCharFormat()
            look.setForeground(QColor(colours[str(found.lastgroup)]))
            self.setFormat(found.start(), found.end() - found.start(), look)
