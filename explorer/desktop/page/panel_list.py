"""Which panels does an open log's page have, and what does it have of them by name?"""

from typing import TYPE_CHECKING

from explorer.desktop.panels.panel import Registration
from explorer.language import later

if TYPE_CHECKING:
    from explorer.desktop.bookmarks.bookmarks_panel import BookmarkController, BookmarksPanel
    from explorer.desktop.commands.command_controller import CommandController
    from explorer.desktop.compare.diff_panel import ComparisonController, DiffPanel
    from explorer.desktop.entity.entity_panel import EntityController
    from explorer.desktop.events.event_filter import FilterBar, FilterController
    from explorer.desktop.events.event_panel import EventPanel
    from explorer.desktop.events.events_controller import EventColumnsController
    from explorer.desktop.events.events_model import EventsModel
    from explorer.desktop.events.events_table import EventsTable
    from explorer.desktop.find.checks_panel import CheckController
    from explorer.desktop.find.find_panel import FindController
    from explorer.desktop.find.warnings_panel import WarningsController
    from explorer.desktop.plain import Elided
    from explorer.desktop.state.state_model import StateModel
    from explorer.desktop.state.state_panel import StatePanel
    from explorer.desktop.state.state_table import StateTable
    from explorer.desktop.state.table_controller import StateTableController
    from explorer.desktop.state.totals_row import TotalsRow
    from explorer.desktop.state.value_menu import StateMenuController
    from explorer.desktop.state.watch_panel import WatchController
    from explorer.desktop.tables.hits import HitLine, HitStrip
    from explorer.desktop.what_if.branch_controller import BranchController
    from explorer.desktop.why.cause_panel import CauseController
    from explorer.desktop.why.plot_panel import PlotController
    from explorer.desktop.why.why_panel import WhyController, WhyPanel

# The order is that of the tabs and of the menu. One line is one panel; see panels/panel.py.
PANELS: tuple[Registration, ...] = (
    Registration("state", later("State"), "state",
        "explorer.desktop.state.table_controller:StateTableController"),
    Registration("why", later("Why"), "answers",
        "explorer.desktop.why.why_panel:WhyController"),
    Registration("entity", later("Entity"), "answers",
        "explorer.desktop.entity.entity_panel:EntityController"),
    Registration("code", later("Code"), "answers",
        "explorer.desktop.code.code_panel:CodeController"),
    Registration("plot", later("Plot"), "answers",
        "explorer.desktop.why.plot_panel:PlotController"),
    Registration("diff", later("Diff"), "answers",
        "explorer.desktop.compare.diff_panel:ComparisonController"),
    Registration("find", later("Find"), "answers",
        "explorer.desktop.find.find_panel:FindController"),
    Registration("checks", later("Checks"), "answers",
        "explorer.desktop.find.checks_panel:CheckController"),
    Registration("warnings", later("Warnings"), "answers",
        "explorer.desktop.find.warnings_panel:WarningsController"),
    Registration("watch", later("Watch"), "answers",
        "explorer.desktop.state.watch_panel:WatchController"),
    Registration("what-if", later("What if"), "answers",
        "explorer.desktop.what_if.branch_controller:BranchController"),
    Registration("commands", later("Commands"), "answers",
        "explorer.desktop.commands.command_controller:CommandController", open=False),
    Registration("bookmarks", later("Bookmarks"), "answers",
        "explorer.desktop.bookmarks.bookmarks_panel:BookmarkController", open=False),
    Registration("causes", later("Causes"), "answers",
        "explorer.desktop.why.cause_panel:CauseController"),
    Registration("board", later("Board"), "answers",
        "explorer.desktop.why.board_panel:BoardController", open=False),
    Registration("events", later("Events"), "events",
        "explorer.desktop.events.events_controller:EventsController"),
    Registration("event", later("Event"), "event",
        "explorer.desktop.events.events_controller:EventController"),
    Registration("upcast", later("Upcast"), "event",
        "explorer.desktop.upcasting.upcast_panel:UpcastController"),
)  # fmt: skip


class Offered:
    """What the panels offer by name (`PanelController.offers`), for those who work on the page of an open log."""

    if TYPE_CHECKING:
        arranging: StateTableController
        bookmarks_panel: BookmarksPanel
        branching: BranchController
        causing: CauseController
        checking: CheckController
        commanding: CommandController
        comparing: ComparisonController
        diff: DiffPanel
        event_columns: EventColumnsController
        event_panel: EventPanel
        events_model: EventsModel
        events_table: EventsTable
        explaining: WhyController
        filter: HitLine
        filter_bar: FilterBar
        filtering: FilterController
        finding: FindController
        hits: HitStrip
        listed: Elided
        marking: BookmarkController
        offering: StateMenuController
        plotting: PlotController
        state_model: StateModel
        state_panel: StatePanel
        state_table: StateTable
        totals: TotalsRow
        warnings: WarningsController
        watching: WatchController
        whole: EntityController
        why: WhyPanel


def load() -> None:
    """Read the modules of all panels."""
    for each in PANELS:
        each.load()
