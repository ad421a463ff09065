"""The user's settings for a stack, from its context or from environment variables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable, Mapping

from .._core.errors import LadingError

APP_KEY = "lading:app"
ENVIRONMENT_KEY = "lading:env"
LOCK_KEY = "lading:lock"
STALE_KEY = "lading:stale"
# The id of the warning about an image that the stack was rolled back from.
ROLLED_BACK_KEY = "lading:rolledBack"
FIXED_KEY = "lading:fixed"
RECORD_KEY = "lading:record"
ENVIRONMENT_VARIABLE = "LADING_ENV"
_LOCK_VARIABLE = "LADING_LOCK"


@dataclass(frozen=True)
class StackSettings:
    environment: str | None
    lock: str | None
    # warn, error or ignore.
    stale: str
    fixed: bool
    record: bool


def settings_of(context: Callable[[str], Any], variables: Mapping[str, str]) -> StackSettings:
    stale = _text(context(STALE_KEY), STALE_KEY) or "warn"
    if stale not in ("warn", "error", "ignore"):
        raise _wrong(STALE_KEY, stale, "warn, error or ignore")
    fixed, record = _flag(context(FIXED_KEY), FIXED_KEY), _flag(context(RECORD_KEY), RECORD_KEY)
    return StackSettings(
        _text(context(ENVIRONMENT_KEY), ENVIRONMENT_KEY) or variables.get(ENVIRONMENT_VARIABLE) or None,
        _text(context(LOCK_KEY), LOCK_KEY) or variables.get(_LOCK_VARIABLE) or None,
        stale,
        False if fixed is None else fixed,
        True if record is None else record,
    )


def _flag(value: Any, key: str) -> bool | None:
    if value is None or value == "":
        return None
    for word in (False, True):
        if value is word or value == str(word).lower():
            return word
    raise _wrong(key, value, "true or false")


def _text(value: Any, key: str) -> str | None:
    if value is None or isinstance(value, str):
        return value or None
    raise _wrong(key, value, "a text")


def _wrong(key: str, value: Any, expected: str) -> LadingError:
    return LadingError(
        f"Could not read the context {key}",
        f"'{value}' is not {expected}",
        "Correct it in cdk.json, or on the command line (-c).",
    )
