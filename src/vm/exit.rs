//! The ways out of the machine's run loop: the border between user mode (here) and the kernel.

use super::fold::Folding;
use super::value::Value;

/// Why [`super::machine::Vm::run`] came back. Values in it are borrowed: they live until the next run.
#[derive(Clone, Debug)]
pub enum Exit {
    /// The instructions that it was allowed are used up.
    Fuel,
    /// A built-in of the kernel was called; the thread stays at the instruction until
    /// [`super::machine::Vm::perform`] completes it.
    Kernel(Box<Request>),
    /// What stood above the host frame that is now on top came to this; or nothing stood there.
    Host(Completion),
    /// The thread's last frame is gone.
    Ended(Completion),
    /// The program uses something that is not supported; the text names it.
    Refused(String),
}

/// What a frame came to.
#[derive(Clone, Copy, Debug)]
pub enum Completion {
    /// It returned.
    Returned(Value),
    /// It is a generator and yielded.
    Yielded(Value),
    /// It raised.
    Raised(Value),
    /// There was nothing to run.
    Nothing,
}

/// What a request has to do with an instance of a class of the kernel that is being made.
#[derive(Clone, Copy, Debug, Default)]
pub enum Instance {
    /// Nothing.
    #[default]
    None,
    /// It initialises one that is yet to be made: by the request with this number, `__new__` of the class.
    New {
        /// The class.
        class: Value,
        /// The number of the request.
        number: u16,
    },
    /// It initialises this one, which is what the call gives.
    Made(Value),
}

/// A call of a built-in of the kernel.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The number in its declaration.
    pub number: u16,
    /// One value for each named parameter, unbound where absent.
    pub fixed: Vec<Value>,
    /// What `*args` takes.
    pub rest: Vec<Value>,
    /// What `**kwargs` takes.
    pub keywords: Vec<(Value, Value)>,
    /// The instance that is being made.
    pub instance: Instance,
    /// Does it stand for a coroutine?
    pub folding: Folding,
}

impl Request {
    /// Forgets everything, but for the memory that it took.
    pub fn clear(&mut self) {
        self.number = 0;
        self.fixed.clear();
        self.rest.clear();
        self.keywords.clear();
        self.instance = Instance::None;
        self.folding = Folding::No;
    }

    /// A request with these arguments.
    pub fn new(number: u16, fixed: Vec<Value>) -> Self {
        Self {
            number,
            fixed,
            ..Self::default()
        }
    }
}
