from __future__ import annotations

from typing import Any, Callable

import jsii
from aws_cdk import Aspects, IAspect, Stack
from aws_cdk.aws_ecs import ContainerDefinition
from aws_cdk.aws_ssm import CfnParameter
from constructs import Construct, IConstruct, IValidation

from ._core.records import parameter_of, write_record
from ._synthesis.app_images import AppImages
from ._synthesis.function_images import FunctionImages
from ._synthesis.stack_pins import settings_for
from ._synthesis.recorded_uses import RecordedUses, constructs_of

_ID = "LadingRecord"


class DeploymentRecord(Construct):
    """The SSM parameter ``/lading/<stack>``: the Lading images that the stack and its nested stacks run (docs/records.md).

    Each top-level stack that uses a LadingImage gets one automatically. Set context ``lading:record`` to ``false``, or
    call :meth:`disable`, to switch it off.
    """

    def __init__(self, stack: Stack) -> None:
        super().__init__(stack, _ID)
        self._stack = stack
        self._uses = RecordedUses()
        self._functions = FunctionImages()
        self._parameters: list[CfnParameter] = []
        self._delayed: list[Callable[[], None]] = []
        self._is_completed = False
        Aspects.of(self).add(_Completion())
        # After every aspect: CDK renders a task definition once, and would lose what aspects add to it after that.
        self.node.add_validation(_Consistency(self))

    @staticmethod
    def disable(scope: IConstruct) -> None:
        """Creates no records in the stacks of a scope: an app, a stage or a stack."""
        AppImages.of(scope.node.root).without_record.add(scope.node.path)

    @staticmethod
    def _of(stack: Stack) -> "DeploymentRecord":
        while stack.nested_stack_parent is not None:
            stack = stack.nested_stack_parent
        found: Any = stack.node.try_find_child(_ID)
        return found if found is not None else DeploymentRecord(stack)

    def add(self, name: str, source: Any, image: Any, container: Any, task: Any) -> None:
        self._uses.add(name, source, image, container, task)
        if self._is_completed and container is not None:
            # Added by an aspect: a later visit of the tree completes the record.
            Aspects.of(container).add(_Completion())

    def later(self, act: Callable[[], None]) -> None:
        """Runs an action once the whole tree exists."""
        self._delayed.append(act)

    def complete(self) -> None:
        """Completes the record once the whole tree exists."""
        delayed, self._delayed = self._delayed, []
        for act in delayed:
            act()
        self._is_completed = True
        constructs = constructs_of(self._stack)
        self._functions.report(constructs, self._uses.indexes)
        if not self._is_wanted():
            return
        for i, value in enumerate(write_record(self._uses.to_record())):
            self._write(value, i)
        self.node.add_dependency(*self._uses.find_deployed(constructs))

    def make_consistent(self) -> None:
        self._uses.make_consistent(constructs_of(self._stack))

    def _write(self, value: str, i: int) -> None:
        if i < len(self._parameters):
            self._parameters[i].value = value
            return
        parameter = CfnParameter(
            self,
            "Parameter" if i == 0 else f"Part{i + 1}",
            name=parameter_of(self._stack.stack_name, i + 1),
            type="String",
            tier="Standard",
            description="The container images that this stack runs, written by Lading.",
            value=value,
        )
        if i > 0:
            # Readers start with the first part, so it is written last.
            self._parameters[0].node.add_dependency(parameter)
        self._parameters.append(parameter)

    def _is_wanted(self) -> bool:
        app = AppImages.of(self._stack.node.root)
        path = self._stack.node.path
        return (
            not self._uses.is_empty
            and settings_for(self._stack, app).record
            and not any(scope in ("", path) or path.startswith(scope + "/") for scope in app.without_record)
        )


@jsii.implements(IAspect)
class _Completion:
    def visit(self, node: IConstruct) -> None:
        if isinstance(node, DeploymentRecord):
            node.complete()
        elif isinstance(node, ContainerDefinition):
            DeploymentRecord._of(Stack.of(node)).complete()


@jsii.implements(IValidation)
class _Consistency:
    def __init__(self, record: DeploymentRecord) -> None:
        self._record = record

    def validate(self) -> list[str]:
        self._record.make_consistent()
        return []
