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
  open({ id }) {
    showSources(true);
    trigger("open", { id });
  },
  list: () => trigger("sources", {}),
  drawer: () => {
    showSources(true);
    panel()?.querySelector(".scroller")?.focus();
  },
  close: back,
  skip: () => box()?.focus(),
  example: ({ n }) => trigger("example", { n: Number(n) }),
  follow: ({ question }) => trigger("follow", { question }),
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

function hideTip() {
  clearTimeout(leaving);
  tip.remove();
}

function showTip(chip) {
  const told = document.getElementById(chip.getAttribute("aria-describedby"));
  if (!told) return;
  clearTimeout(leaving);
  tip.replaceChildren(...[...told.childNodes].map((node) => node.cloneNode(true)));
  document.querySelector(".gradio-container").append(tip);
  const at = chip.getBoundingClientRect();
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
on(conversation, "scroll", hideTip);

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

window.ponte = { reveal, offer, end: () => ended.abort() };
