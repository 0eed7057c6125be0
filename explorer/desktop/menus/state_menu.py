"""What can the user ask of the state: when something held, and what must always hold?"""

from explorer.desktop.menus.spec import ActionSpec

STATE = "&State"

ACTIONS = (
    ActionSpec(
        STATE,
        "&When was…",
        "finding.ask",
        ("Ctrl+Shift+F",),
        "search",
        "Find every interval in which a condition held, such as balance < 0",
        page=True,
        needs_log=True,
        line_above=True,
    ),
    ActionSpec(
        STATE,
        "Where it held ne&xt",
        "finding.next",
        ("F3",),
        "",
        "Go to where the next interval begins that the Find panel lists",
        page=True,
        needs_log=True,
    ),
    ActionSpec(
        STATE,
        "Where it held &before",
        "finding.previous",
        ("Shift+F3",),
        "",
        "Go to where the previous interval begins that the Find panel lists",
        page=True,
        needs_log=True,
    ),
    ActionSpec(
        STATE,
        "&Checks: what must always hold",
        "checking.show",
        ("Ctrl+Shift+I",),
        "",
        "Conditions that must always hold, and where they were broken",
        page=True,
        needs_log=True,
        line_above=True,
    ),
    ActionSpec(
        STATE,
        "&Add a check…",
        "checking.add_new",
        (),
        "",
        "Add a condition that must always hold",
        page=True,
        needs_log=True,
    ),
)
