"""What of a step stands on paper: what a class sees of it on a slide, as plain data?"""

from dataclasses import replace
from typing import NamedTuple

from explorer.projection.model import Recipe
from explorer.session.document import Document
from explorer.session.lessons.frames import Frame, Grid
from explorer.session.lessons.lesson import Bring, Highlight, Lesson, Select
from explorer.session.lessons.slide_tables import (
    events_extract,
    raw_text,
    spoken_of,
    state_extract,
    why_extract,
)
from explorer.session.lessons.staging import Scene, exhibit_frame

STATE_ROWS, EVENT_ROWS, WHY_ROWS = 9, 7, 6


class Printed(NamedTuple):
    """What a step shows besides its prose.

    Attributes:
        title: Of the exhibit; empty without one.
        frame: The exhibit.
        grids: Why, the state, and events around it; each says how many rows are left out.
        raw: The event as it stands in the log.
    """

    title: str
    frame: Frame
    grids: tuple[Grid, ...]
    raw: str


def printed(lesson: Lesson, scene: Scene, document: Document, recipe: Recipe, own: Recipe | None) -> Printed:
    """What a step shows where it stands: nothing of an answer that is asked for there."""
    step, position = scene.step, scene.position
    title, frame = exhibit_frame(lesson, scene, document, recipe, own)
    if step.exhibit is not None and step.exhibit.kind == "questions":
        return Printed(title, frame, (), "")  # which has a slide for itself
    spoken = spoken_of(step, scene.places, position)
    grids = []
    chosen = next((each for each in reversed(step.actions) if isinstance(each, Select)), None)
    if chosen is not None and any(
        isinstance(each, Bring | Highlight) and each.panel == "why" for each in step.actions
    ):
        grids.append(why_extract(document, chosen.entity, chosen.field, position, WHY_ROWS).grid)
    grids.append(state_extract(document, position, spoken, STATE_ROWS).grid)
    events = events_extract(document, position, spoken, EVENT_ROWS)
    here = [row for row, key in enumerate(events.keys) if key == position]  # which has just happened
    marked = frozenset((row, column) for row in here for column in range(len(events.grid.columns)))
    grids.append(replace(events.grid, marked=marked))
    return Printed(title, frame, tuple(grids), raw_text(document, position))
