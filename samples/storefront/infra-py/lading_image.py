"""Images of lading.json in a CDK app."""

from aws_cdk import Annotations
from aws_cdk.aws_ecr import Repository
from aws_cdk.aws_ecs import ContainerImage
from constructs import Construct

from lading_lock import MissingImage, find_image


def lading_image(scope: Construct, name: str) -> ContainerImage:
    """An image of lading.json, pinned by the digest that the lock of the environment holds."""
    try:
        image = find_image(name, scope.node.try_get_context)
    except MissingImage as missing:
        Annotations.of(scope).add_error(str(missing))
        return ContainerImage.from_registry(f"lading.invalid/{name}")

    # The stack's own registry; for images of another account, Repository.from_repository_attributes with its ARN.
    repository = Repository.from_repository_name(scope, f"{name}-repository", image["repository"])
    return ContainerImage.from_ecr_repository(repository, image["digest"])
