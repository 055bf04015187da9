//! What the commands and the end-to-end tests share: the built page, served and shown in a real browser.

pub mod site;
pub mod visitor;
pub mod webdriver;
pub mod workspace;
