"""How does a class learn with the program: lessons, their steps, and presenting?"""

from explorer.desktop.menus.help_menu import HELP
from explorer.desktop.menus.spec import ActionSpec
from explorer.desktop.menus.view_menu import VIEW
from explorer.language import later

LESSONS = HELP + "/" + later("&Lessons")

OWN = (
    ("1-source-of-truth.md", later("&1 Events as the source of truth")),
    ("2-commands-and-events.md", later("&2 Aggregates, commands and events")),
    ("3-read-models.md", later("&3 Read models")),
    ("4-snapshots-and-versions.md", later("&4 Snapshots, versioning and schema evolution")),
)  # fmt: skip

# What is done to a lesson, while one is given
LESSON_ACTIONS = ("lessons.next_step", "lessons.previous_step", "lessons.end", "lessons.pages.ask_where")

ACTIONS = (
    *(
        ActionSpec(
            LESSONS, text, "lessons.open_own", (), "", later("Open this lesson and its log"), argument=name
        )
        for name, text in OWN
    ),
    ActionSpec(
        LESSONS,
        "&Open lesson…",
        "lessons.ask_lesson",
        (),
        "open",
        "Open a lesson from a file: Markdown with a log and steps",
        line_above=True,
    ),
    ActionSpec(
        LESSONS,
        "&Next step of the lesson",
        "lessons.next_step",
        ("Ctrl+PgDown",),
        "",
        "The next step of the lesson",
        line_above=True,
    ),
    ActionSpec(
        LESSONS,
        "&Previous step of the lesson",
        "lessons.previous_step",
        ("Ctrl+PgUp",),
        "",
        "The step before",
    ),
    ActionSpec(LESSONS, "&End the lesson", "lessons.end", (), "close", "End the lesson; the log stays open"),
    ActionSpec(
        LESSONS,
        "&Save the predictions…",
        "lessons.predictions.ask_where",
        (),
        "",
        "Write what was predicted into a table (CSV); nothing is sent anywhere",
        line_above=True,
    ),
    ActionSpec(
        LESSONS,
        "Save the lesson as a &web page…",
        "lessons.pages.ask_where",
        (),
        "",
        "Write the lesson into one HTML file that any browser shows without a network",
    ),
    ActionSpec(
        VIEW,
        "&Presenter mode",
        "presenter.toggle",
        ("Shift+F11",),
        "",
        "Full screen, large type and the keys of a remote: PageDown, PageUp, B for black, L for a laser, Esc",
        needs_log=True,
    ),
    ActionSpec(
        VIEW,
        "Laser p&ointer",
        "presenter.laser",
        ("Ctrl+F11",),
        "",
        "A ring that follows the mouse, then one around the chosen value, then none",
        needs_log=True,
    ),
)
