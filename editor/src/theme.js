// How the editor looks: everything by the page's custom properties, so that a theme is the page's choice alone.
// What a run draws over the program is styled in `static/editor.css`: adopted sheets come after the page's own in the
// cascade, and the page should be able to overrule that part.

import { HighlightStyle } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { StyleModule } from "style-mod";

export const theme = EditorView.theme({
  "&": { height: "100%", color: "var(--ink)", backgroundColor: "transparent" },
  "&.cm-focused": { outline: "none" },
  "&.cm-focused .cm-scroller": { boxShadow: "inset 0 0 0 2px var(--accent)" },
  ".cm-scroller": { font: "13px/20px var(--mono, monospace)" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { color: "var(--mute)", backgroundColor: "transparent", border: "none" },
  ".cm-gutterElement": { cursor: "pointer" },
  ".cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": {
    background: "color-mix(in srgb, var(--accent) 25%, transparent)",
  },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": {
    backgroundColor: "color-mix(in srgb, var(--accent) 18%, transparent)",
  },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--error, #c0262d)" },
  ".cm-lintRange-warning": { backgroundImage: "none", textDecoration: "underline wavy var(--warn, #8a5a00)" },
  ".cm-lintPoint:after": { borderBottomColor: "var(--error, #c0262d)" },
  ".cm-tooltip, .cm-panels": { color: "var(--ink)", backgroundColor: "var(--sunk)", border: "1px solid var(--line)" },
});

export const highlighting = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--kw)" },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName), tags.definition(tags.className)], color: "var(--fn)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--str)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--num, var(--str))" },
  { tag: tags.comment, color: "var(--com)", fontStyle: "italic" },
  { tag: tags.meta, color: "var(--fn)" },
]);

const mounted = new WeakMap();

/**
 * Replaces how CodeMirror adds its rules to a document: it writes a <style> element, which a strict content security
 * policy blocks; constructed style sheets are allowed everywhere, in shadow roots too.
 */
export function adoptStyles() {
  StyleModule.mount = (root, wanted) => {
    const { sheet, modules } = mounted.get(root) ?? adopt(root);
    const merged = mergeKeepingOrder(modules, [wanted].flat());
    sheet.replaceSync(merged.map((module) => module.getRules()).join("\n"));
    mounted.set(root, { sheet, modules: merged });
  };
}

/** An empty sheet in front of the others that the root has adopted. */
function adopt(root) {
  const sheet = new CSSStyleSheet();
  root.adoptedStyleSheets = [sheet, ...root.adoptedStyleSheets];
  return { sheet, modules: [] };
}

/** The modules of all editors of a document; where two orders disagree the newer one holds. */
function mergeKeepingOrder(known, wanted) {
  return [...known.filter((module) => !wanted.includes(module)), ...wanted];
}
