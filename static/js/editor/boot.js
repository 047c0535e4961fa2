/* Turns every [data-editor] into the rich editor. When anything fails the plain textarea stays and works. */
import { acts, toolsOf } from "./tools.js";

const editors = new Map();
const nonce = document.querySelector("script[nonce]")?.nonce;

const escape = (words) => words.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
const paragraphs = (words) =>
  words.trim() && words.trim().split(/\n\s*\n/).map((block) => `<p>${escape(block).replace(/\n/g, "<br>")}</p>`).join("");

const extensionsOf = (kit) => [
  kit.Document, kit.Paragraph, kit.Text, kit.HardBreak, kit.Dropcursor, kit.Gapcursor, kit.UndoRedo ?? kit.History,
  kit.Heading.configure({ levels: [2, 3, 4] }), kit.Bold, kit.Italic, kit.Strike, kit.Underline, kit.Subscript, kit.Superscript,
  kit.Code, kit.CodeBlock, kit.Blockquote, kit.BulletList, kit.OrderedList, kit.ListItem, kit.HorizontalRule,
  kit.Link.configure({ enableTarget: false, openOnClick: false, autolink: true, linkOnPaste: true, defaultProtocol: "https" }),
  kit.Table.configure({ resizable: false }), kit.TableRow, kit.TableHeader, kit.TableCell,
  kit.Image, kit.Figure, kit.Caption,
  kit.Extension.create({ name: "nonce", onBeforeCreate() { this.editor.options.injectNonce = nonce; } }),
];

/* The label's words name the editor; a click on the label and a link to the field's id lead into it. */
const name = (editor, area, box) => {
  const label = document.querySelector(`label[for="${CSS.escape(area.id)}"]`);
  const attributes = { id: area.id, role: "textbox", "aria-multiline": "true", class: "prose editor-sheet", spellcheck: "true" };
  if (label) {
    label.id ||= `${area.id}_label`;
    attributes["aria-labelledby"] = label.id;
    label.addEventListener("click", () => editor.commands.focus());
  } else attributes["aria-label"] = area.getAttribute("aria-label") || box.querySelector("[role=toolbar]").getAttribute("aria-label");
  for (const told of ["aria-describedby", "aria-invalid"]) if (area.hasAttribute(told)) attributes[told] = area.getAttribute(told);
  area.id = `${area.id}_source`;
  editor.setOptions({ editorProps: { attributes } });
};

const build = async (box) => {
  if (editors.has(box)) return;
  editors.set(box, null);
  const area = box.querySelector("textarea");
  const form = box.querySelector("[data-form]");
  const kit = await import(box.dataset.package);
  if (!box.isConnected) return editors.delete(box);
  if (form.value !== "html") area.value = paragraphs(area.value) || "";
  const editor = kit.createTextareaEditor(area, extensionsOf(kit));
  form.value = "html";
  editors.set(box, editor);
  name(editor, area, box);
  toolsOf(box, editor);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      area.form.requestSubmit();
    }
  }, true);
  if (area.autofocus) editor.commands.focus("end");
};

const start = (root) => {
  const boxes = [...root.querySelectorAll("[data-editor]")];
  if (root.matches?.("[data-editor]")) boxes.push(root);
  for (const box of boxes) build(box).catch((error) => { editors.delete(box); console.error("The editor did not start:", error); });
};

document.addEventListener("htmx:load", (event) => start(event.detail.elt));
document.addEventListener("htmx:beforeCleanupElement", (event) => {
  const box = event.detail.elt;
  editors.get(box)?.destroy();
  editors.delete(box);
});
start(document);

export { acts, editors };
