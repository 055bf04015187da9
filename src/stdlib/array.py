"""Arrays of numbers of one kind."""

from _loopscope import c_type
from _collections_abc import MutableSequence

__all__ = ["array", "ArrayType", "typecodes"]

typecodes = "bBuwhHiIlLqQfd"
_SIZES = {
    "b": 1, "B": 1, "u": 4, "w": 4, "h": 2, "H": 2, "i": 4, "I": 4,
    "l": 8, "L": 8, "q": 8, "Q": 8, "f": 4, "d": 8,
}  # fmt: skip
_NAMES = {"b": "signed char", "B": "unsigned byte integer", "h": "signed short integer", "H": "unsigned short"}


@c_type
class array:
    """A sequence of numbers, each checked to be of the kind that the type code says."""

    __slots__ = ("typecode", "_items", "__weakref__")

    def __new__(cls, typecode, initializer=(), /):
        if not isinstance(typecode, str) or len(typecode) != 1:
            raise TypeError(f"array() argument 1 must be a unicode character, not {type(typecode).__name__}")
        if typecode not in _SIZES:
            raise ValueError("bad typecode (must be b, B, u, w, h, H, i, I, l, L, q, Q, f or d)")
        self = object.__new__(cls)
        self.typecode, self._items = typecode, []
        if isinstance(initializer, str) and typecode not in "uw":
            raise TypeError(f"cannot use a str to initialize an array with typecode '{typecode}'")
        if isinstance(initializer, (bytes, bytearray)):
            self.frombytes(initializer)
        else:
            self._items = [self._checked(item) for item in initializer]
        return self

    @property
    def itemsize(self):
        return _SIZES[self.typecode]

    def _checked(self, value):
        code = self.typecode
        if code in "uw":
            if not isinstance(value, str):
                raise TypeError(f"array item must be a unicode character, not {type(value).__name__}")
            return value
        if code in "fd":
            if not isinstance(value, (int, float)):
                raise TypeError(f"must be real number, not {type(value).__name__}")
            if code == "d":
                return float(value)
            from _struct import bits_to_float, float_to_bits

            return bits_to_float(float_to_bits(float(value), 4), 4)
        if not isinstance(value, int):
            if not hasattr(value, "__index__"):
                raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")
            value = value.__index__()
        bits = self.itemsize * 8
        low, high = (0, (1 << bits) - 1) if code.isupper() else (-(1 << bits - 1), (1 << bits - 1) - 1)
        if low <= value <= high:
            return int(value)
        if code in _NAMES:
            side = "less than minimum" if value < low else "greater than maximum"
            raise OverflowError(f"{_NAMES[code]} is {side}")
        raise OverflowError("Python int too large to convert to C int")

    def _like(self, items):
        made = object.__new__(array)
        made.typecode, made._items = self.typecode, items
        return made

    def _same(self, other, verb):
        if not isinstance(other, array):
            raise TypeError(f'can only {verb} array (not "{type(other).__name__}") to array')
        if other.typecode != self.typecode:
            raise TypeError("bad argument type for built-in operation")
        return other._items

    def append(self, value, /):
        """Append new value v to the end of the array."""
        self._items.append(self._checked(value))

    def extend(self, values, /):
        """Append items to the end of the array."""
        if isinstance(values, array):
            if values.typecode != self.typecode:
                raise TypeError("can only extend with array of same kind")
            self._items.extend(values._items)
        else:
            for value in values:
                self.append(value)

    fromlist = extend

    def insert(self, index, value, /):
        """Insert a new item v into the array before position i."""
        self._items.insert(index, self._checked(value))

    def pop(self, index=-1, /):
        """Return the i-th element and delete it from the array."""
        if not self._items:
            raise IndexError("pop from empty array")
        if not -len(self._items) <= index < len(self._items):
            raise IndexError("pop index out of range")
        return self._items.pop(index)

    def remove(self, value, /):
        """Remove the first occurrence of v in the array."""
        if value not in self._items:
            raise ValueError("array.remove(x): x not in array")
        self._items.remove(value)

    def index(self, value, start=0, stop=9223372036854775807, /):
        """Return index of first occurrence of v in the array."""
        try:
            return self._items.index(value, start, stop)
        except ValueError:
            raise ValueError("array.index(x): x not in array") from None

    def count(self, value, /):
        """Return number of occurrences of v in the array."""
        return self._items.count(value)

    def reverse(self):
        """Reverse the order of the items in the array."""
        self._items.reverse()

    def clear(self):
        """Remove all items from the array."""
        self._items.clear()

    def tolist(self):
        """Convert array to an ordinary list with the same items."""
        return list(self._items)

    def tobytes(self):
        """Convert the array to an array of machine values and return the bytes representation."""
        import struct

        if self.typecode in "uw":
            return "".join(self._items).encode("utf-32-le")
        return struct.pack(f"<{len(self._items)}{self._code()}", *self._items)

    def frombytes(self, buffer, /):
        """Appends items from bytes, interpreting them as an array of machine values."""
        import struct

        if len(buffer) % self.itemsize:
            raise ValueError("bytes length not a multiple of item size")
        self._items.extend(struct.unpack(f"<{len(buffer) // self.itemsize}{self._code()}", buffer))

    def _code(self):
        return {"l": "q", "L": "Q"}.get(self.typecode, self.typecode)

    def buffer_info(self):
        """Return a tuple (address, length) giving the current memory address and the length in items."""
        return id(self), len(self._items)

    def byteswap(self):
        """Byteswap all items of the array."""
        size, data = self.itemsize, self.tobytes()
        self._items = []
        self.frombytes(b"".join([data[at : at + size][::-1] for at in range(0, len(data), size)]))

    def __len__(self):
        return len(self._items)

    def __getitem__(self, index):
        if isinstance(index, slice):
            return self._like(self._items[index])
        self._check_index(index, "array index out of range")
        return self._items[index]

    def _check_index(self, index, message):
        if not hasattr(index, "__index__"):
            raise TypeError("array indices must be integers")
        if not -len(self._items) <= index.__index__() < len(self._items):
            raise IndexError(message)

    def __setitem__(self, index, value):
        if isinstance(index, slice):
            if not isinstance(value, array):
                raise TypeError(f'can only assign array (not "{type(value).__name__}") to array slice')
            self._items[index] = self._same(value, "assign")
            return
        self._check_index(index, "array assignment index out of range")
        self._items[index] = self._checked(value)

    def __delitem__(self, index):
        if not isinstance(index, slice):
            self._check_index(index, "array assignment index out of range")
        del self._items[index]

    def __iter__(self):
        return iter(self._items)

    def __contains__(self, value):
        return value in self._items

    def __add__(self, other):
        return self._like(self._items + self._same(other, "append"))

    def __iadd__(self, other):
        if not isinstance(other, array):
            raise TypeError(f'can only extend with array (not "{type(other).__name__}")')
        self.extend(other)
        return self

    def __mul__(self, count):
        return self._like(self._items * count) if isinstance(count, int) else NotImplemented

    __rmul__ = __mul__

    def __imul__(self, count):
        self._items *= count
        return self

    def __eq__(self, other):
        return self._items == other._items if isinstance(other, array) else NotImplemented

    def __lt__(self, other):
        return self._items < other._items if isinstance(other, array) else NotImplemented

    def __le__(self, other):
        return self._items <= other._items if isinstance(other, array) else NotImplemented

    def __gt__(self, other):
        return self._items > other._items if isinstance(other, array) else NotImplemented

    def __ge__(self, other):
        return self._items >= other._items if isinstance(other, array) else NotImplemented

    __hash__ = None

    def __copy__(self):
        return self._like(list(self._items))

    def __deepcopy__(self, memo):
        return self.__copy__()

    def __repr__(self):
        if not self._items:
            return f"array('{self.typecode}')"
        if self.typecode in "uw":
            return f"array('{self.typecode}', {''.join(self._items)!r})"
        return f"array('{self.typecode}', {self._items!r})"


ArrayType = array
MutableSequence.register(array)
