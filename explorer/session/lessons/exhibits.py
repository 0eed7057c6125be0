"""Which exhibit does a `show:` ask for?"""

from explorer.projection.model import Recipe
from explorer.session.document import Document
from explorer.session.lessons.frames import Exhibit
from explorer.session.lessons.lesson import Show
from explorer.session.lessons.lifting_view import UpcastExhibit
from explorer.session.lessons.mutable_row import MutableRow
from explorer.session.lessons.questions import ThreeQuestions
from explorer.session.lessons.second_model import SecondModel
from explorer.session.lessons.snapshots import SnapshotReplay
from explorer.session.lessons.verdict import Verdict
from explorer.session.options import OpenOptions


def exhibit(show: Show, document: Document, recipe: Recipe, second: Recipe | None) -> Exhibit | None:
    """Make it; None for a read model that nobody has written yet. May read the log anew: slow for a large one.

    Args:
        show: What is asked for.
        document: The log on the page.
        recipe: Its read model.
        second: The read model of a second table.

    Raises:
        LogError: The log cannot be read by the second read model.
    """
    match show.kind:
        case "row":
            return MutableRow(document, show.entity)
        case "questions":
            return ThreeQuestions(document, show.entity, show.field, show.point)
        case "snapshots":
            return SnapshotReplay(document, recipe, show.every)
        case "command":
            return Verdict(document, show)
        case "upcast":
            return UpcastExhibit(document)
        case "read-model" | "own-model":
            if second is None or document.path is None:
                return None
            options = OpenOptions(fields=document.fields, projection=second)
            other = Document.open(document.path, options)
            other.set_order(document.order)  # else the same position would be another moment
            return SecondModel(other)
