"""Mocks: what they return, what they record, and what they take the place of."""

import os
import re
import time
import unittest
from unittest.mock import (
    ANY, DEFAULT, MagicMock, Mock, NonCallableMock, PropertyMock, call, create_autospec, mock_open, patch, seal, sentinel,
)


def show(value):
    print(re.sub(r" id='\d+'", "", repr(value)))


def fails(function, *args, **kwargs):
    try:
        show(function(*args, **kwargs))
    except Exception as error:
        print(type(error).__name__, "|", re.sub(r" id='\d+'", "", str(error)))


class Shop:
    name = "corner"

    def __init__(self, owner, size=3):
        self.owner = owner

    def sell(self, thing, price=1):
        return f"{thing} for {price}"

    @staticmethod
    def tax(price):
        return price * 0.2

    @property
    def open(self):
        return True


def total(a, b, *, tax=0):
    return a + b + tax


# Results, side effects and records.
mock = Mock(return_value=3)
print(mock(1, key="x"), mock.called, mock.call_count, mock.call_args, mock.call_args.kwargs)
mock.assert_called_once_with(1, key="x")
fails(mock.assert_called_with, 2)
mock(ANY)
fails(mock.assert_called_once)
fails(mock.assert_not_called)
fails(mock.assert_any_call, 7)
fails(mock.assert_has_calls, [call(2), call(1, key="x")])
fails(mock.assert_has_calls, [call(2), call(3)], any_order=True)
effects = Mock(side_effect=[1, KeyError("gone"), DEFAULT], return_value="default")
for _ in range(4):
    fails(effects)
print(Mock(side_effect=lambda text: text.upper())("loud"))

# Children and names.
root = Mock(name="root")
root.first.second(1)
root.first().third(2)
root(3)
show(root.mock_calls)
show(root.method_calls)
show(root.first().third)
show(Mock())
show(root.mock_calls == [call.first.second(1), call.first(), call.first().third(2), call(3)])
show(call.a(1).b(2).call_list())
root.reset_mock()
show((root.mock_calls, root.called))
manager = Mock()
manager.attach_mock(Mock(), "left")
manager.left(1)
show(manager.mock_calls)
fails(lambda: root.assert_caled_with)
fails(lambda: root.called_once_with(3))

# Specifications.
spec = Mock(spec=Shop)
show((spec, isinstance(spec, Shop), spec.sell(1)))
fails(lambda: spec.steal)
fails(setattr, Mock(spec_set=Shop), "stolen", 1)
auto = create_autospec(Shop)
show(auto)
shop = auto("Ann")
fails(auto)
fails(shop.sell)
show(shop.sell("bread", price=2))
shop.sell.assert_called_once_with("bread", 2)
fails(shop.sell.assert_called_once_with, "milk", 2)
fails(lambda: shop.steal())
checked = create_autospec(total, return_value=10)
print(checked(1, 2), checked(1, b=2, tax=3), checked.call_count, checked.__name__)
fails(checked, 1)
fails(checked, 1, 2, vat=3)
show(checked.mock_calls)
fails(NonCallableMock())
wrapped = Mock(wraps=Shop("Bob"))
print(wrapped.sell("tea"), wrapped.mock_calls)
tree = Mock(**{"leaf.return_value": 5, "root.side_effect": OSError("dry"), "age": 9})
print(tree.leaf(), tree.age)
fails(tree.root)
del tree.age
print(hasattr(tree, "age"))
seal(tree)
fails(lambda: tree.branch)

# Special methods.
magic = MagicMock()
print(len(magic), int(magic), list(magic), 3 in magic, bool(magic), magic == magic, magic == 3)
show(magic["key"] + 1)
magic.__len__.return_value = 4
magic.__iter__.return_value = iter("ab")
magic.__getitem__.side_effect = lambda key: key * 2
print(len(magic), list(magic), magic[21])
with magic as entered:
    show(entered)
magic.__str__.return_value = "a text"
print(f"{magic}")
plain = Mock()
plain.__len__ = lambda self: 11
print(len(plain))
fails(lambda: len(Mock()))

# Patches.
with patch("time.time", return_value=42.0) as now:
    print(time.time(), now.mock_calls)


@patch.object(Shop, "tax", return_value=0)
@patch("os.getpid", return_value=7)
def decorated(getpid, tax, extra="none"):
    return os.getpid(), Shop("x").tax(100), getpid.called, extra


print(decorated(), decorated(extra="some"), Shop.tax(10))
with patch.dict("os.environ", {"COLOR": "red"}, clear=True):
    print(dict(os.environ))
settings = {"a": 1}
with patch.dict(settings, b=2):
    print(settings)
print(settings)
with patch.object(Shop, "open", new_callable=PropertyMock, return_value=False) as prop:
    print(Shop("z").open, prop.mock_calls)
with patch.multiple(Shop, name="patched", sell=DEFAULT) as mocks:
    print(Shop.name, list(mocks), Shop("y").sell is mocks["sell"])
with patch(f"{__name__}.total", autospec=True) as patched:
    patched.return_value = "patched"
    print(total(1, 2))
    fails(total)
with patch("builtins.input", side_effect=["first", "second"]):
    print(input("? "), input())
with patch("builtins.open", mock_open(read_data="one\ntwo\n")) as opened:
    with open("notes.txt") as file:
        print(file.readline(), list(file))
    print(opened.mock_calls[0])
writing = mock_open()
with patch("builtins.open", writing), open("out.txt", "w") as file:
    file.write("line")
writing().write.assert_called_once_with("line")
fails(patch("time.nothing").start)
fails(patch.object(Shop, "nothing").start)
fails(patch, "nodots")
started = patch("time.sleep")
show(started.start())
time.sleep(1000)
patch.stopall()
print(sentinel.token, sentinel.token is sentinel.token, repr(ANY))


@patch(f"{__name__}.total")
class TestWithPatch(unittest.TestCase):
    def setUp(self):
        patcher = patch.object(Shop, "name", "mocked")
        patcher.start()
        self.addCleanup(patcher.stop)

    def test_patched(self, mocked):
        total(1)
        mocked.assert_called_once_with(1)
        self.assertEqual(Shop.name, "mocked")

    def helper(self):
        return total


print(unittest.TextTestRunner(verbosity=0).run(unittest.defaultTestLoader.loadTestsFromTestCase(TestWithPatch)))
