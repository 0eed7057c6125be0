"""What does `screenshot` write: the window as a picture?"""

import argparse
import os

from explorer.cli.arguments import add_log, add_stand, open_options
from explorer.cli.output import FINE
from explorer.cli.question import naming


def declare(parser: argparse.ArgumentParser) -> None:
    """`screenshot LOG OUT.png`."""
    add_log(parser)
    parser.add_argument("out", metavar="OUT.png")
    add_stand(parser)
    parser.add_argument("--size", type=_size, default=(1280, 800), metavar="WxH")
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    parser.add_argument(
        "--force", action="store_true", help="replace a file that this program did not write; never a log"
    )


def run(arguments: argparse.Namespace) -> int:
    """Draw the window off screen into a file."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from explorer.desktop.help.failures import quietly
    from explorer.desktop.screenshot import save
    from explorer.eventlog.written import InTheWay

    try:
        with quietly(), naming(arguments.log):
            save(
                arguments.log,
                arguments.out,
                position=arguments.position,
                size=arguments.size,
                theme=arguments.theme,
                options=open_options(arguments),
                order=arguments.order,
                replace=arguments.force,
            )
    except InTheWay as error:
        raise InTheWay(error.name, "; --force replaces it") from error
    return FINE


def _size(text: str) -> tuple[int, int]:
    """The size of a picture, in pixels."""
    width, _, height = text.partition("x")
    if not (width.isascii() and width.isdigit() and height.isascii() and height.isdigit()):
        raise argparse.ArgumentTypeError(f"“{text}” is not a size: write 1280x800")
    size = int(width), int(height)
    if not all(200 <= side <= 8_000 for side in size):
        raise argparse.ArgumentTypeError("a side is from 200 to 8000 pixels")
    return size
