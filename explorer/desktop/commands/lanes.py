"""What has become of the commands so far: which events in one lane, which rejections in the other?"""

from dataclasses import dataclass

from explorer.desktop.commands.command_panel import CommandPanel
from explorer.desktop.panels.page import Page
from explorer.language import grouped
from explorer.session.reasons.spoken import spoken


@dataclass(frozen=True)
class _Written:
    """A command that became events: which, and where in the log the last of them stands, in any order of time."""

    log_position: int
    command: str


class Lanes:
    """Remembers both, and shows them as the log is read now."""

    def __init__(self, page: Page, panel: CommandPanel) -> None:
        self._page = page
        self._panel = panel
        self._written: list[_Written] = []
        self._rejected: list[list[str]] = []

    def clear(self) -> None:
        """Another log: nothing has become of any command yet."""
        self._written, self._rejected = [], []

    def write(self, log_position: int, command: str) -> None:
        """A command has become events, the last of them there."""
        self._written.append(_Written(log_position, command))
        self.show()

    def reject(self, mark: str, command: str, reason: str) -> None:
        """Nothing has become of a command."""
        self._rejected.append([mark, command, reason])
        self.show()

    def show(self) -> None:
        """Both lanes, as the log is read now: another order has other positions, another read model other values."""
        rows = []
        for each in self._written:
            place, document = self._place(each), self._page.document
            sentence = "" if place is None or document is None else spoken(document, place)
            number = "" if place is None else grouped(place)
            rows.append([number, each.command, sentence.partition(": ")[2] or sentence])
        self._panel.show_lanes(rows, self._rejected)

    def place(self, row: int) -> int | None:
        """Where the event of a row stands in the order of time that is shown; None if the log has lost it."""
        return self._place(self._written[row]) if 0 <= row < len(self._written) else None

    def _place(self, written: _Written) -> int | None:
        document = self._page.document
        if document is None or written.log_position > document.event_count:
            return None
        return document.history.position_of(written.log_position)
