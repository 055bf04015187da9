//! The page's one state and the one function that changes it.

mod content;
mod outside;
mod travel;

use std::rc::Rc;

use yew::prelude::*;

pub use outside::OutOfReach;

use super::address::{Address, Content, Presentation, Region};
use super::examples::EXAMPLES;
use super::picture::Picture;
use super::session::{Session, SharedSession, Status};
use super::theme::Theme;
use super::{browser, runner, storage};
use crate::scene::diagnose::{Diagnosis, diagnose};
use crate::scene::timeline::LaneId;
use crate::sim::event::TaskId;
use crate::sim::input::Stimulus;
use crate::sim::options::Options;
use crate::syntax::Diagnostic;
use crate::trace::Playback;

/// Longer runs are not looked through for remarks: that would hold up the page.
const REMARKED: u32 = 200_000;

/// How components send actions.
pub type Dispatch = UseReducerDispatcher<State>;

/// Which page this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// The whole page.
    Page,
    /// A frame inside somebody's course page.
    Embed,
}

/// The panels of a narrow page, of which one is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// The program.
    Program,
    /// The event loop and the tasks.
    Loop,
    /// Threads, pool and memory.
    Threads,
    /// The output.
    Output,
}

/// How the region Tasks shows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TasksView {
    /// One below the other, each with its chain of coroutines.
    List,
    /// As a graph of who waits for whom.
    Graph,
}

/// What one step goes over, as the selector has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stride {
    /// An event.
    Event,
    /// A callback of a loop.
    Handle,
    /// An iteration of a loop.
    Iteration,
    /// A source line.
    Line,
    /// A line of output.
    Output,
    /// What happens to the followed task.
    FollowTask,
}

/// A position that the run has not come to yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Awaited {
    /// This many events.
    Step(u32),
    /// The first event of a thread after so many events.
    Turn(u16, u32),
}

/// What a reader foresaw.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// How many answers were right.
    pub right: u32,
    /// How many there were.
    pub asked: u32,
    /// The last one.
    pub last: Option<Answer>,
}

/// What a reader expected to come next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The line that they chose.
    pub chosen: String,
    /// The line that came.
    pub line: String,
    /// The step at which it came.
    pub step: u32,
}

impl Answer {
    /// Whether it came as expected.
    pub fn is_right(&self) -> bool {
        self.chosen == self.line
    }
}

/// Forward or back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Towards the end of the run.
    Forward,
    /// Towards its beginning.
    Back,
}

/// Everything that can happen to the page.
#[derive(Clone, Debug)]
pub enum Action {
    /// The program was edited.
    Edit(Rc<str>),
    /// An example is to be shown.
    ShowExample(usize),
    /// The location bar has a new hash.
    Visit(Address),
    /// The program that the address names is here, or cannot be had.
    Fetched(Content, Result<String, String>),
    /// The reader stopped typing: the program is to be looked through.
    Check,
    /// The program is to be run.
    Run,
    /// The program is to be run with these options.
    SetOptions(Options),
    /// The program's own arguments were written.
    SetArguments(Vec<String>),
    /// Standard input is being written.
    TypeInput(String),
    /// The program is to be run with this standard input.
    GiveInput(String),
    /// Standard input is to end behind what was typed, or is to go on after all.
    EndInput(bool),
    /// The reader wants to type what the program waits for.
    Answer,
    /// A signal or a choice of the thread that goes next is to reach the program at the cursor.
    Intervene(Stimulus),
    /// What the reader did to the run is to be taken back, by its place among the inputs.
    TakeBack(usize),
    /// The run is to be stopped where it is.
    Stop,
    /// The run went on.
    Progress,
    /// The run of this number is over and shown: it is to be looked through.
    Remark(u32),
    /// The cursor is to go to a position.
    Seek(u32),
    /// The cursor is to go to a position as soon as the run is there.
    Reach(u32),
    /// The cursor is to go where a line of the program runs next.
    SeekLine(u32),
    /// To the beginning.
    First,
    /// To the end.
    Last,
    /// One step of the chosen length.
    Step(Direction),
    /// One step of this length.
    StepOver(Direction, Stride),
    /// To the next or the previous step to which a remark points.
    StepToRemark(Direction),
    /// The reader expects this line to be printed next.
    Predict(String),
    /// Play if it pauses, pause if it plays.
    TogglePlay,
    /// Play, or pause.
    Play(bool),
    /// Time went by while playing; milliseconds of the browser's clock.
    Tick(f64),
    /// The length of a step was chosen.
    SetStride(Stride),
    /// A task was chosen to be followed, or, if it was followed already, not any more.
    Follow(TaskId),
    /// A task or a thread is looked for by its name.
    Find(String),
    /// The speed of playing was chosen.
    SetSpeed(f64),
    /// From light to dark or back.
    ToggleTheme,
    /// The page around wants this theme.
    SetTheme(Theme),
    /// The system turned from light to dark or back.
    SystemTheme,
    /// The help dialog is to open or was closed.
    ShowHelp(bool),
    /// A panel of the narrow page was chosen.
    SetTab(Tab),
    /// Tasks are to be shown so.
    ShowTasks(TasksView),
    /// The link was copied, or that was long enough ago.
    Shared(bool),
}

/// All that the page knows.
#[derive(Clone)]
pub struct State {
    /// Which page this is.
    pub layout: Layout,
    /// What the query asked for.
    pub presentation: Presentation,
    /// The program as it stands in the editor.
    pub source: Rc<str>,
    /// Which example that is, if it is one.
    pub example: Option<usize>,
    /// The program that the address names, while the browser gets it.
    pub wanted: Option<Content>,
    /// Where the program was got from, and as what.
    pub fetched: Option<(Content, Rc<str>)>,
    /// What is wrong with it, as far as that is known before it runs.
    pub faults: Rc<[Diagnostic]>,
    /// What runs are told besides their program.
    pub options: Options,
    /// What the address says about that and cannot be read.
    pub misread: Rc<[String]>,
    /// The run that is shown.
    pub session: SharedSession,
    /// Number of that run, so that a new one can be told from it.
    pub run: u32,
    /// How far the run is.
    pub status: Status,
    /// What is to be remarked about it, once it is over.
    pub remarks: Rc<[Diagnosis]>,
    /// How many events it has so far.
    pub total: u32,
    /// How many of them lie before the cursor.
    pub position: u32,
    /// Where the cursor is to go as soon as the run is there.
    pub awaited: Option<Awaited>,
    /// Whether time passes by itself.
    pub playback: Playback,
    /// The length of a step.
    pub stride: Stride,
    /// The task that is followed.
    pub followed: Option<TaskId>,
    /// The lane of the timeline that is to be in sight.
    pub sought: Option<LaneId>,
    /// How the page looks.
    pub theme: Theme,
    /// Whether the help dialog is open.
    pub help: bool,
    /// The panel that a narrow page shows.
    pub tab: Tab,
    /// How tasks are shown, if the reader chose.
    pub tasks_view: Option<TasksView>,
    /// Whether the link was just copied.
    pub shared: bool,
    /// What the reader foresaw of this program.
    pub score: Score,
    /// How often the reader wanted to type what the program waits for.
    pub answers: u32,
}

impl State {
    /// The state with which the page opens: what the address asks for, or the program that was kept, or the first
    /// example; already running.
    pub fn open(layout: Layout, address: Address, presentation: Presentation) -> Self {
        let kept = || match layout {
            Layout::Page => storage::program().map(Content::Code),
            Layout::Embed => None,
        };
        let content = address.content.clone().or_else(kept);
        let theme = presentation.theme.or_else(Theme::kept).unwrap_or_default();
        // Before anything is drawn: the canvas takes its colours from the page.
        theme.apply();
        let mut state = Self {
            layout,
            presentation,
            source: "".into(),
            example: None,
            wanted: None,
            fetched: None,
            faults: Rc::default(),
            options: address.options,
            misread: address.misread.into(),
            session: SharedSession::default(),
            run: 0,
            status: Status::Ended,
            remarks: Rc::default(),
            total: 0,
            position: 0,
            awaited: None,
            playback: Playback::default(),
            stride: Stride::Event,
            followed: None,
            sought: None,
            theme,
            help: false,
            tab: Tab::Loop,
            tasks_view: None,
            shared: false,
            score: Score::default(),
            answers: 0,
        };
        state.show(content);
        state.awaited = address.step.map(Awaited::Step);
        if let Some(speed) = state.presentation.speed {
            state.playback.set_speed(speed, browser::now());
        }
        // Who asked for less motion starts to play by themselves.
        if state.presentation.autoplay == Some(true) && !browser::reduced_motion() {
            state.playback.play(browser::now());
        }
        state
    }

    /// Whether the program can be changed here.
    pub fn editable(&self) -> bool {
        let by_layout = self.layout == Layout::Page;
        self.presentation.edit.unwrap_or(by_layout)
    }

    /// Whether a region is shown: those that the query names, or else those that the page has room for. An embedded
    /// page shows the threads in the place of a loop that there is not, and what else works beside a loop.
    pub fn shows(&self, region: Region, picture: &Picture) -> bool {
        const EMBEDDED: [Region; 2] = [Region::Program, Region::Output];
        let view = &self.presentation.view.regions;
        match self.layout {
            _ if !view.is_empty() => view.contains(&region),
            Layout::Page => true,
            Layout::Embed => match region {
                Region::Loop => !picture.loopless,
                Region::Threads => picture.loopless || picture.helped,
                Region::Pool => picture.pooled,
                region => EMBEDDED.contains(&region),
            },
        }
    }

    /// Whether the program was changed since it ran.
    pub fn edited(&self) -> bool {
        *self.session.borrow().source() != self.source
    }

    /// Where the cursor is or will be, unless that is the beginning.
    fn place(&self) -> Option<u32> {
        let awaited = self.awaited.and_then(|awaited| match awaited {
            Awaited::Step(step) => Some(step),
            Awaited::Turn(..) => None,
        });
        awaited.or((self.position > 0).then_some(self.position))
    }

    fn start(&mut self) {
        let session = Session::start(self.source.clone(), &self.options);
        self.status = session.status();
        self.session = SharedSession::new(session);
        self.run += 1;
        self.remarks = Rc::default();
        self.score = Score::default();
        self.total = 0;
        self.position = 0;
        self.awaited = None;
        self.playback.pause();
        self.followed = None;
        self.sought = None;
    }

    fn edit(&mut self, source: Rc<str>) {
        self.example = EXAMPLES
            .iter()
            .position(|example| *example.source == *source);
        match (self.layout, self.example) {
            (Layout::Page, Some(_)) => storage::forget_program(),
            (Layout::Page, None) => storage::save_program(&source),
            (Layout::Embed, _) => {}
        }
        self.source = source;
        self.faults = Rc::default();
    }

    fn progress(&mut self) {
        let session = self.session.borrow();
        self.total = session.recording().len() as u32;
        self.status = session.status();
        drop(session);
        if let Some(position) = self.destination() {
            self.awaited = None;
            self.seek(position);
        }
    }

    /// Looks a run through that is over, unless it is no longer the one that is shown.
    fn remark(&mut self, run: u32) {
        if run == self.run && self.total <= REMARKED {
            let session = self.session.borrow();
            self.remarks = diagnose(session.recording(), Some(session.source())).into();
        }
    }

    /// Whether an action is the reader's own travelling, which ends playing.
    fn pauses(action: &Action) -> bool {
        matches!(
            action,
            Action::Seek(_)
                | Action::Reach(_)
                | Action::SeekLine(_)
                | Action::First
                | Action::Last
                | Action::Step(_)
                | Action::StepOver(..)
                | Action::StepToRemark(_)
                | Action::Find(_)
        )
    }

    fn act(&mut self, action: Action) {
        if Self::pauses(&action) {
            self.playback.pause();
            self.awaited = None;
        }
        match action {
            Action::Edit(source) => self.edit(source),
            Action::ShowExample(index) => {
                let name = EXAMPLES.get(index).map(|example| example.name.to_owned());
                storage::forget_program();
                self.forget_input();
                self.show(name.map(Content::Example));
            }
            Action::Visit(address) => {
                self.misread = address.misread.into();
                let now = self.address();
                let other = address.content.is_some() && address.content != now.content;
                if other || address.options != now.options {
                    self.options = address.options;
                    self.show(address.content.or(now.content));
                }
                self.awaited = address.step.map(Awaited::Step);
                self.progress();
            }
            Action::Fetched(content, found) => self.fetched(content, found),
            Action::Check => self.faults = runner::check(&self.source, &self.options).into(),
            Action::Run => {
                self.options.input.clear();
                self.start();
            }
            Action::SetOptions(options) => self.set_options(options),
            Action::SetArguments(arguments) => {
                self.options.arguments = arguments;
                self.start();
            }
            Action::TypeInput(text) => self.type_input(&text),
            Action::GiveInput(text) => {
                self.type_input(&text);
                let other = self.session.borrow().stdin() != self.options.stdin.as_ref();
                if other {
                    self.read_anew();
                }
            }
            Action::EndInput(end) => self.end_input(end),
            Action::Answer => {
                self.tab = Tab::Output;
                self.answers += 1;
            }
            Action::Intervene(what) => self.intervene(what),
            Action::TakeBack(index) => self.take_back(index),
            Action::Stop => {
                self.session.borrow_mut().stop();
                self.progress();
            }
            Action::Progress => self.progress(),
            Action::Remark(run) => self.remark(run),
            Action::Seek(position) => self.seek(position),
            Action::Reach(position) => {
                self.awaited = Some(Awaited::Step(position));
                self.progress();
            }
            Action::SeekLine(line) => self.seek_line(line),
            Action::First => self.seek(0),
            Action::Last => self.seek(self.total),
            Action::Step(direction) => self.step(direction, self.stride),
            Action::StepOver(direction, stride) => self.step(direction, stride),
            Action::StepToRemark(direction) => self.step_to_remark(direction),
            Action::Predict(chosen) => self.predict(chosen),
            Action::TogglePlay => self.play(!self.playback.playing()),
            Action::Play(on) => self.play(on),
            Action::Tick(now) => self.tick(now),
            Action::SetStride(stride) => self.stride = stride,
            Action::Follow(task) => self.follow(task),
            Action::Find(name) => self.find(&name),
            Action::SetSpeed(speed) => self.playback.set_speed(speed, browser::now()),
            Action::ToggleTheme => {
                self.theme = self.theme.toggled();
                self.theme.apply();
                storage::save_theme(self.theme.name());
            }
            Action::SetTheme(theme) => {
                self.theme = theme;
                self.theme.apply();
            }
            // The page asks the system anew whenever it is drawn.
            Action::SystemTheme => {}
            Action::ShowHelp(open) => self.help = open,
            Action::SetTab(tab) => self.tab = tab,
            Action::ShowTasks(view) => self.tasks_view = Some(view),
            Action::Shared(shared) => self.shared = shared,
        }
    }
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = (*self).clone();
        next.act(action);
        Rc::new(next)
    }
}
