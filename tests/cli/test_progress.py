"""Is it said on a terminal, and there alone, how far a long command has come?"""

import io

from explorer.cli.progress import ProgressLine, line


class Terminal(io.StringIO):
    """A stream that is one."""

    def isatty(self) -> bool:
        """It is."""
        return True


def test_a_terminal_is_told_each_step_on_one_line_that_is_gone_at_the_end():
    terminal = Terminal()
    with ProgressLine(terminal) as progress:
        progress.told("reading", 1, 4)
        progress.told("reading", 2, 4)  # sooner than anybody can read
        progress.told("folding", 0, 0)
    said = terminal.getvalue().split("\r\x1b[K")
    assert said == ["", "reading: 25%, 0:00", "folding: 0%, 0:00", ""]


def test_what_is_no_terminal_is_told_nothing():
    stream = io.StringIO()
    with ProgressLine(stream) as progress:
        progress.told("reading", 1, 4)
    assert not stream.getvalue()


def test_how_long_it_will_take_is_said_once_somebody_can_know():
    assert line("reading", 0.5, 1) == "reading: 50%, 0:01"
    assert line("reading", 0.25, 100) == "reading: 25%, 1:40, about 5:00 to go"
    assert line("reading", 0.0, 100) == "reading: 0%, 1:40"
    assert line("writing", 2.0, 4_000) == "writing: 100%, 1:06:40, about 0:00 to go"
