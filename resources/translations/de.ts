<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
 <context>
  <name />
  <message>
   <source> or </source>
   <translation> oder </translation>
  </message>
  <message>
   <source>! 1 warning</source>
   <translation>! 1 Warnung</translation>
  </message>
  <message>
   <source>! a check fails here</source>
   <translation>! eine Prüfung schlägt hier fehl</translation>
  </message>
  <message>
   <source>! a warning here</source>
   <translation>! hier eine Warnung</translation>
  </message>
  <message>
   <source>! checks fail at {count:,} positions here</source>
   <translation>! Prüfungen schlagen hier an {count:,} Positionen fehl</translation>
  </message>
  <message>
   <source>! no chain covers it</source>
   <translation>! keine Kette deckt es ab</translation>
  </message>
  <message>
   <source>! warnings at {count:,} positions here</source>
   <translation>! Warnungen an {count:,} Positionen hier</translation>
  </message>
  <message>
   <source>! {count} warnings</source>
   <translation>! {count} Warnungen</translation>
  </message>
  <message>
   <source>! {what}   It is still used as it was before.</source>
   <translation>! {what}   Sie wird weiter so benutzt, wie sie vorher war.</translation>
  </message>
  <message>
   <source>#</source>
   <translation>#</translation>
  </message>
  <message>
   <source>#1204 · yesterday</source>
   <translation>#1204 · yesterday</translation>
  </message>
  <message>
   <source>#{position}, {moment}: {value}</source>
   <translation>#{position}, {moment}: {value}</translation>
  </message>
  <message>
   <source>&amp;1 Events as the source of truth</source>
   <translation>&amp;1 Ereignisse als Quelle der Wahrheit</translation>
  </message>
  <message>
   <source>&amp;2 Aggregates, commands and events</source>
   <translation>&amp;2 Aggregate, Befehle und Ereignisse</translation>
  </message>
  <message>
   <source>&amp;3 Read models</source>
   <translation>&amp;3 Lesemodelle</translation>
  </message>
  <message>
   <source>&amp;4 Snapshots, versioning and schema evolution</source>
   <translation>&amp;4 Schnappschüsse, Versionen und Schemawandel</translation>
  </message>
  <message>
   <source>&amp;About History Explorer</source>
   <translation>&amp;Über History Explorer</translation>
  </message>
  <message>
   <source>&amp;Add</source>
   <translation>&amp;Hinzufügen</translation>
  </message>
  <message>
   <source>&amp;Add a check…</source>
   <translation>&amp;Prüfung hinzufügen…</translation>
  </message>
  <message>
   <source>&amp;Bank</source>
   <translation>&amp;Bank</translation>
  </message>
  <message>
   <source>&amp;Bookmark at {position:,}…</source>
   <translation>&amp;Lesezeichen bei {position:,}…</translation>
  </message>
  <message>
   <source>&amp;Cause of this event</source>
   <translation>&amp;Ursache dieses Ereignisses</translation>
  </message>
  <message>
   <source>&amp;Checks: what must always hold</source>
   <translation>&amp;Prüfungen: was immer gelten muss</translation>
  </message>
  <message>
   <source>&amp;Chess game</source>
   <translation>&amp;Schachpartie</translation>
  </message>
  <message>
   <source>&amp;Close</source>
   <translation>&amp;Schließen</translation>
  </message>
  <message>
   <source>&amp;Close log</source>
   <translation>Protokoll s&amp;chließen</translation>
  </message>
  <message>
   <source>&amp;Columns of the events…</source>
   <translation>&amp;Spalten der Ereignisse…</translation>
  </message>
  <message>
   <source>&amp;Compare</source>
   <translation>&amp;Vergleich</translation>
  </message>
  <message>
   <source>&amp;Connect…</source>
   <translation>&amp;Verbinden…</translation>
  </message>
  <message>
   <source>&amp;Copy a link to this step</source>
   <translation>Verweis auf diesen Schritt &amp;kopieren</translation>
  </message>
  <message>
   <source>&amp;Copy picture</source>
   <translation>Bild &amp;kopieren</translation>
  </message>
  <message>
   <source>&amp;Copy the state as text</source>
   <translation>Zustand als Text &amp;kopieren</translation>
  </message>
  <message>
   <source>&amp;Copy this branch</source>
   <translation>Diesen Zweig &amp;kopieren</translation>
  </message>
  <message>
   <source>&amp;Dark</source>
   <translation>&amp;Dunkel</translation>
  </message>
  <message>
   <source>&amp;Delete layout</source>
   <translation>Anordnung &amp;löschen</translation>
  </message>
  <message>
   <source>&amp;Difference…</source>
   <translation>&amp;Unterschied…</translation>
  </message>
  <message>
   <source>&amp;Down</source>
   <translation>Nach &amp;unten</translation>
  </message>
  <message>
   <source>&amp;Draw {field} of {entity} over time</source>
   <translation>{field} von {entity} über die Zeit &amp;zeichnen</translation>
  </message>
  <message>
   <source>&amp;Edit this event…</source>
   <translation>Dieses Ereignis &amp;ändern…</translation>
  </message>
  <message>
   <source>&amp;End the lesson</source>
   <translation>Lektion &amp;beenden</translation>
  </message>
  <message>
   <source>&amp;End: after the last event</source>
   <translation>&amp;Ende: nach dem letzten Ereignis</translation>
  </message>
  <message>
   <source>&amp;Events…</source>
   <translation>&amp;Ereignisse…</translation>
  </message>
  <message>
   <source>&amp;Export…</source>
   <translation>&amp;Exportieren …</translation>
  </message>
  <message>
   <source>&amp;Fields…</source>
   <translation>&amp;Felder…</translation>
  </message>
  <message>
   <source>&amp;File</source>
   <translation>&amp;Datei</translation>
  </message>
  <message>
   <source>&amp;Files of this log…</source>
   <translation>Da&amp;teien dieses Protokolls…</translation>
  </message>
  <message>
   <source>&amp;Filter the state…</source>
   <translation>Zustand &amp;filtern…</translation>
  </message>
  <message>
   <source>&amp;Find an action…</source>
   <translation>Aktion &amp;finden…</translation>
  </message>
  <message>
   <source>&amp;Fit the whole log</source>
   <translation>&amp;Ganzes Protokoll zeigen</translation>
  </message>
  <message>
   <source>&amp;Float</source>
   <translation>&amp;Ablösen</translation>
  </message>
  <message>
   <source>&amp;Forget the saved one</source>
   <translation>Gespeichertes &amp;vergessen</translation>
  </message>
  <message>
   <source>&amp;Forget this branch</source>
   <translation>Diesen Zweig &amp;vergessen</translation>
  </message>
  <message>
   <source>&amp;Gallery</source>
   <translation>&amp;Galerie</translation>
  </message>
  <message>
   <source>&amp;GitHub issue</source>
   <translation>&amp;GitHub-Issue</translation>
  </message>
  <message>
   <source>&amp;Give a command</source>
   <translation>Befehl &amp;geben</translation>
  </message>
  <message>
   <source>&amp;Go</source>
   <translation>&amp;Gehen</translation>
  </message>
  <message>
   <source>&amp;Go to {position:,}</source>
   <translation>&amp;Gehe zu {position:,}</translation>
  </message>
  <message>
   <source>&amp;Go to {type} #{position}, which set it last</source>
   <translation>&amp;Gehe zu {type} #{position}, das ihn zuletzt gesetzt hat</translation>
  </message>
  <message>
   <source>&amp;Go to…</source>
   <translation>&amp;Gehe zu…</translation>
  </message>
  <message>
   <source>&amp;Group by the chosen column</source>
   <translation>Nach der gewählten Spalte &amp;gruppieren</translation>
  </message>
  <message>
   <source>&amp;Help</source>
   <translation>&amp;Hilfe</translation>
  </message>
  <message>
   <source>&amp;High contrast</source>
   <translation>&amp;Hoher Kontrast</translation>
  </message>
  <message>
   <source>&amp;Hints</source>
   <translation>&amp;Hinweise</translation>
  </message>
  <message>
   <source>&amp;Insert an event here…</source>
   <translation>Hier ein Ereignis &amp;einfügen…</translation>
  </message>
  <message>
   <source>&amp;Inventory</source>
   <translation>La&amp;ger</translation>
  </message>
  <message>
   <source>&amp;Keys</source>
   <translation>&amp;Tasten</translation>
  </message>
  <message>
   <source>&amp;Lessons</source>
   <translation>&amp;Lektionen</translation>
  </message>
  <message>
   <source>&amp;Library</source>
   <translation>B&amp;ücherei</translation>
  </message>
  <message>
   <source>&amp;Light</source>
   <translation>&amp;Hell</translation>
  </message>
  <message>
   <source>&amp;List the selection only</source>
   <translation>&amp;Nur die Auswahl auflisten</translation>
  </message>
  <message>
   <source>&amp;Load…</source>
   <translation>&amp;Laden …</translation>
  </message>
  <message>
   <source>&amp;Log</source>
   <translation>&amp;Protokoll</translation>
  </message>
  <message>
   <source>&amp;Loop</source>
   <translation>&amp;Schleife</translation>
  </message>
  <message>
   <source>&amp;Mend a torn end…</source>
   <translation>Abgerissenes Ende &amp;heilen…</translation>
  </message>
  <message>
   <source>&amp;New branch</source>
   <translation>&amp;Neuer Zweig</translation>
  </message>
  <message>
   <source>&amp;New window</source>
   <translation>&amp;Neues Fenster</translation>
  </message>
  <message>
   <source>&amp;Next changed row</source>
   <translation>&amp;Nächste geänderte Zeile</translation>
  </message>
  <message>
   <source>&amp;Next event</source>
   <translation>&amp;Nächstes Ereignis</translation>
  </message>
  <message>
   <source>&amp;Next panel</source>
   <translation>&amp;Nächster Bereich</translation>
  </message>
  <message>
   <source>&amp;Next step of the lesson</source>
   <translation>&amp;Nächster Schritt der Lektion</translation>
  </message>
  <message>
   <source>&amp;No upcasters</source>
   <translation>&amp;Keine Upcaster</translation>
  </message>
  <message>
   <source>&amp;Open lesson…</source>
   <translation>Lektion &amp;öffnen…</translation>
  </message>
  <message>
   <source>&amp;Open log…</source>
   <translation>Protokoll &amp;öffnen…</translation>
  </message>
  <message>
   <source>&amp;Panels</source>
   <translation>&amp;Bereiche</translation>
  </message>
  <message>
   <source>&amp;Parcel</source>
   <translation>&amp;Paket</translation>
  </message>
  <message>
   <source>&amp;Paste as log</source>
   <translation>Als Log &amp;einfügen</translation>
  </message>
  <message>
   <source>&amp;Picture…</source>
   <translation>&amp;Bild…</translation>
  </message>
  <message>
   <source>&amp;Pin A here</source>
   <translation>A hier &amp;anheften</translation>
  </message>
  <message>
   <source>&amp;Play or pause</source>
   <translation>Ab&amp;spielen oder anhalten</translation>
  </message>
  <message>
   <source>&amp;Plot it over time</source>
   <translation>Über die Zeit &amp;zeichnen</translation>
  </message>
  <message>
   <source>&amp;Presenter mode</source>
   <translation>&amp;Vortragsmodus</translation>
  </message>
  <message>
   <source>&amp;Previous bookmark</source>
   <translation>&amp;Voriges Lesezeichen</translation>
  </message>
  <message>
   <source>&amp;Previous changed row</source>
   <translation>&amp;Vorige geänderte Zeile</translation>
  </message>
  <message>
   <source>&amp;Previous panel</source>
   <translation>&amp;Voriger Bereich</translation>
  </message>
  <message>
   <source>&amp;Previous step of the lesson</source>
   <translation>&amp;Voriger Schritt der Lektion</translation>
  </message>
  <message>
   <source>&amp;Quit</source>
   <translation>&amp;Beenden</translation>
  </message>
  <message>
   <source>&amp;Record</source>
   <translation>&amp;Aufzeichnen</translation>
  </message>
  <message>
   <source>&amp;Record…</source>
   <translation>&amp;Aufzeichnen…</translation>
  </message>
  <message>
   <source>&amp;Reload</source>
   <translation>&amp;Neu laden</translation>
  </message>
  <message>
   <source>&amp;Rename this branch…</source>
   <translation>Diesen Zweig &amp;umbenennen…</translation>
  </message>
  <message>
   <source>&amp;Replace it</source>
   <translation>&amp;Ersetzen</translation>
  </message>
  <message>
   <source>&amp;Reset layout</source>
   <translation>Anordnung &amp;zurücksetzen</translation>
  </message>
  <message>
   <source>&amp;Save and cut</source>
   <translation>&amp;Sichern und abschneiden</translation>
  </message>
  <message>
   <source>&amp;Save for logs like this</source>
   <translation>Für solche Logs &amp;sichern</translation>
  </message>
  <message>
   <source>&amp;Save layout…</source>
   <translation>Anordnung &amp;speichern…</translation>
  </message>
  <message>
   <source>&amp;Save the predictions…</source>
   <translation>Vorhersagen &amp;speichern…</translation>
  </message>
  <message>
   <source>&amp;Save workspace</source>
   <translation>Arbeitsbereich &amp;speichern</translation>
  </message>
  <message>
   <source>&amp;Show the difference</source>
   <translation>Unterschied &amp;zeigen</translation>
  </message>
  <message>
   <source>&amp;Show the state as text…</source>
   <translation>Zustand als Text &amp;zeigen…</translation>
  </message>
  <message>
   <source>&amp;Show what would have been</source>
   <translation>Zeigen, was gewesen &amp;wäre</translation>
  </message>
  <message>
   <source>&amp;Start: before the first event</source>
   <translation>&amp;Anfang: vor dem ersten Ereignis</translation>
  </message>
  <message>
   <source>&amp;State</source>
   <translation>&amp;Zustand</translation>
  </message>
  <message>
   <source>&amp;State…</source>
   <translation>&amp;Zustand…</translation>
  </message>
  <message>
   <source>&amp;Take A and B away</source>
   <translation>A und B &amp;wegnehmen</translation>
  </message>
  <message>
   <source>&amp;Thermostat</source>
   <translation>&amp;Thermostat</translation>
  </message>
  <message>
   <source>&amp;Timeline</source>
   <translation>&amp;Zeitleiste</translation>
  </message>
  <message>
   <source>&amp;Up</source>
   <translation>Nach &amp;oben</translation>
  </message>
  <message>
   <source>&amp;Upcasters…</source>
   <translation>&amp;Upcaster…</translation>
  </message>
  <message>
   <source>&amp;Verify…</source>
   <translation>&amp;Prüfen…</translation>
  </message>
  <message>
   <source>&amp;View</source>
   <translation>&amp;Ansicht</translation>
  </message>
  <message>
   <source>&amp;Watch it, or no longer</source>
   <translation>Beo&amp;bachten, oder nicht mehr</translation>
  </message>
  <message>
   <source>&amp;What if</source>
   <translation>&amp;Was wäre, wenn</translation>
  </message>
  <message>
   <source>&amp;When was…</source>
   <translation>&amp;Wann war…</translation>
  </message>
  <message>
   <source>&amp;Why is {what} so?</source>
   <translation>&amp;Warum ist {what} so?</translation>
  </message>
  <message>
   <source>&amp;Why…</source>
   <translation>&amp;Warum…</translation>
  </message>
  <message>
   <source>&amp;Zoom to the selection</source>
   <translation>Auf die Auswahl &amp;zoomen</translation>
  </message>
  <message>
   <source>(a profile without a name)</source>
   <translation>(ein Profil ohne Namen)</translation>
  </message>
  <message>
   <source>(another step)</source>
   <translation>(ein weiterer Schritt)</translation>
  </message>
  <message>
   <source>(as the profile says)</source>
   <translation>(wie das Profil sagt)</translation>
  </message>
  <message>
   <source>(as the profile says, else found)</source>
   <translation>(wie das Profil sagt, sonst gefunden)</translation>
  </message>
  <message>
   <source>(empty)</source>
   <translation>(leer)</translation>
  </message>
  <message>
   <source>(found by itself)</source>
   <translation>(von selbst gefunden)</translation>
  </message>
  <message>
   <source>(guessed from the log)</source>
   <translation>(aus dem Log erschlossen)</translation>
  </message>
  <message>
   <source>(no groups)</source>
   <translation>(keine Gruppen)</translation>
  </message>
  <message>
   <source>(no type)</source>
   <translation>(kein Typ)</translation>
  </message>
  <message>
   <source>(none)</source>
   <translation>(keines)</translation>
  </message>
  <message>
   <source>(nothing)</source>
   <translation>(nichts)</translation>
  </message>
  <message>
   <source>(now: {what})</source>
   <translation>(jetzt: {what})</translation>
  </message>
  <message>
   <source>(the record itself)</source>
   <translation>(der Datensatz selbst)</translation>
  </message>
  <message>
   <source>/{pattern}/ is no pattern: {error}</source>
   <translation>/{pattern}/ ist kein Muster: {error}</translation>
  </message>
  <message>
   <source>1 % of the log back, at least 10 events</source>
   <translation>1 % des Protokolls zurück, mindestens 10 Ereignisse</translation>
  </message>
  <message>
   <source>1 % of the log further, at least 10 events</source>
   <translation>1 % des Protokolls weiter, mindestens 10 Ereignisse</translation>
  </message>
  <message>
   <source>1 balance that the log states is not what its entries come to.</source>
   <translation>1 Saldo, den das Protokoll nennt, ist nicht das, was seine Einträge ergeben.</translation>
  </message>
  <message>
   <source>1 bookmark</source>
   <translation>1 Lesezeichen</translation>
  </message>
  <message>
   <source>1 change</source>
   <translation>1 Änderung</translation>
  </message>
  <message>
   <source>1 entry says itself that nothing was moved, so it changes nothing.</source>
   <translation>1 Eintrag sagt selbst, dass nichts bewegt wurde, und ändert daher nichts.</translation>
  </message>
  <message>
   <source>1 entry was left out: its profile says that it is no event.</source>
   <translation>1 Eintrag wurde ausgelassen: Sein Profil sagt, dass er kein Ereignis ist.</translation>
  </message>
  <message>
   <source>1 event</source>
   <translation>1 Ereignis</translation>
  </message>
  <message>
   <source>1 event back</source>
   <translation>1 Ereignis zurück</translation>
  </message>
  <message>
   <source>1 event changed nothing, because the read model had failed before.</source>
   <translation>1 Ereignis hat nichts geändert, weil das Lesemodell vorher gescheitert war.</translation>
  </message>
  <message>
   <source>1 event could not be applied, as its number is written differently from the others.</source>
   <translation>1 Ereignis konnte nicht angewandt werden, da seine Zahl anders geschrieben ist als die übrigen.</translation>
  </message>
  <message>
   <source>1 event could not be applied.</source>
   <translation>1 Ereignis konnte nicht angewendet werden.</translation>
  </message>
  <message>
   <source>1 event could not be applied: {reason}.</source>
   <translation>1 Ereignis konnte nicht angewendet werden: {reason}.</translation>
  </message>
  <message>
   <source>1 event further</source>
   <translation>1 Ereignis weiter</translation>
  </message>
  <message>
   <source>1 event has a key twice; the last value counts.</source>
   <translation>1 Ereignis hat einen Schlüssel zweimal; der letzte Wert zählt.</translation>
  </message>
  <message>
   <source>1 event has a payload that cannot be looked into.</source>
   <translation>1 Ereignis hat Nutzdaten, in die man nicht hineinsehen kann.</translation>
  </message>
  <message>
   <source>1 event has a time outside the years 1678 to 2261.</source>
   <translation>1 Ereignis hat eine Zeit außerhalb der Jahre 1678 bis 2261.</translation>
  </message>
  <message>
   <source>1 event has a time that clocks in its zone showed twice or never.</source>
   <translation>1 Ereignis hat eine Zeit, die Uhren in seiner Zone zweimal oder nie zeigten.</translation>
  </message>
  <message>
   <source>1 event has no sequence number, and comes last.</source>
   <translation>1 Ereignis hat keine Sequenznummer und kommt zuletzt.</translation>
  </message>
  <message>
   <source>1 event is out of time order; this is log order.</source>
   <translation>1 Ereignis steht nicht in zeitlicher Reihenfolge; dies ist die Protokollreihenfolge.</translation>
  </message>
  <message>
   <source>1 event is out of time order; this is time order.</source>
   <translation>1 Ereignis steht nicht in zeitlicher Reihenfolge; dies ist die zeitliche Reihenfolge.</translation>
  </message>
  <message>
   <source>1 event made a number that JavaScript rounds; its exact value stands beside it.</source>
   <translation>1 Ereignis hat eine Zahl ergeben, die JavaScript rundet; der genaue Wert steht daneben.</translation>
  </message>
  <message>
   <source>1 event made the read model fail.</source>
   <translation>An 1 Ereignis ist das Lesemodell gescheitert.</translation>
  </message>
  <message>
   <source>1 event names no entity, and is no part of the state.</source>
   <translation>1 Ereignis nennt keine Entität und ist nicht Teil des Zustands.</translation>
  </message>
  <message>
   <source>1 event replayed</source>
   <translation>1 Ereignis nachgespielt</translation>
  </message>
  <message>
   <source>1 event says that something was deleted, and nobody can say what is without it.</source>
   <translation>1 Ereignis sagt, dass etwas gelöscht wurde, und niemand kann sagen, was ohne das ist.</translation>
  </message>
  <message>
   <source>1 event says that something was deleted; the read model keeps it.</source>
   <translation>1 Ereignis sagt, dass etwas gelöscht wurde; das Lesemodell behält es.</translation>
  </message>
  <message>
   <source>1 event was read with a warning.</source>
   <translation>1 Ereignis wurde mit einer Warnung gelesen.</translation>
  </message>
  <message>
   <source>1 event. Found: {found}.</source>
   <translation>1 Ereignis. Gefunden: {found}.</translation>
  </message>
  <message>
   <source>1 event. Nothing odd was found.</source>
   <translation>1 Ereignis. Nichts Auffälliges gefunden.</translation>
  </message>
  <message>
   <source>1 interval, of 1 {noun}</source>
   <translation>1 Abschnitt, von 1 {noun}</translation>
  </message>
  <message>
   <source>1 interval, of {entities} {noun}</source>
   <translation>1 Abschnitt, von {entities} {noun}</translation>
  </message>
  <message>
   <source>1 of {entries:,} entries could not be read; `verify` lists it.</source>
   <translation>1 von {entries:,} Einträgen konnte nicht gelesen werden; `verify` nennt ihn.</translation>
  </message>
  <message>
   <source>1 of {entries:,} entries is incomplete: its writer has not finished it.</source>
   <translation>1 von {entries:,} Einträgen ist unvollständig: Wer ihn schrieb, ist nicht fertig geworden.</translation>
  </message>
  <message>
   <source>1 of {events:,} events has no time that can be read: as of a time, it is counted only with the next event that has one.</source>
   <translation>1 von {events:,} Ereignissen hat keine lesbare Zeit: Zu einem Zeitpunkt zählt es erst mit dem nächsten Ereignis, das eine hat.</translation>
  </message>
  <message>
   <source>1 row has fewer fields than the header names.</source>
   <translation>1 Zeile hat weniger Felder, als die Kopfzeile nennt.</translation>
  </message>
  <message>
   <source>1 row has more fields than the header names; they are kept under numbers.</source>
   <translation>1 Zeile hat mehr Felder, als die Kopfzeile nennt; sie stehen unter Nummern.</translation>
  </message>
  <message>
   <source>1 row stands above or below the table, and is no entry; `verify` lists it.</source>
   <translation>1 Zeile steht über oder unter der Tabelle und ist kein Eintrag; `verify` nennt sie.</translation>
  </message>
  <message>
   <source>1 transaction does not come to nothing.</source>
   <translation>1 Buchung geht nicht auf.</translation>
  </message>
  <message>
   <source>1 value differs here</source>
   <translation>1 Wert ist hier anders</translation>
  </message>
  <message>
   <source>1 value differs here. {untried}</source>
   <translation>1 Wert ist hier anders. {untried}</translation>
  </message>
  <message>
   <source>1 value differs here; no rule is broken.</source>
   <translation>1 Wert ist hier anders; keine Regel ist verletzt.</translation>
  </message>
  <message>
   <source>1 value has been overwritten and is gone.</source>
   <translation>1 Wert wurde überschrieben und ist verloren.</translation>
  </message>
  <message>
   <source>A broker of Kafka is kafka://broker:9092/, with ?from=2026-01-01 for what happened then and later; no group and no offset is left there.</source>
   <translation>Ein Broker von Kafka ist kafka://broker:9092/, mit ?from=2026-01-01 für das, was dann und später geschah; dort bleibt keine Gruppe und kein Offset zurück.</translation>
  </message>
  <message>
   <source>A closed account is empty</source>
   <translation>Ein geschlossenes Konto ist leer</translation>
  </message>
  <message>
   <source>A command</source>
   <translation>Ein Befehl</translation>
  </message>
  <message>
   <source>A command, and what the rules say to it here</source>
   <translation>Ein Befehl, und was die Regeln hier dazu sagen</translation>
  </message>
  <message>
   <source>A condition over the state of each account, in the notation of SQL:
balance &lt; 0      status = 'frozen'      owner in ('Ada', 'Linus')      version between 2 and 5
and, or, not, brackets; is null, is not null. balance.EUR is one currency, address.city a part of a value.</source>
   <translation>Eine Bedingung an den Zustand jedes Kontos, in der Schreibweise von SQL:
balance &lt; 0      status = 'frozen'      owner in ('Ada', 'Linus')      version between 2 and 5
and, or, not, Klammern; is null, is not null. balance.EUR ist eine Währung, address.city ein Teil eines Wertes.</translation>
  </message>
  <message>
   <source>A damaged log</source>
   <translation>Ein beschädigtes Protokoll</translation>
  </message>
  <message>
   <source>A dash alone: nothing.</source>
   <translation>Ein Strich allein: nichts.</translation>
  </message>
  <message>
   <source>A database or a broker is only read.</source>
   <translation>Eine Datenbank oder ein Broker wird nur gelesen.</translation>
  </message>
  <message>
   <source>A history folder is only read: open the log itself.</source>
   <translation>Ein Verlaufsordner wird nur gelesen: das Log selbst öffnen.</translation>
  </message>
  <message>
   <source>A jump with snapshots and without</source>
   <translation>Ein Sprung mit Schnappschüssen und ohne</translation>
  </message>
  <message>
   <source>A jump, replayed</source>
   <translation>Ein Sprung, noch einmal abgespielt</translation>
  </message>
  <message>
   <source>A library's loans, as CSV</source>
   <translation>Die Ausleihen einer Bibliothek, als CSV</translation>
  </message>
  <message>
   <source>A month of a small bank</source>
   <translation>Ein Monat einer kleinen Bank</translation>
  </message>
  <message>
   <source>A path names a field, and a field inside another with a dot: data.accountId.</source>
   <translation>Ein Pfad nennt ein Feld, und ein Feld in einem anderen mit einem Punkt: data.accountId.</translation>
  </message>
  <message>
   <source>A position, a percentage, +100, start, end, a date and time, 3 days earlier (Ctrl+G)</source>
   <translation>Eine Position, ein Anteil, +100, start, end, Datum und Zeit, 3 days earlier (Strg+G)</translation>
  </message>
  <message>
   <source>A ring that follows the mouse, then one around the chosen value, then none</source>
   <translation>Ein Ring, der der Maus folgt, dann einer um den gewählten Wert, dann keiner</translation>
  </message>
  <message>
   <source>A sentence on what is to be known of it.</source>
   <translation>Ein Satz darüber, was dazu zu wissen ist.</translation>
  </message>
  <message>
   <source>A small log with a read model and three questions</source>
   <translation>Ein kleines Protokoll mit Lesemodell und drei Fragen</translation>
  </message>
  <message>
   <source>A snapshot every {every}</source>
   <translation>Ein Schnappschuss alle {every}</translation>
  </message>
  <message>
   <source>A table for people to read</source>
   <translation>Eine Tabelle zum Lesen</translation>
  </message>
  <message>
   <source>A web shop's orders (an unknown domain)</source>
   <translation>Bestellungen eines Webladens (ein unbekanntes Gebiet)</translation>
  </message>
  <message>
   <source>About History Explorer</source>
   <translation>Über History Explorer</translation>
  </message>
  <message>
   <source>About {TITLE}</source>
   <translation>Über {TITLE}</translation>
  </message>
  <message>
   <source>Account</source>
   <translation>Konto</translation>
  </message>
  <message>
   <source>Account or entity</source>
   <translation>Konto oder Entität</translation>
  </message>
  <message>
   <source>Actions</source>
   <translation>Aktionen</translation>
  </message>
  <message>
   <source>Add a condition that must always hold</source>
   <translation>Eine Bedingung hinzufügen, die immer gelten muss</translation>
  </message>
  <message>
   <source>Add an event at the end</source>
   <translation>Ein Ereignis am Ende hinzufügen</translation>
  </message>
  <message>
   <source>Add files</source>
   <translation>Dateien hinzufügen</translation>
  </message>
  <message>
   <source>Add files to the log, leave some out, and say in which order they stand</source>
   <translation>Dateien zum Protokoll hinzufügen, welche auslassen und sagen, in welcher Reihenfolge sie stehen</translation>
  </message>
  <message>
   <source>Add files…</source>
   <translation>Dateien hinzufügen…</translation>
  </message>
  <message>
   <source>Address</source>
   <translation>Adresse</translation>
  </message>
  <message>
   <source>Add…</source>
   <translation>Hinzufügen…</translation>
  </message>
  <message>
   <source>After</source>
   <translation>Danach</translation>
  </message>
  <message>
   <source>After the last event</source>
   <translation>Nach dem letzten Ereignis</translation>
  </message>
  <message>
   <source>All</source>
   <translation>Alle</translation>
  </message>
  <message>
   <source>All book&amp;marks</source>
   <translation>Alle Lese&amp;zeichen</translation>
  </message>
  <message>
   <source>All that was there has been deleted. Go back in time to see it.</source>
   <translation>Alles, was da war, ist gelöscht. Weiter vorn in der Zeit ist es zu sehen.</translation>
  </message>
  <message>
   <source>All together</source>
   <translation>Alles zusammen</translation>
  </message>
  <message>
   <source>All {count:,} events</source>
   <translation>Alle {count:,} Ereignisse</translation>
  </message>
  <message>
   <source>Along what the value is drawn</source>
   <translation>Woran entlang der Wert gezeichnet wird</translation>
  </message>
  <message>
   <source>Also run it when it is saved again, until this window is closed</source>
   <translation>Auch ausführen, wenn es neu gespeichert wird, bis dieses Fenster geschlossen ist</translation>
  </message>
  <message>
   <source>Always show the entity of the event, whichever is chosen</source>
   <translation>Immer die Entität des Ereignisses zeigen, welche auch gewählt ist</translation>
  </message>
  <message>
   <source>Amount</source>
   <translation>Betrag</translation>
  </message>
  <message>
   <source>Amounts as text</source>
   <translation>Beträge als Text</translation>
  </message>
  <message>
   <source>Amounts were read with a decimal comma, as the log writes them: {reason}.</source>
   <translation>Beträge wurden mit Dezimalkomma gelesen, wie das Protokoll sie schreibt: {reason}.</translation>
  </message>
  <message>
   <source>An address begins with what is to be read, such as {example}</source>
   <translation>Eine Adresse beginnt mit dem, was gelesen werden soll, etwa {example}</translation>
  </message>
  <message>
   <source>An event without a type</source>
   <translation>Ein Ereignis ohne Typ</translation>
  </message>
  <message>
   <source>Another member</source>
   <translation>Ein anderes Mitglied</translation>
  </message>
  <message>
   <source>Another prediction</source>
   <translation>Noch eine Vorhersage</translation>
  </message>
  <message>
   <source>Another prediction, or Enter to reveal</source>
   <translation>Noch eine Vorhersage, oder Enter zum Zeigen</translation>
  </message>
  <message>
   <source>Another program was faster: the log has {actual:,} events, not {expected:,}. Nothing was written.</source>
   <translation>Ein anderes Programm war schneller: Das Protokoll hat {actual:,} Ereignisse, nicht {expected:,}. Es wurde nichts geschrieben.</translation>
  </message>
  <message>
   <source>Another window, with its own log</source>
   <translation>Ein weiteres Fenster mit eigenem Protokoll</translation>
  </message>
  <message>
   <source>Apr</source>
   <translation>Apr</translation>
  </message>
  <message>
   <source>April</source>
   <translation>April</translation>
  </message>
  <message>
   <source>As at &amp;first</source>
   <translation>Wie am &amp;Anfang</translation>
  </message>
  <message>
   <source>As in the log, so far: right-click an event.</source>
   <translation>Bisher wie im Protokoll: Rechtsklick auf ein Ereignis.</translation>
  </message>
  <message>
   <source>As the log recorded the events, or sorted by the time they happened</source>
   <translation>Wie das Protokoll die Ereignisse aufgezeichnet hat, oder sortiert nach der Zeit, zu der sie geschahen</translation>
  </message>
  <message>
   <source>As the log recorded the events, sorted by the time they happened, from the log's end if it is newest first, or by the numbers that the log gives them</source>
   <translation>Wie das Protokoll die Ereignisse aufgezeichnet hat, nach der Zeit ihres Geschehens, vom Ende her, wenn das Neueste zuerst steht, oder nach den Nummern, die das Protokoll ihnen gibt</translation>
  </message>
  <message>
   <source>As the log recorded the events, sorted by the time they happened, or from the log's end if it is newest first</source>
   <translation>Wie das Protokoll die Ereignisse aufgezeichnet hat, nach der Zeit, zu der sie geschahen, oder vom Ende des Protokolls her, wenn darin das Neueste zuerst steht</translation>
  </message>
  <message>
   <source>As the system is</source>
   <translation>Wie das System</translation>
  </message>
  <message>
   <source>As they came to be</source>
   <translation>Wie sie entstanden</translation>
  </message>
  <message>
   <source>As written (version {version})</source>
   <translation>Wie geschrieben (Version {version})</translation>
  </message>
  <message>
   <source>At least one file must be read.</source>
   <translation>Mindestens eine Datei muss gelesen werden.</translation>
  </message>
  <message>
   <source>At the start</source>
   <translation>Beim Start</translation>
  </message>
  <message>
   <source>Aug</source>
   <translation>Aug</translation>
  </message>
  <message>
   <source>August</source>
   <translation>August</translation>
  </message>
  <message>
   <source>Bac&amp;k to where you were</source>
   <translation>&amp;Zurück, wo man war</translation>
  </message>
  <message>
   <source>Back to the lesson</source>
   <translation>Zurück zur Lektion</translation>
  </message>
  <message>
   <source>Because</source>
   <translation>Weil</translation>
  </message>
  <message>
   <source>Becomes</source>
   <translation>Wird zu</translation>
  </message>
  <message>
   <source>Before</source>
   <translation>Vorher</translation>
  </message>
  <message>
   <source>Before the first event</source>
   <translation>Vor dem ersten Ereignis</translation>
  </message>
  <message>
   <source>Before the first event nothing has been caused.</source>
   <translation>Vor dem ersten Ereignis wurde nichts verursacht.</translation>
  </message>
  <message>
   <source>Begin another branch</source>
   <translation>Einen weiteren Zweig beginnen</translation>
  </message>
  <message>
   <source>Begin another branch beside the existing ones</source>
   <translation>Einen weiteren Zweig neben den vorhandenen beginnen</translation>
  </message>
  <message>
   <source>Begin another branch with the same changes</source>
   <translation>Einen weiteren Zweig mit denselben Änderungen beginnen</translation>
  </message>
  <message>
   <source>Between cells</source>
   <translation>Zwischen Zellen</translation>
  </message>
  <message>
   <source>Black and white, with colours as clear as can be</source>
   <translation>Schwarz und Weiß, mit so klaren Farben wie möglich</translation>
  </message>
  <message>
   <source>Black screen</source>
   <translation>Schwarzer Bildschirm</translation>
  </message>
  <message>
   <source>Board</source>
   <translation>Tafel</translation>
  </message>
  <message>
   <source>Board of commands, events and policies</source>
   <translation>Tafel der Befehle, Ereignisse und Richtlinien</translation>
  </message>
  <message>
   <source>Bookmark</source>
   <translation>Lesezeichen</translation>
  </message>
  <message>
   <source>Bookmarks</source>
   <translation>Lesezeichen</translation>
  </message>
  <message>
   <source>Both replays come to the same state.</source>
   <translation>Beide kommen zu demselben Zustand.</translation>
  </message>
  <message>
   <source>Branch</source>
   <translation>Zweig</translation>
  </message>
  <message>
   <source>Broken</source>
   <translation>Gebrochen</translation>
  </message>
  <message>
   <source>By</source>
   <translation>Nach</translation>
  </message>
  <message>
   <source>By sequence number</source>
   <translation>Nach Sequenznummer</translation>
  </message>
  <message>
   <source>By time, draw long gaps without events short</source>
   <translation>Nach Zeit: lange Lücken ohne Ereignisse kurz zeichnen</translation>
  </message>
  <message>
   <source>Bytes</source>
   <translation>Bytes</translation>
  </message>
  <message>
   <source>Bytes of the event</source>
   <translation>Bytes des Ereignisses</translation>
  </message>
  <message>
   <source>C&amp;olumns…</source>
   <translation>&amp;Spalten…</translation>
  </message>
  <message>
   <source>C&amp;urves in the chosen column</source>
   <translation>&amp;Kurven in der gewählten Spalte</translation>
  </message>
  <message>
   <source>CSV</source>
   <translation>CSV</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Causation</source>
   <translation>Ursache</translation>
  </message>
  <message>
   <source>Cause</source>
   <translation>Ursache</translation>
  </message>
  <message>
   <source>Causes</source>
   <translation>Ursachen</translation>
  </message>
  <message>
   <source>Causes and effects</source>
   <translation>Ursachen und Wirkungen</translation>
  </message>
  <message>
   <source>Change</source>
   <translation>Änderung</translation>
  </message>
  <message>
   <source>Change the chosen check</source>
   <translation>Die gewählte Prüfung ändern</translation>
  </message>
  <message>
   <source>Check</source>
   <translation>Prüfung</translation>
  </message>
  <message>
   <source>Check always</source>
   <translation>Immer prüfen</translation>
  </message>
  <message>
   <source>Checks</source>
   <translation>Prüfungen</translation>
  </message>
  <message>
   <source>Choose &amp;accounts and record</source>
   <translation>&amp;Konten wählen und aufzeichnen</translation>
  </message>
  <message>
   <source>Choose a row of the state, or go to an event: its entity is shown here as a whole.</source>
   <translation>Wählen Sie eine Zeile des Zustands, oder gehen Sie zu einem Ereignis: Hier steht dann dessen ganze Entität.</translation>
  </message>
  <message>
   <source>Choose a value in the state first.</source>
   <translation>Wählen Sie zuerst einen Wert im Zustand.</translation>
  </message>
  <message>
   <source>Choose a value in the state: every event that set it is listed here, with the arithmetic.</source>
   <translation>Wählen Sie einen Wert im Zustand: Hier steht jedes Ereignis, das ihn gesetzt hat, mit der Rechnung.</translation>
  </message>
  <message>
   <source>Choose a value in the state: how it went through time is drawn here.</source>
   <translation>Wählen Sie einen Wert im Zustand: Hier wird gezeichnet, wie er durch die Zeit ging.</translation>
  </message>
  <message>
   <source>Choose a value of the column in the state first.</source>
   <translation>Wählen Sie zuerst im Zustand einen Wert der Spalte.</translation>
  </message>
  <message>
   <source>Choose a value of the state first.</source>
   <translation>Wählen Sie zuerst einen Wert des Zustands.</translation>
  </message>
  <message>
   <source>Choose by which read model the entities of one kind are made, where a log has several kinds</source>
   <translation>Wählen, nach welchem Lesemodell die Entitäten einer Art entstehen, wenn ein Log mehrere Arten hat</translation>
  </message>
  <message>
   <source>Choose how the state is derived from the events</source>
   <translation>Wählen, wie der Zustand aus den Ereignissen entsteht</translation>
  </message>
  <message>
   <source>Choose upcasters…</source>
   <translation>Upcaster wählen…</translation>
  </message>
  <message>
   <source>Clear the cac&amp;he</source>
   <translation>&amp;Zwischenspeicher leeren</translation>
  </message>
  <message>
   <source>Click an event</source>
   <translation>Klick auf ein Ereignis</translation>
  </message>
  <message>
   <source>Click any value in the state: Why tells which events made it so.</source>
   <translation>Klicken Sie auf einen Wert im Zustand: „Warum“ sagt, welche Ereignisse ihn so gemacht haben.</translation>
  </message>
  <message>
   <source>Clock ahead, in seconds</source>
   <translation>Uhr geht vor, in Sekunden</translation>
  </message>
  <message>
   <source>Close the account</source>
   <translation>Das Konto schließen</translation>
  </message>
  <message>
   <source>Close this log</source>
   <translation>Dieses Protokoll schließen</translation>
  </message>
  <message>
   <source>Close {account}</source>
   <translation>{account} schließen</translation>
  </message>
  <message>
   <source>Close {panel}; View › Panels brings it back</source>
   <translation>{panel} schließen; Ansicht › Bereiche holt ihn zurück</translation>
  </message>
  <message>
   <source>Code</source>
   <translation>Code</translation>
  </message>
  <message>
   <source>Code, to be changed here</source>
   <translation>Code, hier zu ändern</translation>
  </message>
  <message>
   <source>Colours</source>
   <translation>Farben</translation>
  </message>
  <message>
   <source>Colours of the &amp;system</source>
   <translation>Farben des &amp;Systems</translation>
  </message>
  <message>
   <source>Colours, size of text, language, how a log is opened, what is kept and trusted</source>
   <translation>Farben, Schriftgröße, Sprache, wie ein Protokoll geöffnet wird, was aufbewahrt und wem vertraut wird</translation>
  </message>
  <message>
   <source>Column</source>
   <translation>Spalte</translation>
  </message>
  <message>
   <source>Columns</source>
   <translation>Spalten</translation>
  </message>
  <message>
   <source>Columns of the events</source>
   <translation>Spalten der Ereignisse</translation>
  </message>
  <message>
   <source>Columns of the state</source>
   <translation>Spalten des Zustands</translation>
  </message>
  <message>
   <source>Columns that stay in view</source>
   <translation>Spalten, die sichtbar bleiben</translation>
  </message>
  <message>
   <source>Columns with a tick are shown, in this order.</source>
   <translation>Spalten mit Haken werden gezeigt, in dieser Reihenfolge.</translation>
  </message>
  <message>
   <source>Columns, groups and their order</source>
   <translation>Spalten, Gruppen und ihre Reihenfolge</translation>
  </message>
  <message>
   <source>Columns…</source>
   <translation>Spalten…</translation>
  </message>
  <message>
   <source>Command</source>
   <translation>Befehl</translation>
  </message>
  <message>
   <source>Command or policy</source>
   <translation>Befehl oder Regel</translation>
  </message>
  <message>
   <source>Commands</source>
   <translation>Befehle</translation>
  </message>
  <message>
   <source>Commands append events; nothing is written before recording is switched on.</source>
   <translation>Befehle hängen Ereignisse an; geschrieben wird erst, wenn das Aufzeichnen eingeschaltet ist.</translation>
  </message>
  <message>
   <source>Commands go to decide(command, state) of {name}.</source>
   <translation>Befehle gehen an decide(command, state) von {name}.</translation>
  </message>
  <message>
   <source>Commands need the accounts read model; Record… offers it.</source>
   <translation>Befehle brauchen das Lesemodell Konten; „Aufzeichnen…“ bietet es an.</translation>
  </message>
  <message>
   <source>Commands need the accounts read model; choose it at the top.</source>
   <translation>Befehle brauchen das Lesemodell „accounts“; wählen Sie es oben.</translation>
  </message>
  <message>
   <source>Commands that were rejected</source>
   <translation>Befehle, die abgelehnt wurden</translation>
  </message>
  <message>
   <source>Commands will append new events at the end of {name}. Nothing that stands in it is changed or deleted, and no event can be taken back: to correct one, another is appended.</source>
   <translation>Befehle werden neue Ereignisse an das Ende von {name} anhängen. Nichts, was darin steht, wird geändert oder gelöscht, und kein Ereignis kann zurückgenommen werden: Um eines zu berichtigen, wird ein weiteres angehängt.</translation>
  </message>
  <message>
   <source>Commands, events and policies</source>
   <translation>Befehle, Ereignisse und Regeln</translation>
  </message>
  <message>
   <source>Commas in amounts stand between thousands: {reason}.</source>
   <translation>Kommas in Beträgen trennen Tausender: {reason}.</translation>
  </message>
  <message>
   <source>Compare</source>
   <translation>Vergleich</translation>
  </message>
  <message>
   <source>Compare A with this position, or with where you stand again</source>
   <translation>A mit dieser Position vergleichen, oder wieder mit der, an der Sie stehen</translation>
  </message>
  <message>
   <source>Compare nothing but what the last event changed</source>
   <translation>Nichts vergleichen außer dem, was das letzte Ereignis geändert hat</translation>
  </message>
  <message>
   <source>Compare this position with every other to which you go, or no longer</source>
   <translation>Diese Position mit jeder anderen vergleichen, zu der Sie gehen, oder nicht mehr</translation>
  </message>
  <message>
   <source>Condition to find</source>
   <translation>Gesuchte Bedingung</translation>
  </message>
  <message>
   <source>Conditions that must always hold, and where they were broken</source>
   <translation>Bedingungen, die immer gelten müssen, und wo sie gebrochen wurden</translation>
  </message>
  <message>
   <source>Conditions that must always hold, such as balance &gt;= 0. Where one is broken is listed here.</source>
   <translation>Bedingungen, die immer gelten müssen, etwa balance &gt;= 0. Wo eine gebrochen ist, steht hier.</translation>
  </message>
  <message>
   <source>Conflict</source>
   <translation>Konflikt</translation>
  </message>
  <message>
   <source>Connect</source>
   <translation>Verbinden</translation>
  </message>
  <message>
   <source>Connecting…</source>
   <translation>Verbindung wird aufgenommen…</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>Kopieren</translation>
  </message>
  <message>
   <source>Copy &amp;link</source>
   <translation>&amp;Verweis kopieren</translation>
  </message>
  <message>
   <source>Copy &amp;path</source>
   <translation>&amp;Pfad kopieren</translation>
  </message>
  <message>
   <source>Copy &amp;value</source>
   <translation>&amp;Wert kopieren</translation>
  </message>
  <message>
   <source>Copy a picture of the window</source>
   <translation>Ein Bild des Fensters kopieren</translation>
  </message>
  <message>
   <source>Copy all rows and columns that are shown, separated by tabs</source>
   <translation>Alle gezeigten Zeilen und Spalten kopieren, durch Tabulatoren getrennt</translation>
  </message>
  <message>
   <source>Copy all rows and columns that are shown, with every digit</source>
   <translation>Alle gezeigten Zeilen und Spalten mit jeder Ziffer kopieren</translation>
  </message>
  <message>
   <source>Copy all totals</source>
   <translation>Alle Summen kopieren</translation>
  </message>
  <message>
   <source>Copy the command that opens this lesson at this step</source>
   <translation>Den Befehl kopieren, der diese Lektion bei diesem Schritt öffnet</translation>
  </message>
  <message>
   <source>Copy the command that opens this log at this place</source>
   <translation>Den Befehl kopieren, der dieses Protokoll an dieser Stelle öffnet</translation>
  </message>
  <message>
   <source>Copy the event as it stands in the file</source>
   <translation>Das Ereignis kopieren, wie es in der Datei steht</translation>
  </message>
  <message>
   <source>Copy the path</source>
   <translation>Den Pfad kopieren</translation>
  </message>
  <message>
   <source>Copy the row as JSON</source>
   <translation>Die Zeile als JSON kopieren</translation>
  </message>
  <message>
   <source>Copy the row for a spreadsheet</source>
   <translation>Die Zeile für eine Tabellenkalkulation kopieren</translation>
  </message>
  <message>
   <source>Copy the state at this point as plain text</source>
   <translation>Den Zustand an dieser Stelle als reinen Text kopieren</translation>
  </message>
  <message>
   <source>Copy the table as &amp;JSON</source>
   <translation>Tabelle als &amp;JSON kopieren</translation>
  </message>
  <message>
   <source>Copy the table as JSON</source>
   <translation>Die Tabelle als JSON kopieren</translation>
  </message>
  <message>
   <source>Copy the table for a &amp;spreadsheet</source>
   <translation>Tabelle für eine Tabellen&amp;kalkulation kopieren</translation>
  </message>
  <message>
   <source>Copy the table for a spreadsheet</source>
   <translation>Die Tabelle für eine Tabellenkalkulation kopieren</translation>
  </message>
  <message>
   <source>Copy the total</source>
   <translation>Die Summe kopieren</translation>
  </message>
  <message>
   <source>Copy the value</source>
   <translation>Den Wert kopieren</translation>
  </message>
  <message>
   <source>Copy this branch</source>
   <translation>Diesen Zweig kopieren</translation>
  </message>
  <message>
   <source>Correlation</source>
   <translation>Zusammenhang</translation>
  </message>
  <message>
   <source>Counterparty</source>
   <translation>Gegenseite</translation>
  </message>
  <message>
   <source>Ctrl+K finds everything that the program can do, and F1 shows every key.</source>
   <translation>Strg+K findet alles, was das Programm kann, und F1 zeigt jede Taste.</translation>
  </message>
  <message>
   <source>Currency</source>
   <translation>Währung</translation>
  </message>
  <message>
   <source>Dark</source>
   <translation>Dunkel</translation>
  </message>
  <message>
   <source>Dark text on light ground</source>
   <translation>Dunkle Schrift auf hellem Grund</translation>
  </message>
  <message>
   <source>Data</source>
   <translation>Daten</translation>
  </message>
  <message>
   <source>Data, as JSON</source>
   <translation>Daten, als JSON</translation>
  </message>
  <message>
   <source>Dates</source>
   <translation>Datumsangaben</translation>
  </message>
  <message>
   <source>Dates of the log</source>
   <translation>Datumsangaben des Protokolls</translation>
  </message>
  <message>
   <source>Dec</source>
   <translation>Dez</translation>
  </message>
  <message>
   <source>December</source>
   <translation>Dezember</translation>
  </message>
  <message>
   <source>Delete all kept indexes</source>
   <translation>Alle aufbewahrten Indizes löschen</translation>
  </message>
  <message>
   <source>Delete layout</source>
   <translation>Anordnung löschen</translation>
  </message>
  <message>
   <source>Delete takes a value out of the list.</source>
   <translation>Entf nimmt einen Wert aus der Liste.</translation>
  </message>
  <message>
   <source>Delete them</source>
   <translation>Löschen</translation>
  </message>
  <message>
   <source>Deposit</source>
   <translation>Einzahlen</translation>
  </message>
  <message>
   <source>Deposit {amount} to {account}</source>
   <translation>{amount} auf {account} einzahlen</translation>
  </message>
  <message>
   <source>Deposit, withdraw, transfer, open, close, freeze: see the event, the fold and the state</source>
   <translation>Einzahlen, abheben, überweisen, eröffnen, schließen, einfrieren: das Ereignis, die Faltung und den Zustand sehen</translation>
  </message>
  <message>
   <source>Deposited {amount}</source>
   <translation>{amount} eingezahlt</translation>
  </message>
  <message>
   <source>Diff</source>
   <translation>Vergleich</translation>
  </message>
  <message>
   <source>Difference</source>
   <translation>Unterschied</translation>
  </message>
  <message>
   <source>Difference from the log</source>
   <translation>Unterschied zum Protokoll</translation>
  </message>
  <message>
   <source>Difference from {start:,} to {stop:,}</source>
   <translation>Unterschied von {start:,} bis {stop:,}</translation>
  </message>
  <message>
   <source>Do the jump again from which you came back</source>
   <translation>Den Sprung noch einmal machen, von dem Sie zurückkamen</translation>
  </message>
  <message>
   <source>Drag along the timeline below, or press ← and →: the state at the left is what had come of it by then.</source>
   <translation>Ziehen Sie unten an der Zeitleiste, oder drücken Sie ← und →: Links steht der Zustand, der bis dahin entstanden war.</translation>
  </message>
  <message>
   <source>Drag along the timeline below, or press ← and →: the state shows what had come of it by then.</source>
   <translation>Ziehen Sie an der Zeitleiste unten, oder drücken Sie ← und →: der Zustand zeigt, was bis dahin daraus geworden war.</translation>
  </message>
  <message>
   <source>Draw each number of the chosen column over all of history, or no longer</source>
   <translation>Jede Zahl der gewählten Spalte über die ganze Geschichte zeichnen, oder nicht mehr</translation>
  </message>
  <message>
   <source>Draw each number over all of history</source>
   <translation>Jede Zahl über die ganze Geschichte zeichnen</translation>
  </message>
  <message>
   <source>Draw the part of the log that the timeline shows</source>
   <translation>Den Teil des Protokolls zeichnen, den die Zeitleiste zeigt</translation>
  </message>
  <message>
   <source>Draw this value over time</source>
   <translation>Diesen Wert über die Zeit zeichnen</translation>
  </message>
  <message>
   <source>Drop an event log here, or click to open one…</source>
   <translation>Ein Ereignisprotokoll hierher ziehen, oder klicken, um eines zu öffnen…</translation>
  </message>
  <message>
   <source>E&amp;xport</source>
   <translation>E&amp;xportieren</translation>
  </message>
  <message>
   <source>Each curve runs over all of history, whatever part the timeline shows.</source>
   <translation>Jede Kurve zeigt die ganze Geschichte, egal welchen Teil die Zeitleiste zeigt.</translation>
  </message>
  <message>
   <source>Each kind by its read model: {count:,} of {events:,} events change nothing here ({names}), and {hidden:,} of {entities:,} entities are not shown.</source>
   <translation>Jede Art nach ihrem Lesemodell: {count:,} von {events:,} Ereignissen ändern hier nichts ({names}), und {hidden:,} von {entities:,} Entitäten werden nicht gezeigt.</translation>
  </message>
  <message>
   <source>Each kind by its read model: {count:,} of {events:,} events change nothing here ({names}).</source>
   <translation>Jede Art nach ihrem Lesemodell: {count:,} von {events:,} Ereignissen ändern hier nichts ({names}).</translation>
  </message>
  <message>
   <source>Edit event {n}</source>
   <translation>Ereignis {n} ändern</translation>
  </message>
  <message>
   <source>Edit…</source>
   <translation>Ändern…</translation>
  </message>
  <message>
   <source>Encoding</source>
   <translation>Kodierung</translation>
  </message>
  <message>
   <source>End</source>
   <translation>Ende</translation>
  </message>
  <message>
   <source>End the lesson</source>
   <translation>Lektion beenden</translation>
  </message>
  <message>
   <source>End the lesson; the log stays open</source>
   <translation>Die Lektion beenden; das Protokoll bleibt offen</translation>
  </message>
  <message>
   <source>Entity</source>
   <translation>Entität</translation>
  </message>
  <message>
   <source>Entity as a tree</source>
   <translation>Entität als Baum</translation>
  </message>
  <message>
   <source>Entity as a tree: columns</source>
   <translation>Entität als Baum: Spalten</translation>
  </message>
  <message>
   <source>Event</source>
   <translation>Ereignis</translation>
  </message>
  <message>
   <source>Event as a tree</source>
   <translation>Ereignis als Baum</translation>
  </message>
  <message>
   <source>Event as a tree: columns</source>
   <translation>Ereignis als Baum: Spalten</translation>
  </message>
  <message>
   <source>Event as it stands in the log</source>
   <translation>Ereignis, wie es im Protokoll steht</translation>
  </message>
  <message>
   <source>Event at each version</source>
   <translation>Ereignis in jeder Version</translation>
  </message>
  <message>
   <source>Event of the branch</source>
   <translation>Ereignis des Zweigs</translation>
  </message>
  <message>
   <source>Event that set the chosen &amp;value</source>
   <translation>Ereignis, das den gewählten &amp;Wert gesetzt hat</translation>
  </message>
  <message>
   <source>Event type</source>
   <translation>Ereignistyp</translation>
  </message>
  <message>
   <source>Event types that change nothing here: {types}.</source>
   <translation>Ereignistypen, die hier nichts ändern: {types}.</translation>
  </message>
  <message>
   <source>Event {position:,} of the branch, which is not in the log: {reason}.</source>
   <translation>Ereignis {position:,} des Zweigs, das nicht im Protokoll steht: {reason}.</translation>
  </message>
  <message>
   <source>Event {position}, {entity}:</source>
   <translation>Ereignis {position}, {entity}:</translation>
  </message>
  <message>
   <source>Event {position}, {entity}: {path} is {there} in JavaScript, as far as a double can hold it</source>
   <translation>Ereignis {position}, {entity}: {path} ist in JavaScript {there}, soweit eine Double-Zahl das fasst</translation>
  </message>
  <message>
   <source>Event {position}, {entity}: {path} is {there} in JavaScript, where numbers are doubles; exactly it is {exact}</source>
   <translation>Ereignis {position}, {entity}: {path} ist in JavaScript {there}, wo Zahlen Double-Zahlen sind; genau ist es {exact}</translation>
  </message>
  <message>
   <source>Event, indented</source>
   <translation>Ereignis, eingerückt</translation>
  </message>
  <message>
   <source>Events</source>
   <translation>Ereignisse</translation>
  </message>
  <message>
   <source>Events listed</source>
   <translation>Aufgelistete Ereignisse</translation>
  </message>
  <message>
   <source>Events of the same correlation</source>
   <translation>Ereignisse derselben Korrelation</translation>
  </message>
  <message>
   <source>Events say different kinds of {count} entities, such as {name}: they stand here alone</source>
   <translation>Zu {count} Entitäten wie {name} nennen Ereignisse verschiedene Arten: Sie stehen nur hier</translation>
  </message>
  <message>
   <source>Events tell of several objects, and count for the first of them alone.</source>
   <translation>Ereignisse erzählen von mehreren Objekten und zählen allein für das erste.</translation>
  </message>
  <message>
   <source>Events that the rules would have rejected</source>
   <translation>Ereignisse, die die Regeln abgelehnt hätten</translation>
  </message>
  <message>
   <source>Events that were written</source>
   <translation>Ereignisse, die geschrieben wurden</translation>
  </message>
  <message>
   <source>Every action by its name</source>
   <translation>Jede Aktion bei ihrem Namen</translation>
  </message>
  <message>
   <source>Every bookmark with its name and note</source>
   <translation>Jedes Lesezeichen mit Namen und Notiz</translation>
  </message>
  <message>
   <source>Every change of {entity}</source>
   <translation>Jede Änderung von {entity}</translation>
  </message>
  <message>
   <source>Every change of {field} of {entity}</source>
   <translation>Jede Änderung von {field} von {entity}</translation>
  </message>
  <message>
   <source>Every event takes the same room</source>
   <translation>Jedes Ereignis nimmt gleich viel Raum ein</translation>
  </message>
  <message>
   <source>Every event takes the same time, or as long as it really took</source>
   <translation>Jedes Ereignis dauert gleich lang, oder so lang, wie es wirklich dauerte</translation>
  </message>
  <message>
   <source>Every hour takes the same room</source>
   <translation>Jede Stunde nimmt gleich viel Raum ein</translation>
  </message>
  <message>
   <source>Every interval in which a condition held is listed here, over all of history.</source>
   <translation>Hier steht jeder Abschnitt, in dem eine Bedingung galt, über die ganze Geschichte.</translation>
  </message>
  <message>
   <source>Every key and what it does</source>
   <translation>Jede Taste, und was sie tut</translation>
  </message>
  <message>
   <source>Exact numbers and nested values, as the commands print them</source>
   <translation>Genaue Zahlen und verschachtelte Werte, wie die Befehle sie ausgeben</translation>
  </message>
  <message>
   <source>Exactly, {name} is {exact}: numbers are doubles in JavaScript.</source>
   <translation>Genau ist {name} {exact}: In JavaScript sind Zahlen Doubles.</translation>
  </message>
  <message>
   <source>Examples</source>
   <translation>Beispiele</translation>
  </message>
  <message>
   <source>Excludes</source>
   <translation>Schließt aus</translation>
  </message>
  <message>
   <source>Exhibit</source>
   <translation>Schaustück</translation>
  </message>
  <message>
   <source>Exhibit: table {number}</source>
   <translation>Schaustück: Tabelle {number}</translation>
  </message>
  <message>
   <source>Export</source>
   <translation>Exportieren</translation>
  </message>
  <message>
   <source>Export a picture</source>
   <translation>Ein Bild exportieren</translation>
  </message>
  <message>
   <source>Export the profile</source>
   <translation>Das Profil exportieren</translation>
  </message>
  <message>
   <source>F&amp;ull screen</source>
   <translation>&amp;Ganzer Bildschirm</translation>
  </message>
  <message>
   <source>Feb</source>
   <translation>Feb</translation>
  </message>
  <message>
   <source>February</source>
   <translation>Februar</translation>
  </message>
  <message>
   <source>Fees are taken away beside the amounts: so the balances that the log states come out.</source>
   <translation>Gebühren werden neben den Beträgen abgezogen: So kommen die Salden heraus, die das Protokoll nennt.</translation>
  </message>
  <message>
   <source>Field</source>
   <translation>Feld</translation>
  </message>
  <message>
   <source>Fields of the log</source>
   <translation>Felder des Protokolls</translation>
  </message>
  <message>
   <source>Fields…</source>
   <translation>Felder…</translation>
  </message>
  <message>
   <source>Fil&amp;ter events…</source>
   <translation>Ereignisse &amp;filtern…</translation>
  </message>
  <message>
   <source>File</source>
   <translation>Datei</translation>
  </message>
  <message>
   <source>Files</source>
   <translation>Dateien</translation>
  </message>
  <message>
   <source>Files of this log</source>
   <translation>Dateien dieses Protokolls</translation>
  </message>
  <message>
   <source>Filter</source>
   <translation>Filter</translation>
  </message>
  <message>
   <source>Filter by this: {condition}</source>
   <translation>Hiernach filtern: {condition}</translation>
  </message>
  <message>
   <source>Filter events</source>
   <translation>Ereignisse filtern</translation>
  </message>
  <message>
   <source>Filter the state</source>
   <translation>Zustand filtern</translation>
  </message>
  <message>
   <source>Filter: Ada, or balance &lt; 0 and status = 'open'</source>
   <translation>Filter: Ada, oder balance &lt; 0 and status = 'open'</translation>
  </message>
  <message>
   <source>Filter: type:Money* account:acc-1 amount&gt;100 -owner:Ada "text" /regex/  ( / )</source>
   <translation>Filter: type:Money* account:acc-1 amount&gt;100 -owner:Ada "Text" /Muster/  ( / )</translation>
  </message>
  <message>
   <source>Find</source>
   <translation>Suchen</translation>
  </message>
  <message>
   <source>Find a name or a value; Enter: the next</source>
   <translation>Namen oder Wert suchen; Enter: weiter</translation>
  </message>
  <message>
   <source>Find an action</source>
   <translation>Eine Aktion finden</translation>
  </message>
  <message>
   <source>Find every interval in which a condition held, such as balance &lt; 0</source>
   <translation>Jeden Abschnitt finden, in dem eine Bedingung galt, etwa balance &lt; 0</translation>
  </message>
  <message>
   <source>Find in the entity</source>
   <translation>In der Entität suchen</translation>
  </message>
  <message>
   <source>Find when it was so anywhere</source>
   <translation>Finden, wann es irgendwo so war</translation>
  </message>
  <message>
   <source>Find when it was so here: {condition}</source>
   <translation>Finden, wann es hier so war: {condition}</translation>
  </message>
  <message>
   <source>First columns that stay in view</source>
   <translation>Erste Spalten, die sichtbar bleiben</translation>
  </message>
  <message>
   <source>First rows</source>
   <translation>Erste Zeilen</translation>
  </message>
  <message>
   <source>Fold &amp;all groups</source>
   <translation>&amp;Alle Gruppen falten</translation>
  </message>
  <message>
   <source>Follow events</source>
   <translation>Ereignissen folgen</translation>
  </message>
  <message>
   <source>Follow the &amp;end</source>
   <translation>Dem &amp;Ende folgen</translation>
  </message>
  <message>
   <source>Follow zoom</source>
   <translation>Zoom folgen</translation>
  </message>
  <message>
   <source>For spreadsheets and programs; one line for each row</source>
   <translation>Für Tabellenkalkulationen und Programme; eine Zeile für jede Zeile</translation>
  </message>
  <message>
   <source>For&amp;ward again</source>
   <translation>Wieder &amp;vorwärts</translation>
  </message>
  <message>
   <source>Forget the chosen check</source>
   <translation>Die gewählte Prüfung vergessen</translation>
  </message>
  <message>
   <source>Forget the selection</source>
   <translation>Die Auswahl vergessen</translation>
  </message>
  <message>
   <source>Forget this branch</source>
   <translation>Diesen Zweig vergessen</translation>
  </message>
  <message>
   <source>Forget this one</source>
   <translation>Dieses vergessen</translation>
  </message>
  <message>
   <source>Form of its name</source>
   <translation>Form ihres Namens</translation>
  </message>
  <message>
   <source>Format</source>
   <translation>Format</translation>
  </message>
  <message>
   <source>Found</source>
   <translation>Gefunden</translation>
  </message>
  <message>
   <source>Found in the entity</source>
   <translation>In der Entität gefunden</translation>
  </message>
  <message>
   <source>Freeze the account</source>
   <translation>Das Konto einfrieren</translation>
  </message>
  <message>
   <source>Freeze {account}</source>
   <translation>{account} einfrieren</translation>
  </message>
  <message>
   <source>Fri</source>
   <translation>Fr</translation>
  </message>
  <message>
   <source>From the beginning</source>
   <translation>Von Anfang an</translation>
  </message>
  <message>
   <source>From the log's end</source>
   <translation>Vom Ende des Protokolls her</translation>
  </message>
  <message>
   <source>Full screen, large type and the keys of a remote: PageDown, PageUp, B for black, L for a laser, Esc</source>
   <translation>Ganzer Bildschirm, große Schrift und die Tasten einer Fernbedienung: Bild ab, Bild auf, B für Schwarz, L für einen Zeiger, Esc</translation>
  </message>
  <message>
   <source>Getting ready to draw…</source>
   <translation>Zeichnung wird vorbereitet…</translation>
  </message>
  <message>
   <source>Give</source>
   <translation>Geben</translation>
  </message>
  <message>
   <source>Give the arrangement of the panels a name</source>
   <translation>Der Anordnung der Bereiche einen Namen geben</translation>
  </message>
  <message>
   <source>Give the branch another name</source>
   <translation>Dem Zweig einen anderen Namen geben</translation>
  </message>
  <message>
   <source>Give this command</source>
   <translation>Diesen Befehl geben</translation>
  </message>
  <message>
   <source>Go into the next panel that can be seen</source>
   <translation>In den nächsten sichtbaren Bereich gehen</translation>
  </message>
  <message>
   <source>Go into the panel before</source>
   <translation>In den Bereich davor gehen</translation>
  </message>
  <message>
   <source>Go on so</source>
   <translation>So lassen</translation>
  </message>
  <message>
   <source>Go on without</source>
   <translation>Ohne fortfahren</translation>
  </message>
  <message>
   <source>Go there</source>
   <translation>Dorthin gehen</translation>
  </message>
  <message>
   <source>Go there; click a value in the state to see why it is so</source>
   <translation>Dorthin gehen; ein Klick auf einen Wert im Zustand zeigt, warum er so ist</translation>
  </message>
  <message>
   <source>Go to</source>
   <translation>Gehe zu</translation>
  </message>
  <message>
   <source>Go to #1204 · 50% · 6 Jan 10:15 · last tuesday</source>
   <translation>Gehe zu #1204 · 50% · 6 Jan 10:15 · last tuesday</translation>
  </message>
  <message>
   <source>Go to #{position}</source>
   <translation>Gehe zu #{position}</translation>
  </message>
  <message>
   <source>Go to a position, a percentage or a time: #1204, 50%, last tuesday, 3 days earlier</source>
   <translation>Zu einer Position, einem Anteil oder einer Zeit gehen: #1204, 50%, last tuesday, 3 days earlier</translation>
  </message>
  <message>
   <source>Go to the event that caused the current one, as its metadata says</source>
   <translation>Zu dem Ereignis gehen, das laut seinen Metadaten das aktuelle verursacht hat</translation>
  </message>
  <message>
   <source>Go to the event that caused this one</source>
   <translation>Zu dem Ereignis gehen, das dieses verursacht hat</translation>
  </message>
  <message>
   <source>Go to the event that changed it last: #{position:,}</source>
   <translation>Zum Ereignis, das sie zuletzt geändert hat: #{position:,}</translation>
  </message>
  <message>
   <source>Go to the last event that set it</source>
   <translation>Zu dem letzten Ereignis gehen, das ihn gesetzt hat</translation>
  </message>
  <message>
   <source>Go to the last event that set the value which Why explains</source>
   <translation>Zu dem letzten Ereignis gehen, das den Wert gesetzt hat, den „Warum“ erklärt</translation>
  </message>
  <message>
   <source>Go to the next bookmark</source>
   <translation>Zum nächsten Lesezeichen gehen</translation>
  </message>
  <message>
   <source>Go to the next part that the event changed</source>
   <translation>Zum nächsten Teil, den das Ereignis geändert hat</translation>
  </message>
  <message>
   <source>Go to the next row of the state that the event changed</source>
   <translation>Zur nächsten Zeile des Zustands gehen, die das Ereignis geändert hat</translation>
  </message>
  <message>
   <source>Go to the next row that the event changed</source>
   <translation>Zur nächsten Zeile gehen, die das Ereignis geändert hat</translation>
  </message>
  <message>
   <source>Go to the previous bookmark</source>
   <translation>Zum vorigen Lesezeichen gehen</translation>
  </message>
  <message>
   <source>Go to the row of the state before that the event changed</source>
   <translation>Zur vorigen Zeile des Zustands gehen, die das Ereignis geändert hat</translation>
  </message>
  <message>
   <source>Go to where the next interval begins that the Find panel lists</source>
   <translation>Dorthin gehen, wo der nächste Abschnitt beginnt, den „Suchen“ auflistet</translation>
  </message>
  <message>
   <source>Go to where the previous interval begins that the Find panel lists</source>
   <translation>Dorthin gehen, wo der vorige Abschnitt beginnt, den „Suchen“ auflistet</translation>
  </message>
  <message>
   <source>Goes to</source>
   <translation>Kommt nach</translation>
  </message>
  <message>
   <source>Group by</source>
   <translation>Gruppieren nach</translation>
  </message>
  <message>
   <source>Group by this column</source>
   <translation>Nach dieser Spalte gruppieren</translation>
  </message>
  <message>
   <source>Head, to be kept elsewhere: {head}</source>
   <translation>Kopf, anderswo aufzubewahren: {head}</translation>
  </message>
  <message>
   <source>Header</source>
   <translation>Kopfzeile</translation>
  </message>
  <message>
   <source>Here</source>
   <translation>Hier</translation>
  </message>
  <message>
   <source>Hide others</source>
   <translation>Andere verbergen</translation>
  </message>
  <message>
   <source>Hide the events that the filter does not find</source>
   <translation>Die Ereignisse verbergen, die der Filter nicht findet</translation>
  </message>
  <message>
   <source>Hide this column</source>
   <translation>Diese Spalte verbergen</translation>
  </message>
  <message>
   <source>High contrast</source>
   <translation>Hoher Kontrast</translation>
  </message>
  <message>
   <source>Hint</source>
   <translation>Hinweis</translation>
  </message>
  <message>
   <source>Hits in the log</source>
   <translation>Treffer im Protokoll</translation>
  </message>
  <message>
   <source>How</source>
   <translation>Wie</translation>
  </message>
  <message>
   <source>How did the {field} reach this value?</source>
   <translation>Wie kam {field} zu diesem Wert?</translation>
  </message>
  <message>
   <source>How often</source>
   <translation>Wie oft</translation>
  </message>
  <message>
   <source>How records are unwrapped</source>
   <translation>Wie Einträge ausgepackt werden</translation>
  </message>
  <message>
   <source>How records are unwrapped, step by step (F2 changes, Delete removes):</source>
   <translation>Wie Einträge ausgepackt werden, Schritt für Schritt (F2 ändert, Entf entfernt):</translation>
  </message>
  <message>
   <source>How the name of an entity is made, such as {kind}|{id}.</source>
   <translation>Wie der Name einer Entität gebildet ist, etwa {kind}|{id}.</translation>
  </message>
  <message>
   <source>How the state is derived from the events</source>
   <translation>Wie der Zustand aus den Ereignissen entsteht</translation>
  </message>
  <message>
   <source>How {name} is read ({format_text}):</source>
   <translation>So wird {name} gelesen ({format_text}):</translation>
  </message>
  <message>
   <source>I cannot know: it was overwritten.</source>
   <translation>Ich kann es nicht wissen: es wurde überschrieben.</translation>
  </message>
  <message>
   <source>I cannot know: no column says so.</source>
   <translation>Ich kann es nicht wissen: keine Spalte sagt es.</translation>
  </message>
  <message>
   <source>Id of the event</source>
   <translation>Id des Ereignisses</translation>
  </message>
  <message>
   <source>In History Explorer a read model can be written here; this page only shows.</source>
   <translation>Im History Explorer kann hier ein Lesemodell geschrieben werden; diese Seite zeigt nur.</translation>
  </message>
  <message>
   <source>In History Explorer this step brings up {panels}, which this page does not have.</source>
   <translation>In History Explorer holt dieser Schritt hervor, was diese Seite nicht hat: {panels}.</translation>
  </message>
  <message>
   <source>In History Explorer this step shows one more panel, which this page does not have.</source>
   <translation>In History Explorer zeigt dieser Schritt noch ein Feld, das diese Seite nicht hat.</translation>
  </message>
  <message>
   <source>In a table, the last UPDATE destroys history. An event log keeps every fact, and state is only a fold of them. Open a log, drag through time, see the state its events had produced at that point, and ask why.</source>
   <translation>In einer Tabelle vernichtet das letzte UPDATE die Geschichte. Ein Ereignisprotokoll bewahrt jede Tatsache, und der Zustand ist nur eine Faltung davon. Öffnen Sie ein Protokoll, ziehen Sie durch die Zeit, sehen Sie den Zustand, den die Ereignisse bis dahin ergeben hatten, und fragen Sie warum.</translation>
  </message>
  <message>
   <source>In place of those in the file, or where it has none; with commas between them.</source>
   <translation>Anstelle derer in der Datei, oder wo sie keine hat; mit Kommas dazwischen.</translation>
  </message>
  <message>
   <source>In the log</source>
   <translation>Im Protokoll</translation>
  </message>
  <message>
   <source>In the log, 1 event is out of time order.</source>
   <translation>Im Protokoll ist 1 Ereignis nicht in zeitlicher Reihenfolge.</translation>
  </message>
  <message>
   <source>In the log, {count:,} events are out of time order.</source>
   <translation>Im Protokoll sind {count:,} Ereignisse nicht in zeitlicher Reihenfolge.</translation>
  </message>
  <message>
   <source>In which schema version each event is written</source>
   <translation>In welcher Schemaversion jedes Ereignis geschrieben ist</translation>
  </message>
  <message>
   <source>In whose state</source>
   <translation>In wessen Zustand</translation>
  </message>
  <message>
   <source>Insert an event before event {n}</source>
   <translation>Vor Ereignis {n} ein Ereignis einfügen</translation>
  </message>
  <message>
   <source>Intervals</source>
   <translation>Abschnitte</translation>
  </message>
  <message>
   <source>Is every record as it was written, in order, nothing missing, nothing twice?</source>
   <translation>Ist jeder Datensatz so, wie er geschrieben wurde, in Reihenfolge, keiner fehlend, keiner doppelt?</translation>
  </message>
  <message>
   <source>Is the record</source>
   <translation>Ist der Eintrag</translation>
  </message>
  <message>
   <source>It can be used.</source>
   <translation>So ist sie zu gebrauchen.</translation>
  </message>
  <message>
   <source>It cannot be read so.</source>
   <translation>So kann es nicht gelesen werden.</translation>
  </message>
  <message>
   <source>It gives no row for this log.</source>
   <translation>Sie ergibt für dieses Protokoll keine Zeile.</translation>
  </message>
  <message>
   <source>It is read in a transaction that cannot write; the right to SELECT is enough. The password is kept in memory as long as the program runs, and nowhere else; without one, the usual places are asked (a file of passwords, a service).</source>
   <translation>Gelesen wird in einer Transaktion, die nicht schreiben kann; das Recht auf SELECT genügt. Das Passwort bleibt im Speicher, solange das Programm läuft, und sonst nirgends; ohne eines werden die üblichen Orte gefragt (eine Passwortdatei, ein Service).</translation>
  </message>
  <message>
   <source>It is {answer}.</source>
   <translation>Es ist {answer}.</translation>
  </message>
  <message>
   <source>It is {answer}: {right} of {total} said so.</source>
   <translation>Es ist {answer}: {right} von {total} haben das gesagt.</translation>
  </message>
  <message>
   <source>It is {value}. How, I cannot know.</source>
   <translation>Es ist {value}. Wie, kann ich nicht wissen.</translation>
  </message>
  <message>
   <source>It is {value}. That is all it knows.</source>
   <translation>Es ist {value}. Mehr weiß sie nicht.</translation>
  </message>
  <message>
   <source>It lies on a network drive ({kind}): an append from another machine may come between.</source>
   <translation>Es liegt auf einem Netzlaufwerk ({kind}): Was ein anderer Rechner anhängt, kann dazwischenkommen.</translation>
  </message>
  <message>
   <source>It names what this log does not have:</source>
   <translation>Sie nennt, was dieses Protokoll nicht hat:</translation>
  </message>
  <message>
   <source>It never held.</source>
   <translation>Sie galt nie.</translation>
  </message>
  <message>
   <source>It runs with your rights: it can read and change your files. Run it only if you wrote it, or trust who did. It is asked about again when it has changed.</source>
   <translation>Es läuft mit Ihren Rechten: Es kann Ihre Dateien lesen und ändern. Führen Sie es nur aus, wenn Sie es geschrieben haben oder dem vertrauen, der es war. Wenn es sich geändert hat, wird wieder gefragt.</translation>
  </message>
  <message>
   <source>It was overwritten.</source>
   <translation>Es wurde überschrieben.</translation>
  </message>
  <message>
   <source>It was stopped: it took longer than {seconds} s.</source>
   <translation>Angehalten: es dauerte länger als {seconds} s.</translation>
  </message>
  <message>
   <source>JSON</source>
   <translation>JSON</translation>
  </message>
  <message>
   <source>Jan</source>
   <translation>Jan</translation>
  </message>
  <message>
   <source>January</source>
   <translation>Januar</translation>
  </message>
  <message>
   <source>Jul</source>
   <translation>Jul</translation>
  </message>
  <message>
   <source>July</source>
   <translation>Juli</translation>
  </message>
  <message>
   <source>Jump</source>
   <translation>Sprung</translation>
  </message>
  <message>
   <source>Jun</source>
   <translation>Jun</translation>
  </message>
  <message>
   <source>June</source>
   <translation>Juni</translation>
  </message>
  <message>
   <source>Keep</source>
   <translation>Behalten</translation>
  </message>
  <message>
   <source>Keep in view when scrolling sideways</source>
   <translation>Beim seitlichen Rollen sichtbar halten</translation>
  </message>
  <message>
   <source>Keep looking at what was loaded</source>
   <translation>Weiter ansehen, was geladen wurde</translation>
  </message>
  <message>
   <source>Keep the chosen value in sight wherever you stand, or no longer</source>
   <translation>Den gewählten Wert im Blick behalten, wo immer Sie stehen, oder nicht mehr</translation>
  </message>
  <message>
   <source>Keep the copy of a sample or of a lesson's log, with what was recorded into it</source>
   <translation>Die Kopie eines Beispiels oder des Protokolls einer Lektion behalten, mit dem, was darin aufgezeichnet wurde</translation>
  </message>
  <message>
   <source>Kept indexes</source>
   <translation>Aufbewahrte Indizes</translation>
  </message>
  <message>
   <source>Keys</source>
   <translation>Tasten</translation>
  </message>
  <message>
   <source>Kind of entity</source>
   <translation>Art der Entität</translation>
  </message>
  <message>
   <source>Kinds of entities</source>
   <translation>Arten von Entitäten</translation>
  </message>
  <message>
   <source>Known by its name, unless you choose otherwise: go to a row and press F2, or click twice.</source>
   <translation>Am Namen erkannt, wenn Sie nichts anderes wählen: Gehen Sie in eine Zeile und drücken Sie F2, oder klicken Sie zweimal.</translation>
  </message>
  <message>
   <source>La&amp;rger text</source>
   <translation>&amp;Größere Schrift</translation>
  </message>
  <message>
   <source>Language</source>
   <translation>Sprache</translation>
  </message>
  <message>
   <source>Language, from the next start on</source>
   <translation>Sprache, ab dem nächsten Start</translation>
  </message>
  <message>
   <source>Larger step &amp;back</source>
   <translation>Größerer Schritt &amp;zurück</translation>
  </message>
  <message>
   <source>Larger step &amp;forward</source>
   <translation>Größerer Schritt &amp;vorwärts</translation>
  </message>
  <message>
   <source>Larger text</source>
   <translation>Größere Schrift</translation>
  </message>
  <message>
   <source>Laser p&amp;ointer</source>
   <translation>Licht&amp;zeiger</translation>
  </message>
  <message>
   <source>Lay&amp;outs</source>
   <translation>A&amp;nordnungen</translation>
  </message>
  <message>
   <source>Layout: {name}</source>
   <translation>Anordnung: {name}</translation>
  </message>
  <message>
   <source>Leave it as it is, and hide this line</source>
   <translation>Es lassen, wie es ist, und diese Zeile verbergen</translation>
  </message>
  <message>
   <source>Leave the program</source>
   <translation>Das Programm verlassen</translation>
  </message>
  <message>
   <source>Left as it was</source>
   <translation>Gelassen, wie es war</translation>
  </message>
  <message>
   <source>Lesson</source>
   <translation>Lektion</translation>
  </message>
  <message>
   <source>Lessons</source>
   <translation>Lektionen</translation>
  </message>
  <message>
   <source>Lessons (*.md)</source>
   <translation>Lektionen (*.md)</translation>
  </message>
  <message>
   <source>Let commands append new events to this log, or no longer</source>
   <translation>Befehle neue Ereignisse an dieses Protokoll anhängen lassen, oder nicht mehr</translation>
  </message>
  <message>
   <source>Let commands append new events to this log, or no longer; nothing is written before</source>
   <translation>Befehle neue Ereignisse an dieses Protokoll anhängen lassen, oder nicht mehr; vorher wird nichts geschrieben</translation>
  </message>
  <message>
   <source>Li&amp;st the selection only</source>
   <translation>Nur die Auswahl auf&amp;listen</translation>
  </message>
  <message>
   <source>Lift old events to today's schema version, by steps in a .toml or .py file</source>
   <translation>Alte Ereignisse auf die heutige Schemaversion heben, mit Schritten in einer .toml- oder .py-Datei</translation>
  </message>
  <message>
   <source>Light</source>
   <translation>Hell</translation>
  </message>
  <message>
   <source>Light or dark, as the system is</source>
   <translation>Hell oder dunkel, wie das System</translation>
  </message>
  <message>
   <source>Light text on dark ground</source>
   <translation>Helle Schrift auf dunklem Grund</translation>
  </message>
  <message>
   <source>Link copied</source>
   <translation>Verweis kopiert</translation>
  </message>
  <message>
   <source>Link copied; the read model that was written in the window is not part of it</source>
   <translation>Verweis kopiert; das Lesemodell, das im Fenster geschrieben wurde, gehört nicht dazu</translation>
  </message>
  <message>
   <source>List only some events: type:MoneyWithdrawn account:acc-1 amount&gt;100 -owner:Ada text /pattern/</source>
   <translation>Nur manche Ereignisse auflisten: type:MoneyWithdrawn account:acc-1 amount&gt;100 -owner:Ada Text /Muster/</translation>
  </message>
  <message>
   <source>List only the selected events; the filter says so</source>
   <translation>Nur die ausgewählten Ereignisse auflisten; der Filter sagt es</translation>
  </message>
  <message>
   <source>List only what the filter finds, or list all and mark what it finds</source>
   <translation>Nur auflisten, was der Filter findet, oder alles auflisten und markieren, was er findet</translation>
  </message>
  <message>
   <source>Live</source>
   <translation>Live</translation>
  </message>
  <message>
   <source>Load a profile</source>
   <translation>Ein Profil laden</translation>
  </message>
  <message>
   <source>Lock in</source>
   <translation>Festlegen</translation>
  </message>
  <message>
   <source>Locked in: {guesses}</source>
   <translation>Festgelegt: {guesses}</translation>
  </message>
  <message>
   <source>Log order (as recorded)</source>
   <translation>Protokollreihenfolge (wie aufgezeichnet)</translation>
  </message>
  <message>
   <source>Look again and retry</source>
   <translation>Noch einmal ansehen und wiederholen</translation>
  </message>
  <message>
   <source>Look what is there</source>
   <translation>Nachsehen, was da ist</translation>
  </message>
  <message>
   <source>Looking through {count:,} rows…</source>
   <translation>{count:,} Zeilen werden durchgesehen …</translation>
  </message>
  <message>
   <source>Lowered by {amount}</source>
   <translation>Um {amount} gesenkt</translation>
  </message>
  <message>
   <source>M puts a bookmark where you stand; [ and ] go from one to the next.</source>
   <translation>M setzt ein Lesezeichen, wo Sie stehen; [ und ] gehen von einem zum nächsten.</translation>
  </message>
  <message>
   <source>MIT licence. Made with Qt for Python (LGPL) and NumPy (BSD).</source>
   <translation>MIT-Lizenz. Gemacht mit Qt for Python (LGPL) und NumPy (BSD).</translation>
  </message>
  <message>
   <source>Make a check of this condition</source>
   <translation>Aus dieser Bedingung eine Prüfung machen</translation>
  </message>
  <message>
   <source>Make an empty log, into which commands are recorded</source>
   <translation>Ein leeres Log anlegen, in das Befehle aufgezeichnet werden</translation>
  </message>
  <message>
   <source>Mar</source>
   <translation>Mär</translation>
  </message>
  <message>
   <source>March</source>
   <translation>März</translation>
  </message>
  <message>
   <source>Markdown</source>
   <translation>Markdown</translation>
  </message>
  <message>
   <source>May</source>
   <translation>Mai</translation>
  </message>
  <message>
   <source>Meaning</source>
   <translation>Bedeutung</translation>
  </message>
  <message>
   <source>Meaning of event types</source>
   <translation>Bedeutung der Ereignistypen</translation>
  </message>
  <message>
   <source>Means</source>
   <translation>Bedeutet</translation>
  </message>
  <message>
   <source>Member</source>
   <translation>Mitglied</translation>
  </message>
  <message>
   <source>Members of the events</source>
   <translation>Mitglieder der Ereignisse</translation>
  </message>
  <message>
   <source>Memory for a history folder</source>
   <translation>Speicher für einen Verlaufsordner</translation>
  </message>
  <message>
   <source>Mon</source>
   <translation>Mo</translation>
  </message>
  <message>
   <source>More about this branch</source>
   <translation>Mehr über diesen Zweig</translation>
  </message>
  <message>
   <source>More ran than is shown.</source>
   <translation>Es lief mehr, als gezeigt wird.</translation>
  </message>
  <message>
   <source>Move &amp;down</source>
   <translation>Nach &amp;unten</translation>
  </message>
  <message>
   <source>Move &amp;up</source>
   <translation>Nach &amp;oben</translation>
  </message>
  <message>
   <source>Move A and B back by one event</source>
   <translation>A und B um ein Ereignis zurück</translation>
  </message>
  <message>
   <source>Move A and B by one event</source>
   <translation>A und B um ein Ereignis weiter</translation>
  </message>
  <message>
   <source>Move the view &amp;left</source>
   <translation>Ausschnitt nach &amp;links</translation>
  </message>
  <message>
   <source>Move the view &amp;right</source>
   <translation>Ausschnitt nach &amp;rechts</translation>
  </message>
  <message>
   <source>Move to the left</source>
   <translation>Nach links</translation>
  </message>
  <message>
   <source>Move to the right</source>
   <translation>Nach rechts</translation>
  </message>
  <message>
   <source>Move what a program left unfinished at the log's end into a file of its own, if there is such a thing</source>
   <translation>Was ein Programm am Ende des Protokolls unfertig gelassen hat, in eine eigene Datei verschieben, falls es so etwas gibt</translation>
  </message>
  <message>
   <source>Must always hold</source>
   <translation>Muss immer gelten</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>Name and note of the bookmar&amp;k…</source>
   <translation>Name und Notiz des Lese&amp;zeichens…</translation>
  </message>
  <message>
   <source>Name and note…</source>
   <translation>Name und Notiz…</translation>
  </message>
  <message>
   <source>Name of the branch</source>
   <translation>Name des Zweigs</translation>
  </message>
  <message>
   <source>Name of the check</source>
   <translation>Name der Prüfung</translation>
  </message>
  <message>
   <source>Name of the layout</source>
   <translation>Name der Anordnung</translation>
  </message>
  <message>
   <source>Name of the profile</source>
   <translation>Name des Profils</translation>
  </message>
  <message>
   <source>Names of columns</source>
   <translation>Namen der Spalten</translation>
  </message>
  <message>
   <source>Narrative</source>
   <translation>Erzählung</translation>
  </message>
  <message>
   <source>Ne&amp;w log…</source>
   <translation>Neues &amp;Log …</translation>
  </message>
  <message>
   <source>Ne&amp;xt bookmark</source>
   <translation>Näch&amp;stes Lesezeichen</translation>
  </message>
  <message>
   <source>Ne&amp;xt hit</source>
   <translation>Nächster &amp;Treffer</translation>
  </message>
  <message>
   <source>New</source>
   <translation>Neu</translation>
  </message>
  <message>
   <source>New log</source>
   <translation>Neues Log</translation>
  </message>
  <message>
   <source>News of the log's file</source>
   <translation>Neues von der Datei des Protokolls</translation>
  </message>
  <message>
   <source>Next</source>
   <translation>Weiter</translation>
  </message>
  <message>
   <source>Next change</source>
   <translation>Nächste Änderung</translation>
  </message>
  <message>
   <source>Next event of the sa&amp;me account</source>
   <translation>Nächstes Ereignis &amp;desselben Kontos</translation>
  </message>
  <message>
   <source>Next event of the selected account, or of the current event's account</source>
   <translation>Nächstes Ereignis des gewählten Kontos, oder des Kontos des aktuellen Ereignisses</translation>
  </message>
  <message>
   <source>Next hint</source>
   <translation>Nächster Hinweis</translation>
  </message>
  <message>
   <source>Next lesson</source>
   <translation>Nächste Lektion</translation>
  </message>
  <message>
   <source>Next lesson: {title}</source>
   <translation>Nächste Lektion: {title}</translation>
  </message>
  <message>
   <source>Next of {count} not covered</source>
   <translation>Nächstes von {count} nicht abgedeckten</translation>
  </message>
  <message>
   <source>Next that is not covered</source>
   <translation>Nächstes, das nicht abgedeckt ist</translation>
  </message>
  <message>
   <source>Next violation or trou&amp;ble</source>
   <translation>Nächster &amp;Verstoß oder Fehler</translation>
  </message>
  <message>
   <source>Next: {step}</source>
   <translation>Danach: {step}</translation>
  </message>
  <message>
   <source>No balance below zero</source>
   <translation>Kein Stand unter null</translation>
  </message>
  <message>
   <source>No column says so.</source>
   <translation>Keine Spalte sagt es.</translation>
  </message>
  <message>
   <source>No command can be given while upcasters read the log.</source>
   <translation>Solange Upcaster das Protokoll lesen, kann kein Befehl gegeben werden.</translation>
  </message>
  <message>
   <source>No curves</source>
   <translation>Keine Kurven</translation>
  </message>
  <message>
   <source>No event has a time that can be read.</source>
   <translation>Kein Ereignis hat eine Zeit, die sich lesen lässt.</translation>
  </message>
  <message>
   <source>No event has set this value.</source>
   <translation>Kein Ereignis hat diesen Wert gesetzt.</translation>
  </message>
  <message>
   <source>No event is written.</source>
   <translation>Es wird kein Ereignis geschrieben.</translation>
  </message>
  <message>
   <source>No event of this log names what caused it or what it belongs to. It would do so as correlationId, causationId, traceId and the like, in its metadata, beside its type, or in its payload.</source>
   <translation>Kein Ereignis dieses Protokolls nennt, was es verursacht hat oder wozu es gehört. Es täte das als correlationId, causationId, traceId und dergleichen: in den Metadaten, neben dem Typ oder in den Daten.</translation>
  </message>
  <message>
   <source>No event of this log names what caused it, so nobody can say which command led to it.</source>
   <translation>Kein Ereignis dieses Logs nennt, was es verursacht hat; so kann niemand sagen, welcher Befehl dazu geführt hat.</translation>
  </message>
  <message>
   <source>No event so far changes anything here. Choose another read model, or say in Fields… what is what.</source>
   <translation>Kein Ereignis bis hierher ändert hier etwas. Ein anderes Lesemodell lässt sich wählen, oder in „Felder …“ sagen, was was ist.</translation>
  </message>
  <message>
   <source>No event up to here has set the chosen value, or none is chosen.</source>
   <translation>Bis hierher hat kein Ereignis den gewählten Wert gesetzt, oder es ist keiner gewählt.</translation>
  </message>
  <message>
   <source>No events</source>
   <translation>Keine Ereignisse</translation>
  </message>
  <message>
   <source>No groups</source>
   <translation>Keine Gruppen</translation>
  </message>
  <message>
   <source>No longer keep in view</source>
   <translation>Nicht mehr sichtbar halten</translation>
  </message>
  <message>
   <source>No longer watch it</source>
   <translation>Nicht mehr beobachten</translation>
  </message>
  <message>
   <source>No more hints</source>
   <translation>Keine Hinweise mehr</translation>
  </message>
  <message>
   <source>No rule is looked at.</source>
   <translation>Keine Regel wird betrachtet.</translation>
  </message>
  <message>
   <source>No rule was tried: none is known for the read model “{name}”.</source>
   <translation>Keine Regel wurde angewandt: Für das Lesemodell „{name}“ ist keine bekannt.</translation>
  </message>
  <message>
   <source>No rule was tried: what differs does nothing to any {noun}.</source>
   <translation>Keine Regel wurde angewandt: Was anders ist, ändert keine Entität ({noun}).</translation>
  </message>
  <message>
   <source>No step leads from version {version} of {type} on: it is used as it stands.</source>
   <translation>Kein Schritt führt von Version {version} von {type} weiter: Es wird verwendet, wie es ist.</translation>
  </message>
  <message>
   <source>None yet.</source>
   <translation>Noch keine.</translation>
  </message>
  <message>
   <source>Not saved</source>
   <translation>Nicht gespeichert</translation>
  </message>
  <message>
   <source>Not set yet at this point: the first event that sets it comes later.</source>
   <translation>Hier noch nicht gesetzt: Das erste Ereignis, das ihn setzt, kommt später.</translation>
  </message>
  <message>
   <source>Note</source>
   <translation>Notiz</translation>
  </message>
  <message>
   <source>Nothing can be read as an event: {reason}.</source>
   <translation>Nichts kann als Ereignis gelesen werden: {reason}.</translation>
  </message>
  <message>
   <source>Nothing else is wrong in this direction.</source>
   <translation>In dieser Richtung ist sonst nichts falsch.</translation>
  </message>
  <message>
   <source>Nothing has happened to it yet.</source>
   <translation>Ihm ist noch nichts geschehen.</translation>
  </message>
  <message>
   <source>Nothing has happened yet</source>
   <translation>Noch ist nichts geschehen</translation>
  </message>
  <message>
   <source>Nothing has happened yet.</source>
   <translation>Noch ist nichts geschehen.</translation>
  </message>
  <message>
   <source>Nothing has happened yet. Go on to the first event.</source>
   <translation>Noch ist nichts geschehen. Weiter geht es mit dem ersten Ereignis.</translation>
  </message>
  <message>
   <source>Nothing has happened yet: the state is the initial one.</source>
   <translation>Noch ist nichts geschehen: Der Zustand ist der anfängliche.</translation>
  </message>
  <message>
   <source>Nothing here looks like events: choose what to open.</source>
   <translation>Nichts hier sieht nach Ereignissen aus: wähle, was geöffnet werden soll.</translation>
  </message>
  <message>
   <source>Nothing is saved for logs of this shape now.</source>
   <translation>Für Logs dieser Gestalt ist nun nichts gesichert.</translation>
  </message>
  <message>
   <source>Nothing is selected on the timeline.</source>
   <translation>Auf der Zeitleiste ist nichts ausgewählt.</translation>
  </message>
  <message>
   <source>Nothing is written to the log. null takes a member away; other members stay as they are.</source>
   <translation>Ins Protokoll wird nichts geschrieben. null nimmt ein Mitglied weg; die anderen bleiben, wie sie sind.</translation>
  </message>
  <message>
   <source>Nothing lies between the two places, so nothing is selected.</source>
   <translation>Zwischen den beiden Stellen liegt nichts, also ist nichts ausgewählt.</translation>
  </message>
  <message>
   <source>Nov</source>
   <translation>Nov</translation>
  </message>
  <message>
   <source>November</source>
   <translation>November</translation>
  </message>
  <message>
   <source>Now</source>
   <translation>Jetzt</translation>
  </message>
  <message>
   <source>Oct</source>
   <translation>Okt</translation>
  </message>
  <message>
   <source>October</source>
   <translation>Oktober</translation>
  </message>
  <message>
   <source>Of</source>
   <translation>Von</translation>
  </message>
  <message>
   <source>Of the whole log, by causation ids: commands are blue, events orange, policies lilac.</source>
   <translation>Vom ganzen Log, nach den Kennungen der Ursachen: Befehle sind blau, Ereignisse orange, Richtlinien lila.</translation>
  </message>
  <message>
   <source>On</source>
   <translation>Am</translation>
  </message>
  <message>
   <source>One event back</source>
   <translation>Ein Ereignis zurück</translation>
  </message>
  <message>
   <source>One event further</source>
   <translation>Ein Ereignis weiter</translation>
  </message>
  <message>
   <source>One row of events for each event: type, at, entity, data, metadata, id, sequence, position. The keys of GROUP BY name the entities; sum, count, min, max, first, last and avg are the fields of their state.</source>
   <translation>Eine Zeile von events für jedes Ereignis: type, at, entity, data, metadata, id, sequence, position. Die Schlüssel von GROUP BY nennen die Entitäten; sum, count, min, max, first, last und avg sind die Felder ihres Zustands.</translation>
  </message>
  <message>
   <source>One row of events for each event: type, at, entity, data, metadata, record, id, sequence, position. The keys of GROUP BY name the entities; sum, count, min, max, first, last and avg are the fields of their state.</source>
   <translation>Eine Zeile von events für jedes Ereignis: type, at, entity, data, metadata, record, id, sequence, position. Die Schlüssel von GROUP BY nennen die Entitäten; sum, count, min, max, first, last und avg sind die Felder ihres Zustands.</translation>
  </message>
  <message>
   <source>One step back</source>
   <translation>Einen Schritt zurück</translation>
  </message>
  <message>
   <source>One step further</source>
   <translation>Einen Schritt weiter</translation>
  </message>
  <message>
   <source>Only the beginning of the log has been read.</source>
   <translation>Nur der Anfang des Protokolls ist gelesen.</translation>
  </message>
  <message>
   <source>Only with</source>
   <translation>Nur mit</translation>
  </message>
  <message>
   <source>Open</source>
   <translation>Öffnen</translation>
  </message>
  <message>
   <source>Open &amp;in new window…</source>
   <translation>&amp;In neuem Fenster öffnen …</translation>
  </message>
  <message>
   <source>Open a lesson</source>
   <translation>Eine Lektion öffnen</translation>
  </message>
  <message>
   <source>Open a lesson from a file: Markdown with a log and steps</source>
   <translation>Eine Lektion aus einer Datei öffnen: Markdown mit einem Protokoll und Schritten</translation>
  </message>
  <message>
   <source>Open a read model</source>
   <translation>Ein Lesemodell öffnen</translation>
  </message>
  <message>
   <source>Open a table of a database or a topic of a broker; it is only read</source>
   <translation>Eine Tabelle einer Datenbank oder ein Topic eines Brokers öffnen; gelesen wird nur</translation>
  </message>
  <message>
   <source>Open a workspace</source>
   <translation>Einen Arbeitsbereich öffnen</translation>
  </message>
  <message>
   <source>Open an account</source>
   <translation>Ein Konto eröffnen</translation>
  </message>
  <message>
   <source>Open an event log</source>
   <translation>Ein Ereignisprotokoll öffnen</translation>
  </message>
  <message>
   <source>Open an event log in a window of its own</source>
   <translation>Ein Ereignisprotokoll in einem eigenen Fenster öffnen</translation>
  </message>
  <message>
   <source>Open an event log, drag through time, see the state its events had produced, and ask why.</source>
   <translation>Öffnen Sie ein Ereignisprotokoll, ziehen Sie durch die Zeit, sehen Sie den Zustand, den seine Ereignisse ergeben hatten, und fragen Sie warum.</translation>
  </message>
  <message>
   <source>Open in ne&amp;w window…</source>
   <translation>In neuem &amp;Fenster öffnen…</translation>
  </message>
  <message>
   <source>Open the events on the clipboard, in any format: JSON, CSV, a list in JavaScript</source>
   <translation>Die Ereignisse aus der Zwischenablage öffnen, in jedem Format: JSON, CSV, eine Liste in JavaScript</translation>
  </message>
  <message>
   <source>Open the log of a workspace file exactly where it was saved</source>
   <translation>Das Protokoll einer Arbeitsbereichsdatei genau dort öffnen, wo es gespeichert wurde</translation>
  </message>
  <message>
   <source>Open the windows of the last time</source>
   <translation>Die Fenster vom letzten Mal öffnen</translation>
  </message>
  <message>
   <source>Open this lesson and its log</source>
   <translation>Diese Lektion und ihr Protokoll öffnen</translation>
  </message>
  <message>
   <source>Open upcasters</source>
   <translation>Upcaster öffnen</translation>
  </message>
  <message>
   <source>Open wor&amp;kspace…</source>
   <translation>Arbeits&amp;bereich öffnen…</translation>
  </message>
  <message>
   <source>Open {account}</source>
   <translation>{account} eröffnen</translation>
  </message>
  <message>
   <source>Opened with {amount}</source>
   <translation>Mit {amount} eröffnet</translation>
  </message>
  <message>
   <source>Order</source>
   <translation>Reihenfolge</translation>
  </message>
  <message>
   <source>Order of events</source>
   <translation>Reihenfolge der Ereignisse</translation>
  </message>
  <message>
   <source>Order of events in a log just opened</source>
   <translation>Reihenfolge der Ereignisse in einem neu geöffneten Protokoll</translation>
  </message>
  <message>
   <source>Order of the rows</source>
   <translation>Reihenfolge der Zeilen</translation>
  </message>
  <message>
   <source>Owner</source>
   <translation>Inhaber</translation>
  </message>
  <message>
   <source>P&amp;revious event</source>
   <translation>&amp;Voriges Ereignis</translation>
  </message>
  <message>
   <source>PDF (*.pdf)</source>
   <translation>PDF (*.pdf)</translation>
  </message>
  <message>
   <source>PNG</source>
   <translation>PNG</translation>
  </message>
  <message>
   <source>PNG, twice as fine</source>
   <translation>PNG, doppelt so fein</translation>
  </message>
  <message>
   <source>Pace</source>
   <translation>Takt</translation>
  </message>
  <message>
   <source>Panel: {panel}</source>
   <translation>Bereich: {panel}</translation>
  </message>
  <message>
   <source>Panels</source>
   <translation>Bereiche</translation>
  </message>
  <message>
   <source>Password</source>
   <translation>Passwort</translation>
  </message>
  <message>
   <source>Paste evolve(state, event) from your course, with initialState if it has one. key(event) names the entity; without it, each event belongs to its own. Numbers are doubles there: where one loses digits, its event says so. It can reach no file and no network.</source>
   <translation>Fügen Sie evolve(state, event) aus Ihrem Kurs ein, mit initialState, falls es das gibt. key(event) nennt die Entität; ohne diese Funktion gehört jedes Ereignis zu seiner eigenen. Zahlen sind dort Doubles: Wo eine Stellen verliert, sagt es ihr Ereignis. Das Programm erreicht keine Datei und kein Netz.</translation>
  </message>
  <message>
   <source>Paths that every record has, by which such a log is known, with commas between them.</source>
   <translation>Pfade, die jeder Eintrag hat und an denen man ein solches Protokoll erkennt, mit Kommas dazwischen.</translation>
  </message>
  <message>
   <source>Paths that no record has, with commas between them.</source>
   <translation>Pfade, die kein Eintrag hat, mit Kommas dazwischen.</translation>
  </message>
  <message>
   <source>Pause</source>
   <translation>Anhalten</translation>
  </message>
  <message>
   <source>Payload</source>
   <translation>Nutzdaten</translation>
  </message>
  <message>
   <source>Picture copied</source>
   <translation>Bild kopiert</translation>
  </message>
  <message>
   <source>Picture of</source>
   <translation>Bild von</translation>
  </message>
  <message>
   <source>Pictures (*.png *.svg)</source>
   <translation>Bilder (*.png *.svg)</translation>
  </message>
  <message>
   <source>Pin &amp;A at {position:,}</source>
   <translation>&amp;A bei {position:,} anheften</translation>
  </message>
  <message>
   <source>Pin A or B first: there is nothing to swap.</source>
   <translation>Setzen Sie zuerst A oder B fest: es gibt nichts zu tauschen.</translation>
  </message>
  <message>
   <source>Place in the log</source>
   <translation>Stelle im Protokoll</translation>
  </message>
  <message>
   <source>Play</source>
   <translation>Abspielen</translation>
  </message>
  <message>
   <source>Play back&amp;wards</source>
   <translation>&amp;Rückwärts abspielen</translation>
  </message>
  <message>
   <source>Play backwards</source>
   <translation>Rückwärts abspielen</translation>
  </message>
  <message>
   <source>Play or pause</source>
   <translation>Abspielen oder anhalten</translation>
  </message>
  <message>
   <source>Play the selection, or the whole log, over and over</source>
   <translation>Die Auswahl, oder das ganze Protokoll, immer wieder abspielen</translation>
  </message>
  <message>
   <source>Play towards the start</source>
   <translation>Zum Anfang hin abspielen</translation>
  </message>
  <message>
   <source>Plot</source>
   <translation>Kurve</translation>
  </message>
  <message>
   <source>Plot of {value}</source>
   <translation>Kurve von {value}</translation>
  </message>
  <message>
   <source>Point {name}</source>
   <translation>Punkt {name}</translation>
  </message>
  <message>
   <source>Position</source>
   <translation>Position</translation>
  </message>
  <message>
   <source>Position in the log</source>
   <translation>Position im Protokoll</translation>
  </message>
  <message>
   <source>Predicted here so far: {predictions}</source>
   <translation>Bisher hier vorhergesagt: {predictions}</translation>
  </message>
  <message>
   <source>Pretty</source>
   <translation>Schön</translation>
  </message>
  <message>
   <source>Preview</source>
   <translation>Vorschau</translation>
  </message>
  <message>
   <source>Previous</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Previous event of the same &amp;account</source>
   <translation>Voriges Ereignis desselben &amp;Kontos</translation>
  </message>
  <message>
   <source>Previous event of the selected account, or of the current event's account</source>
   <translation>Voriges Ereignis des gewählten Kontos, oder des Kontos des aktuellen Ereignisses</translation>
  </message>
  <message>
   <source>Previous h&amp;it</source>
   <translation>Voriger T&amp;reffer</translation>
  </message>
  <message>
   <source>Previous violation or tro&amp;uble</source>
   <translation>Voriger V&amp;erstoß oder Fehler</translation>
  </message>
  <message>
   <source>Profile</source>
   <translation>Profil</translation>
  </message>
  <message>
   <source>Profile in use</source>
   <translation>Benutztes Profil</translation>
  </message>
  <message>
   <source>Progress</source>
   <translation>Fortschritt</translation>
  </message>
  <message>
   <source>Progress of the lesson</source>
   <translation>Fortschritt der Lektion</translation>
  </message>
  <message>
   <source>Put &amp;B at {position:,}</source>
   <translation>&amp;B auf {position:,} setzen</translation>
  </message>
  <message>
   <source>Put &amp;B here</source>
   <translation>&amp;B hierher setzen</translation>
  </message>
  <message>
   <source>Put a bookmark at this position, or take it away</source>
   <translation>Auf diese Position ein Lesezeichen setzen, oder es wegnehmen</translation>
  </message>
  <message>
   <source>Put every panel back where it was at first</source>
   <translation>Jeden Bereich dorthin zurück, wo er am Anfang war</translation>
  </message>
  <message>
   <source>Put or ta&amp;ke a bookmark</source>
   <translation>Lesezeichen setzen oder &amp;wegnehmen</translation>
  </message>
  <message>
   <source>Put the panels where they were in the layout {name}</source>
   <translation>Die Bereiche dorthin, wo sie in der Anordnung {name} waren</translation>
  </message>
  <message>
   <source>Put together what has the same value in the chosen column, with subtotals, or no longer</source>
   <translation>Zusammenfassen, was in der gewählten Spalte denselben Wert hat, mit Zwischensummen, oder nicht mehr</translation>
  </message>
  <message>
   <source>Put {panel} back into the window</source>
   <translation>{panel} wieder ins Fenster setzen</translation>
  </message>
  <message>
   <source>Putting {count:,} rows in order…</source>
   <translation>{count:,} Zeilen werden geordnet…</translation>
  </message>
  <message>
   <source>Query</source>
   <translation>Abfrage</translation>
  </message>
  <message>
   <source>Question</source>
   <translation>Frage</translation>
  </message>
  <message>
   <source>Raised by {amount}</source>
   <translation>Um {amount} erhöht</translation>
  </message>
  <message>
   <source>Raw</source>
   <translation>Roh</translation>
  </message>
  <message>
   <source>Raw event, as in the file</source>
   <translation>Rohes Ereignis, wie in der Datei</translation>
  </message>
  <message>
   <source>Read &amp;model of a kind…</source>
   <translation>Lese&amp;modell einer Art …</translation>
  </message>
  <message>
   <source>Read &amp;models of kinds</source>
   <translation>Lese&amp;modelle der Arten</translation>
  </message>
  <message>
   <source>Read all {count} events for causes</source>
   <translation>Alle {count} Ereignisse nach Ursachen lesen</translation>
  </message>
  <message>
   <source>Read as</source>
   <translation>Gelesen als</translation>
  </message>
  <message>
   <source>Read every event as it stands</source>
   <translation>Jedes Ereignis lesen, wie es ist</translation>
  </message>
  <message>
   <source>Read it by its numbers</source>
   <translation>Nach seinen Nummern lesen</translation>
  </message>
  <message>
   <source>Read it from its end</source>
   <translation>Vom Ende her lesen</translation>
  </message>
  <message>
   <source>Read model</source>
   <translation>Lesemodell</translation>
  </message>
  <message>
   <source>Read model from a file…</source>
   <translation>Lesemodell aus einer Datei…</translation>
  </message>
  <message>
   <source>Read model in JavaScript</source>
   <translation>Lesemodell in JavaScript</translation>
  </message>
  <message>
   <source>Read model in JavaScript…</source>
   <translation>Lesemodell in JavaScript …</translation>
  </message>
  <message>
   <source>Read model in SQL</source>
   <translation>Lesemodell in SQL</translation>
  </message>
  <message>
   <source>Read model in SQL…</source>
   <translation>Lesemodell in SQL…</translation>
  </message>
  <message>
   <source>Read model of {kind}</source>
   <translation>Lesemodell für {kind}</translation>
  </message>
  <message>
   <source>Read model: automatic</source>
   <translation>Lesemodell: automatisch</translation>
  </message>
  <message>
   <source>Read model: {name}</source>
   <translation>Lesemodell: {name}</translation>
  </message>
  <message>
   <source>Read model: {projection_name} (automatic)</source>
   <translation>Lesemodell: {projection_name} (automatisch)</translation>
  </message>
  <message>
   <source>Read models (*.sql *.py *.js *.mjs *.cjs)</source>
   <translation>Lesemodelle (*.sql *.py *.js *.mjs *.cjs)</translation>
  </message>
  <message>
   <source>Read models (*.sql *.py)</source>
   <translation>Lesemodelle (*.sql *.py)</translation>
  </message>
  <message>
   <source>Read model…</source>
   <translation>Lesemodell…</translation>
  </message>
  <message>
   <source>Read the difference the other way round</source>
   <translation>Den Unterschied andersherum lesen</translation>
  </message>
  <message>
   <source>Read the log again</source>
   <translation>Das Protokoll noch einmal lesen</translation>
  </message>
  <message>
   <source>Read the log anew: 03/04/2026 is the fourth of March</source>
   <translation>Das Protokoll neu lesen: 03/04/2026 ist der vierte März</translation>
  </message>
  <message>
   <source>Read the log anew: 03/04/2026 is the third of April</source>
   <translation>Das Protokoll neu lesen: 03/04/2026 ist der dritte April</translation>
  </message>
  <message>
   <source>Read the log as it is now</source>
   <translation>Das Protokoll lesen, wie es jetzt ist</translation>
  </message>
  <message>
   <source>Read the log so</source>
   <translation>Das Protokoll so lesen</translation>
  </message>
  <message>
   <source>Read the whole log for causes</source>
   <translation>Das ganze Protokoll nach Ursachen lesen</translation>
  </message>
  <message>
   <source>Reading the log</source>
   <translation>Das Protokoll wird gelesen</translation>
  </message>
  <message>
   <source>Reading what caused what…</source>
   <translation>Was wovon kam, wird gelesen…</translation>
  </message>
  <message>
   <source>Reading what caused what… {share}</source>
   <translation>Was wovon kam, wird gelesen… {share}</translation>
  </message>
  <message>
   <source>Reading {name}…</source>
   <translation>{name} wird gelesen…</translation>
  </message>
  <message>
   <source>Reading…</source>
   <translation>Wird gelesen …</translation>
  </message>
  <message>
   <source>Reason</source>
   <translation>Grund</translation>
  </message>
  <message>
   <source>Received {amount}</source>
   <translation>{amount} erhalten</translation>
  </message>
  <message>
   <source>Recent lesson&amp;s</source>
   <translation>Zuletzt gegebene &amp;Lektionen</translation>
  </message>
  <message>
   <source>Recent lesson: {name}</source>
   <translation>Zuletzt gegebene Lektion: {name}</translation>
  </message>
  <message>
   <source>Recent lessons</source>
   <translation>Zuletzt gegebene Lektionen</translation>
  </message>
  <message>
   <source>Recent log: {name}</source>
   <translation>Kürzlich geöffnet: {name}</translation>
  </message>
  <message>
   <source>Recent logs</source>
   <translation>Zuletzt geöffnet</translation>
  </message>
  <message>
   <source>Record</source>
   <translation>Aufzeichnen</translation>
  </message>
  <message>
   <source>Recording has ended: commands need the accounts read model, without upcasters.</source>
   <translation>Die Aufzeichnung ist beendet: Befehle brauchen das Lesemodell Konten, ohne Upcaster.</translation>
  </message>
  <message>
   <source>Recording has ended: this read model has no rules by which commands could be decided.</source>
   <translation>Die Aufzeichnung ist beendet: Dieses Lesemodell hat keine Regeln, nach denen Befehle entschieden werden könnten.</translation>
  </message>
  <message>
   <source>Recording to {name}: what the rules accept is appended.</source>
   <translation>Aufzeichnung in {name}: Was die Regeln annehmen, wird angehängt.</translation>
  </message>
  <message>
   <source>Records to be left out: type = heartbeat; kind = (ping|pong).</source>
   <translation>Einträge, die ausgelassen werden: type = heartbeat; kind = (ping|pong).</translation>
  </message>
  <message>
   <source>Record…</source>
   <translation>Aufzeichnen…</translation>
  </message>
  <message>
   <source>Rejected</source>
   <translation>Abgelehnt</translation>
  </message>
  <message>
   <source>Rejected: {reason}. Nothing was written.</source>
   <translation>Abgelehnt: {reason}. Es wurde nichts geschrieben.</translation>
  </message>
  <message>
   <source>Reload</source>
   <translation>Neu laden</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>Entfernen</translation>
  </message>
  <message>
   <source>Rename this branch…</source>
   <translation>Diesen Zweig umbenennen…</translation>
  </message>
  <message>
   <source>Requires</source>
   <translation>Verlangt</translation>
  </message>
  <message>
   <source>Reset all settings</source>
   <translation>Alle Einstellungen zurücksetzen</translation>
  </message>
  <message>
   <source>Reveal</source>
   <translation>Zeigen</translation>
  </message>
  <message>
   <source>Right-click a value in the state and choose Watch it: it is shown here wherever you stand.</source>
   <translation>Rechtsklick auf einen Wert im Zustand, dann „Beobachten“: Hier steht er, wo immer Sie stehen.</translation>
  </message>
  <message>
   <source>Right-click an event to skip or edit it, or to insert one before it. The log is never written.</source>
   <translation>Rechtsklick auf ein Ereignis, um es auszulassen, zu ändern oder eines davor einzufügen. Ins Protokoll wird nie geschrieben.</translation>
  </message>
  <message>
   <source>Row with the names</source>
   <translation>Zeile mit den Namen</translation>
  </message>
  <message>
   <source>Rows of the state</source>
   <translation>Zeilen des Zustands</translation>
  </message>
  <message>
   <source>Run it</source>
   <translation>Ausführen</translation>
  </message>
  <message>
   <source>Run this program?</source>
   <translation>Dieses Programm ausführen?</translation>
  </message>
  <message>
   <source>S&amp;kip this event</source>
   <translation>Dieses Ereignis aus&amp;lassen</translation>
  </message>
  <message>
   <source>S&amp;maller text</source>
   <translation>&amp;Kleinere Schrift</translation>
  </message>
  <message>
   <source>S&amp;wap A and B</source>
   <translation>A und B &amp;tauschen</translation>
  </message>
  <message>
   <source>SHA-256 {program}</source>
   <translation>SHA-256 {program}</translation>
  </message>
  <message>
   <source>SVG, to scale and edit</source>
   <translation>SVG, zum Vergrößern und Bearbeiten</translation>
  </message>
  <message>
   <source>Safe for spreadsheets: put ' before text that would run as a formula</source>
   <translation>Sicher für Tabellenkalkulationen: ' vor Text setzen, der als Formel liefe</translation>
  </message>
  <message>
   <source>Samples</source>
   <translation>Beispiele</translation>
  </message>
  <message>
   <source>Samples and the logs of lessons are opened as copies. What is recorded goes into the copy, which is deleted when another log is opened or the program ends.</source>
   <translation>Beispiele und die Protokolle von Lektionen werden als Kopie geöffnet. Was aufgezeichnet wird, kommt in die Kopie; sie wird gelöscht, sobald ein anderes Protokoll geöffnet wird oder das Programm endet.</translation>
  </message>
  <message>
   <source>Samples, lessons and guide</source>
   <translation>Beispiele, Lektionen und Anleitung</translation>
  </message>
  <message>
   <source>Samples, the logs of lessons and what is pasted are opened as copies. What is recorded goes into the copy, which is deleted when another log is opened or the program ends.</source>
   <translation>Beispiele, die Logs von Lektionen und was eingefügt wurde, werden als Kopien geöffnet. Was aufgezeichnet wird, kommt in die Kopie; sie wird gelöscht, wenn ein anderes Log geöffnet wird oder das Programm endet.</translation>
  </message>
  <message>
   <source>Sat</source>
   <translation>Sa</translation>
  </message>
  <message>
   <source>Save</source>
   <translation>Speichern</translation>
  </message>
  <message>
   <source>Save a &amp;handout…</source>
   <translation>Hand&amp;zettel speichern…</translation>
  </message>
  <message>
   <source>Save a handout</source>
   <translation>Handzettel speichern</translation>
  </message>
  <message>
   <source>Save as…</source>
   <translation>Speichern unter…</translation>
  </message>
  <message>
   <source>Save layout</source>
   <translation>Anordnung speichern</translation>
  </message>
  <message>
   <source>Save picture…</source>
   <translation>Bild speichern…</translation>
  </message>
  <message>
   <source>Save the cop&amp;y as…</source>
   <translation>Kop&amp;ie speichern unter…</translation>
  </message>
  <message>
   <source>Save the copy</source>
   <translation>Kopie speichern</translation>
  </message>
  <message>
   <source>Save the lesson</source>
   <translation>Lektion speichern</translation>
  </message>
  <message>
   <source>Save the lesson as a &amp;web page…</source>
   <translation>Die Lektion als &amp;Webseite speichern…</translation>
  </message>
  <message>
   <source>Save the plot</source>
   <translation>Die Kurve speichern</translation>
  </message>
  <message>
   <source>Save the plot as a picture</source>
   <translation>Die Kurve als Bild speichern</translation>
  </message>
  <message>
   <source>Save the predictions</source>
   <translation>Die Vorhersagen speichern</translation>
  </message>
  <message>
   <source>Save the program</source>
   <translation>Das Programm speichern</translation>
  </message>
  <message>
   <source>Save the query</source>
   <translation>Die Abfrage speichern</translation>
  </message>
  <message>
   <source>Save the window, a panel or the timeline as PNG or SVG</source>
   <translation>Das Fenster, einen Bereich oder die Zeitleiste als PNG oder SVG speichern</translation>
  </message>
  <message>
   <source>Save where you stand, the filter, the marks and the panels into a file; the log is not written</source>
   <translation>Wo Sie stehen, den Filter, die Lesezeichen und die Bereiche in eine Datei speichern; ins Protokoll wird nicht geschrieben</translation>
  </message>
  <message>
   <source>Save workspace</source>
   <translation>Arbeitsbereich speichern</translation>
  </message>
  <message>
   <source>Save workspace &amp;as…</source>
   <translation>Arbeitsbereich speichern &amp;unter…</translation>
  </message>
  <message>
   <source>Saved {file}</source>
   <translation>{file} gespeichert</translation>
  </message>
  <message>
   <source>Saved {file}: 1 row</source>
   <translation>{file} gespeichert: 1 Zeile</translation>
  </message>
  <message>
   <source>Saved {file}: {rows:,} rows</source>
   <translation>{file} gespeichert: {rows:,} Zeilen</translation>
  </message>
  <message>
   <source>Saved {file}; open it to go on in it. What is seen here is still the copy.</source>
   <translation>{file} gespeichert; öffnen Sie es, um darin weiterzuarbeiten. Zu sehen ist hier noch die Kopie.</translation>
  </message>
  <message>
   <source>Saved {file}; what was recorded into the copy of the log is no part of it</source>
   <translation>{file} gespeichert; was in die Kopie des Protokolls aufgezeichnet wurde, gehört nicht dazu</translation>
  </message>
  <message>
   <source>Saved: logs of this shape are read so.</source>
   <translation>Gesichert: Logs dieser Gestalt werden so gelesen.</translation>
  </message>
  <message>
   <source>Say that this must always hold, and be told where it does not</source>
   <translation>Sagen, dass dies immer gelten muss, und erfahren, wo es nicht so ist</translation>
  </message>
  <message>
   <source>Say which field means what, and what the types do</source>
   <translation>Sagen, welches Feld was bedeutet und was die Typen bewirken</translation>
  </message>
  <message>
   <source>Schema versions in the log</source>
   <translation>Schemaversionen im Protokoll</translation>
  </message>
  <message>
   <source>Se&amp;ttings…</source>
   <translation>&amp;Einstellungen…</translation>
  </message>
  <message>
   <source>Seats of a th&amp;eatre</source>
   <translation>Plätze eines Th&amp;eaters</translation>
  </message>
  <message>
   <source>Select &amp;nothing</source>
   <translation>&amp;Nichts auswählen</translation>
  </message>
  <message>
   <source>Select between &amp;A and B</source>
   <translation>Zwischen &amp;A und B auswählen</translation>
  </message>
  <message>
   <source>Select from this position on (or drag with Shift)</source>
   <translation>Ab dieser Position auswählen (oder mit Umschalt ziehen)</translation>
  </message>
  <message>
   <source>Select the events between the two points that are compared</source>
   <translation>Die Ereignisse zwischen den zwei verglichenen Punkten auswählen</translation>
  </message>
  <message>
   <source>Select up to this position (or drag with Shift)</source>
   <translation>Bis zu dieser Position auswählen (oder mit Umschalt ziehen)</translation>
  </message>
  <message>
   <source>Selection &amp;begins here</source>
   <translation>Auswahl &amp;beginnt hier</translation>
  </message>
  <message>
   <source>Selection &amp;ends here</source>
   <translation>Auswahl &amp;endet hier</translation>
  </message>
  <message>
   <source>Sent {amount}</source>
   <translation>{amount} gesendet</translation>
  </message>
  <message>
   <source>Sep</source>
   <translation>Sep</translation>
  </message>
  <message>
   <source>September</source>
   <translation>September</translation>
  </message>
  <message>
   <source>Sequence number</source>
   <translation>Laufende Nummer</translation>
  </message>
  <message>
   <source>Session of an &amp;agent</source>
   <translation>Sitzung eines &amp;Agenten</translation>
  </message>
  <message>
   <source>Set to {value}</source>
   <translation>Auf {value} gesetzt</translation>
  </message>
  <message>
   <source>Settings</source>
   <translation>Einstellungen</translation>
  </message>
  <message>
   <source>Short &amp;gaps</source>
   <translation>&amp;Kurze Lücken</translation>
  </message>
  <message>
   <source>Show as a &amp;column of the events</source>
   <translation>Als &amp;Spalte der Ereignisse zeigen</translation>
  </message>
  <message>
   <source>Show as a &amp;column of the state</source>
   <translation>Als &amp;Spalte des Zustands zeigen</translation>
  </message>
  <message>
   <source>Show less of the log, and that larger (Ctrl+wheel)</source>
   <translation>Weniger vom Protokoll zeigen, und das größer (Strg+Mausrad)</translation>
  </message>
  <message>
   <source>Show more of the log (Ctrl+wheel)</source>
   <translation>Mehr vom Protokoll zeigen (Strg+Mausrad)</translation>
  </message>
  <message>
   <source>Show only some rows of the state: text in any cell, or a condition such as balance &lt; 0</source>
   <translation>Nur manche Zeilen des Zustands zeigen: Text in einer Zelle, oder eine Bedingung wie balance &lt; 0</translation>
  </message>
  <message>
   <source>Show only the subtotals of groups, or everything again</source>
   <translation>Nur die Zwischensummen der Gruppen zeigen, oder wieder alles</translation>
  </message>
  <message>
   <source>Show the panel {panel}, or close it</source>
   <translation>Den Bereich {panel} zeigen, oder ihn schließen</translation>
  </message>
  <message>
   <source>Show the whole log (double click on the overview)</source>
   <translation>Das ganze Protokoll zeigen (Doppelklick auf die Übersicht)</translation>
  </message>
  <message>
   <source>Show what is earlier (Shift+wheel)</source>
   <translation>Zeigen, was früher ist (Umschalt+Mausrad)</translation>
  </message>
  <message>
   <source>Show what is later (Shift+wheel)</source>
   <translation>Zeigen, was später ist (Umschalt+Mausrad)</translation>
  </message>
  <message>
   <source>Show what is selected, as large as it will go</source>
   <translation>Zeigen, was ausgewählt ist, so groß es geht</translation>
  </message>
  <message>
   <source>Shown</source>
   <translation>Gezeigt</translation>
  </message>
  <message>
   <source>Shown as accounts: {count:,} of {events:,} events change nothing here ({names}), and {hidden:,} of {entities:,} entities are not shown.</source>
   <translation>Als Konten gezeigt: {count:,} von {events:,} Ereignissen ändern hier nichts ({names}), und {hidden:,} von {entities:,} Entitäten werden nicht gezeigt.</translation>
  </message>
  <message>
   <source>Shown as accounts: {count:,} of {events:,} events change nothing here ({names}).</source>
   <translation>Als Konten gezeigt: {count:,} von {events:,} Ereignissen ändern hier nichts ({names}).</translation>
  </message>
  <message>
   <source>Size of text</source>
   <translation>Schriftgröße</translation>
  </message>
  <message>
   <source>Slide</source>
   <translation>Folie</translation>
  </message>
  <message>
   <source>Smaller text</source>
   <translation>Kleinere Schrift</translation>
  </message>
  <message>
   <source>So far</source>
   <translation>Bisher</translation>
  </message>
  <message>
   <source>Something went wrong in the program. The log has not been touched; you can go on.</source>
   <translation>Im Programm ist etwas schiefgegangen. Das Protokoll wurde nicht berührt; Sie können weiterarbeiten.</translation>
  </message>
  <message>
   <source>Sort: greatest first</source>
   <translation>Sortieren: Größtes zuerst</translation>
  </message>
  <message>
   <source>Sort: least first</source>
   <translation>Sortieren: Kleinstes zuerst</translation>
  </message>
  <message>
   <source>Speaker no&amp;tes</source>
   <translation>Vortragsno&amp;tizen</translation>
  </message>
  <message>
   <source>Speaker notes</source>
   <translation>Vortragsnotizen</translation>
  </message>
  <message>
   <source>Speed</source>
   <translation>Geschwindigkeit</translation>
  </message>
  <message>
   <source>Speed of playback</source>
   <translation>Abspielgeschwindigkeit</translation>
  </message>
  <message>
   <source>Speed: 1× is two events a second</source>
   <translation>Geschwindigkeit: 1× sind zwei Ereignisse in der Sekunde</translation>
  </message>
  <message>
   <source>Stand at the end whenever another program has appended events; going anywhere else stops it</source>
   <translation>Am Ende stehen, sobald ein anderes Programm Ereignisse angehängt hat; an eine andere Stelle gehen beendet das</translation>
  </message>
  <message>
   <source>Standard input cannot be written to.</source>
   <translation>In die Standardeingabe kann nicht geschrieben werden.</translation>
  </message>
  <message>
   <source>State</source>
   <translation>Zustand</translation>
  </message>
  <message>
   <source>State as text</source>
   <translation>Zustand als Text</translation>
  </message>
  <message>
   <source>State at {position:,} of {count:,}, {moment}.</source>
   <translation>Zustand bei {position:,} von {count:,}, {moment}.</translation>
  </message>
  <message>
   <source>State at {position:,} of {events:,}</source>
   <translation>Zustand bei {position:,} von {events:,}</translation>
  </message>
  <message>
   <source>Statements</source>
   <translation>Anweisungen</translation>
  </message>
  <message>
   <source>Status</source>
   <translation>Status</translation>
  </message>
  <message>
   <source>Step</source>
   <translation>Schritt</translation>
  </message>
  <message>
   <source>Step both &amp;back</source>
   <translation>Beide einen Schritt &amp;zurück</translation>
  </message>
  <message>
   <source>Step both &amp;forward</source>
   <translation>Beide einen Schritt &amp;vorwärts</translation>
  </message>
  <message>
   <source>Step {step} of {steps}: line {line}</source>
   <translation>Schritt {step} von {steps}: Zeile {line}</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>Anhalten</translation>
  </message>
  <message>
   <source>Stop recording</source>
   <translation>Aufzeichnen beenden</translation>
  </message>
  <message>
   <source>Stopped. Sorting what was read…</source>
   <translation>Angehalten. Was gelesen wurde, wird sortiert…</translation>
  </message>
  <message>
   <source>Sun</source>
   <translation>So</translation>
  </message>
  <message>
   <source>Table account</source>
   <translation>Tabelle account</translation>
  </message>
  <message>
   <source>Tables (*.csv)</source>
   <translation>Tabellen (*.csv)</translation>
  </message>
  <message>
   <source>Tables and topics</source>
   <translation>Tabellen und Topics</translation>
  </message>
  <message>
   <source>Take the branch and its changes away</source>
   <translation>Den Zweig und seine Änderungen wegnehmen</translation>
  </message>
  <message>
   <source>Take the chosen bookmark away (Delete)</source>
   <translation>Das gewählte Lesezeichen wegnehmen (Entf)</translation>
  </message>
  <message>
   <source>Take {column} away</source>
   <translation>{column} wegnehmen</translation>
  </message>
  <message>
   <source>Take {panel} out of the window</source>
   <translation>{panel} aus dem Fenster lösen</translation>
  </message>
  <message>
   <source>Ten small domains, each with a log, a read model and three questions</source>
   <translation>Zehn kleine Fachgebiete, jedes mit Protokoll, Lesemodell und drei Fragen</translation>
  </message>
  <message>
   <source>Text as large as the system's</source>
   <translation>Schrift so groß wie die des Systems</translation>
  </message>
  <message>
   <source>Text at {percent} %</source>
   <translation>Schrift mit {percent} %</translation>
  </message>
  <message>
   <source>Text such as =1+1 is then no longer exactly what the log says. Numbers always are.</source>
   <translation>Text wie =1+1 ist dann nicht mehr genau das, was das Protokoll sagt. Zahlen sind es immer.</translation>
  </message>
  <message>
   <source>Text that stands in any cell, or a condition: balance &lt; 0 and status = 'open'
"Quoted text" is always text. What is hidden still counts: the state is never changed.</source>
   <translation>Text, der in einer Zelle steht, oder eine Bedingung: balance &lt; 0 and status = 'open'
"Text in Anführungszeichen" ist immer Text. Was verborgen ist, zählt trotzdem: Der Zustand wird nie geändert.</translation>
  </message>
  <message>
   <source>That is still to come.</source>
   <translation>Das kommt erst noch.</translation>
  </message>
  <message>
   <source>The branches of this log: what differs in each, and what came of it</source>
   <translation>Die Zweige dieses Protokolls: was in jedem anders ist, und was daraus wurde</translation>
  </message>
  <message>
   <source>The cache is empty; {freed:,.1f} MB freed</source>
   <translation>Der Zwischenspeicher ist leer; {freed:,.1f} MB frei geworden</translation>
  </message>
  <message>
   <source>The connection to {name} is lost, and is tried again: {reason}.</source>
   <translation>Die Verbindung zu {name} ist abgerissen und wird neu versucht: {reason}.</translation>
  </message>
  <message>
   <source>The copy was not saved</source>
   <translation>Die Kopie wurde nicht gespeichert</translation>
  </message>
  <message>
   <source>The day is first</source>
   <translation>Der Tag steht vorn</translation>
  </message>
  <message>
   <source>The end of the log</source>
   <translation>Das Ende des Protokolls</translation>
  </message>
  <message>
   <source>The end of the log is whole. There is nothing to mend.</source>
   <translation>Das Ende des Protokolls ist heil. Es gibt nichts zu heilen.</translation>
  </message>
  <message>
   <source>The event</source>
   <translation>Das Ereignis</translation>
  </message>
  <message>
   <source>The event as JSON</source>
   <translation>Das Ereignis als JSON</translation>
  </message>
  <message>
   <source>The event as it was written, and as it is read today</source>
   <translation>Das Ereignis, wie es geschrieben wurde, und wie es heute gelesen wird</translation>
  </message>
  <message>
   <source>The event at the playhead has changed no further row.</source>
   <translation>Das Ereignis am Abspielkopf hat keine weitere Zeile geändert.</translation>
  </message>
  <message>
   <source>The events come in the order of the log's own sequence numbers</source>
   <translation>Die Ereignisse kommen in der Reihenfolge der eigenen Sequenznummern des Protokolls</translation>
  </message>
  <message>
   <source>The events have more fields than the state can show.</source>
   <translation>Die Ereignisse haben mehr Felder, als der Zustand zeigen kann.</translation>
  </message>
  <message>
   <source>The events {positions}.</source>
   <translation>Die Ereignisse {positions}.</translation>
  </message>
  <message>
   <source>The export was not written</source>
   <translation>Es wurde nicht exportiert</translation>
  </message>
  <message>
   <source>The first events</source>
   <translation>Die ersten Ereignisse</translation>
  </message>
  <message>
   <source>The first events, read so</source>
   <translation>Die ersten Ereignisse, so gelesen</translation>
  </message>
  <message>
   <source>The first row looks like data, not like names of columns, and was read as an event.</source>
   <translation>Die erste Zeile sieht nach Daten aus, nicht nach Namen von Spalten, und wurde als Ereignis gelesen.</translation>
  </message>
  <message>
   <source>The first {count:,} events</source>
   <translation>Die ersten {count:,} Ereignisse</translation>
  </message>
  <message>
   <source>The first {rows:,} of {entities:,} rows, after {events:,} of {all:,} events.</source>
   <translation>Die ersten {rows:,} von {entities:,} Zeilen, nach {events:,} von {all:,} Ereignissen.</translation>
  </message>
  <message>
   <source>The last command is still being decided.</source>
   <translation>Über den letzten Befehl wird noch entschieden.</translation>
  </message>
  <message>
   <source>The last command is still being written.</source>
   <translation>Der letzte Befehl wird noch geschrieben.</translation>
  </message>
  <message>
   <source>The last event of the log comes first</source>
   <translation>Das letzte Ereignis des Protokolls kommt zuerst</translation>
  </message>
  <message>
   <source>The last event that set it</source>
   <translation>Das letzte Ereignis, das ihn gesetzt hat</translation>
  </message>
  <message>
   <source>The last time</source>
   <translation>Das letzte Mal</translation>
  </message>
  <message>
   <source>The last {count:,} bytes, from byte {byte:,} on, are not a whole record: {why}.

{bytes}

They can be moved into a file of their own beside the log. Then the log ends with its last whole record, and can be appended to. Nothing else is changed.</source>
   <translation>Die letzten {count:,} Bytes, ab Byte {byte:,}, sind kein ganzer Datensatz: {why}.

{bytes}

Sie können in eine eigene Datei neben dem Protokoll verschoben werden. Dann endet das Protokoll mit seinem letzten ganzen Datensatz, und es kann angehängt werden. Sonst wird nichts geändert.</translation>
  </message>
  <message>
   <source>The layout of this name is replaced.</source>
   <translation>Die Anordnung dieses Namens wird ersetzt.</translation>
  </message>
  <message>
   <source>The lesson cannot be given</source>
   <translation>Die Lektion kann nicht gehalten werden</translation>
  </message>
  <message>
   <source>The lesson “{title}” has ended, for another log was opened.</source>
   <translation>Die Lektion „{title}“ ist beendet, denn ein anderes Protokoll wurde geöffnet.</translation>
  </message>
  <message>
   <source>The lesson: three events</source>
   <translation>Die Lektion: drei Ereignisse</translation>
  </message>
  <message>
   <source>The log</source>
   <translation>Das Protokoll</translation>
  </message>
  <message>
   <source>The log begins with what happened last; this answer begins at its end.</source>
   <translation>Das Protokoll beginnt mit dem, was zuletzt geschah; diese Antwort beginnt an seinem Ende.</translation>
  </message>
  <message>
   <source>The log begins with what happened last; this is log order, and --order reversed begins at its end.</source>
   <translation>Das Protokoll beginnt mit dem, was zuletzt geschah; dies ist die Reihenfolge des Protokolls, --order reversed beginnt an seinem Ende.</translation>
  </message>
  <message>
   <source>The log could not be opened</source>
   <translation>Das Protokoll konnte nicht geöffnet werden</translation>
  </message>
  <message>
   <source>The log does not stand by its sequence numbers; --order sequence goes by them.</source>
   <translation>Das Protokoll steht nicht nach seinen Sequenznummern; --order sequence geht nach ihnen.</translation>
  </message>
  <message>
   <source>The log does not stand by its sequence numbers; this answer goes by them.</source>
   <translation>Das Protokoll steht nicht nach seinen Sequenznummern; diese Antwort geht nach ihnen.</translation>
  </message>
  <message>
   <source>The log has been read again in the meantime; ask again.</source>
   <translation>Das Protokoll ist inzwischen neu gelesen worden; fragen Sie noch einmal.</translation>
  </message>
  <message>
   <source>The log has changed</source>
   <translation>Das Protokoll hat sich geändert</translation>
  </message>
  <message>
   <source>The log has changed since these branches were made: they may be about other events.</source>
   <translation>Das Protokoll hat sich geändert, seit diese Zweige entstanden: Sie können andere Ereignisse meinen.</translation>
  </message>
  <message>
   <source>The log has no event yet.</source>
   <translation>Das Protokoll hat noch kein Ereignis.</translation>
  </message>
  <message>
   <source>The log is not UTF-8, and how it is written was guessed.</source>
   <translation>Das Protokoll ist nicht in UTF-8 geschrieben; in welcher Kodierung, wurde geraten.</translation>
  </message>
  <message>
   <source>The log is still being read.</source>
   <translation>Das Protokoll wird noch gelesen.</translation>
  </message>
  <message>
   <source>The log of this workspace is in a database or a broker: {address}. Connect to it?</source>
   <translation>Das Protokoll dieses Arbeitsbereichs liegt in einer Datenbank oder einem Broker: {address}. Verbinden?</translation>
  </message>
  <message>
   <source>The log of this workspace is not there: {log}</source>
   <translation>Das Protokoll dieses Arbeitsbereichs ist nicht da: {log}</translation>
  </message>
  <message>
   <source>The log stands at {position}, the row stays as event {high} left it: what an UPDATE overwrote cannot be had back.</source>
   <translation>Das Protokoll steht bei {position}, die Zeile bleibt, wie Ereignis {high} sie hinterließ: Was ein UPDATE überschrieben hat, kommt nicht zurück.</translation>
  </message>
  <message>
   <source>The log tells of no kinds of entities, or they are not known yet.</source>
   <translation>Das Log nennt keine Arten von Entitäten, oder sie sind noch nicht bekannt.</translation>
  </message>
  <message>
   <source>The log tells of rows without a key.</source>
   <translation>Das Log nennt Zeilen ohne Schlüssel.</translation>
  </message>
  <message>
   <source>The log was not changed</source>
   <translation>Das Protokoll wurde nicht geändert</translation>
  </message>
  <message>
   <source>The month is first</source>
   <translation>Der Monat steht vorn</translation>
  </message>
  <message>
   <source>The next event that broke a check, could not be read, or was read with a warning</source>
   <translation>Das nächste Ereignis, das eine Prüfung brach, nicht gelesen werden konnte oder mit einer Warnung gelesen wurde</translation>
  </message>
  <message>
   <source>The next event that the filter finds</source>
   <translation>Das nächste Ereignis, das der Filter findet</translation>
  </message>
  <message>
   <source>The next log of this shape is read so by itself.</source>
   <translation>Das nächste Log dieser Gestalt wird von selbst so gelesen.</translation>
  </message>
  <message>
   <source>The next place where a check is broken, something could not be read, or a warning is about it</source>
   <translation>Die nächste Stelle, an der eine Prüfung verletzt ist, etwas nicht gelesen werden konnte oder vor etwas gewarnt wird</translation>
  </message>
  <message>
   <source>The next step of the lesson</source>
   <translation>Der nächste Schritt der Lektion</translation>
  </message>
  <message>
   <source>The one character between two cells.</source>
   <translation>Das eine Zeichen zwischen zwei Zellen.</translation>
  </message>
  <message>
   <source>The only event</source>
   <translation>Das einzige Ereignis</translation>
  </message>
  <message>
   <source>The password for {address}</source>
   <translation>Das Passwort für {address}</translation>
  </message>
  <message>
   <source>The previous event that broke a check, could not be read, or was read with a warning</source>
   <translation>Das vorige Ereignis, das eine Prüfung brach, nicht gelesen werden konnte oder mit einer Warnung gelesen wurde</translation>
  </message>
  <message>
   <source>The previous event that the filter finds</source>
   <translation>Das vorige Ereignis, das der Filter findet</translation>
  </message>
  <message>
   <source>The previous place where a check is broken, something could not be read, or a warning is about it</source>
   <translation>Die vorige Stelle, an der eine Prüfung verletzt ist, etwas nicht gelesen werden konnte oder vor etwas gewarnt wird</translation>
  </message>
  <message>
   <source>The profile is saved.</source>
   <translation>Das Profil ist gesichert.</translation>
  </message>
  <message>
   <source>The program</source>
   <translation>Das Programm</translation>
  </message>
  <message>
   <source>The program ended by itself the last time. No log has been changed. Below is where it happened: it helps those who mend the program, and nothing of it is sent anywhere.</source>
   <translation>Das Programm endete das letzte Mal von selbst. Kein Protokoll wurde geändert. Unten steht, wo es geschah: Das hilft denen, die das Programm verbessern; nichts davon wird irgendwohin gesendet.</translation>
  </message>
  <message>
   <source>The query is too long to be kept: save it as a file.</source>
   <translation>Die Abfrage ist zu lang, um behalten zu werden: als Datei speichern.</translation>
  </message>
  <message>
   <source>The read model cannot be used</source>
   <translation>Das Lesemodell kann nicht verwendet werden</translation>
  </message>
  <message>
   <source>The read model itself, which knows more names than this code, has {name} {exact}.</source>
   <translation>Das Lesemodell selbst, das mehr Namen kennt als dieser Code, hat {name} {exact}.</translation>
  </message>
  <message>
   <source>The read models are too long to be kept: save them as files.</source>
   <translation>Die Lesemodelle sind zu lang, um behalten zu werden: Speichern Sie sie als Dateien.</translation>
  </message>
  <message>
   <source>The reason: {reason}.</source>
   <translation>Der Grund: {reason}.</translation>
  </message>
  <message>
   <source>The records carry no checksums, so a change could not be seen.</source>
   <translation>Die Datensätze tragen keine Prüfsummen, eine Änderung wäre also nicht zu sehen.</translation>
  </message>
  <message>
   <source>The replays differ!</source>
   <translation>Es kommt Verschiedenes heraus!</translation>
  </message>
  <message>
   <source>The row</source>
   <translation>Die Zeile</translation>
  </message>
  <message>
   <source>The same account as a row that is overwritten</source>
   <translation>Dasselbe Konto als Zeile, die überschrieben wird</translation>
  </message>
  <message>
   <source>The same as of the others</source>
   <translation>Dasselbe wie für die anderen</translation>
  </message>
  <message>
   <source>The same error has happened {seen:,} times.</source>
   <translation>Derselbe Fehler ist {seen:,} Mal geschehen.</translation>
  </message>
  <message>
   <source>The same, into another file</source>
   <translation>Dasselbe, in eine andere Datei</translation>
  </message>
  <message>
   <source>The state after them</source>
   <translation>Der Zustand danach</translation>
  </message>
  <message>
   <source>The state at this point as plain text, for reading aloud</source>
   <translation>Der Zustand an dieser Stelle als reiner Text, zum Vorlesen</translation>
  </message>
  <message>
   <source>The state is in no groups; group it by a column first.</source>
   <translation>Der Zustand ist nicht gruppiert; gruppieren Sie ihn zuerst nach einer Spalte.</translation>
  </message>
  <message>
   <source>The step before</source>
   <translation>Der Schritt davor</translation>
  </message>
  <message>
   <source>The table of the state is on the clipboard</source>
   <translation>Die Tabelle des Zustands ist in der Zwischenablage</translation>
  </message>
  <message>
   <source>The timeline cannot be larger.</source>
   <translation>Größer kann die Zeitleiste nicht werden.</translation>
  </message>
  <message>
   <source>The timeline is measured so already, or the log has no times for it.</source>
   <translation>Die Zeitleiste misst schon so, oder das Protokoll hat keine Zeiten dafür.</translation>
  </message>
  <message>
   <source>The timeline shows nothing further on that side.</source>
   <translation>Auf dieser Seite zeigt die Zeitleiste nichts weiter.</translation>
  </message>
  <message>
   <source>The timeline shows the whole log already.</source>
   <translation>Die Zeitleiste zeigt schon das ganze Protokoll.</translation>
  </message>
  <message>
   <source>The trust in {name} could not be remembered: {error}</source>
   <translation>Das Vertrauen in {name} konnte nicht vermerkt werden: {error}</translation>
  </message>
  <message>
   <source>The trust in {name} could not be remembered: {why}</source>
   <translation>Das Vertrauen in {name} konnte nicht vermerkt werden: {why}</translation>
  </message>
  <message>
   <source>The two points can go no further.</source>
   <translation>Die beiden Punkte können nicht weiter.</translation>
  </message>
  <message>
   <source>The upcasters cannot be used</source>
   <translation>Die Upcaster können nicht verwendet werden</translation>
  </message>
  <message>
   <source>The whole window</source>
   <translation>Das ganze Fenster</translation>
  </message>
  <message>
   <source>The workspace could not be opened</source>
   <translation>Der Arbeitsbereich konnte nicht geöffnet werden</translation>
  </message>
  <message>
   <source>The workspace was not saved</source>
   <translation>Der Arbeitsbereich wurde nicht gespeichert</translation>
  </message>
  <message>
   <source>There can be no more what-ifs.</source>
   <translation>Es gibt schon so viele Was-wäre-wenn, wie es geben darf.</translation>
  </message>
  <message>
   <source>There is no event at the playhead; step to one first.</source>
   <translation>Am Abspielkopf ist kein Ereignis; gehen Sie zuerst zu einem.</translation>
  </message>
  <message>
   <source>There is no event before the first one.</source>
   <translation>Vor dem ersten gibt es kein Ereignis.</translation>
  </message>
  <message>
   <source>There is no further bookmark in this direction.</source>
   <translation>In dieser Richtung gibt es kein weiteres Lesezeichen.</translation>
  </message>
  <message>
   <source>There is no further event of the same in this direction.</source>
   <translation>In dieser Richtung gibt es dazu kein weiteres Ereignis.</translation>
  </message>
  <message>
   <source>There is no further hit in this direction.</source>
   <translation>In dieser Richtung gibt es keinen weiteren Treffer.</translation>
  </message>
  <message>
   <source>There is no place to go back to.</source>
   <translation>Es gibt keine Stelle, zu der man zurückgehen könnte.</translation>
  </message>
  <message>
   <source>There is no place to go forward to.</source>
   <translation>Es gibt keine Stelle, zu der man wieder vorgehen könnte.</translation>
  </message>
  <message>
   <source>There is no such row yet.</source>
   <translation>Noch gibt es keine solche Zeile.</translation>
  </message>
  <message>
   <source>There is no text on the clipboard: copy events first, in any format.</source>
   <translation>In der Zwischenablage ist kein Text: Kopieren Sie zuerst Ereignisse, in irgendeinem Format.</translation>
  </message>
  <message>
   <source>There is no what-if yet; skip, edit or insert an event first.</source>
   <translation>Es gibt noch kein Was-wäre-wenn; lassen Sie zuerst ein Ereignis aus, ändern Sie eines, oder fügen Sie eines ein.</translation>
  </message>
  <message>
   <source>There is nothing to read.</source>
   <translation>Es gibt nichts zu lesen.</translation>
  </message>
  <message>
   <source>These branches are too long to be kept with the settings: save a workspace.</source>
   <translation>Diese Zweige sind zu lang für die Einstellungen: als Arbeitsbereich speichern.</translation>
  </message>
  <message>
   <source>This browser does not let a page run a program beside it.</source>
   <translation>Dieser Browser lässt keine Seite ein Programm neben sich ausführen.</translation>
  </message>
  <message>
   <source>This came after the answer, and is not counted.</source>
   <translation>Das kam nach der Antwort und wird nicht gezählt.</translation>
  </message>
  <message>
   <source>This cannot be shown</source>
   <translation>Das kann nicht gezeigt werden</translation>
  </message>
  <message>
   <source>This event</source>
   <translation>Dieses Ereignis</translation>
  </message>
  <message>
   <source>This event is of no entity: no line of evolve runs for it.</source>
   <translation>Dieses Ereignis gehört zu keiner Entität: Keine Zeile von evolve läuft dafür.</translation>
  </message>
  <message>
   <source>This event names nothing that it belongs to.</source>
   <translation>Dieses Ereignis nennt nichts, wozu es gehört.</translation>
  </message>
  <message>
   <source>This is a copy. It is deleted when another log is opened or the program ends, unless you save it elsewhere (File, Save the copy as).</source>
   <translation>Dies ist eine Kopie. Sie wird gelöscht, sobald ein anderes Protokoll geöffnet wird oder das Programm endet, wenn Sie sie nicht anderswo speichern (Datei, Kopie speichern unter).</translation>
  </message>
  <message>
   <source>This is a copy: save it…</source>
   <translation>Dies ist eine Kopie: speichern…</translation>
  </message>
  <message>
   <source>This is shown and does not run: it defines no evolve(state, event).</source>
   <translation>Dies wird gezeigt und läuft nicht: es definiert kein evolve(state, event).</translation>
  </message>
  <message>
   <source>This is the beginning, before the first event.</source>
   <translation>Dies ist der Anfang, vor dem ersten Ereignis.</translation>
  </message>
  <message>
   <source>This is the first step of the lesson.</source>
   <translation>Dies ist der erste Schritt der Lektion.</translation>
  </message>
  <message>
   <source>This is the last event.</source>
   <translation>Dies ist das letzte Ereignis.</translation>
  </message>
  <message>
   <source>This kind of entities has a read model of its own, of which the code is not shown here.</source>
   <translation>Diese Art von Entitäten hat ein eigenes Lesemodell, dessen Code hier nicht gezeigt wird.</translation>
  </message>
  <message>
   <source>This log does not stand in the order of its own numbers, and its times go with them.</source>
   <translation>Dieses Protokoll steht nicht in der Reihenfolge seiner eigenen Nummern, und seine Zeiten gehen mit ihnen.</translation>
  </message>
  <message>
   <source>This log has none of these: {types}.</source>
   <translation>Dieses Protokoll hat keine davon: {types}.</translation>
  </message>
  <message>
   <source>This log is newest first: as it stands, each state is made of what came after it.</source>
   <translation>In diesem Protokoll steht das Neueste zuerst: So wie es dasteht, entsteht jeder Zustand aus dem, was nach ihm kam.</translation>
  </message>
  <message>
   <source>This log is no copy: what is recorded is in its own file already.</source>
   <translation>Dieses Protokoll ist keine Kopie: was aufgezeichnet wird, steht schon in seiner eigenen Datei.</translation>
  </message>
  <message>
   <source>This log is no file, so none can be added to it.</source>
   <translation>Dieses Protokoll ist keine Datei, also kann keine hinzugefügt werden.</translation>
  </message>
  <message>
   <source>This may be no log of events.</source>
   <translation>Dies ist vielleicht kein Log von Ereignissen.</translation>
  </message>
  <message>
   <source>This may be no log of events: nothing in it says what happened, when, and to what.</source>
   <translation>Dies ist vielleicht kein Log von Ereignissen: Nichts darin sagt, was wann womit geschehen ist.</translation>
  </message>
  <message>
   <source>This query can be changed here, and does not run: a browser has nothing that adds up amounts exactly and keeps the whole past. In History Explorer it runs, as a read model.</source>
   <translation>Diese Abfrage kann hier geändert werden und läuft nicht: ein Browser hat nichts, was Beträge genau addiert und die ganze Vergangenheit behält. In History Explorer läuft sie, als Lesemodell.</translation>
  </message>
  <message>
   <source>This read model does not use it; the accounts read model does.</source>
   <translation>Dieses Lesemodell verwendet es nicht; das Lesemodell „accounts“ tut es.</translation>
  </message>
  <message>
   <source>This read model is not written as code. The accounts and the latest values are, and so is each read model of your own in JavaScript or Python.</source>
   <translation>Dieses Lesemodell ist nicht als Code geschrieben. Die Konten und die neuesten Werte sind es, und jedes eigene Lesemodell in JavaScript oder Python.</translation>
  </message>
  <message>
   <source>This would be appended: {events}.</source>
   <translation>Angehängt würde: {events}.</translation>
  </message>
  <message>
   <source>Three questions to a row and to a log</source>
   <translation>Drei Fragen an eine Zeile und an ein Protokoll</translation>
  </message>
  <message>
   <source>Thu</source>
   <translation>Do</translation>
  </message>
  <message>
   <source>Tick what should stand in a column of its own. The payload is looked in first, then the record.</source>
   <translation>Haken setzen, was in einer eigenen Spalte stehen soll. Zuerst wird in den Nutzdaten gesucht, dann im Datensatz.</translation>
  </message>
  <message>
   <source>Time</source>
   <translation>Zeit</translation>
  </message>
  <message>
   <source>Time order (as happened)</source>
   <translation>Zeitreihenfolge (wie geschehen)</translation>
  </message>
  <message>
   <source>Time since the lesson began</source>
   <translation>Zeit seit Beginn der Lektion</translation>
  </message>
  <message>
   <source>Timeline</source>
   <translation>Zeitleiste</translation>
  </message>
  <message>
   <source>Timeline by &amp;event</source>
   <translation>Zeitleiste nach &amp;Ereignis</translation>
  </message>
  <message>
   <source>Timeline by &amp;time</source>
   <translation>Zeitleiste nach &amp;Zeit</translation>
  </message>
  <message>
   <source>Times that tell no zone are those of the clocks there: Europe/Berlin.</source>
   <translation>Zeiten, die keine Zone nennen, sind die der Uhren dort: Europe/Berlin.</translation>
  </message>
  <message>
   <source>To account</source>
   <translation>Auf Konto</translation>
  </message>
  <message>
   <source>To be known</source>
   <translation>Zu wissen</translation>
  </message>
  <message>
   <source>To be said</source>
   <translation>Dazu zu sagen</translation>
  </message>
  <message>
   <source>To follow causes, the whole log has to be read once more. That takes a while.</source>
   <translation>Um Ursachen zu folgen, muss das ganze Protokoll noch einmal gelesen werden. Das dauert eine Weile.</translation>
  </message>
  <message>
   <source>To run it, install quickjs-ng (pip install “history-explorer[javascript]”).</source>
   <translation>Um es laufen zu lassen, installieren Sie quickjs-ng (pip install „history-explorer[javascript]“).</translation>
  </message>
  <message>
   <source>To see its lines run, install tree-sitter and tree-sitter-javascript.</source>
   <translation>Um seine Zeilen laufen zu sehen, installieren Sie tree-sitter und tree-sitter-javascript.</translation>
  </message>
  <message>
   <source>Total</source>
   <translation>Summe</translation>
  </message>
  <message>
   <source>Traces of crashes</source>
   <translation>Spuren von Abstürzen</translation>
  </message>
  <message>
   <source>Transfer</source>
   <translation>Überweisen</translation>
  </message>
  <message>
   <source>Transfer {amount} from {source} to {target}</source>
   <translation>{amount} von {source} an {target} überweisen</translation>
  </message>
  <message>
   <source>Tree</source>
   <translation>Baum</translation>
  </message>
  <message>
   <source>Trusted programs</source>
   <translation>Vertraute Programme</translation>
  </message>
  <message>
   <source>Tue</source>
   <translation>Di</translation>
  </message>
  <message>
   <source>Type</source>
   <translation>Typ</translation>
  </message>
  <message>
   <source>Type a few letters of what you want to do</source>
   <translation>Ein paar Buchstaben dessen schreiben, was Sie tun wollen</translation>
  </message>
  <message>
   <source>Types of events: {names}</source>
   <translation>Ereignistypen: {names}</translation>
  </message>
  <message>
   <source>Understood</source>
   <translation>Verstanden</translation>
  </message>
  <message>
   <source>Undo the last jump</source>
   <translation>Den letzten Sprung zurücknehmen</translation>
  </message>
  <message>
   <source>Unfreeze the account</source>
   <translation>Das Konto wieder freigeben</translation>
  </message>
  <message>
   <source>Unfreeze {account}</source>
   <translation>{account} wieder freigeben</translation>
  </message>
  <message>
   <source>Upcast</source>
   <translation>Upcast</translation>
  </message>
  <message>
   <source>Upcasters (*.toml *.py)</source>
   <translation>Upcaster (*.toml *.py)</translation>
  </message>
  <message>
   <source>Upcasters lift events that an old version of a program wrote to today's schema version, one step a version. They are declared in a TOML file or written in Python; the log itself stays as it is.</source>
   <translation>Upcaster heben Ereignisse, die eine alte Version eines Programms geschrieben hat, auf die heutige Schemaversion, je Version ein Schritt. Sie stehen in einer TOML-Datei oder sind in Python geschrieben; das Protokoll selbst bleibt, wie es ist.</translation>
  </message>
  <message>
   <source>Use it</source>
   <translation>Verwenden</translation>
  </message>
  <message>
   <source>Use the whole screen</source>
   <translation>Den ganzen Bildschirm nutzen</translation>
  </message>
  <message>
   <source>Usual si&amp;ze of text</source>
   <translation>&amp;Übliche Schriftgröße</translation>
  </message>
  <message>
   <source>Value</source>
   <translation>Wert</translation>
  </message>
  <message>
   <source>Values before and after</source>
   <translation>Werte davor und danach</translation>
  </message>
  <message>
   <source>Values match</source>
   <translation>Werte passen auf</translation>
  </message>
  <message>
   <source>Verify {name}</source>
   <translation>{name} prüfen</translation>
  </message>
  <message>
   <source>Verifying {name}…</source>
   <translation>{name} wird geprüft…</translation>
  </message>
  <message>
   <source>Version</source>
   <translation>Version</translation>
  </message>
  <message>
   <source>Version {old} becomes version {new}</source>
   <translation>Version {old} wird Version {new}</translation>
  </message>
  <message>
   <source>Version {version}</source>
   <translation>Version {version}</translation>
  </message>
  <message>
   <source>Version {version} is the newest: nothing is done to it.</source>
   <translation>Version {version} ist die neueste: Damit geschieht nichts.</translation>
  </message>
  <message>
   <source>Version, licences and folders</source>
   <translation>Version, Lizenzen und Ordner</translation>
  </message>
  <message>
   <source>Versions in the log</source>
   <translation>Versionen im Protokoll</translation>
  </message>
  <message>
   <source>Versions, licences and folders</source>
   <translation>Versionen, Lizenzen und Ordner</translation>
  </message>
  <message>
   <source>Views of the event</source>
   <translation>Ansichten des Ereignisses</translation>
  </message>
  <message>
   <source>Views of the upcast</source>
   <translation>Ansichten des Upcasts</translation>
  </message>
  <message>
   <source>Violations</source>
   <translation>Verstöße</translation>
  </message>
  <message>
   <source>Wa&amp;tch the chosen value</source>
   <translation>Den gewählten Wert be&amp;obachten</translation>
  </message>
  <message>
   <source>Warning</source>
   <translation>Warnung</translation>
  </message>
  <message>
   <source>Warnings</source>
   <translation>Warnungen</translation>
  </message>
  <message>
   <source>Warnings about events that are not in the log</source>
   <translation>Warnungen zu Ereignissen, die nicht im Protokoll stehen</translation>
  </message>
  <message>
   <source>Watch</source>
   <translation>Beobachten</translation>
  </message>
  <message>
   <source>Watch it</source>
   <translation>Beobachten</translation>
  </message>
  <message>
   <source>Watched values</source>
   <translation>Beobachtete Werte</translation>
  </message>
  <message>
   <source>Web &amp;shop</source>
   <translation>&amp;Webladen</translation>
  </message>
  <message>
   <source>Web pages (*.html)</source>
   <translation>Webseiten (*.html)</translation>
  </message>
  <message>
   <source>Wed</source>
   <translation>Mi</translation>
  </message>
  <message>
   <source>What a newcomer should know</source>
   <translation>Was jemand Neues wissen sollte</translation>
  </message>
  <message>
   <source>What came from standard input cannot be opened again, so there is no workspace of it.</source>
   <translation>Was von der Standardeingabe kam, kann nicht noch einmal geöffnet werden; davon gibt es keinen Arbeitsbereich.</translation>
  </message>
  <message>
   <source>What came from standard input has no link.</source>
   <translation>Was von der Standardeingabe kam, hat keinen Verweis.</translation>
  </message>
  <message>
   <source>What came of it</source>
   <translation>Was daraus wurde</translation>
  </message>
  <message>
   <source>What differs</source>
   <translation>Was anders ist</translation>
  </message>
  <message>
   <source>What differs between the points A and B; without them, what the last event changed</source>
   <translation>Was sich zwischen den Punkten A und B unterscheidet; ohne sie, was das letzte Ereignis geändert hat</translation>
  </message>
  <message>
   <source>What each event type means to accounts:</source>
   <translation>Was jeder Ereignistyp für Konten bedeutet:</translation>
  </message>
  <message>
   <source>What has just happened</source>
   <translation>Was gerade geschah</translation>
  </message>
  <message>
   <source>What has no value breaks no rule.</source>
   <translation>Was keinen Wert hat, bricht keine Regel.</translation>
  </message>
  <message>
   <source>What if</source>
   <translation>Was wäre, wenn</translation>
  </message>
  <message>
   <source>What if another event had come before this one? At the end of the log: behind it</source>
   <translation>Was wäre, wenn vor diesem ein anderes Ereignis gekommen wäre? Am Ende des Protokolls: dahinter</translation>
  </message>
  <message>
   <source>What if it were &amp;edited?…</source>
   <translation>Was, wenn es &amp;anders wäre?…</translation>
  </message>
  <message>
   <source>What if it were &amp;skipped?</source>
   <translation>Was, wenn es &amp;fehlte?</translation>
  </message>
  <message>
   <source>What if one were &amp;inserted before it?…</source>
   <translation>Was, wenn davor eines &amp;eingefügt wäre?…</translation>
  </message>
  <message>
   <source>What if this event had not happened? The log is never written</source>
   <translation>Was, wenn dieses Ereignis nicht geschehen wäre? Ins Protokoll wird nie geschrieben</translation>
  </message>
  <message>
   <source>What if this event were another one?</source>
   <translation>Was, wenn dieses Ereignis ein anderes wäre?</translation>
  </message>
  <message>
   <source>What if {n}</source>
   <translation>Was wäre, wenn {n}</translation>
  </message>
  <message>
   <source>What is not drawn</source>
   <translation>Was nicht gezeichnet ist</translation>
  </message>
  <message>
   <source>What is not shown</source>
   <translation>Was nicht gezeigt wird</translation>
  </message>
  <message>
   <source>What is odd</source>
   <translation>Was auffällt</translation>
  </message>
  <message>
   <source>What is on the clipboard cannot be opened</source>
   <translation>Was in der Zwischenablage ist, lässt sich nicht öffnen</translation>
  </message>
  <message>
   <source>What is under the pointer</source>
   <translation>Was unter dem Zeiger liegt</translation>
  </message>
  <message>
   <source>What is wrong</source>
   <translation>Was nicht stimmt</translation>
  </message>
  <message>
   <source>What is wrong with it</source>
   <translation>Was daran falsch ist</translation>
  </message>
  <message>
   <source>What is wrong with the file</source>
   <translation>Was an der Datei falsch ist</translation>
  </message>
  <message>
   <source>What is wrong with the program</source>
   <translation>Was an dem Programm falsch ist</translation>
  </message>
  <message>
   <source>What is wrong with the query</source>
   <translation>Was an der Abfrage falsch ist</translation>
  </message>
  <message>
   <source>What it did</source>
   <translation>Was es tat</translation>
  </message>
  <message>
   <source>What it means</source>
   <translation>Was es bedeutet</translation>
  </message>
  <message>
   <source>What led to some events, they do not say: {types}.</source>
   <translation>Was zu einigen Ereignissen geführt hat, sagen sie nicht: {types}.</translation>
  </message>
  <message>
   <source>What others are told of this profile:</source>
   <translation>Was andere über dieses Profil erfahren:</translation>
  </message>
  <message>
   <source>What should be known before an answer is believed. A click on a line lists its events.</source>
   <translation>Was man wissen sollte, bevor man einer Antwort glaubt. Ein Klick auf eine Zeile nennt ihre Ereignisse.</translation>
  </message>
  <message>
   <source>What stands above it is no event; blank rows are not counted. 0: no row.</source>
   <translation>Was darüber steht, ist kein Ereignis; leere Zeilen zählen nicht. 0: keine Zeile.</translation>
  </message>
  <message>
   <source>What stands at a path matches an expression: stream = .+-.+; op = [cud].</source>
   <translation>Was unter einem Pfad steht, passt auf einen Ausdruck: stream = .+-.+; op = [cud].</translation>
  </message>
  <message>
   <source>What such a log is.</source>
   <translation>Was ein solches Protokoll ist.</translation>
  </message>
  <message>
   <source>What the board is made of</source>
   <translation>Woraus die Tafel gemacht ist</translation>
  </message>
  <message>
   <source>What the event did</source>
   <translation>Was das Ereignis getan hat</translation>
  </message>
  <message>
   <source>What the event says of itself</source>
   <translation>Was das Ereignis von sich sagt</translation>
  </message>
  <message>
   <source>What the rows are</source>
   <translation>Was die Zeilen sind</translation>
  </message>
  <message>
   <source>What the rules know</source>
   <translation>Was die Regeln wissen</translation>
  </message>
  <message>
   <source>What the warning is about</source>
   <translation>Worum es bei der Warnung geht</translation>
  </message>
  <message>
   <source>What there is to say of it</source>
   <translation>Was dazu zu sagen ist</translation>
  </message>
  <message>
   <source>What this code makes of the first {position} events</source>
   <translation>Was dieser Code aus den ersten {position} Ereignissen macht</translation>
  </message>
  <message>
   <source>What was it {when}?</source>
   <translation>Was war es {when}?</translation>
  </message>
  <message>
   <source>What was loaded stays readable.</source>
   <translation>Was geladen wurde, bleibt lesbar.</translation>
  </message>
  <message>
   <source>What was there before the first entry is not stated, and was concluded from the balance at the end.</source>
   <translation>Was vor dem ersten Eintrag da war, ist nicht genannt und wurde aus dem Saldo am Ende geschlossen.</translation>
  </message>
  <message>
   <source>What you want to say at this step, what comes next and the time, on the second screen if there is one</source>
   <translation>Was Sie bei diesem Schritt sagen wollen, was danach kommt und die Zeit, auf dem zweiten Bildschirm, wenn es einen gibt</translation>
  </message>
  <message>
   <source>When and why did each change happen?</source>
   <translation>Wann und warum geschah jede Änderung?</translation>
  </message>
  <message>
   <source>When was…   balance &lt; 0 and status = 'open'</source>
   <translation>Wann war…   balance &lt; 0 and status = 'open'</translation>
  </message>
  <message>
   <source>Where it held &amp;before</source>
   <translation>Wo es &amp;vorher galt</translation>
  </message>
  <message>
   <source>Where it held ne&amp;xt</source>
   <translation>Wo es &amp;danach galt</translation>
  </message>
  <message>
   <source>Where it stands</source>
   <translation>Wo es steht</translation>
  </message>
  <message>
   <source>Where the list of events is in an object: hits.hits.</source>
   <translation>Wo in einem Objekt die Liste der Ereignisse steht: hits.hits.</translation>
  </message>
  <message>
   <source>Where the log begins</source>
   <translation>Wo das Protokoll beginnt</translation>
  </message>
  <message>
   <source>Where the records are</source>
   <translation>Wo die Einträge stehen</translation>
  </message>
  <message>
   <source>Whether the day or the month stands first in its dates, the log does not say.</source>
   <translation>Ob in seinen Daten der Tag oder der Monat vorn steht, sagt das Protokoll nicht.</translation>
  </message>
  <message>
   <source>Whether the day or the month stands first in its dates, the log does not say: --dates day-first or --dates month-first does.</source>
   <translation>Ob in seinen Datumsangaben der Tag oder der Monat vorn steht, sagt das Protokoll nicht: --dates day-first oder --dates month-first sagt es.</translation>
  </message>
  <message>
   <source>Which columns the state shows, in which order, and how it is grouped</source>
   <translation>Welche Spalten der Zustand zeigt, in welcher Reihenfolge, und wie er gruppiert ist</translation>
  </message>
  <message>
   <source>Which fields are the type, time and account?</source>
   <translation>Welche Felder sind Typ, Zeit und Konto?</translation>
  </message>
  <message>
   <source>Which fields of the log are the type, time, account and data?</source>
   <translation>Welche Felder des Protokolls sind Typ, Zeit, Konto und Daten?</translation>
  </message>
  <message>
   <source>Which is right? {reason}</source>
   <translation>Was stimmt? {reason}</translation>
  </message>
  <message>
   <source>Which members of the payload or the metadata stand in columns of their own</source>
   <translation>Welche Mitglieder der Nutzdaten oder Metadaten in eigenen Spalten stehen</translation>
  </message>
  <message>
   <source>Which one? Choose with ↑ and ↓, then Enter</source>
   <translation>Welches? Mit ↑ und ↓ wählen, dann Eingabe</translation>
  </message>
  <message>
   <source>Which program writes such logs.</source>
   <translation>Welches Programm solche Protokolle schreibt.</translation>
  </message>
  <message>
   <source>Whose</source>
   <translation>Wessen</translation>
  </message>
  <message>
   <source>Why</source>
   <translation>Warum</translation>
  </message>
  <message>
   <source>Why is another value so?</source>
   <translation>Warum ist ein anderer Wert so?</translation>
  </message>
  <message>
   <source>Why is {field} of {entity} so?</source>
   <translation>Warum ist {field} von {entity} so?</translation>
  </message>
  <message>
   <source>Why: {field} of {entity}</source>
   <translation>Warum: {field} von {entity}</translation>
  </message>
  <message>
   <source>Withdraw</source>
   <translation>Abheben</translation>
  </message>
  <message>
   <source>Withdraw {amount} from {account}</source>
   <translation>{amount} von {account} abheben</translation>
  </message>
  <message>
   <source>Withdrawn {amount}</source>
   <translation>{amount} abgehoben</translation>
  </message>
  <message>
   <source>Without snapshots</source>
   <translation>Ohne Schnappschüsse</translation>
  </message>
  <message>
   <source>Words of the action</source>
   <translation>Wörter der Aktion</translation>
  </message>
  <message>
   <source>Words: the event contains them. "Quoted words" stand together. /pattern/ and /pattern/i: regular expressions.
field:value (type, account, at, position or any field of the data; * is any text, a,b either)
field&gt;100, &gt;=, &lt;, &lt;= compare numbers, and times for at. A - before a term turns it round. All terms must hold.</source>
   <translation>Wörter: Das Ereignis enthält sie. "Wörter in Anführungszeichen" stehen beisammen. /Muster/ und /Muster/i: reguläre Ausdrücke.
field:value (type, account, at, position oder jedes Feld der Daten; * ist beliebiger Text, a,b eines von beiden)
field&gt;100, &gt;=, &lt;, &lt;= vergleichen Zahlen, bei at Zeiten. Ein - vor einem Teil kehrt ihn um. Alle Teile müssen gelten.</translation>
  </message>
  <message>
   <source>Words: the event contains them. "Quoted words" stand together. /pattern/ and /pattern/i: regular expressions.
field:value (type, account, at, position or any field of the data; * is any text, a,b either)
field&gt;100, &gt;=, &lt;, &lt;= compare numbers, and times for at; spaces may stand around them: amount &gt; 100.
A - before a term turns it round. All terms must hold.</source>
   <translation>Wörter: das Ereignis enthält sie. "Wörter in Anführungszeichen" stehen beieinander. /muster/ und /muster/i: reguläre Ausdrücke.
feld:wert (type, account, at, position oder irgendein Feld der Daten; * ist irgendein Text, a,b eines von beiden)
feld&gt;100, &gt;=, &lt;, &lt;= vergleichen Zahlen, bei at Zeiten; Leerzeichen dürfen darum stehen: amount &gt; 100.
Ein - vor einer Bedingung kehrt sie um. Alle Bedingungen müssen gelten.</translation>
  </message>
  <message>
   <source>Workspaces</source>
   <translation>Arbeitsbereiche</translation>
  </message>
  <message>
   <source>Write a name and a note for the chosen bookmark</source>
   <translation>Für das gewählte Lesezeichen Namen und Notiz schreiben</translation>
  </message>
  <message>
   <source>Write a name and a note for this position</source>
   <translation>Für diese Position Namen und Notiz schreiben</translation>
  </message>
  <message>
   <source>Write every event that set the chosen value into a file</source>
   <translation>Jedes Ereignis, das den gewählten Wert gesetzt hat, in eine Datei schreiben</translation>
  </message>
  <message>
   <source>Write the events that the filter lets through into a file</source>
   <translation>Die Ereignisse, die der Filter durchlässt, in eine Datei schreiben</translation>
  </message>
  <message>
   <source>Write the lesson into a PDF that is printed: prose, exhibits and questions</source>
   <translation>Die Lektion in eine PDF-Datei zum Drucken schreiben: Text, Schaustücke und Fragen</translation>
  </message>
  <message>
   <source>Write the lesson into one HTML file that any browser shows without a network</source>
   <translation>Die Lektion in eine HTML-Datei schreiben, die jeder Browser ohne Netz zeigt</translation>
  </message>
  <message>
   <source>Write the read model…</source>
   <translation>Das Lesemodell schreiben…</translation>
  </message>
  <message>
   <source>Write the state at this point into a file: CSV, JSON or Markdown</source>
   <translation>Den Zustand an dieser Stelle in eine Datei schreiben: CSV, JSON oder Markdown</translation>
  </message>
  <message>
   <source>Write what differs between A and B into a file</source>
   <translation>Was sich zwischen A und B unterscheidet, in eine Datei schreiben</translation>
  </message>
  <message>
   <source>Write what was predicted into a table (CSV); nothing is sent anywhere</source>
   <translation>Was vorhergesagt wurde, in eine Tabelle (CSV) schreiben; nichts wird irgendwohin gesendet</translation>
  </message>
  <message>
   <source>Writing the file</source>
   <translation>Die Datei wird geschrieben</translation>
  </message>
  <message>
   <source>Writing {file}</source>
   <translation>{file} wird geschrieben</translation>
  </message>
  <message>
   <source>Written by</source>
   <translation>Geschrieben von</translation>
  </message>
  <message>
   <source>Your prediction</source>
   <translation>Ihre Vorhersage</translation>
  </message>
  <message>
   <source>Zone of its times</source>
   <translation>Zone seiner Zeiten</translation>
  </message>
  <message>
   <source>Zoom &amp;in</source>
   <translation>&amp;Vergrößern</translation>
  </message>
  <message>
   <source>Zoom &amp;out</source>
   <translation>Ver&amp;kleinern</translation>
  </message>
  <message>
   <source>a cause that is not in this log: {event}</source>
   <translation>eine Ursache, die nicht in diesem Protokoll steht: {event}</translation>
  </message>
  <message>
   <source>a cause: {event}</source>
   <translation>eine Ursache: {event}</translation>
  </message>
  <message>
   <source>a check fails here</source>
   <translation>eine Prüfung schlägt hier fehl</translation>
  </message>
  <message>
   <source>a command</source>
   <translation>ein Befehl</translation>
  </message>
  <message>
   <source>a comparison begins with the name of a field: amount &gt; 100; in quotes it is text</source>
   <translation>ein Vergleich beginnt mit dem Namen eines Feldes: amount &gt; 100; in Anführungszeichen ist es Text</translation>
  </message>
  <message>
   <source>a field is compared with a number or a 'text'</source>
   <translation>ein Feld wird mit einer Zahl oder einem 'Text' verglichen</translation>
  </message>
  <message>
   <source>a filter has at most {count:,} characters</source>
   <translation>ein Filter hat höchstens {count:,} Zeichen</translation>
  </message>
  <message>
   <source>a pattern</source>
   <translation>ein Muster</translation>
  </message>
  <message>
   <source>a position is a whole number</source>
   <translation>eine Position ist eine ganze Zahl</translation>
  </message>
  <message>
   <source>a program</source>
   <translation>ein Programm</translation>
  </message>
  <message>
   <source>a value is missing after “{field}{operator}”</source>
   <translation>nach „{field}{operator}“ fehlt ein Wert</translation>
  </message>
  <message>
   <source>a warning here</source>
   <translation>hier eine Warnung</translation>
  </message>
  <message>
   <source>accepted</source>
   <translation>angenommen</translation>
  </message>
  <message>
   <source>account</source>
   <translation>Konto</translation>
  </message>
  <message>
   <source>accounts</source>
   <translation>Konten</translation>
  </message>
  <message>
   <source>added</source>
   <translation>hinzugekommen</translation>
  </message>
  <message>
   <source>added at the end: {event}</source>
   <translation>am Ende hinzugefügt: {event}</translation>
  </message>
  <message>
   <source>adds its amount</source>
   <translation>zählt seinen Betrag hinzu</translation>
  </message>
  <message>
   <source>adds its amount, which may be below zero</source>
   <translation>zählt seinen Betrag hinzu, der unter null sein kann</translation>
  </message>
  <message>
   <source>after the last event</source>
   <translation>nach dem letzten Ereignis</translation>
  </message>
  <message>
   <source>all together {total}</source>
   <translation>zusammen {total}</translation>
  </message>
  <message>
   <source>an account needs a name</source>
   <translation>ein Konto braucht einen Namen</translation>
  </message>
  <message>
   <source>an amount is a number with all its digits</source>
   <translation>ein Betrag ist eine Zahl mit allen ihren Ziffern</translation>
  </message>
  <message>
   <source>an amount is more than 0, and {amount} is not</source>
   <translation>ein Betrag ist mehr als 0, und {amount} ist es nicht</translation>
  </message>
  <message>
   <source>an effect: {event}</source>
   <translation>eine Wirkung: {event}</translation>
  </message>
  <message>
   <source>an event without a type</source>
   <translation>ein Ereignis ohne Typ</translation>
  </message>
  <message>
   <source>an integer of {count} bits</source>
   <translation>eine ganze Zahl von {count} Bit</translation>
  </message>
  <message>
   <source>an integer of {count} bits; see Raw</source>
   <translation>eine ganze Zahl von {count} Bit; siehe „Roh“</translation>
  </message>
  <message>
   <source>and 1 more type</source>
   <translation>und 1 weiterer Typ</translation>
  </message>
  <message>
   <source>and {count:,} more</source>
   <translation>und {count:,} weitere</translation>
  </message>
  <message>
   <source>and {count:,} more changes</source>
   <translation>und {count:,} weitere Änderungen</translation>
  </message>
  <message>
   <source>and {count:,} more types</source>
   <translation>und {count:,} weitere Typen</translation>
  </message>
  <message>
   <source>another member, such as customer.address.city</source>
   <translation>ein anderes Mitglied, etwa customer.address.city</translation>
  </message>
  <message>
   <source>as is usual for them</source>
   <translation>wie es für sie üblich ist</translation>
  </message>
  <message>
   <source>as the condition</source>
   <translation>wie die Bedingung</translation>
  </message>
  <message>
   <source>as they stand</source>
   <translation>wie sie dastehen</translation>
  </message>
  <message>
   <source>as written</source>
   <translation>wie geschrieben</translation>
  </message>
  <message>
   <source>at least </source>
   <translation>mindestens </translation>
  </message>
  <message>
   <source>balance</source>
   <translation>Stand</translation>
  </message>
  <message>
   <source>before it: {event}</source>
   <translation>davor: {event}</translation>
  </message>
  <message>
   <source>before the first event</source>
   <translation>vor dem ersten Ereignis</translation>
  </message>
  <message>
   <source>before: {value}</source>
   <translation>vorher: {value}</translation>
  </message>
  <message>
   <source>being read</source>
   <translation>wird gelesen</translation>
  </message>
  <message>
   <source>bookmark</source>
   <translation>Lesezeichen</translation>
  </message>
  <message>
   <source>bookmark at {position:,}</source>
   <translation>Lesezeichen bei {position:,}</translation>
  </message>
  <message>
   <source>bookmark at {position:,}: {name}</source>
   <translation>Lesezeichen bei {position:,}: {name}</translation>
  </message>
  <message>
   <source>bookmark {name}</source>
   <translation>Lesezeichen {name}</translation>
  </message>
  <message>
   <source>broken at 1 position; F8 goes there</source>
   <translation>an 1 Position gebrochen; F8 geht dorthin</translation>
  </message>
  <message>
   <source>broken at {count} positions; F8 goes to the next</source>
   <translation>an {count} Positionen gebrochen; F8 geht zur nächsten</translation>
  </message>
  <message>
   <source>broken here: {names}</source>
   <translation>hier gebrochen: {names}</translation>
  </message>
  <message>
   <source>by event</source>
   <translation>nach Ereignis</translation>
  </message>
  <message>
   <source>by its name: {meaning}</source>
   <translation>am Namen erkannt: {meaning}</translation>
  </message>
  <message>
   <source>by the sequence numbers</source>
   <translation>nach den Sequenznummern</translation>
  </message>
  <message>
   <source>by time</source>
   <translation>nach Zeit</translation>
  </message>
  <message>
   <source>cannot be read</source>
   <translation>kann nicht gelesen werden</translation>
  </message>
  <message>
   <source>cannot write {path}</source>
   <translation>{path} kann nicht geschrieben werden</translation>
  </message>
  <message>
   <source>caused by {cause}</source>
   <translation>verursacht von {cause}</translation>
  </message>
  <message>
   <source>change nothing here ({names})</source>
   <translation>ändern hier nichts ({names})</translation>
  </message>
  <message>
   <source>changed</source>
   <translation>geändert</translation>
  </message>
  <message>
   <source>changes nothing</source>
   <translation>ändert nichts</translation>
  </message>
  <message>
   <source>checking…</source>
   <translation>wird geprüft…</translation>
  </message>
  <message>
   <source>closes the account</source>
   <translation>schließt das Konto</translation>
  </message>
  <message>
   <source>column {column}: {error}</source>
   <translation>Spalte {column}: {error}</translation>
  </message>
  <message>
   <source>comparing…</source>
   <translation>wird verglichen…</translation>
  </message>
  <message>
   <source>counted from where you stand</source>
   <translation>von der aktuellen Stelle aus gezählt</translation>
  </message>
  <message>
   <source>d</source>
   <translation>T</translation>
  </message>
  <message>
   <source>dates with the day first</source>
   <translation>Datumsangaben mit dem Tag zuerst</translation>
  </message>
  <message>
   <source>dates with the month first</source>
   <translation>Datumsangaben mit dem Monat zuerst</translation>
  </message>
  <message>
   <source>decimal comma: 1.234,56</source>
   <translation>Dezimalkomma: 1.234,56</translation>
  </message>
  <message>
   <source>decimal point: 1,234.56</source>
   <translation>Dezimalpunkt: 1,234.56</translation>
  </message>
  <message>
   <source>does not hold here</source>
   <translation>gilt hier nicht</translation>
  </message>
  <message>
   <source>end</source>
   <translation>Ende</translation>
  </message>
  <message>
   <source>end of the year {year}</source>
   <translation>Ende des Jahres {year}</translation>
  </message>
  <message>
   <source>end of {day}</source>
   <translation>Ende von {day}</translation>
  </message>
  <message>
   <source>entities</source>
   <translation>Entitäten</translation>
  </message>
  <message>
   <source>entity</source>
   <translation>Entität</translation>
  </message>
  <message>
   <source>event {position:,}</source>
   <translation>Ereignis {position:,}</translation>
  </message>
  <message>
   <source>event {position:,} of {all:,}</source>
   <translation>Ereignis {position:,} von {all:,}</translation>
  </message>
  <message>
   <source>event {position}</source>
   <translation>Ereignis {position}</translation>
  </message>
  <message>
   <source>events</source>
   <translation>Ereignisse</translation>
  </message>
  <message>
   <source>folded group</source>
   <translation>gefaltete Gruppe</translation>
  </message>
  <message>
   <source>for</source>
   <translation>für</translation>
  </message>
  <message>
   <source>freezes the account</source>
   <translation>friert das Konto ein</translation>
  </message>
  <message>
   <source>from</source>
   <translation>von</translation>
  </message>
  <message>
   <source>from the last to the first, without what was before</source>
   <translation>vom letzten zum ersten, ohne was davor war</translation>
  </message>
  <message>
   <source>group</source>
   <translation>Gruppe</translation>
  </message>
  <message>
   <source>guessed from the log</source>
   <translation>aus dem Log erschlossen</translation>
  </message>
  <message>
   <source>h</source>
   <translation>h</translation>
  </message>
  <message>
   <source>holds here</source>
   <translation>gilt hier</translation>
  </message>
  <message>
   <source>in order of sequence</source>
   <translation>in der Reihenfolge ihrer Nummern</translation>
  </message>
  <message>
   <source>in order of their names</source>
   <translation>in der Reihenfolge ihrer Namen</translation>
  </message>
  <message>
   <source>in order of time</source>
   <translation>in zeitlicher Reihenfolge</translation>
  </message>
  <message>
   <source>incomplete</source>
   <translation>unvollständig</translation>
  </message>
  <message>
   <source>is counted as a version, and changes nothing else</source>
   <translation>zählt als Version und ändert sonst nichts</translation>
  </message>
  <message>
   <source>it begins here</source>
   <translation>sie beginnt hier</translation>
  </message>
  <message>
   <source>it ends here</source>
   <translation>sie endet hier</translation>
  </message>
  <message>
   <source>its data is no JSON object, such as {example}</source>
   <translation>seine Daten sind kein JSON-Objekt wie {example}</translation>
  </message>
  <message>
   <source>its event does not name {entity}: let decide put that into the data</source>
   <translation>sein Ereignis nennt {entity} nicht: decide muss das in die Daten (data) schreiben</translation>
  </message>
  <message>
   <source>key</source>
   <translation>Schlüssel</translation>
  </message>
  <message>
   <source>keys</source>
   <translation>Schlüssel</translation>
  </message>
  <message>
   <source>latest values</source>
   <translation>letzte Werte</translation>
  </message>
  <message>
   <source>left out here: {duration} without an event</source>
   <translation>hier ausgelassen: {duration} ohne Ereignis</translation>
  </message>
  <message>
   <source>lifted to</source>
   <translation>gehoben auf</translation>
  </message>
  <message>
   <source>line {line:,}</source>
   <translation>Zeile {line:,}</translation>
  </message>
  <message>
   <source>line {line:,}, byte {byte:,}: {kind}: {text}</source>
   <translation>Zeile {line:,}, Byte {byte:,}: {kind}: {text}</translation>
  </message>
  <message>
   <source>line {line:,}, bytes {start:,}–{stop:,}</source>
   <translation>Zeile {line:,}, Bytes {start:,}–{stop:,}</translation>
  </message>
  <message>
   <source>line {line:,}, column {column:,}, byte {byte:,}</source>
   <translation>Zeile {line:,}, Spalte {column:,}, Byte {byte:,}</translation>
  </message>
  <message>
   <source>line {line}</source>
   <translation>Zeile {line}</translation>
  </message>
  <message>
   <source>line {line}, column {column}: {reason}</source>
   <translation>Zeile {line}, Spalte {column}: {reason}</translation>
  </message>
  <message>
   <source>lowest {low}, highest {high}</source>
   <translation>kleinster {low}, größter {high}</translation>
  </message>
  <message>
   <source>made for {log}</source>
   <translation>gemacht für {log}</translation>
  </message>
  <message>
   <source>means nothing to accounts</source>
   <translation>bedeutet für Konten nichts</translation>
  </message>
  <message>
   <source>member</source>
   <translation>Mitglied</translation>
  </message>
  <message>
   <source>min</source>
   <translation>min</translation>
  </message>
  <message>
   <source>moved</source>
   <translation>verschoben</translation>
  </message>
  <message>
   <source>moves its amount from one account to another</source>
   <translation>bewegt seinen Betrag von einem Konto auf ein anderes</translation>
  </message>
  <message>
   <source>names another owner</source>
   <translation>nennt einen anderen Inhaber</translation>
  </message>
  <message>
   <source>new</source>
   <translation>neu</translation>
  </message>
  <message>
   <source>newest first: read from the end</source>
   <translation>das Neueste zuerst: vom Ende her gelesen</translation>
  </message>
  <message>
   <source>no</source>
   <translation>nein</translation>
  </message>
  <message>
   <source>no effects</source>
   <translation>keine Wirkungen</translation>
  </message>
  <message>
   <source>no entry</source>
   <translation>kein Eintrag</translation>
  </message>
  <message>
   <source>no event has a time that can be read, so nothing can be asked by time</source>
   <translation>kein Ereignis hat eine Zeit, die sich lesen lässt, also lässt sich nichts nach der Zeit fragen</translation>
  </message>
  <message>
   <source>no event has happened yet</source>
   <translation>noch ist kein Ereignis geschehen</translation>
  </message>
  <message>
   <source>no event has “{field}”</source>
   <translation>kein Ereignis hat „{field}“</translation>
  </message>
  <message>
   <source>no member says of which type they are</source>
   <translation>kein Feld sagt, von welchem Typ sie sind</translation>
  </message>
  <message>
   <source>no time yet</source>
   <translation>noch keine Zeit</translation>
  </message>
  <message>
   <source>no times</source>
   <translation>ohne Zeiten</translation>
  </message>
  <message>
   <source>no tree; see Raw</source>
   <translation>kein Baum; siehe „Roh“</translation>
  </message>
  <message>
   <source>no type</source>
   <translation>kein Typ</translation>
  </message>
  <message>
   <source>none</source>
   <translation>keine</translation>
  </message>
  <message>
   <source>not in the log</source>
   <translation>nicht im Protokoll</translation>
  </message>
  <message>
   <source>not read</source>
   <translation>nicht gelesen</translation>
  </message>
  <message>
   <source>not set yet</source>
   <translation>noch nicht gesetzt</translation>
  </message>
  <message>
   <source>not there at this position</source>
   <translation>an dieser Stelle nicht da</translation>
  </message>
  <message>
   <source>not there yet</source>
   <translation>noch nicht da</translation>
  </message>
  <message>
   <source>nothing differs</source>
   <translation>nichts ist anders</translation>
  </message>
  <message>
   <source>nothing follows from it</source>
   <translation>nichts folgt daraus</translation>
  </message>
  <message>
   <source>nothing in this log tells whose an event is: define key(event)</source>
   <translation>nichts in diesem Log sagt, wessen ein Ereignis ist: definieren Sie key(event)</translation>
  </message>
  <message>
   <source>nothing yet</source>
   <translation>noch nichts</translation>
  </message>
  <message>
   <source>now {value}</source>
   <translation>jetzt {value}</translation>
  </message>
  <message>
   <source>numbers with a decimal comma</source>
   <translation>Zahlen mit Dezimalkomma</translation>
  </message>
  <message>
   <source>numbers with a decimal point</source>
   <translation>Zahlen mit Dezimalpunkt</translation>
  </message>
  <message>
   <source>numbers with points and commas</source>
   <translation>Zahlen mit Punkten und Kommas</translation>
  </message>
  <message>
   <source>of those shown {total}</source>
   <translation>von den gezeigten {total}</translation>
  </message>
  <message>
   <source>off</source>
   <translation>aus</translation>
  </message>
  <message>
   <source>on</source>
   <translation>an</translation>
  </message>
  <message>
   <source>one account or entity</source>
   <translation>ein Konto oder eine Entität</translation>
  </message>
  <message>
   <source>one side of each comparison must be a field</source>
   <translation>eine Seite jedes Vergleichs muss ein Feld sein</translation>
  </message>
  <message>
   <source>only comparisons of a field with a value, and, or, not</source>
   <translation>nur Vergleiche eines Feldes mit einem Wert, and, or, not</translation>
  </message>
  <message>
   <source>only the beginning of the log</source>
   <translation>nur der Anfang des Protokolls</translation>
  </message>
  <message>
   <source>only this event has {path} {name}</source>
   <translation>nur dieses Ereignis hat {path} {name}</translation>
  </message>
  <message>
   <source>opens a frozen account again</source>
   <translation>gibt ein eingefrorenes Konto wieder frei</translation>
  </message>
  <message>
   <source>opens the account</source>
   <translation>eröffnet das Konto</translation>
  </message>
  <message>
   <source>original pace</source>
   <translation>ursprünglicher Takt</translation>
  </message>
  <message>
   <source>out of time order (log order is shown)</source>
   <translation>nicht in Zeitreihenfolge (gezeigt: Protokollreihenfolge)</translation>
  </message>
  <message>
   <source>out of time order (time order is shown)</source>
   <translation>nicht in Zeitreihenfolge (gezeigt: Zeitreihenfolge)</translation>
  </message>
  <message>
   <source>out of time order in the log</source>
   <translation>im Protokoll nicht in zeitlicher Reihenfolge</translation>
  </message>
  <message>
   <source>part of {whole}</source>
   <translation>Teil von {whole}</translation>
  </message>
  <message>
   <source>pasted events</source>
   <translation>Eingefügte Ereignisse</translation>
  </message>
  <message>
   <source>point {letter}</source>
   <translation>Punkt {letter}</translation>
  </message>
  <message>
   <source>point {letter} at {position:,}</source>
   <translation>Punkt {letter} bei {position:,}</translation>
  </message>
  <message>
   <source>position {position:,}</source>
   <translation>Position {position:,}</translation>
  </message>
  <message>
   <source>read as</source>
   <translation>gelesen als</translation>
  </message>
  <message>
   <source>read model {name}</source>
   <translation>Lesemodell {name}</translation>
  </message>
  <message>
   <source>read model {name}, as yours is for a whole log</source>
   <translation>Lesemodell {name}, weil deines für ein ganzes Log ist</translation>
  </message>
  <message>
   <source>reading a large event…</source>
   <translation>ein großes Ereignis wird gelesen…</translation>
  </message>
  <message>
   <source>rejected</source>
   <translation>abgelehnt</translation>
  </message>
  <message>
   <source>removed</source>
   <translation>entfernt</translation>
  </message>
  <message>
   <source>row {line:,}</source>
   <translation>Zeile {line:,}</translation>
  </message>
  <message>
   <source>running balances</source>
   <translation>laufende Salden</translation>
  </message>
  <message>
   <source>s</source>
   <translation>s</translation>
  </message>
  <message>
   <source>saved for logs of this shape: {name}</source>
   <translation>gesichert für Logs dieser Gestalt: {name}</translation>
  </message>
  <message>
   <source>say of which entity</source>
   <translation>sagen Sie, von welcher Entität</translation>
  </message>
  <message>
   <source>say to which account</source>
   <translation>sagen Sie, auf welches Konto</translation>
  </message>
  <message>
   <source>say which account</source>
   <translation>sagen Sie, welches Konto</translation>
  </message>
  <message>
   <source>say which command</source>
   <translation>sagen Sie, welcher Befehl</translation>
  </message>
  <message>
   <source>schema version</source>
   <translation>Schemaversion</translation>
  </message>
  <message>
   <source>schema {number}</source>
   <translation>Schema {number}</translation>
  </message>
  <message>
   <source>searching… {share:.0%}</source>
   <translation>wird gesucht… {share:.0%}</translation>
  </message>
  <message>
   <source>searching… {share}</source>
   <translation>wird gesucht… {share}</translation>
  </message>
  <message>
   <source>selected {low:,} to {high:,}</source>
   <translation>ausgewählt {low:,} bis {high:,}</translation>
  </message>
  <message>
   <source>selected: {stretch}</source>
   <translation>ausgewählt: {stretch}</translation>
  </message>
  <message>
   <source>set to {value}</source>
   <translation>auf {value} gesetzt</translation>
  </message>
  <message>
   <source>set to {value} again</source>
   <translation>wieder auf {value} gesetzt</translation>
  </message>
  <message>
   <source>state</source>
   <translation>Zustand</translation>
  </message>
  <message>
   <source>status</source>
   <translation>Status</translation>
  </message>
  <message>
   <source>stays {value}</source>
   <translation>bleibt {value}</translation>
  </message>
  <message>
   <source>steady pace</source>
   <translation>gleichmäßiger Takt</translation>
  </message>
  <message>
   <source>takes its amount away</source>
   <translation>zieht seinen Betrag ab</translation>
  </message>
  <message>
   <source>the amount is not a number</source>
   <translation>der Betrag ist keine Zahl</translation>
  </message>
  <message>
   <source>the bytes of this event are no longer in the file</source>
   <translation>die Bytes dieses Ereignisses stehen nicht mehr in der Datei</translation>
  </message>
  <message>
   <source>the causes go round in a circle: back to #{position}</source>
   <translation>die Ursachen gehen im Kreis: zurück zu #{position}</translation>
  </message>
  <message>
   <source>the current event: {event}</source>
   <translation>das aktuelle Ereignis: {event}</translation>
  </message>
  <message>
   <source>the day first: 31/12/2026</source>
   <translation>der Tag zuerst: 31/12/2026</translation>
  </message>
  <message>
   <source>the edit of event {position:,}</source>
   <translation>die Änderung von Ereignis {position:,}</translation>
  </message>
  <message>
   <source>the end</source>
   <translation>das Ende</translation>
  </message>
  <message>
   <source>the event changed nothing in it</source>
   <translation>das Ereignis hat darin nichts geändert</translation>
  </message>
  <message>
   <source>the event inserted before {position:,}</source>
   <translation>das vor {position:,} eingefügte Ereignis</translation>
  </message>
  <message>
   <source>the field “{field}” holds no time that can be read, so nothing can be asked by time</source>
   <translation>im Feld „{field}“ steht keine Zeit, die sich lesen lässt, also lässt sich nichts nach der Zeit fragen</translation>
  </message>
  <message>
   <source>the first row is an event</source>
   <translation>die erste Zeile ist ein Ereignis</translation>
  </message>
  <message>
   <source>the first row names the columns</source>
   <translation>die erste Zeile benennt die Spalten</translation>
  </message>
  <message>
   <source>the format says itself what is what</source>
   <translation>das Format sagt selbst, was was ist</translation>
  </message>
  <message>
   <source>the log had grown meanwhile</source>
   <translation>das Protokoll war inzwischen gewachsen</translation>
  </message>
  <message>
   <source>the log has no such event now</source>
   <translation>das Protokoll hat kein solches Ereignis mehr</translation>
  </message>
  <message>
   <source>the log with the bytes of this event is not at hand</source>
   <translation>das Log mit den Bytes dieses Ereignisses ist nicht zur Hand</translation>
  </message>
  <message>
   <source>the month first: 12/31/2026</source>
   <translation>der Monat zuerst: 12/31/2026</translation>
  </message>
  <message>
   <source>the panel “{name}”</source>
   <translation>der Bereich „{name}“</translation>
  </message>
  <message>
   <source>the state stays as it was</source>
   <translation>der Zustand bleibt, wie er war</translation>
  </message>
  <message>
   <source>there are no records</source>
   <translation>es gibt keine Einträge</translation>
  </message>
  <message>
   <source>there is no account {account}</source>
   <translation>es gibt kein Konto {account}</translation>
  </message>
  <message>
   <source>there is no event {position:,}: the log has {count:,}</source>
   <translation>es gibt kein Ereignis {position:,}: das Protokoll hat {count:,}</translation>
  </message>
  <message>
   <source>there is no field “{name}”; there are {known}</source>
   <translation>es gibt kein Feld „{name}“; es gibt {known}</translation>
  </message>
  <message>
   <source>there is no plot to save</source>
   <translation>es gibt keine Kurve zu speichern</translation>
  </message>
  <message>
   <source>there is no position {position:,}: the log has 1 event</source>
   <translation>es gibt keine Position {position:,}: Das Protokoll hat 1 Ereignis</translation>
  </message>
  <message>
   <source>there is no position {position:,}: the log has {count:,} events</source>
   <translation>es gibt keine Position {position:,}: das Protokoll hat {count:,} Ereignisse</translation>
  </message>
  <message>
   <source>there is nothing between these marks</source>
   <translation>zwischen diesen Zeichen steht nichts</translation>
  </message>
  <message>
   <source>these of them by their sequence numbers</source>
   <translation>diese davon nach ihren Sequenznummern</translation>
  </message>
  <message>
   <source>this can be two days: write it as 2026-01-31</source>
   <translation>das können zwei Tage sein: schreiben Sie 2026-01-31</translation>
  </message>
  <message>
   <source>this pattern is not closed: it ends with a /</source>
   <translation>dieses Muster ist nicht geschlossen: es endet mit einem /</translation>
  </message>
  <message>
   <source>this quote is not closed</source>
   <translation>dieses Anführungszeichen ist nicht geschlossen</translation>
  </message>
  <message>
   <source>to before</source>
   <translation>bis vor</translation>
  </message>
  <message>
   <source>type</source>
   <translation>Typ</translation>
  </message>
  <message>
   <source>unchanged</source>
   <translation>unverändert</translation>
  </message>
  <message>
   <source>untouched by this event</source>
   <translation>von diesem Ereignis nicht berührt</translation>
  </message>
  <message>
   <source>version</source>
   <translation>Version</translation>
  </message>
  <message>
   <source>version {number}</source>
   <translation>Version {number}</translation>
  </message>
  <message>
   <source>was [{place}]</source>
   <translation>war [{place}]</translation>
  </message>
  <message>
   <source>what-if does not work with a read model that is a program: it keeps no single steps</source>
   <translation>Was-wäre-wenn geht nicht mit einem Lesemodell, das ein Programm ist: es behält keine einzelnen Schritte</translation>
  </message>
  <message>
   <source>whenever {type}</source>
   <translation>immer wenn {type}</translation>
  </message>
  <message>
   <source>where to? Write #1204, 50%, start, end, +100, 2026-01-06 10:15 or last tuesday</source>
   <translation>wohin? Schreiben Sie #1204, 50%, start, end, +100, 2026-01-06 10:15 oder last tuesday</translation>
  </message>
  <message>
   <source>with warnings</source>
   <translation>mit Warnungen</translation>
  </message>
  <message>
   <source>working it out…</source>
   <translation>wird ausgerechnet…</translation>
  </message>
  <message>
   <source>yes</source>
   <translation>ja</translation>
  </message>
  <message>
   <source>{account} cannot give money to itself</source>
   <translation>{account} kann nicht sich selbst Geld geben</translation>
  </message>
  <message>
   <source>{account} exists already</source>
   <translation>{account} gibt es schon</translation>
  </message>
  <message>
   <source>{account} has been closed, and its name is not used again</source>
   <translation>{account} wurde geschlossen, und sein Name wird nicht wieder verwendet</translation>
  </message>
  <message>
   <source>{account} has {held} and an overdraft of {overdraft}, which is less than {amount}</source>
   <translation>{account} hat {held} und einen Kreditrahmen von {overdraft}, das ist weniger als {amount}</translation>
  </message>
  <message>
   <source>{account} has {held}, which is less than {amount}</source>
   <translation>{account} hat {held}, das ist weniger als {amount}</translation>
  </message>
  <message>
   <source>{account} is closed</source>
   <translation>{account} ist geschlossen</translation>
  </message>
  <message>
   <source>{account} is frozen</source>
   <translation>{account} ist eingefroren</translation>
  </message>
  <message>
   <source>{account} is kept in {kept}, and this is in {currency}</source>
   <translation>{account} wird in {kept} geführt, und dies ist in {currency}</translation>
  </message>
  <message>
   <source>{account} is kept in {kept}, and this names none</source>
   <translation>{account} wird in {kept} geführt, und dies nennt keine Währung</translation>
  </message>
  <message>
   <source>{account} is kept without a currency, and this is in {currency}</source>
   <translation>{account} wird ohne Währung geführt, und dies ist in {currency}</translation>
  </message>
  <message>
   <source>{account} is not frozen</source>
   <translation>{account} ist nicht eingefroren</translation>
  </message>
  <message>
   <source>{account} still holds {amounts}; it is closed at 0</source>
   <translation>{account} hält noch {amounts}; geschlossen wird bei 0</translation>
  </message>
  <message>
   <source>{answer} ({count}×)</source>
   <translation>{answer} ({count}×)</translation>
  </message>
  <message>
   <source>{at} of {count}</source>
   <translation>{at} von {count}</translation>
  </message>
  <message>
   <source>{chained:,} records form a chain: each proves the one before it.</source>
   <translation>{chained:,} Datensätze bilden eine Kette: Jeder beweist den vor ihm.</translation>
  </message>
  <message>
   <source>{count:,} accounts or entities</source>
   <translation>{count:,} Konten oder Entitäten</translation>
  </message>
  <message>
   <source>{count:,} balances that the log states are not what its entries come to.</source>
   <translation>{count:,} Salden, die das Protokoll nennt, sind nicht das, was seine Einträge ergeben.</translation>
  </message>
  <message>
   <source>{count:,} bookmarks</source>
   <translation>{count:,} Lesezeichen</translation>
  </message>
  <message>
   <source>{count:,} bytes were moved to {path}</source>
   <translation>{count:,} Bytes wurden nach {path} verschoben</translation>
  </message>
  <message>
   <source>{count:,} entries say themselves that nothing was moved, so they change nothing.</source>
   <translation>{count:,} Einträge sagen selbst, dass nichts bewegt wurde, und ändern daher nichts.</translation>
  </message>
  <message>
   <source>{count:,} entries were left out: their profile says that they are no events.</source>
   <translation>{count:,} Einträge wurden ausgelassen: Ihr Profil sagt, dass sie keine Ereignisse sind.</translation>
  </message>
  <message>
   <source>{count:,} events</source>
   <translation>{count:,} Ereignisse</translation>
  </message>
  <message>
   <source>{count:,} events are out of time order; this is log order.</source>
   <translation>{count:,} Ereignisse stehen nicht in der Reihenfolge ihrer Zeiten; dies ist die Reihenfolge des Protokolls.</translation>
  </message>
  <message>
   <source>{count:,} events are out of time order; this is time order.</source>
   <translation>{count:,} Ereignisse stehen nicht in der Reihenfolge ihrer Zeiten; dies ist die Reihenfolge nach der Zeit.</translation>
  </message>
  <message>
   <source>{count:,} events back</source>
   <translation>{count:,} Ereignisse zurück</translation>
  </message>
  <message>
   <source>{count:,} events changed nothing, because the read model had failed before.</source>
   <translation>{count:,} Ereignisse haben nichts geändert, weil das Lesemodell zuvor gescheitert war.</translation>
  </message>
  <message>
   <source>{count:,} events could not be applied, as their number is written differently from the others.</source>
   <translation>{count:,} Ereignisse konnten nicht angewandt werden, weil ihre Zahl anders geschrieben ist als die übrigen.</translation>
  </message>
  <message>
   <source>{count:,} events could not be applied.</source>
   <translation>{count:,} Ereignisse ließen sich nicht anwenden.</translation>
  </message>
  <message>
   <source>{count:,} events could not be applied; the first: {reason}.</source>
   <translation>{count:,} Ereignisse konnten nicht angewendet werden; das erste: {reason}.</translation>
  </message>
  <message>
   <source>{count:,} events further</source>
   <translation>{count:,} Ereignisse weiter</translation>
  </message>
  <message>
   <source>{count:,} events have a key twice; the last value counts.</source>
   <translation>{count:,} Ereignisse haben einen Schlüssel zweimal; der letzte Wert gilt.</translation>
  </message>
  <message>
   <source>{count:,} events have a payload that cannot be looked into.</source>
   <translation>{count:,} Ereignisse haben einen Inhalt, in den sich nicht hineinsehen lässt.</translation>
  </message>
  <message>
   <source>{count:,} events have a time outside the years 1678 to 2261.</source>
   <translation>{count:,} Ereignisse haben eine Zeit außerhalb der Jahre 1678 bis 2261.</translation>
  </message>
  <message>
   <source>{count:,} events have no sequence number, and come last.</source>
   <translation>{count:,} Ereignisse haben keine Sequenznummer und kommen zuletzt.</translation>
  </message>
  <message>
   <source>{count:,} events have times that clocks in their zone showed twice or never.</source>
   <translation>{count:,} Ereignisse haben Zeiten, die Uhren in ihrer Zone zweimal oder nie zeigten.</translation>
  </message>
  <message>
   <source>{count:,} events here</source>
   <translation>{count:,} Ereignisse hier</translation>
  </message>
  <message>
   <source>{count:,} events made numbers that JavaScript rounds; each exact value stands beside it.</source>
   <translation>{count:,} Ereignisse haben Zahlen ergeben, die JavaScript rundet; jeder genaue Wert steht daneben.</translation>
  </message>
  <message>
   <source>{count:,} events made the read model fail.</source>
   <translation>An {count:,} Ereignissen ist das Lesemodell gescheitert.</translation>
  </message>
  <message>
   <source>{count:,} events name no entity, and are no part of the state.</source>
   <translation>{count:,} Ereignisse nennen keine Entität und sind nicht Teil des Zustands.</translation>
  </message>
  <message>
   <source>{count:,} events of {entity} stand before; the code is run again for at most {most:,}.</source>
   <translation>{count:,} Ereignisse von {entity} stehen davor; der Code wird für höchstens {most:,} noch einmal durchlaufen.</translation>
  </message>
  <message>
   <source>{count:,} events say that something was deleted, and nobody can say what is without it.</source>
   <translation>{count:,} Ereignisse sagen, dass etwas gelöscht wurde, und niemand kann sagen, was ohne das ist.</translation>
  </message>
  <message>
   <source>{count:,} events say that something was deleted; the read model keeps it.</source>
   <translation>{count:,} Ereignisse sagen, dass etwas gelöscht wurde; das Lesemodell behält es.</translation>
  </message>
  <message>
   <source>{count:,} events were read with a warning.</source>
   <translation>{count:,} Ereignisse wurden mit einer Warnung gelesen.</translation>
  </message>
  <message>
   <source>{count:,} events. Found: {found}.</source>
   <translation>{count:,} Ereignisse. Gefunden: {found}.</translation>
  </message>
  <message>
   <source>{count:,} events. Nothing odd was found.</source>
   <translation>{count:,} Ereignisse. Nichts Auffälliges gefunden.</translation>
  </message>
  <message>
   <source>{count:,} more events follow from commands whose names were not looked for.</source>
   <translation>{count:,} weitere Ereignisse folgen aus Befehlen, deren Namen nicht gesucht wurden.</translation>
  </message>
  <message>
   <source>{count:,} of {entries:,} entries are incomplete: their writer has not finished them.</source>
   <translation>{count:,} von {entries:,} Einträgen sind unvollständig: Sie wurden nicht zu Ende geschrieben.</translation>
  </message>
  <message>
   <source>{count:,} of {entries:,} entries could not be read; `verify` lists them.</source>
   <translation>{count:,} von {entries:,} Einträgen ließen sich nicht lesen; `verify` nennt sie.</translation>
  </message>
  <message>
   <source>{count:,} of {events:,} events have no time that can be read: as of a time, each is counted only with the next event that has one.</source>
   <translation>{count:,} von {events:,} Ereignissen haben keine Zeit, die sich lesen lässt: zu einer Zeit zählt jedes erst mit dem nächsten, das eine hat.</translation>
  </message>
  <message>
   <source>{count:,} of {total:,} events: {filter}</source>
   <translation>{count:,} von {total:,} Ereignissen: {filter}</translation>
  </message>
  <message>
   <source>{count:,} other predictions</source>
   <translation>{count:,} andere Vorhersagen</translation>
  </message>
  <message>
   <source>{count:,} other types</source>
   <translation>{count:,} weitere Typen</translation>
  </message>
  <message>
   <source>{count:,} rows have fewer fields than the header names.</source>
   <translation>{count:,} Zeilen haben weniger Felder, als die Kopfzeile nennt.</translation>
  </message>
  <message>
   <source>{count:,} rows have more fields than the header names; they are kept under numbers.</source>
   <translation>{count:,} Zeilen haben mehr Felder, als der Kopf nennt; sie sind unter Nummern da.</translation>
  </message>
  <message>
   <source>{count:,} rows stand above or below the table, and are no entries; `verify` lists them.</source>
   <translation>{count:,} Zeilen stehen über oder unter der Tabelle und sind keine Einträge; `verify` nennt sie.</translation>
  </message>
  <message>
   <source>{count:,} transactions do not come to nothing.</source>
   <translation>{count:,} Buchungen gehen nicht auf.</translation>
  </message>
  <message>
   <source>{count:,} values differ here</source>
   <translation>{count:,} Werte sind hier anders</translation>
  </message>
  <message>
   <source>{count:,} values differ here. {untried}</source>
   <translation>{count:,} Werte sind hier anders. {untried}</translation>
  </message>
  <message>
   <source>{count:,} values differ here; no rule is broken.</source>
   <translation>{count:,} Werte sind hier anders; keine Regel ist verletzt.</translation>
  </message>
  <message>
   <source>{counts}; the state counts all events</source>
   <translation>{counts}; der Zustand zählt alle Ereignisse</translation>
  </message>
  <message>
   <source>{count} bytes: see the event itself</source>
   <translation>{count} Bytes: siehe das Ereignis selbst</translation>
  </message>
  <message>
   <source>{count} changes</source>
   <translation>{count} Änderungen</translation>
  </message>
  <message>
   <source>{count} different values</source>
   <translation>{count} verschiedene Werte</translation>
  </message>
  <message>
   <source>{count} earlier causes are not drawn</source>
   <translation>{count} frühere Ursachen sind nicht gezeichnet</translation>
  </message>
  <message>
   <source>{count} earlier ones, and</source>
   <translation>{count} frühere, und</translation>
  </message>
  <message>
   <source>{count} effects</source>
   <translation>{count} Wirkungen</translation>
  </message>
  <message>
   <source>{count} events of it stand before, and {most} are folded again at most</source>
   <translation>{count} Ereignisse davon stehen davor, und höchstens {most} werden noch einmal gefaltet</translation>
  </message>
  <message>
   <source>{count} events replayed</source>
   <translation>{count} Ereignisse nachgespielt</translation>
  </message>
  <message>
   <source>{count} events with {path} {name}</source>
   <translation>{count} Ereignisse mit {path} {name}</translation>
  </message>
  <message>
   <source>{count} found</source>
   <translation>{count} gefunden</translation>
  </message>
  <message>
   <source>{count} more effects are not drawn</source>
   <translation>{count} weitere Wirkungen sind nicht gezeichnet</translation>
  </message>
  <message>
   <source>{count} more members are not shown.</source>
   <translation>{count} weitere Mitglieder werden nicht gezeigt.</translation>
  </message>
  <message>
   <source>{count} more: choose this line to see the next {next}</source>
   <translation>{count} weitere: diese Zeile wählen, um die nächsten {next} zu sehen</translation>
  </message>
  <message>
   <source>{count} of {all} checks cannot be looked at with this read model.</source>
   <translation>{count} von {all} Prüfungen können mit diesem Lesemodell nicht betrachtet werden.</translation>
  </message>
  <message>
   <source>{count} steps from #{first} to #{last}, {begin} to {end}</source>
   <translation>{count} Schritte von #{first} bis #{last}, {begin} bis {end}</translation>
  </message>
  <message>
   <source>{count} values have been overwritten and are gone.</source>
   <translation>{count} Werte wurden überschrieben und sind verloren.</translation>
  </message>
  <message>
   <source>{days} d {hours} h</source>
   <translation>{days} T {hours} h</translation>
  </message>
  <message>
   <source>{day} {month}</source>
   <translation>{day}. {month}</translation>
  </message>
  <message>
   <source>{differs}; the rules would have rejected 1 event.</source>
   <translation>{differs}; die Regeln hätten 1 Ereignis abgelehnt.</translation>
  </message>
  <message>
   <source>{differs}; the rules would have rejected {count:,} events.</source>
   <translation>{differs}; die Regeln hätten {count:,} Ereignisse abgelehnt.</translation>
  </message>
  <message>
   <source>{done:,.0f} of {total:,.0f} MB, {events:,} events</source>
   <translation>{done:,.0f} von {total:,.0f} MB, {events:,} Ereignisse</translation>
  </message>
  <message>
   <source>{entity}: {lines} lines ran, in {steps} steps</source>
   <translation>{entity}: {lines} Zeilen liefen, in {steps} Schritten</translation>
  </message>
  <message>
   <source>{event} on {day}</source>
   <translation>{event} am {day}</translation>
  </message>
  <message>
   <source>{event}: the state stays as it was</source>
   <translation>{event}: der Zustand bleibt, wie er war</translation>
  </message>
  <message>
   <source>{field} of {entity}</source>
   <translation>{field} von {entity}</translation>
  </message>
  <message>
   <source>{file} is there already. Is it to be replaced? What is in it is lost then.</source>
   <translation>{file} gibt es schon. Soll die Datei ersetzt werden? Was darin steht, ist dann verloren.</translation>
  </message>
  <message>
   <source>{hits:,} of {all:,} listed</source>
   <translation>{hits:,} von {all:,} aufgelistet</translation>
  </message>
  <message>
   <source>{hits:,} of {all:,} marked</source>
   <translation>{hits:,} von {all:,} markiert</translation>
  </message>
  <message>
   <source>{hits:,} of {entries:,}</source>
   <translation>{hits:,} von {entries:,}</translation>
  </message>
  <message>
   <source>{hits} of {all} events listed; the state counts all {position} so far</source>
   <translation>{hits} von {all} Ereignissen aufgelistet; der Zustand zählt alle bisherigen {position}</translation>
  </message>
  <message>
   <source>{hits} of {all} events marked; the state counts all {position} so far</source>
   <translation>{hits} von {all} Ereignissen markiert; der Zustand zählt alle bisherigen {position}</translation>
  </message>
  <message>
   <source>{hours} h {minutes} min</source>
   <translation>{hours} h {minutes} min</translation>
  </message>
  <message>
   <source>{kept} of {total} {noun}</source>
   <translation>{kept} von {total} {noun}</translation>
  </message>
  <message>
   <source>{kind}: {count} in all</source>
   <translation>{kind}: insgesamt {count}</translation>
  </message>
  <message>
   <source>{large} d</source>
   <translation>{large} T</translation>
  </message>
  <message>
   <source>{large} d {small} h</source>
   <translation>{large} T {small} h</translation>
  </message>
  <message>
   <source>{large} h</source>
   <translation>{large} h</translation>
  </message>
  <message>
   <source>{large} h {small} min</source>
   <translation>{large} h {small} min</translation>
  </message>
  <message>
   <source>{large} min</source>
   <translation>{large} min</translation>
  </message>
  <message>
   <source>{large} min {small} s</source>
   <translation>{large} min {small} s</translation>
  </message>
  <message>
   <source>{large} y</source>
   <translation>{large} J</translation>
  </message>
  <message>
   <source>{large} y {small} d</source>
   <translation>{large} J {small} T</translation>
  </message>
  <message>
   <source>{likely:,} of {count:,} look like events.</source>
   <translation>{likely:,} von {count:,} sehen nach Ereignissen aus.</translation>
  </message>
  <message>
   <source>{list}: where in the log</source>
   <translation>{list}: wo im Protokoll</translation>
  </message>
  <message>
   <source>{log} has changed since the workspace was saved; its positions may mean other events.</source>
   <translation>{log} hat sich geändert, seit der Arbeitsbereich gespeichert wurde; seine Positionen können andere Ereignisse meinen.</translation>
  </message>
  <message>
   <source>{log} was open here, and is not there any more</source>
   <translation>{log} war hier offen und ist nicht mehr da</translation>
  </message>
  <message>
   <source>{menu}: {action}</source>
   <translation>{menu}: {action}</translation>
  </message>
  <message>
   <source>{minutes} min {seconds} s</source>
   <translation>{minutes} min {seconds} s</translation>
  </message>
  <message>
   <source>{moment} (follows where you stand)</source>
   <translation>{moment} (folgt, wo Sie stehen)</translation>
  </message>
  <message>
   <source>{moment} (outside 1678–2261)</source>
   <translation>{moment} (außerhalb von 1678–2261)</translation>
  </message>
  <message>
   <source>{name} has no event yet, and nothing says what it is about. Commands follow the rules of accounts: it will be read by the read model accounts.</source>
   <translation>{name} hat noch kein Ereignis, und nichts sagt, wovon es handelt. Befehle folgen den Regeln von Konten: es wird mit dem Lesemodell Konten gelesen werden.</translation>
  </message>
  <message>
   <source>{name} is a Python program</source>
   <translation>{name} ist ein Python-Programm</translation>
  </message>
  <message>
   <source>{name} is not there any more: it was moved or deleted, or its drive is gone.</source>
   <translation>{name} ist nicht mehr da: verschoben oder gelöscht, oder das Laufwerk ist weg.</translation>
  </message>
  <message>
   <source>{name} is read by the read model {model}. Commands follow the rules of accounts: it will be read by the read model accounts instead.</source>
   <translation>{name} wird mit dem Lesemodell {model} gelesen. Befehle folgen den Regeln von Konten: es wird stattdessen mit dem Lesemodell Konten gelesen werden.</translation>
  </message>
  <message>
   <source>{name} was cut from {old:,} to {new:,} bytes.</source>
   <translation>{name} wurde von {old:,} auf {new:,} Bytes gekürzt.</translation>
  </message>
  <message>
   <source>{name} was overwritten: its bytes are no longer those that were read.</source>
   <translation>{name} wurde überschrieben: Die Bytes sind nicht mehr die, die gelesen wurden.</translation>
  </message>
  <message>
   <source>{name} was replaced by another file of that name.</source>
   <translation>{name} wurde durch eine andere Datei dieses Namens ersetzt.</translation>
  </message>
  <message>
   <source>{name}: columns</source>
   <translation>{name}: Spalten</translation>
  </message>
  <message>
   <source>{name}: pinned column names</source>
   <translation>{name}: Namen der festen Spalten</translation>
  </message>
  <message>
   <source>{name}: pinned columns</source>
   <translation>{name}: feste Spalten</translation>
  </message>
  <message>
   <source>{name}: pinned rows</source>
   <translation>{name}: feste Zeilen</translation>
  </message>
  <message>
   <source>{name}: rows</source>
   <translation>{name}: Zeilen</translation>
  </message>
  <message>
   <source>{name}: where in the log</source>
   <translation>{name}: wo im Protokoll</translation>
  </message>
  <message>
   <source>{name}: where it would lead</source>
   <translation>{name}: wohin es führt</translation>
  </message>
  <message>
   <source>{name}: {reason}.</source>
   <translation>{name}: {reason}.</translation>
  </message>
  <message>
   <source>{now}; offered: {order}</source>
   <translation>{now}; angeboten: {order}</translation>
  </message>
  <message>
   <source>{path}: it could not be written: {reason}</source>
   <translation>{path}: konnte nicht geschrieben werden: {reason}</translation>
  </message>
  <message>
   <source>{path}: it could not be written: {strerror}</source>
   <translation>{path}: konnte nicht geschrieben werden: {strerror}</translation>
  </message>
  <message>
   <source>{percent} % of {count:,} events</source>
   <translation>{percent} % von {count:,} Ereignissen</translation>
  </message>
  <message>
   <source>{place}: an event needs a type</source>
   <translation>{place}: ein Ereignis braucht einen Typ</translation>
  </message>
  <message>
   <source>{place}: {reason}, at character {index} of the JSON</source>
   <translation>{place}: {reason}, bei Zeichen {index} des JSON</translation>
  </message>
  <message>
   <source>{position:,} of {total:,}</source>
   <translation>{position:,} von {total:,}</translation>
  </message>
  <message>
   <source>{positions} and {count} more</source>
   <translation>{positions} und {count} weitere</translation>
  </message>
  <message>
   <source>{reason}; no other field looks like a time (--time-field or Fields… names one)</source>
   <translation>{reason}; kein anderes Feld sieht nach einer Zeit aus (--time-field oder Felder … nennt eines)</translation>
  </message>
  <message>
   <source>{reason}; what looks like a time: {fields} (--time-field or Fields… chooses one that can be read)</source>
   <translation>{reason}; was nach einer Zeit aussieht: {fields} (--time-field oder Felder … wählt eine, die sich lesen lässt)</translation>
  </message>
  <message>
   <source>{rows:,} rows fetched</source>
   <translation>{rows:,} Zeilen geholt</translation>
  </message>
  <message>
   <source>{said} on {day}</source>
   <translation>{said} am {day}</translation>
  </message>
  <message>
   <source>{said}. Reason: {reason}</source>
   <translation>{said}. Grund: {reason}</translation>
  </message>
  <message>
   <source>{said}; near it is {near}</source>
   <translation>{said}; ähnlich ist {near}</translation>
  </message>
  <message>
   <source>{said}; the first is #{first}</source>
   <translation>{said}; das erste ist #{first}</translation>
  </message>
  <message>
   <source>{sealed:,} records prove that they are whole.</source>
   <translation>{sealed:,} Datensätze beweisen, dass sie heil sind.</translation>
  </message>
  <message>
   <source>{sentence} The first: {place}, {reason}.</source>
   <translation>{sentence} Das erste: {place}, {reason}.</translation>
  </message>
  <message>
   <source>{sentence} What looks like one: {fields}.</source>
   <translation>{sentence} Was nach einer aussieht: {fields}.</translation>
  </message>
  <message>
   <source>{shown} of {total}</source>
   <translation>{shown} von {total}</translation>
  </message>
  <message>
   <source>{shown}… ({count:,} chars)</source>
   <translation>{shown}… ({count:,} Zeichen)</translation>
  </message>
  <message>
   <source>{size:,.1f} MB; a log whose index is kept opens at once</source>
   <translation>{size:,.1f} MB; ein Protokoll, dessen Index aufbewahrt ist, öffnet sich sofort</translation>
  </message>
  <message>
   <source>{step} of {last}</source>
   <translation>{step} von {last}</translation>
  </message>
  <message>
   <source>{table}: names of pinned columns</source>
   <translation>{table}: Namen der festen Spalten</translation>
  </message>
  <message>
   <source>{table}: pinned columns</source>
   <translation>{table}: feste Spalten</translation>
  </message>
  <message>
   <source>{table}: pinned rows</source>
   <translation>{table}: feste Zeilen</translation>
  </message>
  <message>
   <source>{text} is not a number</source>
   <translation>{text} ist keine Zahl</translation>
  </message>
  <message>
   <source>{text}, before: {before}</source>
   <translation>{text}, vorher: {before}</translation>
  </message>
  <message>
   <source>{text}, changed by {delta}</source>
   <translation>{text}, geändert um {delta}</translation>
  </message>
  <message>
   <source>{text}, {left:,.0f} s left</source>
   <translation>{text}, noch {left:,.0f} s</translation>
  </message>
  <message>
   <source>{times} intervals, of {entities} {noun}</source>
   <translation>{times} Abschnitte, von {entities} {noun}</translation>
  </message>
  <message>
   <source>{times} intervals, {entities} × {noun}</source>
   <translation>{times} Abschnitte, {entities} × {noun}</translation>
  </message>
  <message>
   <source>{total:,} errors have happened, of {kinds:,} kinds.</source>
   <translation>{total:,} Fehler sind geschehen, {kinds:,} verschiedene.</translation>
  </message>
  <message>
   <source>{type} is skipped</source>
   <translation>{type} ist ausgelassen</translation>
  </message>
  <message>
   <source>{type} is: {event}</source>
   <translation>{type} ist: {event}</translation>
  </message>
  <message>
   <source>{values:,} values differ here. {untried}</source>
   <translation>{values:,} Werte sind hier anders. {untried}</translation>
  </message>
  <message>
   <source>{values:,} values differ here; no rule is broken.</source>
   <translation>{values:,} Werte sind hier anders; keine Regel ist gebrochen.</translation>
  </message>
  <message>
   <source>{values:,} values differ here; the rules would have rejected {count:,} events.</source>
   <translation>{values:,} Werte sind hier anders; die Regeln hätten {count:,} Ereignisse abgelehnt.</translation>
  </message>
  <message>
   <source>{value} at #{position}, {moment}</source>
   <translation>{value} bei #{position}, {moment}</translation>
  </message>
  <message>
   <source>{value}, changed</source>
   <translation>{value}, geändert</translation>
  </message>
  <message>
   <source>{what} by {type} #{position}</source>
   <translation>{what} durch {type} #{position}</translation>
  </message>
  <message>
   <source>{what}, which no date of it tells</source>
   <translation>{what}, was kein Datum darin sagt</translation>
  </message>
  <message>
   <source>{what}; {events} between</source>
   <translation>{what}; {events} dazwischen</translation>
  </message>
  <message>
   <source>{years:,} y {days} d</source>
   <translation>{years:,} J {days} T</translation>
  </message>
  <message>
   <source>~ {count} changed</source>
   <translation>~ {count} geändert</translation>
  </message>
  <message>
   <source>~ {count} changed, {hidden} hidden</source>
   <translation>~ {count} geändert, {hidden} verborgen</translation>
  </message>
  <message>
   <source>“not” is no part of a filter: a - before a term turns it round, and "not" in quotes is the word</source>
   <translation>„not“ gehört zu keinem Filter: ein - vor einer Bedingung kehrt sie um, und "not" in Anführungszeichen ist das Wort</translation>
  </message>
  <message>
   <source>“or” is no part of a filter: type:A,B is either of two values, and "or" in quotes is the word</source>
   <translation>„or“ gehört zu keinem Filter: type:A,B ist einer von zwei Werten, und "or" in Anführungszeichen ist das Wort</translation>
  </message>
  <message>
   <source>“{field}{operator}” compares numbers; a pattern is none</source>
   <translation>„{field}{operator}“ vergleicht Zahlen; ein Muster ist keine</translation>
  </message>
  <message>
   <source>“{field}{operator}” compares numbers; “{value}” is none</source>
   <translation>„{field}{operator}“ vergleicht Zahlen; „{value}“ ist keine</translation>
  </message>
  <message>
   <source>“{field}” has no order: write {field}:value</source>
   <translation>„{field}“ hat keine Ordnung: schreiben Sie {field}:Wert</translation>
  </message>
  <message>
   <source>“{field}” is compared with a time such as 2026-01-31</source>
   <translation>„{field}“ wird mit einer Zeit wie 2026-01-31 verglichen</translation>
  </message>
  <message>
   <source>“{read}” is no way to read a value: they are {known}</source>
   <translation>„{read}“ ist keine Art, einen Wert zu lesen; es gibt {known}</translation>
  </message>
  <message>
   <source>“{text}” can be {ways}: which one?</source>
   <translation>„{text}“ kann {ways} sein: was ist gemeint?</translation>
  </message>
  <message>
   <source>“{text}” is not a condition such as balance &lt; 0</source>
   <translation>„{text}“ ist keine Bedingung wie balance &lt; 0</translation>
  </message>
  <message>
   <source>“{text}” is not a condition such as balance &lt; 0: it cannot be read</source>
   <translation>„{text}“ ist keine Bedingung wie balance &lt; 0: sie ist nicht zu lesen</translation>
  </message>
  <message>
   <source>“{text}” is not a condition such as balance &lt; 0: it cannot be read at column {column}</source>
   <translation>„{text}“ ist keine Bedingung wie balance &lt; 0: sie ist bei Spalte {column} nicht zu lesen</translation>
  </message>
  <message>
   <source>“{text}” is not a position: write a number from 0 to {last:,}</source>
   <translation>„{text}“ ist keine Position: schreiben Sie eine Zahl von 0 bis {last:,}</translation>
  </message>
  <message>
   <source>“{text}” is not a time: write 2026-01-31, 2026-01-31T10:15, 31 Jan 10:15, yesterday or 3 days earlier</source>
   <translation>„{text}“ ist keine Zeit: schreiben Sie 2026-01-31, 2026-01-31T10:15, 31 Jan 10:15, yesterday oder 3 days earlier</translation>
  </message>
  <message>
   <source>…</source>
   <translation>…</translation>
  </message>
  <message>
   <source>… ({count} bytes)</source>
   <translation>… ({count} Bytes)</translation>
  </message>
  <message>
   <source>… ({count} bytes; Copy gives all of them)</source>
   <translation>… ({count} Bytes; „Kopieren“ gibt alle)</translation>
  </message>
  <message>
   <source>… and {count:,} more</source>
   <translation>… und {count:,} weitere</translation>
  </message>
  <message>
   <source>… and {count:,} more.</source>
   <translation>… und {count:,} weitere.</translation>
  </message>
  <message>
   <source>… and {count} more mistakes</source>
   <translation>… und {count} weitere Fehler</translation>
  </message>
  <message>
   <source>… and {count} more rows</source>
   <translation>… und {count} weitere Zeilen</translation>
  </message>
  <message>
   <source>… and {count} statements before</source>
   <translation>… und {count} Anweisungen davor</translation>
  </message>
  <message>
   <source>… and {rest:,} more; the command `verify` lists them</source>
   <translation>… und {rest:,} weitere; der Befehl `verify` listet sie auf</translation>
  </message>
  <message>
   <source>○ not live</source>
   <translation>○ nicht live</translation>
  </message>
  <message>
   <source>● live</source>
   <translation>● live</translation>
  </message>
  <message>
   <source>● live, at the end</source>
   <translation>● live, am Ende</translation>
  </message>
  <message>
   <source>✓ Accepted. This would be appended:</source>
   <translation>✓ Angenommen. Dies würde angehängt:</translation>
  </message>
  <message>
   <source>✓ Done.</source>
   <translation>✓ Fertig.</translation>
  </message>
  <message>
   <source>✓ Everything held, all of the time.</source>
   <translation>✓ Alles galt, die ganze Zeit.</translation>
  </message>
  <message>
   <source>✓ Nothing is warned of: all was read and applied. Verify looks for more.</source>
   <translation>✓ Keine Warnung: alles wurde gelesen und angewandt. Prüfen sucht nach mehr.</translation>
  </message>
  <message>
   <source>✓ Right: {answer}.</source>
   <translation>✓ Richtig: {answer}.</translation>
  </message>
  <message>
   <source>✓ What was looked at held.</source>
   <translation>✓ Was betrachtet wurde, galt.</translation>
  </message>
  <message>
   <source>✓ never</source>
   <translation>✓ nie</translation>
  </message>
  <message>
   <source>✗ Not so: it is {answer}.</source>
   <translation>✗ Nicht so: Es ist {answer}.</translation>
  </message>
  <message>
   <source>✗ Not yet: it does not hold here.</source>
   <translation>✗ Noch nicht: Hier gilt es nicht.</translation>
  </message>
  <message>
   <source>✗ Rejected: {reason}.</source>
   <translation>✗ Abgelehnt: {reason}.</translation>
  </message>
  <message>
   <source>✗ once</source>
   <translation>✗ einmal</translation>
  </message>
  <message>
   <source>✗ {count} broken</source>
   <translation>✗ {count} gebrochen</translation>
  </message>
  <message>
   <source>✗ {count} times</source>
   <translation>✗ {count} Mal</translation>
  </message>
 </context>
</TS>
