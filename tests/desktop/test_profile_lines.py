"""Has each line that a profile can have its place in Fields…, and does it go every way from there?

One table has all lines. What is typed (or chosen by keys) is seen before, read in the window, and comes back by a link,
a workspace, a profile saved for logs of this shape, and an exported file. A line of the profile without a line in the
table fails. The rows of the dialog stand in `line_edits`, `reading_choices`, `form_rows` and `steps_table`.
"""

import json
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from explorer.cli.arguments import open_options
from explorer.cli.parsers import window_parser
from explorer.desktop.files.fields_dialog import FieldsDialog
from explorer.desktop.files.meanings_table import MEANS
from explorer.desktop.files.steps_table import ENTER, INTO, ONLY_WITH, PATH, READ
from explorer.eventlog.profiles.profile import Profile, Roles, Unwrapping, WrittenAs, load
from explorer.eventlog.timestamps import parse_time
from explorer.session.changes.profile_lines import TEXT_LINES, pairs_of, pairs_text
from explorer.session.document import Document
from explorer.session.files.workspace import load as load_workspace
from explorer.session.options import OpenOptions
from tests.desktop.conftest import OpenWindow
from tests.desktop.hands import name_file
from tests.desktop.test_profiles_edited import edit, known, opened
from tests.history.test_sequences import lines, shuffled

Key, LEFT = Qt.Key, Qt.MouseButton.LeftButton

type Type = Callable[[QtBot, FieldsDialog], None]


class Way(NamedTuple):
    """How one line is said, of which log, and how one sees that it holds."""

    name: str
    log: str | bytes
    said: Type
    right: Callable[[Document], object]


def rows(*more: dict[str, object], **every: object) -> str:
    """Deposits as lines of JSON; each with some members of its own."""
    found = []
    for number in range(1, 9):
        own = {name: value(number) if callable(value) else value for name, value in every.items()}
        row = {"type": "MoneyDeposited", "at": f"2026-01-{number:02}T10:00:00", "account": f"a{number % 2}"}
        found.append(row | {"data": {"amount": number}} | own)
    return "".join(json.dumps(row) + "\n" for row in [*found, *more])


def typed(qtbot: QtBot, edit: QLineEdit | None, text: str) -> None:
    assert edit is not None
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, text)


def member(role: str, text: str) -> Type:
    return lambda qtbot, dialog: typed(qtbot, dialog.choices[role].lineEdit(), text)


def line(name: str, text: str) -> Type:
    def write(qtbot: QtBot, dialog: FieldsDialog) -> None:
        edits = {**dialog.lines.edits, **dialog.told.edits}
        typed(qtbot, edits[name], text)

    return write


def written(name: str, text: str) -> Type:
    def write(qtbot: QtBot, dialog: FieldsDialog) -> None:
        row: QWidget = getattr(dialog.read_as, name)
        typed(qtbot, row.lineEdit() if isinstance(row, QComboBox) else row, text)  # type: ignore[arg-type]

    return write


def chosen(name: str, *keys: Qt.Key) -> Type:
    def choose(qtbot: QtBot, dialog: FieldsDialog) -> None:
        box: QComboBox = getattr(dialog, name)
        box.setFocus()
        for key in keys:
            qtbot.keyClick(box, key)

    return choose


def step(**said: str) -> Type:
    columns = {"path": PATH, "read": READ, "into": INTO, "where": ONLY_WITH}

    def write(qtbot: QtBot, dialog: FieldsDialog) -> None:
        for name, column in columns.items():
            if name in said:
                edit(qtbot, dialog, 0, column, said[name])
        if "enter" in said:
            dialog.steps_table.setFocus()
            dialog.steps_table.setCurrentIndex(dialog.steps.index(0, ENTER))
            qtbot.keyClick(dialog.steps_table, Key.Key_F2)
            box = dialog.steps_table.findChildren(QComboBox)[-1]
            qtbot.keyClick(box, Key.Key_End)
            qtbot.keyClick(box, Key.Key_Tab)

    return write


def meant(qtbot: QtBot, dialog: FieldsDialog) -> None:
    types = [str(dialog.meanings.index(row, 0).data()) for row in range(dialog.meanings.rows)]
    dialog.table.setFocus()
    dialog.table.setCurrentIndex(dialog.meanings.index(types.index("Bonus"), MEANS))
    qtbot.keyClick(dialog.table, Key.Key_F2)
    box = dialog.table.findChild(QComboBox)
    assert box is not None
    qtbot.keyClicks(box, "MoneyDep")
    qtbot.keyClick(box, Key.Key_Tab)


def in_profile(name: str, value: object) -> Callable[[Document], bool]:
    return lambda document: getattr(document.log.profile, name) == value


def in_fields(name: str, value: object) -> Callable[[Document], bool]:
    return lambda document: getattr(document.log.fields, name) == value


def at(text: str) -> Callable[[Document], bool]:
    return lambda document: document.event(1).at == text


def balance(document: Document) -> object:
    state = dict(document.history.state(document.event_count).items())
    return state.get("a1", {}).get("balance")


WRAPPED = rows(data=None, stuff=lambda n: json.dumps({"body": {"amount": n}, "n": n}).encode().hex())
SOME = rows({"type": "T", "stuff": '{"q": 1}', "flag": 1}, stuff='{"q": 1}')
TABLE = "2026-01-01,MoneyDeposited,a,5\n2026-01-02,MoneyDeposited,a,6\n2026-01-03,MoneyDeposited,b,7\n"

WAYS = [
    Way("name", rows(), line("name", "Our shop"), in_profile("name", "Our shop")),
    Way("store", rows(), line("store", "Shop 7"), in_profile("store", "Shop 7")),
    Way("about", rows(), line("about", "As it is."), in_profile("about", "As it is.")),
    Way("requires", rows(), line("requires", "type, data.amount"), in_profile("requires", ("type", "data.amount"))),
    Way("lacks", rows(), line("lacks", "nobody"), in_profile("lacks", ("nobody",))),
    Way("values", rows(), line("values", "type = M.+; at = 2.+"), in_profile("values", {"type": "M.+", "at": "2.+"})),
    Way("no_events", rows({"type": "beat"}), line("no_events", "type = beat"), lambda d: d.event_count == 8),
    Way("order", lines(shuffled(40)), chosen("order", Key.Key_End), lambda d: d.event(1).sequence == 1),
    Way("numbers", rows(data={"amount": "3.000"}), chosen("numbers", Key.Key_End), lambda d: balance(d) == 12_000),
    Way("meanings", rows({"type": "Bonus", "account": "a1", "data": {"amount": 9}}), meant, lambda d: balance(d) == 25),
    Way("fields.type", rows(verb="Did"), member("type", "verb"), lambda d: d.event(1).type == "Did"),
    Way("fields.time", rows(day=lambda n: f"202{n}-01-01"), member("time", "day"), at("2021-01-01")),
    Way("fields.entity", rows(who="x"), member("entity", "who"), lambda d: d.event(1).entity == "x"),
    Way("fields.data", rows(body={"z": 1}), member("data", "body"), lambda d: d.event(1).data == {"z": 1}),
    Way("fields.sequence", rows(n=lambda n: n), member("sequence", "n"), lambda d: d.event(2).sequence == 2),
    Way("fields.id", rows(ref=lambda n: f"r{n}"), member("id", "ref"), lambda d: d.event(2).id == "r2"),
    Way("fields.kind", rows(sort="Box"), member("kind", "sort"), lambda d: d.event(1).kind == "Box"),
    Way("fields.correlation", rows(flow="f"), member("correlation", "flow"), in_fields("correlation", "flow")),
    Way("fields.causation", rows(by="e"), member("causation", "by"), in_fields("causation", "by")),
    Way("fields.amount", rows(much={"x": 2}), member("amount", "much.x"), lambda d: balance(d) == 8),
    Way("fields.currency", rows(unit="XP"), member("currency", "unit"), in_fields("currency", "unit")),
    Way("fields.counterparty", rows(peer="p"), member("counterparty", "peer"), in_fields("counterparty", "peer")),
    Way("fields.form", rows(account="Box~7"), line("fields.form", "{kind}~{id}"), lambda d: d.event(1).kind == "Box"),
    Way("fields.dates", rows(at="01/02/2026"), chosen("dates", Key.Key_Down),
        lambda d: d.history.moment_ns(1) == parse_time("2026-02-01")),
    Way("fields.zone", rows(), line("fields.zone", "Europe/Berlin"),
        lambda d: d.history.moment_ns(1) == parse_time("2026-01-01T09:00:00Z")),
    Way("written.encoding", "type,at,account,owner\nAccountOpened,2026-01-01,a,M\xfcller \xa4\n".encode("latin-1"),
        written("encoding", "iso-8859-15"), lambda d: d.event(1).record["owner"] == "M\xfcller \u20ac"),
    Way("written.delimiter", "type|account|amount,net\n" + "MoneyDeposited|a|1,5\n" * 3, written("delimiter", ","),
        lambda d: tuple(d.log.columns) == ("type|account|amount", "net")),
    Way("written.header", "at,type,account,amount\nwhen,what,who,much\n" + TABLE, written("row", "2"),
        lambda d: tuple(d.log.columns) == ("when", "what", "who", "much")),
    Way("written.records", json.dumps({"new": [json.loads(each) for each in rows().splitlines()],
                                       "old": [json.loads(rows().splitlines()[0])]}),
        written("records", "old"), lambda d: d.event_count == 1),
    Way("columns", TABLE, written("columns", "day,verb,who,much"),
        lambda d: tuple(d.log.columns) == ("day", "verb", "who", "much")),
    Way("unwrap.path", rows(q=lambda n: {"w": {"e": {"r": json.dumps({"n": n}).encode().hex()}}}),
        step(path="q.w.e.r", read="hex json"), lambda d: d.event(1).record["q"] == {"w": {"e": {"r": {"n": 1}}}}),
    Way("unwrap.read", rows(stuff='"x"'), step(path="stuff", read="json"), lambda d: d.event(1).record["stuff"] == "x"),
    Way("unwrap.into", WRAPPED, step(path="stuff", read="hex json", into="inner"),
        lambda d: isinstance(d.event(1).record.get("inner"), dict)),
    Way("unwrap.enter", WRAPPED, step(path="stuff", read="hex json", enter="yes"),
        lambda d: d.event(1).record == {"body": {"amount": 1}, "n": 1}),
    Way("unwrap.where", SOME, step(path="stuff", read="json", where="flag"),
        lambda d: (type(d.event(1).record["stuff"]), type(d.event(9).record["stuff"])) == (str, dict)),
]  # fmt: skip


def every_line() -> set[str]:
    """All that a profile can say."""
    inside = {"fields": Roles, "written": WrittenAs, "unwrap": Unwrapping}
    found = set()
    for each in msgspec.structs.fields(Profile):
        table = inside.get(each.name)
        inner = [] if table is None else [f"{each.name}.{one.name}" for one in msgspec.structs.fields(table)]
        found |= set(inner) or {each.name}
    return found


def test_each_line_of_a_profile_stands_in_the_table() -> None:
    assert sorted(way.name for way in WAYS) == sorted(every_line())


def test_pairs_come_back_from_their_text() -> None:
    pairs = {"type": "beat|ping=1", "a.b": ".*"}
    assert pairs_of(pairs_text(pairs)) == pairs
    assert {line.name for line in TEXT_LINES} <= every_line()
    with pytest.raises(ValueError, match="not written as"):
        pairs_of("type")


@pytest.mark.parametrize("way", WAYS, ids=[way.name for way in WAYS])
def test_a_line_is_said_by_keys_and_goes_every_way(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path, way: Way
) -> None:
    suffix = ".csv" if isinstance(way.log, bytes) or way.log.split("\n")[0].count(",") == 3 else ".jsonl"
    path, folder = tmp_path / f"log{suffix}", tmp_path / "profiles"
    path.write_bytes(way.log if isinstance(way.log, bytes) else way.log.encode())
    before = Document.open(str(path))
    assert not way.right(before)
    before.close()
    window = open_window(None)
    dialog = opened(qtbot, window, path, folder)
    way.said(qtbot, dialog)
    qtbot.waitUntil(lambda: not dialog.export.isEnabled() or dialog.isVisible())
    known(qtbot, dialog)
    exported = tmp_path / "own.toml"
    QTest.mouseClick(dialog.export, LEFT)
    name_file(qtbot, exported)
    qtbot.waitUntil(exported.exists)
    known(qtbot, dialog)
    QTest.mouseClick(dialog.save, LEFT)
    qtbot.waitUntil(lambda: any(folder.glob("*.toml")))
    known(qtbot, dialog)
    document = window.page.document
    qtbot.keyClick(dialog, Key.Key_Return)
    qtbot.waitUntil(lambda: window.page.document not in {None, document} and not window.opening)
    assert window.page.document is not None
    assert way.right(window.page.document)
    window.parts.workspaces.copy_link()
    said = window_parser().parse_args(shlex.split(QGuiApplication.clipboard().text())[1:])
    workspace = tmp_path / "log.hxw"
    window.parts.workspaces.save_to(str(workspace))
    view = load_workspace(workspace).view
    other = tmp_path / f"other{suffix}"
    other.write_bytes(path.read_bytes())
    linked = open_options(said)
    for name, options in {
        "--profile": OpenOptions(profile=load(exported)),
        "the next log of this shape": OpenOptions(profiles_dir=folder),
        "a link": OpenOptions(
            linked.fields, linked.projection, read_as=linked.read_as, profile=linked.profile
        ),
        "a workspace": OpenOptions(
            view.fields,
            view.projection,
            profile=view.profile,
            **({"read_as": view.read_as} if view.read_as else {}),
        ),
    }.items():
        again = Document.open(str(other), options)
        assert way.right(again), name
        again.close()


def test_a_text_that_says_nothing_is_said_and_nothing_is_read_anew(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path
) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(rows())
    dialog = opened(qtbot, open_window(None), path, tmp_path / "profiles")
    edits = {**dialog.lines.edits, **dialog.told.edits}
    wrong = {"fields.zone": "Europe/Nowhere", "no_events": "beat", "fields.form": "{id}", "values": "a = ("}
    for name, text in wrong.items():
        typed(qtbot, edits[name], text)
        qtbot.waitUntil(lambda name=name: dialog.problem.isVisible() and name in dialog.problem.text())
        assert not dialog.save.isEnabled()
        edits[name].clear()
        known(qtbot, dialog)
    dialog.reject()
