"""Does slow work beside the window end well, also when nobody waits for it any more?"""

import threading

import shiboken6
from PySide6.QtCore import QObject, QThreadPool
from pytestqt.qtbot import QtBot

from explorer.desktop.tasks import BackgroundTask


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
