"""How is the way to a value inside a record written, so that other programs understand it?"""

import json
import re
from collections.abc import Iterable

type Step = str | int

_PLAIN = re.compile(r"[A-Za-z_$][A-Za-z0-9_$-]*")


def path_text(steps: Iterable[Step]) -> str:
    """`data.items[0].name`; a name that has more in it than letters, digits and `_-$` as `["a.b"]`."""
    text = ""
    for step in steps:
        if isinstance(step, int):
            text += f"[{step}]"
        elif _PLAIN.fullmatch(step):
            text += f".{step}" if text else step
        else:
            text += f"[{json.dumps(step, ensure_ascii=False)}]"
    return text
