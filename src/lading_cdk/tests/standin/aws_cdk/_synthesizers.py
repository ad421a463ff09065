"""Synthesizers and their structures, with the properties of aws-cdk-lib 2.160, and build contexts, which are newer."""

import hashlib
from dataclasses import make_dataclass
from pathlib import Path
from typing import Any


def _structure(name, properties):
    return make_dataclass(name, [(each, Any, None) for each in properties.split()], kw_only=True)


DockerImageAssetSource = _structure(
    "DockerImageAssetSource",
    "source_hash asset_name directory_name docker_build_args docker_build_contexts docker_build_secrets docker_build_ssh "
    "docker_build_target docker_cache_disabled docker_cache_from docker_cache_to docker_file docker_outputs executable "
    "network_mode platform",
)
DockerImageAssetLocation = _structure("DockerImageAssetLocation", "image_uri repository_name image_tag")
FileAssetSource = _structure("FileAssetSource", "source_hash deploy_time executable file_name packaging")
FileAssetLocation = _structure("FileAssetLocation", "bucket_name http_url object_key s3_object_url")
DefaultStackSynthesizerProps = _structure(
    "DefaultStackSynthesizerProps",
    "docker_tag_prefix image_asset_publishing_role_arn image_assets_repository_name qualifier",
)


class IReusableStackSynthesizer:
    pass


class IBoundStackSynthesizer:
    pass


class ISynthesisSession:
    pass


class StackSynthesizer:
    def bind(self, stack):
        self.bound_stack = stack


class DefaultStackSynthesizer(StackSynthesizer):
    def __init__(self, **properties):
        self._properties = DefaultStackSynthesizerProps(**properties)

    def add_file_asset(self, **source):
        FileAssetSource(**source)
        return FileAssetLocation(bucket_name="bucket", object_key=source["source_hash"])

    def add_docker_image_asset(self, **source):
        """The URI is a Fn::Sub, in which tokens of account and region are resolved."""
        asset, own, stack = DockerImageAssetSource(**source), self._properties, self.bound_stack
        tag = (own.docker_tag_prefix or "") + asset.source_hash
        push = {
            "repository": own.image_assets_repository_name,
            "tag": tag,
            "platform": asset.platform,
            "role": own.image_asset_publishing_role_arn or None,
        }
        if push not in stack.pushes:
            stack.pushes.append(push)
        place = [each.replace("${Ref:", "${") for each in (stack.account, stack.region)]
        text = f"{place[0]}.dkr.ecr.{place[1]}.${{AWS::URLSuffix}}/{own.image_assets_repository_name}:{tag}"
        return DockerImageAssetLocation(
            image_uri="${Sub:" + text.encode().hex() + "}",
            repository_name=own.image_assets_repository_name,
            image_tag=tag,
        )


class FileSystem:
    @staticmethod
    def fingerprint(path):
        files = sorted(each for each in Path(path).rglob("*") if each.is_file())
        return hashlib.sha256(b"".join(str(each).encode() + each.read_bytes() for each in files)).hexdigest()
