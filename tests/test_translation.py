"""Does the window say everything in the person's language, and mean the same numbers in each?"""

import ast
import re
import string
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QLocale, QTranslator

from explorer.language import counted, grouped, speak, tr
from explorer.resources import resource
from explorer.session.status import what_they_are

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("de",)

# What these calls are given, a person reads or hears.
SHOWS = {
    "QPushButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction", "QMenu", "QTreeWidgetItem", "QListWidgetItem",
    "setWindowTitle", "setText", "setTitle", "setPlaceholderText", "setAccessibleName", "setAccessibleDescription",
    "setStatusTip", "setHeaderLabels", "setItemText", "addTab", "addRow", "addItem", "addItems", "addAction",
    "addMenu", "drawText", "label", "Elided", "box", "tip", "set_tip", "show_text", "say",
}  # fmt: skip
UNSAID = {"role", "objectName"}  # arguments that name something for the program
NAMES = {"History Explorer", "balance >= 0", "Software"}  # said the same in every language
WORD = re.compile(r"[^\W\d_]{2}")


def texts_of(path: Path) -> dict[str, str]:
    """The translations of a .ts file that are finished."""
    found = {}
    for message in ET.parse(path).getroot().iter("message"):
        translation = message.find("translation")
        if translation is not None and translation.get("type") is None:
            found[message.findtext("source", "")] = translation.text or ""
    return found


def literals(node: ast.AST):
    """Yield the texts in an argument that are not handed to `tr`."""
    match node:
        case ast.Constant(value=str()) if WORD.search(node.value) and node.value not in NAMES:
            yield node.lineno, node.value
        case ast.JoinedStr():
            said = "".join(part.value for part in node.values if isinstance(part, ast.Constant))
            if WORD.search(said) and "SHA-256" not in said:
                yield node.lineno, said
        case ast.IfExp():
            yield from literals(node.body)
            yield from literals(node.orelse)
        case ast.BinOp(op=ast.Add()):
            yield from literals(node.left)
            yield from literals(node.right)
        case ast.BoolOp() | ast.List() | ast.Tuple():
            for part in getattr(node, "values", None) or node.elts:
                yield from literals(part)


def unmarked(tree: ast.AST):
    """Yield line and text of each literal that is shown and not marked."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if called in SHOWS:
                given = node.args[:1] if called in {"addItem", "say"} else node.args
                for argument in [*given, *(each.value for each in node.keywords if each.arg not in UNSAID)]:
                    yield from literals(argument)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "explorer" / "desktop").rglob("*.py")), ids=lambda path: path.stem
)
def test_no_text_that_is_shown_is_unmarked(path):
    assert list(unmarked(ast.parse(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize(
    "code",
    [
        "QPushButton('Save')",
        "window.setWindowTitle(f'{name} is open')",
        "plain.label('one' if one else tr('many'), role='muted')",
        "box.addRow('Name', edit)",
        "plain.label(name='Status')",
        "edit.setPlaceholderText('Type ' + what)",
        "tree.setHeaderLabels(['Name', tr('Value')])",
    ],
)
def test_the_rule_sees_an_unmarked_text(code):
    assert list(unmarked(ast.parse(code)))


@pytest.mark.parametrize(
    "code", ["label(tr('x y z'))", "label('→ 12')", "label(role='muted')", "addItem(tr(a), 'key')"]
)
def test_the_rule_lets_pass_what_is_no_text(code):
    assert not list(unmarked(ast.parse(code)))


def test_every_text_is_translated_into_every_language():
    run = subprocess.run(
        [sys.executable, ".ci/translations.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_same_places_for_values(language):
    def places(text: str) -> list[str]:
        return sorted(name + form for _, name, form, _ in string.Formatter().parse(text) if name is not None)

    for text, translation in texts_of(resource("translations", f"{language}.ts")).items():
        assert translation, text
        if "{" in text:
            assert places(text) == places(translation), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_loaded_is_what_was_translated(language):
    translator = QTranslator()
    assert translator.load(str(resource("translations", f"{language}.qm")))
    for text, translation in texts_of(resource("translations", f"{language}.ts")).items():
        assert translator.translate("", text) == translation, "run .ci/translations.py"


def test_without_a_language_everything_is_english():
    assert tr("Close this log") == "Close this log"
    speak(str.upper)
    try:
        assert tr("Close this log") == "CLOSE THIS LOG"
    finally:
        speak()


@pytest.mark.parametrize("name", ["C", "de_DE", "fr_CH", "ar_EG", "hi_IN"])
def test_numbers_mean_the_same_in_every_country(name):
    from decimal import Decimal

    from explorer.history.explain import number
    from explorer.session.document import Document

    QLocale.setDefault(QLocale(name))
    try:
        document = Document.open(str(resource("samples", "small-bank.jsonl")))
        rows = document.filter("amount>1234.5").rows(lambda _done, _total: None)
        assert len(rows) == AMOUNTS_ABOVE
        assert number(Decimal("1234.50")) == "1234.50"
        assert document.jump("50%", 0) == document.event_count // 2
        document.close()
    finally:
        QLocale.setDefault(QLocale.c())


AMOUNTS_ABOVE = sum(
    float(amount) > 1234.5
    for amount in re.findall(
        r'"amount":([0-9.]+)', resource("samples", "small-bank.jsonl").read_text(encoding="utf-8")
    )
)


REACH_THE_WINDOW = {
    "PointError",
    "FilterError",
    "ConditionError",
    "EditError",
}  # what their `str()` says, it shows


def said_in_english(tree: ast.AST):
    """Yield line and text of each sentence of such an error that is not handed to `tr`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if called in REACH_THE_WINDOW or called in {"_error", "Reading"}:
                for argument in node.args[:2] if called == "Reading" else node.args[:1]:
                    yield from literals(argument)


@pytest.mark.parametrize(
    "path",
    sorted(
        path
        for room in ("session", "history")
        for path in (ROOT / "explorer" / room).rglob("*.py")
        if path.parent.name != "lessons"  # whoever writes a lesson reads English
    ),
    ids=lambda path: path.stem,
)
def test_what_is_wrong_with_what_a_person_wrote_is_said_in_their_language(path):
    assert list(said_in_english(ast.parse(path.read_text(encoding="utf-8")))) == []


def test_numbers_are_grouped_as_in_the_language():
    assert grouped(41_003) == "41,003"
    assert tr("{count:,} of 3").format(count=60_000) == "60,000 of 3"
    speak(str, "de")
    try:
        assert grouped(41_003) == "41.003"
        assert (
            tr("{a:,} of {b:,.1f}, {c}").format(a=41_003, b=Decimal("1234.5"), c="1,2")
            == "41.003 of 1.234,5, 1,2"
        )
        assert counted(1, tr("1 event"), tr("{count:,} events")) == "1 event"
        assert counted(1_000, tr("1 event"), tr("{count:,} events")) == "1.000 events"
    finally:
        speak()


def test_no_number_of_the_window_is_grouped_past_the_language():
    """`f"{n:,}"` has commas in every language; `grouped(n)` and `tr(...).format` do not."""
    for room in ("session", "desktop"):
        for path in (ROOT / "explorer" / room).rglob("*.py"):
            if path.parts[-2:] in SAID_TO_AUTHORS:
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
                    assert "," not in ast.unparse(node.format_spec), f"{path.name}, line {node.lineno}"


SAID_TO_AUTHORS = {("lessons", "staging.py"), ("lessons", "webpage.py"), ("files", "exports.py")}  # and files


@pytest.mark.parametrize(
    ("one", "several"),
    [
        ("account", "accounts"),
        ("key", "keys"),
        ("entity", "entities"),
        ("box", "boxes"),
        ("Day", "Days"),
        ("bus", "buses"),
    ],
)
def test_nouns_have_a_plural(one, several):
    assert what_they_are(one, 2) == several
    assert what_they_are(one, 1) == one
