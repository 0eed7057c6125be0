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


class OutOfReach(LogError):  # noqa: N818 - a finding: all else can be asked
    """What is asked needs what is not at hand, or more memory than may be used for it."""


class CannotWrite(LogError):  # noqa: N818 - a finding: nothing was done
    """Nothing was appended, and nothing of the log was changed."""


class Conflict(CannotWrite):
    """The log has not as many events as the writer expected: somebody else has appended to it meanwhile.

    Attributes:
        expected: How many events the log was expected to have.
        actual: How many it has.
    """

    def __init__(self, name: str, expected: int, actual: int) -> None:
        self.expected, self.actual = expected, actual
        super().__init__(
            name, f"expected position {expected:,}, but the log is at {actual:,}; nothing was written"
        )


class TornTail(CannotWrite):
    """The log's end is not whole, so nothing may be appended behind it.

    Attributes:
        offset: Where it begins, in bytes.
        raw: Its first bytes.
        length_bytes: How long it is.
        cause: Why it is not whole, in words.
    """

    def __init__(self, name: str, cause: str, offset: int, raw: bytes, length_bytes: int) -> None:
        self.offset, self.raw, self.length_bytes, self.cause = offset, raw, length_bytes, cause
        shown = raw[:60].decode("utf-8", "backslashreplace") + ("…" if length_bytes > 60 else "")
        text = ascii(shown)[1:-1] if not shown.isprintable() else shown
        reason = f"its end is not whole ({cause}), so nothing is appended; the last {length_bytes:,} bytes are: {text}"
        super().__init__(name, reason, byte=offset)


class InDoubt(LogError):  # noqa: N818 - a finding: nobody knows
    """Whether the events are in the log is not known: the log must be opened and read anew."""


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


class Moved(LogError):  # noqa: N818 - a finding: it is read again
    """Another program wrote to the database while it was read."""

    def __init__(self, name: str) -> None:
        how = f"""sqlite3 "{name}" ".backup copy.db\""""
        super().__init__(
            name,
            "another program keeps writing to it: try again in a moment, or open a copy that SQLite itself makes "
            f"({how})",
        )
