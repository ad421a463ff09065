"""The image assets of one stack: the image of each, and where it is pushed."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Mapping

from aws_cdk import Annotations, DockerImageAssetLocation, FileSystem, Stack, Stage

from .._core.document import ask_lading
from .._core.errors import LadingError
from .._core.locks import LockedImage
from .._core.oci import CONSTANT_DIGEST
from .._core.tags import SOURCE_TAG_PREFIX
from .._synthesis.app_images import AppImages
from .._synthesis.environment_choice import choose
from .._synthesis.stack_pins import find_locks, is_fixed, place_of, question_of
from .properties import with_unknown_properties

_TAG_DIGITS = 40
_NOWHERE = "lading.invalid"
_USUAL_PLATFORM = "linux/amd64"

Properties = Mapping[str, Any]


class AssetImages:
    def __init__(self, stack: Stack, repository: str | None) -> None:
        self._stack = stack
        self._given = repository
        self._app = AppImages.of(stack.node.root)
        self._published: Mapping[str, LockedImage] | None = None

    def inner_properties(self, own: Properties, publishing_role_arn: str | None) -> dict[str, Any]:
        """CDK's own settings, with images in the app's own repository."""
        return {
            **own,
            "image_assets_repository_name": self._repository(),
            # CDK has a default for every unset role; an empty role means none.
            "image_asset_publishing_role_arn": publishing_role_arn or "",
            "docker_tag_prefix": SOURCE_TAG_PREFIX,
        }

    def identify(self, asset: Properties) -> tuple[DockerImageAssetLocation | None, Properties]:
        """The published image, by digest, if there is one; and the asset's build, with its identity."""
        directory = asset.get("directory_name")
        if directory is None:
            # A command makes it: only CDK's own hash is known.
            return None, asset
        try:
            return self._identify_folder(asset, directory)
        except LadingError as error:
            # Like every error at synthesis: CDK deploys no stack with errors.
            self._say(error)
            return self._location_of(_NOWHERE, CONSTANT_DIGEST), asset

    def _identify_folder(self, asset: Properties, directory: str) -> tuple[DockerImageAssetLocation | None, Properties]:
        if is_fixed(self._stack, self._app):
            return self._location_of(self._repository(), CONSTANT_DIGEST), asset
        platform = asset.get("platform") or _USUAL_PLATFORM
        # Relative to the assembly of the stack's own stage, although assets are staged in the app's. CDK's command line
        # passes the app's as it was typed (default 'cdk.out'), relative to this process's folder.
        stage: Any = Stage.of(self._stack) or self._stack.node.root
        folder = Path(os.path.abspath(os.path.join(stage.outdir, directory)))
        fingerprint = self._fingerprint_of(asset, folder, platform)
        fingerprint = with_unknown_properties(fingerprint, asset, folder, FileSystem.fingerprint)
        if self._published is None:
            self._published = self._find_published()
        image = self._published.get(fingerprint)
        source = {**asset, "source_hash": fingerprint[:_TAG_DIGITS], "platform": platform}
        return (self._location_of(image.repository, image.digest) if image else None), source

    def _repository(self) -> str:
        try:
            project = self._app.project
            if self._given is None and project is None:
                raise LadingError(
                    f"Could not find a repository for the image assets of stack {self._stack.node.path}",
                    "none is given, and there is no lading.json with a project to name one after",
                    "Give LadingSynthesizer a repository, or run 'lading init'.",
                )
            return self._given or f"{project.name if project else ''}/assets"
        except LadingError as error:
            self._say(error)
            return _NOWHERE

    def _fingerprint_of(self, asset: Properties, folder: Path, platform: str) -> str:
        """Computed by the tool, with the rules of publish."""
        attempted = "Could not compute the identity of an image asset"
        process = self._app.process
        question = {
            "folder": str(folder),
            "dockerfile": asset.get("docker_file") or "Dockerfile",
            "target": asset.get("docker_build_target"),
            "args": asset.get("docker_build_args") or {},
            "secrets": list(asset.get("docker_build_secrets") or {}),
            "ssh": asset.get("docker_build_ssh"),
            "platform": platform,
        }
        answer = ask_lading(process.folder, process.variables, attempted, ["identify"], json.dumps(question))
        fingerprint = answer.get("fingerprint") if isinstance(answer, dict) else None
        if not isinstance(fingerprint, str):
            raise LadingError(attempted, "'lading identify' named none", "Update the tool.")
        return fingerprint

    def _location_of(self, repository: str, digest: str) -> DockerImageAssetLocation:
        stack = self._stack
        uri = f"{stack.account}.dkr.ecr.{stack.region}.{stack.url_suffix}/{repository}@{digest}"
        return DockerImageAssetLocation(repository_name=repository, image_uri=uri)

    def _find_published(self) -> Mapping[str, LockedImage]:
        """The images of the stack's lock by fingerprint, if in its own account: an asset's task cannot pull from others."""
        if self._app.project is None:
            return {}
        try:
            locks = find_locks(self._stack, self._app)
            environment, wanted = choose(question_of(self._stack, self._app, locks))
            is_own = (
                environment is None
                or environment.is_embedded
                or (environment.registry is None and place_of(self._stack).fits(environment))
            )
            lock, _, _ = locks.find(wanted)
        except LadingError:
            # The lock is ambiguous or unreadable: the asset is looked up, and built, under its own tag.
            return {}
        images = list(lock.images.values()) if lock and is_own else []
        return {image.fingerprint: image for image in reversed(images)}

    def _say(self, error: LadingError) -> None:
        Annotations.of(self._stack).add_error(str(error))
