"""The construct tree that a vector describes, and its outcome in the form of an expectation."""

from __future__ import annotations

import os
from pathlib import Path

from aws_cdk import (
    App,
    Aspects,
    CfnOutput,
    CfnResource,
    DefaultStackSynthesizerProps,
    Duration,
    NestedStack,
    Stack,
    Stage,
)
from aws_cdk.aws_ecr import TagStatus
from aws_cdk.aws_ecs import ContainerImage, FargateTaskDefinition, TaskDefinition
from lading_cdk import (
    DeploymentRecord,
    ImageConsumer,
    ImagePin,
    ImageRepository,
    LadingImage,
    LadingImages,
    LadingSynthesizer,
    NoMutableImages,
)
from lading_cdk._synthesis.app_images import AppImages, Surroundings

PINS = {"SourceTag": ImagePin.SOURCE_TAG, "CommitTag": ImagePin.COMMIT_TAG}
CONSUMERS = {
    "Lambda": ImageConsumer.LAMBDA,
    "AppRunner": ImageConsumer.APP_RUNNER,
    "SageMaker": ImageConsumer.SAGE_MAKER,
    "AgentCore": ImageConsumer.AGENT_CORE,
}


ASSET = {"buildArgs": "build_args"}


def _synthesizer(described):
    if described is None:
        return None
    qualifier = described.get("qualifier")
    return LadingSynthesizer(
        repository=described.get("repository"),
        publishing_role_arn=described.get("publishingRoleArn"),
        bootstrap=DefaultStackSynthesizerProps(qualifier=qualifier) if qualifier else None,
    )


class VectorApp:
    def __init__(self, vector, root: Path) -> None:
        self._vector = vector
        self._stacks, self._tasks, self._containers, self._outputs = {}, {}, {}, {}
        self._root = root
        self._app = App(
            context=vector.get("context", {}),
            outdir=str(root / "cdk.out"),
            default_stack_synthesizer=_synthesizer(vector.get("synthesizer")),
        )
        variables = {"PATH": os.environ["PATH"], **vector.get("variables", {})}
        AppImages.place(self._app, Surroundings(root, variables))
        if "useFixedDigests" in vector.get("calls", []):
            LadingImages.use_fixed_digests(self._app)
        for stack in vector["stacks"]:
            scope = self._scope(stack.get("in"))
            for key, value in stack.get("context", {}).items():
                scope.node.set_context(key, value)
            self._fill(
                Stack(scope, stack["id"], account=stack.get("account"), region=stack.get("region")),
                stack,
                "/".join(part for part in (scope.node.path, stack["id"]) if part),
            )
        if "refuseMutable" in vector:
            refused = vector["refuseMutable"]
            aspect = NoMutableImages(warn=refused.get("warn", False), allow_assets=refused.get("allowAssets", False))
            Aspects.of(self._app).add(aspect)
        for path in vector.get("disableRecord", []):
            DeploymentRecord.disable(self._scope(path))

    def outcome(self):
        _synthesize(self._app)
        expect = self._vector["expect"]
        readers = {
            "images": lambda path: self._resolved(path, "image"),
            "consistency": self._consistency,
            "outputs": lambda path: Stack.of(self._outputs[path]).resolve(self._outputs[path].value),
            "repositories": self._repositories,
            "pulls": lambda path: self._pulls(path, expect["pulls"][path]),
            "assets": lambda path: self._stacks[path].pushes,
            "qualifiers": lambda path: self._stacks[path].synthesizer.bootstrap_qualifier,
        }
        outcome = {key: {path: readers[key](path) for path in expect[key]} for key in readers if key in expect}
        if "annotations" in expect:
            outcome["annotations"] = self._annotations()
        if "records" in expect:
            outcome["records"] = [record for path, stack in self._stacks.items() for record in self._records(path, stack)]
        return outcome

    def _scope(self, path):
        scope = self._app
        for id in (path or "").split("/") if path else []:
            scope = scope.node.try_find_child(id) or Stage(scope, id)
        return scope

    def _fill(self, stack, described, path):
        self._stacks[path] = stack
        for task in described.get("tasks", []):
            self._add_task(stack, path, task)
        for service in described.get("services", []):
            CfnResource(stack, service["id"], type="AWS::ECS::Service")
        for reference in described.get("references", []):
            image = LadingImage.reference_for(stack, reference["image"], **_props(reference))
            self._outputs[f"{path}/{reference['id']}"] = CfnOutput(stack, reference["id"], value=image.uri)
        for each in described.get("functions", []):
            function = CfnResource(stack, each["id"], type="AWS::Lambda::Function")
            uri = each.get("uri") or LadingImage.reference_for(stack, each["image"], **_props(each)).uri
            function.code = {"imageUri": uri}
        for each in described.get("repositories", []):
            _add_repositories(stack, each)
        for nested in described.get("nested", []):
            self._fill(NestedStack(stack, nested["id"]), nested, f"{path}/{nested['id']}")

    def _add_task(self, stack, path, described):
        kind = TaskDefinition if described.get("kind") == "ec2" else FargateTaskDefinition
        task = kind(stack, described["id"], runtime_platform=described.get("runtimePlatform"))
        self._tasks[f"{path}/{described['id']}"] = task
        for each in described["containers"]:
            image = (
                ContainerImage.from_registry(each["registry"])
                if "registry" in each
                else self._asset(**{ASSET.get(key, key): value for key, value in each.items() if key != "name"})
                if "asset" in each
                else LadingImage(each["image"], **_props(each))
            )
            self._containers[f"{path}/{described['id']}/{each['name']}"] = task.add_container(each["name"], image=image)

    def _asset(self, *, asset, **options):
        return ContainerImage.from_asset(str(self._root / asset), **options)

    def _resolved(self, path, member):
        container = self._containers[path]
        rendered = container.task_definition.stack.resolve(container.task_definition._render())
        return next(each[member] for each in rendered if each["name"] == container.container_name)

    def _consistency(self, path):
        container = self._containers[path]
        task = container.task_definition
        index = task.containers.index(container)
        return task.node.default_child.overrides.get(f"ContainerDefinitions.{index}.VersionConsistency")

    def _pulls(self, path, expected):
        task = self._tasks[path]
        if task.execution_role is None:
            return None if expected is None else []
        return task.stack.resolve(list(dict.fromkeys(task.execution_role.pulls)))

    def _repositories(self, path):
        stack = self._stacks[path]
        return {
            each.logical_id: each.render()
            for each in stack.node.find_all()
            if CfnResource.is_cfn_resource(each) and each.cfn_resource_type == "AWS::ECR::Repository"
        }

    def _annotations(self):
        found = []
        for path, stack in self._stacks.items():
            if stack.nested_stack_parent is not None:
                continue
            for level in ("error", "warning"):
                for each in stack.node.find_all():
                    found += [
                        {"level": level, "path": f"/{each.node.path}", "text": text}
                        for kind, text in each.node.metadata
                        if kind == level
                    ]
        return found

    def _records(self, path, stack):
        record = stack.node.try_find_child("LadingRecord")
        if record is None or not record.node.children:
            return []
        parameters = list(record.node.children.values())
        found = []
        for parameter in parameters:
            after = [*record.node.dependencies, *parameter.node.dependencies]
            # A dependency on something in a nested stack becomes one on the nested stack.
            ids = {_visible(each, stack) for each in after}
            found.append({"stack": path, "name": parameter.name, "value": parameter.value, "dependsOn": sorted(ids)})
        return sorted(found, key=lambda each: each["name"])


def _add_repositories(stack, described):
    """An entry without an id means those of all images."""
    names = {"image": "image", "name": "repository_name", "pullAccounts": "pull_accounts", "pullOrganizations": "pull_organizations"}
    props = {names[key]: value for key, value in described.items() if key in names}
    repositories = (
        [ImageRepository(stack, described["id"], **props)]
        if "id" in described
        else ImageRepository.for_each_image(stack, **props)
    )
    for repository in repositories:
        for rule in described.get("rules", []):
            repository.add_lifecycle_rule(
                max_image_count=rule.get("count"),
                max_image_age=Duration.days(rule["days"]) if "days" in rule else None,
                tag_status=getattr(TagStatus, rule["status"]) if "status" in rule else None,
                tag_prefix_list=rule.get("prefixes"),
                tag_pattern_list=rule.get("patterns"),
            )


def _visible(resource, stack):
    at = resource.stack
    while at is not stack:
        resource, at = at.nested_stack_resource, at.nested_stack_parent
    return resource.logical_id


def _props(use):
    return {
        **({"pin": PINS[use["pin"]]} if "pin" in use else {}),
        **({"platform": use["platform"]} if "platform" in use else {}),
        **({"for_": CONSUMERS[use["for"]]} if "for" in use else {}),
    }


def _synthesize(app):
    """Aspects, each construct's before its children's; then validations: CDK's order."""

    def visit(construct, inherited):
        for aspect in [*inherited, *construct.node.aspects]:
            aspect.visit(construct)
        for child in list(construct.node.children.values()):
            visit(child, [*inherited, *construct.node.aspects])

    visit(app, [])
    for construct in app.node.find_all():
        for validation in construct.node.validations:
            validation.validate()
