"""How does the program say, in one plain sentence, that a log cannot be used?"""


class LogError(Exception):
    """The log as a whole cannot be opened or read; `str()` is the sentence for the person."""

    def __init__(
        self,
        name: str,
        reason: str,
        *,
        line: int | None = None,
        column: int | None = None,
        byte: int | None = None,
    ) -> None:
        self.name = name
        self.reason = reason
        self.line = line
        self.column = column
        self.byte = byte
        super().__init__(place(name, line, column, byte) + ": " + reason)


class Cancelled(Exception):  # noqa: N818 - not an error: the person asked for it
    """The reading was given up because the person said so."""


def place(name: str, line: int | None = None, column: int | None = None, byte: int | None = None) -> str:
    """`accounts.jsonl, line 3, column 17, byte 240`: only the parts that are known."""
    parts = [name]
    if line is not None:
        parts.append(f"line {line:,}")
    if column is not None:
        parts.append(f"column {column:,}")
    if byte is not None:
        parts.append(f"byte {byte:,}")
    return ", ".join(parts)
