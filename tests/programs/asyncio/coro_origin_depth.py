import sys

async def work():
    pass

def make():
    return work()

for depth in (0, 1):
    sys.set_coroutine_origin_tracking_depth(depth)
    coroutine = make()
    print(depth, coroutine.cr_origin and [place[1:] for place in coroutine.cr_origin])
    coroutine.close()
try:
    sys.set_coroutine_origin_tracking_depth(-1)
except ValueError as error:
    print(error)
