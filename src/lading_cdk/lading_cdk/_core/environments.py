"""Decides the environment of a stack: the one whose stacks match it, else the one with its account and region."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Iterable, Sequence

from .project import EnvironmentDefinition


@dataclass(frozen=True)
class StackEnvironment:
    """The account and region of a stack; None if it leaves them open."""

    account: str | None
    region: str | None

    @property
    def is_known(self) -> bool:
        return self.account is not None and self.region is not None

    def fits(self, environment: EnvironmentDefinition) -> bool:
        """What either leaves open matches anything."""
        return self.is_in_account_of(environment) and _is_same(self.region, environment.region)

    def is_that_of(self, environment: EnvironmentDefinition) -> bool:
        return self.is_known and (self.account, self.region) == (environment.account, environment.region)

    def is_in_account_of(self, environment: EnvironmentDefinition) -> bool:
        return _is_same(self.account, environment.account)

    def __str__(self) -> str:
        known = [f"{what} {value}" for what, value in (("account", self.account), ("region", self.region)) if value]
        return " and ".join(known) or "no account or region"


@dataclass(frozen=True)
class StackName:
    """Its path in the app, and its name in CloudFormation; None if that is known only at deployment."""

    path: str
    name: str | None


@dataclass(frozen=True)
class StackMatch:
    """One of: one, shared, contested, open, unlisted, none; and the environments that this is about."""

    kind: str
    environments: Sequence[EnvironmentDefinition]


def match_stack(environments: Iterable[EnvironmentDefinition], place: StackEnvironment, name: StackName) -> StackMatch:
    candidates = sorted(
        (each for each in environments if each.account is not None or not each.is_embedded), key=lambda each: each.name
    )

    def may_claim(each: EnvironmentDefinition) -> bool:
        # In a region that no environment has, such as us-east-1 for CloudFront, the account is enough.
        return place.fits(each) or (
            place.is_in_account_of(each) and not any(place.is_that_of(other) for other in candidates)
        )

    claiming = [each for each in candidates if may_claim(each) and any(_names(pattern, name) for pattern in each.stacks)]
    if claiming:
        return StackMatch("one" if len(claiming) == 1 else "contested", claiming)
    fitting = [each for each in candidates if place.fits(each)]
    rest = [each for each in fitting if not each.stacks]
    exact = [each for each in rest if place.is_that_of(each)]
    if exact:
        return StackMatch("one" if len(exact) == 1 else "shared", exact)
    if rest:
        return StackMatch("open", rest)
    return StackMatch("unlisted" if fitting else "none", fitting)


def lines_for(among: Sequence[EnvironmentDefinition], stack: StackName) -> str:
    """The lines for lading.json that would distinguish environments."""
    named = [each for each in among if _is_named_after(stack.path, each.name)] or list(among[:1])
    return ", ".join(f'"{each.name}": {{ …, "stacks": ["{stack.path}"] }}' for each in named)


def _names(pattern: str, stack: StackName) -> bool:
    wild = {"**": ".*", "*": "[^/]*", "?": "[^/]"}
    expression = "".join(wild.get(part, re.escape(part)) for part in re.split(r"(\*\*|\*|\?)", pattern))
    return any(name is not None and re.fullmatch(expression, name) for name in (stack.path, stack.name))


def _is_named_after(stack: str, environment: str) -> bool:
    lower, name = stack.lower(), environment.lower()
    return name in re.split(r"[-/_]", lower) or lower.endswith(name) or lower.startswith(name)


def _is_same(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other
