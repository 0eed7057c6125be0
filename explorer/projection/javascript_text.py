"""What does the text of a program in JavaScript define, so far as that can be told without running it?"""

import re

from explorer.patterns import lazy_pattern
from explorer.projection.program import ProgramError

# comments, texts and templates, in which nothing is defined
_ASIDE = lazy_pattern(
    r"//[^\n]*|/\*.*?(?:\*/|\Z)|'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"|`(?:[^`\\]|\\.)*`", re.DOTALL
)
_IMPORT = lazy_pattern(r"^import\b(?!\s*\()[^\n]*", re.MULTILINE)
_EXPORT = lazy_pattern(
    r"^export[ \t]+(?:default[ \t]+(?=function|class|async))?(?=const|let|var|function|class|async)",
    re.MULTILINE,
)
_EXPORT_LIST = lazy_pattern(r"^export[ \t]*\{[^}]*\}[ \t]*;?", re.MULTILINE)
_EXPORT_DEFAULT = lazy_pattern(r"^export[ \t]+default\b", re.MULTILINE)


def without_asides(text: str) -> str:
    """The text with blanks for comments and texts, every line and column as it was."""
    return _ASIDE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def defines(text: str, name: str) -> bool:
    """Whether a program seems to define a function called `name`."""
    found = rf"\bfunction\s*\*?\s*{name}\b|\b{name}\s*(?:=(?!=)|:|\()|\bexports\b[^;]*\b{name}\b"
    return re.search(found, without_asides(text)) is not None


def as_script(text: str) -> str:
    """The program as a script: what it exports is just defined. Lines stay where they are.

    Raises:
        ProgramError: It imports something.
    """
    bare = without_asides(text)
    imported = _IMPORT.search(bare)
    if imported is not None:
        line = bare.count("\n", 0, imported.start()) + 1
        raise ProgramError("it imports something, and a program can load nothing here", line, 1)
    parts: list[tuple[int, int, str]] = []
    for pattern, becomes in ((_EXPORT, ""), (_EXPORT_LIST, ""), (_EXPORT_DEFAULT, "module.exports =")):
        for found in pattern.finditer(bare):
            if not any(begin <= found.start() < end for begin, end, _ in parts):
                blank = re.sub(r"[^\n]", " ", found[0])
                parts.append((found.start(), found.end(), becomes or blank))
    for begin, end, becomes in sorted(parts, reverse=True):
        text = text[:begin] + becomes + text[end:]
    return text
