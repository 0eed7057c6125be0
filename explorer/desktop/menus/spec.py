"""What is one thing that the user can do: its menu, keys, icon, tip, and what it calls?"""

from typing import NamedTuple

from explorer.language import tr


class ActionSpec(NamedTuple):
    """One thing to do, and every way to ask for it."""

    menu: str  # `&View`, or a menu in it: `&View/&Panels`
    text: str
    slot: str  # a method of the page (or of a part of it: `going.back`) when `page`, else of the window
    keys: tuple[str, ...] = ()
    icon: str = ""
    tip: str = ""
    page: bool = False  # works on the open log's page
    needs_log: bool = False
    argument: str = ""  # what the slot is called with, if anything
    group: str = ""  # of the actions of a group, one is checked
    line_above: bool = False
    switch: bool = False  # on or off; the slot is called with which

    @property
    def name(self) -> str:
        """How code and tests find the action."""
        return f"{self.slot}:{self.argument}" if self.argument else self.slot

    @property
    def plain_text(self) -> str:
        """The text without its mnemonic."""
        return self.text.replace("&", "").rstrip("…")

    @property
    def shown_text(self) -> str:
        """The same in the person's language."""
        return tr(self.text).replace("&", "").rstrip("…")
