"""Where else than in a file do logs live: in databases and brokers, read by their address and never written to?

- `feed`: what is a source, and what does it yield?
- `address`: which address says where it is, and where does its password go?
- `registered`: which sources are there?

A source is **one module and one line**: the module has what `feed.SourceModule` asks for, its line stands in
`registered.SOURCES`. What a feed yields is spooled as lines of JSON into a private file and is a log like any other
from then on.
"""
