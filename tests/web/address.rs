//! Addresses: what a hash and a query ask for, and the way back.

use loopscope::sim::cpu::Gil;
use loopscope::sim::options::Options;
use loopscope::sim::schedule::Schedule;
use loopscope::ui::address::{Address, Content, Presentation, Region, View};
use loopscope::ui::arguments;
use loopscope::ui::fetching;
use loopscope::ui::host::{self, Command};
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
        Content::Source("https://example.org/a b.py".to_owned()),
        Content::Packed("S0vMKU0FAA".to_owned()),
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
            misread: Vec::new(),
        };
        assert_eq!(Address::parse(&address.hash()), address);
    }
}

#[wasm_bindgen_test]
fn what_makes_no_sense_is_left_out() {
    assert_eq!(Address::parse("#step=x&y&=&z=1"), Address::default());
    let misread = Address::parse("#cores=many&gil=maybe&schedule=lifo").misread;
    assert_eq!(misread.len(), 3, "{misread:?}");
    let broken = Address::parse("code=%E0%A4%A").content;
    assert_eq!(broken, Some(Content::Code("%E0%A4%A".to_owned())));
}

#[wasm_bindgen_test]
fn a_query_says_how_the_player_is_presented() {
    let asked = Presentation::parse("?view=Loop,%20tasks&edit=0");
    assert_eq!(asked.view.regions, [Region::Loop, Region::Tasks]);
    assert_eq!(asked.edit, Some(false));
    assert_eq!(Presentation::parse(""), Presentation::default());
    let asked = Presentation::parse("?autoplay&speed=2.5&controls=0&predict=1");
    assert_eq!((asked.autoplay, asked.controls), (Some(true), Some(false)));
    assert_eq!((asked.speed, asked.predict), (Some(2.5), Some(true)));
}

#[wasm_bindgen_test]
fn names_that_mean_no_region_are_told() {
    let view = View::parse("foo,event-loop,bar,ready,transport");
    assert_eq!(view.regions, [Region::Loop]);
    assert_eq!(view.unknown, ["foo", "bar"]);
    assert!(
        view.complaint()
            .is_some_and(|told| told.contains("foo or bar"))
    );
    assert_eq!(View::parse("loop,transport").complaint(), None);
}

#[wasm_bindgen_test]
async fn a_packed_program_is_unpacked() {
    let program = "print('Grüße')\n".repeat(20);
    let packed = fetching::pack(&program).await.expect("it is packed");
    assert!(packed.len() < 80, "{packed}");
    assert_eq!(fetching::unpack(&packed).await, Some(program));
    assert_eq!(fetching::unpack("no such thing!").await, None);
}

#[wasm_bindgen_test]
fn the_page_around_is_heard_only_where_it_makes_sense() {
    let heard = |text: &str| host::command(&js_sys::JSON::parse(text).expect("JSON"));
    let seek = r#"{"type": "loopscope", "v": 1, "cmd": "seek", "step": 7}"#;
    assert_eq!(heard(seek), Some(Ok(Command::Seek(7))));
    assert_eq!(heard(r#"{"type": "other", "v": 1, "cmd": "seek"}"#), None);
    assert_eq!(heard("7"), None);
    for wrong in [
        r#"{"type": "loopscope", "v": 2, "cmd": "ping"}"#,
        r#"{"type": "loopscope", "v": 1, "cmd": "seek", "step": 1.5}"#,
        r#"{"type": "loopscope", "v": 1, "cmd": "seek"}"#,
        r#"{"type": "loopscope", "v": 1, "cmd": "theme", "theme": "pink"}"#,
        r#"{"type": "loopscope", "v": 1, "cmd": "jump"}"#,
    ] {
        assert!(matches!(heard(wrong), Some(Err(_))), "{wrong}");
    }
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
