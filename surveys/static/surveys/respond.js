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
// Comforts of a page that works without them: what is typed is saved at once,
// sending is repeated until it is acknowledged, and digits choose a point of a scale.
(() => {
  const form = document.querySelector("form#answers[method=post]");
  if (!form || !AbortSignal.timeout) return;
  const action = form.getAttribute("action");
  const status = document.getElementById("saving");
  const isShared = "shared" in form.dataset; // such a device keeps nothing
  const place = `answers ${action}`;
  const PAUSE = 2000, LONGEST_PAUSE = 30000, PATIENCE = 15000, LIFETIME = 30 * 24 * 3600 * 1000;
  let timer = 0, pause = PAUSE, saving = null, isSending = false, isPlain = false;

  const say = (name) => {
    status.className = name;
    status.textContent = status.dataset[name] || "";
  };
  const entries = () => [...new FormData(form)];
  const post = (fields, extra) => fetch(action, {
    method: "POST", body: new URLSearchParams(fields), redirect: "manual",
    signal: AbortSignal.timeout(PATIENCE), ...extra,
  }).catch(() => null);
  const isToBeRepeated = (reply) => !reply || reply.status >= 500 || reply.status === 429;

  // What the server has not acknowledged waits on this device.
  const hold = (fields) => {
    try { if (!isShared) localStorage.setItem(place, JSON.stringify({ time: Date.now(), fields })); } catch {}
  };
  const release = () => { try { localStorage.removeItem(place); } catch {} };
  const held = () => {
    try {
      const found = JSON.parse(localStorage.getItem(place));
      if (found && Date.now() - found.time < LIFETIME) return found.fields;
    } catch {}
    return null;
  };

  // A random order belongs to the submission id. Until the server knows of it, this tab keeps
  // both, so that loading the page again changes nothing.
  const drawn = `order ${action}`;
  const forgetOrder = () => { try { sessionStorage.removeItem(drawn); } catch {} };
  function keepOrder() {
    if (isShared || !form.dataset.visit) return;
    if (new URLSearchParams(location.search).has("new")) forgetOrder();
    const rowOf = (input) => input?.closest(".option, .ranked-row");
    const inputs = [...form.querySelectorAll(".options .option input, .ranked-row select")];
    const now = { id: form.elements._id.value, order: inputs.map((input) => input.id) };
    try {
      const kept = JSON.parse(sessionStorage.getItem(drawn));
      if (!kept) return sessionStorage.setItem(drawn, JSON.stringify(now));
      form.elements._id.value = kept.id;
      for (const id of kept.order) {
        const row = rowOf(document.getElementById(id));
        row?.parentNode.append(row);
      }
    } catch {}
  }
  keepOrder();

  // Saving what is typed
  const saveLater = (milliseconds) => { timer ||= setTimeout(save, milliseconds); };
  const markAsKept = () => {
    if (form.querySelector("[name=_kept]")) return;
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "_kept", value: "1" }));
  };
  function save(extra) {
    clearTimeout(timer);
    timer = 0;
    if (isSending || isShared) return;
    if (saving) return saveLater(PAUSE);
    markAsKept();
    const fields = entries();
    hold(fields);
    saving = post([...fields, ["_typed", "1"]], extra).then((reply) => {
      saving = null;
      if (reply?.status < 500) forgetOrder();
      if (isSending) return;
      if (reply?.status === 204) {
        pause = PAUSE;
        if (!timer) release();
        say("saved");
      } else if (isToBeRepeated(reply)) {
        say("unsaved");
        pause = Math.min(pause * 2, LONGEST_PAUSE);
        saveLater(pause);
      } else say("partly");
    });
  }
  const typed = (event) => { if (event.target.closest(".question")) saveLater(PAUSE); };
  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  const saveAtOnce = () => { if (timer) save({ keepalive: true }); };
  addEventListener("pagehide", saveAtOnce);
  document.addEventListener("visibilitychange", () => { if (document.hidden) saveAtOnce(); });
  addEventListener("online", () => { if (timer) save(); });

  // Sending
  const setSending = (value) => {
    isSending = value;
    form.setAttribute("aria-busy", value);
    if (!value) say("");
  };
  const wait = (milliseconds) => new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
    addEventListener("online", resolve, { once: true });
  });
  async function send(fields) {
    for (let tries = 1, next = 1000; ; tries += 1, next = Math.min(next * 2, LONGEST_PAUSE)) {
      const reply = await post(fields);
      if (reply && (!isToBeRepeated(reply) || tries > 6)) return reply;
      say("waiting");
      await wait(next);
    }
  }
  form.addEventListener("submit", async (event) => {
    const { submitter } = event;
    clearTimeout(timer);
    timer = 0;
    if (isPlain || submitter?.name === "_language") return;
    forgetOrder();
    event.preventDefault();
    if (isSending) return;
    const fields = entries();
    if (submitter?.name) fields.push([submitter.name, submitter.value]);
    hold(fields);
    setSending(true);
    say("sending");
    await saving;
    const reply = await send([...fields, ["_script", "1"]]);
    if (reply.status < 500) release();
    if (reply.status === 201) return location.assign(reply.headers.get("Location"));
    isPlain = true; // the server has something to show
    HTMLFormElement.prototype.requestSubmit.call(form, submitter);
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) { isPlain = false; setSending(false); }
  });

  // Digits choose a point of the scale in focus: "1", "0" is 10, and so is "0" where there is no 0.
  let digits = "", pressedAt = 0;
  form.addEventListener("keydown", (event) => {
    const { target, key } = event;
    if (!/^\d$/.test(key)) digits = "";
    else if (target.type === "radio" && !event.ctrlKey && !event.altKey && !event.metaKey) choose(event);
  });
  function choose(event) {
    const { target, key } = event;
    const points = [...form.querySelectorAll(`[type=radio][name="${CSS.escape(target.name)}"]`)];
    const isNumbered = points.some((point) => /^\d+$/.test(point.value));
    const pointOf = (text) => isNumbered ? points.find((point) => point.value === text) : points[text - 1];
    digits = event.timeStamp - pressedAt < 800 ? digits + key : key;
    pressedAt = event.timeStamp;
    if (!pointOf(digits)) digits = key;
    const point = pointOf(digits) || (key === "0" && pointOf("10"));
    if (!point) return;
    event.preventDefault();
    point.focus();
    point.click();
  }

  // Answers that were typed here and never reached the server
  const fields = held();
  if (new URLSearchParams(location.search).has("new")) release();
  else if (fields && !location.search) {
    const valuesOf = (name) => fields.filter(([one]) => one === name).map(([, value]) => value);
    for (const input of form.querySelectorAll("input, textarea, select")) {
      const values = valuesOf(input.name);
      if (input.type === "radio" || input.type === "checkbox") input.checked = values.includes(input.value);
      else if (input.name === "_id" || !input.name.startsWith("_")) input.value = values[0] ?? "";
    }
    save();
  }
})();
