// Counts that a questionnaire was shown to somebody: the page itself, being only read, writes nothing.
(() => {
  const form = document.getElementById("answers");
  const address = form?.dataset.visit;
  const count = () => {
    if (document.visibilityState !== "visible") return;
    document.removeEventListener("visibilitychange", count);
    if (!navigator.sendBeacon(address)) return;
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = "_visit";
    field.value = address.split("/").at(-2);
    form.append(field);
  };
  if (!address || !navigator.sendBeacon) return;
  document.addEventListener("visibilitychange", count);
  count();
})();
