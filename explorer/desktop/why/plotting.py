"""How does what is explained come to be drawn over time, and the drawing into a file?"""

from explorer.desktop import plain
from explorer.desktop.panels.page import Page
from explorer.desktop.panels.panel import PanelController
from explorer.desktop.saving import ask_where
from explorer.desktop.why.plot_panel import PlotPanel
from explorer.eventlog.errors import LogError
from explorer.language import later, tr
from explorer.sentences import in_words
from explorer.session.document import Document
from explorer.session.plaintext import visible
from explorer.session.stand import Stand

PICTURES = later("Pictures (*.png *.svg)")


class PlotController(PanelController):
    """The panel with the plot: of the value that is explained, over what is in view on the timeline."""

    panel: PlotPanel

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.panel = PlotPanel()

    def offers(self) -> dict[str, object]:
        return {"plotting": self}

    def wire(self) -> None:
        self._page.timeline.view_changed.connect(self._show_stretch)
        self._page.signals.value_explained.connect(self._plot)
        self.panel.follow.toggled.connect(lambda _on: self._show_stretch())
        self.panel.position_chosen.connect(self._page.playhead.move_to)
        self.panel.picture_asked.connect(self.save)

    def stand_at(self, stand: Stand) -> None:
        self.panel.stand_at(stand.position)

    def save(self) -> None:
        """Ask where to, and write the picture."""
        ask_where(self.panel, tr("Save the plot"), "plot.png", tr(PICTURES), "png", self._write)

    def _write(self, path: str) -> None:
        try:
            self.panel.save_picture(path, replace=True)
        except (OSError, LogError) as error:
            plain.box(self.panel, tr("Not saved"), visible(in_words(error), 1_000)).open()

    def _plot(self, document: Document | None, entity: str | None, field: str) -> None:
        """The plot shows what is explained; what cannot be seen is drawn when it comes to be."""
        self.panel.show_value(document, entity, field)
        if self._page.panels.in_front("plot"):
            self.panel.stand_at(self._page.playhead.position)

    def _show_stretch(self) -> None:
        """Tell the plot which positions are in view on the timeline."""
        axis, view = self._page.timeline.axis, self._page.timeline.view
        whole = view.is_whole
        self.panel.show_stretch(None if whole else (axis.position(view.start), axis.position(view.stop)))
