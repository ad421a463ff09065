from __future__ import annotations

from dataclasses import dataclass

from aws_cdk.aws_ecr import IRepository


@dataclass(frozen=True)
class LadingImageReference:
    """A reference to an image in a template."""

    uri: str
    """``registry/repository@sha256:…``; may contain tokens."""

    repository: IRepository
    """The repository, for granting permissions. It is imported: grants are added to the role that pulls."""

    tag_or_digest: str
    """``sha256:…``, or the tag."""

    def __str__(self) -> str:
        return self.uri
