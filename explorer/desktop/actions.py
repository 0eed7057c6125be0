"""What can the user do? Menus, shortcuts, tips, icons and the key list all come from this table."""

from dataclasses import dataclass, field

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from explorer.desktop import plain
from explorer.desktop.icons import icon


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
    ActionSpec(HELP, "&Keys", "show_keys", ("F1", "?"), "keyboard", "Every key and what it does"),
    ActionSpec(HELP, "&About History Explorer", "show_about", (), "info", "Version, licences and folders"),
)


def install_actions(window: QMainWindow, page: QWidget) -> dict[str, QAction]:
    """Build the menus from ACTIONS; each action calls the method it names."""
    actions: dict[str, QAction] = {}
    groups: dict[str, QActionGroup] = {}
    menus: dict[str, QMenu] = {}
    for spec in ACTIONS:
        if spec.menu not in menus:
            menus[spec.menu] = window.menuBar().addMenu(spec.menu)
            menus[spec.menu].setObjectName(spec.menu.replace("&", ""))
            menus[spec.menu].setAccessibleName(spec.menu.replace("&", ""))
        action = QAction(icon(spec.icon), spec.text, window)
        action.setObjectName(spec.name)
        action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
        plain.set_tip(action, f"{spec.tip} ({' or '.join(spec.keys)})" if spec.keys else spec.tip)
        action.setStatusTip(spec.tip)
        action.setAutoRepeat(spec.slot != "play_or_pause")
        if spec.group:
            action.setCheckable(True)
            if spec.group not in groups:
                groups[spec.group] = QActionGroup(window)
            groups[spec.group].addAction(action)
        _connect(action, window, page, spec)
        if spec.line_above:
            menus[spec.menu].addSeparator()
        menus[spec.menu].addAction(action)
        actions[spec.name] = action
    return actions


def refresh_icons(actions: dict[str, QAction]) -> None:
    """Draw every icon anew, in the colours of the theme."""
    for spec in ACTIONS:
        actions[spec.name].setIcon(icon(spec.icon))


def _connect(action: QAction, window: QMainWindow, page: QWidget, spec: ActionSpec) -> None:
    method = getattr(page if spec.page else window, spec.slot)
    if spec.argument:
        action.triggered.connect(lambda _checked=False: method(spec.argument))
    else:
        action.triggered.connect(lambda _checked=False: method())
