"use strict";
// What is shown comes from the block of data, as text: nothing of it is ever read as HTML.
const data = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);
const make = (name, text, kind) => {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (kind) made.className = kind;
  return made;
};
let step = 0, position = 0, high = 0, revealed = false;

// Rows are kept once, however often they are shown.
const rowsOf = (grid) => (grid.own ? grid.rows : grid.rows.map((at) => data.rows[at]));

function table(grid, rowKind, cellKind) {
  const made = make("table"), head = make("tr");
  grid.columns.forEach((name, at) => head.append(make("th", name, grid.numbers.includes(at) ? "number" : "")));
  const top = make("thead");
  top.append(head);
  const body = make("tbody");
  rowsOf(grid).forEach((row, at) => {
    const line = make("tr", undefined, rowKind ? rowKind(at, row) : "");
    row.forEach((text, column) => {
      const kinds = [grid.numbers.includes(column) ? "number" : ""];
      if (grid.marked.some((mark) => mark[0] === at && mark[1] === column)) kinds.push("changed");
      if (cellKind) kinds.push(cellKind(at, column, row));
      const cell = make("td", undefined, kinds.join(" ").trim());
      // a name such as MoneyWithdrawn is broken before a capital, if it must be
      text.split(/(?<=[a-z])(?=[A-Z][a-z])/).forEach((part, number) => cell.append(...(number ? [make("wbr")] : []), part));
      line.append(cell);
    });
    body.append(line);
  });
  made.append(top, body);
  return made;
}

function strip(told) {
  const space = "http://www.w3.org/2000/svg", svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 1000 34");
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", told.caption);
  const draw = (name, attributes, kind) => {
    const made = document.createElementNS(space, name);
    for (const key in attributes) made.setAttribute(key, attributes[key]);
    made.setAttribute("class", kind);
    svg.append(made);
  };
  const at = (place) => (1000 * place) / Math.max(told.total, 1);
  draw("rect", { x: 0, y: 4, width: 1000, height: 14 }, "track");
  draw("rect", { x: at(told.start), y: 4, width: at(told.stop) - at(told.start), height: 14 }, "played");
  told.marks.forEach((mark) => draw("polygon", { points: `${at(mark)},20 ${at(mark) - 5},31 ${at(mark) + 5},31` }, "mark"));
  return svg;
}

function showExhibit() {
  const box = byId("exhibit"), told = data.steps[step].exhibit;
  box.replaceChildren();
  box.hidden = told === null && !data.steps[step].note;
  if (data.steps[step].note) box.append(make("p", data.steps[step].note, "note"));
  if (told === null) return;
  if (position > high) high = position;
  const place = told.forwardOnly ? high : position;
  const stays = told.forwardOnly && position < high;
  const said = stays ? data.words.stays.replace("{position}", position).replace("{high}", high) : "";
  showFrame(box, told.title, data.frames[told.key][place], said);
}

function sticky(text, kind) {
  const note = make("span", undefined, kind); // a name may be broken before a capital letter
  const parts = text.replace(/([a-z0-9])(?=[A-Z])/g, "$1\u200b").split("\u200b");
  parts.forEach((part, at) => note.append(...(at ? [make("wbr")] : []), part));
  return note;
}

// As EventStorming draws it: commands are blue, policies lilac, events orange; what has just happened has an edge.
function board(lines) {
  const box = make("div", undefined, "board");
  lines.forEach((line) => {
    const row = make("div", undefined, "line"), follows = make("div", undefined, "follows");
    line.follows.forEach(([text, times, now]) => {
      const note = sticky(text, now ? "sticky event just" : "sticky event");
      note.append(" ", make("small", times));
      follows.append(note);
    });
    row.append(sticky(line.source, line.kind === "command" ? "sticky command" : "sticky policy"));
    row.append(make("span", "→", "arrow"), follows);
    box.append(row);
  });
  return box;
}

function showFrame(box, title, frame, said) {
  box.append(make("h3", title));
  if (frame.code.length) box.append(make("pre", frame.code.join("\n")));
  frame.grids.forEach((grid) => {
    const scroll = make("div", undefined, "scroll");
    scroll.append(table(grid));
    box.append(scroll);
  });
  if (frame.board.length) box.append(board(frame.board));
  frame.strips.forEach((strip_) => box.append(make("p", strip_.caption, "note"), strip(strip_)));
  if (said) box.append(make("p", said, "note"));
  const kind = frame.good === null ? "note" : frame.good ? "good" : "bad";
  frame.notes.forEach((text) => box.append(make("p", text, kind)));
}

// What the window shows in panels of its own: why, and the event as it stands in the log.
function showPanels() {
  byId("panels").replaceChildren(
    ...data.steps[step].panels.map((told) => {
      const ring = ringed("panel", (r) => r.panel === told.panel);
      const box = make("div", undefined, ring ? "panel ring" : "panel");
      showFrame(box, told.title, data.frames[told.key][position], "");
      return box;
    }),
  );
}

function ringed(kind, check) {
  return data.steps[step].rings.some((ring) => ring.kind === kind && check(ring));
}

function showState() {
  const state = data.states[position], grid = { columns: data.columns, numbers: data.numbers, ...state };
  const ring = (at, column, row) =>
    ringed("value", (r) => r.entity === row[0] && r.field === data.columns[column]) ? "ring" : "";
  const whole = (at, row) => (ringed("account", (r) => r.entity === row[0]) ? "ring" : "");
  byId("state").replaceChildren(table(grid, whole, ring));
  byId("state").classList.toggle("ring", ringed("panel", (r) => r.panel === "state"));
  byId("events").classList.toggle("ring", ringed("panel", (r) => r.panel === "events"));
  byId("exhibit").classList.toggle("ring", ringed("panel", (r) => r.panel === "exhibit"));
  document.querySelector(".time").classList.toggle("ring", ringed("panel", (r) => r.panel === "timeline"));
  const rows = byId("events").querySelectorAll("tbody tr");
  rows.forEach((row, at) => {
    row.className = at + 1 === position ? "now" : at + 1 > position ? "future" : "";
    if (ringed("event", (r) => r.position === at + 1)) row.classList.add("ring");
  });
  const here = rows[Math.max(position - 1, 0)], box = byId("events");
  if (here) box.scrollTop = Math.max(here.offsetTop - box.clientHeight / 2, 0);
  byId("where").textContent = `${position} / ${data.last}`;
  byId("moment").textContent = data.moments[position];
  byId("spoken").textContent = data.spoken[position];
  byId("slider").value = position;
  byId("slider").setAttribute("aria-valuetext", `${position} / ${data.last}, ${data.moments[position]}`);
  showExhibit();
  showPanels();
  runs.forEach((run) => showRun(run));
}

// --- code that is written anew ---------------------------------------------------------------------
// A program runs in a worker of its own: it has no page, no network (the worker inherits this page's policy) and so
// much time. What it tells is one text, and is shown as text.
let runs = [];
const LONGEST_MS = 3000, WAIT_MS = 350;

function scriptOf(text) {
  // what is exported is just defined, as in History Explorer; every line stays where it is
  const plain = text
    .replace(/^export[ \t]+(?:default[ \t]+(?=function|class|async))?(?=const|let|var|function|class|async)/gm, "")
    .replace(/^export[ \t]*\{[^}]*\}[ \t]*;?/gm, "")
    .replace(/^export[ \t]+default\b/gm, "module.exports =");
  const { lock, before, fold } = data.engine, head = `${lock}\n${before}\n`;
  const after = `\n${fold}\nexplorer$fold(${JSON.stringify(data.events)});\n`;
  return { text: head + plain + after, first: head.split("\n").length, lines: plain.split("\n").length };
}

function stop(run) {
  clearTimeout(run.late);
  if (run.worker) run.worker.terminate();
  run.worker = null;
}

function start(run) {
  stop(run);
  const script = scriptOf(run.editor.innerText), address = URL.createObjectURL(new Blob([script.text], { type: "text/javascript" }));
  const lineOf = (line) => (line >= script.first && line < script.first + script.lines ? line - script.first + 1 : 0);
  const end = (found) => {
    stop(run);
    URL.revokeObjectURL(address);
    run.found = found;
    showRun(run);
  };
  run.late = setTimeout(() => end({ failed: data.words.tooLong.replace("{seconds}", LONGEST_MS / 1000) }), LONGEST_MS);
  try {
    run.worker = new Worker(address);
  } catch (error) {
    end({ failed: data.words.noWorker });
    return;
  }
  run.worker.addEventListener("error", (event) => {
    event.preventDefault();
    const said = (event.message || data.words.noWorker).replace(/^Uncaught /, ""), line = lineOf(event.lineno || 0);
    end({ failed: line ? `${said} (${data.words.line.replace("{line}", line)})` : said });
  });
  run.worker.addEventListener("message", (event) => {
    const told = JSON.parse(String(event.data));
    told.errors.forEach((error) => (error[3] = lineOf(error[3])));
    end(told);
  });
}

// A value as JSON shows it; a text without its quotes, and a whole number of any size with all of its digits.
function shownValue(value) {
  if (typeof value === "string") return value;
  if (value === undefined) return "";
  if (value !== null && typeof value === "object" && "\u0001big" in value) return `${value["\u0001big"]}`;
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}

// What the program makes of the events up to where one stands.
function showRun(run) {
  const box = run.box, { found } = run;
  box.replaceChildren();
  if (!found) return;
  if (found.failed) {
    box.append(make("p", found.failed, "bad"));
    return;
  }
  const states = new Map(), was = new Map(), columns = [], lost = [];
  for (const [at, entity, text, digits] of found.changes) {
    if (at > position) break;
    const state = JSON.parse(text), whole = state === null || typeof state !== "object" || Array.isArray(state) || "\u0001big" in state;
    if (at === position && !was.has(entity)) was.set(entity, states.get(entity) ?? {});
    states.set(entity, whole ? { [data.words.state]: state } : state);
    if (digits) lost.push([at, entity, ...digits]);
  }
  for (const state of states.values()) for (const name of Object.keys(state)) if (!columns.includes(name)) columns.push(name);
  const rows = [...states].map(([entity, state]) => [entity, ...columns.map((name) => shownValue(state[name]))]);
  const marked = [];
  rows.forEach((row, at) => {
    if (!was.has(row[0])) return;
    columns.forEach((name, column) => {
      if (shownValue(was.get(row[0])[name]) !== row[column + 1]) marked.push([at, column + 1]);
    });
  });
  const numbers = columns.flatMap((name, at) => ([...states.values()].some((state) => typeof state[name] === "number") ? [at + 1] : []));
  box.append(make("h3", data.words.made.replace("{position}", position)));
  const scroll = make("div", undefined, "scroll");
  scroll.append(table({ columns: [data.words.key, ...columns], rows, marked, numbers, own: true }));
  box.append(scroll);
  const say = (text, kind) => box.append(make("p", text, kind));
  found.errors.filter(([at]) => at <= position).slice(0, 3).forEach(([at, entity, said, line]) => {
    const where = line ? ` (${data.words.line.replace("{line}", line)})` : "";
    say(`${data.words.failed.replace("{position}", at).replace("{entity}", () => entity || "–")} ${said}${where}`, "bad");
  });
  const handed = data.events[position - 1] && data.events[position - 1][2];
  if (handed) say(handed, "note");
  const last = new Map(lost.map((each) => [`${each[1]}\n${each[2]}`, each]));
  [...last.values()].slice(-3).forEach(([at, entity, path, there, exact]) => {
    const words = exact ? data.words.rounded : data.words.roundedUnknown, told = { position: at, entity, path, there, exact };
    say(words.replace(/\{(position|entity|path|there|exact)\}/g, (_, name) => told[name]), "note");
  });
}

function makeEditor(made, language) {
  made.contentEditable = "plaintext-only";
  made.spellcheck = false;
  made.setAttribute("role", "textbox");
  made.setAttribute("aria-multiline", "true");
  made.setAttribute("aria-label", data.words.editor);
  const box = make("div", undefined, "run");
  if (language === "sql") {
    box.append(make("p", data.words.sql, "note"));
    return box;
  }
  if (!/\bevolve\b/.test(made.textContent)) {
    box.append(make("p", data.words.noFold, "note"));
    return box;
  }
  box.setAttribute("role", "status");
  const run = { editor: made, box, worker: null, late: 0, found: null };
  let wait = 0;
  made.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(() => start(run), WAIT_MS);
  });
  runs.push(run);
  start(run);
  return box;
}

function go(to) {
  position = Math.min(Math.max(to, 0), data.last);
  showState();
}

// Decimal texts are compared as texts without the zeros that mean nothing: no digit is lost.
function number(text) {
  const found = /^([+-]?)0*(\d*)(?:\.(\d*))?$/.exec(text);
  if (!found || (found[2] === "" && !found[3] && !text.includes("0"))) return null;
  const decimals = (found[3] || "").replace(/0+$/, ""), whole = found[2] || "0";
  const shown = decimals ? `${whole}.${decimals}` : whole;
  return shown === "0" ? "0" : (found[1] === "-" ? "-" : "") + shown;
}

const grouped = (digits, mark) => new RegExp(`^[1-9]\\d{0,2}(?:\\${mark}\\d{3})+$`).test(digits);

// What figures, points, commas and spaces may say: as in `explorer/session/lessons/amounts.py`.
function readings(digits) {
  if (digits.includes(" "))
    return /^\d{1,3}(?: \d{3})+(?:[.,]\d*)?$/.test(digits) ? [digits.replaceAll(" ", "").replace(",", ".")] : [];
  const marks = digits.replace(/\d/g, "");
  if (!marks) return [digits];
  const last = marks.at(-1), at = digits.lastIndexOf(last), whole = digits.slice(0, at), part = digits.slice(at + 1);
  const other = last === "," ? "." : ",", thousands = digits.replaceAll(last, "");
  if (marks.includes(other))
    return !whole.includes(last) && grouped(whole, other) ? [`${whole.replaceAll(other, "")}.${part}`] : [];
  if (marks.length > 1) return grouped(digits, last) ? [thousands] : [];
  const decimal = `${whole}.${part}`;
  if (!grouped(digits, last)) return [decimal];
  if (data.words.commas) return [decimal, thousands];
  return last === "," ? [thousands] : [decimal];
}

function written(text, known) {
  const tidy = text.replace(/[−–]/g, "-").replace(/[ \u00a0\u202f\u2009'’]/g, " ").trim();
  const found = /^([^\d.,]*)([\d.,](?:[\d., ]*[\d.,])?)(\D*)$/.exec(tidy);
  if (!found) return null;
  const signed = /^([+-]?)\s*(.*?)\s*([+-]?)$/.exec(found[1].trim());
  const words = [signed[2], found[3].trim()].filter((word) => word);
  if (words.length > 1 || (signed[1] && signed[3])) return null;
  let units = null;
  if (words.length) {
    const word = words[0].toLowerCase();
    units = known.filter((each) => each.toLowerCase() === word);
    if (!units.length) units = data.units[word] || data.units[word.replace(/\.$/, "")];
    if (!units) return null;
  }
  const sign = signed[1] || signed[3];
  const amounts = readings(found[2]).map((each) => number(sign + each)).filter((each) => each !== null);
  return amounts.length ? { amounts, units } : null;
}

function plain(text) {
  const said = written(text, []);
  return said && !said.units ? said.amounts[0] : text.trim().replace(/\s+/g, " ").toLowerCase();
}

function isRight(question, given) {
  if (question.accepted.some((text) => plain(text) === plain(given))) return true;
  const wanted = question.amounts.map(([unit, amount]) => [unit, number(amount)]);
  const known = wanted.map(([unit]) => unit).filter((unit) => unit);
  const parts = wanted.length === 1 ? [given] : given.split(/[,;]\s+|\s+(?:and|und|\+)\s+/);
  if (parts.length !== wanted.length) return false;
  return parts.every((part) => {
    const said = written(part, known);
    if (!said || (said.units && question.counted) || (!said.units && question.amounts.length > 1)) return false;
    const at = wanted.findIndex(
      ([unit, amount]) => (!said.units || !unit || said.units.includes(unit)) && said.amounts.includes(amount),
    );
    if (at >= 0) wanted.splice(at, 1);
    return at >= 0;
  });
}

function reveal() {
  const question = data.steps[step].question, chosen = document.querySelector("#choices input:checked");
  const given = chosen ? chosen.value : byId("answer").value;
  revealed = true;
  go(question.position);
  const right = isRight(question, given);
  const verdict = byId("verdict");
  const words = given.trim() === "" ? data.words.is : right ? data.words.right : data.words.wrong;
  verdict.textContent = `${words.replace("{answer}", () => question.text)}  ${question.how}`;
  verdict.className = given.trim() === "" ? "verdict" : right ? "verdict good" : "verdict bad";
}

function check() {
  const done = data.steps[step].task.done.includes(position), verdict = byId("verdict");
  verdict.textContent = done ? data.words.done : data.words.undone;
  verdict.className = done ? "verdict good" : "verdict bad";
}

function showQuestion() {
  const { question, task } = data.steps[step], choices = byId("choices");
  byId("question").hidden = question === null && task === null;
  revealed = question === null;
  byId("verdict").textContent = "";
  choices.replaceChildren();
  byId("answer").value = "";
  byId("answer").hidden = question === null || question.choices.length > 0;
  if (question !== null) {
    byId("asked").textContent = question.asked;
    byId("reveal").textContent = data.words.reveal;
    question.choices.forEach((text) => {
      const label = make("label"), button = make("input");
      button.type = "radio";
      button.name = "choice";
      button.value = text;
      label.append(button, ` ${text}`);
      choices.append(label);
    });
  } else if (task !== null) {
    byId("asked").textContent = task.asked;
    byId("reveal").textContent = data.words.check;
  }
}

function prose(blocks) {
  const box = byId("prose");
  runs.forEach(stop);
  runs = [];
  box.replaceChildren();
  let list = null;
  blocks.forEach((block) => {
    if (block.kind === "picture") {
      const picture = make("img");
      picture.src = block.source;
      picture.alt = block.spans[0].text;
      box.append(picture);
      return;
    }
    const names = { item: "li", quote: "blockquote", heading: "h3", code: "pre" };
    const made = make(names[block.kind] || "p");
    block.spans.forEach((span) => {
      let inner = document.createTextNode(span.text);
      for (const [look, name] of [["code", "code"], ["italic", "em"], ["bold", "strong"]])
        if (span[look]) {
          const around = make(name);
          around.append(inner);
          inner = around;
        }
      made.append(inner);
    });
    if (block.kind === "item") {
      const wanted = block.number === null ? "UL" : "OL";
      if (list === null || list.tagName !== wanted) {
        list = make(wanted.toLowerCase());
        box.append(list);
      }
      list.append(made);
    } else {
      list = null;
      const language = { sql: "sql", js: "js", javascript: "js" }[block.language];
      box.append(made);
      if (language) box.append(makeEditor(made, language));
    }
  });
}

// Where one is: in the address, so that a step can be linked to, and kept for the next time where the browser allows it.
const kept = `lesson ${location.pathname}`;
function remember() {
  try {
    history.replaceState(null, "", `#${step + 1}`);
    localStorage.setItem(kept, String(step + 1));
  } catch {
    // a page in a frame may not
  }
}
function remembered() {
  const linked = Number(location.hash.slice(1));
  if (Number.isInteger(linked) && linked > 0) return linked - 1;
  try {
    return Math.max(Number(localStorage.getItem(kept)) - 1, 0) || 0;
  } catch {
    return 0;
  }
}

function show(number) {
  step = Math.min(Math.max(number, 0), data.steps.length - 1);
  const told = data.steps[step];
  byId("title").textContent = told.title;
  byId("count").textContent = `${step + 1} / ${data.steps.length}`;
  byId("previous").disabled = step === 0;
  byId("next").disabled = step === data.steps.length - 1;
  prose(told.blocks);
  high = told.exhibit === null ? 0 : told.exhibit.begin;
  showQuestion();
  go(told.position);
  remember();
}

const events = table(data.eventGrid);
byId("events").append(events);
events.querySelectorAll("tbody tr").forEach((row, at) => row.addEventListener("click", () => go(at + 1)));
byId("slider").max = data.last;
byId("slider").addEventListener("input", (event) => go(Number(event.target.value)));
byId("next").addEventListener("click", () => show(step + 1));
byId("previous").addEventListener("click", () => show(step - 1));
byId("reveal").addEventListener("click", () => (data.steps[step].question ? reveal() : check()));
byId("answer").addEventListener("keydown", (event) => {
  if (event.key === "Enter") reveal();
});
document.addEventListener("keydown", (event) => {
  if (event.target.tagName === "INPUT" || event.target.isContentEditable) return;
  if (event.key === "PageDown") {
    if (revealed) show(step + 1);
    else reveal();
  } else if (event.key === "PageUp") show(step - 1);
  else if (event.key === "ArrowRight") go(position + 1);
  else if (event.key === "ArrowLeft") go(position - 1);
  else if (event.key === "Home") go(0);
  else if (event.key === "End") go(data.last);
  else return;
  event.preventDefault();
});
if (window.top !== window) document.body.classList.add("embedded");
window.addEventListener("hashchange", () => {
  if (remembered() !== step) show(remembered());
});
show(remembered());
