"""By which names do logs call the type, time, entity, payload, sequence and id of an event, best first?"""

from collections.abc import Collection
from functools import lru_cache

# Names are compared in lower case and without `_-. :`.
TYPE = (
    "eventtype payloadtype eventclass type eventname event conceptname activity ocelactivity topic"
    " messagetype cetype detailtype typeid messageurn eventmanifest eventsermanifest manifest kind name op"
    " operation action command method eventtemplate transactiontype entrytype txtype recordtype level"
).split()
CANONICAL_TYPE = frozenset(TYPE[:6])
TIME = (
    "at timestamp time occurredat occurredon happenedat eventtime recordedat recordedon timetimestamp"
    " oceltimestamp createdat createdon created datetime eventtimestamp blocktimestamp publishtime"
    " tsms ts timestampms es date eventdate transactiondate bookingdate valuedate updated updatedat"
    " cetime approximatearrivaltimestamp"
    " itemtimestamp loggedat writetimestamp when t timeunixnano timegenerated inserted insertedat createtime postedat"
    " completeddate datum buchungstag buchungsdatum valuta wertstellung fecha posted completed"
).split()
DATA = (
    "data eventdata payload eventpayload messagedata eventproperties body attributes state after detail"
    " details properties params parameters args content value fields ocelvmap source"
).split()
PAYLOAD = frozenset("data eventdata payload eventpayload messagedata body eventbody".split())
ENTITY = (
    "auftragskonto ibanauftragskonto auftraggeberkonto ibanauftraggeberkonto ibankontoinhaber ibankonto"
    " accountid account accountnumber accountno aggregateid aggregateuuid aggregateidentifier aggregaterootid"
    " persistenceid streamid streamname stream entityid entity originatorid subject"
    " caseconceptname caseid case customerid customer userid orderid"
    " walletid wallet cartid iban rekeningnummer accountname nameorig aggregate cesubject partitionkey"
    " referenzkonto konto kontonummer kontonr compte n°compte numérodecompte numcompte cuenta númerodecuenta conto"
    " numeroconto rekening numerrachunku rachunek conta númerodaconta"
).split()
# The last of these, which are on the other side of an entry where that has a name or a bank beside them.
ACCOUNTS = frozenset(ENTITY[ENTITY.index("konto") :])
KINDS = (
    "aggregatetype aggregatekind aggregatename aggregaterootname entitytype entitykind streamtype aggregate"
    " streamcategory resourcetype objecttype category domain kind"
).split()
SURE_KINDS = frozenset(KINDS[:7])
KEYS = ("key", "messagekey", "recordkey")  # of a message, beside its payload
SEQUENCE = (
    "sequence sequencenumber seq seqno position globalposition globalsequence globalindex commitposition seqid"
    " ordering eventnumber offset eventid lineid lsn id"
).split()
SCHEMA_VERSION = frozenset(
    "schemaversion eventversion eventschemaversion typeversion classversion eventtypeversion payloadrevision".split()
)
# Members that may count the events of a log, or of one entity; whether they do is seen when they are read.
NUMBERED = frozenset(
    "sequence sequencenumber sequencenr seq seqno seqnr position globalposition globalsequence globalindex"
    " commitposition ordering ordinal eventnumber eventnr version aggregateversion streamversion entityversion"
    " versionnumber aggregateversionnumber originatorversion streamposition streamrevision revision aggregatesequence"
    " aggregatesequencenumber streamsequence playhead entitysequence".split()
)
# the time of day, where a table has it apart from the day
CLOCK = frozenset(
    "time timeofday clock uhrzeit zeit buchungszeit heure hora ora tijd godzina transactiontime txntime"
    " timestamp".split()
)
ZONE = frozenset(
    "timezone zeitzone tz zone fuseauhoraire fusohorario zonahoraria tijdzone".split()
)  # of a clock
ID = "eventid eid oceleid id uuid guid messageid itemid transid transactionid transferid".split()

# Names of a payload that mostly holds only what the record itself does not say.
REMARKS = frozenset(
    "detail details properties attributes params parameters args content value fields body".split()
)

# Ids of something other than the thing whose history an event belongs to.
NOT_ENTITIES = frozenset(
    "eventid id correlationid causationid traceid spanid requestid messageid parentid commandid"
    " transactionid transferid transid itemid lineid taskid pid".split()
)
_MESSAGES = tuple("eventid correlationid causationid traceid spanid requestid messageid commandid".split())
_POINTERS = ("previous", "prev", "parent", "caus")  # to what was before, or to who or what brought it about
# What tables of changes of rows of many kinds call the row, `item_type` and `item_id` (PaperTrail, Laravel, Rails, …).
ROWS = (
    "item auditable subject trackable versionable loggable recordable eventable revisionable model resource"
    " object target"
).split()


def is_of_things(name: str) -> bool:
    """Does an id's plain name sound like that of what has a history, and not of a message or of another event?"""
    return name not in NOT_ENTITIES and not name.endswith(_MESSAGES) and not name.startswith(_POINTERS)


@lru_cache(4_096)
def plain(name: str) -> str:
    """The name in lower case and without `_-. :`, as it is compared, and without what says that times are in UTC."""
    return name.lower().removesuffix("(utc)").removesuffix("(gmt)").translate(_DROPPED)


_DROPPED = str.maketrans("", "", "_-. :@$#")

_MONEY = frozenset(
    "amount balance currency price quantity value total debit credit betrag saldo waehrung währung soll haben"
    " montant solde importe importo bedrag description memo payee text status".split()
)


_OTHER_SIDES = (
    "empfänger", "empfaenger", "begünstigt", "beguenstigt", "auftraggeber", "zahlungspflicht", "payee", "beneficiar",
    "bénéficiaire", "destinat", "ordenante", "ordinante", "naam", "name", "tegenpartij", "odbiorca", "nadawca",
    "kontrahent", "mottaker", "mottagare", "modtager", "avsender", "counterparty", "blz", "bankleitzahl",
    "bic", "swift",
)  # fmt: skip
_OTHER_ACCOUNTS = (
    "gegenkonto",
    "tegenrekening",
    "contropartita",
    "contrapartida",
    "contrepartie",
    "motkonto",
    "modkonto",
)


def is_on_the_other_side(own: str, beside: Collection[str]) -> bool:
    """Is a plain name of an account that of who is on the other side, by what stands beside it, in plain names?"""
    if own not in ACCOUNTS or any(other in each for each in beside for other in _OTHER_ACCOUNTS):
        return False
    return any(each.startswith(_OTHER_SIDES) for each in beside)


def is_amount(name: str) -> bool:
    """Does a name sound like that of an amount?"""
    return any(word in plain(name) for word in _AMOUNTS)


CURRENCIES = frozenset(
    "currency currencycode ccy commodity währung waehrung devise moneda valuta divisa waluta".split()
)
BALANCES = ("balance", "saldo", "kontostand", "solde")  # in the names of what tells what is there
_AMOUNTS = ("amount", "balance", "price", "total", "quantity", "betrag", "saldo", "montant", "importe")


NAMED_ROLES = {  # words in the names of members that may be these
    "correlation": ("correlation", "conversation", "traceid", "saga", "requestid"),
    "causation": ("causation", "causedby", "causeid", "parentid", "parenteventid", "parentmessageid"),
    "amount": (*_AMOUNTS, "value", "points", "sum", "umsatz", "importo", "bedrag", "delta"),
    "currency": ("currency", "ccy", "commodity", "waehrung", "währung", "devise", "valuta", "moneda"),
    "counterparty": (
        "counterparty", "payee", "beneficiary", "recipient", "receiver", "merchant", "toaccount", "target",
        "destination", "empfänger", "empfaenger",
    ),
}  # fmt: skip


def is_known(name: str) -> bool:
    """Do logs call one of their fields so?"""
    own = plain(name.strip())
    return bool(own) and (
        own in _MONEY
        or any(own in each for each in (TYPE, TIME, DATA, ENTITY, SEQUENCE, ID))
        or is_timely(own)
    )


def is_timely(own: str) -> bool:
    """Does a plain name sound like that of a time?"""
    return own in _TIMELY or own.endswith(_TIME_ENDINGS) or own.startswith(_TIME_STARTS)


_TIMELY = frozenset(
    "t ts tag datum data dato fecha valuta wertstellung buchung buchungstag wertstellungstag dag tanggal"
    " inserted posted completed started finished".split()
)
_TIME_ENDINGS = ("at", "date", "time", "timestamp", "datum", "datetime", "timeunixnano", "fecha", "tag")
_TIME_STARTS = ("time", "date", "datum", "fecha", "timestamp")
