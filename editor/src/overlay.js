// What a run draws over the program: dots in a gutter, and lines that are being executed.

import { RangeSet, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, gutter, GutterMarker } from "@codemirror/view";

export const setMarks = StateEffect.define();
export const setActiveLines = StateEffect.define();

/** The dots of one line. */
class Marks extends GutterMarker {
  constructor(items) {
    super();
    this.items = items;
    this.key = JSON.stringify(items);
  }

  eq(other) {
    return this.key === other.key;
  }

  toDOM(view) {
    const cell = view.dom.ownerDocument.createElement("span");
    cell.className = "ls-marks";
    cell.append(...this.items.map(dot));
    return cell;
  }
}

function dot({ cls, title }) {
  const element = document.createElement("span");
  element.className = cls ? `ls-mark ${cls}` : "ls-mark";
  if (title) element.title = title;
  return element;
}

/** A field that an effect sets anew and that edits of the text only move. */
function field(effect, build, provide) {
  return StateField.define({
    create: () => RangeSet.empty,
    update(value, transaction) {
      const newest = transaction.effects.findLast((candidate) => candidate.is(effect));
      return newest ? build(transaction.state.doc, newest.value) : value.map(transaction.changes);
    },
    provide,
  });
}

/** The entries by line, in order, without those whose line does not exist. */
function byLine(doc, entries) {
  const lines = new Map();
  for (const { line, ...entry } of entries) {
    if (line < 1 || line > doc.lines) continue;
    lines.set(line, [...(lines.get(line) ?? []), entry]);
  }
  return [...lines].sort(([a], [b]) => a - b);
}

const markField = field(setMarks, (doc, entries) =>
  RangeSet.of(byLine(doc, entries).map(([line, items]) => new Marks(items).range(doc.line(line).from))),
);

export function marks(mousedown) {
  const column = gutter({
    class: "ls-mark-gutter",
    markers: (view) => view.state.field(markField),
    initialSpacer: () => new Marks([{}, {}]),
    domEventHandlers: { mousedown },
  });
  return [markField, column];
}

export const activeLines = field(
  setActiveLines,
  (doc, entries) =>
    Decoration.set(
      byLine(doc, entries).map(([line, items]) =>
        Decoration.line({ class: items.map(({ cls }) => cls ?? "ls-active").join(" ") }).range(doc.line(line).from),
      ),
    ),
  (value) => EditorView.decorations.from(value),
);
