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
    ActionSpec(HELP, "&About History Explorer", "show_about", (), "info", "Version, licences and folders"),
)
