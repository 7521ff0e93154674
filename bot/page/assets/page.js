// Runs once, in the part of the page that holds the last turn (Gradio gives it `element`, `trigger` and `watch`).
// Every button of ours says in data-do what it does; here that becomes an event for the server, or something done at once.

window.ponte?.end();
const ended = new AbortController();
const narrow = matchMedia("(max-width: 860px)");
const conversation = document.getElementById("conversation");
let origin = null; // what opened the sources, to go back to
let following = true; // whether the conversation scrolls along with the answer
let last = "";

const on = (target, name, act) => target.addEventListener(name, act, { signal: ended.signal, capture: true });
const panel = () => document.querySelector("#panel .panel");
const box = () => document.querySelector("#box textarea");

// -- sources

function showSources(open) {
  document.body.classList.toggle("sources-open", open);
  document.getElementById("chat").inert = open && narrow.matches;
}

function back() {
  showSources(false);
  (origin?.isConnected ? origin : box())?.focus();
}

// Shows which chip the quote in the panel belongs to.
function point() {
  const shown = panel()?.dataset.place;
  for (const button of document.querySelectorAll("#conversation [data-do=cite]")) {
    if (placeOf(button.dataset) === shown) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
}

const placeOf = ({ turn, shelf, n }) => `${turn}/${shelf}/${n}`;

function reveal() {
  point();
  shelf.apply();
  const scroller = panel()?.querySelector(".scroller");
  const mark = scroller?.querySelector("mark");
  if (!scroller) return;
  if (!mark) {
    scroller.scrollTop = 0;
    if (narrow.matches && document.body.classList.contains("sources-open")) scroller.focus({ preventScroll: true });
    return;
  }
  const frame = scroller.getBoundingClientRect();
  const quote = mark.getBoundingClientRect();
  scroller.scrollTop += quote.top - frame.top - Math.max(16, (frame.height - quote.height) / 3);
  // Who walks from citation to citation stays on the button; everyone else is taken to the quote.
  if (!document.activeElement?.closest("#panel .walk")) mark.focus({ preventScroll: true });
}

// -- what the buttons do

const acts = {
  cite(place) {
    showSources(true);
    if (panel()?.dataset.place === placeOf(place)) reveal();
    else trigger("cite", { turn: place.turn, shelf: place.shelf, n: Number(place.n) });
  },
  open({ id, start, end }) {
    showSources(true);
    trigger("open", { id, start: Number(start ?? 0), end: Number(end ?? 0) });
  },
  list: () => trigger("room", { room: "sources" }),
  room: ({ room }) => trigger("room", { room }),
  choose: () => choose(shelf.shown()),
  unchoose: () => choose([]),
  paste: (_, button) => {
    const given = button.closest(".paste");
    const text = given.querySelector(".paste-text");
    if (!text.value.trim()) return text.focus();
    trigger("paste", { title: given.querySelector(".paste-title").value, text: text.value });
  },
  sum: (_, button) => {
    const fields = button.closest(".summing").querySelectorAll("[data-wish]");
    trigger("sum", Object.fromEntries([...fields].map((field) => [field.dataset.wish, field.value])));
    if (narrow.matches) back();
  },
  // A key leaves the page at once: it stands in no field while it is used.
  voice: (_, button) => {
    const room = button.closest(".voicing");
    const fields = [...room.querySelectorAll("[data-voice]")];
    trigger("voice", Object.fromEntries(fields.map((field) => [field.dataset.voice, field.value])));
    room.querySelector("[data-voice=key]").value = "";
    button.textContent = button.dataset.busy;
    button.ariaDisabled = "true";
  },
  writer: ({ who }) => trigger("writer", { who }),
  use: ({ key }, button) => use(button, key, false),
  share: ({ key }, button) => use(button, key, true),
  discard: ({ key }) => trigger("discard", { key }),
  drop: ({ id }) => {
    choose([...shelf.chosen].filter((one) => one !== id));
    trigger("drop", { id });
  },
  drawer: () => {
    showSources(true);
    panel()?.querySelector(".scroller")?.focus();
  },
  close: back,
  skip: () => box()?.focus(),
  example: ({ n }, button) => {
    wait(button.textContent);
    trigger("example", { n: Number(n) });
  },
  follow: ({ question }) => {
    wait(question);
    trigger("follow", { question });
  },
  edit: (given, button) => edit(button, given),
  explain: (_, button) => (tip.isConnected ? hideTip() : showTip(button)),
  language: ({ code }) => trigger("language", { code }),
  retry: () => trigger("retry", {}),
  undo: () => {
    trigger("undo", {});
    box()?.focus();
  },
  clear: () => {
    trigger("clear", {});
    box()?.focus();
  },
};

on(document, "click", (event) => {
  const button = event.target.closest?.("[data-do]");
  if (!button || button.ariaDisabled === "true" || !Object.hasOwn(acts, button.dataset.do)) return;
  event.preventDefault();
  if (button.dataset.do !== "explain") hideTip();
  if (!button.closest("#panel")) origin = button;
  acts[button.dataset.do](button.dataset, button);
});

on(document, "keydown", (event) => {
  if (event.key !== "Escape") return;
  if (tip.isConnected) hideTip();
  else if (document.body.classList.contains("sources-open") || document.activeElement?.closest("#panel")) back();
});

on(document, "pointerdown", (event) => {
  if (narrow.matches && document.body.classList.contains("sources-open") && !event.target.closest("#sources")) back();
});

// -- the list of articles: found, sorted and chosen here, so that nothing waits for the server

const shelf = {
  chosen: new Set(),
  fields: { find: "", "by-language": "", since: "", until: "", "by-order": "date" },
  rows: () => [...document.querySelectorAll("#panel .list .articles li")],
  shown: () => shelf.rows().filter((row) => !row.hidden).map((row) => row.querySelector(".pick").dataset.id),
  apply() {
    const rows = shelf.rows();
    if (!rows.length) return;
    for (const [name, value] of Object.entries(shelf.fields)) {
      const field = document.querySelector(`#panel .filters .${name}`);
      if (field && field !== document.activeElement) field.value = value;
    }
    const { find, since, until } = shelf.fields;
    const words = plain(find).split(/\s+/).filter(Boolean);
    for (const row of rows) {
      const { language, date } = row.dataset;
      const text = plain(row.textContent);
      row.hidden = !(
        (!shelf.fields["by-language"] || language === shelf.fields["by-language"]) &&
        (!since || date.slice(0, 7) >= since) &&
        (!until || (date && date.slice(0, 7) <= until)) &&
        words.every((word) => text.includes(word))
      );
      row.querySelector(".pick").checked = shelf.chosen.has(row.querySelector(".pick").dataset.id);
    }
    const order = shelf.fields["by-order"];
    const compare = {
      date: (a, b) => b.dataset.date.localeCompare(a.dataset.date) || a.dataset.title.localeCompare(b.dataset.title),
      title: (a, b) => a.dataset.title.localeCompare(b.dataset.title),
      publisher: (a, b) => a.dataset.source.localeCompare(b.dataset.source) || a.dataset.title.localeCompare(b.dataset.title),
    }[order];
    for (const list of document.querySelectorAll("#panel .list .articles")) {
      list.append(...[...list.children].sort(compare));
      list.previousElementSibling.hidden = [...list.children].every((row) => row.hidden);
    }
    document.querySelector("#panel .none").hidden = rows.some((row) => !row.hidden);
    const inSight = new Set(shelf.shown());
    for (const dot of document.querySelectorAll("#panel .dot")) dot.classList.toggle("dim", !inSight.has(dot.dataset.id));
  },
};

// As the server shows texts: what steers a terminal or turns the direction of reading becomes a sign that does nothing.
const shownAs = (text) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "\ufffd");
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function choose(ids) {
  shelf.chosen = new Set(ids);
  shelf.apply();
  trigger("choose", { ids: [...shelf.chosen] });
}

on(document, "input", (event) => {
  const field = event.target.closest?.("#panel .filters input, #panel .filters select");
  if (!field) return;
  shelf.fields[field.className] = field.value;
  shelf.apply();
});

on(document, "change", (event) => {
  const { target } = event;
  if (target.matches?.("#panel .pick")) {
    if (target.checked) shelf.chosen.add(target.dataset.id);
    else shelf.chosen.delete(target.dataset.id);
    choose(shelf.chosen);
  } else if (target.matches?.("#scope .pin")) {
    trigger("pin", { language: target.value });
  } else if (target.matches?.("#panel [data-field]")) {
    trigger("change", { key: target.closest("[data-draft]").dataset.draft, [target.dataset.field]: target.value });
  } else if (target.matches?.("#panel .files")) {
    send([...target.files]);
    target.value = "";
  }
});

on(document, "keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches?.("#panel [data-voice]")) return;
  event.preventDefault();
  event.target.closest(".voicing").querySelector("[data-do=voice]").click();
});

// What the dot stands for that one points at or is on.
for (const name of ["pointerover", "focusin"])
  on(document, name, (event) => {
    const dot = event.target.closest?.("#panel .dot");
    if (dot) dot.closest(".timeline").querySelector(".told").textContent = dot.title;
  });

// Arrow keys walk along a timeline; Tab reaches it once.
on(document, "keydown", (event) => {
  const dot = event.target.closest?.("#panel .dot");
  if (!dot) return;
  const dots = [...dot.closest(".plot").querySelectorAll(".dot")];
  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -dots.length, End: dots.length };
  if (!(event.key in steps)) return;
  event.preventDefault();
  const next = dots[Math.min(dots.length - 1, Math.max(0, dots.indexOf(dot) + steps[event.key]))];
  dot.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
});

// -- articles of one's own

async function send(files) {
  const { reading } = document.querySelector("#panel .drop").dataset;
  const lines = files.map((file) => {
    const line = document.createElement("p");
    line.textContent = reading.replace("{name}", () => shownAs(file.name));
    line.append(document.createElement("progress"));
    document.querySelector("#panel .uploads")?.append(line);
    return line;
  });
  const sent = await Promise.all(
    files.map(async (file, n) => {
      const { path } = await upload(file).catch(() => ({ path: "" })); // refused, or the server is not there
      lines[n].querySelector("progress").value = 1;
      return { path, name: file.name, size: file.size };
    }),
  );
  for (const line of lines) line.remove();
  trigger("received", { files: sent });
}

function use(button, key, everyone) {
  const draft = button.closest("[data-draft]");
  for (const other of draft.querySelectorAll("button, input, select")) other.disabled = true;
  draft.querySelector("progress").hidden = false;
  trigger("use", { key, everyone });
}

function share() {
  const told = document.querySelector("#share .share");
  const bar = told && document.querySelector(`#panel [data-draft="${told.dataset.key}"] progress`);
  if (!bar) return;
  bar.hidden = false;
  bar.value = Number(told.dataset.share);
}

for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
  on(document, name, (event) => {
    if (![...(event.dataTransfer?.types ?? [])].includes("Files")) return;
    event.preventDefault();
    const target = event.target.closest?.("#panel .drop");
    document.querySelector("#panel .drop")?.classList.toggle("over", Boolean(target) && name === "dragover");
    if (name === "drop" && target) send([...event.dataTransfer.files]);
  });
}

// -- a question that was asked is edited where it stands

function edit(button, { turn, save, cancel, label }) {
  const asked = button.closest(".asked");
  const heading = asked.querySelector(".question");
  const form = document.createElement("form");
  const field = document.createElement("textarea");
  const buttons = [save, cancel].map((words, n) => {
    const made = document.createElement("button");
    made.type = n ? "button" : "submit";
    made.textContent = words;
    return made;
  });
  form.className = "editing";
  field.value = heading.textContent;
  field.ariaLabel = label;
  field.rows = 2;
  form.append(field, ...buttons);
  const end = () => {
    form.remove();
    asked.classList.remove("edited");
    button.focus();
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const question = field.value.trim();
    if (!question) return field.focus();
    asked.classList.remove("edited");
    form.remove();
    wait(question);
    trigger("revise", { turn, question });
    box()?.focus();
  });
  buttons[1].addEventListener("click", end);
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") end();
    else if (event.key === "Enter" && !event.shiftKey && event.target === field) form.requestSubmit();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  asked.classList.add("edited");
  asked.append(form);
  field.focus();
  field.select();
}

// -- questions to go on with come later than the answer, and belong below its turn

function offer() {
  const offered = document.querySelector("#more .offered");
  const slot = element.querySelector(".next");
  if (!offered || !slot || slot.closest(".turn").id !== offered.dataset.turn) return;
  slot.replaceChildren(...[...offered.childNodes].map((node) => node.cloneNode(true)));
}

// -- the quote beside a chip, on hover and on focus

const tip = document.createElement("div");
tip.id = "tip";
tip.setAttribute("aria-hidden", "true"); // the chip's description says the same to those who listen
let leaving = 0;
let told = null; // the chip or mark that the tip is of, and the height at which it stood
let height = 0;

function hideTip() {
  clearTimeout(leaving);
  tip.remove();
}

function showTip(chip) {
  const words = document.getElementById(chip.getAttribute("aria-describedby"));
  if (!words) return;
  clearTimeout(leaving);
  tip.replaceChildren(...[...words.childNodes].map((node) => node.cloneNode(true)));
  document.querySelector(".gradio-container").append(tip);
  const at = chip.getBoundingClientRect();
  [told, height] = [chip, at.top];
  const size = tip.getBoundingClientRect();
  const left = Math.min(Math.max(8, at.left + at.width / 2 - size.width / 2), innerWidth - size.width - 8);
  const above = at.top - size.height - 8;
  tip.style.left = `${left}px`;
  tip.style.top = `${above > 8 ? above : at.bottom + 8}px`;
}

const chipOf = (event) => event.target.closest?.(".chip, .verdict");
on(document, "pointerover", (event) => {
  if (event.pointerType !== "mouse") return;
  if (chipOf(event)) showTip(chipOf(event));
  else if (event.target.closest?.("#tip")) clearTimeout(leaving);
  else if (tip.isConnected) {
    clearTimeout(leaving);
    leaving = setTimeout(hideTip, 150);
  }
});
on(document, "focusin", (event) => {
  if (chipOf(event)?.matches(":focus-visible")) showTip(chipOf(event));
  else hideTip();
});
// A scroll is told a frame late: the one that brought the pointer to the chip leaves the tip.
on(conversation, "scroll", () => {
  if (!told?.isConnected || Math.abs(told.getBoundingClientRect().top - height) > 1) hideTip();
});

// -- the conversation scrolls to a new question, and then leaves the reader alone

for (const name of ["wheel", "touchmove", "keydown"]) on(conversation, name, () => (following = false));
watch("value", () =>
  requestAnimationFrame(() => {
    point();
    offer();
    const turn = element.querySelector(".turn");
    if (turn && turn.id !== last) following = true;
    last = turn?.id ?? "";
    if (!turn || !following) return;
    conversation.scrollTop += turn.getBoundingClientRect().top - conversation.getBoundingClientRect().top - 12;
  }),
);

window.ponte = { reveal, offer, share, back, end: () => ended.abort() };

// -- a question that has to wait its turn says so at once; what the server says then takes its place

let waited = 0;

function wait(question) {
  clearTimeout(waited);
  const before = element.querySelector(".log");
  waited = setTimeout(() => {
    const log = element.querySelector(".log");
    const words = document.querySelector("#masthead header").dataset;
    if (!log || log !== before || log.querySelector(".pending, [aria-busy=true]")) return;
    const turn = document.createElement("section");
    turn.className = "pending";
    const asked = document.createElement("h2");
    asked.className = "asking";
    asked.dir = "auto";
    asked.textContent = shownAs(question);
    const line = document.createElement("p");
    line.className = "waiting";
    line.setAttribute("role", "status");
    line.textContent = words.waiting;
    turn.append(asked, line);
    log.append(turn);
    turn.scrollIntoView({ block: "nearest" });
  }, 250);
}

// Whatever way a question goes to the server, it joins the queue; a refusal is told where the answer would stand.
const fetched = window.fetch;
window.fetch = async (...given) => {
  const address = String(given[0]?.url ?? given[0]);
  if (!address.includes("/queue/join")) return fetched(...given);
  const response = await fetched(...given);
  if ([429, 503].includes(response.status)) {
    clearTimeout(waited);
    const line = element.querySelector(".pending .waiting");
    if (line) line.textContent = document.querySelector("#masthead header").dataset.crowded;
  }
  return response;
};
ended.signal.addEventListener("abort", () => (window.fetch = fetched));

on(document, "keydown", (event) => {
  const field = box();
  if (event.key === "Enter" && !event.shiftKey && event.target === field && field.value.trim()) wait(field.value);
});
on(document, "click", (event) => {
  const field = box();
  if (event.target.closest?.("#box button") && field?.value.trim() && !element.querySelector("[aria-busy=true]")) wait(field.value);
});
