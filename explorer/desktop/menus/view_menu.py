"""How can the user change what the window looks like?"""

from explorer.desktop.menus.spec import ActionSpec
from explorer.language import later

VIEW = "&View"
PANELS = VIEW + "/" + later("&Panels")
LAYOUTS = VIEW + "/" + later("Lay&outs")

ACTIONS = (
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
        "&Columns of the events…",
        "event_columns.ask",
        (),
        "",
        "Which members of the payload or the metadata stand in columns of their own",
        page=True,
        needs_log=True,
        line_above=True,
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
        VIEW,
        "&High contrast",
        "choose_theme",
        (),
        "",
        "Black and white, with colours as clear as can be",
        argument="contrast",
        group="theme",
    ),
    ActionSpec(
        VIEW, "La&rger text", "looks.zoom_in", ("Ctrl+=", "Ctrl++"), "", "Larger text", line_above=True
    ),
    ActionSpec(VIEW, "S&maller text", "looks.zoom_out", ("Ctrl+-",), "", "Smaller text"),
    ActionSpec(
        VIEW, "Usual si&ze of text", "looks.zoom_usual", ("Ctrl+0",), "", "Text as large as the system's"
    ),
    ActionSpec(
        PANELS,
        "&Next panel",
        "panels.go_on",
        ("F6",),
        "",
        "Go into the next panel that can be seen",
        page=True,
        needs_log=True,
        line_above=True,
    ),
    ActionSpec(
        PANELS,
        "&Previous panel",
        "panels.go_back",
        ("Shift+F6",),
        "",
        "Go into the panel before",
        page=True,
        needs_log=True,
    ),
    ActionSpec(
        PANELS,
        "&Reset layout",
        "panels.reset",
        (),
        "",
        "Put every panel back where it was at first",
        page=True,
        needs_log=True,
    ),
    ActionSpec(
        LAYOUTS,
        "&Save layout…",
        "layouts.ask_name",
        (),
        "",
        "Give the arrangement of the panels a name",
        needs_log=True,
    ),
    ActionSpec(
        VIEW, "F&ull screen", "toggle_full_screen", ("F11",), "", "Use the whole screen", line_above=True
    ),
)
