"""How does the one log come out of a zip or tar archive, a spreadsheet or a Parquet file?

- `archive`: what a file is of these, and its content as a log of lines.
- `sheet_child`, `parquet_child`: processes of their own, with bounded memory, that alone look into such files.
"""
