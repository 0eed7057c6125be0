"""How can the user have commands append to the log?"""

from explorer.desktop.menus.spec import ActionSpec

RECORD = "&Record"

ACTIONS = (
    ActionSpec(
        RECORD,
        "&Give a command",
        "commanding.show",
        ("Ctrl+R",),
        "",
        "Deposit, withdraw, transfer, open, close, freeze: see the event, the fold and the state",
        page=True,
        needs_log=True,
    ),
    ActionSpec(
        RECORD,
        "&Record…",
        "commanding.record",
        (),
        "",
        "Let commands append new events to this log, or no longer; nothing is written before",
        page=True,
        needs_log=True,
    ),
)
