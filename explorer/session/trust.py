"""Which programs of their own has the person said may run?"""

import hashlib
import os
from pathlib import Path

import platformdirs

from explorer.projection.model import Recipe


class Trust:
    """Remembers programs by the hash of their text: one that has changed is another one."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file or platformdirs.user_config_path("history-explorer") / "trusted-programs"

    def covers(self, recipe: Recipe) -> bool:
        """Whether a read model may be run. A query cannot do anything, and always may."""
        wanted = {fingerprint(each) for each in programs_of(recipe)}
        if not wanted:
            return True
        try:
            return wanted <= set(self._file.read_text(encoding="utf-8").split())
        except (OSError, UnicodeDecodeError):
            return False

    def give(self, recipe: Recipe) -> None:
        """Remember that the person trusts the programs of this read model.

        Raises:
            OSError: It cannot be written down.
        """
        if not self.covers(recipe):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(self._file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a") as file:
                file.writelines(fingerprint(each) + "\n" for each in programs_of(recipe))


def programs_of(recipe: Recipe) -> list[Recipe]:
    """The programs that run where a read model is used: its own, and that of its upcasters."""
    found = [recipe] if recipe.language == "python" else []
    steps = recipe.upcasters
    if steps is not None and steps.language == "python":
        found.append(Recipe(steps.name, "python", steps.text))
    return found


def fingerprint(recipe: Recipe) -> str:
    """SHA-256 of a read model's text, in hexadecimal."""
    return hashlib.sha256(recipe.text.encode("utf-8", "surrogatepass")).hexdigest()
