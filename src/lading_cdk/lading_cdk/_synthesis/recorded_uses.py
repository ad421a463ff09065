"""Which images the constructs of a top-level stack use."""

from __future__ import annotations

from typing import Any, Iterable

from aws_cdk import CfnResource, NestedStack, Stack

from .._core.records import RecordedImage, StackRecord
from .image_text import image_text
from .stack_pins import StackPins
from .sources import PinnedImage

TASK = "AWS::ECS::TaskDefinition"
_SERVICE = "AWS::ECS::Service"
_OTHERS = ("AWS::Lambda::Function", "AWS::AppRunner::Service", "AWS::Batch::JobDefinition")


class RecordedUses:
    def __init__(self) -> None:
        # The references of each image, by its name, with the containers that use them and their task definitions.
        self._images: dict[str, dict[str, list[tuple[Any, Any]]]] = {}
        self._environment: str | None = None
        self._tasks: list[Any] = []
        self._has_others = False
        # The references, without their registry, to indexes that something other than a container uses; in order.
        self.indexes: dict[str, None] = {}

    @property
    def is_empty(self) -> bool:
        return not self._images

    def add(self, name: str, source: StackPins, image: PinnedImage, container: Any, task: Any) -> None:
        uses = self._images.setdefault(name, {}).setdefault(str(image), [])
        if task is None:
            self._has_others = True
            if image.is_index:
                self.indexes[str(image)] = None
        else:
            uses.append((container, task))
            if not any(each is task for each in self._tasks):
                self._tasks.append(task)
        self._environment = self._environment or source.environment

    def to_record(self) -> StackRecord:
        images = {}
        for name, references in self._images.items():
            for i, reference in enumerate(sorted(references, key=str.encode)):
                images[name if i == 0 else f"{name}/{i + 1}"] = RecordedImage(reference, self._paths(reference))
        return StackRecord(self._environment, images)

    def make_consistent(self, constructs: Iterable[Any]) -> None:
        """Makes ECS resolve and report the digests, by which a service's revisions are read, unless the user set it."""
        references = [reference for each in self._images.values() for reference in each]
        # A reference may be in any task definition.
        tasks = [each for each in constructs if is_resource(each, TASK)] if self._has_others else self._tasks
        for task in tasks:
            for index, container in enumerate(task.stack.resolve(task.container_definitions) or []):
                text = image_text(container.get("image"))
                if "versionConsistency" not in container and text and any(text.endswith("/" + each) for each in references):
                    task.add_property_override(f"ContainerDefinitions.{index}.VersionConsistency", "enabled")

    def find_deployed(self, constructs: Iterable[Any]) -> list[Any]:
        """The resources that must be deployed before the record."""
        types = (_SERVICE, TASK, *(_OTHERS if self._has_others else ()))
        return [each for each in constructs if any(is_resource(each, type_name) for type_name in types)]

    def _paths(self, reference: str) -> list[str]:
        uses = [use for each in self._images.values() for use in each.get(reference, [])]
        paths = [f"{_nesting(task.stack)}{task.stack.resolve(task.logical_id)}/{container.container_name}" for container, task in uses]
        return list(dict.fromkeys(paths))


def is_resource(construct: Any, type_name: str) -> bool:
    return CfnResource.is_cfn_resource(construct) and construct.cfn_resource_type == type_name


def constructs_of(stack: Stack) -> list[Any]:
    """Those of a top-level stack and its nested stacks, but not of other top-level stacks within its tree."""
    every = stack.node.find_all()
    top = stack.node.path
    strangers = [
        each.node.path + "/"
        for each in every
        if Stack.is_stack(each) and each.node.path != top and not isinstance(each, NestedStack) and each.nested_stack_parent is None
    ]
    return [each for each in every if not any((each.node.path + "/").startswith(stranger) for stranger in strangers)]


def _nesting(stack: Stack) -> str:
    """The logical ids of the stacks that a stack is nested in, each with a slash."""
    parent, resource = stack.nested_stack_parent, stack.nested_stack_resource
    return f"{_nesting(parent)}{parent.resolve(resource.logical_id)}/" if parent and resource else ""
