"""Which loops run as compiled code, where is that kept, and is it ready?

A *kernel* is a function over arrays that Numba compiles. All of them stand in modules whose name ends with `kernels`.
Nothing is compiled before a kernel is called, and Numba is imported only to compile. What was compiled is kept as
machine code in a folder that nobody else can write to, since it is run. While it is not ready, everything goes by plain
Python; `make_ready` compiles all kernels, `begin` does so in a process beside this one.
"""

import contextlib
import hashlib
import importlib
import importlib.util
import os
import shutil
import stat
import sys
import threading
import time
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import subprocess

FOLDER_VARIABLE = "HISTORY_EXPLORER_KERNELS"  # another place for the compiled code
# eight bytes from any place on: a view of the bytes with one word for each, see `words_of`
WORDS = "Array(uint64, 1, 'A', False, None, False)"
_TRY = "try"
_SUM_BYTES = 16
_OLD_S = 30 * 86_400
_ROOT = Path(__file__).resolve().parents[1]
_lock = threading.RLock()
_known: dict[str, Any] = {}  # folder and readiness of this process
_beside: "list[subprocess.Popen[bytes]]" = []


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
        self._dispatcher: Any = None

    def __call__(self, *arguments: Any) -> Any:  # noqa: ANN401 - whatever the function takes and gives
        compiled = self._compiled or self.compiled()
        return compiled(*arguments)

    def compiled(self) -> Callable[..., Any]:
        """The compiled function; compiles it, or fetches it from where it is kept."""
        with _lock:
            if self._compiled is None:
                self._compiled = self._fetched() if self.signature else self.dispatcher()
            return self._compiled

    @property
    def name(self) -> str:
        """What it is called, of all kernels."""
        return f"{self.function.__module__}.{self.function.__qualname__}"

    def dispatcher(self) -> Any:  # noqa: ANN401 - Numba's
        """What Numba makes of it, of exactly the types of its signature: nothing is compiled while somebody waits."""
        if self._dispatcher is None:
            import numba

            _take_places_as_they_are()
            function = self.function
            names = {
                name: value.dispatcher() if isinstance(value, Kernel) else value
                for name, value in function.__globals__.items()
                if name in function.__code__.co_names
            }
            for own, made in (("trailing_zeros", _trailing_zeros), ("prefetch", _prefetch)):
                if own in names:
                    names[own] = _known.setdefault(own, made())
            # a copy that knows what Numba makes of the kernels that it calls
            scope = {**function.__globals__, **names}
            copied = types.FunctionType(function.__code__, scope, function.__name__, function.__defaults__)
            copied.__qualname__, copied.__module__ = function.__qualname__, function.__module__
            how: dict[str, Any] = {"nogil": True, "error_model": "numpy", "_nrt": False}
            if self.signature:  # what Python calls is made of its machine code, see `object_code`
                told = self.signature.replace("words", WORDS)
                how |= {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
                self._dispatcher = numba.njit(told, **how)(copied)
            else:
                self._dispatcher = numba.njit(forceinline=self._inlined, **how)(copied)
        return self._dispatcher

    def _fetched(self) -> Callable[..., Any]:
        """The function from where it is kept; compiled and kept there if it is not."""
        from explorer.eventlog.machine_code import Loaded, object_code

        where = folder()
        code = None if where is None else _kept(where / self.name)
        if code is None:
            code = object_code(self.dispatcher(), self.signature, self.name)
            if where is not None:
                _keep(where / self.name, code)
        if "loaded" not in _known:
            _known["loaded"] = Loaded()
        return _known["loaded"].add(code, self.signature, self.name)  # type: ignore[no-any-return]


def _kept(path: Path) -> bytes | None:
    """Machine code as `_keep` has written it; None if it is not there, or not whole."""
    try:
        raw = path.read_bytes()
    except OSError:
        return None
    code = raw[_SUM_BYTES:]
    return code if raw[:_SUM_BYTES] == _sum_of(code) else None


def _keep(path: Path, code: bytes) -> None:
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}")
    with contextlib.suppress(OSError):  # then it is compiled again
        unfinished.write_bytes(_sum_of(code) + code)
        unfinished.replace(path)


def _sum_of(code: bytes) -> bytes:
    return hashlib.blake2b(code, digest_size=_SUM_BYTES).digest()


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


def prefetch(_column: Any, _place: Any) -> None:  # noqa: ANN401 - an array, a whole number
    """Ask for the memory of a place in a column, which is needed soon; inside of kernels. No place is wrong."""


def words_of(data: Any) -> Any:  # noqa: ANN401 - NumPy is imported when needed
    """(n - 7,) the eight bytes from each place of an array of bytes on, as little-endian words; no copy."""
    import numpy as np

    return np.ndarray(len(data) - 7, np.uint64, data, strides=(1,))


def _take_places_as_they_are() -> None:
    """No place of a kernel counts from the end of an array: to ask that of each takes a quarter of the time of a scan.

    Where bounds are checked (`NUMBA_BOUNDSCHECK`), a place below 0 is out of them, too.
    """
    from numba.core import types as numba_types
    from numba.np import arrayobj

    def taken(context: Any, builder: Any, kind: Any, place: Any, _size: Any) -> Any:  # noqa: ANN401 - Numba's
        return context.cast(builder, place, kind, numba_types.intp if kind.signed else numba_types.uintp)

    if hasattr(arrayobj, "fix_integer_index"):
        arrayobj.fix_integer_index = taken


def _trailing_zeros() -> Any:  # noqa: ANN401 - Numba's
    from llvmlite import ir
    from numba import types as numba_types
    from numba.extending import intrinsic

    def counted(_context: Any, _word: Any) -> Any:  # noqa: ANN401 - Numba's
        def code(_: Any, builder: Any, _signature: Any, arguments: Any) -> Any:  # noqa: ANN401
            return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 0))

        return numba_types.int64(numba_types.uint64), code

    return intrinsic(counted)


def _prefetch() -> Any:  # noqa: ANN401 - Numba's
    from llvmlite import ir
    from numba import types as numba_types
    from numba.core import cgutils
    from numba.extending import intrinsic

    item: Any = cgutils.get_item_pointer

    def asked(_context: Any, column: Any, _place: Any) -> Any:  # noqa: ANN401 - Numba's
        def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ANN401
            array = context.make_array(signature.args[0])(context, builder, arguments[0])
            address = item(context, builder, column, array, [arguments[1]])
            pointer, flag = ir.IntType(8).as_pointer(), ir.IntType(32)
            told = ir.FunctionType(ir.VoidType(), [pointer, flag, flag, flag])
            function = builder.module.declare_intrinsic("llvm.prefetch", [pointer], told)
            flags = [ir.Constant(flag, each) for each in (0, 3, 1)]  # to read, often, data
            builder.call(function, [builder.bitcast(address, pointer), *flags])
            return context.get_dummy_value()

        return numba_types.void(column, numba_types.int64), code

    return intrinsic(asked)


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
    import numpy as np

    told = [sys.version, np.__version__, _compiler(), _machine()]
    told += [os.environ.get("NUMBA_BOUNDSCHECK", ""), os.environ.get("NUMBA_CPU_NAME", "")]
    digest = hashlib.blake2b(repr(told).encode(), digest_size=16)
    for path in [Path(__file__), *kernel_files()]:
        digest.update(str(path.relative_to(_ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()


def _compiler() -> str:
    """The version of Numba as it says itself, without importing it or searching all packages."""
    found = importlib.util.find_spec("numba")
    if found is None or found.origin is None:
        return ""
    return _told(Path(found.origin).with_name("_version.py")) or found.origin


def _machine() -> str:
    """What tells this processor from another one that reads the same folder, as far as it is told at once."""
    told = _told(Path("/proc/cpuinfo"))
    if told is None:
        import platform  # its import compiles patterns

        return f"{platform.machine()} {platform.processor()}"
    first = told.split("\n\n", 1)[0].splitlines()
    own = [line for line in first if line.startswith(("model name", "flags", "CPU ", "Features"))]
    return "\n".join([os.uname().machine, *own])


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
        _known["ready"] = where is not None and _told(where / "ready") == "ready"
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
        import subprocess  # only large logs need it

        nothing = subprocess.DEVNULL
        with contextlib.suppress(OSError):
            _beside.append(
                subprocess.Popen(  # noqa: S603 - our own program
                    command, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True,
                    env=_same_modules(),
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
            for each in kernels():
                each.compiled()
            # in a process that can do no harm if this system cannot take it in
            command = [sys.executable, "-P", "-m", "explorer.eventlog.compiled", _TRY]
            import subprocess

            tried = subprocess.run(command, env=_same_modules(), check=False, capture_output=True)  # noqa: S603 - our own
            if tried.returncode == 0:
                (where / "ready").write_text("ready", "utf-8")
                _remove_old(where)
    return ready()


def kernels() -> Iterator["Kernel"]:
    """All that are called by others than kernels."""
    for path in kernel_files():
        module = importlib.import_module(".".join(("explorer", *path.relative_to(_ROOT).parts))[:-3])
        for each in vars(module).values():
            if isinstance(each, Kernel) and each.signature and each.function.__module__ == module.__name__:
                yield each


def _same_modules() -> dict[str, str]:
    """The environment of a process that finds the modules that this one finds."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}


def _remove_old(where: Path) -> None:
    """Throw away what other versions of the program have left."""
    with contextlib.suppress(OSError):
        for other in where.parent.iterdir():
            if other != where and is_private(other) and time.time() - other.stat().st_mtime > _OLD_S:
                shutil.rmtree(other, ignore_errors=True)


def main(what: str = "") -> int:
    """Make everything ready, or only try whether it is; 0 if it is."""
    if what == _TRY:
        for each in kernels():
            each.compiled()
        return 0
    if hasattr(os, "nice"):
        os.nice(10)
    return int(not make_ready())


if __name__ == "__main__":
    # the module under its own name is the one that the kernels know
    sys.exit(importlib.import_module("explorer.eventlog.compiled").main(*sys.argv[1:]))
