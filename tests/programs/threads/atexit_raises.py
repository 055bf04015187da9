"""Functions registered with atexit, of which one raises, around threads and a pool."""

import atexit, threading, time, concurrent.futures
def bye(n): print("bye", n, threading.current_thread().name)
atexit.register(bye, 1)
@atexit.register
def f(): print("f"); raise ValueError("in exit")
def g(): time.sleep(0.5); print("thread ends")
threading.Thread(target=g).start()
d = threading.Thread(target=lambda: (time.sleep(9), print("never")), daemon=True); d.start()
ex = concurrent.futures.ThreadPoolExecutor(2)
fs = [ex.submit(lambda i=i: (time.sleep(0.2), print("job", i))) for i in range(3)]
atexit.register(bye, 2); atexit.unregister(bye); atexit.register(bye, 3)
print("end of main")
