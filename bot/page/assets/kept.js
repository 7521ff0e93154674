// Runs once, in the part that gives files (Gradio gives it `element`, `trigger` and `watch`): conversations that are kept,
// thumbs, exports. Every button of theirs says in data-kept what it does.

window.ponteKept?.end();
const ended = new AbortController();
const narrow = matchMedia("(max-width: 860px)");
const ratings = () => document.querySelectorAll("#conversation .rating");
const verdicts = new Map(); // by turn, what was pressed on this page
let focus = ""; // what takes the focus once the room is shown anew
let sought = ""; // what is typed into the search
let waiting = 0;

const on = (target, name, act) => target.addEventListener(name, act, { signal: ended.signal, capture: true });
const room = () => document.querySelector("#panel .panel.history");
const rowOf = (button) => button.closest("li[data-id]");

// -- the room

function ask(button, name) {
  for (const other of room().querySelectorAll(".asks")) other.hidden = true;
  const asks = (rowOf(button) ?? button.closest(".clearing")).querySelector(name);
  asks.hidden = false;
  const field = asks.querySelector("input, [data-kept=cancel]");
  field.focus();
  field.select?.();
}

function cancel(asks) {
  asks.hidden = true;
  asks.parentElement.querySelector(asks.matches(".renaming") ? "[data-kept=rename]" : "[data-kept=delete]").focus();
}

const acts = {
  open(button) {
    trigger("reopen", { id: button.dataset.id });
    if (narrow.matches) window.ponte?.back();
    else document.querySelector("#box textarea")?.focus();
  },
  rename: (button) => ask(button, ".renaming"),
  renamed(button) {
    const { id } = rowOf(button).dataset;
    focus = `li[data-id="${CSS.escape(id)}"] [data-kept=rename]`;
    trigger("rename", { id, title: rowOf(button).querySelector(".new-title").value });
  },
  delete: (button) => ask(button, ".sure"),
  gone(button) {
    focus = ".seek input";
    sought = "";
    trigger("remove", { id: rowOf(button).dataset.id });
  },
  cleared() {
    focus = ".keeping";
    verdicts.clear();
    for (const thumb of document.querySelectorAll("#conversation .thumb")) thumb.ariaPressed = "false";
    trigger("remove", { id: null });
  },
  cancel: (button) => cancel(button.closest(".asks")),
  export(button) {
    const menu = button.closest("details");
    trigger("save", { form: button.dataset.form });
    menu.open = false;
    menu.querySelector("summary").focus();
  },
  rate: (button) => rate(button),
  why(button) {
    const form = button.closest(".why");
    const reason = form.querySelector("input:checked")?.value ?? "";
    say(form, { reason, words: form.querySelector("textarea").value });
    const thanks = form.closest(".rating").querySelector(".thanks");
    thanks.textContent = thanks.dataset.thanks;
    fold(form);
  },
  later: (button) => fold(button.closest(".why")),
};

on(document, "click", (event) => {
  const button = event.target.closest?.("[data-kept]");
  if (!button || !Object.hasOwn(acts, button.dataset.kept)) return;
  event.preventDefault();
  acts[button.dataset.kept](button);
});

// On the window, so that Escape ends a question of ours before the page takes it for its own.
on(window, "keydown", (event) => {
  const asks = event.target.closest?.(".asks, .why");
  const menu = event.target.closest?.("details.exports[open]");
  if (event.key === "Escape" && asks) asks.matches(".why") ? fold(asks) : cancel(asks);
  else if (event.key === "Escape" && menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (event.key === "Enter" && event.target.matches?.(".new-title")) acts.renamed(event.target);
  else return;
  event.preventDefault();
  event.stopImmediatePropagation();
});

on(document, "input", (event) => {
  if (!event.target.matches?.("#panel .seek input")) return;
  sought = event.target.value;
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    focus = ".seek input";
    trigger("find", { words: sought });
  }, 250);
});

on(document, "change", (event) => {
  if (!event.target.matches?.("#panel .keeping")) return;
  focus = ".keeping";
  trigger("keeping", { wanted: event.target.checked });
});

// The room is shown anew by the server: what is being typed stays, and the focus goes where it was.
function restore() {
  for (const rating of ratings()) press(rating);
  const field = room()?.querySelector(".seek input");
  if (!room()) sought = "";
  if (field && sought && field.value !== sought) field.value = sought;
  const target = focus && (room()?.querySelector(focus) ?? room()?.querySelector(".keeping"));
  if (!target) return;
  focus = "";
  target.focus();
  if (target === field) target.setSelectionRange(target.value.length, target.value.length);
}
const shown = new MutationObserver(restore);
shown.observe(document.body, { childList: true, subtree: true });

// -- thumbs

function rate(button) {
  const rating = button.closest(".rating");
  const taken = button.ariaPressed === "true";
  const { turn } = rating.dataset;
  const { verdict } = button.dataset;
  verdicts.set(turn, taken ? "" : verdict);
  press(rating);
  rating.querySelector(".thanks").textContent = "";
  for (const form of rating.querySelectorAll(".why")) form.hidden = taken || form.dataset.verdict !== verdict;
  trigger(taken ? "unrate" : "rate", { turn, verdict, reason: "", words: "" });
}

function say(form, given) {
  trigger("rate", { turn: form.closest(".rating").dataset.turn, verdict: form.dataset.verdict, ...given });
}

function fold(form) {
  form.hidden = true;
  form.closest(".rating").querySelector(`.thumb.${form.dataset.verdict}`).focus();
}

function press(rating) {
  const verdict = verdicts.get(rating.dataset.turn);
  if (verdict === undefined) return;
  for (const thumb of rating.querySelectorAll(".thumb")) {
    const pressed = String(thumb.dataset.verdict === verdict);
    if (thumb.ariaPressed !== pressed) thumb.ariaPressed = pressed;
  }
}

// -- files

watch("value", () => {
  const file = element.querySelector(".file");
  if (!file) return;
  const { name, kind, content } = file.dataset;
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type: kind }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
});

window.ponteKept = {
  end() {
    ended.abort();
    shown.disconnect();
  },
};
