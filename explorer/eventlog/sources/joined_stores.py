"""Which event stores keep an event's stream in another table than the event, and how do the two come together?

What a store's browser shows as one event is one row here too, under the names that its profile knows.
"""

from collections.abc import Mapping

import msgspec


class JoinedStore(msgspec.Struct, frozen=True):
    """A store whose events stand in several tables.

    Attributes:
        name: Which store it is.
        table: The table with one row for each event, under the alias `e`; a live log counts its rows.
        needs: The columns by which it is recognised, by table; all tables stand in one schema.
        columns: More columns, each an expression over the aliases and `{schema}`, by the name that it gets.
        joins: What stands behind the table; `{schema}` is that of the table.
        place: The expression by whose number the events are in order.
        place_name: What that is called.
    """

    name: str
    table: str
    needs: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, str]
    joins: str
    place: str
    place_name: str


JOINED_STORES = (
    JoinedStore(
        "Commanded",
        "events",
        {
            "events": ("event_id", "event_type", "data", "created_at"),
            "stream_events": (
                "event_id",
                "stream_id",
                "stream_version",
                "original_stream_id",
                "original_stream_version",
            ),
            "streams": ("stream_id", "stream_uuid"),
        },
        {
            "event_number": "a.stream_version",
            "stream_uuid": "s.stream_uuid",
            "stream_version": "a.original_stream_version",
        },
        " JOIN {schema}.stream_events a ON a.event_id = e.event_id AND a.stream_id = 0"
        " JOIN {schema}.streams s ON s.stream_id = a.original_stream_id",
        "a.stream_version",
        "event_number",
    ),
    JoinedStore(
        "Rails Event Store",
        "event_store_events",
        {
            "event_store_events": ("id", "event_id", "event_type", "data", "created_at"),
            "event_store_events_in_streams": ("id", "stream", "event_id"),
        },
        {
            # an event may be linked to further streams: the first is the one that it was published to
            name: f"(SELECT i.{name} FROM {{schema}}.event_store_events_in_streams i"  # noqa: S608 - our own names
            " WHERE i.event_id = e.event_id ORDER BY i.id LIMIT 1)"
            for name in ("stream", "position")
        },
        "",
        "e.id",
        "id",
    ),
    JoinedStore(
        "SQLStreamStore",
        "messages",
        {
            "messages": ("stream_id_internal", "stream_version", "position", "type", "json_data"),
            "streams": ("id_internal", "id_original"),
        },
        {"stream_id_original": "s.id_original"},
        " JOIN {schema}.streams s ON s.id_internal = e.stream_id_internal",
        "e.position",
        "position",
    ),
    JoinedStore(
        "Eventuous",
        "messages",
        {
            "messages": ("message_type", "stream_id", "stream_position", "global_position", "json_data"),
            "streams": ("stream_id", "stream_name"),
        },
        {"stream_name": "s.stream_name"},
        " JOIN {schema}.streams s ON s.stream_id = e.stream_id",
        "e.global_position",
        "global_position",
    ),
)


def joined_store(table: str, tables: Mapping[str, frozenset[str]]) -> JoinedStore | None:
    """The store to which a table belongs whose schema holds `tables`, each with its columns."""
    none: frozenset[str] = frozenset()
    return next(
        (
            store
            for store in JOINED_STORES
            if store.table == table
            and all(set(columns) <= tables.get(name, none) for name, columns in store.needs.items())
        ),
        None,
    )
