"""What `sys` tells about the interpreter in structures; made when a program asks for the first of them."""

import sys

from _structseq import structseq_class
from types import SimpleNamespace


def _made(name, fields, values, apart=()):
    return structseq_class(f"sys.{name}", fields, None, apart)(values)


version_info = _made("version_info", "major minor micro releaselevel serial", (3, 14, 8, "final", 0))

flags = _made(
    "flags",
    "debug inspect interactive optimize dont_write_bytecode no_user_site no_site ignore_environment verbose "
    "bytes_warning quiet hash_randomization isolated dev_mode utf8_mode warn_default_encoding safe_path "
    "int_max_str_digits",
    (0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, False, 0, 0, False, 4300),
    {"gil": 1, "thread_inherit_context": 0, "context_aware_warnings": 0},
)

float_info = _made(
    "float_info",
    "max max_exp max_10_exp min min_exp min_10_exp dig mant_dig epsilon radix rounds",
    (1.7976931348623157e308, 1024, 308, 2.2250738585072014e-308, -1021, -307, 15, 53, 2.0**-52, 2, 1),
)

int_info = _made(
    "int_info",
    "bits_per_digit sizeof_digit default_max_str_digits str_digits_check_threshold",
    (30, 4, 4300, 640),
)

hash_info = _made(
    "hash_info",
    "width modulus inf nan imag algorithm hash_bits seed_bits cutoff",
    (64, 2**61 - 1, 314159, 0, 1000003, "siphash13", 64, 128, 0),
)

thread_info = _made("thread_info", "name lock version", ("pthread", "semaphore", "NPTL 2.43"))

implementation = SimpleNamespace(
    name="cpython",
    cache_tag="cpython-314",
    version=version_info,
    hexversion=sys.hexversion,
    _multiarch="x86_64-linux-gnu",
    supports_isolated_interpreters=True,
)
