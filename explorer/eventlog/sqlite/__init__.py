"""How is the table of a SQLite event store read as a log, without leaving anything beside it?

- `store`: the file, on the side that opens a log.
- `beside`: what may stand beside it: a -wal that is read too, a -journal that is not; a copy if it comes to that.
- `moved`: what is said when another program writes meanwhile.
- `child`: a process of its own, with bounded memory, that alone looks into the database.
- `pages`: the file system that SQLite is given there, with one file in it.
- `wal`: which pages stand in a -wal and count.
- `cells`: how text comes out as the bytes that are stored.
- `tables`: which table holds the events, by its columns.
- `rows`: how a row is written as a line of JSON, its payload byte for byte as it is stored.
"""
