/* What the buttons above the text do. One stop with Tab, arrows between them (the toolbar pattern). */
export const acts = {
  heading2: { run: (chain) => chain.toggleHeading({ level: 2 }), on: (editor) => editor.isActive("heading", { level: 2 }) },
  heading3: { run: (chain) => chain.toggleHeading({ level: 3 }), on: (editor) => editor.isActive("heading", { level: 3 }) },
  bold: { run: (chain) => chain.toggleBold(), on: (editor) => editor.isActive("bold") },
  italic: { run: (chain) => chain.toggleItalic(), on: (editor) => editor.isActive("italic") },
  strike: { run: (chain) => chain.toggleStrike(), on: (editor) => editor.isActive("strike") },
  code: { run: (chain) => chain.toggleCode(), on: (editor) => editor.isActive("code") },
  bullets: { run: (chain) => chain.toggleBulletList(), on: (editor) => editor.isActive("bulletList") },
  numbers: { run: (chain) => chain.toggleOrderedList(), on: (editor) => editor.isActive("orderedList") },
  quote: { run: (chain) => chain.toggleBlockquote(), on: (editor) => editor.isActive("blockquote") },
  block: { run: (chain) => chain.toggleCodeBlock(), on: (editor) => editor.isActive("codeBlock") },
  table: { run: (chain) => chain.insertTable({ rows: 3, cols: 3, withHeaderRow: true }) },
  rowAdd: { run: (chain) => chain.addRowAfter() },
  columnAdd: { run: (chain) => chain.addColumnAfter() },
  rowDrop: { run: (chain) => chain.deleteRow() },
  columnDrop: { run: (chain) => chain.deleteColumn() },
  tableDrop: { run: (chain) => chain.deleteTable() },
  undo: { run: (chain) => chain.undo() },
  redo: { run: (chain) => chain.redo() },
  link: { on: (editor) => editor.isActive("link") },
};

const addressOf = (typed) => {
  const clean = typed.trim();
  if (!clean || /^(https?:|mailto:|tel:|\/(?!\/)|#)/i.test(clean)) return clean;
  return clean.includes("@") && !clean.includes("/") ? `mailto:${clean}` : `https://${clean}`;
};

/* The line where the address of a link is typed. */
const linkLine = (box, editor) => {
  const line = box.querySelector("[data-link]");
  const field = line.querySelector("[data-link-address]");
  const shut = () => { line.hidden = true; editor.commands.focus(); };
  const set = () => {
    const href = addressOf(field.value);
    line.hidden = true;
    const chain = editor.chain().focus().extendMarkRange("link");
    if (!href) chain.unsetLink().run();
    else if (editor.state.selection.empty && !editor.isActive("link"))
      chain.insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href } }] }).run();
    else chain.setLink({ href }).run();
  };
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); event.stopPropagation(); set(); }
    if (event.key === "Escape") shut();
  });
  return {
    link: () => { line.hidden = false; field.value = editor.getAttributes("link").href || ""; field.focus(); field.select(); },
    linkSet: set,
    linkDrop: () => { line.hidden = true; editor.chain().focus().extendMarkRange("link").unsetLink().run(); },
  };
};

const walk = (bar) => {
  const buttons = [...bar.querySelectorAll("button")];
  buttons.forEach((button, index) => { button.tabIndex = index ? -1 : 0; });
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = buttons.indexOf(document.activeElement);
    const next = event.key === "Home" ? 0 : event.key === "End" ? buttons.length - 1 : step && at + step;
    if (next === undefined || at < 0) return;
    event.preventDefault();
    const button = buttons[(next + buttons.length) % buttons.length];
    for (const other of buttons) other.tabIndex = other === button ? 0 : -1;
    button.focus();
  });
};

export const toolsOf = (box, editor) => {
  const bar = box.querySelector("[data-tools]");
  const table = box.querySelector("[data-table-tools]");
  const own = linkLine(box, editor);
  const buttons = [...bar.querySelectorAll("[data-act]")];
  const show = () => {
    for (const button of buttons) {
      const on = acts[button.dataset.act].on;
      if (on) button.setAttribute("aria-pressed", String(on(editor)));
    }
    table.hidden = !editor.isActive("table");
  };
  box.addEventListener("click", (event) => {
    const act = event.target.closest("[data-act]")?.dataset.act;
    if (!act) return;
    if (own[act]) own[act]();
    else acts[act].run(editor.chain().focus()).run();
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "k" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); event.stopPropagation(); own.link(); }
  }, true);
  editor.on("transaction", show);
  walk(bar);
  bar.hidden = false;
  show();
};
