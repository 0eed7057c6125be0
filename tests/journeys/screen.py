"""What can a person do at a screen of their own, and what do they see on it, but for our own code?

A display (Xvfb) with a window manager, a mouse and keys (xdotool), a clipboard (xclip), and eyes: the accessibility
tree that every program on the display tells by AT-SPI, read over D-Bus. Nothing here imports the program.
"""

import contextlib
import os
import struct
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from jeepney import DBusAddress, MessageType, Properties, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

PATIENCE_S = float(
    os.environ.get("PATIENCE_S", "30")
)  # a busy machine is slow; nobody waits so long where all is well
_LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
_ACCESSIBLE = "org.a11y.atspi.Accessible"
_SHOWING = 25  # of the bits of AT-SPI's states
_FOCUSED = 12
_ENABLED = 8


def missing() -> list[str]:
    """The programs that a screen needs and this machine lacks."""
    import shutil

    found = [
        name for name in ("Xvfb", "openbox", "xdotool", "xclip", "dbus-daemon") if not shutil.which(name)
    ]
    return found if any(map(os.path.exists, _LAUNCHERS)) else [*found, "at-spi2-core"]


def eventually[T](ask: Callable[[], T], what: str, patience_s: float | None = None) -> T:
    """Ask until the answer is neither empty nor false.

    Raises:
        AssertionError: It never was.
    """
    patience_s = PATIENCE_S if patience_s is None else patience_s
    end = time.monotonic() + patience_s
    while True:
        if answer := ask():
            return answer
        if time.monotonic() > end:
            raise AssertionError(f"waited {patience_s:g} s in vain for {what}")
        time.sleep(0.03)


@dataclass(frozen=True)
class Thing:
    """Something on the screen, as a program tells it to people who cannot see.

    Attributes:
        role: `push button`, `table`, `text`, …
        name: What it is called.
    """

    _screen: "Screen"
    _bus: str
    _path: str
    role: str
    name: str

    def _ask(self, interface: str, method: str, signature: str = "", body: tuple[object, ...] = ()) -> tuple:
        return self._screen.ask(self._bus, self._path, interface, method, signature, body)

    @property
    def children(self) -> list["Thing"]:
        """What stands in it."""
        (found,) = self._ask(_ACCESSIBLE, "GetChildren")
        return [thing for bus, path in found if (thing := self._screen.thing(bus, path)) is not None]

    @property
    def child_count(self) -> int:
        return int(self._screen.property(self._bus, self._path, _ACCESSIBLE, "ChildCount"))

    @property
    def description(self) -> str:
        return str(self._screen.property(self._bus, self._path, _ACCESSIBLE, "Description"))

    def _state(self, bit: int) -> bool:
        (words,) = self._ask(_ACCESSIBLE, "GetState")
        return bool(words[bit // 32] >> bit % 32 & 1)

    @property
    def showing(self) -> bool:
        return self._state(_SHOWING)

    @property
    def enabled(self) -> bool:
        return self._state(_ENABLED)

    @property
    def focused(self) -> bool:
        return self._state(_FOCUSED)

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, width and height on the screen, in pixels."""
        (box,) = self._ask("org.a11y.atspi.Component", "GetExtents", "u", (0,))
        return box

    @property
    def text(self) -> str:
        """What is written in it."""
        (text,) = self._ask("org.a11y.atspi.Text", "GetText", "ii", (0, -1))
        return text

    def cell(self, row: int, column: int) -> str:
        """What a cell of a table says."""
        ((bus, path),) = self._ask("org.a11y.atspi.Table", "GetAccessibleAt", "ii", (row, column))
        return str(self._screen.property(bus, path, _ACCESSIBLE, "Name"))

    def cell_thing(self, row: int, column: int) -> "Thing":
        ((bus, path),) = self._ask("org.a11y.atspi.Table", "GetAccessibleAt", "ii", (row, column))
        found = self._screen.thing(bus, path)
        assert found is not None
        return found

    def shape(self) -> tuple[int, int]:
        """Rows and columns of a table."""
        kind = "org.a11y.atspi.Table"
        return (
            int(self._screen.property(self._bus, self._path, kind, "NRows")),
            int(self._screen.property(self._bus, self._path, kind, "NColumns")),
        )

    def press(self) -> None:
        """Click in its middle with the left button."""
        left, top, width, height = self.box
        assert width > 0, f"{self.role} {self.name!r} is nowhere on the screen"
        assert height > 0, f"{self.role} {self.name!r} is nowhere on the screen"
        self._screen.click(left + width // 2, top + height // 2)


class Screen:
    """One display, and who sits before it."""

    def __init__(self, environment: dict[str, str], eyes: DBusConnection, frame_buffer: Path) -> None:
        self.environment = environment
        self._frame_buffer = frame_buffer
        self._eyes = eyes

    # -- hands -----------------------------------------------------------------------------------------------

    def tool(self, *words: str) -> str:
        """Ask xdotool."""
        done = subprocess.run(
            ["xdotool", *words], env=self.environment, capture_output=True, text=True, timeout=60, check=False
        )
        return done.stdout.strip()

    def keys(self, *names: str) -> None:
        """Press keys, one after the other: `ctrl+e`, `Return`, `a`."""
        for name in names:
            self.tool("key", "--clearmodifiers", name)

    def write(self, text: str) -> None:
        """Type a text."""
        self.tool("type", "--clearmodifiers", "--delay", "4", text)

    def click(self, x: int, y: int, button: int = 1, *, with_key: str = "") -> None:
        """Press a mouse button at a place of the screen."""
        held = ["keydown", with_key] if with_key else []
        let_go = ["keyup", with_key] if with_key else []
        self.tool("mousemove", str(x), str(y), *held, "click", str(button), *let_go)

    def drag(self, begin: tuple[int, int], end: tuple[int, int], steps: int = 12) -> None:
        """Hold the left button from one place to another."""
        (x, y), (to_x, to_y) = begin, end
        words = ["mousemove", str(x), str(y), "mousedown", "1"]
        for step in range(1, steps + 1):
            words += [
                "mousemove",
                str(x + (to_x - x) * step // steps),
                str(y + (to_y - y) * step // steps),
                "sleep",
                "0.02",
            ]
        self.tool(*words, "mouseup", "1")

    @property
    def clipboard(self) -> str:
        """The text that was copied last."""
        done = subprocess.run(
            ["xclip", "-selection", "clipboard", "-o"],
            env=self.environment,
            capture_output=True,
            timeout=20,
            check=False,
        )
        return done.stdout.decode("utf-8", "replace")

    def titles(self) -> list[str]:
        """What the windows on the screen are called."""
        found = self.tool("search", "--onlyvisible", "--name", "").split()
        return [name for window in found if (name := self.tool("getwindowname", window))]

    def picture(self, path: Path) -> None:
        """Save what is on the screen, to be looked at when a journey fails."""
        from PySide6.QtGui import QImage  # here only to write a PNG

        raw = (self._frame_buffer / "Xvfb_screen0").read_bytes()  # an X window dump
        words = struct.unpack(">25I", raw[:100])
        header_bytes, width, height, line_bytes, colours = words[0], words[4], words[5], words[12], words[19]
        pixels = raw[header_bytes + 12 * colours :]
        QImage(pixels, width, height, line_bytes, QImage.Format.Format_RGB32).save(str(path))

    # -- eyes ------------------------------------------------------------------------------------------------

    def ask(
        self,
        bus: str,
        path: str,
        interface: str,
        method: str,
        signature: str = "",
        body: tuple[object, ...] = (),
    ) -> tuple:
        """Call a method over D-Bus.

        Raises:
            LookupError: There is no such thing any more.
        """
        address = DBusAddress(path, bus, interface)
        reply = self._eyes.send_and_get_reply(
            new_method_call(address, method, signature or None, body), timeout=30
        )
        if reply.header.message_type == MessageType.error:
            raise LookupError(f"{method}: {reply.body}")
        return reply.body

    def property(self, bus: str, path: str, interface: str, name: str) -> object:
        """A property over D-Bus."""
        reply = self._eyes.send_and_get_reply(
            Properties(DBusAddress(path, bus, interface)).get(name), timeout=30
        )
        if reply.header.message_type == MessageType.error:
            raise LookupError(f"{name}: {reply.body}")
        return reply.body[0][1]

    def thing(self, bus: str, path: str) -> Thing | None:
        """The thing at an address; None if it has gone."""
        try:
            (role,) = self.ask(bus, path, _ACCESSIBLE, "GetRoleName")
            name = self.property(bus, path, _ACCESSIBLE, "Name")
        except LookupError:
            return None
        return Thing(self, bus, path, str(role), str(name))

    def windows(self) -> list[Thing]:
        """The windows, dialogs and menus of every program."""
        root = Thing(self, "org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root", "", "")
        return [window for program in root.children for window in program.children]

    def all(self, within: Thing | None = None) -> Iterator[Thing]:
        """Everything that is on the screen now, from the outside in; the cells of tables are not told."""
        for thing in self.windows() if within is None else within.children:
            try:
                left, top, width, height = thing.box
                if not thing.showing or left + width < 0 or top + height < 0:  # a panel behind another
                    continue
                yield thing
                if thing.role not in {"table", "tree", "tree table", "list"}:
                    yield from self.all(thing)
            except LookupError:
                continue

    def find(self, role: str, name: str = "", within: Thing | None = None) -> Thing | None:
        """The first thing of a role whose name begins so."""
        with contextlib.suppress(LookupError):
            return next(
                (thing for thing in self.all(within) if thing.role == role and thing.name.startswith(name)),
                None,
            )
        return None

    def see(self, role: str, name: str = "", within: Thing | None = None) -> Thing:
        """The same, waited for."""
        return eventually(lambda: self.find(role, name, within), f"a {role} called {name!r}")

    def beside(self, label: str, role: str) -> Thing:
        """The thing of a role that stands to the right of a label."""
        left, top, _, height = self.see("label", label).box
        found = [
            thing
            for thing in self.all()
            if thing.role == role and thing.box[0] > left and top - height < thing.box[1] < top + height
        ]
        assert found, f"no {role} stands beside {label}"
        return min(found, key=lambda thing: abs(thing.box[1] - top))

    def spoken(self) -> str:
        """What stands on the screen as plain text, a line for each."""
        return "\n".join(thing.name for thing in self.all() if thing.role == "label")

    def told(self) -> str:
        """All that is on the screen, for whoever wonders why a journey failed."""
        return "\n".join(f"{thing.role}: {thing.name[:120]!r} {thing.box}" for thing in self.all())


@contextlib.contextmanager
def screen(home: Path, size: str = "1400x900") -> Iterator[Screen]:
    """A new display with nothing on it."""
    with contextlib.ExitStack() as stack:
        started: list[subprocess.Popen[bytes]] = []

        def start(*words: str, environment: dict[str, str] | None = None, tells: str = "") -> str:
            """Start a program that lasts as long as the screen; the line that it tells at a descriptor of its own."""
            if not tells:
                started.append(
                    subprocess.Popen(
                        words, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
                    )
                )
                return ""
            reader, writer = os.pipe()
            started.append(
                subprocess.Popen(
                    [*words, tells.format(writer)], env=environment, pass_fds=(writer,),
                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                )
            )  # fmt: skip
            os.close(writer)
            with os.fdopen(reader) as lines:
                return lines.readline().strip()

        def end() -> None:
            for process in reversed(started):
                process.terminate()
            for process in started:
                try:
                    process.wait(5)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()

        frame_buffer = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        stack.callback(end)  # before the folder goes
        number = start(
            "Xvfb",
            "-screen",
            "0",
            f"{size}x24",
            "-nolisten",
            "tcp",
            "-noreset",  # else it begins anew when the first of its clients leaves, and takes the others along
            "-fbdir",
            str(frame_buffer),
            "-displayfd",
            tells="{}",
        )
        environment = {
            **os.environ, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb", "HOME": str(home),
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "NO_AT_BRIDGE": "0",
        }  # fmt: skip
        environment["DBUS_SESSION_BUS_ADDRESS"] = start(
            "dbus-daemon",
            "--session",
            "--nofork",
            "--nopidfile",
            environment=environment,
            tells="--print-address={}",
        )
        launcher = next(filter(os.path.exists, _LAUNCHERS))
        start(launcher, "--launch-immediately", environment=environment)
        start("openbox", environment=environment)
        eyes = stack.enter_context(contextlib.closing(_eyes(environment["DBUS_SESSION_BUS_ADDRESS"])))
        found = Screen(environment, eyes, frame_buffer)
        eventually(lambda: found.tool("get_num_desktops") not in {"", "0"}, "the window manager")
        yield found


def _eyes(session: str) -> DBusConnection:
    bus = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")

    def address() -> str:
        with contextlib.closing(open_dbus_connection(session)) as connection:
            reply = connection.send_and_get_reply(new_method_call(bus, "GetAddress"), timeout=30)
            return "" if reply.header.message_type == MessageType.error else str(reply.body[0])

    return open_dbus_connection(eventually(address, "the bus of accessible things"))
