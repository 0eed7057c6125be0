"""What can the user do with the file of a log: see it grow, append to it?"""

from explorer.desktop.menus.spec import ActionSpec

LOG = "&Log"

ACTIONS = (
    ActionSpec(
        LOG,
        "Follow the &end",
        "following.follow_end",
        ("Ctrl+End",),
        "",
        "Stand at the end whenever another program has appended events; going anywhere else stops it",
        needs_log=True,
        switch=True,
    ),
    ActionSpec(
        LOG,
        "&Verify…",
        "proving.verify",
        (),
        "",
        "Is every record as it was written, in order, nothing missing, nothing twice?",
        needs_log=True,
        line_above=True,
    ),
    ActionSpec(
        LOG,
        "&Mend a torn end…",
        "proving.mend",
        (),
        "",
        "Move what a program left unfinished at the log's end into a file of its own, if there is such a thing",
        needs_log=True,
    ),
)
