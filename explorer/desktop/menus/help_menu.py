"""Where can the user find out what there is to do?"""

from explorer.desktop.menus.spec import ActionSpec

HELP = "&Help"

ACTIONS = (
    ActionSpec(
        HELP,
        "&Find an action…",
        "show_palette",
        ("Ctrl+K", "Ctrl+Shift+P"),
        "search",
        "Every action by its name",
    ),
    ActionSpec(HELP, "&Keys", "show_keys", ("F1", "?"), "keyboard", "Every key and what it does"),
    ActionSpec(
        HELP, "&Hints", "looks.show_hints", (), "info", "What a newcomer should know", line_above=True
    ),
    ActionSpec(
        HELP, "&About History Explorer", "looks.show_about", (), "info", "Version, licences and folders"
    ),
)
