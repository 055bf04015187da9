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

#[test]
fn a_program_without_a_loop_shows_its_threads() {
    let code = "import%20queue%2C%20threading%0Ajobs%20%3D%20queue.Queue()%0At%20%3D%20threading.Thread(target%3Dlambda%3A%20print(jobs.get()))%0At.start()%0Ajobs.put(1)%0At.join()%0A";
    visit_embedded(&format!("embed.html#code={code}"), "", |page| {
        focus_player(page);
        page.press("End");
        page.region("Threads").wait_for("Thread-1");
        assert!(!page.region("Event loop").is_there());
        page.wait_until("the thread waits for its job", || {
            page.button("Step back").click();
            page.region("Threads").text().contains("in jobs.get()")
        });
        page.region("Explanation").wait_for("jobs.get()");
    });
}

#[test]
fn a_pool_inside_a_loop_is_shown_beside_it() {
    visit_embedded("embed.html#ex=pool&step=40", "", |page| {
        page.region("Event loop").wait_for("fetch-0");
        page.region("Pool").wait_for("free slot");
        assert!(!page.region("Memory").is_there());
    });
}
