import hashlib
import os
import shutil

from aws_cdk import CfnResource, DockerImageAssetSource, Stack, Stage
from constructs import Construct


class ContainerImageConfig:
    def __init__(self, *, image_name):
        self.image_name = image_name


class ContainerImage:
    @staticmethod
    def from_asset(directory, **options):
        return _Asset(directory, **options)

    @staticmethod
    def from_registry(name):
        return _Literal(name)

    @staticmethod
    def from_ecr_repository(repository, pin):
        return _Ecr(repository, pin)


class _Literal(ContainerImage):
    def __init__(self, name):
        self._name = name

    def bind(self, scope, container):
        return ContainerImageConfig(image_name=self._name)


class _Ecr(ContainerImage):
    def __init__(self, repository, pin):
        self._repository, self._pin = repository, pin

    def bind(self, scope, container):
        self._repository.grant_pull(container.task_definition.obtain_execution_role())
        return ContainerImageConfig(image_name=self._repository.repository_uri_for_tag_or_digest(self._pin))


class _Asset(ContainerImage):
    def __init__(self, directory, *, file=None, target=None, build_args=None, platform=None):
        self._directory = directory
        self._options = {
            "docker_file": file,
            "docker_build_target": target,
            "docker_build_args": build_args,
            "platform": platform,
        }

    def bind(self, scope, container):
        """Staged in the app's own folder, with a path relative to that of the stack's stage."""
        stack = Stack.of(scope)
        staged = os.path.join(scope.node.root.outdir, "asset." + hashlib.sha256(self._directory.encode()).hexdigest())
        shutil.copytree(self._directory, staged, dirs_exist_ok=True)
        source = DockerImageAssetSource(
            source_hash="0" * 64,
            directory_name=os.path.relpath(staged, Stage.of(stack).outdir),
            **self._options,
        )
        return ContainerImageConfig(image_name=stack.synthesizer.add_docker_image_asset(source).image_uri)


class _Role:
    def __init__(self):
        self.pulls = []


class CfnTaskDefinition(CfnResource):
    def __init__(self, scope, id, *, containers, runtime_platform):
        super().__init__(scope, id, type="AWS::ECS::TaskDefinition")
        self.container_definitions, self.runtime_platform = containers, runtime_platform


class TaskDefinition(Construct):
    is_fargate_compatible = False

    def __init__(self, scope, id, *, runtime_platform=None):
        super().__init__(scope, id)
        self.stack = Stack.of(self)
        self.execution_role = None
        self.containers = []
        CfnTaskDefinition(self, "Resource", containers=self._render, runtime_platform=runtime_platform)

    def obtain_execution_role(self):
        self.execution_role = self.execution_role or _Role()
        return self.execution_role

    def add_container(self, id, *, image):
        return ContainerDefinition(self, id, image=image)

    def _render(self):
        return [{"name": each.container_name, "image": each.image_name} for each in self.containers]


class FargateTaskDefinition(TaskDefinition):
    is_fargate_compatible = True


class ContainerDefinition(Construct):
    def __init__(self, task_definition, id, *, image):
        super().__init__(task_definition, id)
        self.container_name, self.task_definition = id, task_definition
        self.image_name = image.bind(self, self).image_name
        task_definition.containers.append(self)
