"""Bytes to objects: a machine with a stack and a memo that carries out the instructions of a pickle."""

import sys
from _loopscope import c_type, unsupported
from _pickle import _opcodes
from _pickle._errors import UnpicklingError
from _pickle._globals import new_name, resolved
from _struct import bits_to_float

HIGHEST_PROTOCOL = 5



@c_type
class Unpickler:
    """Reads objects from a file."""

    __module__ = "_pickle"

    def __init__(self, file, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
        for name in ("read", "readline"):
            if not hasattr(file, name):
                raise TypeError("file must have 'read', 'readinto' and 'readline' attributes")
        self._start(file, fix_imports, encoding, errors)

    def _start(self, file, fix_imports, encoding, errors):
        self._file = file
        self._fix_imports, self._encoding, self._errors = fix_imports, encoding, errors
        self._memo = {}
        self._protocol = 0

    @property
    def memo(self):
        return dict(self._memo)

    def load(self):
        """The next object of the file."""
        if not hasattr(self, "_file"):
            raise UnpicklingError(f"Unpickler.__init__() was not called by {type(self).__name__}.__init__()")
        # The items since the last mark, and before them those of the outer marks.
        self._stack, self._outer = [], []
        read = self._file.read
        while True:
            code = read(1)
            if not code:
                raise EOFError("Ran out of input")
            instruction = _INSTRUCTIONS.get(code)
            if instruction is None:
                shown = f"'{code.decode()}'" if 32 <= code[0] < 127 else f"'\\x{code[0]:02x}'"
                raise UnpicklingError(f"invalid load key, {shown}.")
            if code == b".":
                return self._pop()
            instruction(self)

    def find_class(self, module_name, global_name, /):
        """The class or function of that name."""
        if self._protocol < 3 and self._fix_imports:
            module_name, global_name = new_name(module_name, global_name)
        __import__(module_name, level=0)
        module = sys.modules[module_name]
        if self._protocol < 4 or "." not in global_name:
            if hasattr(module, global_name):
                return getattr(module, global_name)
            raise AttributeError(f"module '{module.__name__}' has no attribute '{global_name}'")
        try:
            return resolved(module, global_name.split("."))[0]
        except AttributeError:
            raise AttributeError(f"Can't resolve path '{global_name}' on module {module.__name__!r}") from None

    def persistent_load(self, pid, /):
        raise UnpicklingError(
            "A load persistent id instruction was encountered, but no persistent_load function was specified."
        )

    # Input

    def _read(self, size):
        data = self._file.read(size)
        if len(data) < size:
            raise UnpicklingError("pickle data was truncated")
        return data

    def _number(self, size):
        return int.from_bytes(self._read(size), "little")

    def _line(self):
        line = self._file.readline()
        if not line:
            raise EOFError("Ran out of input")
        if not line.endswith(b"\n"):
            raise UnpicklingError("pickle data was truncated")
        return line[:-1]

    # Stack

    def _push(self, value):
        self._stack.append(value)

    def _pop(self):
        if not self._stack:
            raise UnpicklingError("unexpected MARK found" if self._outer else "unpickling stack underflow")
        return self._stack.pop()

    def _top(self):
        if not self._stack:
            raise UnpicklingError("unexpected MARK found" if self._outer else "unpickling stack underflow")
        return self._stack[-1]

    def _since_mark(self):
        if not self._outer:
            raise UnpicklingError("could not find MARK")
        items, self._stack = self._stack, self._outer.pop()
        return items

    def _mark(self):
        self._outer.append(self._stack)
        self._stack = []

    def _pop_one(self):
        if self._stack:
            self._stack.pop()
        else:
            self._since_mark_or_underflow()

    def _since_mark_or_underflow(self):
        if not self._outer:
            raise UnpicklingError("unpickling stack underflow")
        self._since_mark()

    # Protocol

    def _load_protocol(self):
        protocol = self._number(1)
        if protocol > HIGHEST_PROTOCOL:
            raise ValueError(f"unsupported pickle protocol: {protocol}")
        self._protocol = protocol

    def _load_frame(self):
        size = self._number(8)
        left = getattr(self._file, "left", None)
        if left is not None and left() < size:
            raise UnpicklingError("pickle data was truncated")

    # Numbers and texts

    def _load_int(self):
        line = self._line()
        self._push({b"00": False, b"01": True}[line] if line in (b"00", b"01") else int(line, 0))

    def _load_long(self):
        line = self._line()
        self._push(int(line.removesuffix(b"L"), 0))

    def _load_binint(self):
        self._push(int.from_bytes(self._read(4), "little", signed=True))

    def _load_long_of(self, size):
        if size < 0:
            raise UnpicklingError("LONG pickle has negative byte count")
        self._push(int.from_bytes(self._read(size), "little", signed=True))

    def _load_float(self):
        self._push(float(self._line()))

    def _load_binfloat(self):
        self._push(bits_to_float(int.from_bytes(self._read(8), "big"), 8))

    def _load_unicode(self):
        self._push(self._line().decode("raw-unicode-escape"))

    def _load_text(self, size):
        self._push(self._read(self._number(size)).decode("utf-8", "surrogatepass"))

    def _load_bytes(self, size):
        self._push(self._read(self._number(size)))

    def _load_bytearray(self):
        self._push(bytearray(self._read(self._number(8))))

    def _load_string(self):
        line = self._line()
        if len(line) < 2 or line[:1] != line[-1:] or line[:1] not in (b"'", b'"'):
            raise UnpicklingError("the STRING opcode argument must be quoted")
        self._push_old_text(line[1:-1])

    def _load_binstring(self, size):
        self._push_old_text(self._read(self._number(size)))

    def _push_old_text(self, data):
        self._push(data if self._encoding == "bytes" else data.decode(self._encoding, self._errors))

    # Containers

    def _load_tuple_of(self, size):
        items = [self._pop() for _ in range(size)]
        self._push(tuple(items[::-1]))

    def _load_pairs(self):
        items = self._since_mark()
        self._push(dict(zip(items[::2], items[1::2])))

    def _append(self):
        item = self._pop()
        self._extend(self._top(), [item])

    def _appends(self):
        items = self._since_mark()
        self._extend(self._top(), items)

    def _extend(self, target, items):
        if type(target) is list:
            target.extend(items)
            return
        extend = getattr(target, "extend", None)
        if extend is not None and len(items) > 1:
            extend(items)
            return
        append = target.append
        for item in items:
            append(item)

    def _setitem(self):
        value, key = self._pop(), self._pop()
        self._top()[key] = value

    def _setitems(self):
        items = self._since_mark()
        target = self._top()
        for at in range(0, len(items) - 1, 2):
            target[items[at]] = items[at + 1]

    def _additems(self):
        items = self._since_mark()
        target = self._top()
        if isinstance(target, set):
            target.update(items)
            return
        for item in items:
            target.add(item)

    # Memo

    def _memo_get(self, number):
        if number not in self._memo:
            raise UnpicklingError(f"Memo value not found at index {number}")
        self._push(self._memo[number])

    def _memo_put(self, number):
        self._memo[number] = self._top()

    def _memoize(self):
        self._memo[len(self._memo)] = self._top()

    # Objects

    def _load_global(self):
        module, name = self._line().decode(), self._line().decode()
        self._push(self.find_class(module, name))

    def _load_stack_global(self):
        name, module = self._pop(), self._pop()
        if type(name) is not str or type(module) is not str:
            raise UnpicklingError("STACK_GLOBAL requires str")
        self._push(self.find_class(module, name))

    def _reduce(self):
        args, function = self._pop(), self._pop()
        self._push(function(*args))

    def _newobj(self):
        args, cls = self._pop(), self._pop()
        self._push(_new(cls, args, {}))

    def _newobj_ex(self):
        keywords, args, cls = self._pop(), self._pop(), self._pop()
        self._push(_new(cls, args, keywords))

    def _load_obj(self):
        cls, *args = self._since_mark()
        self._push(_instance(cls, args))

    def _load_inst(self):
        module, name = self._line().decode("ascii"), self._line().decode("ascii")
        args = self._since_mark()
        self._push(_instance(self.find_class(module, name), args))

    def _build(self):
        state = self._pop()
        target = self._top()
        set_state = getattr(target, "__setstate__", None)
        if set_state is not None:
            set_state(state)
            return
        slots = None
        if isinstance(state, tuple) and len(state) == 2:
            state, slots = state
        if state:
            if not isinstance(state, dict):
                raise UnpicklingError("state is not a dictionary")
            attributes = target.__dict__
            for name, value in state.items():
                attributes[sys.intern(name) if type(name) is str else name] = value
        if slots:
            if not isinstance(slots, dict):
                raise UnpicklingError("slot state is not a dictionary")
            for name, value in slots.items():
                setattr(target, name, value)

    def _load_persistent(self, identity):
        self._push(self.persistent_load(identity))


def _new(cls, args, keywords):
    if not isinstance(cls, type):
        raise UnpicklingError(f"NEWOBJ class argument must be a type, not {type(cls).__name__}")
    return cls.__new__(cls, *args, **keywords)


def _instance(cls, args):
    if args or not isinstance(cls, type) or hasattr(cls, "__getinitargs__"):
        return cls(*args)
    return cls.__new__(cls)


_INSTRUCTIONS = {
    _opcodes.PROTO: Unpickler._load_protocol,
    _opcodes.FRAME: Unpickler._load_frame,
    _opcodes.STOP: Unpickler._pop,
    _opcodes.MARK: Unpickler._mark,
    _opcodes.POP: Unpickler._pop_one,
    _opcodes.POP_MARK: Unpickler._since_mark,
    _opcodes.DUP: lambda self: self._push(self._top()),
    _opcodes.NONE: lambda self: self._push(None),
    _opcodes.NEWTRUE: lambda self: self._push(True),
    _opcodes.NEWFALSE: lambda self: self._push(False),
    _opcodes.INT: Unpickler._load_int,
    _opcodes.LONG: Unpickler._load_long,
    _opcodes.BININT: Unpickler._load_binint,
    _opcodes.BININT1: lambda self: self._push(self._number(1)),
    _opcodes.BININT2: lambda self: self._push(self._number(2)),
    _opcodes.LONG1: lambda self: self._load_long_of(self._number(1)),
    _opcodes.LONG4: lambda self: self._load_long_of(int.from_bytes(self._read(4), "little", signed=True)),
    _opcodes.FLOAT: Unpickler._load_float,
    _opcodes.BINFLOAT: Unpickler._load_binfloat,
    _opcodes.STRING: Unpickler._load_string,
    _opcodes.BINSTRING: lambda self: self._load_binstring(4),
    _opcodes.SHORT_BINSTRING: lambda self: self._load_binstring(1),
    _opcodes.UNICODE: Unpickler._load_unicode,
    _opcodes.SHORT_BINUNICODE: lambda self: self._load_text(1),
    _opcodes.BINUNICODE: lambda self: self._load_text(4),
    _opcodes.BINUNICODE8: lambda self: self._load_text(8),
    _opcodes.SHORT_BINBYTES: lambda self: self._load_bytes(1),
    _opcodes.BINBYTES: lambda self: self._load_bytes(4),
    _opcodes.BINBYTES8: lambda self: self._load_bytes(8),
    _opcodes.BYTEARRAY8: Unpickler._load_bytearray,
    _opcodes.EMPTY_TUPLE: lambda self: self._push(()),
    _opcodes.TUPLE: lambda self: self._push(tuple(self._since_mark())),
    _opcodes.TUPLE1: lambda self: self._load_tuple_of(1),
    _opcodes.TUPLE2: lambda self: self._load_tuple_of(2),
    _opcodes.TUPLE3: lambda self: self._load_tuple_of(3),
    _opcodes.EMPTY_LIST: lambda self: self._push([]),
    _opcodes.LIST: lambda self: self._push(self._since_mark()),
    _opcodes.APPEND: Unpickler._append,
    _opcodes.APPENDS: Unpickler._appends,
    _opcodes.EMPTY_DICT: lambda self: self._push({}),
    _opcodes.DICT: Unpickler._load_pairs,
    _opcodes.SETITEM: Unpickler._setitem,
    _opcodes.SETITEMS: Unpickler._setitems,
    _opcodes.EMPTY_SET: lambda self: self._push(set()),
    _opcodes.ADDITEMS: Unpickler._additems,
    _opcodes.FROZENSET: lambda self: self._push(frozenset(self._since_mark())),
    _opcodes.GET: lambda self: self._memo_get(int(self._line())),
    _opcodes.BINGET: lambda self: self._memo_get(self._number(1)),
    _opcodes.LONG_BINGET: lambda self: self._memo_get(self._number(4)),
    _opcodes.PUT: lambda self: self._memo_put(int(self._line())),
    _opcodes.BINPUT: lambda self: self._memo_put(self._number(1)),
    _opcodes.LONG_BINPUT: lambda self: self._memo_put(self._number(4)),
    _opcodes.MEMOIZE: Unpickler._memoize,
    _opcodes.GLOBAL: Unpickler._load_global,
    _opcodes.STACK_GLOBAL: Unpickler._load_stack_global,
    _opcodes.REDUCE: Unpickler._reduce,
    _opcodes.NEWOBJ: Unpickler._newobj,
    _opcodes.NEWOBJ_EX: Unpickler._newobj_ex,
    _opcodes.OBJ: Unpickler._load_obj,
    _opcodes.INST: Unpickler._load_inst,
    _opcodes.BUILD: Unpickler._build,
    _opcodes.PERSID: lambda self: self._load_persistent(self._line().decode("ascii")),
    _opcodes.BINPERSID: lambda self: self._load_persistent(self._pop()),
    _opcodes.NEXT_BUFFER: lambda self: unsupported("buffers outside of a pickle"),
    _opcodes.READONLY_BUFFER: lambda self: unsupported("buffers outside of a pickle"),
}
