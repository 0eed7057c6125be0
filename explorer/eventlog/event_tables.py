"""How much does a table of a database look like one that holds events, by its name and its columns?"""

from collections.abc import Sequence

from explorer.eventlog import field_names

ENOUGH = 8
_TYPES = (
    "eventtype payloadtype eventclass messagetype type eventname topic event eventmanifest eventsermanifest"
    " manifest kind name"
).split()
_STRONG_TYPES = frozenset(_TYPES[:10])
PAYLOADS = (
    "data eventdata payload eventpayload messagedata body state eventproperties eventbody content attributes"
    " details message value json"
).split()
STREAMS = (
    "originatorid streamid stream streamname aggregateid aggregateuuid aggregaterootid aggregateidentifier"
    " persistenceid entityid subject accountid aggregate"
).split()
VERSIONS = (
    "originatorversion version streamversion streamposition aggregateversion playhead sequence sequencenumber"
    " revision streamrevision eventnumber"
).split()
# numbers of the whole store, and such as may also count within a stream
PLACES = "globalposition globalsequence globalindex notificationid ordering commitposition seqid".split()
MAYBE_PLACES = "position sequence sequencenumber seq eventnumber offset id eventid".split()
_GOOD_WORDS = ("event", "message", "journal", "log")
_BAD_WORDS = (
    "snapshot outbox inbox projection checkpoint saga command tracking subscription migration instreams archive"
).split()


def score(name: str, columns: Sequence[str]) -> int:
    """How much a table looks like one of events: a type and a payload must be there, the rest makes it likelier."""
    known = {field_names.plain(column) for column in columns}

    def first(wanted: Sequence[str]) -> str | None:
        return next((each for each in wanted if each in known), None)

    kind, payload, stream, version = first(_TYPES), first(PAYLOADS), first(STREAMS), first(VERSIONS)
    place, time = first([*PLACES, *MAYBE_PLACES]), first(field_names.TIME)
    if kind is None or (payload is None and (stream is None or time is None)):
        return 0
    if kind not in _STRONG_TYPES and stream is None and version is None:
        return 0
    found = 4 + (4 if payload else 0) + (3 if stream else 0) + (2 if version else 0)
    found += (1 if place else 0) + (1 if time else 0)
    folded = field_names.plain(name)
    found += 2 * any(word in folded for word in _GOOD_WORDS)
    return found - 6 * any(word in folded for word in _BAD_WORDS)
