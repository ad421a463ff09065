"""Aliases: extra tags for people and old scripts; and which tags of a repository may move."""

from __future__ import annotations

import re
from typing import Sequence

SOURCE_TAG_PREFIX = "src-"
_REVISION_TAG_PREFIX = "git-"
_MOST_FILTERS = 5


def commit_alias(aliases: Sequence[str]) -> str | None:
    """The first alias that is one of a commit whatever the branch."""
    return next((each for each in aliases if "{commit}" in each and "{branch}" not in each), None)


def tag_of(alias: str, commit: str) -> str:
    """What tags may not hold becomes ``-``, and it ends after 128 characters."""
    tag = re.sub(r"[^A-Za-z0-9_.-]", "-", alias.replace("{commit}", commit))
    return re.sub(r"^[.-]", "_", tag)[:128]


def repository_settings(aliases: Sequence[str]) -> tuple[bool, list[str]]:
    """Whether tags are mutable, and the filters of those that have the other rule, as ``lading publish`` creates repositories."""
    moving = [each.replace("{branch}", "*") for each in aliases if "{commit}" not in each] + ["sha256-*"]
    moving = list(dict.fromkeys(moving))
    if not any(each.startswith("*") for each in moving) and len(moving) <= _MOST_FILTERS:
        return False, moving
    beginnings = [
        each[: each.index("{commit}")] for each in aliases if each.find("{commit}") > 0 and "{branch}" not in each
    ]
    # Not where an alias that moves would no longer.
    kept = [
        each
        for each in dict.fromkeys(beginnings)
        if not any("{" not in alias and alias.startswith(each) for alias in aliases)
    ]
    filters = [f"{SOURCE_TAG_PREFIX}*", f"{_REVISION_TAG_PREFIX}*"]
    return True, filters + [f"{each}*" for each in kept[: _MOST_FILTERS - 2]]
