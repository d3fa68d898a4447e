// Reordering by dragging a handle, with mouse, pen or finger; arrows and places do the same by keyboard.
(() => {
  let drag = null;

  const lists = (kind) => document.querySelectorAll(`[data-reorder="${kind}"]`);
  const items = (list) => [...list.children].filter((one) => one.dataset.place);

  document.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest("[data-drag]");
    if (!handle || event.button !== 0) return;
    const item = handle.closest("[data-place]");
    const list = item.parentElement;
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    drag = { handle, item, list, next: item.nextElementSibling, kind: list.dataset.reorder };
    item.classList.add("is-dragged");
  });

  document.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const list = listAt(event.clientX, event.clientY);
    if (list) {
      const after = items(list).find((one) => one !== drag.item && event.clientY < middle(one));
      const place = after ?? items(list).filter((one) => one !== drag.item).at(-1)?.nextElementSibling ?? null;
      if (place !== drag.item && place !== drag.item.nextElementSibling || drag.item.parentElement !== list) list.insertBefore(drag.item, place);
    }
    const edge = 60;
    if (event.clientY < edge) scrollBy(0, -15);
    else if (event.clientY > innerHeight - edge) scrollBy(0, 15);
  });

  document.addEventListener("pointerup", () => finish(true));
  document.addEventListener("pointercancel", () => finish(false));
  document.addEventListener("keydown", (event) => {
    if (drag && event.key === "Escape") finish(false);
  });

  // The list of the dragged kind nearest to the pointer: an empty section takes a question, too.
  function listAt(x, y) {
    let nearest = null;
    let least = Infinity;
    for (const list of drag.kind === "questions" ? lists("questions") : [drag.list]) {
      const box = (list.closest(".outline-section") ?? list).getBoundingClientRect();
      const away = Math.max(box.top - y, y - box.bottom, 0);
      if (away < least) [nearest, least] = [list, away];
    }
    return nearest;
  }

  function middle(item) {
    const box = item.getBoundingClientRect();
    return box.top + box.height / 2;
  }

  function finish(isDropped) {
    if (!drag) return;
    const { item, list, next, kind } = drag;
    const hasMoved = item.parentElement !== list || item.nextElementSibling !== next;
    item.classList.remove("is-dragged");
    drag = null;
    if (!isDropped) list.insertBefore(item, next);
    else if (hasMoved) (kind === "choices" ? number : send)(item);
  }

  function number(item) {
    items(item.parentElement).forEach((row, place) => {
      const field = row.querySelector(".choice-place input");
      if (row.querySelector(".choice-text input").value || field.value) field.value = place + 1;
    });
    item.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function send(item) {
    const form = item.querySelector("form.steps");
    const values = Object.fromEntries(new FormData(form));
    values.position = items(item.parentElement).indexOf(item);
    if (item.parentElement.dataset.section) values.section = item.parentElement.dataset.section;
    htmx.ajax("POST", form.action, { target: "#outline", swap: "outerHTML", values });
  }
})();
