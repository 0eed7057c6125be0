"""What can the user do: every action of every menu, with its keys, its icon and its tip?"""

from functools import partial
from typing import NamedTuple

from explorer.language import tr


class ActionSpec(NamedTuple):
    """One thing to do, and every way to ask for it."""

    menu: str  # `&View`, or a menu in it: `&View/&Panels`
    text: str
    slot: str  # a method of the page (or of a part of it: `going.back`) when `page`, else of the window
    tip: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    page: bool = False  # works on the open log's page
    needs_log: bool = False
    argument: str = ""  # what the slot is called with, if anything
    group: str = ""  # of the actions of a group, one is checked
    line_above: bool = False
    switch: bool = False  # on or off; the slot is called with which

    @property
    def name(self) -> str:
        """How code and tests find the action."""
        return f"{self.slot}:{self.argument}" if self.argument else self.slot

    @property
    def plain_text(self) -> str:
        """The text without its mnemonic."""
        return self.text.replace("&", "").rstrip("…")

    @property
    def shown_text(self) -> str:
        """The same in the person's language."""
        return tr(self.text).replace("&", "").rstrip("…")


window = ActionSpec  # what the window does at any time
log = partial(ActionSpec, needs_log=True)  # what the window does with the open log
page = partial(log, page=True)  # what the page of the open log does

FILE = "&File"
GO = "&Go"
STATE = "&State"
COMPARE = "&Compare"
WHAT_IF = "&What if"
RECORD = "&Record"
TIMELINE = "&Timeline"
LOG = "&Log"
VIEW = "&View"
HELP = "&Help"
EXPORT = FILE + "/E&xport"
PANELS = VIEW + "/&Panels"
LAYOUTS = VIEW + "/Lay&outs"
LESSONS = HELP + "/&Lessons"
GALLERY = LESSONS + "/&Gallery"

OWN_LESSONS = (
    ("1-source-of-truth.md", "&1 Events as the source of truth"),
    ("2-commands-and-events.md", "&2 Aggregates, commands and events"),
    ("3-read-models.md", "&3 Read models"),
    ("4-snapshots-and-versions.md", "&4 Snapshots, versioning and schema evolution"),
)  # fmt: skip

SAMPLE_DOMAINS = (
    ("gallery/bank.md", "&Bank"),
    ("gallery/shop.md", "Web &shop"),
    ("gallery/library.md", "&Library"),
    ("gallery/chess.md", "&Chess game"),
    ("gallery/parcel.md", "&Parcel"),
    ("gallery/thermostat.md", "&Thermostat"),
    ("gallery/theatre.md", "Seats of a th&eatre"),
    ("gallery/issue.md", "&GitHub issue"),
    ("gallery/agent-session.md", "Session of an &agent"),
    ("gallery/inventory.md", "&Inventory"),
)  # fmt: skip

# What is done to a lesson, while one is given
LESSON_ACTIONS = (
    "lessons.next_step", "lessons.previous_step", "lessons.end", "lessons.pages.ask_where",
    "lessons.handouts.ask_where", "lessons.show_notes", "lessons.copy_link",
)  # fmt: skip

ACTIONS = (
    window(FILE, "&Open log…", "open_log", "Open an event log", keys=("Ctrl+O",), icon="open"),
    window(FILE, "Ne&w log…", "new_logs.ask", "Make an empty log, into which commands are recorded"),
    window(FILE, "&Paste as log", "new_logs.paste",
        "Open the events on the clipboard, in any format: JSON, CSV, a list in JavaScript",
        keys=("Ctrl+Shift+V",)),
    window(FILE, "&New window", "new_window", "Another window, with its own log", keys=("Ctrl+N",)),
    window(FILE, "Open &in new window…", "open_in_new_window", "Open an event log in a window of its own",
        keys=("Ctrl+Shift+O",)),
    window(FILE, "&Connect…", "open_source", "Open a table of a database or a topic of a broker; it is only read"),
    log(FILE, "&Files of this log…", "choose_files",
        "Add files to the log, leave some out, and say in which order they stand"),
    log(FILE, "&Reload", "rereading.reload", "Read the log again", keys=("F5",), icon="reload"),
    window(FILE, "Open wor&kspace…", "workspaces.open",
        "Open the log of a workspace file exactly where it was saved", line_above=True),
    log(FILE, "&Save workspace", "workspaces.save",
        "Save where you stand, the filter, the marks and the panels into a file; the log is not written",
        keys=("Ctrl+S",), icon="bookmark"),
    log(FILE, "Save workspace &as…", "workspaces.save_as", "The same, into another file",
        keys=("Ctrl+Shift+S",)),
    log(FILE, "Save the cop&y as…", "copies.save_as",
        "Keep the copy of a sample or of a lesson's log, with what was recorded into it"),
    log(FILE, "Copy &link", "workspaces.copy_link", "Copy the command that opens this log at this place",
        keys=("Ctrl+L",)),
    log(EXPORT, "&State…", "exporting.state",
        "Write the state at this point into a file: CSV, JSON or Markdown", keys=("Ctrl+E",)),
    log(EXPORT, "&Difference…", "exporting.diff", "Write what differs between A and B into a file"),
    log(EXPORT, "&Why…", "exporting.why", "Write every event that set the chosen value into a file"),
    log(EXPORT, "&Events…", "exporting.events", "Write the events that the filter lets through into a file"),
    log(EXPORT, "&Picture…", "exporting.picture", "Save the window, a panel or the timeline as PNG or SVG",
        icon="screenshot", line_above=True),
    log(EXPORT, "&Copy picture", "exporting.copy_picture", "Copy a picture of the window"),
    log(FILE, "&Fields…", "rereading.choose_fields", "Which fields are the type, time and account?",
        icon="settings", line_above=True),
    log(FILE, "&Upcasters…", "upcasters.choose",
        "Lift old events to today's schema version, by steps in a .toml or .py file"),
    log(FILE, "&No upcasters", "upcasters.leave", "Read every event as it stands"),
    page(FILE, "&Copy the state as text", "copy_state", "Copy the state at this point as plain text",
        keys=("Ctrl+Shift+C",)),
    page(FILE, "&Show the state as text…", "show_state_text",
        "The state at this point as plain text, for reading aloud", keys=("Ctrl+T",)),
    log(FILE, "&Close log", "close_log", "Close this log", keys=("Ctrl+W",), icon="close", line_above=True),
    window(FILE, "Se&ttings…", "looks.show_settings",
        "Colours, size of text, language, how a log is opened, what is kept and trusted", keys=("Ctrl+,",),
        icon="settings", line_above=True),
    window(FILE, "Clear the cac&he", "clear_cache", "Delete all kept indexes"),
    window(FILE, "&Quit", "quit", "Leave the program", keys=("Ctrl+Q",)),

    page(GO, "&Play or pause", "play_or_pause", "Play or pause", keys=("Space",), icon="play"),
    page(GO, "&Next event", "next_event", "One event further", keys=("Right", "J"), icon="step-forward",
        line_above=True),
    page(GO, "P&revious event", "previous_event", "One event back", keys=("Left", "K"), icon="step-back"),
    page(GO, "Larger step &forward", "leap_forward", "1 % of the log further, at least 10 events",
        keys=("Shift+Right",)),
    page(GO, "Larger step &back", "leap_back", "1 % of the log back, at least 10 events",
        keys=("Shift+Left",)),
    page(GO, "&Start: before the first event", "go_to_start", "Before the first event", keys=("Home",),
        icon="first"),
    page(GO, "&End: after the last event", "go_to_end", "After the last event", keys=("End",), icon="last"),
    page(GO, "Next event of the sa&me account", "next_of_same",
        "Next event of the selected account, or of the current event's account", keys=(".",),
        icon="next-same", line_above=True),
    page(GO, "Previous event of the same &account", "previous_of_same",
        "Previous event of the selected account, or of the current event's account", keys=(",",),
        icon="previous-same"),
    page(GO, "&Go to…", "going.ask",
        "Go to a position, a percentage or a time: #1204, 50%, last tuesday, 3 days earlier",
        keys=("Ctrl+G",), line_above=True),
    page(GO, "Bac&k to where you were", "going.back", "Undo the last jump", keys=("Alt+Left",)),
    page(GO, "For&ward again", "going.forward", "Do the jump again from which you came back",
        keys=("Alt+Right",)),
    page(GO, "Event that set the chosen &value", "explaining.go_to_last",
        "Go to the last event that set the value which Why explains", keys=("Ctrl+Up",), line_above=True),
    page(GO, "&Cause of this event", "causing.go_to_cause",
        "Go to the event that caused the current one, as its metadata says", keys=("Alt+Up",)),
    page(GO, "Fil&ter events…", "filtering.ask",
        "List only some events: type:MoneyWithdrawn account:acc-1 amount>100 -owner:Ada text /pattern/",
        keys=("/", "Ctrl+F"), icon="search"),
    page(GO, "Ne&xt hit", "filtering.next_hit", "The next event that the filter finds", keys=("N",),
        line_above=True),
    page(GO, "Previous h&it", "filtering.previous_hit", "The previous event that the filter finds",
        keys=("Shift+N",)),
    page(GO, "Next violation or trou&ble", "next_trouble",
        "The next place where a check is broken, something could not be read, or a warning is about it", keys=("F8",),
        line_above=True),
    page(GO, "Previous violation or tro&uble", "previous_trouble",
        "The previous place where a check is broken, something could not be read, or a warning is about it",
        keys=("F7",)),

    page(STATE, "&Filter the state…", "arranging.ask",
        "Show only some rows of the state: text in any cell, or a condition such as balance < 0",
        keys=("Ctrl+Shift+E",), icon="search"),
    page(STATE, "&Next changed row", "arranging.next_changed",
        "Go to the next row of the state that the event changed", keys=("Ctrl+J",)),
    page(STATE, "&Previous changed row", "arranging.previous_changed",
        "Go to the row of the state before that the event changed", keys=("Ctrl+Shift+J",)),
    page(STATE, "C&olumns…", "arranging.choose_columns",
        "Which columns the state shows, in which order, and how it is grouped", keys=("Ctrl+M",),
        line_above=True),
    page(STATE, "&Group by the chosen column", "arranging.group",
        "Put together what has the same value in the chosen column, with subtotals, or no longer",
        keys=("Shift+U",)),
    page(STATE, "Read &models of kinds", "arranging.kinds.offer_models",
         "Choose by which read model the entities of one kind are made, where a log has several kinds"),
    page(STATE, "Fold &all groups", "arranging.fold_all",
        "Show only the subtotals of groups, or everything again", keys=("Ctrl+Shift+G",)),
    page(STATE, "C&urves in the chosen column", "arranging.curves",
        "Draw each number of the chosen column over all of history, or no longer", keys=("Shift+C",)),
    page(STATE, "Wa&tch the chosen value", "watching.toggle_chosen",
        "Keep the chosen value in sight wherever you stand, or no longer", keys=("Shift+W",)),
    page(STATE, "Copy the table as &JSON", "offering.copy_table",
        "Copy all rows and columns that are shown, with every digit", argument="json", line_above=True),
    page(STATE, "Copy the table for a &spreadsheet", "offering.copy_table",
        "Copy all rows and columns that are shown, separated by tabs", argument="tsv"),
    page(STATE, "&When was…", "finding.ask",
        "Find every interval in which a condition held, such as balance < 0", keys=("Ctrl+Shift+F",),
        icon="search", line_above=True),
    page(STATE, "Where it held ne&xt", "finding.next",
        "Go to where the next interval begins that the Find panel lists", keys=("F3",)),
    page(STATE, "Where it held &before", "finding.previous",
        "Go to where the previous interval begins that the Find panel lists", keys=("Shift+F3",)),
    page(STATE, "&Checks: what must always hold", "checking.show",
        "Conditions that must always hold, and where they were broken", keys=("Ctrl+Shift+I",),
        line_above=True),
    page(STATE, "&Add a check…", "checking.add_new", "Add a condition that must always hold"),

    page(COMPARE, "&Show the difference", "comparing.show",
        "What differs between the points A and B; without them, what the last event changed",
        keys=("Ctrl+D",), icon="compare"),
    page(COMPARE, "&Pin A here", "comparing.pin_a",
        "Compare this position with every other to which you go, or no longer", keys=("Shift+A",), icon="pin",
        line_above=True),
    page(COMPARE, "Put &B here", "comparing.put_b",
        "Compare A with this position, or with where you stand again", keys=("Shift+B",)),
    page(COMPARE, "S&wap A and B", "comparing.swap", "Read the difference the other way round",
        keys=("Shift+S",), icon="swap", line_above=True),
    page(COMPARE, "Step both &forward", "comparing.step_forward", "Move A and B by one event",
        keys=("Ctrl+Right",), icon="pair-forward"),
    page(COMPARE, "Step both &back", "comparing.step_back", "Move A and B back by one event",
        keys=("Ctrl+Left",), icon="pair-back"),
    page(COMPARE, "&Take A and B away", "comparing.clear", "Compare nothing but what the last event changed",
        icon="close", line_above=True),

    page(WHAT_IF, "&Show what would have been", "branching.show",
        "The branches of this log: what differs in each, and what came of it", keys=("Ctrl+I",)),
    page(WHAT_IF, "S&kip this event", "branching.skip",
        "What if this event had not happened? The log is never written", keys=("Shift+X",), line_above=True),
    page(WHAT_IF, "&Edit this event…", "branching.edit", "What if this event were another one?",
        keys=("Shift+E",)),
    page(WHAT_IF, "&Insert an event here…", "branching.insert",
        "What if another event had come before this one? At the end of the log: behind it",
        keys=("Shift+I",)),
    page(WHAT_IF, "&New branch", "branching.begin", "Begin another branch beside the existing ones",
        line_above=True),
    page(WHAT_IF, "&Copy this branch", "branching.copy", "Begin another branch with the same changes"),
    page(WHAT_IF, "&Rename this branch…", "branching.rename", "Give the branch another name"),
    page(WHAT_IF, "&Forget this branch", "branching.remove", "Take the branch and its changes away"),

    page(RECORD, "&Give a command", "commanding.show",
        "Deposit, withdraw, transfer, open, close, freeze: see the event, the fold and the state",
        keys=("Ctrl+R",)),
    page(RECORD, "&Record…", "commanding.record",
        "Let commands append new events to this log, or no longer; nothing is written before"),

    page(TIMELINE, "Zoom &in", "viewing.zoom_in", "Show less of the log, and that larger (Ctrl+wheel)",
        keys=("W",)),
    page(TIMELINE, "Zoom &out", "viewing.zoom_out", "Show more of the log (Ctrl+wheel)", keys=("S",)),
    page(TIMELINE, "Move the view &left", "viewing.pan_left", "Show what is earlier (Shift+wheel)",
        keys=("A",)),
    page(TIMELINE, "Move the view &right", "viewing.pan_right", "Show what is later (Shift+wheel)",
        keys=("D",)),
    page(TIMELINE, "&Fit the whole log", "viewing.fit", "Show the whole log (double click on the overview)",
        keys=("F",)),
    page(TIMELINE, "Short &gaps", "viewing.short_gaps", "By time, draw long gaps without events short",
        keys=("Shift+G",), icon="gap", switch=True),
    page(TIMELINE, "Selection &begins here", "viewing.begin_here",
        "Select from this position on (or drag with Shift)", keys=("I",), line_above=True),
    page(TIMELINE, "Selection &ends here", "viewing.end_here",
        "Select up to this position (or drag with Shift)", keys=("O",)),
    page(TIMELINE, "Select between &A and B", "viewing.select_between_points",
        "Select the events between the two points that are compared"),
    page(TIMELINE, "&Zoom to the selection", "viewing.zoom_to_selection",
        "Show what is selected, as large as it will go", keys=("Shift+F",)),
    page(TIMELINE, "Li&st the selection only", "viewing.list_selection",
        "List only the selected events; the filter says so", icon="list"),
    page(TIMELINE, "Select &nothing", "viewing.select_nothing", "Forget the selection"),
    page(TIMELINE, "&Loop", "viewing.loop", "Play the selection, or the whole log, over and over",
        keys=("L",), icon="loop", switch=True, line_above=True),
    page(TIMELINE, "Play back&wards", "viewing.backwards", "Play towards the start", keys=("Shift+L",),
        icon="reverse", switch=True),
    page(TIMELINE, "Put or ta&ke a bookmark", "marking.toggle",
        "Put a bookmark at this position, or take it away", keys=("M",), icon="bookmark", line_above=True),
    page(TIMELINE, "Name and note of the bookmar&k…", "marking.describe",
        "Write a name and a note for this position", keys=("Shift+M",)),
    page(TIMELINE, "Ne&xt bookmark", "marking.next", "Go to the next bookmark", keys=("]",)),
    page(TIMELINE, "&Previous bookmark", "marking.previous", "Go to the previous bookmark", keys=("[",)),
    page(TIMELINE, "All book&marks", "marking.show", "Every bookmark with its name and note",
        keys=("Ctrl+B",), icon="list"),

    log(LOG, "Follow the &end", "following.follow_end",
        "Stand at the end whenever another program has appended events; going anywhere else stops it",
        keys=("Ctrl+End",), switch=True),
    log(LOG, "&Verify…", "proving.verify",
        "Is every record as it was written, in order, nothing missing, nothing twice?", line_above=True),
    log(LOG, "&Mend a torn end…", "proving.mend",
        "Move what a program left unfinished at the log's end into a file of its own, if there is such a thing"),

    page(VIEW, "Timeline by &event", "measure_by", "Every event takes the same room", argument="event",
        group="by"),
    page(VIEW, "Timeline by &time", "measure_by", "Every hour takes the same room", icon="clock",
        argument="time", group="by"),
    page(VIEW, "&Columns of the events…", "event_columns.ask",
        "Which members of the payload or the metadata stand in columns of their own", line_above=True),
    window(VIEW, "Colours of the &system", "choose_theme", "Light or dark, as the system is",
        argument="system", group="theme", line_above=True),
    window(VIEW, "&Light", "choose_theme", "Dark text on light ground", argument="light", group="theme"),
    window(VIEW, "&Dark", "choose_theme", "Light text on dark ground", argument="dark", group="theme"),
    window(VIEW, "&High contrast", "choose_theme", "Black and white, with colours as clear as can be",
        argument="contrast", group="theme"),
    window(VIEW, "La&rger text", "looks.zoom_in", "Larger text", keys=("Ctrl+=", "Ctrl++"), line_above=True),
    window(VIEW, "S&maller text", "looks.zoom_out", "Smaller text", keys=("Ctrl+-",)),
    window(VIEW, "Usual si&ze of text", "looks.zoom_usual", "Text as large as the system's",
        keys=("Ctrl+0",)),
    page(PANELS, "&Next panel", "panels.go_on", "Go into the next panel that can be seen", keys=("F6",),
        line_above=True),
    page(PANELS, "&Previous panel", "panels.go_back", "Go into the panel before", keys=("Shift+F6",)),
    page(PANELS, "&Reset layout", "panels.reset", "Put every panel back where it was at first"),
    log(LAYOUTS, "&Save layout…", "layouts.ask_name", "Give the arrangement of the panels a name"),
    window(VIEW, "F&ull screen", "toggle_full_screen", "Use the whole screen", keys=("F11",),
        line_above=True),

    *(
        window(LESSONS, text, "lessons.open_own", "Open this lesson and its log", argument=name)
        for name, text in OWN_LESSONS
    ),
    *(
        window(GALLERY, text, "lessons.open_own", "A small log with a read model and three questions", argument=name)
        for name, text in SAMPLE_DOMAINS
    ),
    window(LESSONS, "&Open lesson…", "lessons.ask_lesson",
        "Open a lesson from a file: Markdown with a log and steps", icon="open", line_above=True),
    window(LESSONS, "&Next step of the lesson", "lessons.next_step", "The next step of the lesson",
        keys=("Ctrl+PgDown",), line_above=True),
    window(LESSONS, "&Previous step of the lesson", "lessons.previous_step", "The step before",
        keys=("Ctrl+PgUp",)),
    window(LESSONS, "&End the lesson", "lessons.end", "End the lesson; the log stays open", icon="close"),
    window(LESSONS, "&Save the predictions…", "lessons.predictions.ask_where",
        "Write what was predicted into a table (CSV); nothing is sent anywhere", line_above=True),
    window(LESSONS, "Save the lesson as a &web page…", "lessons.pages.ask_where",
        "Write the lesson into one HTML file that any browser shows without a network"),
    window(LESSONS, "Save a &handout…", "lessons.handouts.ask_where",
        "Write the lesson into a PDF that is printed: prose, exhibits and questions"),
    window(LESSONS, "Speaker no&tes", "lessons.show_notes",
        "What you want to say at this step, what comes next and the time, on the second screen if there is one"),
    window(LESSONS, "&Copy a link to this step", "lessons.copy_link",
        "Copy the command that opens this lesson at this step"),

    log(VIEW, "&Presenter mode", "presenter.toggle",
        "Full screen, large type and the keys of a remote: PageDown, PageUp, B for black, L for a laser, Esc",
        keys=("Shift+F11",)),
    log(VIEW, "Laser p&ointer", "presenter.laser",
        "A ring that follows the mouse, then one around the chosen value, then none", keys=("Ctrl+F11",)),

    window(HELP, "&Find an action…", "show_palette", "Every action by its name",
        keys=("Ctrl+K", "Ctrl+Shift+P"), icon="search"),
    window(HELP, "&Keys", "show_keys", "Every key and what it does", keys=("F1", "?"), icon="keyboard"),
    window(HELP, "&Hints", "looks.show_hints", "What a newcomer should know", icon="info", line_above=True),
    window(HELP, "&About History Explorer", "looks.show_about", "Version, licences and folders", icon="info"),
)  # fmt: skip
