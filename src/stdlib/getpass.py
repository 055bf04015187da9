"""Who the user is. There is no terminal to ask for a password."""

import os

__all__ = ["getpass", "getuser", "GetPassWarning"]


class GetPassWarning(UserWarning):
    pass


def getuser():
    """The name of the user, from the environment."""
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        if user := os.environ.get(name):
            return user
    raise OSError("No username set in the environment")


def getpass(prompt="Password: ", stream=None, *, echo_char=None):
    from _loopscope import unsupported

    unsupported("getpass.getpass(): programs have no terminal")
