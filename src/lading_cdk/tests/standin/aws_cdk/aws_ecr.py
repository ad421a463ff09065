import json
import re

from aws_cdk import CfnResource, Stack
from constructs import Construct


class IRepository:
    pass


class TagStatus:
    ANY, TAGGED, UNTAGGED = "any", "tagged", "untagged"


class Repository(Construct, IRepository):
    def __init__(self, scope, id, *, repository_name, image_scan_on_push, removal_policy, encryption, encryption_key):
        super().__init__(scope, id)
        if not re.fullmatch("[a-z][a-z0-9]*(?:[._/-]+[a-z0-9]+)*", repository_name):
            raise ValueError(f"Invalid ECR repository name (value: {repository_name})")
        self._statements, self._rules = [], []
        scanning = {"ScanOnPush": image_scan_on_push}
        properties = {
            "RepositoryName": repository_name,
            "ImageScanningConfiguration": scanning,
            "RepositoryPolicyText": self._policy,
            "LifecyclePolicy": self._lifecycle,
        }
        resource = CfnResource(self, "Resource", type="AWS::ECR::Repository", properties=properties)
        resource.removal_policy = removal_policy

    def add_to_resource_policy(self, statement):
        self._statements.append(statement.render())

    def add_lifecycle_rule(self, *, max_image_count, max_image_age, tag_status, tag_prefix_list, tag_pattern_list):
        selection = {"tagStatus": tag_status, "tagPrefixList": tag_prefix_list, "tagPatternList": tag_pattern_list}
        age = {"countType": "sinceImagePushed", "countNumber": max_image_age.in_days, "countUnit": "days"}
        selection = {key: value for key, value in {**selection, **age}.items() if value is not None}
        self._rules.append({"rulePriority": len(self._rules) + 1, "selection": selection, "action": {"type": "expire"}})

    def _policy(self):
        return {"Version": "2012-10-17", "Statement": self._statements} if self._statements else None

    def _lifecycle(self):
        text = json.dumps({"rules": self._rules}, separators=(",", ":"))
        return {"LifecyclePolicyText": text} if self._rules else None

    @staticmethod
    def from_repository_attributes(scope, id, *, repository_name, repository_arn):
        repository = _Imported(scope, id)
        repository.repository_name, repository.repository_arn = repository_name, repository_arn
        return repository

    @staticmethod
    def from_repository_name(scope, id, name):
        stack = Stack.of(scope)
        arn = f"arn:{stack.partition}:ecr:{stack.region}:{stack.account}:repository/{name}"
        return Repository.from_repository_attributes(scope, id, repository_name=name, repository_arn=arn)

    def repository_uri_for_tag_or_digest(self, pin):
        _, _, _, region, account = _parts(self.repository_arn)
        suffix = Stack.of(self).url_suffix
        return f"{account}.dkr.ecr.{region}.{suffix}/{self.repository_name}{'@' if pin.startswith('sha256:') else ':'}{pin}"

    def grant_pull(self, role):
        role.pulls.append(self.repository_arn)


class _Imported(Repository):
    def __init__(self, scope, id):
        Construct.__init__(self, scope, id)


def _parts(arn):
    """An ARN's first five parts; colons in tokens do not separate."""
    tokens = []
    plain = re.sub(r"\$\{[^}]*\}", lambda found: tokens.append(found[0]) or f"\0{len(tokens) - 1}\0", arn)
    return [re.sub("\0([0-9]+)\0", lambda found: tokens[int(found[1])], part) for part in plain.split(":")[:5]]
