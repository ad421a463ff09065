"""The images of one stack: its environment and lock are found once, and a problem with them is reported once."""

from __future__ import annotations

from typing import Any, Callable

from aws_cdk import Annotations, Stack
from aws_cdk.aws_ecs import ContainerDefinition, ContainerImageConfig, FargateTaskDefinition
from constructs import Construct

from .._core.errors import LadingError
from .._core.oci import Platform
from ..image_consumer import ImageConsumer
from ..image_pin import ImagePin
from ..lading_image_reference import LadingImageReference
from .stack_pins import StackPins, place_of
from .rendering import bind_nothing, refer_to_nothing
from .requirements import NO_REQUIREMENTS, ImageRequirements
from .settings import ROLLED_BACK_KEY
from .sources import PinnedImage

_ATTRIBUTE = "_lading_stack_images"


class StackImages:
    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._sources: dict[ImagePin, StackPins | None] = {}

    @staticmethod
    def of(stack: Any) -> "StackImages":
        images = getattr(stack, _ATTRIBUTE, None)
        if images is None:
            images = StackImages(stack)
            setattr(stack, _ATTRIBUTE, images)
        return images

    def bind(
        self, name: str, pin: ImagePin, platform: str | None, scope: Construct, container: ContainerDefinition
    ) -> ContainerImageConfig:
        """Gives a container its image, or reports what is wrong and gives it a placeholder."""
        # Batch passes an object of its own, which only looks like a container of a task definition.
        definition = container.task_definition if isinstance(scope, ContainerDefinition) else None
        task: Any = definition.node.default_child if definition else None
        found = self._find(name, pin, platform, scope, lambda: _runtime_platform(definition, task) if definition else None)
        if found is None:
            return bind_nothing(name, scope, container)
        source, image = found
        self._record().add(name, source, image, container, task)
        return source.rendering.bind(image, scope, container)

    def refer(
        self, name: str, pin: ImagePin, platform: str | None, scope: Construct, consumer: ImageConsumer
    ) -> LadingImageReference:
        """Refers to an image, or reports what is wrong and refers to a placeholder."""
        found = self._find(name, pin, platform, scope, lambda: None, ImageRequirements.of(consumer))
        if found is None:
            return refer_to_nothing(name, scope)
        source, image = found
        self._record().add(name, source, image, None, None)
        return source.rendering.refer(name, image, scope)

    def _record(self) -> Any:
        from ..deployment_record import DeploymentRecord

        return DeploymentRecord._of(self._stack)

    def _find(
        self,
        name: str,
        pin: ImagePin,
        platform: str | None,
        scope: Construct,
        find_platform: Callable[[], Platform | None],
        service: ImageRequirements = NO_REQUIREMENTS,
    ) -> tuple[StackPins, PinnedImage] | None:
        source = self._source_of(pin)
        if source is None:
            return None
        wanted = Platform.parse(platform) if platform else None
        try:
            image = source.images.get(name, lambda: wanted or find_platform(), service)
            refusal = service.find_refusal(source.rendering.place.written_host, place_of(self._stack).region)
            if refusal is not None:
                raise LadingError(f"Could not refer to image {name} for {service.service}", refusal)
        except LadingError as error:
            Annotations.of(scope).add_error(str(error))
            return None
        staleness = source.staleness
        if staleness is not None:
            self._record().later(lambda: staleness.report(name, scope))
        if name in source.rolled_back:
            Annotations.of(scope).add_warning_v2(ROLLED_BACK_KEY, source.rolled_back[name])
        return source, image

    def _source_of(self, pin: ImagePin) -> StackPins | None:
        if pin not in self._sources:
            self._sources[pin] = None
            try:
                self._sources[pin] = StackPins.read(self._stack, pin)
            except LadingError as error:
                Annotations.of(self._stack).add_error(str(error))
        return self._sources[pin]


def _runtime_platform(definition: Any, task: Any) -> Platform | None:
    """The platform of a task; None if the template does not set it: a task on EC2 runs on its cluster's instances."""
    said = task.runtime_platform if task is not None else None
    if said is None:
        is_fargate = isinstance(definition, FargateTaskDefinition) or definition.is_fargate_compatible
        return Platform("linux", "amd64") if is_fargate else None
    resolved = definition.stack.resolve(said)
    if not isinstance(resolved, dict):
        return None
    family, processor = resolved.get("operatingSystemFamily", "LINUX"), resolved.get("cpuArchitecture", "X86_64")
    system = "linux" if family == "LINUX" else "windows" if str(family).startswith("WINDOWS") else None
    architecture = {"X86_64": "amd64", "ARM64": "arm64"}.get(str(processor))
    return Platform(system, architecture) if system and architecture else None
