// Small comforts of the staff pages: copying an address, warning of what is not saved yet.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  field.select();
  await navigator.clipboard.writeText(field.value);
  const words = button.textContent;
  button.textContent = button.dataset.copied;
  setTimeout(() => { button.textContent = words; }, 2000);
});
// One form of a page is saved in place; a failure is shown as it would be without scripts.
const isEditor = (form) => form?.matches?.("form[data-unsaved]");
let unsaved = false;
function lookForTyped() {
  unsaved ||= Boolean(document.querySelector('form[data-unsaved="typed"]'));
}
document.addEventListener("input", (event) => {
  if (isEditor(event.target.closest("form"))) unsaved = true;
});
document.addEventListener("submit", (event) => {
  if (isEditor(event.target) && event.submitter?.name !== "_act") unsaved = false;
});
for (const failure of ["htmx:sendError", "htmx:responseError"]) {
  document.addEventListener(failure, (event) => {
    if (isEditor(event.target)) event.target.submit();
  });
}
addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault();
});
// What is chosen while the answer to an earlier choice is on its way stays chosen when it arrives.
const isBox = (field) => ["checkbox", "radio"].includes(field.type);
const offers = (field, value) => !field.options || [...field.options].some((one) => one.value === value);
const meanwhile = new Map();
let awaited = 0;
document.addEventListener("htmx:beforeRequest", () => { awaited += 1; });
document.addEventListener("htmx:afterRequest", () => {
  awaited -= 1;
  if (!awaited) meanwhile.clear();
});
document.addEventListener("input", ({ target }) => {
  if (awaited && target.id) meanwhile.set(target.id, isBox(target) ? target.checked : target.value);
});
document.addEventListener("htmx:afterSwap", () => {
  for (const [id, value] of meanwhile) {
    const field = document.getElementById(id);
    if (!field) continue;
    if (isBox(field)) field.checked = value;
    else if (offers(field, value)) field.value = value;
  }
});
// The preview keeps its width from page to page and shows the question that is being edited.
const WIDTH = "preview-width";
function keepWidth() {
  const choice = document.getElementById(sessionStorage.getItem(WIDTH) ?? "");
  if (choice) choice.checked = true;
}
document.addEventListener("change", (event) => {
  if (event.target.name === WIDTH) sessionStorage.setItem(WIDTH, event.target.id);
});
document.addEventListener("htmx:afterSettle", () => {
  keepWidth();
  lookForTyped();
  foldLanguages();
});
keepWidth();
lookForTyped();
// On a phone a question is long in several languages: one of them is shown at a time.
const LANGUAGE = "edited-language";
function showLanguage(switcher, language) {
  for (const button of switcher.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === language));
  }
  for (const field of switcher.closest("form").querySelectorAll("input[lang], textarea[lang]")) {
    const isOther = language && field.lang !== language;
    const place = field.closest(".choice-text, .texts-row > *");
    if (place) place.hidden = isOther && !field.classList.contains("is-invalid");
  }
}
function foldLanguages() {
  const switcher = document.querySelector("[data-languages]");
  if (!switcher) return;
  const offered = [...switcher.querySelectorAll("button")].map((one) => one.dataset.language);
  const kept = sessionStorage.getItem(LANGUAGE);
  switcher.hidden = !matchMedia("(max-width: 575px)").matches;
  showLanguage(switcher, switcher.hidden ? "" : offered.includes(kept) ? kept : offered[0]);
}
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-language]");
  if (!button) return;
  sessionStorage.setItem(LANGUAGE, button.dataset.language);
  showLanguage(button.closest("[data-languages]"), button.dataset.language);
});
addEventListener("resize", foldLanguages);
foldLanguages();
function showEdited(frame) {
  const edited = frame.contentDocument?.getElementsByName(frame.dataset.show)[0];
  const question = edited?.closest("fieldset, .question");
  if (question) frame.contentWindow.scrollTo(0, question.offsetTop - 24);
}
document.addEventListener("load", (event) => {
  if (event.target.dataset?.show) showEdited(event.target);
}, true);
document.querySelectorAll("iframe[data-show]").forEach(showEdited);
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
