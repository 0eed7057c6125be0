"""What can the user do with logs as a whole: open, read anew, copy, close?"""

from explorer.desktop.menus.spec import ActionSpec

FILE = "&File"

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
)
