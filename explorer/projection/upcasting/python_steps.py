"""Which steps does a Python program of the person's own declare?

The program defines functions, and in `upcasters` says where each step begins:

    def cents_to_euros(data):
        return {**data, "amount": data["amount"] / 100}

    upcasters = {("MoneyDeposited", 1): cents_to_euros}

A value may also be a pair of a function and the type from then on. A step is handed a copy of the data, in which
numbers are `int` or `decimal.Decimal`, and returns the data of the next version. It runs with the rights of the
person, so only in a child process, and only once the person trusts it.
"""

from collections.abc import Mapping
from typing import Any

from explorer.projection.program import ProgramError, defined, plain_json, run_text
from explorer.projection.upcasting.chain import Chain, UpcastError, UpcastStep
from explorer.projection.upcasting.toml_steps import copied

NAME = "upcasters"


def check_text(text: str) -> None:
    """Look at a program without running it.

    Raises:
        UpcastError: It is not Python, or declares no steps.
    """
    _, assigned = defined(text, UpcastError)
    if NAME not in assigned:
        raise UpcastError(f"it does not define {NAME} = {{(type, version): function}}")


def run(name: str, text: str) -> Chain:
    """Run the program's own lines, and return the chain that it declares: only in a child process.

    Raises:
        UpcastError: It fails, or what it declares is no chain.
    """
    try:
        space = run_text(name, text)
    except ProgramError as error:
        raise UpcastError(error.reason, error.line, error.column) from error
    given = space.get(NAME)
    if not isinstance(given, Mapping):
        raise UpcastError(f"{NAME} is no dict of (type, version) → function")
    return Chain([_step(key, value) for key, value in given.items()])


def _step(key: object, value: object) -> UpcastStep:
    becomes = None
    if isinstance(value, tuple) and len(value) == 2:
        value, becomes = value
    match key:
        case (str(kind), int(version)) if kind and version >= 0 and callable(value):
            function: Any = value
            if becomes is None or isinstance(becomes, str):
                return UpcastStep(kind, version, lambda data: plain_json(function(copied(data))), becomes)
    raise UpcastError(f"{NAME} has {key!r}: {value!r}; it wants (type, version): function"[:300])
