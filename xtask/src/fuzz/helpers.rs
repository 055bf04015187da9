//! Functions and classes that generated programs use by name, as Python source.

/// A value reduced to what is the same in every run: no addresses, names for tasks.
const BRIEF: &str = "\
def brief(x):
    if hasattr(x, 'get_name'):
        return x.get_name()
    if isinstance(x, (list, tuple, set)):
        return [brief(y) for y in x]
    if x is None or isinstance(x, (int, float, str, BaseException)):
        return x
    return type(x).__name__
";

/// A drawn call graph without places.
const OUTLINE: &str = "\
def outline(text):
    return [line.rsplit(', in ', 1)[-1] for line in (text or '').splitlines()]
";

/// An exception handler for loops.
const REPORT: &str = "\
def report(loop, context):
    print('told', sorted(context), context['message'], repr(context.get('exception')))
";

/// One that fails.
const REFUSE: &str = "\
def refuse(loop, context):
    raise RuntimeError('handler')
";

const TOLD_TASK: &str = "\
class ToldTask(asyncio.Task):
    def cancel(self, msg=None):
        print('cancel', self.get_name(), msg)
        return super().cancel(msg)
";

const TOLD_FACTORY: &str = "\
def told_factory(loop, coro, **options):
    print('factory', coro.__name__, sorted(options))
    return asyncio.Task(coro, loop=loop, **options)
";

/// An excepthook for threads.
const HOOK: &str = "\
def hook(args):
    print('hook', args.exc_type.__name__, args.exc_value, args.thread and args.thread.name)
";

const ON_SIGNAL: &str = "\
def on_signal(number, frame):
    print('signal', number)
";

/// Waits for a signal that is there already.
const WAITED: &str = "\
def waited(wait, number):
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [number])
    signal.raise_signal(number)
    got = wait([number])
    signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return getattr(got, 'si_signo', got)
";

/// The helpers by their names.
pub const HELPERS: [(&str, &str); 9] = [
    ("brief", BRIEF),
    ("outline", OUTLINE),
    ("report", REPORT),
    ("refuse", REFUSE),
    ("ToldTask", TOLD_TASK),
    ("told_factory", TOLD_FACTORY),
    ("hook", HOOK),
    ("on_signal", ON_SIGNAL),
    ("waited", WAITED),
];
