using Lading.Oci;

namespace Lading.Aws.Ecr;

/// <summary>Commands of the AWS CLI that put right what only ECR has.</summary>
internal static class EcrRemedies
{
    /// <summary>Restores an archived image.</summary>
    public static string Restore(RepositoryName repository, Digest digest) =>
        $"aws ecr update-image-storage-class --repository-name {repository} --image-id imageDigest={digest} --target-storage-class STANDARD";

    /// <summary>Makes the tags of a repository immutable, but for those under which signatures are kept.</summary>
    public static string KeepTags(RepositoryName repository) =>
        $"aws ecr put-image-tag-mutability --repository-name {repository} --image-tag-mutability IMMUTABLE_WITH_EXCLUSION --image-tag-mutability-exclusion-filters filterType=WILDCARD,filter='sha256-*'";
}
