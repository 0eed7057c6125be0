"""Where do icons, sample logs and other files that come with the program live?"""

from pathlib import Path

from explorer.language import spoken_language

_PACKAGE = Path(__file__).resolve().parent


def resource(*parts: str) -> Path:
    """Return the path of a file that comes with the program, e.g. `resource("icons", "open.svg")`.

    An installed wheel carries `resources/` inside the package; a checkout has it beside the package.
    """
    inside = _PACKAGE / "_resources"
    root = inside if inside.is_dir() else _PACKAGE.parent / "resources"
    return root.joinpath(*parts)


def spoken_resource(folder: str, name: str) -> Path:
    """A file of a folder in the language that is spoken now, if it comes in that, or else in English."""
    spoken = resource(folder) / spoken_language() / name
    return spoken if spoken.is_file() else resource(folder, name)
