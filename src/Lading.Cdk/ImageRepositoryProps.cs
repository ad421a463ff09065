using Amazon.CDK.AWS.ECR;
using Amazon.CDK.AWS.KMS;

namespace Lading.Cdk;

/// <summary>What an <see cref="ImageRepository"/> holds, and who may pull from it.</summary>
public sealed record ImageRepositoryProps
{
    /// <summary>The image of <c>lading.json</c>: its entry says the repository's name. Null if <see cref="RepositoryName"/> does.</summary>
    public string? Image { get; init; }

    /// <summary>The repository's name; null for that of <see cref="Image"/>.</summary>
    public string? RepositoryName { get; init; }

    /// <summary>How images are encrypted; null for ECR's own keys, or for KMS where <see cref="EncryptionKey"/> is set. It cannot be changed later.</summary>
    public RepositoryEncryption? Encryption { get; init; }

    /// <summary>The KMS key; null for AWS's own, where <see cref="Encryption"/> is KMS.</summary>
    public IKey? EncryptionKey { get; init; }

    /// <summary>Other accounts that may pull: twelve digits each. They still need a policy of their own that lets them.</summary>
    public IReadOnlyList<string> PullAccounts { get; init; } = [];

    /// <summary>Organisations of AWS all of whose accounts may pull: <c>o-…</c>.</summary>
    public IReadOnlyList<string> PullOrganizations { get; init; } = [];
}
