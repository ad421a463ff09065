from __future__ import annotations

from dataclasses import dataclass
from typing import Iterable, Mapping, Sequence

from .._core.environments import StackEnvironment, StackMatch, StackName, lines_for, match_stack
from .._core.errors import LadingError
from .._core.project import LOCAL, EnvironmentDefinition
from .settings import ENVIRONMENT_KEY, ENVIRONMENT_VARIABLE


@dataclass(frozen=True)
class EnvironmentQuestion:
    """What is known when the environment of a stack is chosen."""

    stack: StackName
    place: StackEnvironment
    named: str | None
    started_for: str | None
    environments: Mapping[str, EnvironmentDefinition]
    lock_is_named: bool
    locks: Sequence[str]


def choose(question: EnvironmentQuestion) -> tuple[EnvironmentDefinition | None, str]:
    """The environment that is named, else the one that the stack belongs to, else none; and whose lock is read."""
    environment = _find(question)
    return environment, environment.name if environment else _only_lock(question)


def find_without_lock(question: EnvironmentQuestion) -> EnvironmentDefinition | None:
    """None for the registry of whichever account the stack is deployed to."""
    environment = _find(question)
    if environment is None and question.place.is_known and _remote(question):
        raise _stranger(question)
    return environment


def _find(question: EnvironmentQuestion) -> EnvironmentDefinition | None:
    if question.named is not None:
        if question.named not in question.environments:
            raise LadingError(
                f"Could not find environment {question.named}",
                "lading.json has none of that name",
                f"Name one of {_join(question.environments)}: -c {ENVIRONMENT_KEY}=…, or the variable {ENVIRONMENT_VARIABLE}.",
            )
        return question.environments[question.named]
    started = question.environments.get(question.started_for or "")
    if started and started.is_embedded:
        return started
    match = match_stack(question.environments.values(), question.place, question.stack)
    if match.kind == "one":
        return match.environments[0]
    if match.kind in ("open", "none") or started in match.environments:
        return started
    if match.kind == "unlisted" and len(match.environments) == 1:
        # Which environment the stack belongs to does not change where its images are.
        return match.environments[0]
    raise _undecided(question, match)


def _undecided(question: EnvironmentQuestion, match: StackMatch) -> LadingError:
    names = _join(each.name for each in match.environments)
    attempted = f"Could not choose an environment for stack {question.stack.path}"
    if match.kind == "contested":
        return LadingError(
            attempted, f'it is in "stacks" of {names}', 'Correct "stacks" in lading.json so that one of them names it.'
        )
    return LadingError(
        attempted,
        f'{names} have {question.place}, and their "stacks" do not name it'
        if match.kind == "unlisted"
        else f"{names} all have {question.place}",
        f"Assign it in lading.json: {lines_for(match.environments, question.stack)}. "
        f"Or name one: -c {ENVIRONMENT_KEY}={match.environments[0].name}, or the variable {ENVIRONMENT_VARIABLE}.",
    )


def _only_lock(question: EnvironmentQuestion) -> str:
    """A lock of dev does not apply to a stack in another account, but one that leaves its account open may be dev's."""
    is_open = not question.place.is_known
    remote = _remote(question)
    if question.lock_is_named or (not remote and not question.locks):
        return LOCAL
    if len(question.locks) == 1 and (is_open or question.locks[0] not in remote):
        return question.locks[0]
    if not is_open:
        raise _stranger(question)
    if not question.locks:
        raise LadingError(
            f"Could not pin the images of stack {question.stack.path}",
            "there is no lock of any environment",
            f"Run 'lading publish --env {remote[0]}', or 'lading publish' to try it on this machine.",
        )
    raise LadingError(
        f"Could not choose a lock for stack {question.stack.path}",
        f"the stack leaves its account and region open, and there are locks of {_join(question.locks)}",
        f"Name the environment: -c {ENVIRONMENT_KEY}={question.locks[0]}, or the variable {ENVIRONMENT_VARIABLE}; "
        "or give the stack an account and a region.",
    )


def _stranger(question: EnvironmentQuestion) -> LadingError:
    return LadingError(
        f"Could not choose an environment for stack {question.stack.path}",
        f"none in lading.json has {question.place}",
        f"Add it to lading.json, or name one of {_join(question.environments)}: -c {ENVIRONMENT_KEY}=…",
    )


def _remote(question: EnvironmentQuestion) -> list[str]:
    return [each.name for each in question.environments.values() if not each.is_embedded]


def _join(names: Iterable[str]) -> str:
    return ", ".join(names)
