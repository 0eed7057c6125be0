"""Do a log in an archive, a spreadsheet and a Parquet file open, and is a hostile one refused?"""

import gzip
import io
import tarfile
import zipfile
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from explorer.eventlog.errors import LogError
from explorer.eventlog.log import open_log
from tests.eventlog.test_statements import read, state, written

LOG = "".join(
    f'{{"type":"MoneyDeposited","data":{{"accountId":"a","amount":{n}.50}},"at":"2025-01-0{n}T00:00:00Z"}}\n'
    for n in range(1, 4)
)


def zipped(path: Path, files: dict[str, str], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


def tarred(path: Path, files: dict[str, str]) -> Path:
    with tarfile.open(path, "w") as archive:
        for name, text in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(text.encode())
            archive.addfile(member, io.BytesIO(text.encode()))
    return path


BESIDE = {
    "README.txt": "hello",
    "d/CHECK.md": "# x",
    "__MACOSX/._log.jsonl": "x",
    "folder/": "",
    "folder/.DS_Store": "x",
}


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_the_one_log_in_a_zip_archive_is_opened(
    tmp_path: Path, method: int, capsys: pytest.CaptureFixture[str]
) -> None:
    path = zipped(tmp_path / "a.zip", BESIDE | {"folder/log.jsonl": LOG}, method)
    assert state(path, capsys)["state"]["a"]["balance"] == Decimal("7.50")
    with open_log(path) as log:
        assert log.format == "JSON Lines, zip"


def test_a_log_that_is_packed_within_an_archive_is_unpacked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("README.txt", "hello")
        archive.writestr("log.jsonl.gz", gzip.compress(LOG.encode()))
    assert state(path, capsys)["state"]["a"]["balance"] == Decimal("7.50")
    with open_log(path) as log:
        assert log.format == "JSON Lines, zip, gzip"


def test_the_one_log_in_a_tar_archive_is_opened_packed_or_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tarred(tmp_path / "a.tar", {"x" * 120 + "/log.jsonl": LOG, ".hidden": "x"})
    assert state(path, capsys)["state"]["a"]["balance"] == Decimal("7.50")
    packed = tmp_path / "a.tar.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    with open_log(packed) as log:
        assert log.format == "JSON Lines, gzip, tar"


def test_an_archive_of_several_files_is_refused_with_their_names(tmp_path: Path) -> None:
    files = {"a.jsonl": LOG, "b.csv": "x"}
    with pytest.raises(
        LogError, match=r"this zip archive holds 2 files, so it was not opened: a\.jsonl, b\.csv"
    ):
        open_log(zipped(tmp_path / "a.zip", files))
    with pytest.raises(LogError, match=r"this tar archive holds 2 files"):
        open_log(tarred(tmp_path / "a.tar", files))


def test_a_zip_archive_that_never_ends_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"log.jsonl": " " * (80 << 20)})
    with pytest.raises(LogError, match="more than 250 times its size"):
        open_log(path)


def test_an_archive_that_is_cut_or_damaged_gives_a_sentence(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"log.jsonl": LOG * 1_000})
    whole = path.read_bytes()
    for at in range(30, len(whole), max(len(whole) // 40, 1)):
        path.write_bytes(whole[:at] + b"\xff" + whole[at + 1 :])
        try:
            read(path)
        except LogError as error:
            assert "\n" not in str(error)  # noqa: PT017 - either is right
        path.write_bytes(whole[:at])
        with pytest.raises(LogError, match="zip archive"):
            open_log(path)


def test_parquet_rows_are_events_to_their_last_digit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    table = pa.table({
        "type": ["MoneyDeposited", "MoneyWithdrawn"], "accountId": ["a", "a"],
        "amount": pa.array([Decimal("12345678901234567890.12"), Decimal("0.02")], pa.decimal128(30, 2)),
        "at": pa.array([1_735_689_600_123_456_789, 1_735_689_601_000_000_000], pa.timestamp("ns", "UTC")),
        "raw": [b"\xff\x00", None],
    })  # fmt: skip
    path = tmp_path / "a.parquet"
    pq.write_table(table, path)
    records, batch = read(path)
    assert records[0]["amount"] == Decimal("12345678901234567890.12")
    assert records[0]["raw"] == "\\xff00"
    assert batch.events[0].at_ns == 1_735_689_600_123_456_789
    assert state(path, capsys)["state"]["a"]["balance"] == Decimal("12345678901234567890.10")
    path.write_bytes(path.read_bytes()[:100] + b"\xff" * 60 + path.read_bytes()[160:])
    try:
        read(path)
    except LogError as error:
        assert "\n" not in str(error)  # noqa: PT017 - either is right


SHEET = """<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>"""
TYPES = "http://schemas.openxmlformats.org"


def workbook(path: Path, rows: list[list[object]]) -> Path:
    def cell(value: object) -> str:
        if isinstance(value, str):
            return f'<c t="inlineStr"><is><t>{value}</t></is></c>'
        return "<c/>" if value is None else f"<c><v>{value}</v></c>"

    inside = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
    return zipped(path, {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{TYPES}/package/2006/relationships">'
        '<Relationship Id="r1" '
        f'Type="{TYPES}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{TYPES}/spreadsheetml/2006/main" '
        f'xmlns:r="{TYPES}/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{TYPES}/package/2006/relationships">'
        '<Relationship Id="r1" '
        f'Type="{TYPES}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": SHEET.format(inside),
    })  # fmt: skip


def test_a_spreadsheet_is_read_as_the_table_that_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("python_calamine")
    rows: list[list[object]] = [
        ["Statement of January"], ["Date", "Text", "Amount"], ["31.01.2025", "Müller, rent", -500.25],
        ["01.02.2025", "pay", 1000],
    ]  # fmt: skip
    path = workbook(tmp_path / "a.xlsx", rows)
    records, _ = read(path)
    assert records[0] == {"Date": "31.01.2025", "Text": "Müller, rent", "Amount": "-500.25"}
    assert state(path, capsys)["state"]["(whole log)"]["balance"] == Decimal("499.75")
    with open_log(path) as log:
        assert log.format == "CSV (comma), spreadsheet, dates with the day first"


def test_cells_are_texts_as_a_person_reads_them() -> None:
    from explorer.eventlog.archives.sheet_child import text_of

    cells = [True, 3.0, 0.1, 1e20, datetime(2025, 1, 2, tzinfo=UTC), datetime(2025, 1, 2, 3, 4), None, "x"]  # noqa: DTZ001
    assert [text_of(each) for each in cells] == [
        "true", "3", "0.1", "1e+20", "2025-01-02", "2025-01-02T03:04:00", "", "x",
    ]  # fmt: skip


def test_what_only_begins_like_one_is_named(tmp_path: Path) -> None:
    for text, what in (("PK\x03\x04" + "x" * 90, "zip archive"), ("PAR1" + "x" * 90, "Parquet")):
        with pytest.raises(LogError, match=what):
            open_log(written(tmp_path, "a", text))
