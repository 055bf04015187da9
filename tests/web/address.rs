//! Addresses: what a hash and a query ask for, and the way back.

use loopscope::sim::cpu::Gil;
use loopscope::sim::options::Options;
use loopscope::sim::schedule::Schedule;
use loopscope::ui::address::{Address, Content, Presentation};
use loopscope::ui::arguments;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn a_hash_says_content_and_step() {
    let address = Address::parse("#code=print(%22%C3%A9%26%22)%0A&step=41");
    let code = "print(\"é&\")\n".to_owned();
    assert_eq!(address.content, Some(Content::Code(code)));
    assert_eq!(address.step, Some(41));
}

#[wasm_bindgen_test]
fn a_hash_leads_back_to_where_it_was_made() {
    let contents = [
        Content::Code("a = '#&=%+ é\n'".to_owned()),
        Content::Example("pool".to_owned()),
    ];
    let turned = Options {
        schedule: Schedule::Random { seed: 7 },
        cpu_cost: 100,
        cores: 4,
        gil: Gil::Off,
        address_space: 3 << 30,
        arguments: vec!["-v".to_owned(), "two words & more".to_owned()],
        stdin: Some("Ada\n2\n".into()),
        ..Options::default()
    };
    for (content, options) in contents.into_iter().zip([Options::default(), turned]) {
        let address = Address {
            content: Some(content),
            step: Some(7),
            options,
        };
        assert_eq!(Address::parse(&address.hash()), address);
    }
}

#[wasm_bindgen_test]
fn what_makes_no_sense_is_left_out() {
    assert_eq!(Address::parse("#step=x&y&=&z=1"), Address::default());
    let broken = Address::parse("code=%E0%A4%A").content;
    assert_eq!(broken, Some(Content::Code("%E0%A4%A".to_owned())));
}

#[wasm_bindgen_test]
fn a_query_says_how_the_player_is_presented() {
    let asked = Presentation::parse("?view=Loop,%20tasks&edit=0");
    assert_eq!(asked.view, ["loop", "tasks"]);
    assert_eq!(asked.edit, Some(false));
    assert_eq!(Presentation::parse(""), Presentation::default());
}

#[wasm_bindgen_test]
fn arguments_are_words_that_may_be_quoted() {
    let words = arguments::words(" -v 'two words' \"\" a\"b c\"d  ");
    assert_eq!(words, ["-v", "two words", "", "ab cd"]);
    let line = arguments::line(&words);
    assert_eq!(arguments::words(&line), words);
    assert_eq!(arguments::words("'left open"), ["left open"]);
    assert!(arguments::words("  ").is_empty());
}
