//! What each instruction does to the number of operands, and where it can jump.

use crate::bytecode::op::{FormatSpec, FunctionParts, Keywords, Op, Target, TypeParam};

/// The change in the number of operands when the machine goes on with the next instruction.
pub fn effect(op: Op) -> i64 {
    let (pops, pushes) = operands(op);
    i64::from(pushes) - i64::from(pops)
}

/// The change in the number of operands when the instruction jumps.
pub fn jump_effect(op: Op) -> i64 {
    match op {
        Op::JumpIfFalseOrPop(_) | Op::JumpIfTrueOrPop(_) => 0,
        Op::ForIter(_) => -1,
        _ => effect(op),
    }
}

/// Where the instruction can jump.
pub fn target(op: Op) -> Option<Target> {
    match op {
        Op::Jump(target)
        | Op::PopJumpIfFalse(target)
        | Op::PopJumpIfTrue(target)
        | Op::PopJumpIfNone(target)
        | Op::PopJumpIfNotNone(target)
        | Op::JumpIfFalseOrPop(target)
        | Op::JumpIfTrueOrPop(target)
        | Op::ForIter(target) => Some(target),
        _ => None,
    }
}

/// The instruction with another place to jump to.
pub fn with_target(op: Op, to: Target) -> Op {
    match op {
        Op::Jump(_) => Op::Jump(to),
        Op::PopJumpIfFalse(_) => Op::PopJumpIfFalse(to),
        Op::PopJumpIfTrue(_) => Op::PopJumpIfTrue(to),
        Op::PopJumpIfNone(_) => Op::PopJumpIfNone(to),
        Op::PopJumpIfNotNone(_) => Op::PopJumpIfNotNone(to),
        Op::JumpIfFalseOrPop(_) => Op::JumpIfFalseOrPop(to),
        Op::JumpIfTrueOrPop(_) => Op::JumpIfTrueOrPop(to),
        Op::ForIter(_) => Op::ForIter(to),
        other => other,
    }
}

/// Does the next instruction never follow this one?
pub fn ends_flow(op: Op) -> bool {
    matches!(
        op,
        Op::Jump(_)
            | Op::Return
            | Op::Raise(_)
            | Op::Reraise
            | Op::ReraiseGroup
            | Op::ReraiseAtLine
    )
}

/// The numbers of operands that the instruction takes and leaves.
fn operands(op: Op) -> (u32, u32) {
    match op {
        Op::Nop | Op::Jump(_) => (0, 0),
        Op::Copy(n) => (n, n + 1),
        Op::Swap(n) => (n, n),
        Op::PushNull | Op::Const(_) | Op::Common(_) => (0, 1),
        Op::LoadLocal(_)
        | Op::TakeLocal(_)
        | Op::LoadClosure(_)
        | Op::LoadDeref(_)
        | Op::LoadClassDeref(_) => (0, 1),
        Op::LoadName(_) | Op::LoadGlobal(_) | Op::LoadNamespace => (0, 1),
        Op::StoreLocal(_)
        | Op::RestoreLocal(_)
        | Op::StoreDeref(_)
        | Op::StoreName(_)
        | Op::StoreGlobal(_)
        | Op::Pop => (1, 0),
        Op::DeleteLocal(_)
        | Op::MakeCell(_)
        | Op::DeleteDeref(_)
        | Op::DeleteName(_)
        | Op::DeleteGlobal(_) => (0, 0),
        Op::LoadFromDictOrDeref(_) | Op::LoadFromDictOrGlobal(_) => (1, 1),
        Op::LoadAttr(_) | Op::Unary(_) | Op::ListToTuple | Op::GetIter | Op::GetYieldFromIter => {
            (1, 1)
        }
        Op::StoreAttr(_) | Op::DeleteSubscript => (2, 0),
        Op::DeleteAttr(_) => (1, 0),
        Op::LoadMethod(_) => (1, 2),
        Op::Subscript
        | Op::Binary(_)
        | Op::InPlace(_)
        | Op::Compare(_)
        | Op::Is(_)
        | Op::Contains(_) => (2, 1),
        Op::StoreSubscript => (3, 0),
        Op::BuildSlice(n)
        | Op::BuildTuple(n)
        | Op::BuildList(n)
        | Op::BuildSet(n)
        | Op::BuildString(n) => (n, 1),
        Op::BuildMap(n) => (2 * n, 1),
        Op::ListAppend(n)
        | Op::SetAdd(n)
        | Op::ListExtend(n)
        | Op::SetUpdate(n)
        | Op::DictUpdate(n)
        | Op::DictMerge(n) => (n + 1, n),
        Op::MapAdd(n) => (n + 2, n),
        Op::Format(_, spec) => (1 + spec_operands(spec), 1),
        Op::BuildInterpolation(_, spec) => (2 + spec_operands(spec), 1),
        Op::BuildTemplate => (2, 1),
        Op::UnpackSequence(n) => (1, n),
        Op::UnpackEx { before, after } => (1, u32::from(before) + 1 + u32::from(after)),
        Op::PopJumpIfFalse(_)
        | Op::PopJumpIfTrue(_)
        | Op::PopJumpIfNone(_)
        | Op::PopJumpIfNotNone(_) => (1, 0),
        Op::JumpIfFalseOrPop(_) | Op::JumpIfTrueOrPop(_) => (1, 0),
        Op::ForIter(_) => (1, 2),
        Op::Call(n) | Op::CallKw(n, _) => (n + 1, 1),
        Op::CallEx(keywords) => (2 + u32::from(keywords == Keywords::Present), 1),
        Op::CallMethod(n) | Op::CallMethodKw(n, _) => (n + 2, 1),
        Op::MakeFunction(parts) => (1 + part_operands(parts), 1),
        Op::Return => (1, 0),
        Op::Yield => (1, 1),
        Op::GetAwaitable(_) | Op::GetAiter => (1, 1),
        Op::YieldFrom => (2, 1),
        Op::GetAnext => (1, 2),
        Op::EndAsyncFor => (2, 0),
        Op::Raise(n) => (n, 0),
        Op::Reraise | Op::ReraiseGroup | Op::ReraiseAtLine | Op::PopExcept => (1, 0),
        Op::PushExcInfo | Op::KeepLine => (1, 2),
        Op::MatchException => (2, 2),
        Op::MatchExceptionGroup => (2, 2),
        Op::PrepReraiseStar => (2, 1),
        Op::EnterWith(_) => (1, 2),
        Op::ExitWithNone => (1, 1),
        Op::ExitWithException => (3, 4),
        Op::ImportName(_) => (2, 1),
        Op::ImportFrom(_) => (1, 2),
        Op::ImportStar => (1, 0),
        Op::MatchSequence | Op::MatchMapping | Op::GetLen => (1, 2),
        Op::MatchKeys => (2, 3),
        Op::MatchClass(_) => (3, 1),
        Op::MakeTypeAlias => (3, 1),
        Op::MakeTypeParam(TypeParam::TypeVarBound) => (2, 1),
        Op::MakeTypeParam(_) => (1, 1),
        Op::SetTypeParamDefault => (2, 1),
        Op::SubscriptGeneric => (1, 1),
    }
}

fn spec_operands(spec: FormatSpec) -> u32 {
    u32::from(spec == FormatSpec::Present)
}

fn part_operands(parts: FunctionParts) -> u32 {
    [
        parts.defaults,
        parts.kw_defaults,
        parts.annotate,
        parts.closure,
    ]
    .into_iter()
    .map(u32::from)
    .sum()
}
