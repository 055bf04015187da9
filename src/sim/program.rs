//! The program as the kernel runs it: its body, and what is left of it when it ends. The order of the steps is library
//! Python (`stdlib/_run.py`), as `Python/pylifecycle.c`: Py_FinalizeEx has it.

use super::event::{Ending, Kind};
use super::options::Stdin;
use super::request::{Number, function};
use super::system::System;
use crate::vm::exit::Request;
use crate::vm::names;
use crate::vm::native::{NativeDef, Outcome};
use crate::vm::value::Value;

/// Functions for `_run`.
pub static FUNCTIONS: &[NativeDef] = &[
    function("execute_program", "name, /", Number::ExecuteProgram),
    function("program_warnings", "", Number::ProgramWarnings),
    function("program_arguments", "", Number::ProgramArguments),
    function("program_input", "", Number::ProgramInput),
    function("await_input", "", Number::AwaitInput),
    function("find_program", "loop, last_exc, /", Number::FindProgram),
    function("forget_program", "", Number::ForgetProgram),
    function("exiting", "status, /", Number::Exiting),
];

/// Runs the body of the program in the module of that name.
pub fn execute(sys: &mut System, request: &Request) -> Outcome {
    let code = sys.kernel.program.clone();
    let name = sys.argument(request, 0);
    let function = sys.vm.once(|vm| Ok(vm.program_function(&code, name).0))?;
    sys.vm.call(function, &[])
}

/// What Python warns about in the text of the program: tuples of message, file and line.
pub fn warnings(sys: &mut System, _: &Request) -> Outcome {
    let code = sys.kernel.program.clone();
    let mut all = Vec::with_capacity(code.warnings.len());
    for warning in &code.warnings {
        let message = sys.vm.str(&*warning.message);
        let file = sys.vm.str(&*code.source.name);
        all.push(
            sys.vm
                .tuple([message, file, Value::Int(warning.line.into())]),
        );
    }
    Ok(sys.vm.list(all))
}

/// What `sys.argv` is: the program's name and its arguments.
pub fn arguments(sys: &mut System, _: &Request) -> Outcome {
    let name = match &*sys.kernel.program.source.name {
        "<stdin>" => "-".to_owned(),
        name => name.to_owned(),
    };
    let texts = std::iter::once(name).chain(sys.kernel.options.arguments.clone());
    let all: Vec<Value> = texts.map(|text| sys.vm.str(text)).collect();
    Ok(sys.vm.list(all))
}

/// What standard input has, and whether more may follow; `None` where there is no standard input.
pub fn input(sys: &mut System, _: &Request) -> Outcome {
    let Some(Stdin { text, open }) = sys.kernel.options.stdin.clone() else {
        return Ok(Value::None);
    };
    let text = sys.vm.str(&*text);
    Ok(sys.vm.tuple([text, open.into()]))
}

/// The program wants what nobody has typed yet: the run ends here, and a longer one is made with what is typed.
pub fn await_input(sys: &mut System, _: &Request) -> Outcome {
    let message = "the program waits for a line of standard input";
    sys.kernel.end(Ending::Input, message.to_owned());
    Ok(Value::None)
}

/// The program's last event before the status of the run.
pub fn exiting(sys: &mut System, request: &Request) -> Outcome {
    let status = sys.vm.as_i64(sys.argument(request, 0)).unwrap_or(1) as i32;
    sys.log(Kind::Exit { status });
    sys.kernel.exit_status = Some(status);
    Ok(Value::None)
}

/// The first collection at the end finds what the library holds of the program, the loop of the policy, and what the
/// program's module and the exception that ended it lead to. In this order they go once they are garbage.
pub fn find(sys: &mut System, request: &Request) -> Outcome {
    let held = sys.argument(request, 0).id();
    let last = sys.argument(request, 1);
    let module = sys.vm.dict_get_name(sys.vm.modules, names::MAIN);
    if let Some(module) = module.and_then(Value::id) {
        let globals = sys.vm.heap.get(module).dict;
        sys.vm.renew_ages_of_program(held, globals, last);
    }
    Ok(Value::None)
}

/// Lets go of the program's module. What only its functions and objects hold among each other is garbage from then on
/// (`Python/pylifecycle.c`: finalize_modules).
pub fn forget(sys: &mut System, _: &Request) -> Outcome {
    sys.vm
        .dict_set_name(sys.vm.modules, names::MAIN, Value::None);
    sys.forget_handlers();
    Ok(Value::None)
}
