// The page's code editor: CodeMirror 6 set up for Python, behind an interface of our own.
//
// `npm run build` in this directory bundles it into the committed `static/editor.js`, which the page imports lazily.
//
//   createEditor(parent, { doc, readOnly, onChange, onLineClick }) → editor
//
//     doc          the program (default "")
//     readOnly     whether the visitor may only read (default false)
//     onChange     called with the whole text after each edit by the visitor, not after `setDoc`
//     onLineClick  called with a line number when its gutter is clicked or, in a read-only editor, the line itself
//
//   editor.getDoc()               the whole text
//   editor.setDoc(text)           replaces it, as one step that the visitor can undo
//   editor.setDiagnostics(list)   underlines [{ from, to } or { line, column, endLine, endColumn }, severity, message];
//                                 severity is "error" (default), "warning" or "info"
//   editor.setMarks(list)         shows [{ line, cls, title }] in the gutter: one dot per entry, several to a line
//   editor.setActiveLines(list)   gives [{ line, cls }] the class `cls`, or `ls-active` when there is none
//   editor.setReadOnly(flag)
//   editor.focus()
//   editor.scrollToLine(line)     brings a line into view unless it is there already
//   editor.destroy()
//
// Lines and columns count from 1, columns in code points, as Python's messages do; `from` and `to` are UTF-16 offsets
// from 0. Positions outside of the text are moved to its nearest one: reports may be older than the text.
//
// The theme reads the page's custom properties --mono --ink --mute --sunk --line --accent --kw --fn --str --com --num
// --error --warn. A mark is `span.ls-mark` with the class given; `static/editor.css` has the basic shapes.

import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab, isolateHistory } from "@codemirror/commands";
import { pythonLanguage } from "@codemirror/lang-python";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintKeymap, setDiagnostics } from "@codemirror/lint";
import { Annotation, Compartment, EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";

import { activeLines, marks, setActiveLines, setMarks } from "./overlay.js";
import { adoptStyles, highlighting, theme } from "./theme.js";

adoptStyles();

const byProgram = Annotation.define();

export function createEditor(parent, { doc = "", readOnly = false, onChange, onLineClick } = {}) {
  const editing = new Compartment();
  const view = new EditorView({
    parent,
    root: parent.getRootNode(),
    state: EditorState.create({
      doc,
      extensions: [
        language(),
        gutters(onLineClick),
        editing.of(editability(readOnly)),
        keys(),
        appearance(),
        reportChanges(onChange),
        lineClicks(onLineClick),
      ],
    }),
  });
  return editorOf(view, editing);
}

function editorOf(view, editing) {
  const followed = followedLine(view);
  return {
    getDoc: () => view.state.doc.toString(),
    setDoc(text) {
      followed.forget();
      replaceDocument(view, text);
    },
    setDiagnostics: (list) => view.dispatch(setDiagnostics(view.state, list.map((item) => diagnostic(view.state.doc, item)))),
    setMarks: (list) => view.dispatch({ effects: setMarks.of(list) }),
    setActiveLines: (list) => view.dispatch({ effects: setActiveLines.of(list) }),
    setReadOnly: (flag) => view.dispatch({ effects: editing.reconfigure(editability(flag)) }),
    focus: () => view.focus(),
    scrollToLine: followed.show,
    destroy() {
      followed.stop();
      view.destroy();
    },
  };
}

// What the editor consists of.

function language() {
  return [pythonLanguage, indentUnit.of("    "), indentOnInput(), bracketMatching(), closeBrackets(), history()];
}

function gutters(onLineClick) {
  const click = (view, block) => {
    onLineClick?.(view.state.doc.lineAt(block.from).number);
    return Boolean(onLineClick);
  };
  return [lineNumbers({ domEventHandlers: { mousedown: click } }), marks(click), activeLines];
}

/** A read-only editor still takes the focus, so that the keyboard can scroll it and select from it. */
function editability(readOnly) {
  return [
    EditorState.readOnly.of(readOnly),
    EditorView.editable.of(!readOnly),
    EditorView.contentAttributes.of({
      "aria-label": "Program editor",
      "aria-readonly": String(readOnly),
      "aria-description": readOnly ? "Read only" : "Tab indents. Press Escape, then Tab, to leave the editor.",
      autocapitalize: "off",
      spellcheck: "false",
      tabindex: "0",
    }),
  ];
}

function keys() {
  return keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...lintKeymap, indentWithTab]);
}

function appearance() {
  return [drawSelection(), highlightSpecialChars(), syntaxHighlighting(highlighting), theme];
}

function reportChanges(onChange) {
  return EditorView.updateListener.of((update) => {
    if (!update.docChanged || update.transactions.some((transaction) => transaction.annotation(byProgram))) return;
    onChange?.(update.state.doc.toString());
  });
}

function lineClicks(onLineClick) {
  return EditorView.domEventHandlers({
    click(event, view) {
      if (!view.state.readOnly || !view.state.selection.main.empty) return;
      const position = view.posAtCoords({ x: event.clientX, y: event.clientY });
      if (position !== null) onLineClick?.(view.state.doc.lineAt(position).number);
    },
  });
}

// What its methods do.

function replaceDocument(view, text) {
  if (view.state.doc.toString() === text) return;
  view.dispatch({
    changes: { from: 0, to: view.state.doc.length, insert: text },
    selection: { anchor: 0 },
    annotations: [byProgram.of(true), isolateHistory.of("full")],
    scrollIntoView: true,
  });
}

/** The line that was brought into view last stays there when the editor becomes lower, as it does beside output. */
function followedLine(view) {
  let line = null;
  const keep = () => line !== null && scrollToLine(view, line);
  const watch = new ResizeObserver(keep);
  watch.observe(view.scrollDOM);
  return {
    show(number) {
      line = number;
      keep();
    },
    forget() {
      line = null;
    },
    stop: () => watch.disconnect(),
  };
}

function scrollToLine(view, number) {
  const line = view.state.doc.line(clamp(number, 1, view.state.doc.lines));
  view.dispatch({ effects: EditorView.scrollIntoView(line.from, { y: "nearest", yMargin: 40 }) });
}

function diagnostic(doc, { from, to, line, column, endLine, endColumn, severity = "error", message }) {
  const start = clamp(from ?? offset(doc, line, column), 0, doc.length);
  const end = to ?? (endLine === undefined ? start : offset(doc, endLine, endColumn));
  return { from: start, to: clamp(end, start, doc.length), severity, message };
}

/** The UTF-16 offset of a line and a column in code points. */
function offset(doc, lineNumber, column = 1) {
  const line = doc.line(clamp(lineNumber, 1, doc.lines));
  const before = Array.from(line.text).slice(0, Math.max(column - 1, 0));
  return line.from + before.join("").length;
}

function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high);
}
