"""Classes that CPython has in C take no attributes, except from the module that makes them."""

import asyncio
import collections
import contextvars
import datetime
import decimal
import functools
import itertools
import operator
import queue
import re
import threading

CLASSES = [
    int,
    asyncio.Task,
    asyncio.Future,
    asyncio.Handle,
    asyncio.Lock,
    contextvars.Context,
    contextvars.Token,
    queue.SimpleQueue,
    queue.Queue,
    collections.deque,
    collections.OrderedDict,
    collections.defaultdict,
    collections.Counter,
    threading.Lock,
    threading.local,
    threading.Thread,
    functools.partial,
    itertools.count,
    operator.itemgetter,
    re.Pattern,
    datetime.datetime,
    decimal.Decimal,
    decimal.Context,
]

for cls in CLASSES:
    try:
        cls.note = "new"
    except TypeError as error:
        print(error)
    else:
        print(cls.__name__, "takes", cls.note)
        del cls.note
    try:
        del cls.missing
    except (AttributeError, TypeError) as error:
        print("   ", type(error).__name__, error)


class Named(asyncio.Future):
    pass


Named.note = "a class derived from one does"
print(Named.note)
print(datetime.timedelta.resolution, datetime.timezone.utc, datetime.time.max)
print(decimal.Context(prec=3).divide(decimal.Decimal(1), decimal.Decimal(3)))
print(contextvars.Token.MISSING)
