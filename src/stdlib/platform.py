"""What the simulated computer is."""

import sys
from collections import namedtuple

uname_result = namedtuple("uname_result", "system node release version machine processor")


def uname():
    return uname_result("Linux", "loopscope", "6.12.0", "#1 SMP", "x86_64", "")


def system():
    return "Linux"


def node():
    return "loopscope"


def release():
    return "6.12.0"


def version():
    return "#1 SMP"


def machine():
    return "x86_64"


def processor():
    return ""


def architecture(executable="", bits="", linkage=""):
    return ("64bit", "ELF")


def python_implementation():
    return "CPython"


def python_version():
    return "3.14.8"


def python_version_tuple():
    return ("3", "14", "8")


def python_build():
    return ("main", "Oct  1 2026 19:55:55")


def python_branch():
    return ""


def python_revision():
    return ""


def python_compiler():
    return "GCC 16.2.0"


def platform(aliased=False, terse=False):
    return "Linux-6.12.0-x86_64-with-glibc2.43"


def libc_ver(executable=None, lib="", version="", chunksize=16384):
    return ("glibc", "2.43")
