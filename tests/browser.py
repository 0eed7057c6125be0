"""How do tests drive a headless Chromium: over its debugging pipe, with nothing but the standard library?"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--remote-debugging-pipe",
)

# Chromium reads what it is asked from 3, and answers on 4.
START = """
import fcntl, os, sys
read, write = (fcntl.fcntl(int(each), fcntl.F_DUPFD, 10) for each in sys.argv[1:3])
os.dup2(read, 3)
os.dup2(write, 4)
os.execv(sys.argv[3], sys.argv[3:])
"""


def chromium() -> str | None:
    """Where the browser is, if there is one."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


class Tab:
    """One page in the browser."""

    def __init__(self, browser: "Browser", session: str) -> None:
        self._browser = browser
        self._session = session

    def ask(self, method: str, **params: object) -> Any:
        return self._browser.ask(method, self._session, **params)

    def value(self, expression: str) -> Any:
        """What a line of JavaScript gives."""
        found = self.ask(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True, replMode=True
        )
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def frame(self) -> "Tab | None":
        """The one frame of this page, if the browser keeps it apart in a process of its own."""
        self.ask("Target.setAutoAttach", autoAttach=True, waitForDebuggerOnStart=False, flatten=True)
        self.ask("Page.getFrameTree")  # by then it is attached
        found = [
            event["params"]["sessionId"]
            for event in self._browser.events
            if event.get("method") == "Target.attachedToTarget" and event.get("sessionId") == self._session
        ]
        if not found:
            return None
        tab = Tab(self._browser, found[-1])
        tab.ask("Runtime.enable")
        return tab

    def text(self, selector: str) -> str:
        return str(self.value(f"document.querySelector({json.dumps(selector)}).textContent"))

    def key(self, name: str, code: int) -> None:
        """Press a key, as a keyboard does."""
        for kind in ("keyDown", "keyUp"):
            self.ask("Input.dispatchKeyEvent", type=kind, key=name, code=name, windowsVirtualKeyCode=code)

    def write(self, text: str) -> None:
        self.ask("Input.insertText", text=text)

    def click(self, selector: str) -> None:
        """Press the mouse on the middle of an element."""
        box = self.value(
            f"const at = document.querySelector({json.dumps(selector)}); at.scrollIntoView({{block: 'center'}});"
            "const box = at.getBoundingClientRect(); [box.x + box.width / 2, box.y + box.height / 2]"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.ask("Input.dispatchMouseEvent", type=kind, x=box[0], y=box[1], button="left", clickCount=1)


class Browser:
    """A running Chromium."""

    def __init__(self, process: subprocess.Popen[bytes], to: int, back: int) -> None:
        self.process = process
        self._to = to
        self._back = os.fdopen(back, "rb", buffering=0)
        self._number = 0
        self._left = b""
        self.events: list[dict[str, Any]] = []

    def ask(self, method: str, session: str | None = None, **params: object) -> Any:
        self._number += 1
        told: dict[str, object] = {"id": self._number, "method": method, "params": params}
        if session is not None:
            told["sessionId"] = session
        os.write(self._to, json.dumps(told).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer["error"]
                return answer["result"]
            self.events.append(answer)

    def open(self, path: Path) -> Tab:
        """Open a file in a new page, and wait until it is there. What it asks the network for is in `events`."""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        tab = Tab(self, session)
        for domain in ("Page", "Runtime", "Network", "Log"):
            tab.ask(f"{domain}.enable")
        tab.ask(
            "Emulation.setDeviceMetricsOverride", width=1280, height=720, deviceScaleFactor=1, mobile=False
        )
        tab.ask("Page.navigate", url=path.as_uri())
        while not any(
            event.get("method") == "Page.loadEventFired" and event.get("sessionId") == session
            for event in self.events
        ):
            self.events.append(self._next())
        return tab

    def said(self, method: str) -> list[dict[str, Any]]:
        """The events of one kind so far."""
        return [event["params"] for event in self.events if event.get("method") == method]

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._left:
            more = self._back.read(65_536)
            assert more, "the browser has ended"
            self._left += more
        line, _, self._left = self._left.partition(b"\0")
        found: dict[str, Any] = json.loads(line)
        return found


@contextmanager
def browser(profile: Path) -> Iterator[Browser]:
    """Start a browser with a profile of its own; it ends with the block."""
    name = chromium()
    assert name is not None
    read, to = os.pipe()
    back, write = os.pipe()
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            START,
            str(read),
            str(write),
            name,
            *FLAGS,
            f"--user-data-dir={profile}",
            "about:blank",
        ],
        pass_fds=(read, write),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(read)
    os.close(write)
    made = Browser(process, to, back)
    try:
        yield made
    finally:
        process.kill()
        process.wait()
        made._back.close()
        os.close(to)
