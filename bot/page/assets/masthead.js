// Runs once in the masthead: the document follows the page's language, and shows itself once it is known.
const follow = () => {
  const { lang, dataset } = element.querySelector("header");
  document.documentElement.lang = lang;
  document.title = dataset.title;
  return lang;
};
const show = () => document.documentElement.classList.add("ready");
const wanted = navigator.languages.map((tag) => tag.split("-")[0]).find((code) => code === "it" || code === "en");
const first = follow();
watch("value", () => {
  follow();
  show();
});
// The server reads the browser's language from its first request. Where that changes nothing, nothing comes to wait for.
if (!wanted || wanted === first) show();
// Where it does, a page that is used before it comes would be taken back by it: it waits, though not for ever.
else setTimeout(show, 10_000);
