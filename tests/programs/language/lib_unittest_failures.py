"""The texts of assertions that fail, and the report of a run."""

import logging
import sys
import unittest

LONG = "abcdefghij" * 12


class Shape:
    sides = 4


class TestTexts(unittest.TestCase):
    def test_lists(self):
        self.assertEqual([1, 2, 3, 4], [1, 2, 30])

    def test_long_lists(self):
        self.assertEqual(list(range(40)), list(range(1, 40)))

    def test_dicts(self):
        self.assertEqual({"name": "Ann", "age": 31}, {"name": "Ann", "age": 32}, "after the birthday")

    def test_lines(self):
        self.assertEqual("one\ntwo\nthree\n", "one\ntwo and a half\nthree")

    def test_long_words(self):
        self.assertEqual(LONG + "x", LONG + "y")

    def test_long_objects(self):
        self.assertEqual((LONG,), [LONG])

    def test_tuples_and_sequences(self):
        with self.subTest("tuples"):
            self.assertEqual((1, "a"), (1, "b"))
        with self.subTest("sequences"):
            self.assertSequenceEqual([1, 2], (1, 3))
        with self.subTest("no sequence"):
            self.assertSequenceEqual(5, [5])
        with self.subTest(kind="sets"):
            self.assertEqual({1, 2}, {2, 3})

    def test_counts(self):
        with self.subTest("hashable"):
            self.assertCountEqual("aab", "abb")
        with self.subTest("unhashable"):
            self.assertCountEqual([[1], [2]], [[2], [3]])

    def test_new_ones(self):
        for number, check in enumerate(
            (
                lambda: self.assertIsSubclass(int, (str, bytes)),
                lambda: self.assertNotIsSubclass(bool, int),
                lambda: self.assertHasAttr(Shape(), "area"),
                lambda: self.assertNotHasAttr(Shape, "sides"),
                lambda: self.assertStartsWith("apple", "b"),
                lambda: self.assertNotEndsWith("apple", ("x", "le")),
                lambda: self.assertEndsWith(b"apple", "le"),
                lambda: self.assertIsInstance(3, (str, float)),
            )
        ):
            with self.subTest(number=number):
                check()

    def test_logs(self):
        with self.assertLogs("shop", level="INFO") as watched:
            logging.getLogger("shop.till").warning("%d coins left", 3)
            logging.getLogger("shop").debug("not seen")
        print(watched.output, watched.records[0].levelname)
        with self.assertNoLogs("shop"):
            pass
        with self.subTest("nothing"), self.assertLogs("shop"):
            pass
        with self.subTest("something"), self.assertNoLogs("shop", "ERROR"):
            logging.getLogger("shop").error("broken")

    def test_truncated(self):
        self.maxDiff = 60
        self.assertEqual(list("abcdefgh"), list("ABCDEFGH"))


if __name__ == "__main__":
    result = unittest.main(exit=False, verbosity=0).result
    sys.exit(len(result.failures))
