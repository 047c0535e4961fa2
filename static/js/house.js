/* Progressive enhancement for every page. Without this file everything still works. */
(() => {
  "use strict";
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  /* `/` goes to the search field; Escape closes the open menu and gives the focus back */
  const writes = (element) => element.matches("input, textarea, select, [contenteditable='true'], [contenteditable='']");
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const open = event.target.closest("details.menu[open]") || one("details.menu[open]");
      if (open) {
        open.open = false;
        one("summary", open).focus();
      }
    }
    if (event.ctrlKey || event.metaKey || event.altKey || writes(event.target)) return;
    const field = one(`[data-shortcut="${CSS.escape(event.key)}"]`);
    if (field && field.offsetParent) {
      event.preventDefault();
      field.focus();
      field.select();
    }
  });

  document.addEventListener("click", (event) => {
    for (const menu of all("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
    const dismiss = event.target.closest("[data-dismiss]");
    if (dismiss) dismiss.closest(".toast, .notice").remove();
    const copy = event.target.closest("[data-copy]");
    if (copy) take(copy);
  });

  /* copy buttons show only where copying works */
  const take = async (button) => {
    const source = one(button.dataset.copy);
    await navigator.clipboard.writeText(source.value ?? source.textContent);
    const words = one("span", button) || button;
    const before = words.textContent;
    words.textContent = button.dataset.done || before;
    setTimeout(() => { words.textContent = before; }, 1800);
  };

  /* a toast that brings good news leaves by itself, unless somebody is reading it */
  const leave = (toast) => {
    if (toast.dataset.leaving || !toast.matches(".success, .info")) return;
    toast.dataset.leaving = "yes";
    setTimeout(() => (toast.matches(":hover, :focus-within") ? (delete toast.dataset.leaving, leave(toast)) : toast.remove()), 7000);
  };

  /* light or dark at once, without loading the page anew */
  const wear = (event) => {
    const button = event.submitter;
    if (!button || button.name !== "theme" || !event.target.matches("[data-theme-choice]")) return;
    event.preventDefault();
    const theme = button.value;
    if (theme) document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
    for (const other of all("[data-theme-choice] [name=theme]")) {
      other.classList.toggle("button-on", other.value === theme);
      other.setAttribute("aria-pressed", String(other.value === theme));
    }
    const sent = new FormData(event.target, button);
    fetch(event.target.action, { method: "POST", body: sent, redirect: "manual" });
  };
  document.addEventListener("submit", wear);

  /* words are not lost: a form that was changed asks before one leaves it */
  let unsaved = false;
  document.addEventListener("input", (event) => { if (event.target.closest("form[data-keep]")) unsaved = true; });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-keep]")) unsaved = false;
    const button = event.submitter;
    if (button && event.target.method === "post" && !event.defaultPrevented) setTimeout(() => { button.disabled = true; setTimeout(() => { button.disabled = false; }, 4000); });
  });
  window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });

  /* a filter form sends itself when a choice is made */
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-send-on-change]");
    if (form) form.requestSubmit();
  });

  /* what scrolls inside itself can be reached by keyboard */
  const reach = (root) => {
    for (const box of all(".table-wrap, .prose > table, pre", root)) if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  };

  const enhance = (root) => {
    if (navigator.clipboard) for (const button of all("[data-copy][hidden]", root)) button.hidden = false;
    all(".toast", root).forEach(leave);
    reach(root);
  };

  const start = () => {
    enhance(document);
    addEventListener("resize", () => reach(document));
    const errors = one("#form-errors");
    if (errors) errors.focus();
    document.body.addEventListener("htmx:load", (event) => enhance(event.detail.elt.parentElement || document));
    document.body.addEventListener("htmx:oobAfterSwap", (event) => enhance(event.detail.target));
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
