//! A generated program as a tree: what is written down as Python, and what shrinking cuts.

/// A whole program.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// The modules that it imports.
    pub imports: Vec<&'static str>,
    /// Names that all functions share, made before anything else.
    pub shared: Vec<Stmt>,
    /// The functions; each calls only those before it, so there is no recursion.
    pub functions: Vec<Function>,
    /// What the module does in the end.
    pub last: Vec<Stmt>,
}

/// What kind of function it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// `def`
    Plain,
    /// `def` with `yield`
    Generator,
    /// `async def`
    Coroutine,
    /// `async def` with `yield`
    AsyncGenerator,
}

impl Colour {
    /// Whether `await` may stand in it.
    pub fn awaits(self) -> bool {
        matches!(self, Self::Coroutine | Self::AsyncGenerator)
    }

    /// Whether `yield` stands in it.
    pub fn yields(self) -> bool {
        matches!(self, Self::Generator | Self::AsyncGenerator)
    }
}

/// A function of one parameter, `n`.
#[derive(Clone, Debug)]
pub struct Function {
    pub name: String,
    pub colour: Colour,
    /// The shared names that it assigns to.
    pub globals: Vec<String>,
    pub body: Vec<Stmt>,
}

/// A statement.
#[derive(Clone, Debug)]
pub enum Stmt {
    /// An expression for its effect.
    Do(Expr),
    /// An assignment to a name.
    Let(String, Expr),
    /// `print` with a label that occurs once in the program.
    Show(u32, Vec<Expr>),
    Raise(Expr),
    Return(Expr),
    Yield(Expr),
    Break,
    If {
        test: Expr,
        then: Vec<Stmt>,
        otherwise: Vec<Stmt>,
    },
    For {
        asynchronous: bool,
        name: String,
        over: Expr,
        body: Vec<Stmt>,
    },
    With {
        asynchronous: bool,
        manager: Expr,
        name: Option<String>,
        body: Vec<Stmt>,
    },
    Try {
        body: Vec<Stmt>,
        handlers: Vec<Handler>,
        otherwise: Vec<Stmt>,
        finally: Vec<Stmt>,
    },
}

/// An `except` clause, which binds the exception to `e`.
#[derive(Clone, Debug)]
pub struct Handler {
    /// The exceptions' class.
    pub class: String,
    /// Whether it is `except*`.
    pub group: bool,
    pub body: Vec<Stmt>,
}

/// An expression.
#[derive(Clone, Debug)]
pub enum Expr {
    /// A number, a text, a constant.
    Literal(String),
    Name(String),
    /// A name of a module or class by its path: `asyncio.FIRST_COMPLETED`.
    Path(&'static str),
    Attribute(Box<Expr>, &'static str),
    Call(Box<Expr>, Vec<Argument>),
    Await(Box<Expr>),
    List(Vec<Expr>),
}

/// An argument of a call.
#[derive(Clone, Debug)]
pub struct Argument {
    pub keyword: Option<&'static str>,
    pub value: Expr,
    /// Whether the call is right without it.
    pub optional: bool,
}

impl Expr {
    /// A call of a function of the program or of its helpers.
    pub fn call(name: &str, values: impl IntoIterator<Item = Expr>) -> Self {
        let arguments = values.into_iter().map(Argument::plain).collect();
        Self::Call(Box::new(Self::Name(name.into())), arguments)
    }
}

impl Argument {
    /// A positional argument.
    pub fn plain(value: Expr) -> Self {
        Self {
            keyword: None,
            value,
            optional: false,
        }
    }
}

impl Stmt {
    /// The blocks within.
    pub fn blocks_mut(&mut self) -> Vec<&mut Vec<Stmt>> {
        match self {
            Self::If {
                then, otherwise, ..
            } => vec![then, otherwise],
            Self::For { body, .. } | Self::With { body, .. } => vec![body],
            Self::Try {
                body,
                handlers,
                otherwise,
                finally,
            } => {
                let handlers = handlers.iter_mut().map(|handler| &mut handler.body);
                let mut blocks = vec![body];
                blocks.extend(handlers);
                blocks.extend([otherwise, finally]);
                blocks
            }
            _ => Vec::new(),
        }
    }

    /// Whether nothing behind it in its block is executed.
    pub fn leaves(&self) -> bool {
        matches!(self, Self::Raise(_) | Self::Return(_) | Self::Break)
    }

    /// The expressions of the statement itself.
    pub fn expressions_mut(&mut self) -> Vec<&mut Expr> {
        match self {
            Self::Do(value)
            | Self::Let(_, value)
            | Self::Raise(value)
            | Self::Return(value)
            | Self::Yield(value)
            | Self::If { test: value, .. }
            | Self::For { over: value, .. }
            | Self::With { manager: value, .. } => vec![value],
            Self::Show(_, values) => values.iter_mut().collect(),
            Self::Break | Self::Try { .. } => Vec::new(),
        }
    }
}
