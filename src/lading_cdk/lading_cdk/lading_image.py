from __future__ import annotations

from aws_cdk import Stack
from aws_cdk.aws_ecs import ContainerDefinition, ContainerImage, ContainerImageConfig
from constructs import Construct, IConstruct

from ._synthesis.app_images import AppImages
from ._synthesis.stack_images import StackImages
from .image_consumer import ImageConsumer
from .image_pin import ImagePin
from .lading_image_reference import LadingImageReference


class LadingImage(ContainerImage):
    """A container image in lading.json, pinned to the digest in the lock of its environment.

    Synthesis reads files only: lading.json (from the working directory upward) and the lock. The ``lading`` that is installed
    beside the app computes what is at HEAD. A problem becomes an error annotation with the command that fixes it.
    """

    def __init__(self, name: str, *, pin: ImagePin = ImagePin.DIGEST, platform: str | None = None) -> None:
        """
        :param name: The image's name in lading.json.
        :param pin: How the template refers to it.
        :param platform: The platform it must run on (``linux/arm64``), if that cannot be determined: a task on EC2, a job.
        """
        super().__init__()
        if not name:
            raise ValueError("The name of an image must not be empty.")
        self._name = name
        self._pin = pin
        self._platform = platform

    @staticmethod
    def reference_for(
        scope: Construct,
        name: str,
        *,
        pin: ImagePin = ImagePin.DIGEST,
        platform: str | None = None,
        for_: ImageConsumer = ImageConsumer.ANY,
    ) -> LadingImageReference:
        """Refers to an image in constructs that do not take a ContainerImage: Lambda functions, App Runner, other jobs.

        :param for_: The service that pulls it: Lambda and SageMaker get the manifest of the platform, since they do not support
            an index.
        """
        return StackImages.of(Stack.of(scope)).refer(name, pin, platform, scope, for_)

    def bind(self, scope: Construct, container_definition: ContainerDefinition) -> ContainerImageConfig:
        """Called by CDK where the image is used."""
        stack = Stack.of(scope)
        return StackImages.of(stack).bind(self._name, self._pin, self._platform, scope, container_definition)


class LadingImages:
    """Settings for every LadingImage of an app."""

    @staticmethod
    def use_fixed_digests(scope: IConstruct) -> None:
        """Renders one constant digest for every image of the app, for snapshot tests. The same as context ``lading:fixed``."""
        AppImages.of(scope.node.root).is_fixed = True
