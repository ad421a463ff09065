namespace Lading.IntegrationTests.Server.Fuzzing;

/// <summary>What malformed requests are made of.</summary>
internal static class HostileWords
{
    public static IReadOnlyList<string> Methods { get; } =
        """
            GET HEAD PUT POST PATCH DELETE OPTIONS TRACE BREW
            """.Split((char[])[' ', '\n']);

    public static IReadOnlyList<string> Paths { get; } =
        """
            /v2/ /v2/_catalog /v2/@/tags/list /v2/@/manifests/@ /v2/@/blobs/@ /v2/@/blobs/uploads/
            /v2/@/blobs/uploads/@ /v2/@/referrers/@ /@/@/@
            """.Split((char[])[' ', '\n']);

    public static IReadOnlyList<string> Bits { get; } =
        """
            .. %2e%2e%2f %00 % %ff%fe %F0%9F%9A%A2 _layout .lock sha256: sha512:zz sha256:0123456789abcdef a A -
            a/b/c/d // \ CON %25252e ~ * '" <x> {} &&==
            """.Split((char[])[' ', '\n']);

    public static IReadOnlyList<string> Queries { get; } =
        """
            n last digest mount from tag artifactType token _
            """.Split((char[])[' ', '\n']);

    public static IReadOnlyList<string> Headers { get; } =
        """
            Range Content-Range Content-Type Accept Authorization If-None-Match X-Amz-Date Transfer-Encoding-X
            Origin Cookie
            """.Split((char[])[' ', '\n']);

    public static IReadOnlyList<string> Values { get; } =
        """
            bytes=0-
            bytes=-1
            bytes=5-2
            bytes=99999999999999999999-
            bytes=0-1,3-4
            0-0
            18446744073709551615-0
            1-
            bytes 0-1/*
            application/vnd.oci.image.manifest.v1+json
            application/vnd.oci.image.index.v1+json; charset=x
            application/x-www-form-urlencoded
            ;;;
            Basic ====
            Basic QVdTOng=
            AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request, SignedHeaders=host;;, Signature=
            20260101T000000Z
            */*
            """.Split('\n');

    public static IReadOnlyList<string> Operations { get; } =
        """
            GetAuthorizationToken DescribeRepositories CreateRepository DeleteRepository PutImageTagMutability
            DescribeImages ListImages BatchGetImage BatchDeleteImage PutImage BatchCheckLayerAvailability
            InitiateLayerUpload UploadLayerPart CompleteLayerUpload GetDownloadUrlForLayer ListImageReferrers
            PutLifecyclePolicy StartLifecyclePolicyPreview GetLifecyclePolicyPreview SetRepositoryPolicy
            TagResource UntagResource ListTagsForResource UpdateImageStorageClass Nothing
            """.Split((char[])[' ', '\n']);

    public static IReadOnlyList<string> Members { get; } =
        """
            registryId repositoryName repositoryNames imageIds imageId imageTag imageDigest imageManifest
            imageManifestMediaType layerDigests layerDigest layerPartBlob partFirstByte partLastByte uploadId
            maxResults nextToken filter tagStatus imageStatus subjectId tags Key Value resourceArn tagKeys
            targetStorageClass lifecyclePolicyText policyText imageTagMutability
            imageTagMutabilityExclusionFilters filterType force schemaVersion mediaType config layers manifests
            subject size digest annotations platform data
            """.Split((char[])[' ', '\n']);
}
