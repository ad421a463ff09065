"""The ECR registry of an account and region, as image references name it."""

from __future__ import annotations

import re
from dataclasses import dataclass

PUBLIC = "public.ecr.aws"
"""The host of the public gallery, which has no account and no region."""

# The forms of ECR's hosts: every partition, FIPS, and dual-stack.
_HOST = re.compile(
    r"([0-9]{12})\.dkr\.ecr(-fips)?\.([a-z0-9-]+)\."
    r"(?:amazonaws\.com(?:\.cn)?|amazonaws\.eu|c2s\.ic\.gov|sc2s\.sgov\.gov|cloud\.adc-e\.uk|csp\.hci\.ic\.gov)"
)
_DUAL_STACK_HOST = re.compile(
    r"([0-9]{12})\.dkr-ecr(-fips)?\.([a-z0-9-]+)\.on\.(?:aws|amazonwebservices\.com\.cn)"
)
_SUFFIXES = {
    "cn-": "amazonaws.com.cn",
    "us-iso-": "c2s.ic.gov",
    "us-isob-": "sc2s.sgov.gov",
    "eu-isoe-": "cloud.adc-e.uk",
    "us-isof-": "csp.hci.ic.gov",
    "eusc-": "amazonaws.eu",
}


@dataclass(frozen=True)
class EcrAddress:
    account: str
    region: str
    # How its host differs from the standard one: "fips", "dualStack".
    forms: tuple[str, ...] = ()

    @property
    def host(self) -> str:
        """The host in its standard form, whichever was parsed."""
        suffixes = (suffix for beginning, suffix in _SUFFIXES.items() if self.region.startswith(beginning))
        return f"{self.account}.dkr.ecr.{self.region}.{next(suffixes, 'amazonaws.com')}"

    @staticmethod
    def try_parse(host: str) -> "EcrAddress | None":
        """Parses a host of ECR, including its FIPS and dual-stack forms; None for any other host."""
        dual = _DUAL_STACK_HOST.fullmatch(host)
        found = dual or _HOST.fullmatch(host)
        if found is None:
            return None
        forms = (*(("fips",) if found[2] else ()), *(("dualStack",) if dual else ()))
        return EcrAddress(found[1], found[3], forms)
