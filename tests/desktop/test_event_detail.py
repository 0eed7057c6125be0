"""Can a person choose columns, and read any one event in every way, however hostile or large it is?"""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from explorer.desktop.events.event_panel import BYTES, PRETTY, RAW, TREE, EventPanel
from explorer.desktop.events.events_controller import EventColumnsDialog
from explorer.desktop.look.theme import apply_theme
from explorer.desktop.window.main_window import MainWindow
from explorer.resources import resource
from explorer.session.document import Document

Key = Qt.Key
SMALL = resource("samples", "small-bank.jsonl")


def titles(window: MainWindow) -> list[str]:
    model = window.page.events_model
    return [str(model.headerData(at, Qt.Orientation.Horizontal)) for at in range(1, model.columnCount())]


def cell(window: MainWindow, row: int, title: str) -> str:
    return str(window.page.events_model.index(row, 1 + titles(window).index(title)).data())


def log_of(folder: Path, *records: dict) -> Path:  # type: ignore[type-arg]
    path = folder / "log.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path


def shown_on(qtbot: QtBot, path: Path, entry: int = 0) -> tuple[EventPanel, Document]:
    document = Document.open(str(path))
    panel = EventPanel()
    panel.resize(600, 300)
    qtbot.addWidget(panel)
    panel.show()
    panel.show_entry(document, entry)
    return panel, document


# --- columns -------------------------------------------------------------------------------------


def test_an_account_log_has_its_amounts_in_a_column(qtbot: QtBot, open_window) -> None:  # type: ignore[no-untyped-def]
    window = open_window(SMALL)
    assert titles(window) == ["#", "Time", "Type", "Account", "amount", "Data"]
    assert cell(window, 1, "amount") == "100.00"
    assert cell(window, 1, "Data") == ""
    assert cell(window, 0, "Data") == "owner Ada Okafor"
    model = window.page.events_model
    side = model.index(1, 5).data(Qt.ItemDataRole.TextAlignmentRole)
    assert side & Qt.AlignmentFlag.AlignRight


def test_a_column_is_chosen_at_the_header_and_remembered(qtbot: QtBot, open_window) -> None:  # type: ignore[no-untyped-def]
    window = open_window(SMALL)
    for take in ("metadata.reason", "amount"):
        menu = window.page.event_columns.menu(5)
        next(each for each in menu.actions() if each.text() == take).trigger()
        menu.close()
        menu.deleteLater()
    assert titles(window) == ["#", "Time", "Type", "Account", "metadata.reason", "Data"]
    assert cell(window, 1, "metadata.reason") == "first deposit"
    assert cell(window, 1, "Data") == "amount 100.00"
    qtbot.keyClick(window, Key.Key_F5)
    qtbot.waitUntil(lambda: window.page.document is not None and titles(window)[-2] == "metadata.reason")


def test_columns_are_chosen_by_keys_in_a_dialog(qtbot: QtBot, open_window) -> None:  # type: ignore[no-untyped-def]
    window = open_window(SMALL)
    window.actions_by_name["event_columns.ask"].trigger()
    dialog = window.findChild(EventColumnsDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)
    assert dialog.list.currentItem().text() == "amount"
    qtbot.keyClick(dialog.list, Key.Key_Space)  # not that one
    qtbot.keyClicks(dialog.line, "metadata.causationId")
    qtbot.keyClick(dialog.line, Key.Key_Return)
    qtbot.keyClicks(dialog.line, "toAccountId")
    qtbot.keyClick(dialog.line, Key.Key_Return)
    dialog.move_by(-1)
    dialog.accept()
    assert titles(window)[4:] == ["toAccountId", "metadata.causationId", "Data"]
    assert cell(window, 1, "metadata.causationId") == "e-0001"


def test_a_hidden_event_brings_those_around_it_into_sight(qtbot: QtBot, open_window) -> None:  # type: ignore[no-untyped-def]
    window = open_window(SMALL)
    window.page.playhead.move_to(200)
    window.page.filter.setText("withdrawn")
    page = window.page
    qtbot.waitUntil(
        lambda: page.listed.whole_text() == "166 of 406 events listed; the state counts all 200 so far"
    )
    first, last = (page.events_table.rowAt(at) for at in (0, page.events_table.viewport().height() - 1))
    shown = [page.events_model.entry(row).position for row in range(first, last + 1)]
    assert shown[0] <= 200 <= shown[-1]
    page.playhead.move_to(10)
    qtbot.waitUntil(lambda: page.listed.whole_text().endswith("the state counts all 10 so far"))


# --- one event -----------------------------------------------------------------------------------


def test_what_an_event_says_of_itself_stands_apart(qtbot: QtBot) -> None:
    panel, document = shown_on(qtbot, SMALL, 1)
    assert (
        panel.facts.whole_text() == "correlationId request-7001 · causationId e-0001 · reason first deposit"
    )
    assert panel.cause.isVisible()
    with qtbot.waitSignal(panel.cause_asked):
        qtbot.mouseClick(panel.cause, Qt.MouseButton.LeftButton)
    panel.show_entry(document, 2)
    assert not panel.cause.isVisible()
    document.close()


def test_the_event_is_read_raw_indented_as_a_tree_and_byte_by_byte(qtbot: QtBot) -> None:
    panel, document = shown_on(qtbot, SMALL, 1)
    assert panel.raw.toPlainText().encode() == document.raw_bytes(1)
    bar = panel.tabs.tabBar()
    for tab in (PRETTY, TREE, BYTES):
        qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(tab).center())
        assert panel.tabs.currentIndex() == tab
    assert (
        '\n  "data": {\n    "accountId": "acc-1",\n    "amount": 100.00\n  },' in panel.pretty.toPlainText()
    )
    assert panel.bytes.toPlainText().startswith("000000  7b 22 73 65")
    document.close()


def colour_at(panel: EventPanel, text: str) -> QColor:
    """The colour in which a piece of the raw text stands."""
    at = panel.raw.toPlainText().index(text)
    block = panel.raw.document().findBlock(at)
    for part in block.layout().formats():
        if part.start <= at - block.position() < part.start + part.length:
            return part.format.foreground().color()
    return QColor()


def test_keys_texts_numbers_and_null_have_colours_of_their_own_in_light_and_dark(
    qtbot: QtBot, tmp_path: Path
) -> None:
    path = log_of(tmp_path, {"type": "A", "data": {"amount": 12.5, "none": None}})
    panel, document = shown_on(qtbot, path)

    def colours() -> set[str]:
        return {colour_at(panel, text).name() for text in ('"type"', '"A"', "12.5", "null")}

    apply_theme("light")
    qtbot.waitUntil(lambda: len(colours()) == 4)
    light = colours()
    apply_theme("dark")
    qtbot.waitUntil(lambda: len(colours()) == 4 and not colours() & light)
    apply_theme("light")
    qtbot.waitUntil(lambda: colours() == light)
    panel.show_entry(None, None)
    document.close()


def walk(item: QTreeWidgetItem, *names: str) -> QTreeWidgetItem:
    for name in names:
        item.setExpanded(True)
        item = next(item.child(at) for at in range(item.childCount()) if item.child(at).text(0) == name)
    return item


def test_paths_and_values_are_copied_from_the_tree(qtbot: QtBot, tmp_path: Path) -> None:
    data = {"items": [{"a.b": "x\u202ey", "price": 1.5}], "plain": {"n": 2}}
    panel, document = shown_on(qtbot, log_of(tmp_path, {"type": "A", "data": data}))
    panel.tabs.setCurrentIndex(TREE)
    tree = panel.tree
    item = walk(tree.invisibleRootItem(), "data", "items", "[0]", "a.b")
    assert item.text(1) == "x⟦U+202E⟧y"
    tree.setCurrentItem(item)
    qtbot.keyClick(tree, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "x\u202ey"
    menu = tree.menu()
    next(each for each in menu.actions() if "path" in each.text()).trigger()
    assert QGuiApplication.clipboard().text() == 'data.items[0]["a.b"]'
    menu.close()
    tree.setCurrentItem(walk(tree.invisibleRootItem(), "data", "plain", "n"))
    menu = tree.menu()
    with qtbot.waitSignal(tree.column_asked) as asked:
        menu.actions()[-1].trigger()
    assert asked.args == [("data", "plain", "n")]
    menu.close()
    document.close()


def test_a_hundred_thousand_members_come_by_two_hundred(qtbot: QtBot, tmp_path: Path) -> None:
    path = log_of(tmp_path, {"type": "A", "data": {f"k{at}": at for at in range(100_000)}})
    panel, document = shown_on(qtbot, path)
    panel.tabs.setCurrentIndex(TREE)
    qtbot.waitUntil(lambda: panel.tree.topLevelItemCount() == 2)
    data = panel.tree.topLevelItem(1)
    assert data is not None
    assert data.childCount() == 201
    rest = data.child(200)
    assert rest.text(1).startswith("99,800 more")
    panel.tree.setCurrentItem(rest)
    qtbot.keyClick(panel.tree, Key.Key_Return)
    assert data.childCount() == 401
    assert data.child(399).text(0) == "k399"
    document.close()


@pytest.mark.parametrize(
    "data",
    [
        {"a": "x" * 1_000_000},
        {"a": [at * 1.25 for at in range(60_000)]},
        {"a": "é\u202e" * 50_000},
        {"a": "e" + "\u0301" * 100_000},
    ],
    ids=["a long text", "many numbers", "hidden characters", "combining marks"],
)
def test_a_huge_event_never_holds_the_window_up(
    qtbot: QtBot, open_window, tmp_path: Path, data: dict
) -> None:  # type: ignore[no-untyped-def,type-arg]
    path = log_of(tmp_path, {"type": "Big", "data": data}, {"type": "Small", "data": {"a": 1}})
    window = open_window(path)
    window.page.playhead.move_to(1)
    qtbot.waitUntil(lambda: window.page.header.where.text() == "1 of 2")
    panel = window.page.event_panel
    assert cell(window, 0, "Type") == "Big"
    assert "bytes: see the event itself" in cell(window, 0, "Data")
    for tab in (RAW, PRETTY, BYTES, TREE):
        panel.tabs.setCurrentIndex(tab)
        window.grab()
    assert "Copy gives all of them" in panel.raw.toPlainText()
    qtbot.waitUntil(lambda: panel.tree.topLevelItemCount() == 2)


def test_a_depth_of_a_hundred_thousand_is_bounded(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "deep.jsonl"
    deep = '{"type":"A","data":' + "[" * 100_000 + "]" * 100_000 + "}\n"
    path.write_text(deep + '{"type":"A"}\n')  # which can be read: of a log without events nothing is shown
    panel, document = shown_on(qtbot, path)
    panel.tabs.setCurrentIndex(PRETTY)
    assert len(panel.pretty.toPlainText()) < 30_000
    panel.tabs.setCurrentIndex(TREE)
    assert panel.tree.topLevelItem(0).text(1) == "no tree; see Raw"  # type: ignore[union-attr]
    document.close()


def test_hostile_texts_are_literal_everywhere(qtbot: QtBot, open_window, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    hostile = '<img src="/dev/zero"><h1>&amp;'
    record = {
        "type": hostile,
        "id": "e1",
        "data": {"accountId": hostile, hostile: hostile, "lone": "a\ud800b"},
        "metadata": {"correlationId": hostile, "causationId": "\u202egone", "reason": hostile},
    }
    window = open_window(log_of(tmp_path, record, record | {"id": "e2"}))
    panel = window.page.event_panel
    assert hostile in panel.facts.whole_text()
    assert "⟦U+202E⟧gone" in panel.facts.whole_text()
    panel.tabs.setCurrentIndex(TREE)
    tree = panel.tree
    assert walk(tree.invisibleRootItem(), "data", hostile).text(1) == hostile
    assert walk(tree.invisibleRootItem(), "data", "lone").text(1) == "a⟦U+D800⟧b"
    window.page.event_columns.toggle(("data", hostile))
    assert hostile in titles(window)
    window.page.panels.bring_up("causes")
    causes = window.page.causing.panel
    qtbot.waitUntil(lambda: len(causes.graph.nodes) > 0)
    assert hostile in causes.graph.accessibleDescription()
    assert hostile in causes.said.whole_text()
    window.grab()
