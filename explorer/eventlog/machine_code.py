"""How is what Numba compiled kept as machine code, and called again without Numba?

To import Numba takes longer than to read a log of 20 MB. So the object code of each kernel is kept, with an entry that
takes all arguments as 64-bit integers in a row; `placed` puts it into memory, or where that cannot, llvmlite. What
Numba would check of the arguments is checked here: an array has exactly the type, and is contiguous, aligned and
writable.
"""

import ctypes
import operator
from array import array
from collections.abc import Callable
from typing import Any

import numpy as np

from explorer.eventlog.placed_code import UnplacedError, placed
from explorer.patterns import lazy_pattern

_ARRAY = lazy_pattern(r"(\w+)\[(:, )?::1\]")
_PART = lazy_pattern(r"Tuple\(\(|\w+\[(?::, )?::1\]|\w+|\)\)")
_TOP, _WHOLE = 1 << 63, 1 << 64
_RESULT = 0  # the first of the integers becomes the result
_FINE = (0, -2)  # a value is returned, or None

_KINDS: dict[str, Any] = {
    "int8": np.int8, "uint8": np.uint8, "int32": np.int32, "uint32": np.uint32, "int64": np.int64, "uint64": np.uint64,
    "boolean": np.bool_,
}  # fmt: skip

type Taken = Callable[[list[int], Any], None]  # puts one argument into the row of integers
type Parameter = (
    tuple[str, int] | list[tuple[str, int]]
)  # a type and how many dimensions: 0 for a number; or several


def parameters(signature: str) -> list[Parameter]:
    """What a kernel takes, by its signature.

    Raises:
        ValueError: It takes something that is not an integer, a flag, an array or a tuple of arrays.
    """
    found: list[Parameter] = []
    inner: list[tuple[str, int]] | None = None
    result, _, told = signature.partition("(")
    if result not in {"void", "int64"}:
        raise ValueError(signature)
    for each in _PART.findall(told):
        if each == "Tuple((":
            inner = []
            found.append(inner)
            continue
        if each == "))":
            inner = None
            continue
        match = _ARRAY.fullmatch(each)
        one = (match[1], 2 if match[2] else 1) if match else ("words", 1) if each == "words" else (each, 0)
        if not one[1] and one[0] not in {"int64", "uint64", "boolean"}:
            raise ValueError(signature)
        if inner is None:
            found.append(one)
        else:
            inner.append(one)
    return found


def entry_code(native: str, signature: str, types: list[str], name: str) -> str:
    """LLVM's code of a function `name` that takes the integers in a row and calls the compiled one.

    Args:
        native: What the compiled function is called.
        signature: Its signature.
        types: LLVM's types of its arguments, behind the places of the result and of an exception.
        name: What the entry is called.

    Raises:
        ValueError: It takes something else than its signature says.
    """
    lines, values = [], list[str]()
    place = _RESULT + 1

    def taken(type_: str) -> str:
        nonlocal place
        lines.append(f"  %p{place} = getelementptr i64, ptr %row, i64 {place}")
        lines.append(f"  %v{place} = load i64, ptr %p{place}")
        value = f"%v{place}"
        if type_ != "i64":
            how = "inttoptr" if type_ == "ptr" else "trunc"
            lines.append(f"  %c{place} = {how} i64 {value} to {type_}")
            value = f"%c{place}"
        place += 1
        return value

    def put(type_: str, value: str) -> None:
        if types[len(values) : len(values) + 1] != [type_]:
            raise ValueError(name)
        values.append(f"{type_} {value}")

    flat = [one for each in parameters(signature) for one in (each if isinstance(each, list) else [each])]
    for kind, dimensions in flat:
        if not dimensions:
            type_ = types[len(values)]
            put(type_, taken(type_))
            continue
        item = 8 if kind == "words" else np.dtype(_KINDS[kind]).itemsize
        data = taken("ptr")
        shape = [taken("i64") for _ in range(dimensions)]
        count = shape[0]
        strides = ["1" if kind == "words" else str(item)]
        if dimensions == 2:
            lines.append(f"  %n{place} = mul i64 {shape[0]}, {shape[1]}")
            lines.append(f"  %s{place} = mul i64 {shape[1]}, {item}")
            count, strides = f"%n{place}", [f"%s{place}", str(item)]
        for type_, value in (
            ("ptr", "null"),
            ("ptr", "null"),
            ("i64", count),
            ("i64", str(item)),
            ("ptr", data),
        ):
            put(type_, value)
        for value in (*shape, *strides):
            put("i64", value)
    if len(values) != len(types):
        raise ValueError(name)
    declared, given = ", ".join(["ptr", "ptr", *types]), ", ".join(["ptr %result", "ptr %raised", *values])
    return "\n".join((
        f'declare i32 @"{native}"({declared})',
        f'define i64 @"{name}"(ptr %row) {{',
        "  %result = alloca i64", "  %raised = alloca ptr",
        "  store i64 0, ptr %result", "  store ptr null, ptr %raised",
        *lines,
        f'  %status = call i32 @"{native}"({given})',
        "  %returned = load i64, ptr %result", "  store i64 %returned, ptr %row",
        "  %wide = sext i32 %status to i64", "  ret i64 %wide", "}",
    ))  # fmt: skip


def object_code(dispatcher: Any, signature: str, name: str) -> bytes:  # noqa: ANN401 - Numba's
    """The machine code of a function that Numba compiled for one signature, with its entry `name`."""
    from llvmlite import binding

    (compiled,) = dispatcher.overloads.values()
    library, native = compiled.library, compiled.fndesc.llvm_func_name
    module = binding.parse_assembly(library.get_llvm_str())
    types = [str(each.type) for each in module.get_function(native).arguments][2:]
    module.link_in(binding.parse_assembly(entry_code(native, signature, types, name)))
    for function in module.functions:
        if not function.is_declaration and function.name != name:
            function.linkage = "internal"  # what two kernels call alike never meets
    for variable in module.global_variables:
        if not variable.is_declaration:
            variable.linkage = "internal"
    module.verify()
    made: bytes = library.codegen._tm.emit_object(module)  # noqa: SLF001 - of this very processor
    return made


def _number(row: list[int], value: Any) -> None:  # noqa: ANN401 - whatever is no integer is refused
    row.append(operator.index(value))


def _unsigned(row: list[int], value: Any) -> None:  # noqa: ANN401
    whole = operator.index(value)
    row.append(whole - _WHOLE if _TOP <= whole < _WHOLE else whole)


def _flag(row: list[int], value: Any) -> None:  # noqa: ANN401
    row.append(1 if value else 0)


def _address(column: Any) -> int:  # noqa: ANN401 - an array
    return ctypes.addressof(ctypes.c_char.from_buffer(column)) if column.size else 0


def _column(kind: str, dimensions: int) -> Taken:
    if kind == "words":
        wanted = np.dtype(np.uint64)

        def words(row: list[int], column: Any) -> None:  # noqa: ANN401
            if (
                type(column) is not np.ndarray or column.dtype != wanted or column.strides != (1,)
                or not column.flags.writeable
            ):  # fmt: skip
                raise TypeError("these are no words of a block")
            # words lie over one another: their memory is told by the bytes below
            row += (column.ctypes.data, len(column))

        return words
    exact = np.dtype(_KINDS[kind])

    def taken(row: list[int], column: Any) -> None:  # noqa: ANN401
        if (
            type(column) is not np.ndarray or (column.dtype is not exact and column.dtype != exact)
            or not column.flags.carray or column.ndim != dimensions
        ):  # fmt: skip
            raise TypeError(f"a kernel needs an array of {kind}, and got {type(column).__name__}")
        row.append(_address(column))
        row += column.shape

    return taken


def _columns(columns: list[Taken]) -> Taken:
    def taken(row: list[int], given: Any) -> None:  # noqa: ANN401
        if type(given) is not tuple or len(given) != len(columns):
            raise TypeError("a kernel needs a tuple of arrays")
        for column, each in zip(columns, given, strict=True):
            column(row, each)

    return taken


def _taken(parameter: Parameter) -> Taken:
    if isinstance(parameter, list):
        return _columns([_column(*each) for each in parameter])
    kind, dimensions = parameter
    if dimensions:
        return _column(kind, dimensions)
    return {"int64": _number, "uint64": _unsigned, "boolean": _flag}[kind]


def function_at(address: int, signature: str, name: str) -> Callable[..., int | None]:
    """The function whose entry stands there; other threads run while it does.

    Raises (when it is called):
        TypeError: An argument is not what the signature says.
        OverflowError: A number has more than 64 bits.
        IndexError: The kernel itself has raised something.
    """
    entry = ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_void_p)(address)
    steps = [_taken(each) for each in parameters(signature)]
    answers = not signature.startswith("void")

    def call(*arguments: Any) -> int | None:  # noqa: ANN401
        row = [0]
        if len(arguments) != len(steps):
            raise TypeError(f"{name} takes {len(steps)} arguments, and got {len(arguments)}")
        for step, argument in zip(steps, arguments, strict=True):
            step(row, argument)
        told = array("q", row)
        if entry(told.buffer_info()[0]) not in _FINE:
            raise IndexError(f"{name} has failed")
        return told[0] if answers else None

    return call


class Loaded:
    """The machine code that this process has taken into its memory, where it stays."""

    def __init__(self) -> None:
        self._llvm: Any = None

    def add(self, code: bytes, signature: str, name: str) -> Callable[..., int | None]:
        """Take in one kernel; its function.

        Raises:
            ValueError: It is no such code.
        """
        try:
            address = placed(code, name)
        except UnplacedError:
            address = self._by_llvm(code, name)
        return function_at(address, signature, name)

    def _by_llvm(self, code: bytes, name: str) -> int:
        from llvmlite import binding

        if self._llvm is None:
            binding.initialize_native_target()
            binding.initialize_native_asmprinter()
            machine = binding.Target.from_default_triple().create_target_machine(jit=True)
            self._llvm = binding.create_mcjit_compiler(binding.parse_assembly(""), machine)
        try:
            made = binding.ObjectFileRef.from_data(code)
        except RuntimeError as error:
            raise ValueError(name) from error
        self._llvm.add_object_file(made)
        self._llvm.finalize_object()
        address = self._llvm.get_function_address(name)
        if not address:
            raise ValueError(name)
        return int(address)
