"""How are dumps of databases read, without a database: `COPY` and `INSERT` of PostgreSQL, MySQL, MariaDB and SQLite?

- `sql_text`: what do the literals of SQL and the cells of `COPY` say?
- `sql_dump`: which table of a dump holds the events, and what are its rows?
"""
