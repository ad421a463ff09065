"""Aliases: extra tags for people and old scripts; and which tags of a repository may move."""

from __future__ import annotations

import re
from typing import Sequence

SOURCE_TAG_PREFIX = "src-"
_REVISION_TAG_PREFIX = "git-"
_MOST_FILTERS = 5


def commit_alias(aliases: Sequence[str]) -> str | None:
    """The first alias with ``{commit}`` and without ``{branch}``."""
    return next((each for each in aliases if "{commit}" in each and "{branch}" not in each), None)


def tag_of(alias: str, commit: str) -> str:
    """Invalid characters become ``-``, or ``_`` at the start; the tag is cut at 128 characters."""
    tag = re.sub(r"[^A-Za-z0-9_.-]", "-", alias.replace("{commit}", commit))
    return re.sub(r"^[.-]", "_", tag)[:128]


def repository_settings(aliases: Sequence[str]) -> tuple[bool, list[str]]:
    """Whether tags are mutable, and filters for the exceptions: the settings that publish creates repositories with."""
    moving = [each.replace("{branch}", "*") for each in aliases if "{commit}" not in each] + ["sha256-*"]
    moving = list(dict.fromkeys(moving))
    if not any(each.startswith("*") for each in moving) and len(moving) <= _MOST_FILTERS:
        return False, moving
    beginnings = [
        each[: each.index("{commit}")] for each in aliases if each.find("{commit}") > 0 and "{branch}" not in each
    ]
    # Unless a moving alias would become immutable.
    kept = [
        each
        for each in dict.fromkeys(beginnings)
        if not any("{" not in alias and alias.startswith(each) for alias in aliases)
    ]
    filters = [f"{SOURCE_TAG_PREFIX}*", f"{_REVISION_TAG_PREFIX}*"]
    return True, filters + [f"{each}*" for each in kept[: _MOST_FILTERS - 2]]
