"""What transports call: interfaces for programs to implement. Nothing here needs an operating system."""

__all__ = ("BaseProtocol", "Protocol", "DatagramProtocol", "SubprocessProtocol", "BufferedProtocol")


class BaseProtocol:
    """What all protocols are told of."""

    __slots__ = ()

    def connection_made(self, transport):
        """There is a connection."""

    def connection_lost(self, exc):
        """The connection is gone, by an error if there is one."""

    def pause_writing(self):
        """The transport's buffer is over its limit."""

    def resume_writing(self):
        """The transport's buffer has drained."""


class Protocol(BaseProtocol):
    """Takes a stream of bytes."""

    __slots__ = ()

    def data_received(self, data):
        """Some bytes came."""

    def eof_received(self):
        """No more bytes will come."""


class BufferedProtocol(BaseProtocol):
    """Takes a stream of bytes in buffers of its own."""

    __slots__ = ()

    def get_buffer(self, sizehint):
        """A buffer for the next bytes."""

    def buffer_updated(self, nbytes):
        """So many bytes came."""

    def eof_received(self):
        """No more bytes will come."""


class DatagramProtocol(BaseProtocol):
    """Takes datagrams."""

    __slots__ = ()

    def datagram_received(self, data, addr):
        """A datagram came."""

    def error_received(self, exc):
        """Sending or receiving went wrong."""


class SubprocessProtocol(BaseProtocol):
    """Takes what a process writes."""

    __slots__ = ()

    def pipe_data_received(self, fd, data):
        """The process wrote to a pipe."""

    def pipe_connection_lost(self, fd, exc):
        """A pipe is closed."""

    def process_exited(self):
        """The process has ended."""
