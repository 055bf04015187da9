//! Operators: the dispatch between built-in operands and special methods (`Objects/abstract.c`: binary_op1,
//! PyNumber_InPlaceAdd …; `Objects/object.c`: do_richcompare).

use super::class;
use super::machine::Vm;
use super::names;
use super::native::{NativeCode, Outcome};
use super::object::Payload;
use super::value::{Id, Value};
use super::{compare, number, sequence};
use crate::bytecode::op::{BinaryOp, CompareOp, UnaryOp};

impl Vm {
    /// `left op right`
    pub fn binary(&mut self, op: BinaryOp, left: Value, right: Value) -> Outcome {
        let (a, b) = (self.class_of(left), self.class_of(right));
        if self.is_builtin(a) && self.is_builtin(b) {
            if let Some(value) = self.binary_builtin(op, left, right)? {
                return Ok(value);
            }
        } else if let Some(value) = self.binary_special(op, (left, a), (right, b))? {
            return Ok(value);
        }
        self.unsupported_operands(symbol(op), left, right)
    }

    /// `left op= right`, which gives the new value of the target.
    pub fn in_place(&mut self, op: BinaryOp, left: Value, right: Value) -> Outcome {
        let class = self.class_of(left);
        if self.is_builtin(class) {
            if let Some(value) = self.reflected_before_sequence(op, left, right)? {
                return Ok(value);
            }
            if let Some(value) = sequence::in_place(self, op, left, right)? {
                return Ok(value);
            }
        } else if let Some(method) = self.special(class, in_place_name(op)) {
            let value = self.call_special(method, left, &[right])?;
            if !matches!(value, Value::NotImplemented) {
                return Ok(value);
            }
        }
        let (a, b) = (class, self.class_of(right));
        let value = match self.is_builtin(a) && self.is_builtin(b) {
            true => self.binary_builtin(op, left, right)?,
            false => self.binary_special(op, (left, a), (right, b))?,
        };
        match value {
            Some(value) => Ok(value),
            None => self.unsupported_operands(&format!("{}=", symbol(op)), left, right),
        }
    }

    /// `list += right` and `list *= right` ask the right side's own `__radd__` and `__rmul__` first, since lists have
    /// no numeric slots (`Objects/abstract.c`: PyNumber_InPlaceAdd).
    fn reflected_before_sequence(
        &mut self,
        op: BinaryOp,
        left: Value,
        right: Value,
    ) -> Outcome<Option<Value>> {
        let class = self.class_of(right);
        let is_sequence =
            [class::LIST, class::BYTEARRAY, class::DEQUE].contains(&self.class_of(left));
        let has_slot = matches!(op, BinaryOp::Add | BinaryOp::Mul);
        if !is_sequence || !has_slot || self.is_builtin(class) {
            return Ok(None);
        }
        let Some(method) = self.special(class, special_names(op).1) else {
            return Ok(None);
        };
        let value = self.call_special(method, right, &[left])?;
        Ok(Some(value).filter(|value| !matches!(value, Value::NotImplemented)))
    }

    /// Unary `-`, `+`, `~`, `not`.
    pub fn unary(&mut self, op: UnaryOp, operand: Value) -> Outcome {
        if op == UnaryOp::Not {
            return Ok(Value::Bool(!self.truth(operand)?));
        }
        let class = self.class_of(operand);
        if op == UnaryOp::Invert && matches!(operand, Value::Bool(_)) {
            self.helper("warn_inverted_bool", &[])?;
        }
        if self.is_builtin(class)
            && let Some(value) = number::unary(self, op, operand)?
        {
            return Ok(value);
        }
        let (name, sign) = match op {
            UnaryOp::Neg => (names::NEG, "-"),
            UnaryOp::Pos => (names::POS, "+"),
            UnaryOp::Invert | UnaryOp::Not => (names::INVERT, "~"),
        };
        match self.special(class, name) {
            Some(method) => self.call_special(method, operand, &[]),
            None => self.type_error(format!(
                "bad operand type for unary {sign}: '{}'",
                self.class_name(operand)
            )),
        }
    }

    /// A rich comparison; the result need not be a bool.
    pub fn compare(&mut self, op: CompareOp, left: Value, right: Value) -> Outcome {
        let (a, b) = (self.class_of(left), self.class_of(right));
        if self.is_builtin(a) && self.is_builtin(b) {
            if let Some(value) = compare::builtin(self, op, left, right)? {
                return Ok(value.into());
            }
        } else if let Some(value) = self.compare_special(op, (left, a), (right, b))? {
            return Ok(value);
        }
        match op {
            CompareOp::Eq => Ok(left.is(right).into()),
            CompareOp::Ne => Ok((!left.is(right)).into()),
            _ => {
                let (l, r) = (self.class_name(left), self.class_name(right));
                let message = format!(
                    "'{}' not supported between instances of '{l}' and '{r}'",
                    compare_symbol(op)
                );
                self.type_error(message)
            }
        }
    }

    /// `left is right or left == right`, as containers compare.
    pub fn eq(&mut self, left: Value, right: Value) -> Outcome<bool> {
        if left.is(right) {
            return Ok(true);
        }
        let result = self.compare(CompareOp::Eq, left, right)?;
        self.truth(result)
    }

    /// `left < right` as a bool.
    pub fn lt(&mut self, left: Value, right: Value) -> Outcome<bool> {
        let result = self.compare(CompareOp::Lt, left, right)?;
        self.truth(result)
    }

    /// Is the class one of those that the machine brings along? Their special methods cannot be overridden.
    #[inline]
    pub fn is_builtin(&self, class: Id) -> bool {
        (class.0 as usize) <= class::BUILTIN.len()
    }

    /// What a class defines for a special method.
    pub fn special(&self, class: Id, name: Value) -> Option<Value> {
        self.lookup(class, name).filter(|found| !found.is_none())
    }

    /// Is what a class defines an object of Python code's, rather than one of our built-in functions?
    pub(super) fn is_written_in_python(&self, found: Value) -> bool {
        let content = self.heap.content(found);
        content.is_some_and(|content| !matches!(content, Payload::Native(_)))
    }

    /// Calls a special method found on the class of `receiver`: built-in ones at once, Python ones by asking.
    pub fn call_special(&mut self, method: Value, receiver: Value, arguments: &[Value]) -> Outcome {
        let with_receiver = || {
            let mut all = vec![receiver];
            all.extend_from_slice(arguments);
            all
        };
        match self.heap.content(method) {
            Some(Payload::Native(native)) if matches!(native.def.code, NativeCode::Plain(_)) => {
                let native = native.clone();
                return self.call_native(&native, &with_receiver(), &[]);
            }
            // A bound method would hold the receiver longer than the instruction's operands do.
            Some(Payload::Function(_)) => return self.call(method, &with_receiver()),
            _ => {}
        }
        let bound = self.bind(method, receiver)?;
        self.call(bound, arguments)
    }

    fn binary_builtin(
        &mut self,
        op: BinaryOp,
        left: Value,
        right: Value,
    ) -> Outcome<Option<Value>> {
        match number::binary(self, op, left, right)? {
            Some(value) => Ok(Some(value)),
            None => sequence::binary(self, op, left, right),
        }
    }

    /// The protocol of `__add__` and `__radd__`: the right operand goes first if its class derives from the left one's
    /// and defines the reflected method otherwise.
    fn binary_special(
        &mut self,
        op: BinaryOp,
        left: (Value, Id),
        right: (Value, Id),
    ) -> Outcome<Option<Value>> {
        let (name, reflected) = special_names(op);
        let forward = self.special(left.1, name);
        let backward = if left.1 == right.1 {
            None
        } else {
            self.special(right.1, reflected)
        };
        let inherited = self.special(left.1, reflected);
        let right_first = left.1 != right.1
            && self.is_subclass(right.1, left.1)
            && backward.is_some_and(|b| !inherited.is_some_and(|i| i.is(b)));
        let forward = forward.map(|method| (method, left.0, right.0));
        let backward = backward.map(|method| (method, right.0, left.0));
        let attempts = if right_first {
            [backward, forward]
        } else {
            [forward, backward]
        };
        for (method, receiver, argument) in attempts.into_iter().flatten() {
            let value = self.call_special(method, receiver, &[argument])?;
            if !matches!(value, Value::NotImplemented) {
                return Ok(Some(value));
            }
        }
        // Instances of subclasses of built-in classes without methods of their own behave as the built-in ones do.
        self.binary_builtin(op, left.0, right.0)
    }

    fn compare_special(
        &mut self,
        op: CompareOp,
        left: (Value, Id),
        right: (Value, Id),
    ) -> Outcome<Option<Value>> {
        let forward = self
            .special(left.1, compare_name(op))
            .map(|m| (m, left.0, right.0));
        let backward = self
            .special(right.1, compare_name(swapped(op)))
            .map(|m| (m, right.0, left.0));
        let right_first = left.1 != right.1 && self.is_subclass(right.1, left.1);
        let attempts = if right_first {
            [backward, forward]
        } else {
            [forward, backward]
        };
        for (method, receiver, argument) in attempts.into_iter().flatten() {
            let value = self.call_special(method, receiver, &[argument])?;
            if !matches!(value, Value::NotImplemented) {
                return Ok(Some(value));
            }
        }
        Ok(None)
    }

    fn unsupported_operands(&mut self, symbol: &str, left: Value, right: Value) -> Outcome {
        let (l, r) = (self.class_name(left), self.class_name(right));
        let symbol = if symbol == "**" {
            "** or pow()"
        } else {
            symbol
        };
        let message = match sequence::concatenation_error(self, symbol, left, right) {
            Some(message) => message,
            None => format!("unsupported operand type(s) for {symbol}: '{l}' and '{r}'"),
        };
        self.type_error(message)
    }
}

/// The operator as a program writes it.
pub fn symbol(op: BinaryOp) -> &'static str {
    match op {
        BinaryOp::Add => "+",
        BinaryOp::Sub => "-",
        BinaryOp::Mul => "*",
        BinaryOp::Div => "/",
        BinaryOp::FloorDiv => "//",
        BinaryOp::Mod => "%",
        BinaryOp::Pow => "**",
        BinaryOp::MatMul => "@",
        BinaryOp::LShift => "<<",
        BinaryOp::RShift => ">>",
        BinaryOp::And => "&",
        BinaryOp::Or => "|",
        BinaryOp::Xor => "^",
    }
}

fn compare_symbol(op: CompareOp) -> &'static str {
    match op {
        CompareOp::Eq => "==",
        CompareOp::Ne => "!=",
        CompareOp::Lt => "<",
        CompareOp::Le => "<=",
        CompareOp::Gt => ">",
        CompareOp::Ge => ">=",
    }
}

/// The comparison that holds with the operands exchanged.
pub fn swapped(op: CompareOp) -> CompareOp {
    match op {
        CompareOp::Eq | CompareOp::Ne => op,
        CompareOp::Lt => CompareOp::Gt,
        CompareOp::Le => CompareOp::Ge,
        CompareOp::Gt => CompareOp::Lt,
        CompareOp::Ge => CompareOp::Le,
    }
}

fn compare_name(op: CompareOp) -> Value {
    match op {
        CompareOp::Eq => names::EQ,
        CompareOp::Ne => names::NE,
        CompareOp::Lt => names::LT,
        CompareOp::Le => names::LE,
        CompareOp::Gt => names::GT,
        CompareOp::Ge => names::GE,
    }
}

fn special_names(op: BinaryOp) -> (Value, Value) {
    match op {
        BinaryOp::Add => (names::ADD, names::RADD),
        BinaryOp::Sub => (names::SUB, names::RSUB),
        BinaryOp::Mul => (names::MUL, names::RMUL),
        BinaryOp::Div => (names::TRUEDIV, names::RTRUEDIV),
        BinaryOp::FloorDiv => (names::FLOORDIV, names::RFLOORDIV),
        BinaryOp::Mod => (names::MOD, names::RMOD),
        BinaryOp::Pow => (names::POW, names::RPOW),
        BinaryOp::MatMul => (names::MATMUL, names::RMATMUL),
        BinaryOp::LShift => (names::LSHIFT, names::RLSHIFT),
        BinaryOp::RShift => (names::RSHIFT, names::RRSHIFT),
        BinaryOp::And => (names::AND, names::RAND),
        BinaryOp::Or => (names::OR, names::ROR),
        BinaryOp::Xor => (names::XOR, names::RXOR),
    }
}

fn in_place_name(op: BinaryOp) -> Value {
    match op {
        BinaryOp::Add => names::IADD,
        BinaryOp::Sub => names::ISUB,
        BinaryOp::Mul => names::IMUL,
        BinaryOp::Div => names::ITRUEDIV,
        BinaryOp::FloorDiv => names::IFLOORDIV,
        BinaryOp::Mod => names::IMOD,
        BinaryOp::Pow => names::IPOW,
        BinaryOp::MatMul => names::IMATMUL,
        BinaryOp::LShift => names::ILSHIFT,
        BinaryOp::RShift => names::IRSHIFT,
        BinaryOp::And => names::IAND,
        BinaryOp::Or => names::IOR,
        BinaryOp::Xor => names::IXOR,
    }
}
