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
        return wanted <= {mark for mark, _ in self.all()}

    def give(self, recipe: Recipe) -> None:
        """Remember that the person trusts the programs of this read model.

        Raises:
            OSError: It cannot be written down.
        """
        if not self.covers(recipe):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(self._file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a") as file:
                file.writelines(
                    f"{fingerprint(each)} {_on_a_line(each.name)}\n" for each in programs_of(recipe)
                )

    @property
    def file(self) -> Path:
        """Where it is written down."""
        return self._file

    def all(self) -> list[tuple[str, str]]:
        """Fingerprint and name of every trusted program; the name is only there to be shown."""
        try:
            lines = self._file.read_text(encoding="utf-8").split("\n")
        except (OSError, UnicodeDecodeError):
            return []
        parts = [line.split(maxsplit=1) for line in lines if line.strip()]
        return [(part[0], part[1] if len(part) > 1 else "") for part in parts]

    def withdraw(self, mark: str) -> None:
        """Trust the program with this fingerprint no longer.

        Raises:
            OSError: It cannot be written down.
        """
        kept = [f"{known} {name}\n" for known, name in self.all() if known != mark]
        unfinished = self._file.with_suffix(".new")
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_TRUNC | os.O_CREAT, 0o600), "w") as file:
            file.writelines(kept)
        unfinished.replace(self._file)


def _on_a_line(name: str) -> str:
    return " ".join(name.encode(errors="replace").decode().split())


def programs_of(recipe: Recipe) -> list[Recipe]:
    """The programs that run where a read model is used: its own, and that of its upcasters."""
    found = [recipe] if recipe.language == "python" else []
    found += [each for _, each in recipe.by_kind if each.language == "python"]
    steps = recipe.upcasters
    if steps is not None and steps.language == "python":
        found.append(Recipe(steps.name, "python", steps.text))
    return found


def fingerprint(recipe: Recipe) -> str:
    """SHA-256 of a read model's text, in hexadecimal."""
    return hashlib.sha256(recipe.text.encode("utf-8", "surrogatepass")).hexdigest()
