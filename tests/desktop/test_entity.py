"""Is one entity shown whole, with what the event did marked inside, and what can be done with a part of it?"""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from explorer.desktop.entity.tree_view import BEFORE, MARK, NAME, VALUE
from explorer.desktop.window.main_window import MainWindow

TEA, CUP = {"sku": "tea", "quantity": 1, "price": 4.5}, {"sku": "cup", "quantity": 2, "price": 12.9}


def order(number: int, entity: str = "ord-1", **data: object) -> dict[str, object]:
    return {"type": f"Step{number}", "orderId": entity, "at": f"2026-01-{number:02}T10:00:00Z", "data": data}


LOG = [
    order(
        1,
        items=[TEA],
        total=4.5,
        customer={"name": "Ada", "address": {"city": "London"}},
        tags=["new", "gift"],
    ),
    order(2, items=[TEA, CUP], total=30.3),
    order(3, entity="ord-2", total=1, customer={"name": "<b>Eve</b>\u202e", "address": {"city": "Rome"}}),
    order(
        4,
        items=[CUP, {**TEA, "quantity": 3}],
        tags=["gift"],
        customer={"name": "Ada", "address": {"city": "Paris"}},
    ),
]


@pytest.fixture
def window(open_window, tmp_path: Path) -> MainWindow:
    path = tmp_path / "shop.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in LOG), "utf-8")
    window = open_window(path)
    window.page.panels.bring_up("entity")
    go(window, 4)
    return window


def go(window: MainWindow, position: int) -> None:
    window.page.playhead.move_to(position)
    window.page.playhead.flush()


def lines(window: MainWindow) -> list[tuple[str, str, str, str]]:
    """Every line that is open, with its level."""
    tree, found = window.page.whole.panel.tree, []

    def walk(item, level):
        for at in range(item.childCount()):
            child = item.child(at)
            found.append(
                ("  " * level + child.text(NAME), *(child.text(column) for column in (MARK, VALUE, BEFORE)))
            )
            if child.isExpanded():
                walk(child, level + 1)

    walk(tree.invisibleRootItem(), 0)
    return found


def test_what_the_event_added_removed_changed_and_moved_is_marked_inside_the_tree(window: MainWindow) -> None:
    shown = {name.strip(): (mark, value, before) for name, mark, value, before in lines(window)}
    assert shown["quantity"] == ("~", "3", "1 (+2)")
    assert shown["city"] == ("~", "Paris", "London")
    assert ("  [0]", "−", "new", "") in lines(window)
    assert shown["total"] == ("", "30.3", "")
    assert window.page.whole.panel.said.whole_text() == "1 removed, 2 changed, 1 moved"
    assert window.page.whole.panel.title.whole_text() == "ord-1"
    go(window, 2)
    assert ("  [1]", "+", "{3}", "") in lines(window)


def test_a_mark_has_a_colour_a_sign_and_a_word(window: MainWindow) -> None:
    tree = window.page.whole.panel.tree
    tree.choose(("customer", "address", "city"))
    item = tree.currentItem()
    assert item.text(MARK) == "~"
    assert item.data(MARK, Qt.ItemDataRole.AccessibleTextRole) == "changed"
    assert item.data(NAME, Qt.ItemDataRole.AccessibleTextRole) == "city, changed"
    assert item.background(VALUE).color() != tree.palette().base().color()


def test_it_stands_beside_the_raw_event(window: MainWindow) -> None:
    page = window.page
    page.panels.bring_up("event")
    whole, event = page.whole.panel, page.event_panel
    assert whole.isVisible()
    assert event.isVisible()
    left, right = (each.mapToGlobal(each.rect().topLeft()).x() for each in (whole, event))
    assert left + whole.width() <= right
    assert '"quantity": 3' in event.raw.toPlainText()


def test_the_entity_of_the_event_is_shown_until_one_is_chosen(window: MainWindow) -> None:
    panel = window.page.whole.panel
    go(window, 3)
    assert panel.title.whole_text() == "ord-2"
    assert ("  name", "+", "<b>Eve</b>⟦U+202E⟧", "") in lines(window)
    window.page.state_table.choose("ord-1", "total")
    assert panel.title.whole_text() == "ord-1"
    assert panel.tree.currentItem().text(NAME) == "total"
    assert panel.said.whole_text() == "untouched by this event"
    panel.follow.click()
    assert panel.title.whole_text() == "ord-2"
    go(window, 0)
    assert panel.hint.isVisible()


def test_arrow_keys_walk_the_tree_and_not_the_log(qtbot: QtBot, window: MainWindow) -> None:
    tree = window.page.whole.panel.tree
    tree.setFocus()
    tree.choose(("items",))
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right):
        qtbot.keyClick(tree, key)
    assert tree.node is not None
    assert tree.node.path == ("items", 0, "sku")
    for _ in range(3):
        qtbot.keyClick(tree, Qt.Key.Key_Left)
    assert tree.node.path == ("items",)
    assert window.page.playhead.position == 4


def test_what_is_open_and_current_stays_so_through_time(window: MainWindow) -> None:
    tree = window.page.whole.panel.tree
    tree.choose(("items", 0, "sku"))
    window.page.state_table.choose("ord-1", "")
    tree.choose(("items", 0, "sku"))
    go(window, 2)
    assert tree.node is not None
    assert tree.node.path == ("items", 0, "sku")
    tree.choose(("customer",))
    tree.currentItem().setExpanded(False)
    go(window, 4)
    assert tree.node.path == ("customer",)
    assert not tree.currentItem().isExpanded()


def test_enter_goes_through_what_was_found(qtbot: QtBot, window: MainWindow) -> None:
    panel = window.page.whole.panel
    panel.line.setText("TEA")
    qtbot.waitUntil(lambda: panel.count.text() == "1 found")
    qtbot.keyClick(panel.line, Qt.Key.Key_Return)
    assert panel.tree.node.path == ("items", 1, "sku")
    assert panel.count.text() == "1 of 1"
    panel.line.setText("nothing like it")
    qtbot.waitUntil(lambda: panel.count.text() == "0 found")


def test_the_next_change_is_one_button_away(window: MainWindow) -> None:
    panel = window.page.whole.panel
    seen = []
    for _ in range(5):
        panel.next.click()
        seen.append(panel.tree.node.path)
    assert len(set(seen)) == 4
    assert seen[0] == seen[4]
    go(window, 0)
    assert not panel.next.isEnabled()


def asked(window: MainWindow, key: tuple[object, ...], text: str) -> None:
    """Right-click a line, and choose from its menu."""
    tree = window.page.whole.panel.tree
    tree.choose(key)
    place = tree.visualItemRect(tree.currentItem()).center()
    menus: list[QMenu] = []
    tree.menu_asked.connect(lambda _at: menus.extend(tree.findChildren(QMenu)))
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.RightButton, pos=place)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, tree.viewport().mapToGlobal(place))
    QApplication.sendEvent(tree.viewport(), event)
    menu = menus[-1]
    action = next(each for each in menu.actions() if each.text().replace("&", "") == text)
    assert action.isEnabled()
    action.trigger()
    menu.close()


def test_a_value_and_its_path_can_be_copied(window: MainWindow) -> None:
    asked(window, ("items", 1), "Copy value")
    assert json.loads(QGuiApplication.clipboard().text()) == {**TEA, "quantity": 3}
    asked(window, ("items", 1, "sku"), "Copy path")
    assert QGuiApplication.clipboard().text() == "items[1].sku"


def test_a_part_becomes_a_column_a_watch_and_a_plot(qtbot: QtBot, window: MainWindow) -> None:
    page = window.page
    asked(window, ("customer", "address", "city"), "Show as a column of the state")
    view = page.state_model.view
    assert view is not None
    assert view.columns[-1] == "customer.address.city"
    assert [view.text(row, len(view.columns) - 1) for row in range(2)] == ["Paris", "Rome"]
    page.panels.bring_up("entity")
    asked(window, ("items", 1, "quantity"), "Watch it, or no longer")
    assert [(each.entity, each.column) for each in page.watching.watches] == [("ord-1", "items.1.quantity")]
    page.panels.bring_up("entity")
    asked(window, ("total",), "Draw total of ord-1 over time")
    assert page.panels.in_front("plot")
    qtbot.waitUntil(lambda: page.plotting.panel.steps is not None)
    assert page.plotting.panel.value == ("ord-1", "total")
    page.panels.bring_up("entity")
    asked(window, ("items", 1, "quantity"), "Plot it over time")
    assert page.panels.in_front("plot")
    assert page.plotting.panel.value == ("ord-1", "items.1.quantity")
    qtbot.waitUntil(lambda: getattr(page.plotting.panel.steps, "field", "") == "items.1.quantity")


def test_a_long_list_comes_in_stretches_and_the_end_of_it_is_found(
    qtbot: QtBot, open_window, tmp_path: Path
) -> None:
    items = [f"s{number}" for number in range(50_000)]
    path = tmp_path / "large.jsonl"
    records = [order(1, items=items), order(2, items=[*items[:30_000], "new", *items[30_000:]])]
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    window = open_window(path)
    window.page.panels.bring_up("entity")
    panel = window.page.whole.panel
    qtbot.waitUntil(lambda: panel.said.whole_text() == "1 added")
    assert len(lines(window)) < 1_000
    assert ("      [30000]", "+", "new", "") in lines(window)
    panel.line.setText("s49999")
    qtbot.waitUntil(lambda: panel.count.text() == "1 found", timeout=20_000)
    qtbot.keyClick(panel.line, Qt.Key.Key_Return)
    assert panel.tree.currentItem().text(VALUE) == "s49999"


def test_closing_the_log_lets_go_of_it(window: MainWindow) -> None:
    window.close_log()
    assert window.page.whole.tree is None
    assert window.page.whole.panel.hint.isVisibleTo(window.page.whole.panel)
