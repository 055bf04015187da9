"""Handlers that pass records on: to a queue, from a queue, in batches. Those for files and networks are refused."""

import copy
import logging
import queue
import threading

DEFAULT_TCP_LOGGING_PORT, DEFAULT_UDP_LOGGING_PORT, DEFAULT_HTTP_LOGGING_PORT = 9020, 9021, 9022


class QueueHandler(logging.Handler):
    """Puts records into a queue, so that another thread can deal with them."""

    def __init__(self, queue):
        logging.Handler.__init__(self)
        self.queue = queue
        self.listener = None

    def enqueue(self, record):
        """Puts the record into the queue."""
        self.queue.put_nowait(record)

    def prepare(self, record):
        """The record with its text made, so that it does not depend on what changes later."""
        text = self.format(record)
        record = copy.copy(record)
        record.message = record.msg = text
        record.args = record.exc_info = record.exc_text = record.stack_info = None
        return record

    def emit(self, record):
        try:
            self.enqueue(self.prepare(record))
        except Exception:
            self.handleError(record)


class QueueListener:
    """Takes records from a queue, in a thread of its own, and gives them to handlers."""

    _sentinel = None

    def __init__(self, queue, *handlers, respect_handler_level=False):
        self.queue = queue
        self.handlers = handlers
        self._thread = None
        self.respect_handler_level = respect_handler_level

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        self.stop()

    def dequeue(self, block):
        """The next record."""
        return self.queue.get(block)

    def start(self):
        """Starts the thread."""
        if self._thread is not None:
            raise RuntimeError("Listener already started")
        self._thread = thread = threading.Thread(target=self._monitor)
        thread.daemon = True
        thread.start()

    def prepare(self, record):
        return record

    def handle(self, record):
        """Gives a record to the handlers."""
        record = self.prepare(record)
        for handler in self.handlers:
            if not self.respect_handler_level or record.levelno >= handler.level:
                handler.handle(record)

    def _monitor(self):
        source = self.queue
        counts_tasks = hasattr(source, "task_done")
        while True:
            try:
                record = self.dequeue(True)
                if record is not self._sentinel:
                    self.handle(record)
                if counts_tasks:
                    source.task_done()
                if record is self._sentinel:
                    break
            except queue.Empty:
                break

    def enqueue_sentinel(self):
        """Puts what ends the thread into the queue."""
        self.queue.put_nowait(self._sentinel)

    def stop(self):
        """Ends the thread when all records before are dealt with."""
        if self._thread:
            self.enqueue_sentinel()
            self._thread.join()
            self._thread = None


class BufferingHandler(logging.Handler):
    """Keeps records until there are enough."""

    def __init__(self, capacity):
        logging.Handler.__init__(self)
        self.capacity = capacity
        self.buffer = []

    def shouldFlush(self, record):
        return len(self.buffer) >= self.capacity

    def emit(self, record):
        self.buffer.append(record)
        if self.shouldFlush(record):
            self.flush()

    def flush(self):
        with self.lock:
            self.buffer.clear()

    def close(self):
        try:
            self.flush()
        finally:
            logging.Handler.close(self)


class MemoryHandler(BufferingHandler):
    """Keeps records until there are enough, or one is grave, and then gives them to another handler."""

    def __init__(self, capacity, flushLevel=logging.ERROR, target=None, flushOnClose=True):
        BufferingHandler.__init__(self, capacity)
        self.flushLevel = flushLevel
        self.target = target
        self.flushOnClose = flushOnClose

    def shouldFlush(self, record):
        return len(self.buffer) >= self.capacity or record.levelno >= self.flushLevel

    def setTarget(self, target):
        with self.lock:
            self.target = target

    def flush(self):
        with self.lock:
            if self.target:
                for record in self.buffer:
                    self.target.handle(record)
                self.buffer.clear()

    def close(self):
        try:
            if self.flushOnClose:
                self.flush()
        finally:
            with self.lock:
                self.target = None
                BufferingHandler.close(self)


_ABSENT = {
    "RotatingFileHandler", "TimedRotatingFileHandler", "BaseRotatingHandler", "WatchedFileHandler", "SocketHandler",
    "DatagramHandler", "SysLogHandler", "NTEventLogHandler", "SMTPHandler", "HTTPHandler",
}


def __getattr__(name):
    if name in _ABSENT:
        from _loopscope import unsupported

        unsupported(f"logging.handlers.{name}: programs have neither files nor networks")
    raise AttributeError(f"module 'logging.handlers' has no attribute {name!r}")
