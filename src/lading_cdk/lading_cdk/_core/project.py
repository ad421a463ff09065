"""The part of lading.json that constructs need. The tool reads it strictly, and reports every mistake."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Mapping, Sequence

from .errors import LadingError
from .json_document import JsonError, JsonNode, parse
from .oci import is_repository_name

CONFIGURATION = "lading.json"
LOCAL = "local"


@dataclass(frozen=True)
class EnvironmentDefinition:
    name: str
    account: str | None = None
    region: str | None = None
    registry: str | None = None
    stacks: Sequence[str] = field(default_factory=tuple)

    @property
    def is_embedded(self) -> bool:
        return self.registry == "embedded"


@dataclass(frozen=True)
class Project:
    folder: Path
    name: str
    # The repository of each image, by the image's name.
    images: Mapping[str, str]
    aliases: Sequence[str]
    environments: Mapping[str, EnvironmentDefinition]


def find_project(folder: Path) -> Project | None:
    """The project of the nearest lading.json from a folder upward; None if there is none."""
    for at in (folder, *folder.parents):
        path = at / CONFIGURATION
        if path.exists():
            shown = "../" * (len(folder.parts) - len(at.parts)) + CONFIGURATION
            return _read(at, path, shown)
    return None


def _read(folder: Path, path: Path, shown: str) -> Project:
    try:
        root = parse(path.read_text(encoding="utf-8-sig"), relaxed=True)
    except JsonError as error:
        raise _wrong(shown, error.line, "it is not JSON") from error
    except (OSError, UnicodeDecodeError) as error:
        raise LadingError(f"Could not read {path}", str(error), "Make sure that the file is readable.") from error
    name = root.members["project"].text if "project" in root.members else None
    if name is None or not is_repository_name(name):
        raise _wrong(shown, root.line, "project is not a name that repositories can begin with")
    images = {}
    for image, node in _members(root, "images").items():
        repository = _text(node, "repository") or f"{name}/{image}"
        if not is_repository_name(repository):
            raise _wrong(shown, node.line, f"repository of {image} is not a valid repository name")
        images[image] = repository
    environments = {LOCAL: EnvironmentDefinition(LOCAL, registry="embedded")}
    for key, node in _members(root, "environments").items():
        environments[key] = EnvironmentDefinition(
            key, _text(node, "account"), _text(node, "region"), _text(node, "registry"), _texts(node, "stacks")
        )
    return Project(folder, name, _sorted(images), _texts(root, "aliases"), _sorted(environments))


def _members(node: JsonNode, key: str) -> dict[str, JsonNode]:
    return node.members[key].members if key in node.members else {}


def _text(node: JsonNode, key: str) -> str | None:
    return node.members[key].text if key in node.members else None


def _texts(node: JsonNode, key: str) -> list[str]:
    found = node.members.get(key)
    return [item.text for item in found.value if item.text is not None] if found and found.kind == "array" else []


def _sorted(entries: dict) -> dict:
    return dict(sorted(entries.items(), key=lambda pair: pair[0].encode()))


def _wrong(shown: str, line: int, what: str) -> LadingError:
    return LadingError(f"Could not read {shown}, line {line}", what, "'lading plan --offline' names every mistake.")
