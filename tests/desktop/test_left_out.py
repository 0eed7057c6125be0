"""Is a person told, in plain sight, what of their log the read model does not show, and led to another one?"""

import json
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from explorer.desktop.files.fields_dialog import FieldsDialog
from explorer.projection.model import Recipe
from explorer.resources import resource
from explorer.session.document import Document
from explorer.session.options import OpenOptions
from explorer.session.status import left_out_text
from tests.desktop.conftest import OpenWindow

LEFT = Qt.MouseButton.LeftButton


def bank_with_clients(path: Path, clients: int, deposits: int = 90) -> Path:
    """A log that is mostly about accounts; each client has one event of their own."""
    kinds = [("MoneyDeposited", f"acc-{number % 9}") for number in range(deposits)]
    kinds += [("ClientJoined", f"client-{number}") for number in range(clients)]
    lines = [
        json.dumps({"type": kind, "streamId": entity, "at": "2026-01-01T00:00:00Z", "data": {"amount": 1}})
        for kind, entity in kinds
    ]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def test_much_that_is_not_shown_is_said_beside_the_ways_to_see_it(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow
) -> None:
    path = bank_with_clients(tmp_path / "log.jsonl", 10)
    window = open_window(path)
    assert window.page.document is not None
    assert window.page.document.projection_name == "accounts"
    bar = window.parts.left_out.bar
    assert bar.isVisible()
    said = bar.text.whole_text()
    assert "10 of 100 events change nothing here (ClientJoined)" in said
    assert "10 of 19 entities are not shown" in said
    muted = window.page.header.findChildren(type(window.page.header.where))[0].palette()
    assert bar.text.palette().color(QPalette.ColorRole.WindowText) != muted.color(
        QPalette.ColorRole.WindowText
    )

    QTest.mouseClick(bar.fields, LEFT)
    qtbot.waitUntil(lambda: bool(window.findChildren(FieldsDialog)))
    window.findChildren(FieldsDialog)[-1].reject()

    choice = window.page.header.projection
    QTest.mouseClick(bar.model, LEFT)
    assert choice.view().isVisible()
    at = choice.findData("latest")
    QTest.mouseClick(
        choice.view().viewport(), LEFT, pos=choice.view().visualRect(choice.model().index(at, 0)).center()
    )
    qtbot.waitUntil(lambda: window.page.document.projection_name == "latest")  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: not bar.isVisible())


def whole_rows(table: QTableView) -> int:
    """How many rows of a table can be seen wholly."""
    room = table.viewport().height()
    tops = [table.rowViewportPosition(row) for row in range(table.model().rowCount())]
    return sum(top >= 0 and top + table.rowHeight(row) <= room for row, top in enumerate(tops))


def test_on_a_small_screen_three_rows_of_both_tables_stay_in_sight_below_it(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow
) -> None:
    window = open_window(None)
    window.resize(1024, 600)
    window.open_path(str(bank_with_clients(tmp_path / "log.jsonl", 10)))
    qtbot.waitUntil(window.parts.left_out.bar.isVisible)
    page, bar = window.page, window.parts.left_out.bar

    def roomy() -> bool:
        return whole_rows(page.state_table) >= 3 and whole_rows(page.events_table) >= 3

    qtbot.waitUntil(roomy)
    assert window.size() == QSize(1024, 600)
    assert bar.height() <= bar.text.fontMetrics().height() + 4
    assert "ClientJoined: 10" in bar.toolTip()
    page.playhead.move_to(50)
    page.playhead.flush()
    qtbot.wait(0)
    assert roomy()
    window.resize(1280, 860)  # and where there is room, the timeline has its own again
    qtbot.waitUntil(lambda: page.timeline.height() > 120)
    window.resize(1024, 600)
    qtbot.waitUntil(roomy)


def test_what_a_person_has_accepted_is_not_said_again_for_that_log(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow
) -> None:
    path = bank_with_clients(tmp_path / "log.jsonl", 10)
    window = open_window(path)
    bar = window.parts.left_out.bar
    QTest.mouseClick(bar.dismiss, LEFT)
    assert not bar.isVisible()
    with path.open("a", encoding="utf-8") as file:
        file.write('{"type":"ClientJoined","streamId":"client-x","at":"2026-01-02T00:00:00Z","data":{}}\n')
    qtbot.waitUntil(lambda: window.page.document.event_count == 101)  # type: ignore[union-attr]
    assert not bar.isVisible()
    other = bank_with_clients(tmp_path / "other.jsonl", 10)
    window.open_path(str(other))
    qtbot.waitUntil(bar.isVisible)


def test_little_and_what_somebody_has_chosen_to_leave_out_is_no_news(tmp_path: Path) -> None:
    def said(path: Path, recipe: Recipe | None = None) -> str:
        document = Document.open(
            str(path), OpenOptions() if recipe is None else OpenOptions(projection=recipe)
        )
        try:
            return left_out_text(document)
        finally:
            document.close()

    for sample in ("small-bank.jsonl", "three-events.jsonl", "damaged.jsonl", "orders.jsonl", "library.csv"):
        assert said(resource("samples", sample)) == ""
    path = bank_with_clients(tmp_path / "log.jsonl", 10)
    query = "SELECT entity, sum(data.amount) AS n FROM events WHERE type = 'MoneyDeposited' GROUP BY entity"
    assert said(path, Recipe("q.sql", "sql", query)) == ""
    assert said(path, Recipe("latest")) == ""
    assert said(path, Recipe("accounts")) != ""
    path.write_text(
        path.read_text("utf-8").replace('"streamId": "client-', '"streamId": "acc-'), "utf-8"
    )  # of accounts
    path.write_text(path.read_text("utf-8").replace("acc-9", "acc-8"), "utf-8")
    assert said(path) == ""  # 10 of 100 events, of accounts that are shown
    few = tmp_path / "few.jsonl"
    few.write_text(
        path.read_text("utf-8")
        + '{"type":"Logged","streamId":"acc-1","at":"2026-01-02T00:00:00Z","data":{}}\n' * 20,
        "utf-8",
    )
    assert "30 of 120 events change nothing here (Logged, ClientJoined)." in said(few)


def test_a_shop_with_a_few_gift_cards_is_shown_wholly_and_nothing_is_left_out(shop_log: Path) -> None:
    for recipe, empty in ((Recipe("auto"), True), (Recipe("accounts"), False)):
        document = Document.open(str(shop_log), OpenOptions(projection=recipe))
        assert (left_out_text(document) == "") == empty
        if not empty:
            assert "59,400 of 60,000 events" in left_out_text(document)
            assert "ItemAdded, OrderPlaced, PaymentReceived, …" in left_out_text(document)
        document.close()
