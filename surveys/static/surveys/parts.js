// The room that a text message takes, while it is written: the rule is the server's, with its numbers.
(() => {
  const rule = document.querySelector("[data-sms-rule]")?.dataset;
  if (!rule) return;
  const PLACE = /\{\{\s*([A-Za-z][\w.-]*)\s*(?:\|([^{}|]*))?\}\}/g;
  const filled = (words) => words.replace(PLACE, (place, name, otherwise = "") => rule[name] || otherwise.trim());

  function lengthOf(words) {
    const signs = [...words];
    const isTwice = (sign) => rule.gsmTwice.includes(sign);
    const isWide = signs.some((sign) => !rule.gsm.includes(sign) && !isTwice(sign));
    const units = isWide ? words.length : signs.length + signs.filter(isTwice).length;
    const [room, part] = (isWide ? rule.wideRoom : rule.gsmRoom).split(" ").map(Number);
    return { units, parts: units <= room ? 1 : Math.ceil(units / part), isWide };
  }

  function show(field, line) {
    const { units, parts, isWide } = lengthOf(filled(field.value));
    line.textContent = rule.words.replace("{parts}", parts).replace("{units}", units) + (isWide ? ` ${rule.wideWords}` : "");
    line.hidden = !field.value;
  }

  for (const stored of document.querySelectorAll("[data-stored-room]")) stored.hidden = true;
  for (const field of document.querySelectorAll('textarea[name^="sms__"]')) {
    const line = document.createElement("p");
    line.className = "quiet";
    line.setAttribute("role", "status");
    field.after(line);
    field.addEventListener("input", () => show(field, line));
    show(field, line);
  }
})();
