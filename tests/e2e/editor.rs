//! The editor's bundle, by itself: what the page relies on holds under the page's policy.

use serde_json::json;

use xtask::visitor::{Page, visit};

const TRY_OUT: &str = r#"
    const { createEditor } = await import("./editor.js");
    const parent = document.createElement("div");
    const next = document.createElement("button");
    parent.style.height = "200px";
    next.id = "after-editor";
    document.body.prepend(parent, next);
    window.changes = [];
    window.clicks = [];
    window.editor = createEditor(parent, {
      doc: arguments[0] ?? "",
      onChange: (text) => changes.push(text),
      onLineClick: (line) => clicks.push(line),
    });
    editor.focus();
"#;

fn with_editor(scenario: impl FnOnce(&Page)) {
    visit("embed.html", |page| {
        page.execute(&format!("return (async () => {{ {TRY_OUT} }})()"));
        scenario(page);
    });
}

fn doc(page: &Page) -> String {
    page.execute("return editor.getDoc()")
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

#[test]
fn typing_reports_changes_and_keeps_python_indented() {
    with_editor(|page| {
        page.paste("def f():");
        // The editor indents by its parse, which on a busy machine is finished in the background.
        page.execute("return new Promise(done => setTimeout(done, 1000))");
        page.press("Enter");
        page.paste("return 1");
        assert_eq!(doc(page), "def f():\n    return 1");
        assert_eq!(
            page.execute("return changes.at(-1)"),
            json!("def f():\n    return 1")
        );
    });
}

#[test]
fn tab_indents_and_escape_lets_it_leave() {
    with_editor(|page| {
        page.press("Tab");
        assert_eq!(doc(page), "    ");
        page.press("Escape");
        page.press("Tab");
        assert_eq!(doc(page), "    ");
        assert_eq!(
            page.execute("return document.activeElement.id"),
            json!("after-editor")
        );
    });
}

#[test]
fn a_program_that_was_replaced_comes_back_with_undo() {
    with_editor(|page| {
        page.paste("mine");
        page.execute("editor.setDoc('theirs')");
        assert_eq!(page.execute("return changes.length"), json!(1));
        page.press("Control+z");
        assert_eq!(doc(page), "mine");
    });
}

#[test]
fn overlays_show_and_follow_the_text() {
    with_editor(|page| {
        page.execute(
            "editor.setDoc('a\\nb\\nc');
             editor.setMarks([{ line: 2, cls: 'one', title: 'Task-1' }, { line: 2, cls: 'two' }, { line: 9 }]);
             editor.setActiveLines([{ line: 2 }]);
             editor.setDiagnostics([{ line: 3, column: 1, endLine: 3, endColumn: 2, message: 'no c' }]);",
        );
        page.paste("\n");
        let active = "return document.querySelector('.ls-active').textContent";
        assert_eq!(page.execute(active), json!("b"));
        assert_eq!(
            page.execute("return document.querySelectorAll('.ls-mark.one, .ls-mark.two').length"),
            json!(2)
        );
        assert_eq!(
            page.execute("return document.querySelector('.cm-lintRange-error').textContent"),
            json!("c")
        );
        let underlined = "return getComputedStyle(document.querySelector('.cm-lintRange-error')).textDecorationStyle";
        assert_eq!(
            page.execute(underlined),
            json!("wavy"),
            "the policy lets the editor's styles through"
        );
    });
}

#[test]
fn a_read_only_program_can_be_focused_but_not_changed() {
    with_editor(|page| {
        page.execute("editor.setDoc('fixed'); editor.setReadOnly(true); editor.focus()");
        page.paste("x");
        page.press("Backspace");
        assert_eq!(doc(page), "fixed");
        assert_eq!(
            page.text_box("Program editor")
                .attribute("aria-readonly")
                .as_deref(),
            Some("true")
        );
    });
}

#[test]
fn clicking_a_line_number_tells_the_line() {
    with_editor(|page| {
        page.execute(
            "editor.setDoc('a\\nb\\nc');
             const numbers = [...document.querySelectorAll('.cm-lineNumbers .cm-gutterElement')];
             const third = numbers.find((number) => number.textContent === '3');
             third.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, clientY: third.getBoundingClientRect().y + 2 }));",
        );
        assert_eq!(page.execute("return clicks"), json!([3]));
    });
}
