using Amazon.CDK.AWS.ECR;
using Amazon.CDK.AWS.KMS;

namespace Lading.Cdk;

/// <summary>The properties of an <see cref="ImageRepository"/>.</summary>
public sealed record ImageRepositoryProps
{
    /// <summary>The image in <c>lading.json</c>, whose entry has the repository's name. Null if <see cref="RepositoryName"/> is set.</summary>
    public string? Image { get; init; }

    /// <summary>The repository's name; null to use that of <see cref="Image"/>.</summary>
    public string? RepositoryName { get; init; }

    /// <summary>
    /// The encryption of images; null for ECR's own keys, or for KMS if <see cref="EncryptionKey"/> is set. It cannot be changed later.
    /// </summary>
    public RepositoryEncryption? Encryption { get; init; }

    /// <summary>The KMS key; null for AWS's own, if <see cref="Encryption"/> is KMS.</summary>
    public IKey? EncryptionKey { get; init; }

    /// <summary>Other accounts that may pull: twelve digits each. They also need a policy of their own that allows it.</summary>
    public IReadOnlyList<string> PullAccounts { get; init; } = [];

    /// <summary>AWS organizations whose accounts may pull: <c>o-…</c>.</summary>
    public IReadOnlyList<string> PullOrganizations { get; init; } = [];
}
