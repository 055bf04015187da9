//! Makes a program smaller while it still differs.

use super::tree::{Expr, Program, Stmt};

/// Tries smaller programs one after the other, at most so many; keeps those for which `differs` holds.
pub fn shrink<E>(
    mut program: Program,
    mut tries: usize,
    mut differs: impl FnMut(&Program) -> Result<bool, E>,
) -> Result<Program, E> {
    let mut before = usize::MAX;
    while size(&program) < before && tries > 0 {
        before = size(&program);
        let mut place = 0;
        while tries > 0 {
            let mut smaller = program.clone();
            if !(Cut { left: place }).program(&mut smaller) {
                break;
            }
            tries -= 1;
            match differs(&smaller)? {
                true => program = smaller,
                false => place += 1,
            }
        }
    }
    Ok(program)
}

fn size(program: &Program) -> usize {
    program.to_string().len()
}

/// Makes one cut: the first for which `left` has come down to zero.
struct Cut {
    left: usize,
}

impl Cut {
    fn here(&mut self) -> bool {
        match self.left.checked_sub(1) {
            Some(left) => {
                self.left = left;
                false
            }
            None => true,
        }
    }

    fn program(&mut self, program: &mut Program) -> bool {
        for index in 0..program.functions.len() {
            if self.here() {
                program.functions.remove(index);
                return true;
            }
        }
        let Program {
            imports,
            shared,
            functions,
            last,
        } = program;
        let blocks = functions
            .iter_mut()
            .rev()
            .map(|function| &mut function.body);
        let mut blocks = std::iter::once(last)
            .chain(blocks)
            .chain(std::iter::once(shared));
        if blocks.any(|block| self.block(block)) {
            return true;
        }
        drop(blocks);
        for index in 0..imports.len() {
            if self.here() {
                imports.remove(index);
                return true;
            }
        }
        false
    }

    fn block(&mut self, block: &mut Vec<Stmt>) -> bool {
        if block.len() > 3 && self.half(block) {
            return true;
        }
        let mut index = 0;
        while let Some(statement) = block.get_mut(index) {
            if self.here() {
                block.remove(index);
                return true;
            }
            let inner = std::mem::take(&mut statement.blocks_mut());
            let unwrapped = inner.into_iter().find_map(|body| {
                let cut = !body.is_empty() && self.here();
                cut.then(|| std::mem::take(body))
            });
            if let Some(body) = unwrapped {
                block.splice(index..=index, body);
                return true;
            }
            if self.statement(statement) {
                return true;
            }
            index += 1;
        }
        false
    }

    /// Removes the first or the second half of a block.
    fn half(&mut self, block: &mut Vec<Stmt>) -> bool {
        let middle = block.len() / 2;
        if self.here() {
            block.drain(..middle);
            return true;
        }
        if self.here() {
            block.truncate(middle);
            return true;
        }
        false
    }

    /// Cuts within a statement.
    fn statement(&mut self, statement: &mut Stmt) -> bool {
        if let Stmt::Try { handlers, .. } = statement {
            for index in 0..handlers.len() {
                if self.here() {
                    handlers.remove(index);
                    return true;
                }
            }
        }
        let expressions = statement.expressions_mut();
        if expressions.into_iter().any(|value| self.expression(value)) {
            return true;
        }
        let blocks = statement.blocks_mut();
        blocks.into_iter().any(|block| self.block(block))
    }

    fn expression(&mut self, expression: &mut Expr) -> bool {
        match expression {
            Expr::Call(function, arguments) => {
                for index in 0..arguments.len() {
                    if arguments[index].optional && self.here() {
                        arguments.remove(index);
                        return true;
                    }
                }
                self.expression(function)
                    || arguments.iter_mut().any(|a| self.expression(&mut a.value))
            }
            Expr::List(items) => {
                for index in 0..items.len() {
                    if self.here() {
                        items.remove(index);
                        return true;
                    }
                }
                items.iter_mut().any(|item| self.expression(item))
            }
            Expr::Await(inner) | Expr::Attribute(inner, _) => self.expression(inner),
            Expr::Literal(_) | Expr::Name(_) | Expr::Path(_) => false,
        }
    }
}
