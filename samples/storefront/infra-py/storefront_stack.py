from __future__ import annotations

from aws_cdk import Environment, Fn, Stack
from aws_cdk.aws_ec2 import SubnetConfiguration, SubnetType, Vpc
from aws_cdk.aws_ecs import (
    Cluster,
    DeploymentCircuitBreaker,
    FargateService,
    FargateTaskDefinition,
    LogDriver,
    PortMapping,
)
from constructs import Construct

from lading_cdk import LadingImage


class StorefrontStack(Stack):
    """Four services, one for each image in lading.json."""

    def __init__(self, scope: Construct, id: str, only_assembled: bool, *, env: Environment | None) -> None:
        super().__init__(scope, id, env=env)
        vpc = Vpc(
            self,
            "Vpc",
            nat_gateways=0,
            subnet_configuration=[SubnetConfiguration(name="public", subnet_type=SubnetType.PUBLIC)],
        )
        self._cluster = Cluster(self, "Cluster", vpc=vpc)

        self._add_service("site", 80)
        self._add_service("carts", 8080)
        if not only_assembled:
            self._add_service("web", 8080)
            self._add_service("worker")

    @property
    def availability_zones(self) -> list[str]:
        """Zones by index: otherwise CDK would ask AWS for their names at synthesis."""
        return [Fn.select(0, Fn.get_azs()), Fn.select(1, Fn.get_azs())]

    def _add_service(self, name: str, port: int | None = None) -> None:
        task_definition = FargateTaskDefinition(self, f"{name}-task")
        task_definition.add_container(
            name,
            # The digest in the lock of this stack's environment.
            image=LadingImage(name),
            port_mappings=[] if port is None else [PortMapping(container_port=port)],
            logging=LogDriver.aws_logs(stream_prefix=name),
        )
        FargateService(
            self,
            f"{name}-service",
            cluster=self._cluster,
            task_definition=task_definition,
            assign_public_ip=True,
            circuit_breaker=DeploymentCircuitBreaker(rollback=True),
            min_healthy_percent=100,
        )
