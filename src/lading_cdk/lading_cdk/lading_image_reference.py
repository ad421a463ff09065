from __future__ import annotations

from dataclasses import dataclass

from aws_cdk.aws_ecr import IRepository


@dataclass(frozen=True)
class LadingImageReference:
    """An image as a template names it."""

    uri: str
    """``registry/repository@sha256:…``; may hold tokens."""

    repository: IRepository
    """The repository, to grant permissions on. It is imported: grants are given to whoever pulls, not by the repository."""

    tag_or_digest: str
    """``sha256:…``, or the tag."""

    def __str__(self) -> str:
        return self.uri
