"""How can the user look closer at the timeline, select on it, and mark it?"""

from explorer.desktop.menus.spec import ActionSpec

TIMELINE = "&Timeline"

ACTIONS = (
    ActionSpec(
        TIMELINE, "Zoom &in", "viewing.zoom_in", ("W",), "",
        "Show less of the log, and that larger (Ctrl+wheel)", page=True, needs_log=True,
    ),
    ActionSpec(
        TIMELINE, "Zoom &out", "viewing.zoom_out", ("S",), "",
        "Show more of the log (Ctrl+wheel)", page=True, needs_log=True,
    ),
    ActionSpec(
        TIMELINE, "Move the view &left", "viewing.pan_left", ("A",), "",
        "Show what is earlier (Shift+wheel)", page=True, needs_log=True,
    ),
    ActionSpec(
        TIMELINE, "Move the view &right", "viewing.pan_right", ("D",), "",
        "Show what is later (Shift+wheel)", page=True, needs_log=True,
    ),
    ActionSpec(
        TIMELINE, "&Fit the whole log", "viewing.fit", ("F",), "",
        "Show the whole log (double click on the overview)", page=True, needs_log=True,
    ),
    ActionSpec(
        TIMELINE, "Short &gaps", "viewing.short_gaps", ("Shift+G",), "gap",
        "By time, draw long gaps without events short", page=True, needs_log=True, switch=True,
    ),
    ActionSpec(
        TIMELINE, "Selection &begins here", "viewing.begin_here", ("I",), "",
        "Select from this position on (or drag with Shift)", page=True, needs_log=True, line_above=True,
    ),
    ActionSpec(
        TIMELINE, "Selection &ends here", "viewing.end_here", ("O",), "",
        "Select up to this position (or drag with Shift)", page=True, needs_log=True,
    ),
    ActionSpec(
        TIMELINE, "Select between &A and B", "viewing.select_between_points", (), "",
        "Select the events between the two points that are compared", page=True, needs_log=True,
    ),
    ActionSpec(
        TIMELINE, "&Zoom to the selection", "viewing.zoom_to_selection", ("Shift+F",), "",
        "Show what is selected, as large as it will go", page=True, needs_log=True,
    ),
    ActionSpec(
        TIMELINE, "Li&st the selection only", "viewing.list_selection", (), "list",
        "List only the selected events; the filter says so", page=True, needs_log=True,
    ),
    ActionSpec(
        TIMELINE, "Select &nothing", "viewing.select_nothing", (), "",
        "Forget the selection", page=True, needs_log=True,
    ),
    ActionSpec(
        TIMELINE, "&Loop", "viewing.loop", ("L",), "loop",
        "Play the selection, or the whole log, over and over", page=True, needs_log=True, switch=True,
        line_above=True,
    ),
    ActionSpec(
        TIMELINE, "Play back&wards", "viewing.backwards", ("Shift+L",), "reverse",
        "Play towards the start", page=True, needs_log=True, switch=True,
    ),
    ActionSpec(
        TIMELINE, "Put or ta&ke a bookmark", "marking.toggle", ("M",), "bookmark",
        "Put a bookmark at this position, or take it away", page=True, needs_log=True, line_above=True,
    ),
    ActionSpec(
        TIMELINE, "Name and note of the bookmar&k…", "marking.describe", ("Shift+M",), "",
        "Write a name and a note for this position", page=True, needs_log=True,
    ),
    ActionSpec(
        TIMELINE, "Ne&xt bookmark", "marking.next", ("]",), "",
        "Go to the next bookmark", page=True, needs_log=True,
    ),
    ActionSpec(
        TIMELINE, "&Previous bookmark", "marking.previous", ("[",), "",
        "Go to the previous bookmark", page=True, needs_log=True,
    ),
    ActionSpec(
        TIMELINE, "All book&marks", "marking.show", ("Ctrl+B",), "list",
        "Every bookmark with its name and note", page=True, needs_log=True,
    ),
)  # fmt: skip
