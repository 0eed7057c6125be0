"""Does the program work as a person meets it: a real window, a window manager, a mouse and keys?"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.resources import resource

NEEDED = ("Xvfb", "openbox", "xdotool")
PATIENCE_S = 30.0

pytestmark = pytest.mark.skipif(
    not all(shutil.which(program) for program in NEEDED), reason=f"needs {', '.join(NEEDED)}"
)


def tool(display: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        ["xdotool", *words], env=display, capture_output=True, text=True, timeout=20, check=False
    )
    return done.stdout.strip()


def eventually(ask: "object", what: str) -> str:
    """Ask until there is an answer; the test's patience is bounded."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if answer := ask():  # type: ignore[operator]
            return str(answer)
        time.sleep(0.05)
    pytest.fail(f"waited {PATIENCE_S:g} s in vain for {what}")


@pytest.fixture
def display(home: Path) -> Iterator[dict[str, str]]:
    """A screen of its own with a window manager, as the environment of programs on it."""
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1400x900x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=(writer,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writer)
    with os.fdopen(reader) as numbers:
        number = numbers.readline().strip()
    environment = {**os.environ, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb", "HOME": str(home)}
    manager = subprocess.Popen(
        ["openbox"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    yield environment
    for process in (manager, server):
        process.terminate()
        process.wait(10)


def test_a_person_opens_a_log_scrubs_with_keys_and_mouse_and_leaves(
    display: dict[str, str], tmp_path: Path
) -> None:
    log = tmp_path / "bank.jsonl"
    shutil.copy(resource("samples", "small-bank.jsonl"), log)
    before = (log.read_bytes(), log.stat().st_mtime_ns)
    program = subprocess.Popen(
        [sys.executable, "-m", "explorer", str(log)], env=display, stderr=subprocess.PIPE, text=True,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    try:
        window = eventually(
            lambda: tool(display, "search", "--onlyvisible", "--name", "^bank.jsonl").split("\n")[0],
            "the window",
        )
        tool(display, "windowactivate", "--sync", window)
        tool(display, "windowsize", "--sync", window, "1280", "800")
        for key in ("Home", "Right", "Right", "Left", "End", "comma", "period", "space", "space"):
            tool(display, "key", key)
        tool(display, "mousemove", "--window", window, "300", "680", "mousedown", "1")
        for x in range(300, 900, 60):
            tool(display, "mousemove", "--window", window, str(x), "680")
        tool(display, "mouseup", "1")
        assert program.poll() is None
        tool(display, "key", "ctrl+q")
        assert (
            eventually(lambda: "left" if program.poll() is not None else "", "the program to end") == "left"
        )
        assert program.returncode == 0
        assert program.stderr is not None
        assert program.stderr.read() == ""
    finally:
        program.kill()
        program.wait()
        if program.stderr is not None:
            program.stderr.close()
    assert (log.read_bytes(), log.stat().st_mtime_ns) == before
