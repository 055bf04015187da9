"""Records go through a queue to a thread that writes them."""
import logging
import logging.config
import queue
import sys
import threading
from logging.handlers import MemoryHandler, QueueHandler, QueueListener

records = queue.Queue()
writer = logging.StreamHandler(sys.stdout)
writer.setFormatter(logging.Formatter("%(levelname)-7s %(threadName)s %(message)s"))
listener = QueueListener(records, writer)
log = logging.getLogger("app")
log.setLevel(logging.INFO)
log.propagate = False
log.addHandler(QueueHandler(records))


def work(number):
    log.info("job %d", number)
    try:
        1 / number
    except ZeroDivisionError:
        log.error("job %d failed", number, exc_info=False)


listener.start()
threads = [threading.Thread(target=work, args=(n,), name=f"worker-{n}") for n in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
listener.stop()

batch = logging.getLogger("batch")
batch.propagate = False
batch.addHandler(MemoryHandler(10, target=logging.StreamHandler(sys.stdout)))
batch.warning("kept")
print("nothing yet")
batch.error("now both")

logging.config.dictConfig({
    "version": 1,
    "formatters": {"short": {"format": "%(name)s|%(message)s"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "short"}},
    "root": {"handlers": ["out"], "level": "WARNING"},
})
logging.getLogger("new").warning("configured")
logging.getLogger("new").info("not shown")
