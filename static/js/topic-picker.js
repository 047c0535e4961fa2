/* Topics typed with completion: chips and a list (the combobox pattern). Without this file it is a field with commas. */
(() => {
  "use strict";
  let number = 0;

  const build = (picker) => {
    if (picker.dataset.ready) return;
    picker.dataset.ready = "yes";
    const source = picker.querySelector("input");
    const most = Number(picker.dataset.most) || 5;
    const chosen = source.value.split(",").map((name) => name.trim()).filter(Boolean);
    const id = `picker-${++number}`;
    const make = (tag, attrs) => Object.entries(attrs).reduce((element, [name, value]) => (element.setAttribute(name, value), element), document.createElement(tag));

    const box = make("div", { class: "picker-box" });
    const field = make("input", { type: "text", id: source.id, role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id });
    for (const name of ["aria-describedby", "aria-invalid", "placeholder"]) if (source.hasAttribute(name)) field.setAttribute(name, source.getAttribute(name));
    const list = make("ul", { class: "picker-list", id, role: "listbox", "aria-label": document.querySelector(`label[for="${CSS.escape(source.id)}"]`)?.textContent.trim() || "" });
    list.hidden = true;
    source.type = "hidden";
    source.removeAttribute("id");
    box.append(field);
    picker.append(box, list);
    let offers = [], at = -1, timer, asked = 0;

    const keep = () => { source.value = chosen.join(", "); source.dispatchEvent(new Event("change", { bubbles: true })); };
    const draw = () => {
      for (const chip of box.querySelectorAll(".chip")) chip.remove();
      chosen.forEach((name, index) => {
        const chip = make("span", { class: "chip" });
        const drop = make("button", { type: "button", "aria-label": `${picker.dataset.remove || ""} ${name}`.trim() });
        drop.textContent = "×";
        drop.addEventListener("click", () => { chosen.splice(index, 1); keep(); draw(); field.focus(); });
        chip.append(name, drop);
        field.before(chip);
      });
      field.hidden = chosen.length >= most;
    };
    const shut = () => { list.hidden = true; at = -1; field.setAttribute("aria-expanded", "false"); field.removeAttribute("aria-activedescendant"); };
    const take = (name) => {
      const clean = name.trim().replace(/,+$/, "");
      if (clean && chosen.length < most && !chosen.some((other) => other.toLowerCase() === clean.toLowerCase())) chosen.push(clean);
      field.value = "";
      shut();
      keep();
      draw();
    };
    const show = () => {
      list.replaceChildren(...offers.map((offer, index) => {
        const row = make("li", { role: "option", id: `${id}-${index}`, "aria-selected": String(index === at) });
        row.textContent = offer.name;
        if (offer.hint) row.append(Object.assign(document.createElement("small"), { textContent: offer.hint }));
        row.addEventListener("pointerdown", (event) => { event.preventDefault(); take(offer.name); });
        return row;
      }));
      list.hidden = !offers.length;
      field.setAttribute("aria-expanded", String(!list.hidden));
      if (at >= 0) {
        field.setAttribute("aria-activedescendant", `${id}-${at}`);
        list.children[at].scrollIntoView({ block: "nearest" });
      } else field.removeAttribute("aria-activedescendant");
    };
    const ask = async () => {
      const mine = ++asked;
      if (!field.value.trim()) { offers = []; return shut(); }
      const address = new URL(picker.dataset.url, location.href);
      address.searchParams.set("q", field.value.trim());
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      if (mine !== asked || !answer.ok) return;
      const { topics } = await answer.json();
      offers = topics.filter((topic) => !chosen.includes(topic.name));
      at = -1;
      show();
    };

    field.addEventListener("input", () => {
      if (field.value.includes(",")) return take(field.value);
      clearTimeout(timer);
      timer = setTimeout(ask, 140);
    });
    field.addEventListener("keydown", (event) => {
      if ((event.key === "ArrowDown" || event.key === "ArrowUp") && offers.length) {
        event.preventDefault();
        at = (at + (event.key === "ArrowDown" ? 1 : -1) + offers.length) % offers.length;
        show();
      } else if (event.key === "Enter" && (at >= 0 || field.value.trim())) {
        event.preventDefault();
        take(at >= 0 ? offers[at].name : field.value);
      } else if (event.key === "Escape") shut();
      else if (event.key === "Backspace" && !field.value && chosen.length) { chosen.pop(); keep(); draw(); }
    });
    field.addEventListener("blur", () => { if (field.value.trim()) take(field.value); shut(); });
    draw();
  };

  const start = (root) => root.querySelectorAll("[data-picker]").forEach(build);
  document.addEventListener("DOMContentLoaded", () => {
    start(document);
    document.body.addEventListener("htmx:load", (event) => start(event.detail.elt.parentElement || document));
  });
})();
