"""A source of a test's own, which needs no server."""

from collections.abc import Iterator

from explorer.eventlog.sources.feed import ConnectionLost


def line(number: int) -> bytes:
    return b'{"seq":%d,"type":"MoneyDeposited","account":"acc-1","data":{"amount":1}}\n' % number


class TrickleFeed:
    """Ten events, then two more each time; its connection is lost now and then."""

    name = "trickle, events"
    shown = "Trickle, table events"
    payload = "data"
    live = True

    def __init__(self) -> None:
        self.next, self.losses, self.closed, self.reached = 11, 0, 0, None
        self.lost: ConnectionLost | None = None
        self.asked = 0

    def lines(self) -> Iterator[bytes | str]:
        yield b"".join(line(number) for number in range(1, 6))
        if self.losses:
            self.losses -= 1
            raise ConnectionLost(self.name, "the connection was lost")
        yield b"".join(line(number) for number in range(6, 11))

    def more(self) -> Iterator[bytes]:
        self.asked += 1
        if self.lost is not None:
            raise self.lost
        for _ in range(2):
            yield line(self.next)
            self.next += 1

    def close(self) -> None:
        self.closed += 1
