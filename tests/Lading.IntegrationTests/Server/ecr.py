"""Calls every operation of the embedded registry's ECR with boto3, and holds each answer to the service's own model."""

import base64
import hashlib
import json
import sys

import boto3
from botocore.exceptions import ClientError

ecr = boto3.client("ecr")
called = set()


def hold(shape, value, path):
    """Every member of an answer is one of the model's, and of its type."""
    kind = shape.type_name
    if kind == "structure":
        assert isinstance(value, dict), path
        for name, inner in value.items():
            assert name in shape.members, f"{path}.{name} is in no model"
            hold(shape.members[name], inner, f"{path}.{name}")
    elif kind == "list":
        assert isinstance(value, list), path
        for inner in value:
            hold(shape.member, inner, path)
    elif kind == "map":
        assert isinstance(value, dict), path
    elif kind == "timestamp":
        assert isinstance(value, (int, float)), path
    elif kind in ("integer", "long"):
        assert isinstance(value, int), path
    elif kind == "boolean":
        assert isinstance(value, bool), path
    else:
        assert isinstance(value, str), path
        assert not getattr(shape, "enum", None) or value in shape.enum, f"{path} is {value}"


def look(operation_model, response_dict, **_):
    called.add(operation_model.name)
    answer = json.loads(response_dict["body"])
    if response_dict["status_code"] == 200 and operation_model.output_shape:
        hold(operation_model.output_shape, answer, operation_model.name)


ecr.meta.events.register("before-parse.ecr", look)


def refused(code, operation, **arguments):
    try:
        operation(**arguments)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error
        assert isinstance(error, getattr(ecr.exceptions, code)), "the model knows the error"
        return error.response
    raise AssertionError(f"expected {code}")


def push(name, config, layer, tag=None):
    """As the ECR proxy does it."""
    digests = []
    for blob in (config, layer):
        digest = "sha256:" + hashlib.sha256(blob).hexdigest()
        digests.append(digest)
        found = ecr.batch_check_layer_availability(repositoryName=name, layerDigests=[digest])["layers"][0]
        if found["layerAvailability"] == "AVAILABLE":
            continue
        upload = ecr.initiate_layer_upload(repositoryName=name)
        size = upload["partSize"]
        for first in range(0, len(blob), size):
            part = blob[first : first + size]
            ecr.upload_layer_part(
                repositoryName=name,
                uploadId=upload["uploadId"],
                partFirstByte=first,
                partLastByte=first + len(part) - 1,
                layerPartBlob=part,
            )
        ecr.complete_layer_upload(repositoryName=name, uploadId=upload["uploadId"], layerDigests=[digest])
    manifest = json.dumps(
        {
            "schemaVersion": 2,
            "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "config": {
                "mediaType": "application/vnd.oci.image.config.v1+json",
                "digest": digests[0],
                "size": len(config),
            },
            "layers": [
                {
                    "mediaType": "application/vnd.oci.image.layer.v1.tar",
                    "digest": digests[1],
                    "size": len(layer),
                }
            ],
        }
    )
    tagged = {"imageTag": tag} if tag else {}
    return ecr.put_image(repositoryName=name, imageManifest=manifest, **tagged)["image"]["imageId"]


token = ecr.get_authorization_token()["authorizationData"][0]
assert base64.b64decode(token["authorizationToken"]).startswith(b"AWS:")

name = "team/app"
repository = ecr.create_repository(
    repositoryName=name,
    imageTagMutability="IMMUTABLE_WITH_EXCLUSION",
    imageTagMutabilityExclusionFilters=[{"filterType": "WILDCARD", "filter": "alias-*"}],
    tags=[{"Key": "a", "Value": "b"}],
)["repository"]
refused("RepositoryAlreadyExistsException", ecr.create_repository, repositoryName=name)
ecr.tag_resource(resourceArn=repository["repositoryArn"], tags=[{"Key": "c", "Value": "d"}])
ecr.untag_resource(resourceArn=repository["repositoryArn"], tagKeys=["a"])
assert ecr.list_tags_for_resource(resourceArn=repository["repositoryArn"])["tags"] == [{"Key": "c", "Value": "d"}]

first = push(name, b'{"os":"linux"}', b"x" * (10 * 1024 * 1024 + 17), "v1")
second = push(name, b'{"os":"linux"}', b"y" * 1000, "alias-main")
push(name, b'{"os":"linux"}', b"z" * 1000)
refused("ImageAlreadyExistsException", push, name=name, config=b'{"os":"linux"}', layer=b"y" * 1000, tag="alias-main")
refused("ImageTagAlreadyExistsException", push, name=name, config=b'{"os":"linux"}', layer=b"y" * 1000, tag="v1")

pages = list(ecr.get_paginator("describe_images").paginate(repositoryName=name, PaginationConfig={"PageSize": 1}))
assert len(pages) == 3
details = [detail for page in pages for detail in page["imageDetails"]]
assert {detail["imageDigest"] for detail in details} >= {first["imageDigest"], second["imageDigest"]}
assert len(list(ecr.get_paginator("list_images").paginate(repositoryName=name).build_full_result()["imageIds"])) == 3
assert len(ecr.get_paginator("describe_repositories").paginate().build_full_result()["repositories"]) == 1
got = ecr.batch_get_image(repositoryName=name, imageIds=[first, {"imageTag": "none"}])
assert len(got["images"]) == 1 and got["failures"][0]["failureCode"] == "ImageNotFound"
layer = json.loads(got["images"][0]["imageManifest"])["layers"][0]["digest"]
assert ecr.get_download_url_for_layer(repositoryName=name, layerDigest=layer)["downloadUrl"].startswith("http://")
refused("ImageNotFoundException", ecr.describe_images, repositoryName=name, imageIds=[{"imageTag": "none"}])

index = json.dumps(
    {
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.index.v1+json",
        "manifests": [
            {
                "mediaType": "application/vnd.oci.image.manifest.v1+json",
                "digest": second["imageDigest"],
                "size": len(
                    ecr.batch_get_image(repositoryName=name, imageIds=[second])["images"][0]["imageManifest"]
                ),
            }
        ],
        "subject": {
            "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "digest": first["imageDigest"],
            "size": 1,
        },
    }
)
all_of_it = ecr.put_image(repositoryName=name, imageManifest=index, imageTag="all")["image"]["imageId"]
referrers = ecr.list_image_referrers(repositoryName=name, subjectId={"imageDigest": first["imageDigest"]})
assert [referrer["digest"] for referrer in referrers["referrers"]] == [all_of_it["imageDigest"]]
failures = ecr.batch_delete_image(repositoryName=name, imageIds=[{"imageDigest": second["imageDigest"]}])["failures"]
assert failures[0]["failureCode"] == "ImageReferencedByManifestList"

policy = json.dumps(
    {
        "rules": [
            {
                "rulePriority": 1,
                "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 1},
                "action": {"type": "expire"},
            }
        ]
    }
)
refused("LifecyclePolicyNotFoundException", ecr.get_lifecycle_policy, repositoryName=name)
ecr.put_lifecycle_policy(repositoryName=name, lifecyclePolicyText=policy)
assert ecr.get_lifecycle_policy(repositoryName=name)["lifecyclePolicyText"] == policy
ecr.start_lifecycle_policy_preview(repositoryName=name)
ecr.get_waiter("lifecycle_policy_preview_complete").wait(repositoryName=name)
preview = ecr.get_paginator("get_lifecycle_policy_preview").paginate(repositoryName=name).build_full_result()
assert preview["summary"]["expiringImageTotalCount"] == len(preview["previewResults"]) == 2, preview
ecr.delete_lifecycle_policy(repositoryName=name)

statement = json.dumps({"Version": "2012-10-17", "Statement": []})
ecr.set_repository_policy(repositoryName=name, policyText=statement)
assert ecr.get_repository_policy(repositoryName=name)["policyText"] == statement
ecr.delete_repository_policy(repositoryName=name)
refused("RepositoryPolicyNotFoundException", ecr.get_repository_policy, repositoryName=name)

refused("RegistryPolicyNotFoundException", ecr.get_registry_policy)

archived = ecr.update_image_storage_class(repositoryName=name, imageId=first, targetStorageClass="ARCHIVE")
assert archived["imageStatus"] == "ARCHIVED"
refused("ImageNotFoundException", ecr.describe_images, repositoryName=name, imageIds=[first])
ecr.describe_images(repositoryName=name, imageIds=[first], filter={"imageStatus": "ANY"})
ecr.update_image_storage_class(repositoryName=name, imageId=first, targetStorageClass="STANDARD")

ecr.put_image_tag_mutability(repositoryName=name, imageTagMutability="MUTABLE")
ecr.put_image_scanning_configuration(repositoryName=name, imageScanningConfiguration={"scanOnPush": True})
refused("ScanNotFoundException", ecr.describe_image_scan_findings, repositoryName=name, imageId=first)
ecr.describe_registry()
ecr.get_account_setting(name="BLOB_MOUNTING")
ecr.describe_pull_through_cache_rules()
ecr.describe_repository_creation_templates()
ecr.batch_delete_image(repositoryName=name, imageIds=[all_of_it, second, first])
refused("RepositoryNotEmptyException", ecr.delete_repository, repositoryName=name)
ecr.delete_repository(repositoryName=name, force=True)
refused("RepositoryNotFoundException", ecr.describe_images, repositoryName=name)

sts = boto3.client("sts")
account = sts.get_caller_identity()["Account"]
role = sts.assume_role(RoleArn=f"arn:aws:iam::{account}:role/publisher", RoleSessionName="test")
assert role["Credentials"]["Expiration"].year > 2000

unanswered = set(sys.argv[1].split(",")) - called
assert not unanswered, f"never called: {unanswered}"
print(f"{len(called)} operations")
