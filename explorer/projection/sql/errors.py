"""Where in the text of a query is what wrong with it?"""

from sqlglot import exp


class SqlError(ValueError):
    """A query that cannot be a read model; `str()` is the sentence for the person.

    Attributes:
        reason: What is wrong, without the place.
        line, column: 1-based place in the text.
        start, end: The same as a half-open range of characters.
    """

    def __init__(self, reason: str, text: str = "", start: int = 0, end: int = 0) -> None:
        self.line = text.count("\n", 0, start) + 1
        self.column = start - (text.rfind("\n", 0, start) + 1) + 1
        self.reason = reason
        self.start, self.end = start, end
        super().__init__(f"line {self.line}, column {self.column}: {reason}")


class Text:
    """A query's text, which knows where each part of its tree stands in it."""

    def __init__(self, text: str) -> None:
        self.text = text

    def error(self, node: exp.Expr | None, reason: str) -> SqlError:
        """The error that points at `node`."""
        places = [
            (found.meta["start"], found.meta["end"] + 1)
            for found in (node.walk() if node is not None else ())
            if "start" in found.meta
        ]
        start, end = (
            (min(place[0] for place in places), max(place[1] for place in places)) if places else (0, 0)
        )
        return SqlError(reason, self.text, start, end)
