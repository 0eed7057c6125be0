"""Which loops run as compiled code, where is that kept, and is it ready?

A *kernel* is a function over arrays that Numba compiles. All of them stand in modules whose name ends with `kernels`.
Nothing is compiled, nor is Numba imported, before a kernel is called. What was compiled is kept in a folder that
nobody else can write to, since Numba unpickles what it finds there. While it is not ready, everything goes by plain
Python; `make_ready` compiles all kernels, `begin` does so in a process beside this one.
"""

import contextlib
import hashlib
import importlib
import os
import platform
import shutil
import stat
import subprocess
import sys
import threading
import time
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

FOLDER_VARIABLE = "HISTORY_EXPLORER_KERNELS"  # another place for the compiled code
# eight bytes from any place on: a view of the bytes with one word for each, see `words_of`
WORDS = "Array(uint64, 1, 'A', False, None, False)"
_OLD_S = 30 * 86_400
_ROOT = Path(__file__).resolve().parents[1]
_lock = threading.RLock()
_known: dict[str, Any] = {}  # folder and readiness of this process
_beside: list[subprocess.Popen[bytes]] = []


class Kernel:
    """A function that is compiled when it is called first.

    Attributes:
        function: As it stands in the source.
        signature: The types of its arguments and its result; empty for what is a part of other kernels only.
    """

    def __init__(self, function: Callable[..., Any], signature: str, *, inlined: bool = False) -> None:
        self._inlined = inlined
        self.function = function
        self.signature = signature
        self._compiled: Callable[..., Any] | None = None

    def __call__(self, *arguments: Any) -> Any:  # noqa: ANN401 - whatever the function takes and gives
        compiled = self._compiled or self.compiled()
        return compiled(*arguments)

    def compiled(self) -> Callable[..., Any]:
        """The compiled function; compiles it, or fetches it from where it is kept."""
        with _lock:
            if self._compiled is None:
                numba = _numba()
                function = self.function
                names = {
                    name: value.compiled() if isinstance(value, Kernel) else value
                    for name, value in function.__globals__.items()
                    if name in function.__code__.co_names
                }
                if "trailing_zeros" in names:
                    names["trailing_zeros"] = _trailing_zeros()
                scope = {**function.__globals__, **names}
                # a copy that knows the compiled forms of the kernels that it calls; its source stands where it stays
                source = _source(Path(function.__code__.co_filename))
                code = function.__code__.replace(co_filename=str(source))
                copied = types.FunctionType(code, scope, function.__name__, function.__defaults__)
                copied.__qualname__, copied.__module__ = function.__qualname__, function.__module__
                if self.signature:
                    # exactly these types: nothing is ever compiled while somebody waits for an answer
                    signature = self.signature.replace("words", WORDS)
                    keep = folder() is not None
                    self._compiled = numba.njit(
                        signature, nogil=True, cache=keep, error_model="numpy", _nrt=False
                    )(copied)
                else:
                    self._compiled = numba.njit(
                        nogil=True, error_model="numpy", _nrt=False, forceinline=self._inlined
                    )(copied)
            assert self._compiled is not None
            return self._compiled


def kernel(signature: str) -> Callable[[Callable[..., Any]], Kernel]:
    """Make a function of arrays a kernel; `words` in the signature stands for what `words_of` gives."""
    return lambda function: Kernel(function, signature)


def part(function: Callable[..., Any]) -> Kernel:
    """Make a function a part of the kernels that call it."""
    return Kernel(function, "")


def inlined(function: Callable[..., Any]) -> Kernel:
    """The same, put into each of them: it may have many arrays, and yet no call costs more than its work."""
    return Kernel(function, "", inlined=True)


def trailing_zeros(word: int) -> int:
    """How many zero bits stand below the lowest one of a 64-bit word (64 for none); inside of kernels."""
    return (word & -word).bit_length() - 1 if word else 64


def words_of(data: Any) -> Any:  # noqa: ANN401 - NumPy is imported when needed
    """(n - 7,) the eight bytes from each place of an array of bytes on, as little-endian words; no copy."""
    import numpy as np

    return np.ndarray(len(data) - 7, np.uint64, data, strides=(1,))


def _trailing_zeros() -> Any:  # noqa: ANN401 - Numba's
    if "trailing zeros" not in _known:
        from llvmlite import ir
        from numba import types as numba_types
        from numba.extending import intrinsic

        def counted(_context: Any, _word: Any) -> Any:  # noqa: ANN401 - Numba's
            def code(_: Any, builder: Any, _signature: Any, arguments: Any) -> Any:  # noqa: ANN401
                return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 0))

            return numba_types.int64(numba_types.uint64), code

        _known["trailing zeros"] = intrinsic(counted)
    return _known["trailing zeros"]


def _numba() -> Any:  # noqa: ANN401 - a module without types
    import numba

    where = folder()
    if where is not None:
        numba.config.CACHE_DIR = str(where)  # type: ignore[attr-defined]
    return numba


def _source(path: Path) -> Path:
    """The same module beside the compiled code: Numba finds what it compiled by the path of its source."""
    where = folder()
    if where is None:
        return path
    found = where / "-".join(path.relative_to(_ROOT).parts)
    if not found.exists():
        unfinished = where / f"{found.name}.{os.getpid()}.{threading.get_ident()}"
        unfinished.write_bytes(path.read_bytes())
        unfinished.replace(found)
    return found


def kernel_files() -> list[Path]:
    """The modules in which kernels stand."""
    return sorted(_ROOT.rglob("*kernels.py"))


def folder() -> Path | None:
    """Where compiled code is kept: of this very source, Numba and processor; None if no place is safe."""
    if "folder" not in _known:
        with _lock:
            _known["folder"] = _made_folder()
    found = _known["folder"]
    return found if isinstance(found, Path) else None


def base_folder() -> Path:
    """Where compiled code is kept, of whichever version."""
    named = os.environ.get(FOLDER_VARIABLE)
    if named:
        return Path(named)
    import platformdirs

    return platformdirs.user_cache_path("history-explorer") / "kernels"


def _made_folder() -> Path | None:
    base = base_folder()
    found = base / _digest()
    try:
        base.parent.mkdir(parents=True, exist_ok=True)
        for each in (base, found):
            each.mkdir(mode=0o700, exist_ok=True)
    except OSError:
        return None
    return found if is_private(base) and is_private(found) else None


def _digest() -> str:
    """Differs for other kernels, and wherever other code is compiled of them."""
    from importlib.metadata import version

    told = [platform.python_version(), version("numba"), version("numpy"), platform.machine(), _processor()]
    told += [os.environ.get("NUMBA_BOUNDSCHECK", ""), os.environ.get("NUMBA_CPU_NAME", "")]
    digest = hashlib.blake2b(repr(told).encode(), digest_size=16)
    for path in [Path(__file__), *kernel_files()]:
        digest.update(str(path.relative_to(_ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()


def _processor() -> str:
    """What tells this processor from another one that reads the same folder, as far as it is told at once."""
    told = _told(Path("/proc/cpuinfo"))
    if told is None:
        return platform.processor()
    first = told.split("\n\n", 1)[0].splitlines()
    return "\n".join(line for line in first if line.startswith(("model name", "flags", "CPU ", "Features")))


def is_private(path: Path) -> bool:
    """Whether a folder is ours, and nobody else can write to it."""
    try:
        status = path.lstat()
    except OSError:
        return False
    if not stat.S_ISDIR(status.st_mode):
        return False
    if not hasattr(os, "getuid"):
        return True  # the folder of a person's own profile
    return status.st_uid == os.getuid() and not status.st_mode & 0o022


def ready() -> bool:
    """Whether every kernel can be had at once."""
    if not _known.get("ready"):
        where = folder()
        _known["ready"] = where is not None and _told(where / "ready") == str(where)
    return bool(_known["ready"])


def _told(path: Path) -> str | None:
    """The text of a small file; None if there is none."""
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return None


def begin() -> None:
    """Make the kernels ready in a process beside this one, unless they are or it is at it."""
    with _lock:
        if ready() or folder() is None or any(process.poll() is None for process in _beside) or _beside:
            return
        command = [sys.executable, "-P", "-m", "explorer.eventlog.compiled"]
        nothing = subprocess.DEVNULL
        with contextlib.suppress(OSError):
            _beside.append(
                subprocess.Popen(  # noqa: S603 - our own program
                    command, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True,
                    env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
                )
            )  # fmt: skip


def make_ready() -> bool:
    """Compile all kernels that are not kept; false if there is no safe place to keep them."""
    where = folder()
    if where is None:
        return False
    if ready():
        return True
    from filelock import FileLock

    with FileLock(where / "lock"):
        if not ready():
            for path in kernel_files():
                module = importlib.import_module(".".join(("explorer", *path.relative_to(_ROOT).parts))[:-3])
                for each in vars(module).values():
                    if isinstance(each, Kernel) and each.signature:
                        each.compiled()
            # a folder that was moved is not ready: its paths are part of what is kept
            (where / "ready").write_text(str(where), "utf-8")
            _remove_old(where)
    return ready()


def _remove_old(where: Path) -> None:
    """Throw away what other versions of the program have left."""
    with contextlib.suppress(OSError):
        for other in where.parent.iterdir():
            if other != where and is_private(other) and time.time() - other.stat().st_mtime > _OLD_S:
                shutil.rmtree(other, ignore_errors=True)


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(10)
    # the module under its own name is the one that the kernels know
    sys.exit(not importlib.import_module("explorer.eventlog.compiled").make_ready())
