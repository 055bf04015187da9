//! The embedded player with the live engine: what the address asks for, in a frame of somebody else's page.

use xtask::visitor::visit_embedded;

use crate::live::{focus_player, position};

#[test]
fn a_frame_shows_the_code_and_the_step_of_its_address() {
    let code = "import%20asyncio%0Aasync%20def%20f()%3A%0A%20%20%20%20print('hello')%0Aasyncio.run(f())%0A";
    visit_embedded(&format!("embed.html#code={code}&step=20"), "", |page| {
        page.region("Program").wait_for("print('hello')");
        page.wait_until("the cursor is at its step", || position(page).0 == 20);
        focus_player(page);
        page.press("End");
        page.region("Explanation").wait_for("The run is over");
    });
}

#[test]
fn an_example_is_read_only_and_steps() {
    visit_embedded("embed.html#ex=sleeps&step=30", "", |page| {
        page.wait_until("the cursor is at its step", || position(page).0 == 30);
        assert!(!page.text_box("Program editor").is_there());
        page.button("Step forward").click();
        page.wait_until("it steps", || position(page).0 > 30);
        page.button("Step back").click();
        page.wait_until("it steps back", || position(page).0 <= 30);
    });
}
