"""Classes of tuples with named fields, as CPython's C code makes them (`sys.version_info`, `time.struct_time`)."""

from operator import itemgetter


class structseq(tuple):
    """The base of these classes: a tuple made of one sequence."""

    __slots__ = ()

    def __new__(cls, sequence, dict=None, /):
        values = tuple(sequence)
        size = cls.n_sequence_fields
        if len(values) != size:
            name = f"{cls.__module__}.{cls.__name__}"
            raise TypeError(f"{name}() takes a {size}-sequence ({len(values)}-sequence given)")
        return tuple.__new__(cls, values)

    def __repr__(self):
        shown = ", ".join(f"{name}={value!r}" for name, value in zip(self.__match_args__, self))
        return f"{type(self).__module__}.{type(self).__name__}({shown})"

    def __reduce__(self):
        return type(self), (tuple(self), {})


def structseq_class(name, fields, doc, apart=()):
    """A class with these fields (names separated by spaces); `name` begins with its module's. The values of the fields
    `apart`, which are no items, are the same in all instances."""
    module, _, short = name.rpartition(".")
    fields = tuple(fields.split())
    namespace = {field: property(itemgetter(n)) for n, field in enumerate(fields)}
    namespace.update(
        __slots__=(), __doc__=doc, __module__=module, __match_args__=fields,
        n_fields=len(fields) + len(apart), n_sequence_fields=len(fields), n_unnamed_fields=0, **dict(apart),
    )
    return type(short, (structseq,), namespace)
