"""Objects that stand for others in tests, record how they are used, and take their places."""

from unittest.mock import base
from unittest.mock.asynchronous import AsyncMock, AsyncMockMixin
from unittest.mock.base import CallableMixin, Mock, NonCallableMock, PropertyMock, seal
from unittest.mock.calls import CallList as _CallList, _Call, call
from unittest.mock.files import mock_open
from unittest.mock.magic import MagicMock, NonCallableMagicMock
from unittest.mock.patching import _Patch as _patch, patch
from unittest.mock.spec import create_autospec
from unittest.mock.threaded import ThreadingMock
from unittest.mock.values import ANY, DEFAULT, FILTER_DIR, InvalidSpecError, sentinel

__all__ = (
    "Mock",
    "MagicMock",
    "patch",
    "sentinel",
    "DEFAULT",
    "ANY",
    "call",
    "create_autospec",
    "AsyncMock",
    "ThreadingMock",
    "FILTER_DIR",
    "NonCallableMock",
    "NonCallableMagicMock",
    "mock_open",
    "PropertyMock",
    "seal",
)

# What one file needs of those that are built on it.
base.kinds = {
    "Mock": Mock,
    "MagicMock": MagicMock,
    "AsyncMock": AsyncMock,
    "AsyncMockMixin": AsyncMockMixin,
    "NonCallableMagicMock": NonCallableMagicMock,
    "create_autospec": create_autospec,
}
