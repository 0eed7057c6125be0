"""Is a class shown all of every step of every lesson, in both languages and on three sizes of screen, nothing cut?"""

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QLocale, QPointF, QRect, Qt, QTimer
from PySide6.QtGui import QFontInfo, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from explorer.desktop.lessons.fitting import LEVELS, NO_ROOM, Pieces, Placed, arranged, forced, whole
from explorer.desktop.lessons.histogram import Histogram, Tallied
from explorer.desktop.lessons.lesson_controller import LessonController
from explorer.desktop.lessons.panel import Narrative
from explorer.desktop.lessons.question_box import QuestionBox
from explorer.desktop.lessons.sheet import Sheet
from explorer.desktop.lessons.slide import Slide
from explorer.desktop.lessons.slide_pieces import WidgetPiece
from explorer.desktop.page.log_page import LogPage
from explorer.desktop.translation import speak_in
from explorer.desktop.why.board_view import COMMAND, EVENT, POLICY
from explorer.desktop.window.main_window import MainWindow
from explorer.resources import spoken_resource
from explorer.session.lessons.lesson import Highlight, Select
from explorer.session.lessons.reading import lessons
from explorer.session.plaintext import visible
from tests.painted_text import PaintedTexts, painted_texts, shortened_labels

SIZES = [(1280, 720), (1024, 768), (1920, 1080)]
TABLE_PX = 20
MEASURED = (QLabel, QAbstractButton, QLineEdit, Narrative)  # that Qt draws, and `cut_texts` measures
HOLDERS = (QSplitter, QStackedWidget, LogPage, QuestionBox, Slide)  # that draw no text of their own
Key = Qt.Key


@pytest.fixture
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    """Speak a language as long as the test runs; ask for it before the window."""
    speak_in(request.param)
    yield request.param
    speak_in("en")
    QLocale.setDefault(QLocale.c())


@pytest.fixture
def window(open_window) -> Iterator[MainWindow]:  # type: ignore[no-untyped-def]
    opened: MainWindow = open_window(None)
    yield opened
    opened.parts.presenter.end()


def rest(ms: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def present(qtbot: QtBot, window: MainWindow, path: Path, size: tuple[int, int]) -> LessonController:
    teaching = window.parts.lessons
    with qtbot.waitSignal(teaching.step_shown):
        window.open_path(str(path))
    window.parts.presenter.begin()
    window.setWindowState(Qt.WindowState.WindowNoState)
    rest(0)
    window.resize(*size)
    qtbot.waitUntil(lambda: window.size().toTuple() == size)
    return teaching


def painted_wrong(window: MainWindow, painted: PaintedTexts) -> list[str]:
    """What is not whole of all that the window paints itself, and what it shows that nobody measures."""
    timeline = window.page.timeline
    painted.clear()
    timeline._painting._kept = None  # its names are painted once and then copied
    window.grab()
    found = [*painted.cut, *shortened_labels(window)]
    found += (
        [] if any(f"{timeline.position:,}" == text for text in painted.seen) else ["no timeline was seen"]
    )
    for widget in window.findChildren(QWidget):
        seen = widget.isVisible() and not widget.visibleRegion().isEmpty()
        known = type(widget) is QWidget or isinstance(widget, (*MEASURED, *HOLDERS))
        if seen and not known and not type(widget).paintEvent.__module__.startswith("explorer."):
            found.append(f"nobody measures {type(widget).__name__}")
    return found


def cut_texts(slide: Slide) -> list[str]:
    """What is not whole of all that a slide shows; every text is measured again."""
    found = [each for sheet in slide.findChildren(Sheet) if sheet.isVisible() for each in cut_cells(sheet)]
    for label in slide.window().findChildren(QLabel):
        words = label.text().replace("\u200b", " ").split()
        if not label.isVisible() or not words:
            continue
        needed_px = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
        longest = max(label.fontMetrics().horizontalAdvance(word) for word in words)
        if needed_px > label.height() or longest > label.width():
            found.append(f"label {label.text()!r}: {needed_px} px in {label.size()}, a word of {longest} px")
    for widget in (*slide.findChildren(QAbstractButton), *slide.findChildren(QLineEdit)):
        least = widget.sizeHint() if isinstance(widget, QAbstractButton) else widget.minimumSizeHint()
        if isinstance(widget, QLineEdit) and widget.isVisible():
            needed_px = widget.fontMetrics().horizontalAdvance(widget.text() or widget.placeholderText())
            if needed_px > widget.width() - 8:
                found.append(f"{widget.placeholderText()!r} in {widget.width()} px")
        if widget.isVisible() and (least.width() > widget.width() or least.height() > widget.height()):
            found.append(f"{widget.metaObject().className()} {widget.size()}, needs {least}")
    asked = [*slide.findChildren(QAbstractButton), *slide.findChildren(QLineEdit)]
    asked += [each for box in slide.findChildren(QuestionBox) for each in box.findChildren(QLabel)]
    found += [
        f"letters of {QFontInfo(each.font()).pixelSize()} px: {each.metaObject().className()}"
        for each in asked
        if each.isVisible() and QFontInfo(each.font()).pixelSize() < TABLE_PX
    ]
    bars = [each for each in slide.findChildren(Histogram) if each.isVisible()]
    found += ["bars" for each in bars if each.heightForWidth(each.width()) > each.height()]
    text, room = slide.narrative.document(), slide.narrative.viewport()
    if slide.narrative.isVisible() and (
        text.size().height() > room.height() or text.idealWidth() > room.width() + 1
    ):
        found.append(f"prose: {text.size()} in {room.size()}")
    return found


def cut_cells(sheet: Sheet) -> Iterator[str]:
    """What of a table is cut, or smaller than people in the last row can read."""
    for text, place, font in sheet.texts():
        metrics, wrap = QFontMetrics(font), int(Qt.TextFlag.TextWordWrap)
        needed = metrics.boundingRect(QRect(0, 0, place.width(), 10_000), wrap, text)
        if needed.height() > place.height() + 1 or needed.width() > place.width():
            yield f"cell {text!r}: {needed.size()} in {place.size()}"
        if not sheet.rect().contains(place):
            yield f"cell {text!r} is outside"
        if QFontInfo(font).pixelSize() < TABLE_PX:
            yield f"cell {text!r}: {QFontInfo(font).pixelSize()} px"


def out_of_place(window: MainWindow, slide: Slide) -> list[str]:
    """Which pieces lie over each other, or out of the slide."""
    found = [] if slide.fits else ["there is no room"]
    found += (
        [] if slide.level.letters >= LEVELS[-1].letters else [f"prose of {slide.level.letters} of the usual"]
    )
    places = {}
    for place in slide.placed:
        assert isinstance(place.piece, WidgetPiece)
        places[place.piece.widget] = place.piece.widget.geometry()
        if not place.piece.widget.isVisible():
            found.append(f"{place.piece.name} cannot be seen")
    found += [f"{widget} is outside" for widget, place in places.items() if not slide.rect().contains(place)]
    found += [f"{a} lies over {b}" for a, b in combinations(places.values(), 2) if a.intersects(b)]
    timeline, caption = window.page.timeline, window.parts.presenter.caption
    if timeline.height() < timeline.sizeHint().height() or not timeline.isVisible():
        found.append("the timeline is cut")
    if caption.heightForWidth(caption.width()) > caption.height():
        found.append("the sentence below is cut")
    return found


def not_spoken_of(teaching: LessonController, slide: Slide) -> list[str]:
    """What the step points at or speaks of, and nobody sees."""
    scene, found = teaching.scene, []
    assert scene is not None
    alone = scene.step.exhibit is not None and scene.step.exhibit.kind == "questions"
    highlights = [each for each in scene.step.actions if isinstance(each, Highlight)]
    if len(teaching.spotlight.rings()) != len(highlights):
        found.append(f"{len(teaching.spotlight.rings())} rings of {len(highlights)}")
    fields = [visible(each.field) for each in scene.step.actions if isinstance(each, Select) and not alone]
    found += [f"no column {field}" for field in fields if field not in slide.state.grid.columns]
    if scene.position and not alone and not slide.raw.isVisible():
        found.append("no raw event")
    return found


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("which", range(len(lessons())))
@pytest.mark.parametrize("spoken", ["en", "de"], indirect=True)
def test_nothing_of_any_step_is_cut(
    spoken: str, qtbot: QtBot, window: MainWindow, which: int, size: tuple[int, int]
) -> None:
    path = spoken_resource("lessons", lessons()[which].name)
    with painted_texts() as painted:
        wrong = walked(qtbot, window, path, size, painted)
    assert wrong == {}
    assert window.size().toTuple() == size


POLICIES = """Open -> AccountOpened
Withdraw -> MoneyWithdrawn, OverdraftRefused
whenever MoneyWithdrawn -> NoticeSent
"""
LONG = "".join(f"DoSomething{at} -> SomethingWasDone{at}, MoneyWithdrawn\n" for at in range(20))
BOARDS = "---\ntitle: T\nlog: three-events.jsonl\n---\n" + "".join(
    f"\n## A board\n\nText of the step.\n\n```board\n{lines}```\n\n```do\ngo: 3\n```\n"
    for lines in (POLICIES, LONG)
)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("spoken", ["en", "de"], indirect=True)
def test_a_board_is_drawn_as_notes_and_nothing_of_it_is_cut(
    spoken: str, qtbot: QtBot, window: MainWindow, tmp_path: Path, size: tuple[int, int]
) -> None:
    (tmp_path / "own.md").write_text(BOARDS, encoding="utf-8")
    with painted_texts() as painted:
        wrong = walked(qtbot, window, tmp_path / "own.md", size, painted)
        seen = {text.replace("\u200b", "") for text in painted.seen}
    assert wrong == {}
    assert {"DoSomething0", "MoneyWithdrawn"} <= seen  # of the last step, the long one
    slide, teaching = window.parts.presenter.slide, window.parts.lessons
    assert slide is not None
    assert "40" not in slide.notes.text()
    assert any(word.isdigit() for word in slide.notes.text().split("\n")[-1].split())  # so many are left out
    with qtbot.waitSignal(teaching.step_shown):
        QTimer.singleShot(0, lambda: teaching.go_to_step(0))
    rest(0)
    board = slide.board
    assert board.isVisible()
    assert QFontInfo(board.font()).pixelSize() >= TABLE_PX
    assert {note.colour for note in board.notes} == {COMMAND, EVENT, POLICY}
    assert [note.text for note in board.notes if note.now] == ["MoneyWithdrawn"]
    assert all(begin.right() < end.left() for begin, end in board.arrows)
    assert len(board.arrows) in {4, 5}  # the event before the policy stands where there is room
    assert not any(a.intersects(b) for a, b in combinations(board.notes, 2))


def guess(box: QuestionBox) -> None:
    """A class guesses: every choice by a show of hands, or several amounts."""
    if not sum(box.show_hand(number) for number in range(1, 10)):
        for text in ("20.00", "-1,220.50 EUR", "nobody can know that"):
            box.line.setText(text)
            box.lock_in()


def walked(
    qtbot: QtBot, window: MainWindow, path: Path, size: tuple[int, int], painted: PaintedTexts
) -> dict[tuple[int, str], list[str]]:
    """What is wrong at each step of a lesson, as it is asked and as it is answered."""
    teaching = present(qtbot, window, path, size)
    slide = window.parts.presenter.slide
    assert slide is not None
    wrong = {}
    for number in range(len(teaching.lesson.steps)):  # type: ignore[union-attr]
        with qtbot.waitSignal(teaching.step_shown):
            QTimer.singleShot(0, lambda number=number: teaching.go_to_step(number))
        for look in ("shown", "guessed", "answered"):
            if look != "shown" and teaching.revealed:
                break
            if look == "guessed":
                guess(teaching.panel.question)
            elif look == "answered":
                teaching.reveal()
            for _ in range(3):  # what has grown asks for room, is given it, and is laid out
                rest(0)
            seen = [*cut_texts(slide), *out_of_place(window, slide), *painted_wrong(window, painted)]
            seen += not_spoken_of(teaching, slide) if look == "shown" else []
            if seen:
                wrong[number + 1, look] = seen
    return wrong


def test_a_painted_text_that_is_cut_shortened_or_left_out_is_seen(qapp: QApplication) -> None:
    paper = QPixmap(200, 40)
    long = "a sentence that goes on and on and on"
    with painted_texts() as painted, QPainter(paper) as painter:
        painter.drawText(QRect(0, 0, 190, 30), Qt.AlignmentFlag.AlignLeft, "short")
        assert painted.cut == []
        painter.drawText(QRect(0, 0, 60, 14), int(Qt.TextFlag.TextWordWrap), long)
        painter.drawText(QPointF(150, 20), long)
        painter.drawText(
            QPointF(0, 20), painter.fontMetrics().elidedText(long, Qt.TextElideMode.ElideRight, 60)
        )
        painter.drawText(QPointF(0, 20), "…")
    assert ["needs" in painted.cut[0], "reaches out of QPixmap" in painted.cut[1]] == [True, True]
    assert ["is shortened to" in painted.cut[2], painted.cut[3]] == [
        True,
        "only “…” where there was more to say",
    ]


def test_of_many_predictions_the_most_frequent_and_the_right_one_are_drawn(qapp: QApplication) -> None:
    bars = Histogram()
    bars.show_rows([Tallied(str(at), at, right=at == 1) for at in range(1, 31)])
    bars.show_at_most(5)
    shown = [(row.said, row.times) for row in bars.shown]
    assert shown == [("✓ 1", 1), ("✗ 28", 28), ("✗ 29", 29), ("✗ 30", 30), ("26 other predictions", 377)]
    assert "✗ 17: 17" in bars.accessibleName()
    bars.show_at_most(0)
    assert (bars.shown, bars.heightForWidth(300)) == ((), 0)
    bars.deleteLater()


def test_a_question_is_as_large_as_the_tables_of_a_slide_and_as_the_window_after_it(
    qtbot: QtBot, window: MainWindow
) -> None:
    teaching = present(qtbot, window, lessons()[1], SIZES[2])
    with qtbot.waitSignal(teaching.step_shown):
        QTimer.singleShot(0, lambda: teaching.go_to_step(3))
    question = teaching.panel.question
    worn = [question.text, question.reveal, *question.choices.findChildren(QAbstractButton)]
    assert len(worn) == 4
    least_px = TABLE_PX * 1.4  # the legend of the timeline takes a little of the height
    assert all(QFontInfo(each.font()).pixelSize() >= least_px for each in worn)
    window.parts.presenter.end()
    assert question.text.property("role") == "big"
    usual = QFontInfo(window.font()).pixelSize()
    assert {QFontInfo(each.font()).pixelSize() for each in worn[1:]} == {usual}
    assert QFontInfo(question.text.font()).pixelSize() < TABLE_PX * 1.5


# --- finding room ---------------------------------------------------------------------------------------


class Square:
    """A piece of so many pixels: the wider the lower."""

    def __init__(self, pixels: int, least: int = 10) -> None:
        self.pixels, self.least = pixels, least

    def height(self, width: int) -> int:
        return -(-self.pixels // width)

    def least_width(self) -> int:
        return self.least


def test_what_has_no_room_beside_is_put_below() -> None:
    told, shown, log = Square(20_000), Square(200_000, least=900), Square(20_000)
    found = arranged(Pieces([told], [shown], [log]), 1000, 500)
    assert found is not None
    assert [place.piece for place in found] == [told, log, shown]
    assert (found[2].width, found[2].top + found[2].height) == (1000, 500)


def test_what_has_no_room_anywhere_is_refused_and_then_forced_into_its_column() -> None:
    pieces = Pieces([Square(900_000)], [Square(100)], [Square(100, least=2_000)])
    assert arranged(pieces, 1000, 500) is None
    assert whole(pieces.told, 1000, 500) is None
    assert whole(pieces.told, 1000, 900) == [Placed(pieces.told[0], 0, 0, 1000, 900)]
    assert all(0 <= place.height <= 500 < NO_ROOM for place in forced(pieces, 1000, 500))
