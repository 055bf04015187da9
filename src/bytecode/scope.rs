//! Which variable a name means: the scopes of a program and how names in them are bound.
//!
//! One walk over the tree collects the names of each scope; then each name that a scope uses without binding it is
//! looked for in the scopes around it. List, set and dict comprehensions are inlined into the code around them
//! (PEP 709): they are scopes for their names, but share their host's frame.

mod annotated;
mod collect;
pub use annotated::{AnnotatedVariable, Presence, annotated_variables};
pub(super) use collect::has_annotations;
mod resolve;

use crate::syntax::{Diagnostic, LineIndex, Module, Ranged, TextRange};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// What makes a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ScopeKind {
    /// The program.
    Module,
    /// A class body.
    Class,
    /// A function.
    Function,
    /// A lambda.
    Lambda,
    /// A list, set or dict comprehension, inlined into its host.
    Comprehension,
    /// A generator expression, which is a function of its own.
    Generator,
    /// The annotations of a function's parameters and result.
    FunctionAnnotations,
    /// The annotations of variables in a class body or module.
    BodyAnnotations,
    /// The type parameters of a generic function, class or type alias.
    TypeParams,
    /// The value of a type alias.
    TypeAlias,
    /// The bound or the constraints of a type variable.
    TypeBound,
    /// The default of a type parameter.
    TypeDefault,
}

impl ScopeKind {
    /// Is it evaluated lazily for typing's sake, with a view on the names of the class around it?
    fn is_annotation(self) -> bool {
        use ScopeKind::*;
        matches!(
            self,
            FunctionAnnotations
                | BodyAnnotations
                | TypeParams
                | TypeAlias
                | TypeBound
                | TypeDefault
        )
    }
}

/// A scope of the program, as an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScopeId(usize);

/// How a scope itself declares a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Declaration {
    /// It only uses it.
    None,
    /// It assigns to it.
    Assigned,
    /// It is a parameter.
    Parameter,
    /// `global`
    Global,
    /// `nonlocal`
    Nonlocal,
}

/// What a scope knows about a name.
#[derive(Clone, Debug)]
struct Symbol {
    declaration: Declaration,
    /// A scope with a frame of its own inside this one uses the variable.
    captured: bool,
    /// Read in this very scope.
    used: bool,
    /// The target of an annotation.
    annotated: bool,
    /// The target of a `for` of a comprehension.
    iteration: bool,
    /// Where it was first declared, for messages.
    place: TextRange,
}

/// A scope with its names.
#[derive(Debug)]
struct Scope {
    kind: ScopeKind,
    parent: Option<ScopeId>,
    symbols: BTreeMap<Rc<str>, Symbol>,
    /// Variables of scopes further out that this one or one inside it uses.
    frees: BTreeSet<Rc<str>>,
    /// Cells that a class body provides without assigning to them: `__class__`, `__classdict__`.
    class_cells: BTreeSet<Rc<str>>,
    /// Has it a `yield`?
    generator: bool,
    /// Has it an `await`, `async for` or an asynchronous comprehension (in a comprehension or generator expression)?
    asynchronous: bool,
}

/// How the code of a scope reaches a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// A local slot.
    Local,
    /// A cell in a local slot: a parameter, or a variable of an inlined comprehension.
    CellInLocal,
    /// A cell of its own.
    Cell,
    /// A cell from further out.
    Free,
    /// The class namespace, then a cell from further out.
    ClassFree,
    /// The namespace of the class around an annotation, then a cell from further out.
    ClassDictFree,
    /// The namespace of the class around an annotation, then globals and builtins.
    ClassDictGlobal,
    /// The namespace of a module or class body.
    Name,
    /// Globals, then builtins.
    Global,
}

/// All scopes of a program.
#[derive(Debug)]
pub struct SymbolTable {
    scopes: Vec<Scope>,
    keys: BTreeMap<(ScopeKind, u32, u32), ScopeId>,
    /// The names that any scope declares `global`; they are global for the module's own code too, which tells in
    /// `exec` with separate locals (`Python/symtable.c`: symtable_add_def_ctx).
    globals: BTreeSet<Rc<str>>,
}

impl SymbolTable {
    /// Collects and resolves the names of a program.
    pub fn new(module: &Module, text: &str) -> Result<Self, Vec<Diagnostic>> {
        let lines = LineIndex::new(text);
        let (mut table, mut errors) = collect::collect(module, &lines);
        resolve::resolve(&mut table, &lines, &mut errors);
        if errors.is_empty() {
            Ok(table)
        } else {
            Err(errors)
        }
    }

    /// The scope of the whole program.
    pub const MODULE: ScopeId = ScopeId(0);

    /// The scope that a node makes.
    pub fn scope_of(&self, kind: ScopeKind, node: &impl Ranged) -> Option<ScopeId> {
        self.keys.get(&key(kind, node.range())).copied()
    }

    /// Has the scope a `yield`?
    pub fn is_generator(&self, scope: ScopeId) -> bool {
        self.scope(scope).generator
    }

    /// Has a comprehension or generator expression something asynchronous?
    pub fn is_asynchronous(&self, scope: ScopeId) -> bool {
        self.scope(scope).asynchronous
    }

    /// The variables that the scope owns as cells of their own, sorted.
    pub fn cells(&self, scope: ScopeId) -> Vec<Rc<str>> {
        let scope = self.scope(scope);
        let own = scope
            .symbols
            .iter()
            .filter(|(_, symbol)| symbol.captured && symbol.declaration == Declaration::Assigned);
        scope
            .class_cells
            .iter()
            .chain(own.map(|(name, _)| name))
            .cloned()
            .collect()
    }

    /// The variables of scopes further out, sorted.
    pub fn frees(&self, scope: ScopeId) -> Vec<Rc<str>> {
        self.scope(scope).frees.iter().cloned().collect()
    }

    /// Does an inner scope use this variable of the scope?
    pub fn is_captured(&self, scope: ScopeId, name: &str) -> bool {
        self.scope(scope)
            .symbols
            .get(name)
            .is_some_and(|symbol| symbol.captured)
    }

    /// The names that an inlined comprehension binds, sorted.
    pub fn bound_names(&self, scope: ScopeId) -> Vec<Rc<str>> {
        let symbols = &self.scope(scope).symbols;
        let bound = symbols
            .iter()
            .filter(|(_, symbol)| symbol.declaration == Declaration::Assigned);
        bound.map(|(name, _)| name.clone()).collect()
    }

    /// Does the scope hold the type parameters of a generic definition?
    pub fn makes_type_params(&self, scope: ScopeId) -> bool {
        self.scope(scope).kind == ScopeKind::TypeParams
    }

    /// Is the name declared `global` here?
    pub fn is_explicit_global(&self, scope: ScopeId, name: &str) -> bool {
        self.declaration(scope, name) == Declaration::Global
    }

    /// How code in the scope reaches the variable of that name.
    pub fn access(&self, id: ScopeId, name: &str) -> Access {
        let scope = self.scope(id);
        match scope.kind {
            ScopeKind::Module if self.globals.contains(name) => Access::Global,
            ScopeKind::Module => Access::Name,
            ScopeKind::Class => self.access_in_class(scope, name),
            ScopeKind::Comprehension => self.access_in_comprehension(id, name),
            _ => self.access_in_function(id, name),
        }
    }

    fn access_in_class(&self, scope: &Scope, name: &str) -> Access {
        match scope.symbols.get(name).map(|symbol| symbol.declaration) {
            Some(Declaration::Global) => Access::Global,
            Some(Declaration::Assigned | Declaration::Parameter) => Access::Name,
            Some(Declaration::Nonlocal | Declaration::None) | None
                if scope.frees.contains(name) =>
            {
                Access::ClassFree
            }
            _ => Access::Name,
        }
    }

    fn access_in_comprehension(&self, id: ScopeId, name: &str) -> Access {
        let scope = self.scope(id);
        let symbol = scope.symbols.get(name);
        match (symbol, scope.parent) {
            (Some(symbol), _) if symbol.declaration == Declaration::Assigned => {
                match symbol.captured {
                    true => Access::CellInLocal,
                    false => Access::Local,
                }
            }
            (_, Some(parent)) if self.scope(parent).kind != ScopeKind::Class => {
                self.access(parent, name)
            }
            (_, Some(parent)) if self.scope(parent).class_cells.contains(name) => Access::Cell,
            (_, Some(parent)) if self.scope(parent).frees.contains(name) => Access::Free,
            _ => Access::Global,
        }
    }

    fn access_in_function(&self, id: ScopeId, name: &str) -> Access {
        let scope = self.scope(id);
        let captured = self.is_captured(id, name);
        match self.declaration(id, name) {
            Declaration::Global => Access::Global,
            Declaration::Nonlocal => Access::Free,
            Declaration::Assigned if captured => Access::Cell,
            Declaration::Parameter if captured => Access::CellInLocal,
            Declaration::Assigned | Declaration::Parameter => Access::Local,
            Declaration::None => match (scope.frees.contains(name), self.sees_class(id)) {
                (true, false) => Access::Free,
                (true, true) => Access::ClassDictFree,
                (false, true) => Access::ClassDictGlobal,
                (false, false) => Access::Global,
            },
        }
    }

    /// Is it an annotation scope that looks names up in the namespace of the class around it?
    fn sees_class(&self, id: ScopeId) -> bool {
        let scope = self.scope(id);
        scope.kind.is_annotation()
            && scope.parent.is_some_and(|parent| {
                self.scope(parent).kind == ScopeKind::Class || self.sees_class(parent)
            })
    }

    fn declaration(&self, id: ScopeId, name: &str) -> Declaration {
        let symbol = self.scope(id).symbols.get(name);
        symbol.map_or(Declaration::None, |symbol| symbol.declaration)
    }

    fn scope(&self, id: ScopeId) -> &Scope {
        &self.scopes[id.0]
    }

    fn scope_mut(&mut self, id: ScopeId) -> &mut Scope {
        &mut self.scopes[id.0]
    }
}

/// The name as it is stored: `__x` in a class `C` becomes `_C__x`.
pub fn mangle(class: Option<&str>, name: &str) -> Rc<str> {
    match class.map(|class| class.trim_start_matches('_')) {
        Some(class) if is_private(name) && !class.is_empty() => format!("_{class}{name}").into(),
        _ => name.into(),
    }
}

fn is_private(name: &str) -> bool {
    name.starts_with("__") && !name.ends_with("__") && !name.contains('.')
}

fn key(kind: ScopeKind, range: TextRange) -> (ScopeKind, u32, u32) {
    (kind, range.start().into(), range.end().into())
}
