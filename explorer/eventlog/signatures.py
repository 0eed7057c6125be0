"""What is a file that is no event log? A person who opened the wrong one is told which."""

import re

_STARTS = (
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"BM", "a BMP picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip archive (an Excel or OpenDocument file is one too)"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel or Word file"),
    (b"PAR1", "a Parquet file"),
    (b"Obj\x01", "an Avro file"),
    (b"ARROW1", "an Arrow file"),
    (b"ORC", "an ORC file"),
    (b"\x89HDF\r\n", "an HDF5 file"),
    (b"\x93NUMPY", "a NumPy array"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"BZh", "packed with bzip2: unpack it first"),
    (b"\xfd7zXZ\0", "packed with xz: unpack it first"),
    (b"\x04\x22\x4d\x18", "packed with lz4: unpack it first"),
    (b"\xff\x06\0\0sNaPpY", "packed with snappy: unpack it first"),
    (b"LZIP", "packed with lzip: unpack it first"),
    (b"Rar!", "a rar archive"),
    (b"PGDMP", "a PostgreSQL dump in its own format"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"\xca\xfe\xba\xbe", "a compiled Java class"),
    (b"\xac\xed\x00\x05", "objects that Java has serialised"),
    (b"ElfFile\0", "a Windows event log (.evtx)"),
    (b"\xd4\xc3\xb2\xa1", "a capture of network packets"),
    (b"RIFF", "a sound, film or picture"),
    (b"OggS", "a sound or film"),
    (b"ID3", "a sound (MP3)"),
    (b"fLaC", "a sound"),
    (b"\x1a\x45\xdf\xa3", "a film"),
    (b"SIMPLE  =", "a FITS file"),
    (b"{\\rtf", "a text document (RTF)"),
)
_TEXTS = (
    (rb"\s*(?:\{1:F\d\d[A-Z0-9]|:20:[^\n]*\s+:2[15]:|:940:|\{4:\s*:20:)", "SWIFT MT940 (bank statements)"),
    (rb"(?s).{0,800}?^:60[FM]:[CD]\d{6}", "SWIFT MT940 (bank statements)"),
    (rb"(?is)\s*<\?xml.{0,2000}urn:iso:std:iso:20022:tech:xsd:camt", "CAMT (bank statements in XML)"),
    (rb"(?is)\s*(?:OFXHEADER:|<\?xml.{0,400}<\?OFX|<OFX>)", "OFX (bank statements)"),
    (rb"(?i)\s*!(?:type|account|option):", "QIF (bank statements)"),
    (rb"(?is)\s*(?:<!doctype html|<html)", "a web page"),
    (rb"(?i)\s*<\?xml", "XML"),
    (rb"\s*<[A-Za-z][\w:.-]*(?:\s[^<>]*)?/?>", "XML"),
    (rb"(?:--[^\n]*\s*)*--\s*\n-- PostgreSQL database dump", "a PostgreSQL dump"),
    (rb"-- MySQL dump", "a MySQL dump"),
    (rb"-- MariaDB dump", "a MariaDB dump"),
    (rb"(?is)\s*(?:(?:--|#)[^\n]*\n\s*)*(?:select\b.{1,2000}\bfrom\b|with\s+\w+\s+as\s*\()", "a query in SQL"),
    (rb"(?is)\s*(?:(?:--|#)[^\n]*\n\s*)*(?:insert\s+into|create\s+table|begin\s*;|pragma\s)", "a script in SQL"),
    (rb"#!", "a script"),
    (rb"%YAML|---\s*\n", "YAML"),
    (rb"-----BEGIN ", "a key or certificate"),
    (rb"(?s)\s*digraph\b", "a drawing (DOT)"),
)  # fmt: skip
_PATTERNS = [(re.compile(pattern, re.MULTILINE), what) for pattern, what in _TEXTS]
_SHORT = 3  # bytes: a text may begin so too
_DUCKDB_AT, _TAR_AT = 8, 257
_LOOKED_AT_BYTES = 4_096


def looks_like(head: bytes) -> str | None:
    """What the first bytes of a file that is no event log are, if that is known."""
    for start, what in _STARTS:
        if head.startswith(start) and (len(start) > _SHORT or not start.isascii() or b"\0" in head[:64]):
            return what
    if head[_DUCKDB_AT : _DUCKDB_AT + 4] == b"DUCK":
        return "a DuckDB database"
    if head[_TAR_AT : _TAR_AT + 5] == b"ustar":
        return "a tar archive: unpack it first"
    if head[4:8] == b"ftyp":
        return "a film or picture"
    text = head[:_LOOKED_AT_BYTES].removeprefix(b"\xef\xbb\xbf")
    for pattern, what in _PATTERNS:
        if pattern.match(text):
            return what
    return None
