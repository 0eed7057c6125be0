"""How is the open log read anew: after it has changed, with other fields, in another order, by another read model?"""

from collections.abc import Mapping
from dataclasses import replace

import msgspec
from PySide6.QtCore import QObject

from explorer.desktop.files.fields_dialog import FieldsDialog
from explorer.desktop.files.workspaces import Workspaces
from explorer.desktop.page.window import Window
from explorer.desktop.panels.per_log import PerLog
from explorer.desktop.projections.read_models import Queries, ReadModels, UpcasterChoice
from explorer.desktop.tasks import Handlers, LatestTask
from explorer.eventlog.errors import LogError
from explorer.history.history import Order
from explorer.language import tr
from explorer.projection.by_kind import named_for
from explorer.projection.model import Upcasters
from explorer.sentences import translated
from explorer.session.changes.kept_branches import by_kind_read, by_kind_written
from explorer.session.changes.meanings import ReadingChoice, meaning, reading
from explorer.session.document import Document
from explorer.session.files.workspace import KeptView
from explorer.session.options import AUTO, OpenOptions, Recipe

READ_AS, ORDER, BY_KIND = "read_as", "order", "kinds"
ORDERS: Mapping[str, Order] = {"log": "log", "time": "time", "reversed": "reversed", "sequence": "sequence"}


class RereadController(QObject):
    """Reads the same log in another way; the person keeps their place, their filter and their marks."""

    def __init__(
        self, window: Window, models: ReadModels, upcasters: UpcasterChoice, workspaces: Workspaces
    ) -> None:
        super().__init__(window.widget)
        self._window = window
        self._models, self._upcasters, self._workspaces = models, upcasters, workspaces
        self._queries = Queries(window.settings)
        self._ordering = LatestTask(self)

    def wire(self) -> None:
        """Connect what asks for it."""
        header, models = self._window.page.header, self._models
        header.fields_asked.connect(self.choose_fields)
        header.order_chosen.connect(self._choose_order)
        header.dates_chosen.connect(self._choose_dates)
        self._window.page.document_shown.connect(self._ordering.cancel)
        header.projection_chosen.connect(self._choose_projection)
        self._window.page.commanding.accounts_asked.connect(lambda: self._choose_projection("accounts"))
        models.chosen.connect(self._read_as)
        models.chosen_for_kind.connect(self._read_kind_as)
        self._window.page.signals.kind_model_asked.connect(self._choose_for_kind)
        models.given_up.connect(header.show_read_model)
        models.said.connect(self._window.status.show_text)
        models.query_written.connect(self._keep_query)
        self._upcasters.chosen.connect(self._lift_with)
        self._upcasters.said.connect(self._window.status.show_text)

    def reload(self) -> None:
        """Read the log again, and stand where one stood."""
        path = self._window.path
        if path is not None and path != "-":
            self._window.open_path(path, self._window.options, view=self._same_view())

    def choose_fields(self) -> None:
        """Ask which field holds what."""
        document = self._window.page.document
        if document is None:
            return
        dialog = FieldsDialog(document, self._window.widget, self._window.options)
        dialog.accepted.connect(lambda: self._read_with(dialog.reading()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _read_with(self, said: ReadingChoice) -> None:
        path, document = self._window.path, self._window.page.document
        if path is not None and document is not None:
            PerLog(self._window.settings).put(document, READ_AS, said.text())
            options = said.of(replace(self._window.options, profile=None))
            if options.profile is not None and options.profile.order != document.log.profile.order:
                self._window.open_path(path, options)
            else:
                self._window.open_path(path, options, order=document.order)

    def _choose_dates(self, first: str) -> None:
        path, document = self._window.path, self._window.page.document
        if path is not None and document is not None:
            settings, options = PerLog(self._window.settings), self._window.options
            read_as = msgspec.structs.replace(options.read_as, dates="day" if first == "day" else "month")
            settings.put(
                document, READ_AS, replace(reading(settings.get(document, READ_AS)), read_as=read_as).text()
            )
            self._window.open_path(path, replace(options, read_as=read_as), order=document.order)

    def remembered(self, path: str, options: OpenOptions) -> OpenOptions:
        """How a log is read of which only its name is known: as the person said when it was open before."""
        said = PerLog(self._window.settings).of_path(path, READ_AS)
        options = reading(said).of(options) if said else options
        kept, kinds = self._queries.of_path(path), options.projection.by_kind
        recipe = options.projection
        if kept is not None and kept.used is not None and not recipe.language:
            recipe = kept.used
        if not kinds:
            known = by_kind_read(PerLog(self._window.settings).of_path(path, BY_KIND))
            kinds = tuple((kind, each) for kind, each in known if self._models.may_run(each))
        if recipe is options.projection and kinds == recipe.by_kind:
            return options
        return replace(options, projection=msgspec.structs.replace(recipe, by_kind=kinds))

    def remembered_order(self, path: str) -> Order | None:
        """In which order a log is shown of which only its name is known; None: as is usual."""
        return ORDERS.get(PerLog(self._window.settings).of_path(path, ORDER))

    def _choose_order(self, order: str) -> None:
        document = self._window.page.document
        self._ordering.cancel()
        if document is None or order == document.order:
            return
        wanted = ORDERS.get(order, "log")
        self._ordering.start(
            lambda _report: document.prepare(wanted),
            Handlers(
                lambda _none: self._show_order(document, wanted), lambda error: self._refuse(document, error)
            ),
        )

    def _refuse(self, document: Document, error: Exception) -> None:
        if not isinstance(error, LogError):
            raise error
        self._window.page.header.show_order(document.order)
        self._window.status.show_text(translated(error.reason))

    def _show_order(self, document: Document, order: Order) -> None:
        page = self._window.page
        here = page.playhead.position
        at = document.moment_ns(here)
        document.set_order(order)
        PerLog(self._window.settings).put(document, ORDER, order)
        page.header.show_order(order)
        stay = at is None or here == document.event_count
        page.show_document(document, here if stay or at is None else document.position_at_ns(at))

    def _choose_projection(self, word: str) -> None:
        if self._window.path is not None and word != "own":
            current, kept = self._window.options.projection, self._queries.of(self._window.page.document)
            of_file = current.language == "sql" and self._models.file is not None
            if word == "sql" and kept is not None and not of_file:
                current = kept.written  # as it was left
            self._models.choose(word, current, self._window.page.document)

    def _choose_for_kind(self, kind: str, word: str) -> None:
        if self._window.path is None:
            return
        if not word:
            self._models.forget_kind(kind)
            self._read_kind_as(kind, None)
            return
        chosen = dict(self._window.options.projection.by_kind)
        own = chosen.get(named_for(kind, chosen) or "", AUTO)
        self._models.of_kind(kind).choose(word, own, self._window.page.document)

    def _read_kind_as(self, kind: str, recipe: Recipe | None) -> None:
        """Read the log with another read model for the entities of one kind; None: with that of the others."""
        path, document, options = self._window.path, self._window.page.document, self._window.options
        if path is None:
            return
        chosen = {name: each for name, each in options.projection.by_kind if named_for(kind, [name]) is None}
        chosen |= {} if recipe is None else {kind: recipe}
        projection = msgspec.structs.replace(options.projection, by_kind=tuple(chosen.items()))
        if document is not None:
            told = by_kind_written(projection) if chosen else ""
            if not PerLog(self._window.settings).put(document, BY_KIND, told) and document.path is not None:
                self._window.status.show_text(
                    tr("The read models are too long to be kept: save them as files.")
                )
        self._window.open_path(path, replace(options, projection=projection), view=self._same_view())

    def _keep_query(self, query: Recipe) -> None:
        """A query that was written stays, whatever becomes of the editor, the window or the program."""
        document = self._window.page.document
        if document is not None:
            kept = self._queries.of(document)
            self._keep(document, query, None if kept is None else kept.used)

    def _keep(self, document: Document, written: Recipe, used: Recipe | None) -> None:
        if not self._queries.keep(document, written, used) and document.path is not None:
            self._window.status.show_text(tr("The query is too long to be kept: save it as a file."))

    def _read_as(self, recipe: Recipe) -> None:
        path, document = self._window.path, self._window.page.document
        if path is not None:
            said = "" if document is None else PerLog(self._window.settings).get(document, READ_AS)
            steps = self._window.options.projection.upcasters  # another read model sees them lifted too
            kinds = recipe.by_kind or self._window.options.projection.by_kind  # (same)
            recipe = meaning(recipe, reading(said).chosen or {})
            recipe = msgspec.structs.replace(recipe, upcasters=steps, by_kind=kinds)
            options = replace(self._window.options, projection=recipe)
            if document is not None:
                self._remember_query(document, recipe)
            self._window.open_path(path, options, view=self._same_view())

    def _remember_query(self, document: Document, recipe: Recipe) -> None:
        """A query that somebody typed is used again when the log is opened; one in a file is where it is."""
        kept = self._queries.of(document)
        if recipe.language == "sql" and self._models.file is None:
            used = msgspec.structs.replace(recipe, upcasters=None, by_kind=())
            self._keep(document, used, used)
        elif kept is not None:
            self._keep(document, kept.written, None)

    def _lift_with(self, steps: Upcasters | None) -> None:
        path = self._window.path
        if path is not None:
            recipe = msgspec.structs.replace(self._window.options.projection, upcasters=steps)
            options = replace(self._window.options, projection=recipe)
            self._window.open_path(path, options, view=self._same_view())

    def _same_view(self) -> KeptView:
        """Stand where one stands now, or where one was about to while the log is being read."""
        view = self._window.pending_view or self._workspaces.view()
        return msgspec.structs.replace(view, layout=b"")
