"""Asynchronous programs: coroutines, tasks and the event loop."""

from . import base_events, coroutines, events, exceptions, futures, graph, locks, protocols
from . import queues, runners, taskgroups, tasks
from . import threads, timeouts, transports, unix_events
from .base_events import *
from .coroutines import *
from .events import *
from .exceptions import *
from .futures import *
from .graph import *
from .locks import *
from .protocols import *
from .queues import *
from .runners import *
from .taskgroups import *
from .tasks import *
from .threads import *
from .timeouts import *
from .transports import *
from .unix_events import *

__all__ = (base_events.__all__ + coroutines.__all__ + events.__all__ + exceptions.__all__ + futures.__all__
           + graph.__all__ + locks.__all__ + protocols.__all__ + runners.__all__ + queues.__all__ + tasks.__all__
           + taskgroups.__all__ + threads.__all__ + timeouts.__all__ + transports.__all__ + unix_events.__all__)

# What needs an operating system: streams, transports and protocols, subprocesses.
_REFUSED = frozenset((
    "StreamReader", "StreamWriter", "StreamReaderProtocol", "open_connection", "start_server", "open_unix_connection",
    "start_unix_server", "create_subprocess_exec", "create_subprocess_shell", "subprocess", "streams", "sslproto"))


def __getattr__(name):
    if name in _REFUSED:
        import _loopscope
        _loopscope.unsupported(f"asyncio.{name}")
    if name in ("AbstractEventLoopPolicy", "DefaultEventLoopPolicy"):
        import _warnings
        import warnings
        _warnings._check_modules()      # at the end CPython cannot import it any more
        warnings._deprecated(f"asyncio.{name}", remove=(3, 16))
        if name == "AbstractEventLoopPolicy":
            return events._AbstractEventLoopPolicy
        return unix_events._DefaultEventLoopPolicy
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
