"""Does slow work beside the window end well, also when nobody waits for it any more?"""

import gc
import threading
import weakref
from functools import partial
from typing import ClassVar

import pytest
import shiboken6
from PySide6.QtCore import QObject, QThreadPool
from pytestqt.qtbot import QtBot

from explorer.desktop.tasks import BackgroundTask, Handlers, LatestTask, Report, run_beside


def test_work_whose_asker_has_gone_ends_in_silence(qtbot: QtBot):
    asker, begun, may_end = QObject(), threading.Event(), threading.Event()
    dropped: list[object] = []

    def work(_report: object) -> str:
        begun.set()
        may_end.wait(5)
        return "late"

    BackgroundTask(work, asker, dropped.append).start()
    begun.wait(5)
    shiboken6.delete(asker)
    may_end.set()
    assert QThreadPool.globalInstance().waitForDone(5_000)
    assert dropped == ["late"]


def test_a_report_to_an_asker_who_has_gone_stops_the_work(qtbot: QtBot):
    asker, begun, may_go_on = QObject(), threading.Event(), threading.Event()
    ended: list[str] = []

    def work(report) -> None:
        begun.set()
        may_go_on.wait(5)
        report(1, 2)
        ended.append("went on")

    BackgroundTask(work, asker).start()
    begun.wait(5)
    shiboken6.delete(asker)
    may_go_on.set()
    assert QThreadPool.globalInstance().waitForDone(5_000)
    assert ended == []


class Held:
    """Work that goes on only once it may, so that a test decides what comes first."""

    def __init__(self, result: object = "made", error: Exception | None = None) -> None:
        self.begun, self.may_end = threading.Event(), threading.Event()
        self.result, self.error = result, error

    def __call__(self, _report: Report) -> object:
        self.begun.set()
        assert self.may_end.wait(5)
        if self.error is not None:
            raise self.error
        return self.result


def test_only_the_latest_request_is_answered_whichever_ends_first(qtbot: QtBot):
    owner, first, second = QObject(), Held("first"), Held("second")
    latest, heard, dropped, ended = LatestTask(owner), [], [], []
    latest.start(first, Handlers(heard.append, drop=dropped.append, ended=lambda: ended.append(1)))
    assert first.begun.wait(5)
    latest.start(second, Handlers(heard.append, drop=dropped.append, ended=lambda: ended.append(2)))
    second.may_end.set()
    qtbot.waitUntil(lambda: heard == ["second"])
    assert not latest.running
    first.may_end.set()
    qtbot.waitUntil(lambda: len(ended) == 2)
    assert heard == ["second"]
    assert dropped == ["first"]
    assert ended == [2, 1]
    assert not latest.at_work


def test_what_was_made_before_it_was_forgotten_and_told_after_is_dropped_too(qtbot: QtBot):
    """The work has ended and its answer is on its way to the window, when nobody wants it any more."""
    owner, heard, dropped = QObject(), [], []
    latest = LatestTask(owner)
    latest.start(lambda _report: "made", Handlers(heard.append, drop=dropped.append))
    assert QThreadPool.globalInstance().waitForDone(5_000)
    latest.cancel()
    assert not latest.running
    qtbot.waitUntil(lambda: not latest.at_work)
    assert heard == []
    assert dropped == ["made"]


def test_a_request_that_was_forgotten_tells_neither_its_error_nor_how_far_it_is(qtbot: QtBot):
    owner, told = QObject(), []
    latest, held = LatestTask(owner), Held(error=ValueError("nobody cares"))

    def work(report: Report) -> object:
        report(1, 2)
        report.part("half")
        return held(report)

    latest.start(
        work, Handlers(told.append, told.append, progressed=lambda *far: told.append(far), partly=told.append)
    )
    assert held.begun.wait(5)
    latest.cancel()
    held.may_end.set()
    qtbot.waitUntil(lambda: not latest.at_work)
    assert told == []


def test_the_latest_request_tells_how_far_it_is_what_it_has_and_what_it_made(qtbot: QtBot):
    owner, told = QObject(), []
    latest = LatestTask(owner)

    def work(report: Report) -> str:
        report(1, 2)
        report.part("half")
        return "whole"

    latest.start(
        work,
        Handlers(
            told.append,
            progressed=lambda done, total: told.append((done, total)),
            partly=told.append,
            ended=lambda: told.append("ended"),
        ),
    )
    assert latest.running
    qtbot.waitUntil(lambda: told[-1:] == ["ended"])
    assert told == [(1, 2), "half", "whole", "ended"]
    assert not latest.running


def test_an_answer_may_ask_for_the_next_thing(qtbot: QtBot):
    owner, heard = QObject(), []
    latest = LatestTask(owner)

    def go_on(number: int) -> None:
        heard.append((number, latest.running))
        if number < 3:
            latest.start(lambda _report: number + 1, Handlers(go_on))

    latest.start(lambda _report: 1, Handlers(go_on))
    qtbot.waitUntil(lambda: not latest.at_work)
    assert heard == [(1, False), (2, False), (3, False)]


def test_an_error_that_nobody_takes_is_one_of_ours_and_is_raised(qtbot: QtBot):
    owner, latest_error, error = QObject(), ValueError("latest"), ValueError("beside")
    latest = LatestTask(owner)
    with qtbot.captureExceptions() as raised:
        latest.start(raising(latest_error))
        qtbot.waitUntil(lambda: not latest.at_work)
        assert not latest.running
        run_beside(owner, raising(error))
        qtbot.waitUntil(lambda: len(raised) == 2)
    assert [each[1] for each in raised] == [latest_error, error]


def raising(error: Exception):  # type: ignore[no-untyped-def]
    def work(_report: Report) -> None:
        raise error

    return work


def test_a_request_is_forgotten_with_its_owner(qtbot: QtBot):
    owner, held = QObject(), Held("late")
    heard: list[object] = []
    dropped: list[object] = []
    LatestTask(owner).start(held, Handlers(heard.append, drop=dropped.append))
    assert held.begun.wait(5)
    shiboken6.delete(owner)
    held.may_end.set()
    assert QThreadPool.globalInstance().waitForDone(5_000)
    assert heard == []
    assert dropped == ["late"]


@pytest.mark.parametrize("cancelled", [False, True])
def test_what_runs_beside_is_told_of_an_error_unless_it_was_cancelled(qtbot: QtBot, *, cancelled: bool):
    owner, held, told, ended = QObject(), Held(error=ValueError("no")), [], []
    task = run_beside(owner, held, Handlers(None, told.append, ended=lambda: ended.append("ended")))
    assert held.begun.wait(5)
    if cancelled:
        task.cancel()
    held.may_end.set()
    qtbot.waitUntil(lambda: ended == ["ended"])
    assert [str(error) for error in told] == ([] if cancelled else ["no"])


def test_an_asker_may_go_while_its_work_is_telling(qtbot: QtBot):
    for _ in range(300):
        owner, begun = QObject(), threading.Event()

        def work(report: Report, begun: threading.Event = begun) -> None:
            for done in range(1_000_000):
                report(done, 1_000_000)
                begun.set()

        run_beside(owner, work)
        assert begun.wait(5)
        shiboken6.delete(owner)  # with it goes what tells
        assert QThreadPool.globalInstance().waitForDone(5_000)


def test_how_much_is_done_is_said_as_often_as_anybody_can_read_it(qtbot: QtBot):
    owner, told = QObject(), list[int]()

    def work(report: Report) -> None:
        for done in range(10_001):
            report(done, 10_000)

    run_beside(owner, work, Handlers(progressed=lambda done, _total: told.append(done)))
    qtbot.waitUntil(lambda: 10_000 in told)
    assert told[0] == 0
    assert len(told) < 1_000


def test_what_the_work_held_goes_as_soon_as_it_has_ended(qtbot: QtBot):
    class Held:
        pass

    held = Held()
    gone = weakref.ref(held)
    asker = QObject()
    latest = LatestTask(asker)
    answers: list[int] = []
    gc.disable()
    try:
        latest.start(partial(lambda *_held_and_report: 7, held), Handlers(answers.append))
        del held
        qtbot.waitUntil(lambda: answers == [7])
        qtbot.waitUntil(lambda: gone() is None)
    finally:
        gc.enable()


def test_who_heard_an_answer_is_not_held_by_it(qtbot: QtBot):
    class Hearer:
        answers: ClassVar[list[int]] = []

        def hear(self, answer: int) -> None:
            self.answers.append(answer)

    hearer = Hearer()
    gone = weakref.ref(hearer)
    asker = QObject()
    latest = LatestTask(asker)
    latest.start(lambda _report: 7, Handlers(hearer.hear))
    del hearer
    qtbot.waitUntil(lambda: Hearer.answers == [7] and not latest.at_work)
    qtbot.waitUntil(lambda: gone() is None)
