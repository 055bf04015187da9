"""Files that are not there."""

import io
from unittest.mock.magic import MagicMock
from unittest.mock.values import DEFAULT


class _Contents:
    """The lines of a file, and how far they were read."""

    def __init__(self, data):
        self._data, self._at = data, 0

    def read(self, size=-1):
        end = len(self._data) if size is None or size < 0 else self._at + size
        text, self._at = self._data[self._at : end], min(end, len(self._data))
        return text

    def readline(self, size=-1):
        found = self._data.find(b"\n" if isinstance(self._data, bytes) else "\n", self._at)
        rest = len(self._data) - self._at if found < 0 else found + 1 - self._at
        return self.read(rest if size is None or size < 0 else min(rest, size))

    def lines(self):
        while line := self.readline():
            yield line


def _members_of_files():
    found = {*dir(io.StringIO), *dir(io.BytesIO), "buffer", "mode", "name", "reconfigure", "write_through"}
    return sorted(found)


def mock_open(mock=None, read_data=""):
    """A mock that can take the place of `open`; what is read is given."""
    opened = [_Contents(read_data)]
    if mock is None:
        mock = MagicMock(name="open")
    handle = MagicMock(spec=_members_of_files())
    handle.__enter__.return_value = handle
    handle.__exit__.side_effect = lambda *exc_info: handle.close()
    handle.write.return_value = None
    handle.read.return_value = None
    handle.readline.return_value = None
    handle.readlines.return_value = None

    def read(*args, **kwargs):
        given = handle.read.return_value
        return opened[0].read(*args, **kwargs) if given is None else given

    def readline(*args, **kwargs):
        given = handle.readline.return_value
        return opened[0].readline(*args, **kwargs) if given is None else given

    def readlines(*args, **kwargs):
        given = handle.readlines.return_value
        return list(opened[0].lines()) if given is None else given

    def following():
        given = handle.readline.return_value
        if given is not None:
            return given
        line = opened[0].readline()
        if not line:
            raise StopIteration
        return line

    handle.read.side_effect, handle.readline.side_effect = read, readline
    handle.readlines.side_effect = readlines
    handle.__iter__.side_effect = lambda: opened[0].lines()
    handle.__next__.side_effect = following

    def reset(*args, **kwargs):
        opened[0] = _Contents(read_data)
        return DEFAULT

    mock.side_effect, mock.return_value = reset, handle
    return mock


mock_open.__module__ = "unittest.mock"
