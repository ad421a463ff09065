"""Services' requirements on their images (docs/check.md, "What each service takes")."""

from __future__ import annotations

from dataclasses import dataclass

from .._core.ecr_address import PUBLIC, EcrAddress
from ..image_consumer import ImageConsumer


@dataclass(frozen=True)
class ImageRequirements:
    # Its name for people.
    service: str = "the service"
    takes_index: bool = True
    # The registries that it pulls from; empty for any.
    registries: tuple[str, ...] = ()
    is_bound_to_region: bool = False
    # The forms of ECR hosts that it supports besides the standard one.
    hosts: tuple[str, ...] = ("fips", "dualStack")

    @staticmethod
    def of(consumer: ImageConsumer) -> "ImageRequirements":
        return _REQUIREMENTS.get(consumer, NO_REQUIREMENTS)

    def find_refusal(self, host: str | None, region: str | None) -> str | None:
        """Why the service does not pull from a registry; None if it does.

        :param host: The registry in the template; None for the ECR of the stack's own account and region.
        :param region: The resource's region; None if the stack leaves it open.
        """
        if host is None or not self.registries:
            return None
        ecr = EcrAddress.try_parse(host)
        kind = "ECR" if ecr else "ECR Public" if host == PUBLIC else None
        if kind not in self.registries:
            return (
                f"{self.service} pulls from {' and '.join(self.registries)} alone: "
                'mirror it with a "from" image of lading.json'
            )
        if self.is_bound_to_region and region is not None and ecr and ecr.region != region:
            return f"{self.service} pulls from its own region alone, {region}: publish it there, or replicate the repository"
        if ecr and any(form not in self.hosts for form in ecr.forms):
            return f"{self.service} does not take this form of ECR's host: write {ecr.host}"
        return None


NO_REQUIREMENTS = ImageRequirements()
"""Supports what an engine supports: ECS, AWS Batch and every service without an entry here."""

_REQUIREMENTS = {
    ImageConsumer.LAMBDA: ImageRequirements("Lambda", False, ("ECR",), True, ("dualStack",)),
    ImageConsumer.APP_RUNNER: ImageRequirements("App Runner", registries=("ECR", "ECR Public")),
    ImageConsumer.SAGE_MAKER: ImageRequirements("SageMaker", False, ("ECR",), True),
    ImageConsumer.AGENT_CORE: ImageRequirements("Bedrock AgentCore", registries=("ECR",), hosts=()),
}
