"""What can the user do: every action, with its menu, keys, icon and tip?"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class ActionSpec:
    """One thing to do, and every way to ask for it."""

    menu: str
    text: str
    slot: str  # a method of the page when `page`, else of the window
    keys: tuple[str, ...] = ()
    icon: str = ""
    tip: str = ""
    page: bool = False  # works on the open log's page
    needs_log: bool = field(default=False)
    argument: str = ""  # what the slot is called with, if anything
    group: str = ""  # of the actions of a group, one is checked
    line_above: bool = False

    @property
    def name(self) -> str:
        """How code and tests find the action."""
        return f"{self.slot}:{self.argument}" if self.argument else self.slot

    @property
    def plain_text(self) -> str:
        """The text without its mnemonic."""
        return self.text.replace("&", "").rstrip("…")


FILE, GO, VIEW, HELP = "&File", "&Go", "&View", "&Help"

ACTIONS = (
    ActionSpec(FILE, "&Open log…", "open_log", ("Ctrl+O",), "open", "Open an event log"),
    ActionSpec(FILE, "&Reload", "reload", ("F5",), "reload", "Read the log again", needs_log=True),
    ActionSpec(
        FILE,
        "&Fields…",
        "choose_fields",
        (),
        "settings",
        "Which fields are the type, time and account?",
        needs_log=True,
        line_above=True,
    ),
    ActionSpec(
        FILE,
        "&Copy the state as text",
        "copy_state",
        ("Ctrl+Shift+C",),
        "",
        "Copy the state at this point as plain text",
        page=True,
        needs_log=True,
    ),
    ActionSpec(
        FILE,
        "&Show the state as text…",
        "show_state_text",
        ("Ctrl+T",),
        "",
        "The state at this point as plain text, for reading aloud",
        page=True,
        needs_log=True,
    ),
    ActionSpec(
        FILE,
        "&Close log",
        "close_log",
        ("Ctrl+W",),
        "close",
        "Close this log",
        needs_log=True,
        line_above=True,
    ),
    ActionSpec(FILE, "Clear the cac&he", "clear_cache", (), "", "Delete all kept indexes"),
    ActionSpec(FILE, "&Quit", "close", ("Ctrl+Q",), "", "Leave the program"),
    ActionSpec(
        GO, "&Play or pause", "play_or_pause", ("Space",), "play", "Play or pause", page=True, needs_log=True
    ),
    ActionSpec(
        GO,
        "&Next event",
        "next_event",
        ("Right",),
        "step-forward",
        "One event further",
        page=True,
        needs_log=True,
        line_above=True,
    ),
    ActionSpec(
        GO,
        "P&revious event",
        "previous_event",
        ("Left",),
        "step-back",
        "One event back",
        page=True,
        needs_log=True,
    ),
    ActionSpec(
        GO,
        "Larger step &forward",
        "leap_forward",
        ("Shift+Right",),
        "",
        "1 % of the log further, at least 10 events",
        page=True,
        needs_log=True,
    ),
    ActionSpec(
        GO,
        "Larger step &back",
        "leap_back",
        ("Shift+Left",),
        "",
        "1 % of the log back, at least 10 events",
        page=True,
        needs_log=True,
    ),
    ActionSpec(
        GO,
        "&Start: before the first event",
        "go_to_start",
        ("Home",),
        "first",
        "Before the first event",
        page=True,
        needs_log=True,
    ),
    ActionSpec(
        GO,
        "&End: after the last event",
        "go_to_end",
        ("End",),
        "last",
        "After the last event",
        page=True,
        needs_log=True,
    ),
    ActionSpec(
        GO,
        "Next event of the sa&me account",
        "next_of_same",
        (".",),
        "next-same",
        "Next event of the selected account, or of the current event's account",
        page=True,
        needs_log=True,
        line_above=True,
    ),
    ActionSpec(
        GO,
        "Previous event of the same &account",
        "previous_of_same",
        (",",),
        "previous-same",
        "Previous event of the selected account, or of the current event's account",
        page=True,
        needs_log=True,
    ),
    ActionSpec(
        GO,
        "&Go to…",
        "focus_jump",
        ("Ctrl+G",),
        "",
        "Go to a position, a percentage or a time",
        page=True,
        needs_log=True,
        line_above=True,
    ),
    ActionSpec(
        GO,
        "Fil&ter events…",
        "focus_filter",
        ("/", "Ctrl+F"),
        "search",
        "List only the events that contain a text",
        page=True,
        needs_log=True,
    ),
    ActionSpec(
        GO,
        "Ne&xt hit",
        "next_hit",
        ("N",),
        "",
        "The next event that the filter lists",
        page=True,
        needs_log=True,
        line_above=True,
    ),
    ActionSpec(
        GO,
        "Previous h&it",
        "previous_hit",
        ("Shift+N",),
        "",
        "The previous event that the filter lists",
        page=True,
        needs_log=True,
    ),
    ActionSpec(
        GO,
        "Put or ta&ke a mark",
        "toggle_mark",
        ("M",),
        "",
        "Mark this position, or take its mark away",
        page=True,
        needs_log=True,
        line_above=True,
    ),
    ActionSpec(GO, "Next mar&k", "next_mark", ("]",), "", "Go to the next mark", page=True, needs_log=True),
    ActionSpec(
        GO, "Previous mark", "previous_mark", ("[",), "", "Go to the previous mark", page=True, needs_log=True
    ),
    ActionSpec(
        GO,
        "Next trou&ble",
        "next_trouble",
        ("F8",),
        "",
        "The next thing that could not be read, or was read with a warning",
        page=True,
        needs_log=True,
        line_above=True,
    ),
    ActionSpec(
        GO,
        "Previous tro&uble",
        "previous_trouble",
        ("F7",),
        "",
        "The previous thing that could not be read, or was read with a warning",
        page=True,
        needs_log=True,
    ),
    ActionSpec(
        VIEW,
        "Timeline by &event",
        "measure_by",
        (),
        "",
        "Every event takes the same room",
        page=True,
        needs_log=True,
        argument="event",
        group="by",
    ),
    ActionSpec(
        VIEW,
        "Timeline by &time",
        "measure_by",
        (),
        "clock",
        "Every hour takes the same room",
        page=True,
        needs_log=True,
        argument="time",
        group="by",
    ),
    ActionSpec(
        VIEW,
        "Colours of the &system",
        "choose_theme",
        (),
        "",
        "Light or dark, as the system is",
        argument="system",
        group="theme",
        line_above=True,
    ),
    ActionSpec(
        VIEW, "&Light", "choose_theme", (), "", "Dark text on light ground", argument="light", group="theme"
    ),
    ActionSpec(
        VIEW, "&Dark", "choose_theme", (), "", "Light text on dark ground", argument="dark", group="theme"
    ),
    ActionSpec(
        VIEW, "F&ull screen", "toggle_full_screen", ("F11",), "", "Use the whole screen", line_above=True
    ),
    ActionSpec(
        HELP,
        "&Find an action…",
        "show_palette",
        ("Ctrl+K", "Ctrl+Shift+P"),
        "search",
        "Every action by its name",
    ),
    ActionSpec(HELP, "&Keys", "show_keys", ("F1", "?"), "keyboard", "Every key and what it does"),
    ActionSpec(HELP, "&About History Explorer", "show_about", (), "info", "Version, licences and folders"),
)
