"""Reads a lock of Lading: which digest each image of an environment stands on. Nothing but Python is needed."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Callable, TypedDict


class LockedImage(TypedDict):
    repository: str
    digest: str
    fingerprint: str
    revision: str | None
    platforms: list[str]


class MissingImage(Exception):
    """There is no lock, or it does not hold the image. The text says which command mends it."""


def find_image(name: str, context: Callable[[str], Any]) -> LockedImage:
    """The image: as `lading run` and `lading deploy` hand it over in the context, otherwise from the lock."""
    given: dict[str, LockedImage] | None = context("lading:images")
    if given and name in given:
        return given[name]

    environment: str = context("lading:env") or os.environ.get("LADING_ENV") or "local"
    path = Path(
        context("lading:lock")
        or os.environ.get("LADING_LOCK")
        or _folder_of("lading.json") / ".lading" / f"{environment}.lock.json"
    )
    publish = "lading publish" if environment == "local" else f"lading publish --env {environment}"
    if not path.exists():
        raise MissingImage(f"Could not pin image {name}: there is no lock {path}. Run '{publish}'.")

    lock = json.loads(path.read_text(encoding="utf-8"))
    if lock["lockVersion"] > 2:
        raise ValueError(f"The lock {path} is of version {lock['lockVersion']}, written by a newer Lading.")

    if name not in lock["images"]:
        raise MissingImage(f"Could not pin image {name}: the lock {path} does not hold it. Run '{publish}'.")

    return lock["images"][name]


def _folder_of(file: str) -> Path:
    """The nearest folder that holds a file, from the working directory upward."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / file).exists():
            return folder

    raise FileNotFoundError(f"There is no {file} in {here} or in a folder above.")
