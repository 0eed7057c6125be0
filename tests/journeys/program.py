"""What does a person do with the installed program: start it, use its menus and dialogs, leave it; and was all well?"""

import contextlib
import json
import shutil
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path
from typing import Any, Self

from tests.journeys.screen import Screen, Thing, eventually

_LOOKED_AWAY = "Could not find accessible on path"  # our own eyes asked Qt for what had just gone
LOOKS_UP_S = 0.4  # a letter that is written sooner after a line has lost the keys is no command
INSTALLED = Path(sys.executable).parent / "history-explorer"


def ask(*words: str, home: dict[str, str], most_status: int = 0) -> str:
    """What the command line answers."""
    done = subprocess.run(
        [str(INSTALLED), *words], env=home, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode <= most_status, done.stderr
    return done.stdout


def answer(*words: str, home: dict[str, str], most_status: int = 0) -> Any:
    """The same as exact JSON."""
    return json.loads(
        ask(*words, "--format", "json", home=home, most_status=most_status), parse_float=Decimal
    )


class Program:
    """The program as it runs on a screen; used as a context, it must have ended well."""

    def __init__(self, screen: Screen, home: Path, *words: str, **environment: str) -> None:
        self.screen = screen
        self._home = home
        self._words = words
        self._environment = {**screen.environment, **environment}
        self._errors = home / "standard-error.txt"

    def __enter__(self) -> Self:
        with self._errors.open("wb") as errors:
            self._process = subprocess.Popen(
                [str(INSTALLED), *self._words], env=self._environment, stderr=errors,
                stdout=subprocess.DEVNULL, cwd=self._home,
            )  # fmt: skip
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            if self._process.poll() is None:
                self.leave()
            self.check()
            return
        with contextlib.suppress(Exception):
            pictures = Path("journeys-failed")
            pictures.mkdir(exist_ok=True)
            self.screen.picture(pictures / f"{self._home.name}.png")
            (pictures / f"{self._home.name}.txt").write_text(self.screen.told(), "utf-8")
            shutil.copy(self._errors, pictures / f"{self._home.name}.err")
        self._process.kill()
        self._process.wait()

    def check(self) -> None:
        """Nothing went wrong: a good end, silence, and no trace of a crash."""
        assert self._process.wait(30) == 0
        said = [
            line for line in self._errors.read_text("utf-8").splitlines() if not line.startswith(_LOOKED_AWAY)
        ]
        assert said == []
        assert [
            path.name for path in (self._home / "state").rglob("crash-*.txt") if path.stat().st_size
        ] == []

    # -- what a person does ----------------------------------------------------------------------------------

    def window(self, title: str) -> Thing:
        """The window of a log, in front, its log read."""
        frame = self.screen.see("frame", title)
        self.screen.see("slider", "Timeline", frame)
        return frame

    def leave(self) -> None:
        """Quit by the key."""
        self.screen.keys("ctrl+q")
        eventually(lambda: self._process.poll() is not None, "the program to end")

    def do(self, action: str) -> None:
        """Run an action by its name, from the palette: Ctrl+K, its name, Enter."""
        self.screen.keys("ctrl+k")
        field = self.screen.see("text", "Words of the action")
        eventually(lambda: field.focused, "the palette to have the focus")
        self.screen.write(action)
        self.screen.keys("Return")

    def do_menu(self, menu: str, *entries: str) -> None:
        """Click through a menu."""
        bar = self.screen.see("menu bar")
        self.screen.see("menu item", menu, bar).press()
        for entry in entries:
            eventually(lambda entry=entry: self._entry(entry), f"{entry} in the menu {menu}").press()

    def _entry(self, name: str) -> Thing | None:
        """An entry of the innermost open menu."""
        found = [
            each for each in self.screen.all() if each.role == "menu item" and each.name.startswith(name)
        ]
        bars = [each for each in self.screen.all() if each.role == "menu bar"]
        below = [each for each in found if all(each.box[1] >= bar.box[1] + bar.box[3] - 2 for bar in bars)]
        return below[-1] if below else None

    def save_as(self, path: Path) -> None:
        """Name the file in the dialog that asks where to save, and accept it."""
        self._name_file(path)
        eventually(path.exists, f"{path.name} to be written")

    def open_file(self, path: Path) -> None:
        """Name the file in the dialog that asks what to open, and accept it."""
        self._name_file(path)

    def _name_file(self, path: Path) -> None:
        field = self.screen.see("text", "File name:")
        eventually(lambda: field.focused, "the name of the file to have the focus")
        self.screen.keys("ctrl+a")
        self.screen.write(str(path))
        self.screen.keys("Return")
        eventually(lambda: self.screen.find("text", "File name:") is None, "the file dialog to close")

    def go_to(self, point: str) -> None:
        """Say where to go, in the box that understands it."""
        self.type_into("Go to", point, by="ctrl+g")
        self.screen.keys("Return")
        time.sleep(LOOKS_UP_S)

    def scrub(self, events: int) -> None:
        """Go through the log: a jump, keys, and the mouse along the timeline; it has more than 30,000 events."""
        self.go_to("30000")
        self.stands_at(30_000, events)
        self.screen.keys("Escape", "Right", "Right", "Left")
        self.stands_at(30_001, events)
        left, top, width, height = self.screen.see("slider", "Timeline").box
        self.screen.drag((left + 60, top + height // 2), (left + width // 3, top + height // 2))
        eventually(
            lambda: not self.status().startswith("Status: event 30,001"), "the drag to move the playhead"
        )

    def type_into(self, field: str, text: str, *, by: str = "") -> None:
        """Write into a field, which a key leads to or a click; what stood there is replaced."""
        if by:
            self.screen.keys(by)
        found = self.screen.see("text", field)
        if not by:
            found.press()
        eventually(lambda: found.focused, f"{field} to have the focus")
        self.screen.keys("ctrl+a")
        self.screen.write(text)

    def choose(self, box: str, entry: str) -> None:
        """Choose an entry of a combo box by its first letters, as keys do."""
        self.screen.see("combo box", box).press()
        self.screen.write(entry)
        self.screen.keys("Return")

    def label(self, name: str) -> str:
        """What a label says that is called so."""
        found = self.screen.find("label", name)
        return "" if found is None else found.name

    def row(self, table: str, row: int) -> list[str]:
        """What one row of a table says."""
        thing = self.screen.see("table", table)
        rows, columns = thing.shape()
        return [thing.cell(row, column) for column in range(columns)] if row < rows else []

    def status(self, window: Thing | None = None) -> str:
        """What the line at the bottom says."""
        found = self.screen.find("label", "Status: ", window)
        return "" if found is None else found.name

    def stands_at(self, position: int, count: int) -> None:
        """Wait until the window says that it stands there."""
        eventually(
            lambda: f"event {position:,} of {count:,}" in self.status(),
            f"position {position:,}: {self.status()}",
        )

    def rows(self, table: str) -> list[list[str]]:
        """All that a table of few rows says."""
        thing = self.screen.see("table", table)
        rows, columns = thing.shape()
        return [[thing.cell(row, column) for column in range(columns)] for row in range(rows)]
