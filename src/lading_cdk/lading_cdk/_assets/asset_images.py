"""The image assets of one stack: which image each of them is, and where it goes."""

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
            # Of what is not given CDK knows a value; an empty role is none.
            "image_asset_publishing_role_arn": publishing_role_arn or "",
            "docker_tag_prefix": SOURCE_TAG_PREFIX,
        }

    def identify(self, asset: Properties) -> tuple[DockerImageAssetLocation | None, Properties]:
        """Where an asset is already, by its digest, if it is; and what it is built from, under its identity."""
        directory = asset.get("directory_name")
        if directory is None:
            # A command makes it: what CDK says it is made of is all that is known.
            return None, asset
        try:
            return self._identify_folder(asset, directory)
        except LadingError as error:
            # As everything that does not hold at synthesis: CDK deploys no stack with errors.
            self._say(error)
            return self._location_of(_NOWHERE, CONSTANT_DIGEST), asset

    def _identify_folder(self, asset: Properties, directory: str) -> tuple[DockerImageAssetLocation | None, Properties]:
        if is_fixed(self._stack, self._app):
            return self._location_of(self._repository(), CONSTANT_DIGEST), asset
        platform = asset.get("platform") or _USUAL_PLATFORM
        # The CDK command line names the folder of the assembly as it was typed, 'cdk.out' where it was not: relative to here.
        # What is staged of a stage lies in the app's own folder, and is named from the stage's.
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
        """The tool computes it, by the rules that it publishes by."""
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
        """The images of the stack's lock by their fingerprints, where they are in the stack's own account: an asset's task may pull from no other."""
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
            # Which lock is meant cannot be told: the asset is looked for, and built, under its own tag.
            return {}
        images = list(lock.images.values()) if lock and is_own else []
        return {image.fingerprint: image for image in reversed(images)}

    def _say(self, error: LadingError) -> None:
        Annotations.of(self._stack).add_error(str(error))
