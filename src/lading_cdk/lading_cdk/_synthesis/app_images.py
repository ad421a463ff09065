from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Mapping

from .._core.document import AppDocument, Head, ask_for_head, read_document
from .._core.errors import LadingError
from .._core.locks import ImageLock, find_lock
from .._core.project import CONFIGURATION, Project, find_project
from .settings import APP_KEY, LOCK_KEY

_ATTRIBUTE = "_lading_app_images"


@dataclass(frozen=True)
class Surroundings:
    """What synthesis reads from its process."""

    folder: Path = field(default_factory=Path.cwd)
    variables: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))


class AppImages:
    """What the stacks of an app share: lading.json, the locks and the fingerprints of HEAD, each read once."""

    def __init__(self, root: Any, surroundings: Surroundings) -> None:
        self.process = surroundings
        self.is_fixed = False
        self.without_record: set[str] = set()
        self._root = root
        self._locks: dict[Path, ImageLock | None] = {}
        self._cache: dict[str, Any] = {}

    @staticmethod
    def of(root: Any) -> "AppImages":
        """What the stacks under the root of a construct tree share."""
        found = getattr(root, _ATTRIBUTE, None)
        return found if found is not None else AppImages.place(root, Surroundings())

    @staticmethod
    def place(root: Any, surroundings: Surroundings) -> "AppImages":
        """Replaces the folder and variables of the process for an app."""
        images = AppImages(root, surroundings)
        setattr(root, _ATTRIBUTE, images)
        return images

    @property
    def variables(self) -> Mapping[str, str]:
        """Empty if there is a document: the tool that passed it has read them."""
        return {} if self.document else self.process.variables

    @property
    def lock_of_app(self) -> Any:
        return self._root.node.try_get_context(LOCK_KEY)

    @property
    def document(self) -> AppDocument | None:
        """The document that lading run or lading deploy passed; None if CDK started the app."""
        if "document" not in self._cache:
            given = self._root.node.try_get_context(APP_KEY)
            self._cache["document"] = (
                None if given is None else read_document(given, self.process.folder, f"Could not read the context {APP_KEY}")
            )
        return self._cache["document"]

    @property
    def project(self) -> Project | None:
        """The project of the nearest lading.json from the working directory upward."""
        if "project" not in self._cache:
            document = self.document
            self._cache["project"] = document.project if document else find_project(self.process.folder)
        return self._cache["project"]

    @property
    def head(self) -> Head:
        if "head" not in self._cache:
            document = self.document
            self._cache["head"] = document.head if document else ask_for_head(self.process.folder, self.process.variables)
        return self._cache["head"]

    def get_project(self, attempted: str) -> Project:
        project = self.project
        if project is None:
            raise LadingError(
                attempted,
                f"{CONFIGURATION} is neither in {self.process.folder} nor in a folder above",
                "Run 'lading init' in the folder of cdk.json, then 'lading publish'.",
            )
        return project

    def find_lock(self, path: Path) -> ImageLock | None:
        if path not in self._locks:
            self._locks[path] = find_lock(path)
        return self._locks[path]
