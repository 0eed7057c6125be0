"""Are several tables in one file read as those of several accounts, and other ones named?"""

from pathlib import Path

from explorer.eventlog.csv_rows import section_at
from explorer.eventlog.csv_sections import sections_of
from explorer.eventlog.log import open_log
from explorer.eventlog.sniff import recognise
from explorer.eventlog.source import Source
from explorer.session.document import Document
from explorer.session.options import OpenOptions

COMDIRECT = """;
"Umsätze Girokonto";"Zeitraum: 30 Tage";
"Neuer Kontostand";"1.045,50 EUR";

"Buchungstag";"Wertstellung (Valuta)";"Vorgang";"Buchungstext";"Umsatz in EUR";
"offen";"--";"Kartenverfügung";"Cafe";"-4,50";
"05.03.2024";"05.03.2024";"Lastschrift";"Stadtwerke";"-54,50";
"01.03.2024";"01.03.2024";"Übertrag";"Lohn";"1.100,00";
"Alter Kontostand";"0,00 EUR";

"Umsätze Tagesgeld";"Zeitraum: 30 Tage";
"Neuer Kontostand";"5.000,00 EUR";

"Buchungstag";"Wertstellung (Valuta)";"Vorgang";"Buchungstext";"Umsatz in EUR";
"02.03.2024";"02.03.2024";"Übertrag";"Sparen";"5.000,00";
"Alter Kontostand";"0,00 EUR";

"Umsätze Karte";"Zeitraum: 30 Tage";
"Buchungstag";"Umsatztag";"Vorgang";"Referenz";"Buchungstext";"Umsatz in EUR";
"03.03.2024";"02.03.2024";"Karte";"R1";"Shop";"-7,00";
"""


def test_tables_below_each_other_are_accounts_and_one_with_other_columns_is_not_mistaken(
    tmp_path: Path,
) -> None:
    path = tmp_path / "all.csv"
    path.write_text(COMDIRECT, "utf-8")
    document = Document.open(str(path), OpenOptions())
    try:
        state = dict(document.history.state(document.event_count).items())
        assert {name: str(values["balance"]["EUR"]) for name, values in state.items()} == {
            "Umsätze Girokonto": "1045.50", "Umsätze Tagesgeld": "5000.00",
        }  # fmt: skip
        said = {each.kind: each.text for each in document.warnings}
        assert "its time is offen" in said["not-booked"]
    finally:
        document.close()
    with open_log(path) as log:
        for batch in log.batches():
            for event, offset, length in zip(batch.events, batch.offsets, batch.lengths, strict=True):
                assert log.decode(offset, length, event.position) == event
            assert any("of another table" in each.reason for each in batch.unread)


type Sections = tuple[tuple[int, str | None], ...]


def sections(path: Path) -> tuple[Sections, Sections]:
    source = Source(path)
    try:
        form = recognise(source)
        layout = form._layout  # type: ignore[attr-defined]
        return sections_of(form.text, b"\n", layout), layout.sections
    finally:
        source.close()


def test_where_each_begins_is_known(tmp_path: Path) -> None:
    path = tmp_path / "all.csv"
    path.write_text(COMDIRECT, "utf-8")
    found, layout_sections = sections(path)
    assert [name for _, name in found] == ["Umsätze Girokonto", "Umsätze Tagesgeld", None]
    assert layout_sections == found
    assert section_at(found, found[1][0] + 5) == "Umsätze Tagesgeld"
    assert section_at(found, 0) == "Umsätze Girokonto"
    path.write_text(COMDIRECT.partition('\n"Alter')[0], "utf-8")
    assert sections(path)[0] == ()
