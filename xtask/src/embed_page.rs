//! Derives `embed.html` from the built `index.html`.
//!
//! Trunk builds one page from one module. The second page is the same document marked as the other entry, so that
//! both load the same hashed files and a browser compiles the module once for both.

use std::{env, fs, path::PathBuf};

use anyhow::{Context, Result, ensure};

const ROOT: &str = "<html ";
const EMBED_ROOT: &str = r#"<html data-entry="embed" "#;

/// Writes the page for embedding beside the one in Trunk's staging directory.
pub fn write() -> Result<()> {
    let staging = env::var_os("TRUNK_STAGING_DIR")
        .context("Trunk calls this command as a hook and says where its output is")?;
    let staging = PathBuf::from(staging);
    let index = staging.join("index.html");
    let page =
        fs::read_to_string(&index).with_context(|| format!("cannot read {}", index.display()))?;
    fs::write(staging.join("embed.html"), embed(&page)?)?;
    Ok(())
}

fn embed(page: &str) -> Result<String> {
    ensure!(
        page.matches(ROOT).count() == 1,
        "index.html must have one <html> element with attributes"
    );
    Ok(page.replace(ROOT, EMBED_ROOT))
}

#[cfg(test)]
mod tests {
    use super::embed;

    #[test]
    fn the_embed_page_differs_in_its_mark_only() {
        let page = "<!DOCTYPE html>\n<html lang=\"en\">\n<body></body></html>";
        let embedded = embed(page).expect("the page has a root element");
        assert_eq!(embedded.replace(" data-entry=\"embed\"", ""), page);
        assert!(embedded.contains(r#"<html data-entry="embed" lang="en">"#));
    }

    #[test]
    fn a_page_without_a_root_element_is_an_error() {
        assert!(embed("<body></body>").is_err());
    }
}
