"""The frames of protocol 4: runs of instructions with their length in front, so that readers can fetch them at once."""

from _pickle._opcodes import FRAME

_TARGET = 64 * 1024
_LEAST = 4


class Frames:
    """Collects instructions and hands them to `write` a frame at a time."""

    def __init__(self, write, framing):
        self._out, self._framing = write, framing
        self._parts, self._size = [], 0

    def begin(self):
        self._parts, self._size = [], 0

    def write(self, data):
        """Adds to the frame."""
        self._parts.append(data)
        self._size += len(data)

    def write_outside(self, data):
        """Writes what belongs to no frame, before the first."""
        self._out(data)

    def write_sized(self, content, protocol, short, medium, long):
        """Content with the instruction that fits its length."""
        size = len(content)
        if size <= 0xFF and protocol >= 4:
            self.write(short + bytes([size]) + content)
        elif size > 0xFFFFFFFF and protocol >= 4:
            self.write_large(long + size.to_bytes(8, "little"), content)
        else:
            self.write_large(medium + size.to_bytes(4, "little"), content)

    def write_large(self, header, content):
        """A long content stands alone, so that it need not be copied."""
        if not self._framing or len(content) < _TARGET:
            self.write(header + content)
            return
        self._flush()
        self._out(header + content)

    def commit(self):
        """Between two objects: ends a frame that is long enough."""
        if self._framing and self._size >= _TARGET:
            self._flush()

    def end(self):
        self._flush()

    def _flush(self):
        data = b"".join(self._parts)
        if self._framing and len(data) >= _LEAST:
            self._out(FRAME + len(data).to_bytes(8, "little") + data)
        elif data:
            self._out(data)
        self.begin()
