"""Objects to bytes."""

import sys
from _loopscope import c_type
from _pickle._errors import PicklingError
from _pickle._frames import Frames
from _pickle._globals import old_name, place_of
from _pickle._opcodes import *
from _struct import float_to_bits
from copyreg import dispatch_table as registered

HIGHEST_PROTOCOL = DEFAULT_PROTOCOL = 5
_BATCH = 1000
_FUNCTION = type(lambda: None)


def full_name(cls):
    """The name of a class in messages."""
    if cls.__module__ in ("builtins", "__main__"):
        return cls.__qualname__
    return f"{cls.__module__}.{cls.__qualname__}"


class _Part:
    """While one part of an object is written: an exception gets a note that says which."""

    __slots__ = ("_of", "_what")

    def __init__(self, of, what):
        self._of, self._what = of, what

    def __enter__(self):
        pass

    def __exit__(self, kind, exception, traceback):
        if exception is not None:
            exception.add_note(f"when serializing {full_name(type(self._of))} {self._what}")


@c_type
class Pickler:
    """Writes objects to a file, each object once."""

    __module__ = "_pickle"

    def __init__(self, file, protocol=None, fix_imports=True, buffer_callback=None):
        write = getattr(file, "write", None)
        if write is None:
            raise TypeError("file must have a 'write' attribute")
        self._start(write, protocol, fix_imports)

    def _start(self, write, protocol, fix_imports):
        if protocol is None:
            protocol = DEFAULT_PROTOCOL
        if not hasattr(type(protocol), "__index__"):
            raise TypeError(f"'{type(protocol).__name__}' object cannot be interpreted as an integer")
        protocol = protocol.__index__()
        if protocol < 0:
            protocol = HIGHEST_PROTOCOL
        elif protocol > HIGHEST_PROTOCOL:
            raise ValueError(f"pickle protocol must be <= {HIGHEST_PROTOCOL}")
        self._protocol = protocol
        self.bin = int(protocol >= 1)
        self.fast = 0
        self._fix_imports = fix_imports and protocol < 3
        self._frames = Frames(write, protocol >= 4)
        self._write = self._frames.write
        # The number of each object that was written, with the object, which has to live on.
        self._memo = {}

    @property
    def memo(self):
        return dict(self._memo)

    def clear_memo(self):
        """Forgets which objects were written."""
        self._memo.clear()

    def dump(self, obj):
        """Writes an object."""
        if not hasattr(self, "_memo"):
            raise PicklingError(f"Pickler.__init__() was not called by {type(self).__name__}.__init__()")
        self._frames.begin()
        if self._protocol >= 2:
            self._frames.write_outside(PROTO + bytes([self._protocol]))
        self._save(obj)
        self._write(STOP)
        self._frames.end()

    # Objects that were written already

    def _memoize(self, obj):
        if self.fast:
            return
        number = len(self._memo)
        self._memo[id(obj)] = (number, obj)
        if self._protocol >= 4:
            self._write(MEMOIZE)
        elif not self.bin:
            self._write(PUT + str(number).encode() + b"\n")
        elif number < 256:
            self._write(BINPUT + bytes([number]))
        else:
            self._write(LONG_BINPUT + number.to_bytes(4, "little"))

    def _get(self, known):
        number = known[0]
        if not self.bin:
            self._write(GET + str(number).encode() + b"\n")
        elif number < 256:
            self._write(BINGET + bytes([number]))
        else:
            self._write(LONG_BINGET + number.to_bytes(4, "little"))

    # Any object

    def _save(self, obj, of_persistent_id=False):
        self._frames.commit()
        if not of_persistent_id and hasattr(self, "persistent_id"):
            identity = self.persistent_id(obj)
            if identity is not None:
                return self._save_persistent(identity)
        cls = type(obj)
        atom = _ATOMS.get(cls)
        if atom is not None:
            return atom(self, obj)
        known = self._memo.get(id(obj))
        if known is not None:
            return self._get(known)
        save = _SAVERS.get(cls)
        if save is not None:
            return save(self, obj)
        self._save_other(obj, cls)

    def _save_other(self, obj, cls):
        found = NotImplemented
        if hasattr(self, "reducer_override"):
            found = self.reducer_override(obj)
        if found is NotImplemented:
            if cls is type:
                return self._save_type(obj)
            if cls is _FUNCTION:
                return self._save_global(obj)
            reduce = getattr(self, "dispatch_table", registered).get(cls)
            if reduce is not None:
                found = reduce(obj)
            elif issubclass(cls, type):
                return self._save_type(obj)
            else:
                found = obj.__reduce_ex__(self._protocol)
        if isinstance(found, str):
            return self._save_global(obj, found)
        with _Part(obj, "object"):
            if not isinstance(found, tuple):
                raise PicklingError(f"__reduce__ must return a string or tuple, not {full_name(type(found))}")
            if not 2 <= len(found) <= 6:
                raise PicklingError("tuple returned by __reduce__ must contain 2 through 6 elements")
            self._save_reduced(*found, obj=obj)

    def _save_persistent(self, identity):
        if self.bin:
            self._save(identity, of_persistent_id=True)
            self._write(BINPERSID)
            return
        try:
            self._write(PERSID + str(identity).encode("ascii") + b"\n")
        except UnicodeEncodeError:
            raise PicklingError("persistent IDs in protocol 0 must be ASCII strings") from None

    def _save_reduced(self, function, args, state=None, items=None, pairs=None, set_state=None, *, obj):
        _check_reduction(function, args, items, pairs, set_state)
        name = getattr(function, "__name__", "")
        if self._protocol >= 2 and name == "__newobj__":
            self._save_new(obj, args[0], args[1:])
        elif self._protocol >= 2 and name == "__newobj_ex__":
            self._save_new(obj, *args)
        else:
            with _Part(obj, "reconstructor"):
                self._save(function)
            with _Part(obj, "reconstructor arguments"):
                self._save(args)
            self._write(REDUCE)
        if obj is not None:
            known = self._memo.get(id(obj))
            if known is not None:
                # An object that is a part of its own arguments was made by these.
                self._write(POP)
                self._get(known)
            else:
                self._memoize(obj)
        if items is not None:
            self._save_items(items, obj)
        if pairs is not None:
            self._save_pairs(pairs, obj)
        if state is not None:
            self._save_state(obj, state, set_state)

    def _save_new(self, obj, cls, args, keywords=None):
        wrapper = "__newobj__" if keywords is None else "__newobj_ex__"
        if not hasattr(cls, "__new__"):
            raise PicklingError(f"first argument to {wrapper}() has no __new__")
        if obj is not None and cls is not obj.__class__:
            raise PicklingError(f"first argument to {wrapper}() must be {obj.__class__!r}, not {cls!r}")
        if keywords is not None and self._protocol < 4:
            from functools import partial

            with _Part(obj, "reconstructor"):
                self._save(partial(cls.__new__, cls, *args, **keywords))
            self._save(())
            self._write(REDUCE)
            return
        with _Part(obj, "class"):
            self._save(cls)
        with _Part(obj, "__new__ arguments"):
            self._save(args)
            if keywords is not None:
                self._save(keywords)
        self._write(NEWOBJ if keywords is None else NEWOBJ_EX)

    def _save_state(self, obj, state, set_state):
        if set_state is None:
            with _Part(obj, "state"):
                self._save(state)
            self._write(BUILD)
            return
        with _Part(obj, "state setter"):
            self._save(set_state)
        self._save(obj)
        with _Part(obj, "state"):
            self._save(state)
        self._write(TUPLE2)
        self._write(REDUCE)
        self._write(POP)

    # Atoms

    def _save_none(self, obj):
        self._write(NONE)

    def _save_bool(self, obj):
        if self._protocol >= 2:
            self._write(NEWTRUE if obj else NEWFALSE)
        else:
            self._write(TRUE if obj else FALSE)

    def _save_int(self, obj):
        small = -0x80000000 <= obj <= 0x7FFFFFFF
        if not self.bin or not small and self._protocol < 2:
            text = str(obj).encode()
            return self._write(INT + text + b"\n" if small else LONG + text + b"L\n")
        if 0 <= obj <= 0xFF:
            return self._write(BININT1 + bytes([obj]))
        if 0 <= obj <= 0xFFFF:
            return self._write(BININT2 + obj.to_bytes(2, "little"))
        if small:
            return self._write(BININT + obj.to_bytes(4, "little", signed=True))
        encoded = long_bytes(obj)
        if len(encoded) < 256:
            self._write(LONG1 + bytes([len(encoded)]) + encoded)
        else:
            self._write(LONG4 + len(encoded).to_bytes(4, "little") + encoded)

    def _save_float(self, obj):
        if self.bin:
            self._write(BINFLOAT + float_to_bits(obj, 8).to_bytes(8, "big"))
        else:
            self._write(FLOAT + repr(obj).encode() + b"\n")

    # Texts and bytes

    def _save_str(self, obj):
        if not self.bin:
            self._write(UNICODE + _raw_unicode(obj) + b"\n")
        else:
            encoded = obj.encode("utf-8", "surrogatepass")
            self._frames.write_sized(encoded, self._protocol, SHORT_BINUNICODE, BINUNICODE, BINUNICODE8)
        self._memoize(obj)

    def _save_bytes(self, obj):
        if self._protocol >= 3:
            short = self._protocol >= 3 and SHORT_BINBYTES
            self._frames.write_sized(obj, 4, short, BINBYTES, BINBYTES8)
            self._memoize(obj)
        elif not obj:
            self._save_reduced(bytes, (), obj=obj)
        else:
            from _codecs import encode

            self._save_reduced(encode, (obj.decode("latin-1"), "latin1"), obj=obj)

    def _save_bytearray(self, obj):
        if self._protocol >= 5:
            self._frames.write_large(BYTEARRAY8 + len(obj).to_bytes(8, "little"), bytes(obj))
            self._memoize(obj)
        elif not obj:
            self._save_reduced(bytearray, (), obj=obj)
        else:
            self._save_reduced(bytearray, (bytes(obj),), obj=obj)

    # Containers

    def _save_tuple(self, obj):
        if not obj:
            self._write(EMPTY_TUPLE if self.bin else MARK + TUPLE)
            return
        short = len(obj) <= 3 and self._protocol >= 2
        if not short:
            self._write(MARK)
        for number, item in enumerate(obj):
            with _Part(obj, f"item {number}"):
                self._save(item)
        known = self._memo.get(id(obj))
        if known is not None:
            # The tuple is a part of itself and was written on the way.
            if short:
                self._write(POP * len(obj))
            else:
                self._write(POP_MARK if self.bin else POP * (len(obj) + 1))
            self._get(known)
            return
        self._write((TUPLE1, TUPLE2, TUPLE3)[len(obj) - 1] if short else TUPLE)
        self._memoize(obj)

    def _save_list(self, obj):
        self._write(EMPTY_LIST if self.bin else MARK + LIST)
        self._memoize(obj)
        if not self.bin or len(obj) == 1:
            for number, item in enumerate(obj):
                with _Part(obj, f"item {number}"):
                    self._save(item)
                self._write(APPEND)
            return
        at = 0
        while at < len(obj):
            self._write(MARK)
            end = at + _BATCH
            while at < len(obj) and at < end:
                with _Part(obj, f"item {at}"):
                    self._save(obj[at])
                at += 1
            self._write(APPENDS)

    def _save_items(self, items, obj):
        """Items to append to an object that is no plain list."""
        for start, batch in _batches(items, 1 if not self.bin else _BATCH):
            if len(batch) > 1:
                self._write(MARK)
            for number, item in enumerate(batch, start):
                with _Part(obj, f"item {number}"):
                    self._save(item)
            self._write(APPENDS if len(batch) > 1 else APPEND)

    def _save_dict(self, obj):
        self._write(EMPTY_DICT if self.bin else MARK + DICT)
        self._memoize(obj)
        if not self.bin or len(obj) <= 1:
            return self._save_pairs(iter(obj.items()), obj)
        pairs = iter(obj.items())
        count = _BATCH
        while count == _BATCH:
            self._write(MARK)
            count = 0
            for key, value in pairs:
                self._save_pair(key, value, obj)
                count += 1
                if count == _BATCH:
                    break
            self._write(SETITEMS)

    def _save_pairs(self, pairs, obj):
        """Pairs to set in an object that is no plain dict."""
        for _, batch in _batches(pairs, 1 if not self.bin else _BATCH):
            if len(batch) > 1:
                self._write(MARK)
            for key, value in batch:
                self._save_pair(key, value, obj)
            self._write(SETITEMS if len(batch) > 1 else SETITEM)

    def _save_pair(self, key, value, obj):
        self._save(key)
        known = _ATOMS.get(type(value))
        if known is not None and not hasattr(self, "persistent_id"):
            self._save(value)
            return
        try:
            self._save(value)
        except BaseException as exception:
            exception.add_note(f"when serializing {full_name(type(obj))} item {key!r}")
            raise

    def _save_set(self, obj):
        if self._protocol < 4:
            return self._save_reduced(set, (list(obj),), obj=obj)
        self._write(EMPTY_SET)
        self._memoize(obj)
        if not obj:
            return
        items = iter(obj)
        count = _BATCH
        while count == _BATCH:
            self._write(MARK)
            count = 0
            for item in items:
                with _Part(obj, "element"):
                    self._save(item)
                count += 1
                if count == _BATCH:
                    break
            self._write(ADDITEMS)

    def _save_frozenset(self, obj):
        if self._protocol < 4:
            return self._save_reduced(frozenset, (list(obj),), obj=obj)
        self._write(MARK)
        for item in obj:
            with _Part(obj, "element"):
                self._save(item)
        known = self._memo.get(id(obj))
        if known is not None:
            self._write(POP_MARK)
            self._get(known)
            return
        self._write(FROZENSET)
        self._memoize(obj)

    # What is found by its name

    def _save_type(self, obj):
        if obj is type(None):
            return self._save_reduced(type, (None,), obj=obj)
        if obj is type(NotImplemented):
            return self._save_reduced(type, (NotImplemented,), obj=obj)
        if obj is type(...):
            return self._save_reduced(type, (...,), obj=obj)
        self._save_global(obj)

    def _save_global(self, obj, name=None):
        module, name, parent = place_of(obj, name)
        if self._protocol >= 4:
            self._save(module)
            self._save(name)
            self._write(STACK_GLOBAL)
        elif parent is not sys.modules.get(module):
            return self._save_attribute(obj, module, name)
        else:
            self._write_global(module, name)
        self._memoize(obj)

    def _write_global(self, module, name):
        if self._fix_imports:
            module, name = old_name(module, name)
        encoding = "utf-8" if self._protocol >= 3 else "ascii"
        try:
            self._write(GLOBAL + f"{module}\n{name}\n".encode(encoding))
        except UnicodeEncodeError:
            raise PicklingError(
                f"can't pickle global identifier {name!r} using pickle protocol {self._protocol}"
            ) from None

    def _save_attribute(self, obj, module, name):
        """What is an attribute of a class, as protocols have it that know no paths: by `getattr`."""
        first, *rest = name.split(".")
        pair = TUPLE2 if self._protocol >= 2 else TUPLE
        for _ in rest:
            self._save(getattr)
            if self._protocol < 2:
                self._write(MARK)
        self._write_global(module, first)
        for last in rest:
            self._save(last)
            self._write(pair)
            self._write(REDUCE)
        self._memoize(obj)


def _check_reduction(function, args, items, pairs, set_state):
    """Is it what `__reduce__` may return?"""
    wrong = "item of the tuple returned by __reduce__ must be"
    if not callable(function):
        raise PicklingError(f"first {wrong} callable, not {full_name(type(function))}")
    if not isinstance(args, tuple):
        raise PicklingError(f"second {wrong} a tuple, not {full_name(type(args))}")
    for which, found in (("fourth", items), ("fifth", pairs)):
        if found is not None and not hasattr(type(found), "__next__"):
            raise PicklingError(f"{which} {wrong} an iterator, not {full_name(type(found))}")
    if set_state is not None and not callable(set_state):
        raise PicklingError(f"sixth {wrong} callable, not {full_name(type(set_state))}")


def _batches(items, size):
    """(number of the first, items), at most so many at a time."""
    start = 0
    while True:
        batch = []
        for item in items:
            batch.append(item)
            if len(batch) == size:
                break
        if batch:
            yield start, batch
        if len(batch) < size:
            return
        start += size


def long_bytes(number):
    """An int in as few bytes as its two's complement takes; none for 0."""
    if number == 0:
        return b""
    size = (number.bit_length() >> 3) + 1
    encoded = number.to_bytes(size, "little", signed=True)
    if number < 0 and size > 1 and encoded[-1] == 0xFF and encoded[-2] & 0x80:
        encoded = encoded[:-1]
    return encoded


def _raw_unicode(text):
    """A text on one line of characters below 256, as protocol 0 has it."""
    parts = bytearray()
    for character in text:
        code = ord(character)
        if code > 0xFFFF:
            parts += b"\\U%08x" % code
        elif code > 0xFF or character in "\\\0\n\r\x1a":
            parts += b"\\u%04x" % code
        else:
            parts.append(code)
    return bytes(parts)


_ATOMS = {
    type(None): Pickler._save_none,
    bool: Pickler._save_bool,
    int: Pickler._save_int,
    float: Pickler._save_float,
}

_SAVERS = {
    str: Pickler._save_str,
    bytes: Pickler._save_bytes,
    bytearray: Pickler._save_bytearray,
    tuple: Pickler._save_tuple,
    list: Pickler._save_list,
    dict: Pickler._save_dict,
    set: Pickler._save_set,
    frozenset: Pickler._save_frozenset,
}
