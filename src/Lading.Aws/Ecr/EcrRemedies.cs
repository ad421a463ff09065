using Lading.Oci;

namespace Lading.Aws.Ecr;

/// <summary>Commands of the AWS CLI for problems that only ECR has.</summary>
internal static class EcrRemedies
{
    /// <summary>The command that restores an archived image.</summary>
    public static string Restore(RepositoryName repository, Digest digest) =>
        $"aws ecr update-image-storage-class --repository-name {repository} --image-id imageDigest={digest} --target-storage-class STANDARD";

    /// <summary>The command that makes the tags of a repository immutable, except those of signatures.</summary>
    public static string KeepTags(RepositoryName repository) =>
        SetTags(repository, RepositorySettings.ImmutableExcept("sha256-*"));

    /// <summary>The command that sets the tag mutability of a repository.</summary>
    public static string SetTags(RepositoryName repository, RepositorySettings settings)
    {
        var rule = settings.TagsAreMutable ? "MUTABLE" : "IMMUTABLE";
        var command = $"aws ecr put-image-tag-mutability --repository-name {repository} --image-tag-mutability {rule}";
        return settings.Exceptions.Count == 0
            ? command
            : $"{command}_WITH_EXCLUSION --image-tag-mutability-exclusion-filters {string.Join(' ', settings.Exceptions.Select(filter => $"filterType=WILDCARD,filter='{filter}'"))}";
    }
}
