// A shared device begins anew when nobody touches it: asks after 20 seconds, waits 10 more.
const start = document.querySelector('meta[name="kiosk-start"]').content;
const question = document.getElementById("still-there");
const ASK_AFTER = 20000;
const LEAVE_AFTER = 10000;
let timer;
function beginAnew() {
  location.replace(start);
}
function ask() {
  question.hidden = false;
  timer = setTimeout(beginAnew, LEAVE_AFTER);
}
function somebodyIsThere() {
  clearTimeout(timer);
  question.hidden = true;
  timer = setTimeout(ask, ASK_AFTER);
}
for (const kind of ["pointerdown", "keydown", "input", "scroll"]) {
  addEventListener(kind, somebodyIsThere, { capture: true, passive: true });
}
// A page that the browser kept in memory would show what was typed.
addEventListener("pageshow", (event) => {
  if (event.persisted) beginAnew();
});
// An untouched start page can stay as it is.
if (location.pathname !== start) somebodyIsThere();
