"""The sources of the pins of a stack's images: a lock, the tags at HEAD, or one constant digest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Mapping, Protocol, Sequence

from .._core.document import Head, HeadImage
from .._core.errors import LadingError
from .._core.locks import ImageLock
from .._core.oci import CONSTANT_DIGEST, Platform
from .._core.project import LOCAL, Project
from .._core.tags import SOURCE_TAG_PREFIX, commit_alias, tag_of
from .requirements import ImageRequirements

_TAG_DIGITS = 40

FindPlatform = Callable[[], "Platform | None"]


@dataclass(frozen=True)
class PinnedImage:
    """A reference to an image in a template, without its registry."""

    repository: str
    pin: str
    # True if it is known to be an index.
    is_index: bool = False

    def __str__(self) -> str:
        return f"{self.repository}{'@' if ':' in self.pin else ':'}{self.pin}"


class ImagePins(Protocol):
    def get(self, name: str, find_platform: FindPlatform, service: ImageRequirements) -> PinnedImage:
        """The pin; the manifest of one platform for a service that does not support an index."""


@dataclass(frozen=True)
class PublishCommand:
    """The commands that rewrite a lock, for messages."""

    environment: str
    lock_file: str | None = None

    @property
    def resolve(self) -> str:
        return f"lading resolve{self._options}"

    @property
    def for_all(self) -> str:
        return f"lading publish{self._options}"

    def for_image(self, name: str) -> str:
        return f"lading publish {name}{self._options}"

    @property
    def _options(self) -> str:
        # local is the default.
        environment = "" if self.environment == LOCAL else f" --env {self.environment}"
        return environment + ("" if self.lock_file is None else f" --lock {self.lock_file}")


@dataclass(frozen=True)
class FixedImages:
    """One digest for all images, for snapshot tests. Without lading.json, an image's name is used as its repository."""

    images: Mapping[str, str] | None

    def get(self, name: str, find_platform: FindPlatform, service: ImageRequirements) -> PinnedImage:
        return PinnedImage(name if self.images is None else check_name(name, self.images), CONSTANT_DIGEST)


@dataclass(frozen=True)
class LockedImages:
    """The images that a lock pins, compared with what lading.json and the stack ask for."""

    lock: ImageLock
    path: str
    images: Mapping[str, str]
    publish: PublishCommand

    def get(self, name: str, find_platform: FindPlatform, service: ImageRequirements) -> PinnedImage:
        check_name(name, self.images)
        image = self.lock.images.get(name)
        if image is None:
            raise LadingError(
                f"Could not pin image {name}",
                f"the lock {self.path} does not hold it",
                f"Run '{self.publish.for_image(name)}'.",
            )
        if service.takes_index:
            check_platform(name, image.platforms, find_platform(), self.publish)
            return PinnedImage(image.repository, image.digest, bool(image.manifests))
        # Functions run on x86-64 by default.
        platform = find_platform() or Platform("linux", "amd64")
        check_platform(name, image.platforms, platform, self.publish, f"{service.service} is to run it")
        if image.manifests is None:
            raise LadingError(
                f"Could not pin image {name} for {service.service}, which takes no image index",
                f"the lock {self.path} does not say whether it is one: an older Lading wrote it, or the image is archived",
                f"Run '{self.publish.resolve}'.",
            )
        fitting = (digest for each, digest in image.manifests.items() if Platform.parse(each).runs_on(platform))
        return PinnedImage(image.repository, next(fitting, image.digest))

    def find_staleness(self, name: str, at_head: HeadImage | None) -> str | None:
        """How the image in the lock differs from HEAD, as sentences; None if it does not."""
        image = self.lock.images[name]
        if at_head is None:
            reason = "lading.json has no such image at HEAD"
        elif image.fingerprint == at_head.fingerprint:
            return None
        elif at_head.is_held:
            reason = "it is held back at a revision, and the lock pins another"
        elif image.revision is None:
            reason = "the lock pins it as it was published from uncommitted changes"
        else:
            reason = f"the lock pins it as it was at {image.revision[:12]}, and its inputs have changed since"
        return (
            f"Image {name} does not match HEAD: {reason}. "
            f"Run '{self.publish.for_image(name)}', or '{self.publish.resolve}' if it is published already."
        )


class TaggedImages:
    """The tags of images at HEAD; no lock is read."""

    def __init__(self, head: Head, project: Project, publish: PublishCommand, by_commit: bool) -> None:
        if head.failure is not None:
            raise LadingError("Could not compute the tags of images from git", head.failure)
        self._head = head
        self._images = project.images
        self._publish = publish
        self._commit_tag = _commit_tag(project, head.commit or "") if by_commit else None

    def get(self, name: str, find_platform: FindPlatform, service: ImageRequirements) -> PinnedImage:
        repository = check_name(name, self._images)
        if name not in self._head.images:
            raise LadingError(
                f"Could not pin image {name}",
                "lading.json of HEAD has no image of that name",
                f"Commit it, then run '{self._publish.for_image(name)}'.",
            )
        image = self._head.images[name]
        if not service.takes_index and len(image.platforms) != 1:
            raise LadingError(
                f"Could not pin image {name} for {service.service}, which takes no image index",
                "the tag names the index of all its platforms",
                "Pin it by digest (ImagePin.DIGEST), which names the manifest of one platform.",
            )
        platform = find_platform() or (None if service.takes_index else Platform("linux", "amd64"))
        check_platform(name, image.platforms, platform, self._publish)
        return PinnedImage(repository, self._commit_tag or SOURCE_TAG_PREFIX + image.fingerprint[:_TAG_DIGITS])


def check_name(name: str, images: Mapping[str, str]) -> str:
    """The repository of an image, which lading.json must have."""
    if name not in images:
        raise LadingError(
            f"Could not pin image {name}",
            "lading.json has no image of that name",
            f"It has {', '.join(images)}. Add an image there, then run 'lading publish {name}'.",
        )
    return images[name]


def check_platform(
    name: str,
    platforms: Sequence[Platform],
    platform: Platform | None,
    publish: PublishCommand,
    who: str = "the task definition runs",
) -> None:
    """Rejects an image that is not for the platform that it must run on."""
    if platform is not None and platforms and not any(one.runs_on(platform) for one in platforms):
        raise LadingError(
            f"Could not pin image {name}",
            f"{who} on {platform}, and the image is for {', '.join(map(str, platforms))}",
            f"Set the task definition's runtime_platform, or add {platform} to the image's platforms in lading.json "
            f"and run '{publish.for_image(name)}'.",
        )


def _commit_tag(project: Project, commit: str) -> str:
    """An alias with a branch would not exist without a branch, as in most CI jobs."""
    alias = commit_alias(project.aliases)
    if alias is None:
        raise LadingError(
            "Could not tell the tag of a commit",
            "no alias in lading.json holds {commit} and no {branch}",
            'Add one ("aliases": ["{commit}"]) and publish, or pin by ImagePin.SOURCE_TAG, which needs none.',
        )
    return tag_of(alias, commit)
