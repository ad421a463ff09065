"""Renders the images of one stack, and lets its tasks pull them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from aws_cdk import ArnFormat, Aws, Stack
from aws_cdk.aws_ecr import IRepository, Repository
from aws_cdk.aws_ecs import ContainerDefinition, ContainerImage, ContainerImageConfig
from constructs import Construct

from .._core.ecr_address import EcrAddress
from .._core.project import EnvironmentDefinition
from ..lading_image_reference import LadingImageReference
from .sources import PinnedImage



@dataclass(frozen=True)
class TargetRegistry:
    """The registry in a template: a literal host, or the ECR of an account and region; the stack's own by default."""

    host: str | None = None
    account: str | None = None
    region: str | None = None

    @property
    def is_ecr(self) -> bool:
        return self.host is None or self.account is not None

    @property
    def written_host(self) -> str | None:
        """The host in templates; None for the ECR of whichever account and region the stack is deployed to."""
        if self.host is not None or self.account is None or self.region is None:
            return self.host
        return EcrAddress(self.account, self.region).host

    @staticmethod
    def of(environment: EnvironmentDefinition | None) -> "TargetRegistry":
        if environment is None or environment.is_embedded:
            return TargetRegistry()
        registry = environment.registry
        if registry is None:
            return TargetRegistry(None, environment.account, environment.region) if environment.account else TargetRegistry()
        if re.fullmatch("[0-9]{12}", registry):
            return TargetRegistry(None, registry, environment.region)
        ecr = EcrAddress.try_parse(registry)
        return TargetRegistry(registry, ecr.account, ecr.region) if ecr else TargetRegistry(registry)


class ImageRendering:
    def __init__(self, stack: Stack, place: TargetRegistry) -> None:
        self.place = place
        self._repository_arn = (
            stack.format_arn(
                service="ecr",
                account=place.account or Aws.ACCOUNT_ID,
                region=place.region or Aws.REGION,
                resource="repository",
                resource_name="",
                arn_format=ArnFormat.SLASH_RESOURCE_NAME,
            )
            if place.is_ecr
            else ""
        )

    def bind(self, image: PinnedImage, scope: Construct, container: ContainerDefinition) -> ContainerImageConfig:
        """Gives the container the pinned image."""
        if not self.place.is_ecr:
            return self._literal(image, scope, container)
        repository = self.import_repository(scope, "Repository", image.repository)
        if self.place.host is None:
            return ContainerImage.from_ecr_repository(repository, image.pin).bind(scope, container)
        repository.grant_pull(container.task_definition.obtain_execution_role())
        return self._literal(image, scope, container)

    def refer(self, name: str, image: PinnedImage, scope: Construct) -> LadingImageReference:
        """Refers to the image for a construct that takes a string."""
        if not self.place.is_ecr:
            return LadingImageReference(f"{self.place.host}/{image}", _named(scope, name, image.repository), image.pin)
        repository: Any = scope.node.try_find_child(_id_of(name))
        repository = repository or self.import_repository(scope, _id_of(name), image.repository)
        uri = (
            repository.repository_uri_for_tag_or_digest(image.pin)
            if self.place.host is None
            else f"{self.place.host}/{image}"
        )
        return LadingImageReference(uri, repository, image.pin)

    def import_repository(self, scope: Construct, id: str, name: str) -> IRepository:
        """The existing repository."""
        return Repository.from_repository_attributes(
            scope, id, repository_name=name, repository_arn=self._repository_arn + name
        )

    def _literal(self, image: PinnedImage, scope: Construct, container: ContainerDefinition) -> ContainerImageConfig:
        return ContainerImage.from_registry(f"{self.place.host}/{image}").bind(scope, container)


def bind_nothing(name: str, scope: Construct, container: ContainerDefinition) -> ContainerImageConfig:
    """In place of an image that could not be found, in a template that CDK does not deploy because of the error."""
    return ContainerImage.from_registry(f"lading.invalid/{name}").bind(scope, container)


def refer_to_nothing(name: str, scope: Construct) -> LadingImageReference:
    return LadingImageReference(f"lading.invalid/{name}", _named(scope, name, name), "none")


def _named(scope: Construct, name: str, repository: str) -> IRepository:
    found: Any = scope.node.try_find_child(_id_of(name))
    return found or Repository.from_repository_name(scope, _id_of(name), repository)


def _id_of(name: str) -> str:
    return f"LadingImage-{name}"
