from aws_cdk import Stack
from constructs import Construct


class IRepository:
    pass


class TagStatus:
    ANY, TAGGED, UNTAGGED = "any", "tagged", "untagged"


class Repository(Construct, IRepository):
    @staticmethod
    def from_repository_attributes(scope, id, *, repository_name, repository_arn):
        repository = Repository(scope, id)
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


def _parts(arn):
    """An ARN's first five parts; the colons of tokens are none."""
    import re

    tokens = []
    plain = re.sub(r"\$\{[^}]*\}", lambda found: tokens.append(found[0]) or f"\0{len(tokens) - 1}\0", arn)
    return [re.sub("\0([0-9]+)\0", lambda found: tokens[int(found[1])], part) for part in plain.split(":")[:5]]
