"""The pins of one stack's images, for one kind of pin."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Callable, Mapping, Sequence

from aws_cdk import Annotations, Stack, Token

from .._core.environments import StackEnvironment, StackName
from .._core.errors import LadingError
from .._core.locks import FOLDER, ImageLock, environment_of, lock_in
from .._core.project import LOCAL, EnvironmentDefinition
from ..image_pin import ImagePin
from .app_images import AppImages
from .environment_choice import EnvironmentQuestion, choose, find_without_lock
from .rendering import TargetRegistry, ImageRendering
from .settings import ENVIRONMENT_KEY, STALE_KEY, StackSettings, settings_of
from .sources import FixedImages, ImagePins, LockedImages, PublishCommand, TaggedImages


@dataclass
class StackPins:
    images: ImagePins
    rendering: ImageRendering
    staleness: "Staleness | None" = None
    environment: str | None = None
    # By name: the sentences about images that the stack was rolled back from.
    rolled_back: Mapping[str, str] = field(default_factory=dict)

    @staticmethod
    def read(stack: Stack, pin: ImagePin) -> "StackPins":
        """Raises if the lock or the environment is missing or ambiguous, for all images of the stack."""
        app = AppImages.of(stack.node.root)
        if is_fixed(stack, app):
            project = app.project
            return StackPins(FixedImages(project.images if project else None), ImageRendering(stack, TargetRegistry()))
        locks = find_locks(stack, app)
        question = question_of(stack, app, locks)
        if pin is not ImagePin.DIGEST:
            environment = find_without_lock(question)
            publish = PublishCommand(environment.name if environment else LOCAL)
            return StackPins(
                TaggedImages(app.head, app.get_project(""), publish, pin is ImagePin.COMMIT_TAG),
                ImageRendering(stack, TargetRegistry.of(environment)),
                environment=environment.name if environment else None,
            )
        return _of_lock(stack, app, locks, *choose(question))


@dataclass(frozen=True)
class Locks:
    """The locks of an app: passed by the tool, or files."""

    # The file that the user named, for commands in messages.
    file: str | None
    # Whether that file is read for any environment.
    is_one_file: bool
    environments: Callable[[], Sequence[str]]
    # The lock of an environment, its path, and why there is none if the tool said so.
    find: Callable[[str], tuple[ImageLock | None, str, str | None]]
    # The tool's findings about the images of an environment; None if locks are read here.
    staleness: Callable[[str], Mapping[str, str | None]] | None = None
    # By image of an environment: the sentences about those that a stack was rolled back from.
    rolled_back: Callable[[str, str | None], Mapping[str, str]] = lambda _, __: {}


class Staleness:
    """Reports which images of a stack's lock do not match HEAD."""

    def __init__(
        self,
        images: LockedImages,
        app: AppImages,
        stack: Stack,
        is_error: bool,
        handed: Mapping[str, str | None] | None,
    ) -> None:
        self._images, self._app, self._stack, self._is_error = images, app, stack, is_error
        self._handed = handed
        self._has_failed = False

    def report(self, name: str, scope: Any) -> None:
        if self._has_failed:
            return
        head = self._app.head
        if head.failure is not None:
            # Once per stack: all of its images are unknown.
            self._has_failed = True
            self._say(
                self._stack,
                f"Could not compare the lock with HEAD. {head.failure} To do without the comparison: -c {STALE_KEY}=ignore.",
            )
            return
        difference = (
            self._images.find_staleness(name, head.images.get(name))
            if self._handed is None
            else self._handed.get(name)
        )
        if difference is not None:
            self._say(scope, difference)

    def _say(self, scope: Any, text: str) -> None:
        if self._is_error:
            Annotations.of(scope).add_error(text)
        else:
            Annotations.of(scope).add_warning_v2(STALE_KEY, text)


def settings_for(stack: Stack, app: AppImages) -> StackSettings:
    return settings_of(stack.node.try_get_context, app.variables)


def is_fixed(stack: Stack, app: AppImages) -> bool:
    return settings_for(stack, app).fixed or app.is_fixed


def place_of(stack: Stack) -> StackEnvironment:
    """Its account and region; None for tokens."""
    return StackEnvironment(_known(stack.account), _known(stack.region))


def read_registry(stack: Stack) -> TargetRegistry:
    """The registry that a stack takes its images from, whether or not they are published."""
    app = AppImages.of(stack.node.root)
    return TargetRegistry() if is_fixed(stack, app) else TargetRegistry.of(find_without_lock(question_of(stack, app, None)))


def question_of(stack: Stack, app: AppImages, locks: Locks | None) -> EnvironmentQuestion:
    return EnvironmentQuestion(
        stack=_name_of(stack),
        place=place_of(stack),
        named=settings_for(stack, app).environment,
        started_for=app.document.environment if app.document else None,
        environments=app.get_project(_attempt(stack)).environments,
        lock_is_named=locks is not None and locks.is_one_file,
        locks=locks.environments() if locks else (),
    )


def find_locks(stack: Stack, app: AppImages) -> Locks:
    setting = settings_for(stack, app).lock
    document = app.document
    # A stage or stack may name a lock of its own, which is read instead.
    if document is not None and (setting is None or setting == app.lock_of_app):
        states = document.states

        def find(environment: str) -> tuple[ImageLock | None, str, str | None]:
            state = states.get(environment)
            unknown = f"environment {environment} was not handed over. Start the app with 'lading run' again."
            return (state.lock, state.path, state.reason) if state else (None, "", unknown)

        return Locks(
            document.lock_file,
            False,
            lambda: sorted((name for name, state in states.items() if state.lock), key=str.encode),
            find,
            lambda environment: states[environment].staleness,
            lambda environment, name: {
                image: sentences[name]
                for image, sentences in states[environment].rolled_back.items()
                if name is not None and name in sentences
            },
        )
    root = app.get_project(_attempt(stack)).folder
    path = root / FOLDER if setting is None else Path(os.path.normpath(app.process.folder / setting))
    if setting is not None and setting.lower().endswith(".json"):
        return Locks(str(path), True, lambda: (), lambda _: (app.find_lock(path), str(path), None))

    def environments() -> list[str]:
        files = path.iterdir() if path.is_dir() else ()
        return sorted((found for file in files if (found := environment_of(file)) is not None), key=str.encode)

    def find_file(environment: str) -> tuple[ImageLock | None, str, str | None]:
        file = lock_in(path, environment)
        return app.find_lock(file), str(file), None

    return Locks(None, False, environments, find_file)


def _of_lock(
    stack: Stack, app: AppImages, locks: Locks, environment: EnvironmentDefinition | None, wanted: str
) -> StackPins:
    lock, path, reason = locks.find(wanted)
    name = environment.name if environment else lock.environment if lock else wanted
    publish = PublishCommand(name, locks.file)
    if lock is None:
        if reason is not None:
            raise LadingError(_attempt(stack), reason)
        raise LadingError(
            _attempt(stack),
            f"there is no lock {path}",
            f"Run '{publish.for_all}', or '{publish.resolve}' if the images are published already.",
        )
    if lock.environment != wanted and (environment is not None or not locks.is_one_file):
        raise LadingError(
            _attempt(stack),
            f"the lock {path} is of environment {lock.environment}, and the stack's is {wanted}",
            f"Run '{publish.for_all}', or name the other one: -c {ENVIRONMENT_KEY}={lock.environment}.",
        )
    images = LockedImages(lock, path, app.get_project("").images, publish)
    stale = settings_for(stack, app).stale
    handed = locks.staleness(wanted) if locks.staleness else None
    staleness = None if stale == "ignore" else Staleness(images, app, stack, stale == "error", handed)
    rolled_back = locks.rolled_back(wanted, _name_of(stack).name)
    return StackPins(images, ImageRendering(stack, TargetRegistry.of(environment)), staleness, lock.environment, rolled_back)


def _attempt(stack: Stack) -> str:
    return f"Could not pin the images of stack {stack.node.path}"


def _name_of(stack: Stack) -> StackName:
    """Its names in cdk ls and in CloudFormation; for a nested stack, those of its top-level stack."""
    parent = stack.nested_stack_parent
    return StackName(stack.node.path, _known(stack.stack_name)) if parent is None else _name_of(parent)


def _known(value: str) -> str | None:
    return None if Token.is_unresolved(value) else value
