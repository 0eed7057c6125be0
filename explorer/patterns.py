"""How is a pattern compiled when it is asked first, so that a start does not compile those that nobody asks?

Each of the program's readers knows its kind of log by a few patterns, and one log needs those of one reader.
"""

import re
from typing import Any, cast

_ASKED = (
    "finditer", "findall", "flags", "fullmatch", "groupindex", "groups", "match", "pattern", "scanner", "search",
    "split", "sub", "subn",
)  # fmt: skip


class Uncompiled:
    """A pattern as it is written, until it is asked."""

    def __init__(self, text: Any, flags: int) -> None:  # noqa: ANN401 - text or bytes
        self._written = text, flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a compiled one has
        if name not in _ASKED:
            raise AttributeError(name)
        compiled = re.compile(*self._written)
        for each in _ASKED:  # from now on nothing stands between who asks and the compiled one
            setattr(self, each, getattr(compiled, each))
        return getattr(compiled, name)


def lazy_pattern[Text: (str, bytes)](text: Text, flags: int = 0) -> re.Pattern[Text]:
    """What `re.compile` gives, but compiled when it is asked first; a pattern that is wrong is found only then."""
    return cast("re.Pattern[Text]", Uncompiled(text, flags))
