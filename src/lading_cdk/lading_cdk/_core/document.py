"""What the tool decided before synthesis, for each environment: context lading:app (schema/app.schema.json)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Mapping

from .errors import LadingError
from .locks import ImageLock, LockedImage
from .oci import Platform
from .project import EnvironmentDefinition, Project

_VERSION = 1


@dataclass(frozen=True)
class HeadImage:
    """An image at HEAD."""

    fingerprint: str
    platforms: list[Platform]
    is_held: bool


@dataclass(frozen=True)
class Head:
    """The identities of a project's images at HEAD, or why they are unknown."""

    commit: str | None = None
    failure: str | None = None
    images: Mapping[str, HeadImage] = field(default_factory=dict)


@dataclass(frozen=True)
class EnvironmentState:
    lock: ImageLock | None
    path: str
    reason: str | None
    # By image: how it differs from HEAD, as sentences; None if it does not.
    staleness: Mapping[str, str | None]
    # By image: the stacks that were rolled back from it, each with the sentence to report.
    rolled_back: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class AppDocument:
    project: Project
    environment: str | None
    lock_file: str | None
    states: Mapping[str, EnvironmentState]
    head: Head


def read_document(value: Any, folder: Path, attempted: str) -> AppDocument:
    """Reads the document. Unknown members are ignored."""
    version = value.get("appVersion") if isinstance(value, Mapping) else None
    if version != _VERSION:
        if isinstance(version, int) and version > _VERSION:
            raise LadingError(
                attempted,
                f"it is of version {version}, handed over by a newer Lading; this one knows version {_VERSION}",
                "Update the lading-cdk package to the version of the tool.",
            )
        raise LadingError(
            attempted,
            "it is not what Lading hands over",
            "Remove it from cdk.json: 'lading run' and 'lading deploy' set it.",
        )
    head = value["head"]
    environments = value["environments"]
    return AppDocument(
        Project(
            folder,
            value["project"],
            {name: image["repository"] for name, image in value["images"].items()},
            value.get("aliases") or [],
            {
                name: EnvironmentDefinition(
                    name, each.get("account"), each.get("region"), each.get("registry"), each.get("stacks") or []
                )
                for name, each in environments.items()
            },
        ),
        value.get("environment"),
        value.get("lockFile"),
        {name: _state(name, each) for name, each in environments.items()},
        Head(
            head.get("commit"),
            head.get("failure"),
            {
                name: HeadImage(
                    image["fingerprint"],
                    [Platform.parse(each) for each in image["platforms"]],
                    bool(image.get("held")),
                )
                for name, image in (head.get("images") or {}).items()
            },
        ),
    )


def ask_for_head(folder: Path, variables: Mapping[str, str]) -> Head:
    """Asks the lading that is installed beside the app; it uses no network."""
    attempted = "Could not ask lading what HEAD is"
    try:
        answer = ask_lading(folder, variables, attempted, ["run", "--print"])
        return read_document(answer, folder, attempted).head
    except LadingError as error:
        return Head(failure=str(error))


def ask_lading(folder: Path, variables: Mapping[str, str], attempted: str, arguments: list[str], given: str = "") -> Any:
    """Runs the lading in node_modules/.bin of a folder or of one above, or else on the PATH; returns its JSON."""
    beside = [str(at / "node_modules" / ".bin") for at in (folder, *folder.parents)]
    path = os.pathsep.join([*beside, variables.get("PATH", "")])
    program = shutil.which("lading", path=path)
    if program is None:
        raise LadingError(
            attempted,
            "there is no program lading, neither in node_modules/.bin nor on the PATH",
            "Install it beside the app: npm install --save-dev lading.",
        )
    try:
        answer = subprocess.run(
            [program, *arguments], cwd=folder, env=dict(variables), input=given, capture_output=True, text=True, timeout=120
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise LadingError(attempted, f"{program} failed: {error}") from error
    if answer.returncode != 0:
        said = answer.stderr.strip() or f"it ended with exit code {answer.returncode}"
        raise LadingError(attempted, f"{' '.join([program, *arguments])} failed: {said}")
    try:
        return json.loads(answer.stdout)
    except ValueError as error:
        raise LadingError(
            attempted, f"{program} wrote no JSON", "See that it is the Lading that belongs to this version of lading-cdk."
        ) from error


def _state(name: str, raw: Mapping[str, Any]) -> EnvironmentState:
    if raw["state"] != "ready":
        return EnvironmentState(None, "", raw.get("reason") or "", {})
    images = {
        key: LockedImage(
            each["repository"],
            each["digest"],
            each["fingerprint"],
            each["revision"],
            [Platform.parse(text) for text in each["platforms"]],
            each.get("manifests", {}),
        )
        for key, each in raw["images"].items()
    }
    staleness = {key: each.get("reason") for key, each in raw["images"].items()}
    rolled_back = {key: each.get("rolledBack") or {} for key, each in raw["images"].items()}
    return EnvironmentState(ImageLock(name, images), raw.get("lock") or "", None, staleness, rolled_back)
