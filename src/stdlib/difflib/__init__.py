"""Differences of sequences, and texts that show them."""

from difflib.lines import Differ, IS_CHARACTER_JUNK, IS_LINE_JUNK, ndiff, restore
from difflib.matcher import Match, SequenceMatcher, get_close_matches
from difflib.patches import context_diff, diff_bytes, unified_diff

__all__ = [
    "get_close_matches",
    "ndiff",
    "restore",
    "SequenceMatcher",
    "Differ",
    "IS_CHARACTER_JUNK",
    "IS_LINE_JUNK",
    "context_diff",
    "unified_diff",
    "diff_bytes",
    "Match",
]
