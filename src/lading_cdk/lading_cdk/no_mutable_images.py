from __future__ import annotations

import re
from typing import Any, Iterator

import jsii
from aws_cdk import Annotations, CfnResource, IAspect, Stack
from aws_cdk.aws_ecs import ContainerDefinition, TaskDefinition
from constructs import IConstruct

from ._core.errors import LadingError
from ._synthesis.app_images import AppImages
from ._synthesis.image_text import image_text, images_within

_PROPERTIES = {
    "AWS::Lambda::Function": ("The function", ("code",)),
    "AWS::AppRunner::Service": ("The service", ("source_configuration",)),
    "AWS::Batch::JobDefinition": (
        "The job",
        ("container_properties", "ecs_properties", "eks_properties", "node_properties"),
    ),
}


@jsii.implements(IAspect)
class NoMutableImages:
    """An aspect that reports each container image of the app that may change without a deployment.

    ``Aspects.of(app).add(NoMutableImages())``
    """

    def __init__(self, *, warn: bool = False, allow_assets: bool = False) -> None:
        """
        :param warn: True for warnings, which do not prevent a deployment; otherwise errors.
        :param allow_assets: True to allow CDK's image assets.
        """
        self._warn = warn
        self._allow_assets = allow_assets

    def visit(self, node: IConstruct) -> None:
        """Called by CDK for each construct."""
        for what, image in _images_of(node):
            reason = _mutability(image, AppImages.of(node.node.root), self._allow_assets)
            if reason is None:
                continue
            text = f"{what} may run another image tomorrow: {reason}"
            if self._warn:
                Annotations.of(node).add_warning_v2("lading:mutable", text)
            else:
                Annotations.of(node).add_error(text)


def _images_of(node: Any) -> Iterator[tuple[str, str | None]]:
    if isinstance(node, ContainerDefinition):
        yield f"Container {node.container_name}", image_text(Stack.of(node).resolve(node.image_name))
    elif CfnResource.is_cfn_resource(node):
        if node.cfn_resource_type == "AWS::ECS::TaskDefinition":
            # The containers of a task definition construct are constructs too.
            if not isinstance(node.node.scope, TaskDefinition):
                for name, image in images_within(node.stack.resolve(node.container_definitions)):
                    yield f"Container {name or ''}", image
        elif node.cfn_resource_type in _PROPERTIES:
            what, properties = _PROPERTIES[node.cfn_resource_type]
            for each in properties:
                for _, image in images_within(node.stack.resolve(getattr(node, each, None))):
                    yield what, image


def _mutability(image: str | None, app: AppImages, allows_assets: bool) -> str | None:
    if image is None:
        return "its reference is known only to the deployment. Use LadingImage, or a digest written out."
    if re.search(r"@(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})\Z", image) or image.startswith("lading.invalid/"):
        return None
    # A colon before the last slash precedes a port.
    _, colon, tag = image.rpartition("/")[2].rpartition(":")
    remedy = (
        "Use LadingImage, or pin it by digest."
        if "${" in image
        else f'Pin it by digest, or add it to lading.json ({{ "from": "{image}" }}) and use LadingImage.'
    )
    if not colon:
        return f"{image} names no tag, which means 'latest'. {remedy}"
    if re.fullmatch("src-[0-9a-f]{40}", tag) or _is_commit_tag(tag, app):
        return None
    if re.fullmatch("[0-9a-f]{64}", tag):
        return (
            None
            if allows_assets
            else f"{image} is a CDK image asset, built and stored per account. Use LadingImage, or allow assets."
        )
    return f"{image} is named by a tag that may move. {remedy}"


def _is_commit_tag(tag: str, app: AppImages) -> bool:
    try:
        aliases = app.project.aliases if app.project else ()
    except LadingError:
        # The stacks that need lading.json report what is wrong with it.
        return False
    return any(
        re.fullmatch("(?:[0-9a-f]{40}|[0-9a-f]{64})".join(map(re.escape, alias.split("{commit}"))), tag)
        for alias in aliases
        if alias.count("{commit}") == 1 and "{branch}" not in alias
    )
