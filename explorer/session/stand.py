"""What does everybody need who shows a log as it was where a person stands?"""

from functools import cached_property

from explorer.history.state import State
from explorer.session.document import Document
from explorer.session.state.state_view import StateView


class Stand:
    """A position in a log, with the state there: made once, and given to all who show something of it.

    Attributes:
        document: The log.
        position: How many events have happened.
    """

    def __init__(self, document: Document, position: int) -> None:
        self.document = document
        self.position = position

    @cached_property
    def state(self) -> State:
        """The state here."""
        return self.document.history.state(self.position)

    @cached_property
    def before(self) -> State:
        """The state before the last event."""
        return self.document.history.state(self.position - 1) if self.position else self.state

    @cached_property
    def view(self) -> StateView:
        """The state here, as rows and columns."""
        return StateView(self.document.history, self.document.noun, self.state)

    def state_at(self, position: int) -> State:
        """The state at any position; that of this one and of the one before is not made again."""
        if position == self.position:
            return self.state
        return self.before if position == self.position - 1 else self.document.history.state(position)
