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

/// What a stream says of itself.
const STREAM_MODE: &str = "\
def stream_mode(stream):
    told = stream.mode, stream.encoding, stream.closed, stream.name, stream.line_buffering
    return *told, stream.readable(), stream.writable()
";

/// Calls a function that sets an alarm; without a handler SIGALRM would end the program.
const WITH_ALARM: &str = "\
def with_alarm(function, *arguments):
    if signal.getsignal(signal.SIGALRM) is signal.SIG_DFL:
        signal.signal(signal.SIGALRM, on_signal)
    return function(*arguments)
";

const ALARM_AND_PAUSE: &str = "\
def alarm_and_pause(seconds):
    left = signal.alarm(seconds or 1)
    signal.pause()
    return left
";

/// Awaiting it yields what it is given, which may not be what tasks expect.
const YIELDING: &str = "\
class Yielding:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        return (yield self.value)
";

/// What asyncio takes for a future; it is done at once.
const LIKE_FUTURE: &str = "\
class LikeFuture:
    _asyncio_future_blocking = False

    def __init__(self, number):
        self.number = number

    def __await__(self):
        self._asyncio_future_blocking = True
        yield self
        return self.result()

    def __hash__(self):
        return 100 + self.number

    def add_done_callback(self, callback, *, context=None):
        asyncio.get_running_loop().call_soon(callback, self, context=context)

    def cancel(self, msg=None):
        print('cancel', self.number, msg)
        return self.number > 2

    def get_loop(self):
        return asyncio.get_running_loop()

    def result(self):
        return 6 // self.number
";

/// A loop whose clock jumps to the next timer.
const OWN_LOOP: &str = "\
class OwnLoop(asyncio.BaseEventLoop):
    def __init__(self):
        super().__init__()
        self._selector, self.now = self, 0.0

    def select(self, timeout):
        if timeout is None:
            raise RuntimeError('nothing left to wait for')
        self.now += timeout
        return []

    def time(self):
        return self.now

    def _process_events(self, events):
        pass

    def _write_to_self(self):
        pass
";

/// So many cancelled timers that a loop sweeps them.
const CROWD: &str = "\
def crowd(loop):
    timers = [loop.call_later(2, print, 'crowd', i) for i in range(120)]
    for timer in timers[3:]:
        timer.cancel()
";

/// The names of the program's functions that are being executed, from that of a coroutine outwards.
const WHERE: &str = "\
def where(coroutine):
    frame, names = coroutine.cr_frame, []
    while frame is not None:
        if frame.f_globals is globals():
            names.append(frame.f_code.co_name)
        frame = frame.f_back
    return coroutine.cr_running, names
";

/// What can be seen of a generator while a thread runs it: functions from it outwards, with their lines and variables.
const SEEN_ELSEWHERE: &str = "\
def seen_elsewhere(function, n):
    def inner(step):
        function(step)
        yield step
    generator = inner(n)
    thread = threading.Thread(target=next, args=(generator, None))
    thread.start()
    frame, seen = generator.gi_frame, []
    while frame is not None:
        if frame.f_globals is globals():
            found = [frame.f_code.co_name, frame.f_lineno]
            seen.append(found + sorted(name for name in frame.f_locals))
        frame = frame.f_back
    thread.join()
    return seen
";

/// What a function prints and gives, or raises.
const QUIET: &str = "\
def quiet(function, n):
    with contextlib.redirect_stdout(io.StringIO()) as told:
        try:
            result = function(n)
        except BaseException as e:
            result = repr(e)
    return told.getvalue(), result if isinstance(result, int) else str(type(result))
";

/// A process from its start to its end; what it prints comes between.
const JOINED: &str = "\
def joined(_, context, function, n):
    process = context.Process(target=function, args=(n,))
    before = process.exitcode, process.is_alive()
    process.start()
    process.join()
    return before, process.name, process.exitcode, process.is_alive(), len(multiprocessing.active_children())
";

const STOPPED: &str = "\
def stopped(_, context, how):
    process = context.Process(target=time.sleep, args=(60,), daemon=True)
    process.start()
    alive = process.is_alive(), process in multiprocessing.active_children()
    process.join(0)
    getattr(process, how)()
    process.join()
    return alive, process.exitcode, process.daemon
";

/// Numbers go to a process through one queue, and what it makes of them comes back through another.
const EXCHANGED: &str = "\
def serve(function, inner, numbers, answers):
    while (number := numbers.get()) is not None:
        answers.put(function(inner, number))

def exchanged(_, context, function, inner, numbers):
    to, back = context.Queue(), context.SimpleQueue()
    process = context.Process(target=serve, args=(function, inner, to, back))
    process.start()
    answers = []
    for number in numbers:
        to.put(number)
        answers.append(back.get())
    to.put(None)
    process.join()
    return answers, to.empty(), back.empty(), process.exitcode
";

/// A class of processes, and what is found when nothing is sent.
const ASKED: &str = "\
class Asked(multiprocessing.get_context('fork').Process):
    def run(self):
        print('run', self.name, multiprocessing.parent_process() is not None)
        super().run()

def asked(_, context, function, n):
    process = Asked(target=function, args=(n,), name='asked')
    process.start()
    process.join()
    try:
        context.Queue().get(timeout=0.01)
    except Exception as e:
        return process.exitcode, type(e).__name__
";

/// A worker that ends for good breaks its pool.
const BREAK_POOL: &str = "\
def break_pool(_, context, status):
    told = []
    with concurrent.futures.ProcessPoolExecutor(1, context) as pool:
        for function in os._exit, abs:
            try:
                told.append(pool.submit(function, status).result())
            except Exception as e:
                told.append((type(e).__name__, str(e)))
    return str(told)
";

/// Each process counts for itself.
const COUNTED: &str = "\
count = 0

def counted():
    global count
    count += 1
    return count
";

const IS_PARENT_KNOWN: &str = "\
def is_parent_known():
    return multiprocessing.parent_process() is not None
";

/// A variable of contexts.
const SHADE: &str = "\
shade = contextvars.ContextVar('shade', default=0)
";

/// A token that is used a second time, and one that is used elsewhere.
const SHADE_TWICE: &str = "\
def shade_twice(n):
    told, token = [], shade.set(n)
    for reset in shade.reset, contextvars.copy_context().run:
        for arguments in (token,), (shade.reset, token):
            try:
                told.append(reset(*arguments))
            except Exception as e:
                told.append(type(e).__name__)
    return told
";

const REENTER: &str = "\
def reenter(context):
    return context.run(context.run, abs, -1)
";

/// Ways to send this process a signal.
const BY_KILL: &str = "\
def by_kill(number):
    os.kill(os.getpid(), number)
";

const BY_THREAD: &str = "\
def by_thread(number):
    signal.pthread_kill(threading.get_ident(), number)
";

const SIGNAL_SELF: &str = "\
def signal_self(send, number):
    before = signal.signal(number, on_signal)
    send(number)
    signal.signal(number, before)
";

/// A signal that is waited for while it is held back.
const HELD_SIGNAL: &str = "\
def held_signal(send, number):
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [number])
    send(number)
    pending = number in signal.sigpending()
    got = signal.sigwait([number])
    signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return pending, got
";

/// The helpers by their names; those that others use come behind these.
pub const HELPERS: [(&str, &str); 33] = [
    ("brief", BRIEF),
    ("outline", OUTLINE),
    ("report", REPORT),
    ("refuse", REFUSE),
    ("ToldTask", TOLD_TASK),
    ("told_factory", TOLD_FACTORY),
    ("hook", HOOK),
    ("waited", WAITED),
    ("stream_mode", STREAM_MODE),
    ("with_alarm", WITH_ALARM),
    ("signal_self", SIGNAL_SELF),
    ("held_signal", HELD_SIGNAL),
    ("by_kill", BY_KILL),
    ("by_thread", BY_THREAD),
    ("reenter", REENTER),
    ("shade_twice", SHADE_TWICE),
    ("shade", SHADE),
    ("on_signal", ON_SIGNAL),
    ("alarm_and_pause", ALARM_AND_PAUSE),
    ("Yielding", YIELDING),
    ("LikeFuture", LIKE_FUTURE),
    ("OwnLoop", OWN_LOOP),
    ("crowd", CROWD),
    ("where", WHERE),
    ("seen_elsewhere", SEEN_ELSEWHERE),
    ("quiet", QUIET),
    ("joined", JOINED),
    ("stopped", STOPPED),
    ("exchanged", EXCHANGED),
    ("asked", ASKED),
    ("break_pool", BREAK_POOL),
    ("counted", COUNTED),
    ("is_parent_known", IS_PARENT_KNOWN),
];
