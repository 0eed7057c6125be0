"""Where has the person been, so that they can go back there and forth again?"""

MOST_PLACES = 500


class Trail:
    """The places between which the person jumped, like a browser's pages. Single steps only move the last place.

    Many moves that are one gesture (a drag, playing) are one jump, from where it began to where it ended.
    """

    def __init__(self, position: int = 0) -> None:
        self._places = [position]
        self._at = 0
        self._in_gesture = False

    @property
    def can_go_back(self) -> bool:
        """Whether there is a place before this one."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether one has come back from somewhere."""
        return self._at + 1 < len(self._places)

    def moved(self, position: int, *, gesture: bool = False) -> None:
        """Take note that the person now stands at `position`; `gesture`: a move that is still going on."""
        here = self._places[self._at]
        continued = gesture and self._in_gesture
        if position == here:
            return
        if continued or (abs(position - here) == 1 and not gesture):
            self._places[self._at] = position
        else:
            del self._places[self._at + 1 :]
            self._places.append(position)
            del self._places[: max(len(self._places) - MOST_PLACES, 0)]
            self._at = len(self._places) - 1
        self._in_gesture = gesture

    def end_gesture(self) -> None:
        """The drag is over: the next move is another one."""
        self._in_gesture = False

    def back(self) -> int | None:
        """Go to the place before this one; returns its position."""
        if not self.can_go_back:
            return None
        self._at -= 1
        self._in_gesture = False
        return self._places[self._at]

    def forward(self) -> int | None:
        """Go again where one came back from."""
        if not self.can_go_forward:
            return None
        self._at += 1
        self._in_gesture = False
        return self._places[self._at]
