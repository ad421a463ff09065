from __future__ import annotations

from typing import Any, Callable, Sequence, TypeVar

from aws_cdk import Annotations, RemovalPolicy, Stack
from aws_cdk.aws_ecr import IRepository, Repository, TagStatus
from aws_cdk.aws_iam import AccountPrincipal, AnyPrincipal, PolicyStatement
from constructs import Construct

from ._core.errors import LadingError
from ._core.tags import SOURCE_TAG_PREFIX, repository_settings
from ._synthesis.app_images import AppImages
from ._synthesis.stack_pins import read_registry
from ._synthesis.rendering import TargetRegistry, ImageRendering
from ._synthesis.sources import check_name

# A placeholder for an unknown name: CDK accepts no name that ECR would not.
_NAMELESS = "lading.invalid/none"
_PULL = ["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"]

T = TypeVar("T")


class ImageRepository(Repository):
    """An ECR repository for Lading's images, the same as ``lading publish`` creates.

    For environments with ``"repositories": "cdk"``.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        image: str | None = None,
        repository_name: str | None = None,
        encryption: Any = None,
        encryption_key: Any = None,
        pull_accounts: Sequence[str] = (),
        pull_organizations: Sequence[str] = (),
    ) -> None:
        """
        :param image: The image in lading.json, whose entry has the repository's name.
        :param repository_name: The repository's name, if no image is given.
        :param pull_accounts: Other accounts that may pull.
        :param pull_organizations: AWS organizations whose accounts may pull.
        """
        super().__init__(
            scope,
            id,
            repository_name=repository_name or _name_of(scope, image),
            image_scan_on_push=True,
            removal_policy=RemovalPolicy.RETAIN,
            encryption=encryption,
            encryption_key=encryption_key,
        )
        self._set_tag_rules(_attempt(scope, lambda: _aliases(scope), []))
        if pull_accounts:
            principals = [AccountPrincipal(account) for account in pull_accounts]
            self.add_to_resource_policy(PolicyStatement(sid="PullByAccounts", principals=principals, actions=_PULL))
        if pull_organizations:
            self.add_to_resource_policy(
                PolicyStatement(
                    sid="PullByOrganizations",
                    principals=[AnyPrincipal()],
                    actions=_PULL,
                    conditions={"StringEquals": {"aws:PrincipalOrgID": list(pull_organizations)}},
                )
            )

    @staticmethod
    def for_each_image(scope: Construct, **props: Any) -> list["ImageRepository"]:
        """Creates the repositories of all images in lading.json, without duplicates."""

        def create() -> list[ImageRepository]:
            images = AppImages.of(scope.node.root).get_project("Could not create the repositories").images
            first: dict[str, str] = {}
            for image, repository in images.items():
                first.setdefault(repository, image)
            return [ImageRepository(scope, image, **{**props, "image": image}) for image in first.values()]

        return _attempt(scope, create, [])

    @staticmethod
    def from_lading(scope: Construct, id: str, image: str) -> IRepository:
        """The existing repository of an image."""
        stack = Stack.of(scope)
        place = _attempt(scope, lambda: read_registry(stack), TargetRegistry())
        return ImageRendering(stack, place).import_repository(scope, id, _name_of(scope, image))

    def add_lifecycle_rule(self, **rule: Any) -> None:
        """Adds a lifecycle rule, and refuses rules that would delete images in use."""
        tags = [*(rule.get("tag_prefix_list") or ()), *(rule.get("tag_pattern_list") or ())]
        if (
            rule.get("max_image_count") is not None
            or rule.get("tag_status") in (None, TagStatus.ANY, TagStatus.UNTAGGED)
            or any(_meets_source_tags(each) for each in tags)
        ):
            Annotations.of(self).add_error(
                "Could not add a lifecycle rule: it deletes images by count, images without a tag (such as the children of "
                "an index), or images with the src- tags that every image has. That would delete images that run, or that you "
                "may roll back to. Give rules an age (max_image_age) and tags of your own (TagStatus.TAGGED)."
            )
            return
        super().add_lifecycle_rule(**rule)

    def _set_tag_rules(self, aliases: Sequence[str]) -> None:
        """Properties of CloudFormation that CDK 2.160 does not have."""
        mutable, exceptions = repository_settings(aliases)
        repository: Any = self.node.default_child
        rule = ("MUTABLE" if mutable else "IMMUTABLE") + ("_WITH_EXCLUSION" if exceptions else "")
        repository.add_property_override("ImageTagMutability", rule)
        if exceptions:
            repository.add_property_override(
                "ImageTagMutabilityExclusionFilters",
                [
                    {
                        "ImageTagMutabilityExclusionFilterType": "WILDCARD",
                        "ImageTagMutabilityExclusionFilterValue": each,
                    }
                    for each in exceptions
                ],
            )


def _meets_source_tags(tags: str) -> bool:
    start = tags.split("*")[0]
    return start.startswith(SOURCE_TAG_PREFIX) or SOURCE_TAG_PREFIX.startswith(start)


def _aliases(scope: Construct) -> Sequence[str]:
    project = AppImages.of(scope.node.root).project
    return project.aliases if project else ()


def _name_of(scope: Construct, image: str | None) -> str:
    def find() -> str:
        if image is None:
            raise LadingError(
                f"Could not name a repository in {scope.node.path}",
                "neither image nor repository_name is set",
                "Set image to a name of lading.json.",
            )
        attempted = f"Could not name the repository of image {image}"
        return check_name(image, AppImages.of(scope.node.root).get_project(attempted).images)

    return _attempt(scope, find, _NAMELESS)


def _attempt(scope: Construct, act: Callable[[], T], otherwise: T) -> T:
    try:
        return act()
    except LadingError as error:
        Annotations.of(scope).add_error(str(error))
        return otherwise
