"""Test cases, suites and their report."""

from unittest._async import IsolatedAsyncioTestCase
from unittest._case import (
    FunctionTestCase,
    SkipTest,
    TestCase,
    addModuleCleanup,
    doModuleCleanups,
    expectedFailure,
    skip,
    skipIf,
    skipUnless,
)
from unittest._result import TestResult
from unittest._run import TestLoader, TestProgram, TextTestResult, TextTestRunner, defaultTestLoader, main
from unittest._suite import BaseTestSuite, TestSuite

__all__ = [
    "IsolatedAsyncioTestCase",
    "TestResult",
    "TestCase",
    "TestSuite",
    "TextTestRunner",
    "TestLoader",
    "FunctionTestCase",
    "main",
    "defaultTestLoader",
    "SkipTest",
    "skip",
    "skipIf",
    "skipUnless",
    "expectedFailure",
    "TextTestResult",
    "addModuleCleanup",
    "doModuleCleanups",
]
