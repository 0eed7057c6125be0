"""By which names do logs call the type, time, entity, payload, sequence and id of an event, best first?"""

from functools import lru_cache

# Names are compared in lower case and without `_-. :`.
TYPE = (
    "eventtype payloadtype eventclass type eventname event conceptname activity ocelactivity topic"
    " messagetype eventmanifest eventsermanifest manifest kind name op operation action"
    " command method eventtemplate level"
).split()
CANONICAL_TYPE = frozenset(TYPE[:6])
TIME = (
    "at timestamp time occurredat occurredon happenedat eventtime recordedat recordedon timetimestamp"
    " oceltimestamp createdat createdon created datetime eventtimestamp blocktimestamp publishtime"
    " tsms ts timestampms es date eventdate transactiondate bookingdate valuedate updated updatedat"
    " itemtimestamp loggedat writetimestamp when"
).split()
DATA = (
    "data eventdata payload eventpayload messagedata eventproperties body attributes state after detail"
    " details properties params parameters args content value fields ocelvmap"
).split()
ENTITY = (
    "accountid account accountnumber accountno aggregateid aggregateuuid aggregateidentifier aggregaterootid"
    " persistenceid streamid streamname stream entityid entity originatorid subject"
    " caseconceptname caseid case customerid customer userid orderid"
    " walletid wallet cartid iban nameorig aggregate"
).split()
SEQUENCE = (
    "sequence sequencenumber seq seqno position globalposition globalsequence globalindex commitposition seqid"
    " ordering eventnumber offset eventid lineid lsn id"
).split()
SCHEMA_VERSION = frozenset(
    "schemaversion eventversion eventschemaversion typeversion classversion eventtypeversion payloadrevision".split()
)
ID = "eventid eid oceleid id uuid guid messageid itemid transid transactionid transferid".split()

# Ids of something other than the thing whose history an event belongs to.
NOT_ENTITIES = frozenset(
    "eventid id correlationid causationid traceid spanid requestid messageid parentid commandid"
    " transactionid transferid transid itemid lineid taskid pid".split()
)


@lru_cache(4_096)
def plain(name: str) -> str:
    """The name in lower case and without `_-. :`, as it is compared."""
    return name.lower().translate(_DROPPED)


_DROPPED = str.maketrans("", "", "_-. :")
