"""Locks: the digest of each image of an environment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Mapping, NoReturn

from .errors import LadingError
from .json_document import JsonError, JsonNode, parse
from .oci import Platform, is_digest, is_repository_name

FOLDER = ".lading"
VERSION = 2
_SUFFIX = ".lock.json"


@dataclass(frozen=True)
class LockedImage:
    """The entry of an image in a lock: what a template pins."""

    repository: str
    digest: str
    fingerprint: str
    revision: str | None
    platforms: list[Platform]
    # The manifest for each platform of an index; empty if the digest is a manifest; None if the lock lacks them.
    manifests: Mapping[str, str] | None


@dataclass(frozen=True)
class ImageLock:
    environment: str
    images: Mapping[str, LockedImage]


def lock_in(folder: Path, environment: str) -> Path:
    return folder / (environment + _SUFFIX)


def environment_of(path: Path) -> str | None:
    """The environment in a lock file's name; None if the file has another kind of name."""
    name = path.name
    return name[: -len(_SUFFIX)] if len(name) > len(_SUFFIX) and name.endswith(_SUFFIX) else None


def find_lock(path: Path) -> ImageLock | None:
    """Reads a lock; None if it does not exist."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise LadingError(f"Could not read the lock {path}", str(error), "Make sure that the file is readable.") from error
    try:
        return _LockReader(path).read(parse(text))
    except JsonError as error:
        raise LadingError(f"Could not read the lock {path}, line {error.line}", "it is not JSON", _remedy(path)) from error


def _remedy(path: Path) -> str:
    environment = environment_of(path)
    options = f"--env … --lock {path}" if environment is None else f"--env {environment}"
    return f"Run 'lading resolve {options}' to write it again."


Read = Callable[[JsonNode], None]


class _LockReader:
    """Strict: no duplicate, unknown or missing keys, and valid values only. It reports the first mistake."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._version = 1

    def read(self, root: JsonNode) -> ImageLock:
        self._check_version(root)
        found: dict[str, object] = {}

        def environment(node: JsonNode) -> None:
            found["environment"] = self._text(node, "environment")

        def images(node: JsonNode) -> None:
            found["images"] = self._images(node)

        self._members(
            root,
            "the lock",
            "lockVersion, environment and images",
            {"lockVersion": lambda _: None, "environment": environment, "images": images},
        )
        for key in ("environment", "images"):
            if key not in found:
                self._wrong(root.line, f"{key} is missing")
        return ImageLock(**found)  # type: ignore[arg-type]

    def _check_version(self, root: JsonNode) -> None:
        self._object(root, "the lock")
        node = next((value for key, _, value in root.value if key == "lockVersion"), None)
        if node is None:
            self._wrong(root.line, "lockVersion is missing")
        if not _is_version(node):
            self._wrong(node.line, "lockVersion is not a valid version number")
        self._version = node.value
        if self._version > VERSION:
            raise LadingError(
                f"Could not read the lock {self._path}, line {node.line}",
                f"it is of version {self._version}, written by a newer Lading; this one knows versions up to {VERSION}",
                "Update Lading (the tool, and the lading-cdk package), or write the lock again with this version: lading resolve.",
            )

    def _images(self, node: JsonNode) -> dict[str, LockedImage]:
        self._object(node, "images")
        images: dict[str, LockedImage] = {}
        for key, line, value in node.value:
            if key in images:
                self._wrong(line, f"{key} is there twice")
            images[key] = self._image(key, value)
        return dict(sorted(images.items(), key=lambda pair: pair[0].encode()))

    def _image(self, name: str, node: JsonNode) -> LockedImage:
        found: dict[str, object] = {}

        def put(key: str, read: Callable[[JsonNode], object]) -> Read:
            return lambda value: found.__setitem__(key, read(value))

        def revision(value: JsonNode) -> str | None:
            commit = r"[0-9a-f]{40}|[0-9a-f]{64}"
            return None if value.kind == "null" else self._formed(value, "revision", commit, "full commit hash")

        def version(value: JsonNode) -> None:
            if not _is_version(value):
                self._wrong(value.line, "fingerprintVersion is not a valid version number")

        known: dict[str, Read] = {
            "repository": put("repository", lambda value: self._checked(value, "repository", is_repository_name, "repository name")),
            "digest": put("digest", lambda value: self._checked(value, "digest", is_digest, "digest")),
            "fingerprint": put(
                "fingerprint", lambda value: self._formed(value, "fingerprint", "[0-9a-f]{64}", "fingerprint of 64 hex digits")
            ),
            "revision": put("revision", revision),
            "platforms": put("platforms", self._platforms),
        }
        names = "repository, digest, fingerprint, revision and platforms"
        if self._version > 1:
            known["fingerprintVersion"] = put("fingerprintVersion", version)
            known["manifests"] = put("manifests", lambda value: None if value.kind == "null" else self._manifests(value))
            names = "repository, digest, fingerprint, fingerprintVersion, revision, platforms and manifests"
        self._members(node, name, names, known)
        for key in ("repository", "digest", "fingerprint", "revision", "platforms"):
            if key not in found:
                self._wrong(node.line, f"{name} has no {key}" + (" (null says that there is none)" if key == "revision" else ""))
        if self._version > 1 and "fingerprintVersion" not in found:
            self._wrong(node.line, f"{name} has no fingerprintVersion")
        found.pop("fingerprintVersion", None)
        found.setdefault("manifests", None if self._version == 1 else {})
        return LockedImage(**found)  # type: ignore[arg-type]

    def _platforms(self, node: JsonNode) -> list[Platform]:
        if node.kind != "array":
            self._wrong(node.line, "platforms is not a list")
        platforms: dict[str, Platform] = {}
        for item in node.value:
            platform = Platform.try_parse(self._text(item, "a platform"))
            if platform is None:
                self._wrong(item.line, "platforms is not a list of platforms such as linux/amd64")
            platforms[str(platform)] = platform
        return [platforms[key] for key in sorted(platforms)]

    def _manifests(self, node: JsonNode) -> dict[str, str]:
        self._object(node, "manifests")
        manifests: dict[str, str] = {}
        for key, line, value in node.value:
            platform = Platform.try_parse(key)
            if platform is None:
                self._wrong(line, f"{key} in manifests is not a platform such as linux/amd64")
            if str(platform) in manifests:
                self._wrong(line, f"{platform} is given twice")
            manifests[str(platform)] = self._checked(value, key, is_digest, "digest")
        return manifests

    def _members(self, node: JsonNode, what: str, names: str, readers: Mapping[str, Read]) -> None:
        self._object(node, what)
        seen: set[str] = set()
        for key, line, value in node.value:
            if key in seen:
                self._wrong(line, f"{key} is there twice")
            seen.add(key)
            if key not in readers:
                self._wrong(value.line, f"{key} is unknown here; known are {names}")
            readers[key](value)

    def _object(self, node: JsonNode, what: str) -> None:
        if node.kind != "object":
            self._wrong(node.line, f"{what} is not an object")

    def _text(self, node: JsonNode, key: str) -> str:
        if node.text is None:
            self._wrong(node.line, f"{key} is not a text")
        if node.text == "":
            self._wrong(node.line, f"{key} is empty")
        return node.text

    def _formed(self, node: JsonNode, key: str, pattern: str, expected: str) -> str:
        return self._checked(node, key, lambda text: re.fullmatch(pattern, text) is not None, expected)

    def _checked(self, node: JsonNode, key: str, is_formed: Callable[[str], bool], expected: str) -> str:
        text = self._text(node, key)
        if not is_formed(text):
            self._wrong(node.line, f"{key} is not a valid {expected}")
        return text

    def _wrong(self, line: int, what: str) -> NoReturn:
        raise LadingError(f"Could not read the lock {self._path}, line {line}", what, _remedy(self._path))


def _is_version(node: JsonNode) -> bool:
    return node.kind == "number" and isinstance(node.value, int) and node.value > 0
