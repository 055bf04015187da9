"""Views of the bytes of other objects: what the built-in class `memoryview` does.

A view has four parts: the object, the offset of its first item there, the number of its bytes if they lie side by side
(-1 otherwise), and the rest of its description. The machine keeps them.
"""

from _loopscope import memoryview_make, memoryview_parts, unsupported

_SIZES = {
    "B": 1, "b": 1, "c": 1, "?": 1, "h": 2, "H": 2, "i": 4, "I": 4, "l": 8, "L": 8,
    "q": 8, "Q": 8, "n": 8, "N": 8, "e": 2, "f": 4, "d": 8, "P": 8,
}  # fmt: skip


class _Layout:
    """How the bytes of a view are read."""

    __slots__ = ("format", "itemsize", "shape", "strides", "readonly")

    def __init__(self, format, itemsize, shape, strides, readonly):
        self.format, self.itemsize = format, itemsize
        self.shape, self.strides, self.readonly = shape, strides, readonly

    def contiguous(self):
        return self.strides == _strides(self.shape, self.itemsize) or 0 in self.shape

    def nbytes(self):
        total = self.itemsize
        for count in self.shape:
            total *= count
        return total


def _strides(shape, itemsize):
    strides = []
    for count in reversed(shape):
        strides.insert(0, itemsize)
        itemsize *= count
    return tuple(strides)


def _view(obj, start, layout):
    return memoryview_make(obj, start, layout.nbytes() if layout.contiguous() else -1, layout)


def _parts(view):
    obj, start, layout = memoryview_parts(view)
    if layout is None:
        raise ValueError("operation forbidden on released memoryview object")
    return obj, start, layout


def new(cls, obj):
    if isinstance(obj, memoryview):
        return _view(*_parts(obj))
    if isinstance(obj, (bytes, bytearray)):
        readonly = isinstance(obj, bytes)
        return _view(obj, 0, _Layout("B", 1, (len(obj),), (1,), readonly))
    if hasattr(type(obj), "__buffer__"):
        return new(cls, obj.__buffer__(0))
    if hasattr(obj, "typecode"):
        size = obj.itemsize
        return _view(obj, 0, _Layout(obj.typecode, size, (len(obj),), (size,), False))
    raise TypeError(f"memoryview: a bytes-like object is required, not '{type(obj).__name__}'")


def attribute(view, name):
    if name == "obj":
        return _parts(view)[0]
    layout = _parts(view)[2]
    if name == "nbytes":
        return layout.nbytes()
    if name == "ndim":
        return len(layout.shape)
    if name == "suboffsets":
        return ()
    if name in ("c_contiguous", "contiguous"):
        return layout.contiguous()
    if name == "f_contiguous":
        return layout.contiguous() and len(layout.shape) <= 1
    return getattr(layout, name)


def show(view):
    released = memoryview_parts(view)[2] is None
    return f"<{'released ' if released else ''}memory at {id(view):#x}>"


def length(view):
    layout = _parts(view)[2]
    if not layout.shape:
        raise TypeError("0-dim memory has no length")
    return layout.shape[0]


def _offset(layout, key):
    """The place of an item, by the indexes of all dimensions."""
    offset = 0
    for dimension, (index, count, stride) in enumerate(zip(key, layout.shape, layout.strides), 1):
        if not hasattr(type(index), "__index__"):
            raise TypeError("memoryview: invalid slice key")
        index = index.__index__()
        if not -count <= index < count:
            raise IndexError(f"index out of bounds on dimension {dimension}")
        offset += (index + count if index < 0 else index) * stride
    return offset


def _sliced(obj, start, layout, key):
    first, stop, step = key.indices(layout.shape[0])
    count = len(range(first, stop, step))
    stride = layout.strides[0]
    shape, strides = (count, *layout.shape[1:]), (stride * step, *layout.strides[1:])
    return _view(obj, start + first * stride, _Layout(layout.format, layout.itemsize, shape, strides, layout.readonly))


def get_item(view, key):
    obj, start, layout = _parts(view)
    if key is ...:
        return view
    if isinstance(key, slice):
        if not layout.shape:
            raise TypeError("invalid indexing of 0-dim memory")
        return _sliced(obj, start, layout, key)
    dimensions = len(layout.shape)
    if isinstance(key, tuple):
        if any([isinstance(part, slice) for part in key]):
            raise NotImplementedError("multi-dimensional slicing is not implemented")
        if len(key) > dimensions:
            raise TypeError(f"cannot index {dimensions}-dimension view with {len(key)}-element tuple")
        if len(key) < dimensions:
            raise NotImplementedError("sub-views are not implemented")
    elif not hasattr(type(key), "__index__"):
        raise TypeError("memoryview: invalid slice key")
    elif dimensions != 1:
        if not dimensions:
            raise TypeError("invalid indexing of 0-dim memory")
        raise NotImplementedError("multi-dimensional sub-views are not implemented")
    else:
        key = (key,)
    return _item(obj, start + _offset(layout, key), layout)


def _item(obj, at, layout):
    if hasattr(obj, "typecode"):
        if obj.typecode == layout.format:
            return obj[at // layout.itemsize]
        obj = obj.tobytes()
    if layout.format == "B":
        return obj[at]
    from struct import unpack

    return unpack(_native(layout.format), obj[at : at + layout.itemsize])[0]


def _native(format):
    return format if format.startswith("@") else "@" + format


def set_item(view, key, value):
    obj, start, layout = _parts(view)
    if layout.readonly:
        raise TypeError("cannot modify read-only memory")
    if isinstance(key, slice) or key is ...:
        target = view if key is ... else _sliced(obj, start, layout, key)
        return _assign(target, value)
    if not isinstance(key, tuple):
        if not hasattr(type(key), "__index__"):
            raise TypeError("memoryview: invalid slice key")
        if len(layout.shape) != 1:
            raise NotImplementedError("sub-views are not implemented")
        key = (key,)
    at = start + _offset(layout, key)
    if hasattr(obj, "typecode"):
        return _set_in_array(obj, at, layout, value)
    obj[at : at + layout.itemsize] = _packed(layout.format, value)


def _set_in_array(array, at, layout, value):
    """Arrays keep their items as numbers, not as bytes."""
    if array.typecode == layout.format:
        _packed(layout.format, value)
        array[at // layout.itemsize] = value
    else:
        unsupported("changing an array by a memoryview of another format")


def _packed(format, value):
    from struct import error, pack

    kind = format[-1]
    right = bytes if kind == "c" else (int, float) if kind in "efd" else None
    if right is not None and not isinstance(value, right) or right is None and kind != "?" and not hasattr(
        type(value), "__index__"
    ):
        raise TypeError(f"memoryview: invalid type for format '{format}'")
    try:
        return pack(_native(format), value)
    except (error, OverflowError):
        raise ValueError(f"memoryview: invalid value for format '{format}'") from None


def _assign(target, value):
    source = value if isinstance(value, memoryview) else memoryview(value)
    obj, start, layout = _parts(target)
    given = _parts(source)[2]
    if (given.format, given.shape) != (layout.format, layout.shape):
        raise ValueError("memoryview assignment: lvalue and rvalue have different structures")
    content = to_bytes(source)
    size = layout.itemsize
    if hasattr(obj, "typecode"):
        for n, item in enumerate(to_list(source)):
            _set_in_array(obj, start + n * layout.strides[0], layout, item)
        return
    for n in range(layout.shape[0]):
        at = start + n * layout.strides[0]
        obj[at : at + size] = content[n * size : (n + 1) * size]


def _offsets(layout):
    """The places of all items in order."""
    offsets = [0]
    for count, stride in zip(layout.shape, layout.strides):
        offsets = [offset + n * stride for offset in offsets for n in range(count)]
    return offsets


def to_bytes(view, order=None):
    obj, start, layout = _parts(view)
    if hasattr(obj, "typecode"):
        obj = obj.tobytes()
    if layout.contiguous():
        return bytes(obj[start : start + layout.nbytes()])
    size = layout.itemsize
    return b"".join([bytes(obj[start + at : start + at + size]) for at in _offsets(layout)])


def to_list(view):
    obj, start, layout = _parts(view)
    items = [_item(obj, start + at, layout) for at in _offsets(layout)]
    for count in reversed(layout.shape[1:]):
        items = [items[n : n + count] for n in range(0, len(items), count)]
    return items if layout.shape else items[0]


def cast(view, format, shape=None):
    obj, start, layout = _parts(view)
    if not isinstance(format, str):
        raise TypeError(f"cast() argument 'format' must be str, not {type(format).__name__}")
    if format.removeprefix("@") not in _SIZES:
        raise ValueError("memoryview: destination format must be a native single character format prefixed with an optional '@'")
    if not layout.contiguous():
        raise TypeError("memoryview: casts are restricted to C-contiguous views")
    if "B" not in (layout.format, format) and not {layout.format, format} & {"b", "c"} and layout.format != format:
        raise TypeError("memoryview: cannot cast between two non-byte formats")
    size, total = _SIZES[format[-1]], layout.nbytes()
    if total % size:
        raise TypeError("memoryview: length is not a multiple of itemsize")
    if shape is None:
        shape = (total // size,)
    else:
        if not isinstance(shape, (list, tuple)):
            raise TypeError("shape must be a list or a tuple")
        shape = tuple(shape)
        product = size
        for count in shape:
            product *= count
        if product != total:
            raise TypeError("memoryview: product(shape) * itemsize != buffer size")
    return _view(obj, start, _Layout(format, size, shape, _strides(shape, size), layout.readonly))


def to_readonly(view):
    obj, start, layout = _parts(view)
    return _view(obj, start, _Layout(layout.format, layout.itemsize, layout.shape, layout.strides, True))


def equal(view, other):
    if memoryview_parts(view)[2] is None:
        return view is other
    if not isinstance(other, memoryview):
        try:
            other = memoryview(other)
        except TypeError:
            return NotImplemented
    elif memoryview_parts(other)[2] is None:
        return False
    mine, its = _parts(view)[2], _parts(other)[2]
    return mine.shape == its.shape and to_list(view) == to_list(other)


def hash_of(view):
    layout = _parts(view)[2]
    if not layout.readonly:
        raise ValueError("cannot hash writable memoryview object")
    if layout.format[-1] not in "Bbc":
        raise ValueError("memoryview: hashing is restricted to formats 'B', 'b' or 'c'")
    return hash(to_bytes(view))


def items(view):
    return iter(to_list(view))


def index(view, value, start=0, stop=None):
    found = to_list(view)
    try:
        return found.index(value, start, len(found) if stop is None else stop)
    except ValueError:
        raise ValueError("memoryview.index(x): x not found") from None
