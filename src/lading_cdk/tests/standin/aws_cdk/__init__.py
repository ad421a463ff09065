"""Stands in for aws_cdk if it cannot be installed: what lading_cdk and the vectors use, by CDK's documented rules."""

from __future__ import annotations

import hashlib
import os
import re

from constructs import Construct

_MARK = re.compile(r"\$\{Ref:([^}]*)\}|\$\{GetAtt:([^}]*)\}|\$\{Sub:([^}]*)\}")


class IAspect:
    pass


class RemovalPolicy:
    RETAIN = "Retain"


class Duration:
    def __init__(self, days):
        self.in_days = days

    @staticmethod
    def days(count):
        return Duration(count)


class ArnFormat:
    SLASH_RESOURCE_NAME = "/"


class Aws:
    ACCOUNT_ID = "${Ref:AWS::AccountId}"
    REGION = "${Ref:AWS::Region}"
    PARTITION = "${Ref:AWS::Partition}"
    URL_SUFFIX = "${Ref:AWS::URLSuffix}"


class Token:
    @staticmethod
    def is_unresolved(value):
        return isinstance(value, str) and _MARK.search(value) is not None


class Aspects:
    def __init__(self, node):
        self._node = node

    @staticmethod
    def of(construct):
        return Aspects(construct.node)

    def add(self, aspect):
        self._node.aspects.append(aspect)


class Annotations:
    def __init__(self, node):
        self._node = node

    @staticmethod
    def of(construct):
        return Annotations(construct.node)

    def add_error(self, text):
        self._node.metadata.append(("error", text))

    def add_warning_v2(self, id, text):
        self._node.metadata.append(("warning", f"{text} [ack: {id}]"))


class Stage(Construct):
    @property
    def stage_name(self):
        return "-".join(each.node.id for each in self.node.scopes if each.node.id)

    @property
    def outdir(self):
        """Relative for the app, as CDK's command line passes it."""
        parent = self.node.scope and Stage.of(self.node.scope)
        return os.path.join(parent.outdir, f"assembly-{self.stage_name}") if parent else self.assembly

    @staticmethod
    def of(construct):
        return next((each for each in reversed(construct.node.scopes) if isinstance(each, Stage)), None)


class App(Stage):
    def __init__(self, *, context=None, outdir="cdk.out", default_stack_synthesizer=None):
        super().__init__(None, "")
        self.assembly, self.default_stack_synthesizer = outdir, default_stack_synthesizer
        for key, value in (context or {}).items():
            self.node.set_context(key, value)


class Stack(Construct):
    nested_stack_parent = None
    nested_stack_resource = None

    def __init__(self, scope, id, *, account=None, region=None):
        super().__init__(scope, id)
        self.account = account or Aws.ACCOUNT_ID
        self.region = region or Aws.REGION
        self.url_suffix = Aws.URL_SUFFIX
        literal = self.node.try_get_context("@aws-cdk/core:enablePartitionLiterals") and region
        self.partition = _partition(region) if literal else Aws.PARTITION
        self.stack_name = "-".join(each.node.id for each in self.node.scopes if each.node.id)
        shared = self.node.root.default_stack_synthesizer
        self.synthesizer = shared.reusable_bind(self) if shared else DefaultStackSynthesizer()
        # The images in its asset manifest.
        self.pushes = []

    @staticmethod
    def of(construct):
        return next(each for each in reversed(construct.node.scopes) if isinstance(each, Stack))

    @staticmethod
    def is_stack(construct):
        return isinstance(construct, Stack)

    def format_arn(self, *, service, account, region, resource, resource_name, arn_format):
        return f"arn:{self.partition}:{service}:{region}:{account}:{resource}{arn_format}{resource_name}"

    def resolve(self, value):
        if isinstance(value, dict):
            return {key: self.resolve(each) for key, each in value.items() if each is not None}
        if isinstance(value, list):
            return [self.resolve(each) for each in value]
        if callable(value):
            return self.resolve(value())
        return _text(value) if isinstance(value, str) else value

    def logical_id(self, construct):
        """CDK's rule: a single id as it is; else the human-readable part, and the first digits of the path's MD5."""
        ids = [each.node.id for each in construct.node.scopes[len(self.node.scopes) :]]
        if len(ids) == 1:
            return re.sub("[^A-Za-z0-9]", "", ids[0])
        human = [id for i, id in enumerate(ids) if id != "Resource" and (i == 0 or id != ids[i - 1])]
        return re.sub("[^A-Za-z0-9]", "", "".join(human)) + hashlib.md5("/".join(ids).encode()).hexdigest()[:8].upper()


class CfnResource(Construct):
    def __init__(self, scope, id, *, type, properties=None):
        super().__init__(scope, id)
        self.cfn_resource_type = type
        self.stack = Stack.of(self)
        self.overrides = {}
        self.properties = properties or {}
        self.removal_policy = None

    @staticmethod
    def is_cfn_resource(construct):
        return isinstance(construct, CfnResource)

    @property
    def logical_id(self):
        return self.stack.logical_id(self)

    def add_property_override(self, path, value):
        self.overrides[path] = value

    def render(self):
        """The resource in the template; only top-level properties are overridden."""
        resolved = self.stack.resolve({**self.properties, **self.overrides})
        properties = {key: value for key, value in resolved.items() if value is not None}
        policy = self.removal_policy
        policies = {"DeletionPolicy": policy, "UpdateReplacePolicy": policy} if policy else {}
        return {"Type": self.cfn_resource_type, "Properties": properties, **policies}


class NestedStack(Stack):
    def __init__(self, scope, id):
        outer = Construct(scope, f"{id}.NestedStack")
        parent = Stack.of(scope)
        Construct.__init__(self, scope, id)
        self.account, self.region, self.url_suffix = parent.account, parent.region, parent.url_suffix
        self.partition, self.synthesizer = parent.partition, parent.synthesizer
        self.nested_stack_parent = parent
        self.nested_stack_resource = CfnResource(outer, f"{id}.NestedStackResource", type="AWS::CloudFormation::Stack")
        self.stack_name = "${Ref:" + self.nested_stack_resource.logical_id + "}"


class CfnOutput(Construct):
    def __init__(self, scope, id, *, value):
        super().__init__(scope, id)
        self.value = value


def _text(text):
    """The minimal join, as CDK renders a string with tokens."""
    parts, at = [], 0
    for found in _MARK.finditer(text):
        parts += [text[at : found.start()]] if found.start() > at else []
        parts.append(
            {"Ref": found[1]}
            if found[1]
            else {"Fn::GetAtt": found[2].split(".")}
            if found[2]
            else {"Fn::Sub": bytes.fromhex(found[3]).decode()}
        )
        at = found.end()
    if not parts:
        return text
    parts += [text[at:]] if at < len(text) else []
    return parts[0] if len(parts) == 1 else {"Fn::Join": ["", parts]}


def _partition(region):
    beginnings = {"cn-": "aws-cn", "us-gov-": "aws-us-gov", "us-iso-": "aws-iso", "us-isob-": "aws-iso-b"}
    return next((name for beginning, name in beginnings.items() if region.startswith(beginning)), "aws")


from ._synthesizers import (  # noqa: E402
    DefaultStackSynthesizer,
    DefaultStackSynthesizerProps,
    DockerImageAssetLocation,
    DockerImageAssetSource,
    FileAssetLocation,
    FileAssetSource,
    FileSystem,
    IBoundStackSynthesizer,
    IReusableStackSynthesizer,
    ISynthesisSession,
    StackSynthesizer,
)
