<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
 <context>
  <name />
  <message>
   <source> of {stream}</source>
   <translation> von {stream}</translation>
  </message>
  <message>
   <source>* has no fold: name the aggregates</source>
   <translation>* lässt sich nicht falten: die Aggregate müssen benannt werden</translation>
  </message>
  <message>
   <source>, {left_out:,} skipped</source>
   <translation>, {left_out:,} übersprungen</translation>
  </message>
  <message>
   <source>CAMT (bank statements in XML)</source>
   <translation>CAMT (Kontoauszüge in XML)</translation>
  </message>
  <message>
   <source>CSV ({shown})</source>
   <translation>CSV ({shown})</translation>
  </message>
  <message>
   <source>DECIMAL takes how many digits, and how many of them are decimals</source>
   <translation>DECIMAL bekommt die Zahl der Ziffern und wie viele davon Nachkommastellen sind</translation>
  </message>
  <message>
   <source>DECIMAL({said}): there are 1 to {max_digits:,} digits, and no more decimals than that</source>
   <translation>DECIMAL({said}): es gibt 1 bis {max_digits:,} Ziffern und nicht mehr Nachkommastellen als Ziffern</translation>
  </message>
  <message>
   <source>DISTINCT and ORDER BY need all events at once; events come in log order</source>
   <translation>DISTINCT und ORDER BY brauchen alle Ereignisse auf einmal; Ereignisse kommen in der Reihenfolge des Logs</translation>
  </message>
  <message>
   <source>DISTINCT needs all events at once; an event is taken one at a time</source>
   <translation>DISTINCT braucht alle Ereignisse auf einmal; genommen wird eines nach dem anderen</translation>
  </message>
  <message>
   <source>FROM takes events, a subquery or a name from WITH</source>
   <translation>FROM nimmt events, eine Unterabfrage oder einen Namen aus WITH</translation>
  </message>
  <message>
   <source>GROUP BY takes columns, or ALL</source>
   <translation>GROUP BY nimmt Spalten oder ALL</translation>
  </message>
  <message>
   <source>HAVING would hide entities: use find, or filter the table</source>
   <translation>HAVING würde Entitäten verbergen: dafür gibt es Suchen und den Filter der Tabelle</translation>
  </message>
  <message>
   <source>JSON Lines</source>
   <translation>JSON Lines</translation>
  </message>
  <message>
   <source>JSON Lines with keys</source>
   <translation>JSON Lines mit Schlüsseln</translation>
  </message>
  <message>
   <source>JSON Lines with lone carriage returns</source>
   <translation>JSON Lines mit einzelnen Wagenrückläufen</translation>
  </message>
  <message>
   <source>JSON array</source>
   <translation>JSON-Liste</translation>
  </message>
  <message>
   <source>JSON object, events in "{shown}"</source>
   <translation>JSON-Objekt, Ereignisse in „{shown}“</translation>
  </message>
  <message>
   <source>JSON objects</source>
   <translation>JSON-Objekte</translation>
  </message>
  <message>
   <source>JavaScript list</source>
   <translation>JavaScript-Liste</translation>
  </message>
  <message>
   <source>Kafka, topic {topic}, {next:,} partitions by time</source>
   <translation>Kafka, Topic {topic}, {next:,} Partitionen nach der Zeit</translation>
  </message>
  <message>
   <source>LIKE needs a 'pattern' that is written out</source>
   <translation>LIKE braucht ein ausgeschriebenes 'Muster'</translation>
  </message>
  <message>
   <source>LIMIT would hide entities</source>
   <translation>LIMIT würde Entitäten verbergen</translation>
  </message>
  <message>
   <source>OCEL 1.0 (JSON)</source>
   <translation>OCEL 1.0 (JSON)</translation>
  </message>
  <message>
   <source>OCEL 2.0 (JSON)</source>
   <translation>OCEL 2.0 (JSON)</translation>
  </message>
  <message>
   <source>OCEL 2.0 (XML)</source>
   <translation>OCEL 2.0 (XML)</translation>
  </message>
  <message>
   <source>OFFSET would hide entities</source>
   <translation>OFFSET würde Entitäten verbergen</translation>
  </message>
  <message>
   <source>OFX (bank statements)</source>
   <translation>OFX (Kontoauszüge)</translation>
  </message>
  <message>
   <source>ORDER BY is not needed: the table sorts by any column</source>
   <translation>ORDER BY ist nicht nötig: die Tabelle sortiert nach jeder Spalte</translation>
  </message>
  <message>
   <source>PostgreSQL, table {table}</source>
   <translation>PostgreSQL, Tabelle {table}</translation>
  </message>
  <message>
   <source>PostgreSQL, table {table}, only read, although the role {writer} may write</source>
   <translation>PostgreSQL, Tabelle {table}, nur gelesen, obwohl die Rolle {writer} schreiben dürfte</translation>
  </message>
  <message>
   <source>QIF (bank statements)</source>
   <translation>QIF (Kontoauszüge)</translation>
  </message>
  <message>
   <source>QUALIFY needs all events at once; an event is taken one at a time</source>
   <translation>QUALIFY braucht alle Ereignisse auf einmal; genommen wird eines nach dem anderen</translation>
  </message>
  <message>
   <source>Redux DevTools (actions)</source>
   <translation>Redux DevTools (Aktionen)</translation>
  </message>
  <message>
   <source>Redux DevTools (states{skips})</source>
   <translation>Redux DevTools (Zustände{skips})</translation>
  </message>
  <message>
   <source>SQL dump ({program}), table {table}</source>
   <translation>SQL-Sicherung ({program}), Tabelle {table}</translation>
  </message>
  <message>
   <source>SQL dump, table {table}</source>
   <translation>SQL-Sicherung, Tabelle {table}</translation>
  </message>
  <message>
   <source>SQLite says: {text}</source>
   <translation>SQLite sagt: {text}</translation>
  </message>
  <message>
   <source>SQLite, table {table}</source>
   <translation>SQLite, Tabelle {table}</translation>
  </message>
  <message>
   <source>SQLite, table {table}, with its {beside}</source>
   <translation>SQLite, Tabelle {table}, mit {beside} daneben</translation>
  </message>
  <message>
   <source>SWIFT MT940 (bank statements)</source>
   <translation>SWIFT MT940 (Kontoauszüge)</translation>
  </message>
  <message>
   <source>Spark cannot read it: {reason}</source>
   <translation>Spark kann es nicht lesen: {reason}</translation>
  </message>
  <message>
   <source>Spark has read {have:,} of its {size_bytes:,} bytes: was it changed meanwhile?</source>
   <translation>Spark hat {have:,} seiner {size_bytes:,} Bytes gelesen: Wurde es inzwischen geändert?</translation>
  </message>
  <message>
   <source>Temporal workflow history</source>
   <translation>Temporal-Workflow-Verlauf</translation>
  </message>
  <message>
   <source>UNION would drop events that are alike: UNION ALL</source>
   <translation>UNION würde gleiche Ereignisse weglassen: UNION ALL</translation>
  </message>
  <message>
   <source>[Errno {errno}] {strerror}</source>
   <translation>[Errno {errno}] {strerror}</translation>
  </message>
  <message>
   <source>[Errno {errno}] {strerror}: {filename}</source>
   <translation>[Errno {errno}] {strerror}: {filename}</translation>
  </message>
  <message>
   <source>\u without four hexadecimal digits</source>
   <translation>\u ohne vier hexadezimale Ziffern</translation>
  </message>
  <message>
   <source>a 7z archive</source>
   <translation>ein 7z-Archiv</translation>
  </message>
  <message>
   <source>a BMP picture</source>
   <translation>ein BMP-Bild</translation>
  </message>
  <message>
   <source>a DuckDB database</source>
   <translation>eine DuckDB-Datenbank</translation>
  </message>
  <message>
   <source>a FITS file</source>
   <translation>eine FITS-Datei</translation>
  </message>
  <message>
   <source>a GIF picture</source>
   <translation>ein GIF-Bild</translation>
  </message>
  <message>
   <source>a JPEG picture</source>
   <translation>ein JPEG-Bild</translation>
  </message>
  <message>
   <source>a Java archive</source>
   <translation>ein Java-Archiv</translation>
  </message>
  <message>
   <source>a MariaDB dump</source>
   <translation>ein MariaDB-Dump</translation>
  </message>
  <message>
   <source>a MySQL dump</source>
   <translation>ein MySQL-Dump</translation>
  </message>
  <message>
   <source>a NumPy array</source>
   <translation>ein NumPy-Feld</translation>
  </message>
  <message>
   <source>a PDF document</source>
   <translation>ein PDF-Dokument</translation>
  </message>
  <message>
   <source>a PNG picture</source>
   <translation>ein PNG-Bild</translation>
  </message>
  <message>
   <source>a Parquet file</source>
   <translation>eine Parquet-Datei</translation>
  </message>
  <message>
   <source>a Parquet file: to read it, install pyarrow</source>
   <translation>eine Parquet-Datei: um sie zu lesen, installieren Sie pyarrow</translation>
  </message>
  <message>
   <source>a PostgreSQL dump</source>
   <translation>ein PostgreSQL-Dump</translation>
  </message>
  <message>
   <source>a PostgreSQL dump in its own format</source>
   <translation>ein PostgreSQL-Dump im eigenen Format</translation>
  </message>
  <message>
   <source>a PowerPoint presentation</source>
   <translation>eine PowerPoint-Präsentation</translation>
  </message>
  <message>
   <source>a TIFF picture</source>
   <translation>ein TIFF-Bild</translation>
  </message>
  <message>
   <source>a Visio drawing</source>
   <translation>eine Visio-Zeichnung</translation>
  </message>
  <message>
   <source>a Windows event log (.evtx)</source>
   <translation>ein Windows-Ereignisprotokoll (.evtx)</translation>
  </message>
  <message>
   <source>a Word document</source>
   <translation>ein Word-Dokument</translation>
  </message>
  <message>
   <source>a balance that cannot be read, and is not checked</source>
   <translation>ein Saldo, der nicht lesbar ist und nicht geprüft wird</translation>
  </message>
  <message>
   <source>a batch has between 1 and {most_events:,} events, not {events:,}</source>
   <translation>ein Stapel hat zwischen 1 und {most_events:,} Ereignisse, nicht {events:,}</translation>
  </message>
  <message>
   <source>a book (EPUB)</source>
   <translation>ein Buch (EPUB)</translation>
  </message>
  <message>
   <source>a calendar (iCalendar)</source>
   <translation>ein Kalender (iCalendar)</translation>
  </message>
  <message>
   <source>a capture of network packets</source>
   <translation>ein Mitschnitt von Netzwerkpaketen</translation>
  </message>
  <message>
   <source>a cluster reads files one after the other, in the order of their names</source>
   <translation>ein Cluster liest Dateien nacheinander, in der Reihenfolge ihrer Namen</translation>
  </message>
  <message>
   <source>a cluster reads files, not what is in an archive: unpack it</source>
   <translation>ein Cluster liest Dateien, nicht was in einem Archiv ist: Bitte auspacken</translation>
  </message>
  <message>
   <source>a cluster reads files: this is none</source>
   <translation>ein Cluster liest Dateien: das ist keine</translation>
  </message>
  <message>
   <source>a column is named twice, or not at all</source>
   <translation>eine Spalte ist zweimal benannt oder gar nicht</translation>
  </message>
  <message>
   <source>a comma before the closing brace</source>
   <translation>ein Komma vor der schließenden geschweiften Klammer</translation>
  </message>
  <message>
   <source>a comma before the closing bracket</source>
   <translation>ein Komma vor der schließenden eckigen Klammer</translation>
  </message>
  <message>
   <source>a comment</source>
   <translation>ein Kommentar</translation>
  </message>
  <message>
   <source>a comment, not JSON</source>
   <translation>ein Kommentar, kein JSON</translation>
  </message>
  <message>
   <source>a compiled Java class</source>
   <translation>eine übersetzte Java-Klasse</translation>
  </message>
  <message>
   <source>a control character inside a text</source>
   <translation>ein Steuerzeichen in einem Text</translation>
  </message>
  <message>
   <source>a default account, which postings that are left out would go to: it is not applied</source>
   <translation>ein Standardkonto, an das ausgelassene Posten gingen: Es wird nicht angewendet</translation>
  </message>
  <message>
   <source>a delimiter is one character, and rows count from 1</source>
   <translation>ein Trennzeichen ist ein Zeichen, und Zeilen zählen ab 1</translation>
  </message>
  <message>
   <source>a drawing (DOT)</source>
   <translation>eine Zeichnung (DOT)</translation>
  </message>
  <message>
   <source>a drawing (OpenDocument)</source>
   <translation>eine Zeichnung (OpenDocument)</translation>
  </message>
  <message>
   <source>a file of rows is shorter than it was</source>
   <translation>eine Datei mit Zeilen ist kürzer, als sie war</translation>
  </message>
  <message>
   <source>a file of settings (INI or TOML)</source>
   <translation>eine Datei mit Einstellungen (INI oder TOML)</translation>
  </message>
  <message>
   <source>a file packed with bzip2: unpack it first</source>
   <translation>eine Datei, die mit bzip2 gepackt ist: erst entpacken</translation>
  </message>
  <message>
   <source>a file packed with lz4: unpack it first</source>
   <translation>eine Datei, die mit lz4 gepackt ist: erst entpacken</translation>
  </message>
  <message>
   <source>a file packed with lzip: unpack it first</source>
   <translation>eine Datei, die mit lzip gepackt ist: erst entpacken</translation>
  </message>
  <message>
   <source>a file packed with snappy: unpack it first</source>
   <translation>eine Datei, die mit snappy gepackt ist: erst entpacken</translation>
  </message>
  <message>
   <source>a file packed with xz: unpack it first</source>
   <translation>eine Datei, die mit xz gepackt ist: erst entpacken</translation>
  </message>
  <message>
   <source>a film</source>
   <translation>ein Film</translation>
  </message>
  <message>
   <source>a film or picture</source>
   <translation>ein Film oder Bild</translation>
  </message>
  <message>
   <source>a font</source>
   <translation>eine Schrift</translation>
  </message>
  <message>
   <source>a history folder</source>
   <translation>ein Verlaufsordner</translation>
  </message>
  <message>
   <source>a history folder holds what became of its log, not what each event would do: open the log itself for that</source>
   <translation>ein Verlaufsordner enthält, was aus seinem Log wurde, nicht was jedes Ereignis bewirken würde: dafür das Log selbst öffnen</translation>
  </message>
  <message>
   <source>a history folder stands there already, and is replaced with --force alone</source>
   <translation>dort steht schon ein Verlaufsordner; nur mit --force wird er ersetzt</translation>
  </message>
  <message>
   <source>a journal of more than {most_bytes} MiB is not read</source>
   <translation>ein Journal von mehr als {most_bytes} MiB wird nicht gelesen</translation>
  </message>
  <message>
   <source>a key cannot be an aggregate</source>
   <translation>ein Schlüssel kann kein Aggregat sein</translation>
  </message>
  <message>
   <source>a key or certificate</source>
   <translation>ein Schlüssel oder Zertifikat</translation>
  </message>
  <message>
   <source>a line of {size:,} bytes; the limit is {limit} MiB</source>
   <translation>eine Zeile von {size:,} Bytes; die Grenze sind {limit} MiB</translation>
  </message>
  <message>
   <source>a line that is too long</source>
   <translation>eine zu lange Zeile</translation>
  </message>
  <message>
   <source>a list</source>
   <translation>eine Liste</translation>
  </message>
  <message>
   <source>a list in a program of more than {most_bytes} MiB is not read</source>
   <translation>eine Liste in einem Programm von mehr als {most_bytes} MiB wird nicht gelesen</translation>
  </message>
  <message>
   <source>a list of bytes</source>
   <translation>eine Liste von Bytes</translation>
  </message>
  <message>
   <source>a list or an object is neither least nor greatest</source>
   <translation>eine Liste oder ein Objekt ist weder das Kleinste noch das Größte</translation>
  </message>
  <message>
   <source>a log of a system (text)</source>
   <translation>ein System-Log (Text)</translation>
  </message>
  <message>
   <source>a message with the id of a schema (Avro or Protobuf?)</source>
   <translation>eine Nachricht mit der Nummer eines Schemas (Avro oder Protobuf?)</translation>
  </message>
  <message>
   <source>a name that is no text</source>
   <translation>ein Name, der kein Text ist</translation>
  </message>
  <message>
   <source>a newer version of the program has written it</source>
   <translation>eine neuere Version des Programms hat die Datei geschrieben</translation>
  </message>
  <message>
   <source>a number</source>
   <translation>eine Zahl</translation>
  </message>
  <message>
   <source>a number gets more digits than any number has</source>
   <translation>eine Zahl bekommt mehr Ziffern, als eine Zahl haben kann</translation>
  </message>
  <message>
   <source>a number has {scale:,} decimals, and a folder holds 255</source>
   <translation>eine Zahl hat {scale:,} Nachkommastellen, ein Ordner fasst 255</translation>
  </message>
  <message>
   <source>a number has {scale:,} decimals, and a folder holds {most_decimals}</source>
   <translation>eine Zahl hat {scale:,} Nachkommastellen, und ein Ordner fasst {most_decimals}</translation>
  </message>
  <message>
   <source>a number of it has more than {max_digits:,} digits</source>
   <translation>eine Zahl darin hat mehr als {max_digits:,} Ziffern</translation>
  </message>
  <message>
   <source>a number of more than {most_digits:,} digits</source>
   <translation>eine Zahl von mehr als {most_digits:,} Ziffern</translation>
  </message>
  <message>
   <source>a number of too many digits</source>
   <translation>eine Zahl mit zu vielen Ziffern</translation>
  </message>
  <message>
   <source>a pickle of Python</source>
   <translation>ein Pickle von Python</translation>
  </message>
  <message>
   <source>a plugin, which is not carried out</source>
   <translation>eine Erweiterung (plugin), die nicht ausgeführt wird</translation>
  </message>
  <message>
   <source>a posting of no transaction</source>
   <translation>eine Buchung ohne Transaktion</translation>
  </message>
  <message>
   <source>a posting that cannot be read</source>
   <translation>eine Buchung, die nicht lesbar ist</translation>
  </message>
  <message>
   <source>a presentation (OpenDocument)</source>
   <translation>eine Präsentation (OpenDocument)</translation>
  </message>
  <message>
   <source>a printed table of more than {most_bytes} MiB is not read</source>
   <translation>eine gedruckte Tabelle von mehr als {most_bytes} MiB wird nicht gelesen</translation>
  </message>
  <message>
   <source>a program</source>
   <translation>ein Programm</translation>
  </message>
  <message>
   <source>a program (WebAssembly)</source>
   <translation>ein Programm (WebAssembly)</translation>
  </message>
  <message>
   <source>a program in JavaScript: to run it, install quickjs-ng</source>
   <translation>ein Programm in JavaScript: um es laufen zu lassen, ist quickjs-ng zu installieren</translation>
  </message>
  <message>
   <source>a query in SQL</source>
   <translation>eine SQL-Abfrage</translation>
  </message>
  <message>
   <source>a quote or a comment has no end</source>
   <translation>ein Anführungszeichen oder ein Kommentar ist nicht geschlossen</translation>
  </message>
  <message>
   <source>a rar archive</source>
   <translation>ein RAR-Archiv</translation>
  </message>
  <message>
   <source>a record over the limit of {longest_record_bytes} MiB</source>
   <translation>ein Datensatz über der Grenze von {longest_record_bytes} MiB</translation>
  </message>
  <message>
   <source>a rule that adds postings, which is not carried out</source>
   <translation>eine Regel, die Buchungen hinzufügt und nicht ausgeführt wird</translation>
  </message>
  <message>
   <source>a script</source>
   <translation>ein Skript</translation>
  </message>
  <message>
   <source>a script in SQL</source>
   <translation>ein SQL-Skript</translation>
  </message>
  <message>
   <source>a sound</source>
   <translation>eine Tonaufnahme</translation>
  </message>
  <message>
   <source>a sound (MP3)</source>
   <translation>eine Tonaufnahme (MP3)</translation>
  </message>
  <message>
   <source>a sound or film</source>
   <translation>eine Tonaufnahme oder ein Film</translation>
  </message>
  <message>
   <source>a sound, film or picture</source>
   <translation>eine Tonaufnahme, ein Film oder ein Bild</translation>
  </message>
  <message>
   <source>a spreadsheet (Excel, OpenDocument): to read it, install python-calamine</source>
   <translation>eine Tabelle (Excel, OpenDocument): um sie zu lesen, installieren Sie python-calamine</translation>
  </message>
  <message>
   <source>a spreadsheet of more than {most_bytes} MiB is not read</source>
   <translation>eine Tabelle von mehr als {most_bytes} MiB wird nicht gelesen</translation>
  </message>
  <message>
   <source>a state is JSON, and holds no {name__}</source>
   <translation>ein Zustand ist JSON und enthält kein {name__}</translation>
  </message>
  <message>
   <source>a step has no “{name}”: it has {members}</source>
   <translation>ein Schritt hat kein „{name}“: er hat {members}</translation>
  </message>
  <message>
   <source>a step is a table</source>
   <translation>ein Schritt ist eine Tabelle</translation>
  </message>
  <message>
   <source>a step needs the type of its events: type = "…"</source>
   <translation>ein Schritt braucht den Typ seiner Ereignisse: type = "…"</translation>
  </message>
  <message>
   <source>a tar archive: unpack it first</source>
   <translation>ein tar-Archiv: bitte zuerst entpacken</translation>
  </message>
  <message>
   <source>a term of Erlang</source>
   <translation>ein Term von Erlang</translation>
  </message>
  <message>
   <source>a text</source>
   <translation>ein Text</translation>
  </message>
  <message>
   <source>a text (Markdown)</source>
   <translation>ein Text (Markdown)</translation>
  </message>
  <message>
   <source>a text document (OpenDocument)</source>
   <translation>ein Textdokument (OpenDocument)</translation>
  </message>
  <message>
   <source>a text document (RTF)</source>
   <translation>ein Textdokument (RTF)</translation>
  </message>
  <message>
   <source>a text has no closing quote</source>
   <translation>einem Text fehlt das schließende Anführungszeichen</translation>
  </message>
  <message>
   <source>a text with ${{…}} in it is computed, and not written out</source>
   <translation>ein Text mit ${{…}} darin wird berechnet und steht nicht da</translation>
  </message>
  <message>
   <source>a text with half a character in it</source>
   <translation>ein Text mit einem halben Zeichen darin</translation>
  </message>
  <message>
   <source>a trade in securities ({what}), which is not read</source>
   <translation>ein Handel mit Wertpapieren ({what}), der nicht gelesen wird</translation>
  </message>
  <message>
   <source>a value is missing before the comma</source>
   <translation>vor dem Komma fehlt ein Wert</translation>
  </message>
  <message>
   <source>a value is no number</source>
   <translation>ein Wert ist keine Zahl</translation>
  </message>
  <message>
   <source>a value that a database would have to work out</source>
   <translation>ein Wert, den erst eine Datenbank ausrechnen müsste</translation>
  </message>
  <message>
   <source>a web page</source>
   <translation>eine Webseite</translation>
  </message>
  <message>
   <source>a zip archive (an Excel or OpenDocument file is one too)</source>
   <translation>ein Zip-Archiv (auch eine Excel- oder OpenDocument-Datei ist eines)</translation>
  </message>
  <message>
   <source>a {name__} cannot be written digit for digit</source>
   <translation>ein {name__} lässt sich nicht Ziffer für Ziffer schreiben</translation>
  </message>
  <message>
   <source>about {rows:,} rows</source>
   <translation>etwa {rows:,} Zeilen</translation>
  </message>
  <message>
   <source>all of its files are left out</source>
   <translation>alle ihre Dateien sind ausgelassen</translation>
  </message>
  <message>
   <source>amount</source>
   <translation>Betrag</translation>
  </message>
  <message>
   <source>an Android app</source>
   <translation>eine Android-App</translation>
  </message>
  <message>
   <source>an Arrow file</source>
   <translation>eine Arrow-Datei</translation>
  </message>
  <message>
   <source>an Avro file</source>
   <translation>eine Avro-Datei</translation>
  </message>
  <message>
   <source>an HDF5 file</source>
   <translation>eine HDF5-Datei</translation>
  </message>
  <message>
   <source>an OFX file of more than {most_bytes} MiB is not read</source>
   <translation>eine OFX-Datei von mehr als {most_bytes} MiB wird nicht gelesen</translation>
  </message>
  <message>
   <source>an ORC file</source>
   <translation>eine ORC-Datei</translation>
  </message>
  <message>
   <source>an SQL dump of more than {most_bytes} MiB is not read</source>
   <translation>eine SQL-Sicherung von mehr als {most_bytes} MiB wird nicht gelesen</translation>
  </message>
  <message>
   <source>an address book (vCard)</source>
   <translation>ein Adressbuch (vCard)</translation>
  </message>
  <message>
   <source>an aggregate that has no fold</source>
   <translation>ein Aggregat, das sich nicht falten lässt</translation>
  </message>
  <message>
   <source>an alias by a pattern, which is not read</source>
   <translation>ein Alias mit einem Muster, das nicht gelesen wird</translation>
  </message>
  <message>
   <source>an alias, which is not followed</source>
   <translation>ein Alias, dem nicht gefolgt wird</translation>
  </message>
  <message>
   <source>an e-mail</source>
   <translation>eine E-Mail</translation>
  </message>
  <message>
   <source>an element that is no object</source>
   <translation>ein Element, das kein Objekt ist</translation>
  </message>
  <message>
   <source>an empty zip archive</source>
   <translation>ein leeres Zip-Archiv</translation>
  </message>
  <message>
   <source>an entry of too many lines</source>
   <translation>ein Eintrag von zu vielen Zeilen</translation>
  </message>
  <message>
   <source>an entry that its profile says is no event was left out here</source>
   <translation>hier wurde ein Eintrag ausgelassen, der laut Profil kein Ereignis ist</translation>
  </message>
  <message>
   <source>an entry without a date (D)</source>
   <translation>ein Eintrag ohne Datum (D)</translation>
  </message>
  <message>
   <source>an entry without an amount (T)</source>
   <translation>ein Eintrag ohne Betrag (T)</translation>
  </message>
  <message>
   <source>an escape that JSON does not have</source>
   <translation>eine Maskierung, die es in JSON nicht gibt</translation>
  </message>
  <message>
   <source>an event is joined with nothing but its own lists: unnest(…) AS item</source>
   <translation>ein Ereignis wird nur mit seinen eigenen Listen verbunden: unnest(…) AS item</translation>
  </message>
  <message>
   <source>an event needs a type</source>
   <translation>ein Ereignis braucht einen Typ</translation>
  </message>
  <message>
   <source>an old Excel or Word file</source>
   <translation>eine alte Excel- oder Word-Datei</translation>
  </message>
  <message>
   <source>an unwritten block</source>
   <translation>ein unbeschriebener Block</translation>
  </message>
  <message>
   <source>an unwritten block of NUL bytes</source>
   <translation>ein unbeschriebener Block aus NUL-Bytes</translation>
  </message>
  <message>
   <source>an unwritten block of {count:,} NUL byte</source>
   <translation>ein unbeschriebener Block von {count:,} NUL-Byte</translation>
  </message>
  <message>
   <source>an unwritten block of {count:,} NUL bytes</source>
   <translation>ein unbeschriebener Block von {count:,} NUL-Bytes</translation>
  </message>
  <message>
   <source>another file has taken its place; open it anew</source>
   <translation>eine andere Datei ist an seine Stelle getreten; bitte neu öffnen</translation>
  </message>
  <message>
   <source>another journal, which is not read: open it by itself</source>
   <translation>ein anderes Journal, das nicht gelesen wird: öffnen Sie es für sich</translation>
  </message>
  <message>
   <source>another program</source>
   <translation>ein anderes Programm</translation>
  </message>
  <message>
   <source>another program (process {pid})</source>
   <translation>ein anderes Programm (Prozess {pid})</translation>
  </message>
  <message>
   <source>another program is writing to it</source>
   <translation>ein anderes Programm schreibt gerade hinein</translation>
  </message>
  <message>
   <source>another program keeps writing to it, and for a private copy there is no room in {spool_dir} ({size_bytes:,} MiB): name a larger place with --cache or TMPDIR, or close that program</source>
   <translation>ein anderes Programm schreibt ständig hinein, und für eine private Kopie ist in {spool_dir} kein Platz ({size_bytes:,} MiB): bitte mit --cache oder TMPDIR einen größeren Ort nennen oder jenes Programm schließen</translation>
  </message>
  <message>
   <source>another program keeps writing to it: try again in a moment, or open a copy that SQLite itself makes ({how})</source>
   <translation>ein anderes Programm schreibt ständig hinein: gleich noch einmal versuchen oder eine Kopie öffnen, die SQLite selbst macht ({how})</translation>
  </message>
  <message>
   <source>another program writes to it without the lock</source>
   <translation>ein anderes Programm schreibt ohne die Sperre hinein</translation>
  </message>
  <message>
   <source>as written</source>
   <translation>wie geschrieben</translation>
  </message>
  <message>
   <source>attributes set</source>
   <translation>Attribute gesetzt</translation>
  </message>
  <message>
   <source>bad file descriptor</source>
   <translation>ungültiger Dateideskriptor</translation>
  </message>
  <message>
   <source>bank statement (OFX)</source>
   <translation>Kontoauszug (OFX)</translation>
  </message>
  <message>
   <source>bank statement (QIF)</source>
   <translation>Kontoauszug (QIF)</translation>
  </message>
  <message>
   <source>bank statement (SWIFT MT940)</source>
   <translation>Kontoauszug (SWIFT MT940)</translation>
  </message>
  <message>
   <source>bank statement ({kind})</source>
   <translation>Kontoauszug ({kind})</translation>
  </message>
  <message>
   <source>binary</source>
   <translation>binär</translation>
  </message>
  <message>
   <source>both sides of UNION ALL need as many columns</source>
   <translation>beide Seiten von UNION ALL brauchen gleich viele Spalten</translation>
  </message>
  <message>
   <source>by sequence</source>
   <translation>nach Sequenz</translation>
  </message>
  <message>
   <source>byte {byte:,}</source>
   <translation>Byte {byte:,}</translation>
  </message>
  <message>
   <source>byte {start} is not UTF-8 text</source>
   <translation>Byte {start} ist kein UTF-8-Text</translation>
  </message>
  <message>
   <source>bytes</source>
   <translation>Bytes</translation>
  </message>
  <message>
   <source>bytes in hexadecimal digits that are none</source>
   <translation>Bytes in hexadezimalen Ziffern, die keine sind</translation>
  </message>
  <message>
   <source>clocks never showed its time in {name}; it was read as if they had not been put forward</source>
   <translation>Uhren in {name} zeigten seine Zeit nie; sie wurde gelesen, als wären sie nicht vorgestellt worden</translation>
  </message>
  <message>
   <source>clocks showed its time twice in {name}; the first was taken</source>
   <translation>Uhren in {name} zeigten seine Zeit zweimal; die erste wurde genommen</translation>
  </message>
  <message>
   <source>column {column:,}</source>
   <translation>Spalte {column:,}</translation>
  </message>
  <message>
   <source>compacted: of each key only the last message is sure to be there, so earlier states may be missing</source>
   <translation>verdichtet: Von jedem Schlüssel ist nur die letzte Nachricht sicher da, frühere Zustände können also fehlen</translation>
  </message>
  <message>
   <source>cut short: the state of “{entity}” failed at event {failed:,}</source>
   <translation>abgebrochen: der Zustand von „{entity}“ ist bei Ereignis {failed:,} gescheitert</translation>
  </message>
  <message>
   <source>dates with the day first</source>
   <translation>Daten mit dem Tag vorn</translation>
  </message>
  <message>
   <source>dates with the month first</source>
   <translation>Daten mit dem Monat vorn</translation>
  </message>
  <message>
   <source>decide failed: {error}</source>
   <translation>decide ist gescheitert: {error}</translation>
  </message>
  <message>
   <source>decide returns events: objects with a type, and data</source>
   <translation>decide gibt Ereignisse zurück: Objekte mit einem type, und data</translation>
  </message>
  <message>
   <source>device or resource busy</source>
   <translation>Gerät oder Ressource belegt</translation>
  </message>
  <message>
   <source>disk quota exceeded</source>
   <translation>das Speicherkontingent ist erschöpft</translation>
  </message>
  <message>
   <source>each column needs a name: write … AS name</source>
   <translation>jede Spalte braucht einen Namen: … AS name</translation>
  </message>
  <message>
   <source>encrypted (Fernet)</source>
   <translation>verschlüsselt (Fernet)</translation>
  </message>
  <message>
   <source>event {number:,} of {events:,}: {error}</source>
   <translation>Ereignis {number:,} von {events:,}: {error}</translation>
  </message>
  <message>
   <source>event_object (OCEL 2.0)</source>
   <translation>event_object (OCEL 2.0)</translation>
  </message>
  <message>
   <source>events of the type {name} change nothing</source>
   <translation>Ereignisse vom Typ {name} ändern nichts</translation>
  </message>
  <message>
   <source>events without a type change nothing</source>
   <translation>Ereignisse ohne Typ ändern nichts</translation>
  </message>
  <message>
   <source>evolve failed: {error}</source>
   <translation>evolve ist gescheitert: {error}</translation>
  </message>
  <message>
   <source>evolve returned nothing: it must return the next state</source>
   <translation>evolve hat nichts zurückgegeben: es muss den nächsten Zustand zurückgeben</translation>
  </message>
  <message>
   <source>executors do not see {parent}, so all events come to the driver, for which its Java has {there:,} MB: give it --driver-memory {value}g, or write to a folder that all see</source>
   <translation>die Ausführenden sehen {parent} nicht, also kommen alle Ereignisse zum Treiber, für den sein Java {there:,} MB hat: --driver-memory {value}g gibt ihm genug, oder ein Ordner, den alle sehen</translation>
  </message>
  <message>
   <source>executors open files by their paths, and it has none</source>
   <translation>die Ausführenden öffnen Dateien über ihren Pfad, und sie hat keinen</translation>
  </message>
  <message>
   <source>expected a colon after the key</source>
   <translation>nach dem Schlüssel fehlt ein Doppelpunkt</translation>
  </message>
  <message>
   <source>expected a comma or a closing brace</source>
   <translation>ein Komma oder eine schließende geschweifte Klammer fehlt</translation>
  </message>
  <message>
   <source>expected a comma or a closing bracket</source>
   <translation>ein Komma oder eine schließende eckige Klammer fehlt</translation>
  </message>
  <message>
   <source>expected a comma or “{closing}”</source>
   <translation>ein Komma oder „{closing}“ wird erwartet</translation>
  </message>
  <message>
   <source>expected a key</source>
   <translation>ein Schlüssel wird erwartet</translation>
  </message>
  <message>
   <source>expected a key in double quotes</source>
   <translation>ein Schlüssel in doppelten Anführungszeichen fehlt</translation>
  </message>
  <message>
   <source>expected a value</source>
   <translation>ein Wert fehlt</translation>
  </message>
  <message>
   <source>expected position {expected:,}, but the log is at {actual:,}; nothing was written</source>
   <translation>erwartet war Position {expected:,}, das Log steht aber bei {actual:,}; nichts wurde geschrieben</translation>
  </message>
  <message>
   <source>expected table name</source>
   <translation>der Name einer Tabelle fehlt</translation>
  </message>
  <message>
   <source>expecting )</source>
   <translation>eine schließende Klammer ) fehlt</translation>
  </message>
  <message>
   <source>file exists</source>
   <translation>die Datei gibt es schon</translation>
  </message>
  <message>
   <source>file name too long</source>
   <translation>der Dateiname ist zu lang</translation>
  </message>
  <message>
   <source>file of upcasters</source>
   <translation>Datei mit Upcastern</translation>
  </message>
  <message>
   <source>file too large</source>
   <translation>die Datei ist zu groß</translation>
  </message>
  <message>
   <source>files far away are read where the driver has Java itself, not by Spark Connect</source>
   <translation>entfernte Dateien werden gelesen, wo der Driver selbst Java hat, nicht über Spark Connect</translation>
  </message>
  <message>
   <source>for the kind “{kind}”</source>
   <translation>für die Art „{kind}“</translation>
  </message>
  <message>
   <source>from when on it is to be read is no time: {said}</source>
   <translation>Ab wann gelesen werden soll, ist keine Zeit: {said}</translation>
  </message>
  <message>
   <source>from {since} on</source>
   <translation>ab {since}</translation>
  </message>
  <message>
   <source>give the money to</source>
   <translation>das Geld empfängt</translation>
  </message>
  <message>
   <source>half a UTF-16 character at the end</source>
   <translation>ein halbes UTF-16-Zeichen am Ende</translation>
  </message>
  <message>
   <source>hexadecimal digits</source>
   <translation>eine Folge hexadezimaler Ziffern</translation>
  </message>
  <message>
   <source>history folder</source>
   <translation>Verlaufsordner</translation>
  </message>
  <message>
   <source>how far its clock is ahead is not told in seconds: NAME=SECONDS</source>
   <translation>wie weit ihre Uhr vorgeht, ist nicht in Sekunden gesagt: NAME=SEKUNDEN</translation>
  </message>
  <message>
   <source>how many of the digits of its {what} are decimals is not a number</source>
   <translation>{what}: wie viele der Ziffern Nachkommastellen sind, ist keine Zahl</translation>
  </message>
  <message>
   <source>in a user's name or password @, / and # are written as %40, %2F and %23</source>
   <translation>in Namen und Passwort schreibt man @, / und # als %40, %2F und %23</translation>
  </message>
  <message>
   <source>incomplete last line</source>
   <translation>unvollständige letzte Zeile</translation>
  </message>
  <message>
   <source>input/output error</source>
   <translation>Ein- oder Ausgabefehler</translation>
  </message>
  <message>
   <source>invalid UTF-16</source>
   <translation>ungültiges UTF-16</translation>
  </message>
  <message>
   <source>invalid UTF-8</source>
   <translation>ungültiges UTF-8</translation>
  </message>
  <message>
   <source>invalid UTF-8: say --encoding if it is written in another one</source>
   <translation>ungültiges UTF-8: --encoding sagt, wenn es anders geschrieben ist</translation>
  </message>
  <message>
   <source>invalid argument</source>
   <translation>ungültiges Argument</translation>
  </message>
  <message>
   <source>invalid expression / Unexpected token</source>
   <translation>ungültiger Ausdruck oder unerwartetes Wort</translation>
  </message>
  <message>
   <source>is a directory</source>
   <translation>es ist ein Ordner</translation>
  </message>
  <message>
   <source>it asks for positions, which of several files only those with lines can tell</source>
   <translation>es fragt nach Positionen, die von mehreren Dateien nur solche aus Zeilen angeben können</translation>
  </message>
  <message>
   <source>it belongs to the first object that it names; the others stand under objects</source>
   <translation>es gehört zum ersten Objekt, das es nennt; die anderen stehen unter objects</translation>
  </message>
  <message>
   <source>it called itself too often</source>
   <translation>es hat sich zu oft selbst aufgerufen</translation>
  </message>
  <message>
   <source>it cannot be copied to be read: {strerror}</source>
   <translation>die Datei lässt sich zum Lesen nicht kopieren: {strerror}</translation>
  </message>
  <message>
   <source>it cannot be handed to a program: {error}</source>
   <translation>es lässt sich keinem Programm übergeben: {error}</translation>
  </message>
  <message>
   <source>it cannot be made: {strerror}</source>
   <translation>es kann nicht angelegt werden: {strerror}</translation>
  </message>
  <message>
   <source>it cannot be opened for writing: {error}</source>
   <translation>das Log lässt sich nicht zum Schreiben öffnen: {error}</translation>
  </message>
  <message>
   <source>it cannot be opened: {error}</source>
   <translation>die Datei lässt sich nicht öffnen: {error}</translation>
  </message>
  <message>
   <source>it cannot be reached: {down}</source>
   <translation>es ist nicht zu erreichen: {down}</translation>
  </message>
  <message>
   <source>it cannot be read</source>
   <translation>es lässt sich nicht lesen</translation>
  </message>
  <message>
   <source>it cannot be read within the memory allowed</source>
   <translation>mit dem erlaubten Speicher lässt es sich nicht lesen</translation>
  </message>
  <message>
   <source>it cannot be read: {why}</source>
   <translation>es kann nicht gelesen werden: {why}</translation>
  </message>
  <message>
   <source>it cannot be unpacked: {error}</source>
   <translation>die Datei lässt sich nicht entpacken: {error}</translation>
  </message>
  <message>
   <source>it cannot be written to: {error}</source>
   <translation>in das Log lässt sich nicht schreiben: {error}</translation>
  </message>
  <message>
   <source>it cannot be written: {error}</source>
   <translation>die Datei lässt sich nicht schreiben: {error}</translation>
  </message>
  <message>
   <source>it comes with the program and is never written to; append to a copy of it</source>
   <translation>die Datei gehört zum Programm und wird nie beschrieben; bitte an eine Kopie anfügen</translation>
  </message>
  <message>
   <source>it corrects the transaction {values}, which stays as it is</source>
   <translation>er berichtigt die Buchung {values}, die bleibt, wie sie ist</translation>
  </message>
  <message>
   <source>it could not be read again: {reason}</source>
   <translation>es ließe sich nicht wieder lesen: {reason}</translation>
  </message>
  <message>
   <source>it declares a document type or entities, which is not read</source>
   <translation>es erklärt einen Dokumenttyp oder Entitäten, was nicht gelesen wird</translation>
  </message>
  <message>
   <source>it declares no [[step]]</source>
   <translation>kein [[step]] ist angegeben</translation>
  </message>
  <message>
   <source>it does not define evolve(state, event)</source>
   <translation>es definiert evolve(state, event) nicht</translation>
  </message>
  <message>
   <source>it does not define {name} = {{(type, version): function}}</source>
   <translation>{name} = {{(type, version): function}} ist nicht definiert</translation>
  </message>
  <message>
   <source>it does not define {name}({arguments})</source>
   <translation>{name}({arguments}) ist nicht definiert</translation>
  </message>
  <message>
   <source>it does not name the record before it, though others do</source>
   <translation>der Datensatz nennt den vor ihm nicht, andere aber schon</translation>
  </message>
  <message>
   <source>it ends too early</source>
   <translation>es endet zu früh</translation>
  </message>
  <message>
   <source>it failed</source>
   <translation>es ist gescheitert</translation>
  </message>
  <message>
   <source>it fails when it is loaded: {error}</source>
   <translation>es scheitert beim Laden: {error}</translation>
  </message>
  <message>
   <source>it gives its events no numbers to go by; a profile says which member is one (sequence = …)</source>
   <translation>es gibt seinen Ereignissen keine Nummern, nach denen man gehen könnte; ein Profil sagt, welches Feld eine ist (sequence = …)</translation>
  </message>
  <message>
   <source>it gives nothing for {patience_s:g} seconds and may never end</source>
   <translation>seit {patience_s:g} Sekunden kommt nichts, und vielleicht endet es nie</translation>
  </message>
  <message>
   <source>it happened at {own}, before event {latest:,} ({before})</source>
   <translation>es geschah am {own}, vor Ereignis {latest:,} ({before})</translation>
  </message>
  <message>
   <source>it has become shorter since it was read; open it anew</source>
   <translation>das Log ist seit dem Lesen kürzer geworden; bitte neu öffnen</translation>
  </message>
  <message>
   <source>it has been closed</source>
   <translation>die Datei ist geschlossen worden</translation>
  </message>
  <message>
   <source>it has been closed for writing; open it anew</source>
   <translation>das Log ist zum Schreiben geschlossen worden; bitte neu öffnen</translation>
  </message>
  <message>
   <source>it has changed: read it anew</source>
   <translation>sie hat sich geändert: lies sie neu</translation>
  </message>
  <message>
   <source>it has no entities of a kind “{name}”, but of {known}</source>
   <translation>es hat keine Entitäten einer Art „{name}“, sondern von {known}</translation>
  </message>
  <message>
   <source>it has no list of records at {path}; those that it has: {there}</source>
   <translation>unter {path} steht keine Liste von Datensätzen; vorhanden sind: {there}</translation>
  </message>
  <message>
   <source>it has no row {header_row} with the names of its columns</source>
   <translation>es gibt keine Zeile {header_row} mit den Namen der Spalten</translation>
  </message>
  <message>
   <source>it has no seal, though records before it have one</source>
   <translation>der Datensatz hat kein Siegel, Datensätze vor ihm aber schon</translation>
  </message>
  <message>
   <source>it has no sequence number</source>
   <translation>es hat keine Sequenznummer</translation>
  </message>
  <message>
   <source>it has no size of its own and goes on past {most_unsized_bytes} MiB</source>
   <translation>die Datei hat keine eigene Größe und geht über {most_unsized_bytes} MiB hinaus</translation>
  </message>
  <message>
   <source>it has no tables</source>
   <translation>sie hat keine Tabellen</translation>
  </message>
  <message>
   <source>it has no time</source>
   <translation>es hat keine Zeit</translation>
  </message>
  <message>
   <source>it has no time that can be read</source>
   <translation>es hat keine lesbare Zeit</translation>
  </message>
  <message>
   <source>it has {table:,} columns; the limit is {most_columns:,}</source>
   <translation>die Tabelle hat {table:,} Spalten; die Grenze ist {most_columns:,}</translation>
  </message>
  <message>
   <source>it holds a value of more than {longest_cell_bytes} MiB</source>
   <translation>ein Wert darin hat mehr als {longest_cell_bytes} MiB</translation>
  </message>
  <message>
   <source>it holds no tables, or none that may be seen</source>
   <translation>sie hat keine Tabellen, oder keine, die man sehen darf</translation>
  </message>
  <message>
   <source>it imports something, and a program can load nothing here</source>
   <translation>es importiert etwas, und ein Programm kann hier nichts laden</translation>
  </message>
  <message>
   <source>it is a device, not a file</source>
   <translation>das ist ein Gerät, keine Datei</translation>
  </message>
  <message>
   <source>it is a folder, not a file</source>
   <translation>das ist ein Ordner, keine Datei</translation>
  </message>
  <message>
   <source>it is a history folder already: copy it</source>
   <translation>es ist schon ein Verlaufsordner: ihn kopieren</translation>
  </message>
  <message>
   <source>it is a history folder of a newer make ({version}): a newer History Explorer opens it</source>
   <translation>es ist ein Verlaufsordner neuerer Bauart ({version}): ein neuerer History Explorer öffnet ihn</translation>
  </message>
  <message>
   <source>it is a link to {readlink}, which does not exist</source>
   <translation>das ist eine Verknüpfung mit {readlink}, das es nicht gibt</translation>
  </message>
  <message>
   <source>it is a link; append to the file that it leads to</source>
   <translation>das ist eine Verknüpfung; bitte an die Datei anfügen, zu der sie führt</translation>
  </message>
  <message>
   <source>it is a list</source>
   <translation>es ist eine Liste</translation>
  </message>
  <message>
   <source>it is a named pipe; give its content through standard input instead</source>
   <translation>das ist eine benannte Pipe; ihr Inhalt kann über die Standardeingabe kommen</translation>
  </message>
  <message>
   <source>it is a program, which folds one event after the other: of several files in memory alone</source>
   <translation>es ist ein Programm, das ein Ereignis nach dem anderen faltet: von mehreren Dateien nur im Speicher</translation>
  </message>
  <message>
   <source>it is a row of another table, with other columns</source>
   <translation>es ist eine Zeile einer anderen Tabelle mit anderen Spalten</translation>
  </message>
  <message>
   <source>it is a socket or a device, not a file</source>
   <translation>das ist ein Socket oder ein Gerät, keine Datei</translation>
  </message>
  <message>
   <source>it is a socket, not a file</source>
   <translation>das ist ein Socket, keine Datei</translation>
  </message>
  <message>
   <source>it is closed</source>
   <translation>die Datei ist geschlossen</translation>
  </message>
  <message>
   <source>it is far away, and read once</source>
   <translation>es ist weit weg und wird einmal gelesen</translation>
  </message>
  <message>
   <source>it is larger than {most_spooled_bytes} GiB when unpacked</source>
   <translation>entpackt ist die Datei größer als {most_spooled_bytes} GiB</translation>
  </message>
  <message>
   <source>it is longer than any profile</source>
   <translation>es ist länger als jedes Profil</translation>
  </message>
  <message>
   <source>it is longer than any workspace: more than {most_bytes} MiB</source>
   <translation>so lang ist kein Arbeitsbereich: mehr als {most_bytes} MiB</translation>
  </message>
  <message>
   <source>it is longer than any {what}: more than 1 MiB</source>
   <translation>zu lang ({what}): mehr als 1 MiB</translation>
  </message>
  <message>
   <source>it is named twice, also as {seen}</source>
   <translation>sie ist zweimal genannt, auch als {seen}</translation>
  </message>
  <message>
   <source>it is named twice, or cannot be told from another file</source>
   <translation>es ist zweimal genannt oder von einer anderen Datei nicht zu unterscheiden</translation>
  </message>
  <message>
   <source>it is nested more than {deepest} levels deep</source>
   <translation>er ist mehr als {deepest} Ebenen tief verschachtelt</translation>
  </message>
  <message>
   <source>it is nested too deeply</source>
   <translation>es ist zu tief verschachtelt</translation>
  </message>
  <message>
   <source>it is no TOML</source>
   <translation>das ist kein TOML</translation>
  </message>
  <message>
   <source>it is no action (an object)</source>
   <translation>es ist keine Aktion (ein Objekt)</translation>
  </message>
  <message>
   <source>it is no address: there is a control character in it</source>
   <translation>das ist keine Adresse: ein Steuerzeichen steht darin</translation>
  </message>
  <message>
   <source>it is no address: what stands behind its question mark is odd</source>
   <translation>das ist keine Adresse: was hinter ihrem Fragezeichen steht, ist seltsam</translation>
  </message>
  <message>
   <source>it is no directive that is known</source>
   <translation>es ist keine bekannte Anweisung</translation>
  </message>
  <message>
   <source>it is no history folder: its manifest.json cannot be read</source>
   <translation>es ist kein Verlaufsordner: sein manifest.json lässt sich nicht lesen</translation>
  </message>
  <message>
   <source>it is no history folder: its manifest.json is something else's</source>
   <translation>es ist kein Verlaufsordner: sein manifest.json gehört zu etwas anderem</translation>
  </message>
  <message>
   <source>it is no history folder: its manifest.json is too large</source>
   <translation>es ist kein Verlaufsordner: sein manifest.json ist zu groß</translation>
  </message>
  <message>
   <source>it is no part of a statement</source>
   <translation>es gehört zu keinem Kontoauszug</translation>
  </message>
  <message>
   <source>it is no profile: {error}</source>
   <translation>es ist kein Profil: {error}</translation>
  </message>
  <message>
   <source>it is no row of the table</source>
   <translation>es ist keine Zeile der Tabelle</translation>
  </message>
  <message>
   <source>it is no row of the table: it has no day</source>
   <translation>es ist keine Zeile der Tabelle: Sie hat keinen Tag</translation>
  </message>
  <message>
   <source>it is no table: --header, --no-header and --columns are for CSV files</source>
   <translation>das ist keine Tabelle: --header, --no-header und --columns sind für CSV-Dateien</translation>
  </message>
  <message>
   <source>it is no transaction and no directive that is known</source>
   <translation>es ist keine Transaktion und keine bekannte Anweisung</translation>
  </message>
  <message>
   <source>it is no workspace: it names no log</source>
   <translation>das ist kein Arbeitsbereich: kein Log ist genannt</translation>
  </message>
  <message>
   <source>it is no workspace: {error}</source>
   <translation>das ist kein Arbeitsbereich: {error}</translation>
  </message>
  <message>
   <source>it is not a Python program</source>
   <translation>das ist kein Python-Programm</translation>
  </message>
  <message>
   <source>it is not a regular file</source>
   <translation>das ist keine gewöhnliche Datei</translation>
  </message>
  <message>
   <source>it is not as it was when it was read; open it anew</source>
   <translation>das Log ist nicht mehr, wie es gelesen wurde; bitte neu öffnen</translation>
  </message>
  <message>
   <source>it is not the record behind which line {number:,} was written</source>
   <translation>das ist nicht der Datensatz, hinter den Zeile {number:,} geschrieben wurde</translation>
  </message>
  <message>
   <source>it is not well-formed</source>
   <translation>es ist nicht wohlgeformt</translation>
  </message>
  <message>
   <source>it is opened as a copy, and none could be made: {reason}</source>
   <translation>geöffnet wird eine Kopie, und keine ließ sich machen: {reason}</translation>
  </message>
  <message>
   <source>it is read and written by pyarrow, which is not here: pip install "history-explorer[parquet]"</source>
   <translation>ihn liest und schreibt pyarrow, das hier fehlt: pip install "history-explorer[parquet]"</translation>
  </message>
  <message>
   <source>it is shorter by now than it was when it was opened</source>
   <translation>es ist inzwischen kürzer, als es beim Öffnen war</translation>
  </message>
  <message>
   <source>it is there already, and this program did not write it</source>
   <translation>die Datei gibt es schon, und dieses Programm hat sie nicht geschrieben</translation>
  </message>
  <message>
   <source>it must be a SELECT</source>
   <translation>es muss ein SELECT sein</translation>
  </message>
  <message>
   <source>it must be a SELECT … FROM events GROUP BY …</source>
   <translation>es muss ein SELECT … FROM events GROUP BY … sein</translation>
  </message>
  <message>
   <source>it must be one SELECT</source>
   <translation>es muss genau ein SELECT sein</translation>
  </message>
  <message>
   <source>it must say FROM events</source>
   <translation>FROM events fehlt</translation>
  </message>
  <message>
   <source>it names no account</source>
   <translation>kein Konto ist genannt</translation>
  </message>
  <message>
   <source>it names no amount</source>
   <translation>kein Betrag ist genannt</translation>
  </message>
  <message>
   <source>it names no amount that is a number</source>
   <translation>es nennt keinen Betrag, der eine Zahl ist</translation>
  </message>
  <message>
   <source>it names no entity, so it is no part of the state</source>
   <translation>keine Entität ist genannt, darum gehört es nicht zum Zustand</translation>
  </message>
  <message>
   <source>it needed more than {most_bytes} MiB of memory</source>
   <translation>es hat mehr als {most_bytes} MiB Speicher gebraucht</translation>
  </message>
  <message>
   <source>it needs Java 17, which is not here: apt-get install openjdk-17-jre-headless</source>
   <translation>sie braucht Java 17, das hier fehlt: apt-get install openjdk-17-jre-headless</translation>
  </message>
  <message>
   <source>it needs an aggregate: {all_kinds}</source>
   <translation>ein Aggregat fehlt: {all_kinds}</translation>
  </message>
  <message>
   <source>it needs pyspark, which is not here: pip install "history-explorer[spark]"</source>
   <translation>sie braucht pyspark, das hier fehlt: pip install "history-explorer[spark]"</translation>
  </message>
  <message>
   <source>it stands before the names of the columns</source>
   <translation>es steht vor den Namen der Spalten</translation>
  </message>
  <message>
   <source>it tells no kinds of entities, so none can have a read model of its own: “{name}”</source>
   <translation>es nennt keine Arten von Entitäten, also kann keine ein eigenes Lesemodell haben: „{name}“</translation>
  </message>
  <message>
   <source>it took longer than {most_seconds} s</source>
   <translation>es hat länger als {most_seconds} s gedauert</translation>
  </message>
  <message>
   <source>it unpacks to more than {most_ratio:,} times its size, so it was not opened</source>
   <translation>es entpackt sich auf mehr als das {most_ratio:,}-Fache seiner Größe und wurde darum nicht geöffnet</translation>
  </message>
  <message>
   <source>it unpacks to more than {ratio:,} times its size ({packing}), past the limit of {most_ratio}:1, so it was not opened</source>
   <translation>entpackt ist die Datei mehr als {ratio:,}-mal so groß ({packing}), über der Grenze von {most_ratio}:1; darum wurde sie nicht geöffnet</translation>
  </message>
  <message>
   <source>it was begun anew, and is written in another way: read it anew</source>
   <translation>sie wurde neu begonnen und ist anders geschrieben: lies sie neu</translation>
  </message>
  <message>
   <source>it was cut to {size:,} bytes: read it anew</source>
   <translation>sie wurde auf {size:,} Bytes gekürzt: lies sie neu</translation>
  </message>
  <message>
   <source>it was left in the middle of a write: “{name}” beside it says what must be undone first, and until then its rows may be half of a change. Nothing was read or touched. Open it once with the program that wrote it, or copy both files and run “sqlite3 {name2} .tables” on the copies; then open it again</source>
   <translation>die Datenbank wurde mitten im Schreiben verlassen: „{name}“ daneben sagt, was erst rückgängig gemacht werden muss, und bis dahin können ihre Zeilen zur Hälfte geändert sein. Nichts wurde gelesen oder angerührt. Bitte einmal mit dem Programm öffnen, das sie geschrieben hat, oder beide Dateien kopieren und „sqlite3 {name2} .tables“ auf die Kopien anwenden; danach wieder öffnen</translation>
  </message>
  <message>
   <source>it was stopped; what has been read is kept, and the same command goes on from there</source>
   <translation>es wurde angehalten; was gelesen wurde, bleibt erhalten, und derselbe Befehl macht dort weiter</translation>
  </message>
  <message>
   <source>its address is not right: {args}</source>
   <translation>die Adresse stimmt nicht: {args}</translation>
  </message>
  <message>
   <source>its address says {unknown}, which is not known here: known are {known}</source>
   <translation>in der Adresse steht {unknown}, was hier nicht bekannt ist: bekannt sind {known}</translation>
  </message>
  <message>
   <source>its amount follows from others, which cannot be read</source>
   <translation>ihr Betrag folgt aus anderen, die nicht lesbar sind</translation>
  </message>
  <message>
   <source>its balance is stated as {after}{named}, its entries give {there:f}</source>
   <translation>als Saldo steht da {after}{named}, die Einträge ergeben {there:f}</translation>
  </message>
  <message>
   <source>its checksum is wrong: it is not as it was written</source>
   <translation>die Prüfsumme stimmt nicht: es ist nicht, wie es geschrieben wurde</translation>
  </message>
  <message>
   <source>its clock is told, but there is no such file among them</source>
   <translation>ihre Uhr ist genannt, aber diese Datei ist nicht darunter</translation>
  </message>
  <message>
   <source>its end is not whole ({cause}), so nothing is appended; the last {length_bytes:,} bytes are: {text}</source>
   <translation>das Ende ist nicht heil ({cause}), darum wird nichts angefügt; die letzten {length_bytes:,} Bytes sind: {text}</translation>
  </message>
  <message>
   <source>its first messages are deleted already</source>
   <translation>die ersten Nachrichten sind schon gelöscht</translation>
  </message>
  <message>
   <source>its name holds a character that no file name can hold</source>
   <translation>im Namen steht ein Zeichen, das in keinem Dateinamen stehen kann</translation>
  </message>
  <message>
   <source>its name is no text, so it cannot be written into a workspace</source>
   <translation>der Name ist kein Text und lässt sich darum in keinen Arbeitsbereich schreiben</translation>
  </message>
  <message>
   <source>its own numbers do not fit into 64 bits: in their order it can be put in memory alone (--engine memory)</source>
   <translation>seine eigenen Nummern passen nicht in 64 Bit: in ihre Reihenfolge lässt es sich nur im Speicher bringen (--engine memory)</translation>
  </message>
  <message>
   <source>its payload is null: it says that something was deleted</source>
   <translation>die Nutzdaten sind null: es sagt, dass etwas gelöscht wurde</translation>
  </message>
  <message>
   <source>its payload is {what}, which cannot be looked into</source>
   <translation>die Nutzdaten sind {what}; hineinsehen lässt sich nicht</translation>
  </message>
  <message>
   <source>its process was ended, as nobody waits for it any more</source>
   <translation>sein Prozess wurde beendet, da niemand mehr darauf wartet</translation>
  </message>
  <message>
   <source>its process was ended: it took too long, or more memory than it is allowed</source>
   <translation>sein Prozess wurde beendet: er hat zu lange gedauert oder mehr Speicher gebraucht, als erlaubt ist</translation>
  </message>
  <message>
   <source>its read model cannot be one: {error}</source>
   <translation>sein Lesemodell kann keines sein: {error}</translation>
  </message>
  <message>
   <source>its records</source>
   <translation>ihre Datensätze</translation>
  </message>
  <message>
   <source>its rows come to more than {ratio:,} times its size and may never end, so it was not opened</source>
   <translation>die Zeilen ergeben mehr als das {ratio:,}-Fache der Dateigröße und enden vielleicht nie; darum wurde sie nicht geöffnet</translation>
  </message>
  <message>
   <source>its tables are {shown}</source>
   <translation>ihre Tabellen sind {shown}</translation>
  </message>
  <message>
   <source>its time is {at}: nothing was moved</source>
   <translation>seine Zeit ist {at}: Es wurde nichts bewegt</translation>
  </message>
  <message>
   <source>its torn end could not be taken off: {error}</source>
   <translation>das abgerissene Ende ließ sich nicht abnehmen: {error}</translation>
  </message>
  <message>
   <source>its {mark} is {mark2}: neither in nor out</source>
   <translation>sein Feld {mark} sagt {mark2}: weder Zu- noch Abgang</translation>
  </message>
  <message>
   <source>its {name} is {value}: it says that something was deleted</source>
   <translation>{name} ist {value}: es sagt, dass etwas gelöscht wurde</translation>
  </message>
  <message>
   <source>its {role} is d: it says that something was deleted</source>
   <translation>{role} ist d: es sagt, dass etwas gelöscht wurde</translation>
  </message>
  <message>
   <source>its {status} is {said}: nothing was moved</source>
   <translation>sein Feld {status} sagt {said}: Es wurde nichts bewegt</translation>
  </message>
  <message>
   <source>its {what} is not a number</source>
   <translation>{what}: das ist keine Zahl</translation>
  </message>
  <message>
   <source>its {what} {error}</source>
   <translation>{what}: {error}</translation>
  </message>
  <message>
   <source>journal (Beancount)</source>
   <translation>Journal (Beancount)</translation>
  </message>
  <message>
   <source>journal (hledger, Ledger)</source>
   <translation>Journal (hledger, Ledger)</translation>
  </message>
  <message>
   <source>keys stand in Spark's configuration (such as spark.hadoop.fs.s3a.access.key), not in the address</source>
   <translation>Schlüssel stehen in der Konfiguration von Spark (etwa spark.hadoop.fs.s3a.access.key), nicht in der Adresse</translation>
  </message>
  <message>
   <source>line {line:,}</source>
   <translation>Zeile {line:,}</translation>
  </message>
  <message>
   <source>line {line}, column {column}: {reason}</source>
   <translation>Zeile {line}, Spalte {column}: {reason}</translation>
  </message>
  <message>
   <source>logs in this encoding are not read: UTF-8, UTF-16 and those of one byte for each character are</source>
   <translation>Logs in dieser Kodierung werden nicht gelesen: UTF-8, UTF-16 und solche mit einem Byte je Zeichen schon</translation>
  </message>
  <message>
   <source>may not be read</source>
   <translation>darf nicht gelesen werden</translation>
  </message>
  <message>
   <source>messages are not there any more where it was read on, or the topic was made anew: what was read stays readable; read it anew to see what is there now</source>
   <translation>wo weitergelesen wurde, sind keine Nachrichten mehr da, oder das Topic wurde neu angelegt: Gelesenes bleibt lesbar; neu gelesen zeigt es, was jetzt da ist</translation>
  </message>
  <message>
   <source>more text after the end of the list</source>
   <translation>noch mehr Text nach dem Ende der Liste</translation>
  </message>
  <message>
   <source>more text after the end of the object</source>
   <translation>noch mehr Text nach dem Ende des Objekts</translation>
  </message>
  <message>
   <source>more text after the end of the record</source>
   <translation>noch mehr Text nach dem Ende des Datensatzes</translation>
  </message>
  <message>
   <source>more than one document</source>
   <translation>mehr als ein Dokument</translation>
  </message>
  <message>
   <source>more than one posting of a transaction without an amount</source>
   <translation>mehr als eine Buchung einer Transaktion ohne Betrag</translation>
  </message>
  <message>
   <source>more than {most_steps} steps</source>
   <translation>mehr als {most_steps} Schritte</translation>
  </message>
  <message>
   <source>more than {values:,} values; the limit is {most_values:,}</source>
   <translation>mehr als {values:,} Werte; die Grenze ist {most_values:,}</translation>
  </message>
  <message>
   <source>name the columns: an event may have any</source>
   <translation>die Spalten müssen benannt sein: ein Ereignis kann alle möglichen haben</translation>
  </message>
  <message>
   <source>near it is {there}</source>
   <translation>ähnlich ist {there}</translation>
  </message>
  <message>
   <source>neither a key nor an aggregate</source>
   <translation>weder ein Schlüssel noch ein Aggregat</translation>
  </message>
  <message>
   <source>nested more than {most_levels:,} levels deep</source>
   <translation>mehr als {most_levels:,} Ebenen tief verschachtelt</translation>
  </message>
  <message>
   <source>nested too deeply</source>
   <translation>zu tief verschachtelt</translation>
  </message>
  <message>
   <source>nested {levels:,} levels deep; the limit is {deepest}</source>
   <translation>{levels:,} Ebenen tief verschachtelt; die Grenze ist {deepest}</translation>
  </message>
  <message>
   <source>new events can only be appended to JSON Lines in UTF-8, and this is {shown}</source>
   <translation>neue Ereignisse lassen sich nur an JSON Lines in UTF-8 anfügen, und dies ist {shown}</translation>
  </message>
  <message>
   <source>newest first</source>
   <translation>Neuestes zuerst</translation>
  </message>
  <message>
   <source>no JSON object behind a key</source>
   <translation>kein JSON-Objekt hinter einem Schlüssel</translation>
  </message>
  <message>
   <source>no account to {what}</source>
   <translation>es fehlt das Konto, das {what}</translation>
  </message>
  <message>
   <source>no date says whether day or month stands first; the day was taken: {shown} is {read_as}</source>
   <translation>kein Datum sagt, ob der Tag oder der Monat vorn steht; angenommen wurde der Tag: {shown} ist {read_as}</translation>
  </message>
  <message>
   <source>no date says whether day or month stands first; the month was taken: {shown} is {read_as}</source>
   <translation>kein Datum sagt, ob der Tag oder der Monat vorn steht; angenommen wurde der Monat: {shown} ist {read_as}</translation>
  </message>
  <message>
   <source>no entry begins here</source>
   <translation>hier beginnt kein Eintrag</translation>
  </message>
  <message>
   <source>no event has a whole number at {path}, so there is nothing to go by</source>
   <translation>kein Ereignis hat unter {path} eine ganze Zahl, also gibt es nichts, wonach man gehen könnte</translation>
  </message>
  <message>
   <source>no event has the id “{value}”</source>
   <translation>kein Ereignis hat die Kennung „{value}“</translation>
  </message>
  <message>
   <source>no event has “{path}”</source>
   <translation>kein Ereignis hat „{path}“</translation>
  </message>
  <message>
   <source>no event is about “{value}”</source>
   <translation>kein Ereignis handelt von „{value}“</translation>
  </message>
  <message>
   <source>no event is of the type “{value}”</source>
   <translation>kein Ereignis ist vom Typ „{value}“</translation>
  </message>
  <message>
   <source>no field was taken for the time; {like} looks like one</source>
   <translation>kein Feld wurde als Zeit genommen; {like} sieht wie eine aus</translation>
  </message>
  <message>
   <source>no message, but what the tool that wrote them says</source>
   <translation>keine Nachricht, sondern eine Meldung des Werkzeugs, das sie schrieb</translation>
  </message>
  <message>
   <source>no new owner</source>
   <translation>kein neuer Besitzer</translation>
  </message>
  <message>
   <source>no object</source>
   <translation>kein Objekt</translation>
  </message>
  <message>
   <source>no opening balance is stated: {before:f} is what its balance of {ledger:f} {currency} at the end needs</source>
   <translation>ein Anfangssaldo ist nicht genannt: {before:f} ist, was der Saldo von {ledger:f} {currency} am Ende voraussetzt</translation>
  </message>
  <message>
   <source>no password is known for {user}</source>
   <translation>für {user} ist kein Passwort bekannt</translation>
  </message>
  <message>
   <source>no record has a field {wanted}</source>
   <translation>kein Eintrag hat ein Feld {wanted}</translation>
  </message>
  <message>
   <source>no record has a field {wanted}; {others}</source>
   <translation>kein Datensatz hat ein Feld {wanted}; {others}</translation>
  </message>
  <message>
   <source>no record has any</source>
   <translation>kein Datensatz hat überhaupt eines</translation>
  </message>
  <message>
   <source>no space left on device</source>
   <translation>auf dem Datenträger ist kein Platz mehr</translation>
  </message>
  <message>
   <source>no step leads from version {version:d} of {type}</source>
   <translation>kein Schritt führt von Version {version:d} von {type} weiter</translation>
  </message>
  <message>
   <source>no step leads from version {version:d} of {type} to {newest:d}</source>
   <translation>kein Schritt führt von Version {version:d} von {type} zu {newest:d}</translation>
  </message>
  <message>
   <source>no such file or directory</source>
   <translation>diese Datei oder diesen Ordner gibt es nicht</translation>
  </message>
  <message>
   <source>none of its tables looks like one of events; --table names one: {there}</source>
   <translation>keine ihrer Tabellen sieht nach Ereignissen aus; --table nennt eine: {there}</translation>
  </message>
  <message>
   <source>not a directory</source>
   <translation>es ist kein Ordner</translation>
  </message>
  <message>
   <source>not an event (a JSON object)</source>
   <translation>kein Ereignis (ein JSON-Objekt)</translation>
  </message>
  <message>
   <source>nothing can be appended: {joined} is told by several members</source>
   <translation>nichts kann angehängt werden: {joined} steht in mehreren Feldern</translation>
  </message>
  <message>
   <source>nothing can be appended: {where} must be wrapped as the others are</source>
   <translation>nichts kann angehängt werden: {where} müsste verpackt werden wie bei den anderen</translation>
  </message>
  <message>
   <source>nothing here reads such an address: {known} are read</source>
   <translation>solche Adressen werden hier nicht gelesen, nur {known}</translation>
  </message>
  <message>
   <source>nothing in it could be read as an event: {reason}</source>
   <translation>nichts darin ließ sich als Ereignis lesen: {reason}</translation>
  </message>
  <message>
   <source>nothing in it says what happened, when, and to what</source>
   <translation>nichts darin sagt, was wann womit geschehen ist</translation>
  </message>
  <message>
   <source>nothing stands behind it: it says that something was deleted</source>
   <translation>nichts steht dahinter: es sagt, dass etwas gelöscht wurde</translation>
  </message>
  <message>
   <source>null, not an event (a JSON object)</source>
   <translation>null, kein Ereignis (ein JSON-Objekt)</translation>
  </message>
  <message>
   <source>objects that Java has serialised</source>
   <translation>von Java serialisierte Objekte</translation>
  </message>
  <message>
   <source>of which kind an entity is, only its name tells</source>
   <translation>von welcher Art eine Entität ist, sagt nur ihr Name</translation>
  </message>
  <message>
   <source>of {told:,} rows only {rows:,} have come</source>
   <translation>von {told:,} Zeilen sind nur {rows:,} gekommen</translation>
  </message>
  <message>
   <source>only a sum can be 0 from the beginning, not {kind}</source>
   <translation>nur eine Summe kann von Anfang an 0 sein, nicht {kind}</translation>
  </message>
  <message>
   <source>only its beginning has been read, and a history folder is of a whole log</source>
   <translation>nur sein Anfang ist gelesen, und ein Verlaufsordner ist der eines ganzen Logs</translation>
  </message>
  <message>
   <source>only sums and counts can be added up</source>
   <translation>nur Summen und Anzahlen lassen sich zusammenzählen</translation>
  </message>
  <message>
   <source>only the beginning of the log has been read</source>
   <translation>nur der Anfang des Logs ist gelesen</translation>
  </message>
  <message>
   <source>only the outermost SELECT may GROUP BY</source>
   <translation>nur das äußerste SELECT darf GROUP BY haben</translation>
  </message>
  <message>
   <source>opening balance</source>
   <translation>Anfangsbestand</translation>
  </message>
  <message>
   <source>operation not permitted</source>
   <translation>das ist nicht erlaubt</translation>
  </message>
  <message>
   <source>other rows have</source>
   <translation>andere Zeilen haben</translation>
  </message>
  <message>
   <source>part of a batch of {count:,} events that was not written to its end</source>
   <translation>Teil eines Stapels von {count:,} Ereignissen, der nicht zu Ende geschrieben wurde</translation>
  </message>
  <message>
   <source>permission denied</source>
   <translation>keine Berechtigung</translation>
  </message>
  <message>
   <source>pip install "history-explorer[{extra}]"</source>
   <translation>pip install "history-explorer[{extra}]"</translation>
  </message>
  <message>
   <source>printed table</source>
   <translation>gedruckte Tabelle</translation>
  </message>
  <message>
   <source>pyspark needs pandas for it: pip install "history-explorer[spark]"</source>
   <translation>pyspark braucht dafür pandas: pip install "history-explorer[spark]"</translation>
  </message>
  <message>
   <source>read model</source>
   <translation>Lesemodell</translation>
  </message>
  <message>
   <source>read-only file system</source>
   <translation>das Dateisystem ist nur zum Lesen</translation>
  </message>
  <message>
   <source>required keyword: {keyword}</source>
   <translation>ein Wort fehlt: {keyword}</translation>
  </message>
  <message>
   <source>rows of the table were changed or deleted: what was read at {clock} stays readable; read it anew to see what is there now</source>
   <translation>Zeilen der Tabelle wurden geändert oder gelöscht: was um {clock} gelesen wurde, bleibt lesbar; neu gelesen zeigt sich, was jetzt dort steht</translation>
  </message>
  <message>
   <source>some have a decimal comma, others a decimal point; {example}</source>
   <translation>manche haben ein Dezimalkomma, andere einen Dezimalpunkt; {example}</translation>
  </message>
  <message>
   <source>some have a decimal point, so that 1,000 means 1000</source>
   <translation>manche haben einen Dezimalpunkt, sodass 1,000 tausend bedeutet</translation>
  </message>
  <message>
   <source>something else stands there, and is never written over</source>
   <translation>dort steht etwas anderes, das nie überschrieben wird</translation>
  </message>
  <message>
   <source>something else stands where rows would lie until they are sorted</source>
   <translation>dort, wo Zeilen bis zum Sortieren lägen, steht etwas anderes</translation>
  </message>
  <message>
   <source>sqlite3 "{name}" ".backup copy.db"</source>
   <translation>sqlite3 "{name}" ".backup copy.db"</translation>
  </message>
  <message>
   <source>stale file handle</source>
   <translation>die Datei ist nicht mehr erreichbar</translation>
  </message>
  <message>
   <source>sum, count, min, max, first, last and avg</source>
   <translation>sum, count, min, max, first, last und avg</translation>
  </message>
  <message>
   <source>table</source>
   <translation>Tabelle</translation>
  </message>
  <message>
   <source>take the money from</source>
   <translation>das Geld gibt</translation>
  </message>
  <message>
   <source>the -wal beside it has pages of {page_bytes:,} bytes and the database has others, so they do not belong together</source>
   <translation>die -wal daneben hat Seiten von {page_bytes:,} Bytes und die Datenbank andere; darum gehören sie nicht zusammen</translation>
  </message>
  <message>
   <source>the -wal beside it is of a version that is not known ({version})</source>
   <translation>die -wal daneben ist von einer unbekannten Version ({version})</translation>
  </message>
  <message>
   <source>the Spark engine</source>
   <translation>die Spark-Engine</translation>
  </message>
  <message>
   <source>the XML cannot be read: {said}</source>
   <translation>das XML ist nicht lesbar: {said}</translation>
  </message>
  <message>
   <source>the XML ends early</source>
   <translation>das XML endet vorzeitig</translation>
  </message>
  <message>
   <source>the XML holds a DTD, which is not read</source>
   <translation>das XML enthält eine DTD, die nicht gelesen wird</translation>
  </message>
  <message>
   <source>the XML holds an entity of its own, which is not read</source>
   <translation>das XML enthält eine eigene Entität, die nicht gelesen wird</translation>
  </message>
  <message>
   <source>the XML holds an entry of more than {most_parts:,} parts</source>
   <translation>das XML enthält einen Eintrag von mehr als {most_parts:,} Teilen</translation>
  </message>
  <message>
   <source>the XML holds an entry of more than {most_text:,} characters</source>
   <translation>das XML enthält einen Eintrag von mehr als {most_text:,} Zeichen</translation>
  </message>
  <message>
   <source>the XML holds elements nested more than {deepest} deep</source>
   <translation>das XML enthält Elemente, die mehr als {deepest} tief verschachtelt sind</translation>
  </message>
  <message>
   <source>the actions are no text that can be read</source>
   <translation>die Aktionen sind kein lesbarer Text</translation>
  </message>
  <message>
   <source>the actions behind it cannot be read</source>
   <translation>die Aktionen dahinter sind nicht lesbar</translation>
  </message>
  <message>
   <source>the archive ends early</source>
   <translation>das Archiv endet vorzeitig</translation>
  </message>
  <message>
   <source>the batch has {data:,} bytes; the limit is 256 MiB</source>
   <translation>der Stapel hat {data:,} Bytes; die Grenze sind 256 MiB</translation>
  </message>
  <message>
   <source>the brackets do not match</source>
   <translation>die Klammern passen nicht zueinander</translation>
  </message>
  <message>
   <source>the broker does not answer</source>
   <translation>der Broker antwortet nicht</translation>
  </message>
  <message>
   <source>the broker refuses: {told}</source>
   <translation>der Broker lehnt ab: {told}</translation>
  </message>
  <message>
   <source>the bytes of its events are not at hand: the log {name}, of which this folder was made</source>
   <translation>die Bytes seiner Ereignisse sind nicht zur Hand: das Log {name}, aus dem dieser Ordner gemacht ist</translation>
  </message>
  <message>
   <source>the cluster has failed, and its own log says more: {told}. Where the driver's memory was full, --driver-memory gives it more</source>
   <translation>der Cluster ist gescheitert, und sein eigenes Protokoll sagt mehr: {told}. Wo der Speicher des Drivers voll war, gibt ihm --driver-memory mehr</translation>
  </message>
  <message>
   <source>the connection was lost: {said}</source>
   <translation>die Verbindung ist abgerissen: {said}</translation>
  </message>
  <message>
   <source>the data of an event is an object</source>
   <translation>die Daten (data) eines Ereignisses sind ein Objekt</translation>
  </message>
  <message>
   <source>the database is damaged or no SQLite database at all</source>
   <translation>die Datenbank ist beschädigt oder gar keine SQLite-Datenbank</translation>
  </message>
  <message>
   <source>the database refuses: {said}</source>
   <translation>die Datenbank lehnt ab: {said}</translation>
  </message>
  <message>
   <source>the end of this entry (^) is missing</source>
   <translation>das Ende dieses Eintrags (^) fehlt</translation>
  </message>
  <message>
   <source>the entry is of {amount:f} {currency}, its {known:,} transactions come to {total:f}</source>
   <translation>der Eintrag lautet über {amount:f} {currency}, seine {known:,} Buchungen ergeben {total:f}</translation>
  </message>
  <message>
   <source>the event has {raw:,} bytes; the limit is {limit} MiB</source>
   <translation>das Ereignis hat {raw:,} Bytes; die Grenze sind {limit} MiB</translation>
  </message>
  <message>
   <source>the event that stood here cannot be read any more; has the file been changed?</source>
   <translation>das Ereignis, das hier stand, lässt sich nicht mehr lesen; wurde die Datei geändert?</translation>
  </message>
  <message>
   <source>the events have more than {max_fields} fields, of which the state shows the first {max_fields2}</source>
   <translation>die Ereignisse haben mehr als {max_fields} Felder; der Zustand zeigt davon die ersten {max_fields2}</translation>
  </message>
  <message>
   <source>the folder does not have the history in this order ({order}): open the log itself for that</source>
   <translation>der Ordner hat den Verlauf nicht in dieser Reihenfolge ({order}): dafür das Log selbst öffnen</translation>
  </message>
  <message>
   <source>the form of an entity's name has its {{kind}} and its {{id}} in it, once each</source>
   <translation>die Form eines Namens hat {{kind}} und {{id}}, je einmal</translation>
  </message>
  <message>
   <source>the gzip data are damaged</source>
   <translation>die gzip-Daten sind beschädigt</translation>
  </message>
  <message>
   <source>the gzip data end early</source>
   <translation>die gzip-Daten enden zu früh</translation>
  </message>
  <message>
   <source>the header names</source>
   <translation>die Kopfzeile hat</translation>
  </message>
  <message>
   <source>the history folder is damaged: its manifest is not as it was written</source>
   <translation>der Verlaufsordner ist beschädigt: sein Manifest ist nicht, wie es geschrieben wurde</translation>
  </message>
  <message>
   <source>the history folder is damaged: {file} is not as it was written</source>
   <translation>der Verlaufsordner ist beschädigt: {file} ist nicht, wie es geschrieben wurde</translation>
  </message>
  <message>
   <source>the history folder is not whole: {file} is missing</source>
   <translation>der Verlaufsordner ist nicht vollständig: {file} fehlt</translation>
  </message>
  <message>
   <source>the id {id} was already used by event {first:,}</source>
   <translation>die Kennung {id} hat schon Ereignis {first:,}</translation>
  </message>
  <message>
   <source>the key "{twice}" appears twice; the last value counts</source>
   <translation>der Schlüssel „{twice}“ steht zweimal da; der letzte Wert zählt</translation>
  </message>
  <message>
   <source>the key “{twice}” appears twice</source>
   <translation>der Schlüssel „{twice}“ steht zweimal da</translation>
  </message>
  <message>
   <source>the kind differs from event to event</source>
   <translation>die Art ist von Ereignis zu Ereignis verschieden</translation>
  </message>
  <message>
   <source>the list of events is never closed</source>
   <translation>die Liste der Ereignisse wird nie geschlossen</translation>
  </message>
  <message>
   <source>the log begins with what happened last</source>
   <translation>das Log beginnt mit dem, was zuletzt geschah</translation>
  </message>
  <message>
   <source>the log does not stand in the order of its own numbers</source>
   <translation>das Protokoll steht nicht in der Reihenfolge seiner eigenen Nummern</translation>
  </message>
  <message>
   <source>the log is not UTF-8, so it was read as {encoding}; --encoding says otherwise</source>
   <translation>das Log ist nicht UTF-8 und wurde darum als {encoding} gelesen; --encoding sagt es anders</translation>
  </message>
  <message>
   <source>the log never had the head {head}…: its end was cut off, or something before it was changed</source>
   <translation>das Log hatte nie den Kopf {head}…: sein Ende wurde abgeschnitten, oder etwas davor wurde geändert</translation>
  </message>
  <message>
   <source>the log of a web server (text)</source>
   <translation>das Log eines Webservers (Text)</translation>
  </message>
  <message>
   <source>the log states a balance of {stated:f} beside its entries, they give {there:f}</source>
   <translation>das Protokoll nennt neben seinen Einträgen einen Saldo von {stated:f}, sie ergeben {there:f}</translation>
  </message>
  <message>
   <source>the medium has not confirmed it: {error}</source>
   <translation>der Datenträger hat es nicht bestätigt: {error}</translation>
  </message>
  <message>
   <source>the names of the columns once more</source>
   <translation>die Namen der Spalten noch einmal</translation>
  </message>
  <message>
   <source>the next statement begins with {stated:f} {currency}, the entries before it give {balance:f}</source>
   <translation>der nächste Auszug beginnt mit {stated:f} {currency}, die Einträge davor ergeben {balance:f}</translation>
  </message>
  <message>
   <source>the number {value}, a large object that is kept elsewhere</source>
   <translation>die Zahl {value}, ein großes Objekt, das anderswo liegt</translation>
  </message>
  <message>
   <source>the object is never closed</source>
   <translation>das Objekt wird nie geschlossen</translation>
  </message>
  <message>
   <source>the order is one of {orders}</source>
   <translation>die Reihenfolge ist eine von {orders}</translation>
  </message>
  <message>
   <source>the payload may not have a member “{name}”: the log has another use for it</source>
   <translation>die Nutzdaten dürfen kein „{name}“ haben: das Log braucht es für etwas anderes</translation>
  </message>
  <message>
   <source>the postings of its transaction come to {total:f} {commodity}, not to nothing</source>
   <translation>die Posten seiner Buchung ergeben {total:f} {commodity}, nicht nichts</translation>
  </message>
  <message>
   <source>the profile says “{meant}” of {kind}: it is one of {value}</source>
   <translation>das Profil sagt „{meant}“ von {kind}: möglich sind {value}</translation>
  </message>
  <message>
   <source>the quotes in this row do not match</source>
   <translation>die Anführungszeichen in dieser Zeile passen nicht zueinander</translation>
  </message>
  <message>
   <source>the reading was stopped here: what comes behind it in the source was not read</source>
   <translation>hier wurde das Lesen angehalten: was in der Quelle dahinter steht, wurde nicht gelesen</translation>
  </message>
  <message>
   <source>the record ends in the middle</source>
   <translation>der Datensatz endet mittendrin</translation>
  </message>
  <message>
   <source>the role {role} may not read the table {table}; whoever owns it can allow that: GRANT SELECT ON {schema}.{name} TO {role2}</source>
   <translation>die Rolle {role} darf die Tabelle {table} nicht lesen; wem sie gehört, kann das erlauben: GRANT SELECT ON {schema}.{name} TO {role2}</translation>
  </message>
  <message>
   <source>the row with the number {number} is not there any more, or another one: what was read at {clock} stays readable; read it anew to see what is there now</source>
   <translation>die Zeile mit der Nummer {number} ist nicht mehr da oder eine andere: was um {clock} gelesen wurde, bleibt lesbar; neu gelesen zeigt sich, was jetzt dort steht</translation>
  </message>
  <message>
   <source>the state</source>
   <translation>der Zustand</translation>
  </message>
  <message>
   <source>the statement ends with {stated:f} {currency}, its entries give {there:f}: {apart:f} apart</source>
   <translation>der Auszug endet mit {stated:f} {currency}, seine Einträge ergeben {there:f}: {apart:f} Unterschied</translation>
  </message>
  <message>
   <source>the states have more than {max_fields} columns</source>
   <translation>die Zustände haben mehr als {max_fields} Spalten</translation>
  </message>
  <message>
   <source>the step from version {version} of {type}</source>
   <translation>der Schritt von Version {version} von {type}</translation>
  </message>
  <message>
   <source>the step of {kind} leads from version {version} to {table}: a step is one version</source>
   <translation>der Schritt von {kind} führt von Version {version} zu {table}: ein Schritt ist eine Version</translation>
  </message>
  <message>
   <source>the step of {kind} needs the version it begins at: from = 1</source>
   <translation>der Schritt von {kind} braucht die Version, bei der er beginnt: from = 1</translation>
  </message>
  <message>
   <source>the steps go round in a loop: {way}</source>
   <translation>die Schritte drehen sich im Kreis: {way}</translation>
  </message>
  <message>
   <source>the text ends here</source>
   <translation>der Text endet hier</translation>
  </message>
  <message>
   <source>the time "{shown}" is not a time that can be read</source>
   <translation>die Zeit „{shown}“ ist keine lesbare Zeit</translation>
  </message>
  <message>
   <source>the time {at} is outside the years 1678 to 2261</source>
   <translation>die Zeit {at} liegt außerhalb der Jahre 1678 bis 2261</translation>
  </message>
  <message>
   <source>the time “{given}” is not a time that can be read</source>
   <translation>die Zeit „{given}“ ist keine lesbare Zeit</translation>
  </message>
  <message>
   <source>the topic is not there any more</source>
   <translation>das Topic ist nicht mehr da</translation>
  </message>
  <message>
   <source>the topic is not there any more: what was read stays readable</source>
   <translation>das Topic ist nicht mehr da: Gelesenes bleibt lesbar</translation>
  </message>
  <message>
   <source>the topic is not there any more: {told}</source>
   <translation>das Topic ist nicht mehr da: {told}</translation>
  </message>
  <message>
   <source>the topic was made anew: what was read stays readable; read it anew to see what is there now</source>
   <translation>das Topic wurde neu angelegt: Gelesenes bleibt lesbar; neu gelesen zeigt es, was jetzt da ist</translation>
  </message>
  <message>
   <source>the upcasters ended their process</source>
   <translation>die Upcaster haben ihren Prozess beendet</translation>
  </message>
  <message>
   <source>the value of this key is not written out</source>
   <translation>der Wert dieses Schlüssels steht nicht da</translation>
  </message>
  <message>
   <source>the values of this row cannot be read</source>
   <translation>die Werte dieser Zeile sind nicht lesbar</translation>
  </message>
  <message>
   <source>the zip data are damaged</source>
   <translation>die zip-Daten sind beschädigt</translation>
  </message>
  <message>
   <source>the zip data end early</source>
   <translation>die zip-Daten enden vorzeitig</translation>
  </message>
  <message>
   <source>the zstd data are damaged</source>
   <translation>die zstd-Daten sind beschädigt</translation>
  </message>
  <message>
   <source>the zstd data end early</source>
   <translation>die zstd-Daten enden zu früh</translation>
  </message>
  <message>
   <source>the {wrapped} of its events</source>
   <translation>das Feld {wrapped} der Ereignisse</translation>
  </message>
  <message>
   <source>there are other bytes after the end of the gzip data</source>
   <translation>nach dem Ende der gzip-Daten stehen andere Bytes</translation>
  </message>
  <message>
   <source>there are two columns “{name}”</source>
   <translation>es gibt zwei Spalten „{name}“</translation>
  </message>
  <message>
   <source>there are two steps from version {version} of {type}</source>
   <translation>es gibt zwei Schritte von Version {version} von {type}</translation>
  </message>
  <message>
   <source>there are {shown}</source>
   <translation>es gibt {shown}</translation>
  </message>
  <message>
   <source>there is a gap: no step leads from version {version} of {goal} to {version2}, though {newest} is the newest</source>
   <translation>eine Lücke: kein Schritt führt von Version {version} von {goal} zu {version2}, obwohl {newest} die neueste ist</translation>
  </message>
  <message>
   <source>there is a new file, {strangers}: read anew, it joins at its place</source>
   <translation>eine neue Datei ist da, {strangers}: neu gelesen kommt sie an ihren Platz</translation>
  </message>
  <message>
   <source>there is no CAST to {kind} here</source>
   <translation>einen CAST zu {kind} gibt es hier nicht</translation>
  </message>
  <message>
   <source>there is no column {name} in the SELECT list</source>
   <translation>in der SELECT-Liste gibt es keine Spalte {name}</translation>
  </message>
  <message>
   <source>there is no column “{first}”; there are {there}</source>
   <translation>es gibt keine Spalte „{first}“; es gibt {there}</translation>
  </message>
  <message>
   <source>there is no encoding of this name; --encoding windows-1252 is one</source>
   <translation>eine Kodierung dieses Namens gibt es nicht; --encoding windows-1252 ist eine</translation>
  </message>
  <message>
   <source>there is no file in it</source>
   <translation>es ist keine Datei darin</translation>
  </message>
  <message>
   <source>there is no file {unknown} among them: they are {there}</source>
   <translation>eine Datei {unknown} ist nicht darunter: es sind {there}</translation>
  </message>
  <message>
   <source>there is no history folder: it has no manifest.json</source>
   <translation>dort ist kein Verlaufsordner: er hat kein manifest.json</translation>
  </message>
  <message>
   <source>there is no number with {decimals} decimals</source>
   <translation>eine Zahl mit {decimals} Nachkommastellen gibt es nicht</translation>
  </message>
  <message>
   <source>there is no place to unpack it: {error}</source>
   <translation>zum Entpacken ist kein Ort da: {error}</translation>
  </message>
  <message>
   <source>there is no room for what has come: {error}</source>
   <translation>für das, was hinzukam, ist kein Platz: {error}</translation>
  </message>
  <message>
   <source>there is no setting “{told}”: they are anonymous, endpoint and region</source>
   <translation>es gibt keine Einstellung „{told}“: es sind anonymous, endpoint und region</translation>
  </message>
  <message>
   <source>there is no such file</source>
   <translation>diese Datei gibt es nicht</translation>
  </message>
  <message>
   <source>there is no such read model: it is {names} or a {kinds} file</source>
   <translation>ein solches Lesemodell gibt es nicht: es ist {names} oder eine Datei der Art {kinds}</translation>
  </message>
  <message>
   <source>there is no table “{name}”; there is events</source>
   <translation>es gibt keine Tabelle „{name}“; es gibt events</translation>
  </message>
  <message>
   <source>there is no table “{wanted}”; there are {there}</source>
   <translation>eine Tabelle „{wanted}“ gibt es nicht, aber {there}</translation>
  </message>
  <message>
   <source>there is no time zone {name}; Europe/Berlin is one</source>
   <translation>es gibt keine Zeitzone {name}; Europe/Berlin ist eine</translation>
  </message>
  <message>
   <source>there is no topic to read</source>
   <translation>es gibt kein Topic zum Lesen</translation>
  </message>
  <message>
   <source>there is no topic {topic}</source>
   <translation>es gibt kein Topic {topic}</translation>
  </message>
  <message>
   <source>there is no “{tree}” here, only [[step]]</source>
   <translation>„{tree}“ gibt es hier nicht, nur [[step]]</translation>
  </message>
  <message>
   <source>there were {amount} before it</source>
   <translation>davor waren {amount} da</translation>
  </message>
  <message>
   <source>these are {found:,} files; at most {most_files} are read together</source>
   <translation>das sind {found:,} Dateien; höchstens {most_files} werden zusammen gelesen</translation>
  </message>
  <message>
   <source>they are rows of a table, and nothing says which row each is: the state is that of the last one</source>
   <translation>es sind Zeilen einer Tabelle, und nichts sagt, welche Zeile jede ist: Der Zustand ist der der letzten</translation>
  </message>
  <message>
   <source>this :61: does not say when, which way and how much, as MT940 has it</source>
   <translation>dieses :61: sagt nicht wie in MT940, wann, in welche Richtung und wie viel</translation>
  </message>
  <message>
   <source>this :{tag}: is no balance that can be read</source>
   <translation>dieses :{tag}: ist kein lesbarer Saldo</translation>
  </message>
  <message>
   <source>this Parquet file cannot be read: {splitlines}</source>
   <translation>diese Parquet-Datei ist nicht lesbar: {splitlines}</translation>
  </message>
  <message>
   <source>this SQL dump holds no rows</source>
   <translation>diese SQL-Sicherung enthält keine Zeilen</translation>
  </message>
  <message>
   <source>this SQL dump holds no table of events: its tables are {holds}</source>
   <translation>diese SQL-Sicherung enthält keine Tabelle mit Ereignissen: ihre Tabellen sind {holds}</translation>
  </message>
  <message>
   <source>this SQLite database holds no table of events: {holds}</source>
   <translation>in dieser SQLite-Datenbank ist keine Tabelle mit Ereignissen: {holds}</translation>
  </message>
  <message>
   <source>this comes with the program, and is never written over</source>
   <translation>das gehört zum Programm und wird nie überschrieben</translation>
  </message>
  <message>
   <source>this entry has no amount that can be read, or does not say whether it is a credit or a debit</source>
   <translation>dieser Eintrag hat keinen lesbaren Betrag, oder er sagt nicht, ob er Gutschrift oder Belastung ist</translation>
  </message>
  <message>
   <source>this folder has other files in it, and is never written over</source>
   <translation>in diesem Ordner sind andere Dateien, er wird nie überschrieben</translation>
  </message>
  <message>
   <source>this history folder has other files in it ({name}), which would be lost</source>
   <translation>in diesem Verlaufsordner sind andere Dateien ({name}), die verloren gingen</translation>
  </message>
  <message>
   <source>this history folder was made for the read model {projection}: for another one open the log itself</source>
   <translation>dieser Verlaufsordner ist für das Lesemodell {projection} gemacht: für ein anderes das Log selbst öffnen</translation>
  </message>
  <message>
   <source>this is not an event log: it is neither JSON nor CSV</source>
   <translation>das ist kein Ereignis-Log: es ist weder JSON noch CSV</translation>
  </message>
  <message>
   <source>this is not an event log: it looks like {other}</source>
   <translation>das ist kein Ereignis-Log: es sieht so aus: {other}</translation>
  </message>
  <message>
   <source>this is not an event log: its bytes are no text, and of no known format</source>
   <translation>das ist kein Ereignis-Log: seine Bytes sind kein Text und von keinem bekannten Format</translation>
  </message>
  <message>
   <source>this is not an ordinary file</source>
   <translation>das ist keine gewöhnliche Datei</translation>
  </message>
  <message>
   <source>this is the open log, and a log is never written over</source>
   <translation>das ist das geöffnete Log, und ein Log wird nie überschrieben</translation>
  </message>
  <message>
   <source>this looks at a whole log, and that of this folder has several parts: open them</source>
   <translation>das sieht ein ganzes Log an, und das dieses Ordners hat mehrere Teile: sie öffnen</translation>
  </message>
  <message>
   <source>this looks like a log ({kind}), and a log is never written over</source>
   <translation>das sieht wie ein Log aus ({kind}), und ein Log wird nie überschrieben</translation>
  </message>
  <message>
   <source>this needs {size:,} MiB of the history in memory at once, and {most_bytes:,} MiB are allowed (see “A billion events” in the guide)</source>
   <translation>dafür müssten {size:,} MiB des Verlaufs auf einmal im Speicher sein, erlaubt sind {most_bytes:,} MiB (siehe „Eine Milliarde Ereignisse“ in der Anleitung)</translation>
  </message>
  <message>
   <source>this object does not have the list in which the events of the others are</source>
   <translation>diesem Objekt fehlt die Liste, in der die Ereignisse der anderen stehen</translation>
  </message>
  <message>
   <source>this posting names no account</source>
   <translation>diese Buchung nennt kein Konto</translation>
  </message>
  <message>
   <source>this row looks like data, not like names of columns, so it was read as an event; say --header if it has the names, --no-header or --columns if it is as it should be</source>
   <translation>diese Zeile sieht nach Daten aus, nicht nach Namen von Spalten, und wurde darum als Ereignis gelesen; --header sagt, dass sie die Namen hat, --no-header oder --columns, dass es so richtig ist</translation>
  </message>
  <message>
   <source>this spreadsheet cannot be read: {splitlines}</source>
   <translation>diese Tabelle ist nicht lesbar: {splitlines}</translation>
  </message>
  <message>
   <source>this transaction has no amount (TRNAMT) that can be read</source>
   <translation>diese Buchung hat keinen lesbaren Betrag (TRNAMT)</translation>
  </message>
  <message>
   <source>this {kind} archive holds {logs:,} files, so it was not opened: {shown}</source>
   <translation>dieses {kind}-Archiv enthält {logs:,} Dateien und wurde darum nicht geöffnet: {shown}</translation>
  </message>
  <message>
   <source>to read it the package {driver} is needed, which is not installed: {install}</source>
   <translation>zum Lesen wird das Paket {driver} gebraucht, das nicht installiert ist: {install}</translation>
  </message>
  <message>
   <source>too deep or too large</source>
   <translation>zu tief oder zu groß</translation>
  </message>
  <message>
   <source>too long</source>
   <translation>zu lang</translation>
  </message>
  <message>
   <source>too many levels of symbolic links</source>
   <translation>zu viele Verknüpfungen hintereinander</translation>
  </message>
  <message>
   <source>too many members</source>
   <translation>zu viele Felder</translation>
  </message>
  <message>
   <source>too many open files</source>
   <translation>zu viele offene Dateien</translation>
  </message>
  <message>
   <source>trace {traces}</source>
   <translation>Spur {traces}</translation>
  </message>
  <message>
   <source>transport endpoint is not connected</source>
   <translation>die Verbindung zum Dateisystem ist getrennt</translation>
  </message>
  <message>
   <source>true or false</source>
   <translation>ein Wahrheitswert</translation>
  </message>
  <message>
   <source>two read models are named</source>
   <translation>zwei Lesemodelle sind genannt</translation>
  </message>
  <message>
   <source>two read models have a field “{name}”</source>
   <translation>zwei Lesemodelle haben ein Feld „{name}“</translation>
  </message>
  <message>
   <source>up to here the log is not the one behind which line {number:,} was written</source>
   <translation>bis hierher ist das Log nicht das, hinter das Zeile {number:,} geschrieben wurde</translation>
  </message>
  <message>
   <source>upcasters are a {step_languages} file</source>
   <translation>Upcaster stehen in einer Datei der Art {step_languages}</translation>
  </message>
  <message>
   <source>view</source>
   <translation>Sicht</translation>
  </message>
  <message>
   <source>what is found needs a place to go to: `into`</source>
   <translation>was gefunden wird, braucht einen Platz: `into`</translation>
  </message>
  <message>
   <source>what is spread here (...) is not written out</source>
   <translation>was hier eingesetzt wird (...), steht nicht da</translation>
  </message>
  <message>
   <source>what is unnested needs a name: unnest(…) AS item</source>
   <translation>was ausgepackt wird, braucht einen Namen: unnest(…) AS item</translation>
  </message>
  <message>
   <source>what its writer has not finished is too long for a cluster: --engine local</source>
   <translation>was sein Schreiber nicht beendet hat, ist zu lang für einen Cluster: --engine local</translation>
  </message>
  <message>
   <source>what stands under {fee} is taken away beside the amount, as the balances prove</source>
   <translation>was unter {fee} steht, wird neben dem Betrag abgezogen, wie die Salden beweisen</translation>
  </message>
  <message>
   <source>what was written of it could not be taken back: {error}</source>
   <translation>was davon geschrieben wurde, ließ sich nicht zurücknehmen: {error}</translation>
  </message>
  <message>
   <source>whether the events were saved is not known: {why}; open the log anew, and look at its end</source>
   <translation>ob die Ereignisse gespeichert wurden, ist nicht bekannt: {why}; bitte das Log neu öffnen und sein Ende ansehen</translation>
  </message>
  <message>
   <source>which topic is meant? There are {shown}: kafka://…/TOPIC or --table TOPIC</source>
   <translation>welches Topic ist gemeint? Es gibt {shown}: kafka://…/TOPIC oder --table TOPIC</translation>
  </message>
  <message>
   <source>whose event it is differs from event to event</source>
   <translation>wessen Ereignis es ist, ist von Ereignis zu Ereignis verschieden</translation>
  </message>
  <message>
   <source>windows need all events at once; an event is taken one at a time</source>
   <translation>Fensterfunktionen brauchen alle Ereignisse auf einmal; genommen wird eines nach dem anderen</translation>
  </message>
  <message>
   <source>write FROM events, unnest(…) AS item instead</source>
   <translation>stattdessen: FROM events, unnest(…) AS item</translation>
  </message>
  <message>
   <source>you do not have permission to read it</source>
   <translation>die Berechtigung zum Lesen fehlt</translation>
  </message>
  <message>
   <source>{account} has to be {what}, its postings give {there:f}: {apart:f} apart</source>
   <translation>{account} muss {what} sein, seine Buchungen ergeben {there:f}: {apart:f} Unterschied</translation>
  </message>
  <message>
   <source>{allowed:,} MB of memory are too little for any log: give it --memory {least}</source>
   <translation>{allowed:,} MB Speicher sind für jedes Log zu wenig: --memory {least} genügt</translation>
  </message>
  <message>
   <source>{cells:,} cells, but the table names {names:,} columns</source>
   <translation>{cells:,} Zellen, aber die Tabelle nennt {names:,} Spalten</translation>
  </message>
  <message>
   <source>{cells:,} cells; the table has {columns:,} columns</source>
   <translation>{cells:,} Zellen; die Tabelle hat {columns:,} Spalten</translation>
  </message>
  <message>
   <source>{cells:,} fields; the limit is {most_columns:,}</source>
   <translation>{cells:,} Felder; die Grenze ist {most_columns:,}</translation>
  </message>
  <message>
   <source>{cells} fields, but {who} {names}: what is more is called {shown}</source>
   <translation>{cells} Felder, aber {who} {names}: was darüber ist, heißt {shown}</translation>
  </message>
  <message>
   <source>{cells} of the {names} fields that {who}: the last are missing</source>
   <translation>{cells} von {names} Feldern ({who} so viele): die letzten fehlen</translation>
  </message>
  <message>
   <source>{count:,} events of this entity stand before; at most {most_before:,} are run again</source>
   <translation>{count:,} Ereignisse dieser Entität stehen davor; höchstens {most_before:,} werden noch einmal durchlaufen</translation>
  </message>
  <message>
   <source>{count:,} rows of the table “{name}” could be read</source>
   <translation>{count:,} Zeilen der Tabelle „{name}“ ließen sich lesen</translation>
  </message>
  <message>
   <source>{count:,} rows of the view “{name}” could be read</source>
   <translation>{count:,} Zeilen der Sicht „{name}“ ließen sich lesen</translation>
  </message>
  <message>
   <source>{error} is not a JSON number</source>
   <translation>{error} ist keine JSON-Zahl</translation>
  </message>
  <message>
   <source>{error}; nothing was written</source>
   <translation>{error}; nichts wurde geschrieben</translation>
  </message>
  <message>
   <source>{extra} to {extra2}</source>
   <translation>{extra} bis {extra2}</translation>
  </message>
  <message>
   <source>{holder} is writing to it, and did not let go within {patience_s:g} seconds</source>
   <translation>{holder} schreibt gerade hinein und hat binnen {patience_s:g} Sekunden nicht losgelassen</translation>
  </message>
  <message>
   <source>{kinds}, not an event (a JSON object)</source>
   <translation>{kinds}, kein Ereignis (ein JSON-Objekt)</translation>
  </message>
  <message>
   <source>{latest:d} to {number:d}</source>
   <translation>{latest:d} bis {number:d}</translation>
  </message>
  <message>
   <source>{missing:,} offsets have no message: compacted, or of transactions</source>
   <translation>{missing:,} Offsets haben keine Nachricht: verdichtet, oder von Transaktionen</translation>
  </message>
  <message>
   <source>{most_bytes:,} MB of memory are too little for {entities:,} entities: give it --memory {least} (what has been read is kept)</source>
   <translation>{most_bytes:,} MB Speicher sind für {entities:,} Entitäten zu wenig: --memory {least} genügt (was gelesen wurde, bleibt erhalten)</translation>
  </message>
  <message>
   <source>{most} is outside of {self} rows</source>
   <translation>{most} ist außerhalb von {self} Zeilen</translation>
  </message>
  <message>
   <source>{name:s} {number:d} of {stream} is its first: {missing} missing</source>
   <translation>{name:s} {number:d} von {stream} ist die erste Nummer: {missing} fehlt</translation>
  </message>
  <message>
   <source>{name:s} {number:d}{whose} comes after {latest:d}</source>
   <translation>{name:s} {number:d}{whose} kommt nach {latest:d}</translation>
  </message>
  <message>
   <source>{name:s} {number:d}{whose} follows {latest:d}: {missing} missing</source>
   <translation>{name:s} {number:d}{whose} folgt auf {latest:d}: {missing} fehlt</translation>
  </message>
  <message>
   <source>{name:s} {number:d}{whose} is there twice</source>
   <translation>{name:s} {number:d}{whose} ist zweimal da</translation>
  </message>
  <message>
   <source>{name} and {parts:,} more</source>
   <translation>{name} und {parts:,} weitere</translation>
  </message>
  <message>
   <source>{name} has {key}: {value}; it wants (type, version): function</source>
   <translation>{name} hat {key}: {value}; verlangt ist (type, version): function</translation>
  </message>
  <message>
   <source>{name} in this zip archive is encrypted</source>
   <translation>{name} in diesem zip-Archiv ist verschlüsselt</translation>
  </message>
  <message>
   <source>{name} in this zip archive is packed in a way that is not read</source>
   <translation>{name} in diesem zip-Archiv ist auf eine Weise gepackt, die nicht gelesen wird</translation>
  </message>
  <message>
   <source>{name} is no dict of (type, version) → function</source>
   <translation>{name} ist kein dict von (type, version) → function</translation>
  </message>
  <message>
   <source>{name}, a column for each period</source>
   <translation>{name}, eine Spalte je Zeitraum</translation>
  </message>
  <message>
   <source>{name}, line {at:,}, bytes {offset:,}–{offset2:,}</source>
   <translation>{name}, Zeile {at:,}, Bytes {offset:,}–{offset2:,}</translation>
  </message>
  <message>
   <source>{of}, was no file</source>
   <translation>{of}, war keine Datei</translation>
  </message>
  <message>
   <source>{opaque:,} values are opaque: written in Avro or Protobuf, by a schema in a registry, which is not asked</source>
   <translation>{opaque:,} Werte sind nicht einzusehen: in Avro oder Protobuf geschrieben, nach einem Schema in einer Registry, die nicht gefragt wird</translation>
  </message>
  <message>
   <source>{partitions:,} partitions</source>
   <translation>{partitions:,} Partitionen</translation>
  </message>
  <message>
   <source>{partitions:,} partitions, about {count:,} messages</source>
   <translation>{partitions:,} Partitionen, etwa {count:,} Nachrichten</translation>
  </message>
  <message>
   <source>{path} is no plain value</source>
   <translation>{path} ist kein einfacher Wert</translation>
  </message>
  <message>
   <source>{path} is there, and is no lock</source>
   <translation>{path} ist da und ist keine Sperre</translation>
  </message>
  <message>
   <source>{path} is {number}, and {shown} in JavaScript, where numbers are doubles</source>
   <translation>{path} ist {number}, in JavaScript aber {shown}: dort sind Zahlen Doubles</translation>
  </message>
  <message>
   <source>{path} is {value} in JavaScript, as far as a double can hold it</source>
   <translation>{path} ist in JavaScript {value}, soweit ein Double das fassen kann</translation>
  </message>
  <message>
   <source>{path} is {value} in JavaScript, where numbers are doubles; exactly it is {exact}</source>
   <translation>{path} ist in JavaScript {value}, denn dort sind Zahlen Doubles; genau ist es {exact}</translation>
  </message>
  <message>
   <source>{read:,} files from the oldest to the newest</source>
   <translation>{read:,} Dateien von der ältesten zur neuesten</translation>
  </message>
  <message>
   <source>{read:,} files in order of sequence</source>
   <translation>{read:,} Dateien in der Reihenfolge ihrer Nummern</translation>
  </message>
  <message>
   <source>{read:,} files in order of their names</source>
   <translation>{read:,} Dateien in der Reihenfolge ihrer Namen</translation>
  </message>
  <message>
   <source>{read:,} files in order of time</source>
   <translation>{read:,} Dateien in zeitlicher Reihenfolge</translation>
  </message>
  <message>
   <source>{read:,} of {every:,} files from the oldest to the newest</source>
   <translation>{read:,} von {every:,} Dateien von der ältesten zur neuesten</translation>
  </message>
  <message>
   <source>{read:,} of {every:,} files in order of sequence</source>
   <translation>{read:,} von {every:,} Dateien in der Reihenfolge ihrer Nummern</translation>
  </message>
  <message>
   <source>{read:,} of {every:,} files in order of their names</source>
   <translation>{read:,} von {every:,} Dateien in der Reihenfolge ihrer Namen</translation>
  </message>
  <message>
   <source>{read:,} of {every:,} files in order of time</source>
   <translation>{read:,} von {every:,} Dateien in zeitlicher Reihenfolge</translation>
  </message>
  <message>
   <source>{reason} (and {unread:,} more)</source>
   <translation>{reason} (und {unread:,} weitere)</translation>
  </message>
  <message>
   <source>{reason}. Beware: that journal makes SQLite delete the file “{names}”</source>
   <translation>{reason}. Vorsicht: jenes Journal lässt SQLite die Datei „{names}“ löschen</translation>
  </message>
  <message>
   <source>{said}; near it is {near}</source>
   <translation>{said}; ähnlich ist {near}</translation>
  </message>
  <message>
   <source>{server}, table {table}</source>
   <translation>{server}, Tabelle {table}</translation>
  </message>
  <message>
   <source>{server}, table {table}, only read, although the role {writer} may write</source>
   <translation>{server}, Tabelle {table}, nur gelesen, obwohl die Rolle {writer} schreiben dürfte</translation>
  </message>
  <message>
   <source>{shown} (read from a private copy)</source>
   <translation>{shown} (aus einer privaten Kopie gelesen)</translation>
  </message>
  <message>
   <source>{source} has no column “{name}”; it has {columns}</source>
   <translation>{source} hat keine Spalte „{name}“, sondern {columns}</translation>
  </message>
  <message>
   <source>{step} returned no object</source>
   <translation>{step} hat kein Objekt zurückgegeben</translation>
  </message>
  <message>
   <source>{text} is a number of too many digits</source>
   <translation>{text} ist eine Zahl mit zu vielen Ziffern</translation>
  </message>
  <message>
   <source>{text} means {text2}</source>
   <translation>{text} bedeutet {text2}</translation>
  </message>
  <message>
   <source>{told} in the read model {name}</source>
   <translation>{told} im Lesemodell {name}</translation>
  </message>
  <message>
   <source>{value} has no room in {name}</source>
   <translation>{value} passt nicht in {name}</translation>
  </message>
  <message>
   <source>{value} is no number</source>
   <translation>{value} ist keine Zahl</translation>
  </message>
  <message>
   <source>{value} is not a number</source>
   <translation>{value} ist keine Zahl</translation>
  </message>
  <message>
   <source>{value} is not a number that JSON has</source>
   <translation>{value} ist keine Zahl, die es in JSON gibt</translation>
  </message>
  <message>
   <source>{value} is not a time</source>
   <translation>{value} ist keine Zeit</translation>
  </message>
  <message>
   <source>{what} failed: {reason}</source>
   <translation>{what} ist gescheitert: {reason}</translation>
  </message>
  <message>
   <source>{what} failed: {reason} ({name}, line {line:d})</source>
   <translation>{what} ist gescheitert: {reason} ({name}, Zeile {line:d})</translation>
  </message>
  <message>
   <source>{what}, has other bytes by now</source>
   <translation>{what}, hat inzwischen andere Bytes</translation>
  </message>
  <message>
   <source>{what}, is at {path}, where only a cluster reads it</source>
   <translation>{what}, liegt unter {path}, wo nur ein Cluster es liest</translation>
  </message>
  <message>
   <source>{what}, is not where it was</source>
   <translation>{what}, ist nicht mehr, wo es war</translation>
  </message>
  <message>
   <source>“becomes” is the name of a type</source>
   <translation>„becomes“ ist der Name eines Typs</translation>
  </message>
  <message>
   <source>“multiply” needs a number for {path}</source>
   <translation>„multiply“ braucht eine Zahl für {path}</translation>
  </message>
  <message>
   <source>“remove” is a list of names</source>
   <translation>„remove“ ist eine Liste von Namen</translation>
  </message>
  <message>
   <source>“rename” needs a name for {old}</source>
   <translation>„rename“ braucht einen Namen für {old}</translation>
  </message>
  <message>
   <source>“{each}” is the payload, and the log has “{name}” in it</source>
   <translation>„{each}“ sind die Nutzdaten, und im Log steht darin „{name}“</translation>
  </message>
  <message>
   <source>“{first}” is a column of {having}: say which</source>
   <translation>„{first}“ ist eine Spalte von {having}: welche ist gemeint?</translation>
  </message>
  <message>
   <source>“{name:s}” is no time that can be read, such as 2026-01-31 or 2026-01-31T10:15</source>
   <translation>„{name:s}“ ist keine lesbare Zeit wie 2026-01-31 oder 2026-01-31T10:15</translation>
  </message>
  <message>
   <source>“{name}-wal” beside it may hold changes and cannot be read: {strerror}</source>
   <translation>„{name}-wal“ daneben kann Änderungen enthalten und lässt sich nicht lesen: {strerror}</translation>
  </message>
  <message>
   <source>“{name}” is a table, such as {{ old = … }}</source>
   <translation>„{name}“ ist eine Tabelle, etwa {{ old = … }}</translation>
  </message>
  <message>
   <source>“{name}”: aggregates stand only in the SELECT list</source>
   <translation>„{name}“: Aggregate stehen nur in der SELECT-Liste</translation>
  </message>
  <message>
   <source>“{name}”: it cannot be used in a read model</source>
   <translation>„{name}“: das lässt sich in einem Lesemodell nicht verwenden</translation>
  </message>
  <message>
   <source>“{part}” is not written as path = expression</source>
   <translation>„{part}“ ist nicht als Pfad = Ausdruck geschrieben</translation>
  </message>
  <message>
   <source>“{path}” has no members</source>
   <translation>„{path}“ hat keine Felder</translation>
  </message>
  <message>
   <source>“{plain}” has a decimal comma, the others have none</source>
   <translation>„{plain}“ hat ein Dezimalkomma, die anderen haben keines</translation>
  </message>
  <message>
   <source>“{plain}” has a decimal point, the others have commas</source>
   <translation>„{plain}“ hat einen Dezimalpunkt, die anderen haben Kommas</translation>
  </message>
  <message>
   <source>“{plain}” may be {thousands} or {decimals}</source>
   <translation>„{plain}“ kann {thousands} oder {decimals} sein</translation>
  </message>
  <message>
   <source>“{seal}” is where the log proves that a record is whole</source>
   <translation>mit „{seal}“ beweist das Log, dass ein Datensatz heil ist</translation>
  </message>
  <message>
   <source>“{shown}” is another list of what looks like events, which is not read</source>
   <translation>„{shown}“ ist noch eine Liste von Einträgen, die wie Ereignisse aussehen; sie wird nicht gelesen</translation>
  </message>
  <message>
   <source>“{shown}” is computed, and not written out</source>
   <translation>„{shown}“ wird berechnet und steht nicht da</translation>
  </message>
  <message>
   <source>“{sql}” is {what}; there are {all_kinds}</source>
   <translation>„{sql}“ ist {what}; es gibt {all_kinds}</translation>
  </message>
  <message>
   <source>“{strip}” cannot be worked out exactly</source>
   <translation>„{strip}“ lässt sich nicht genau ausrechnen</translation>
  </message>
  <message>
   <source>“{strip}” is no amount that can be read</source>
   <translation>„{strip}“ ist kein lesbarer Betrag</translation>
  </message>
  <message>
   <source>“{strip}” may be thousands or decimals</source>
   <translation>„{strip}“ kann Tausender oder Dezimalstellen meinen</translation>
  </message>
  <message>
   <source>“{wanted}” may be {meant}: name one of them</source>
   <translation>„{wanted}“ kann {meant} sein: nenne eine davon</translation>
  </message>
 </context>
</TS>
