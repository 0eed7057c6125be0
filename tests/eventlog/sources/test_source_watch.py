"""What has come is told, and a lost connection is asked for less and less often."""

from explorer.eventlog.log import open_log
from explorer.eventlog.sources.feed import ConnectionLost
from explorer.eventlog.sources.source_watch import SourceWatch
from tests.eventlog.sources.trickle import TrickleFeed


def test_it_tells_what_has_come_and_rests_between_tries(trickle: TrickleFeed, monkeypatch) -> None:
    clock = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: clock[0])
    with open_log("trickle://host/shop") as log:
        watch = SourceWatch(log)
        assert watch.look().kind == "grown"
        asked = trickle.next
        watch.look()
        assert trickle.next == asked  # within the same second nothing is asked again
        trickle.lost = ConnectionLost("trickle", "gone")
        pauses = []
        for _ in range(8):
            begin = clock[0]
            before = trickle.asked
            while trickle.asked == before:
                clock[0] += 0.5
                last = watch.look()
            pauses.append(clock[0] - begin)
        assert last.kind == "lost"
        assert last.reason == "gone"
        assert pauses == sorted(pauses)
        assert pauses[-1] == 30
        trickle.lost = None
        clock[0] += 31
        assert watch.look().kind == "grown"


def test_a_log_that_was_closed_has_no_news(trickle: TrickleFeed) -> None:
    log = open_log("trickle://host/shop")
    watch = SourceWatch(log)
    log.close()
    assert watch.look().kind in {"same", "changed"}
