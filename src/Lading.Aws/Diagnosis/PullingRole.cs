using Lading.Aws.Iam;
using Lading.Oci;
using Lading.Running.Evidence;

namespace Lading.Aws.Diagnosis;

/// <summary>A role that pulls from a repository, and what its policies and the repository's say to that.</summary>
/// <param name="Role">The role's ARN.</param>
/// <param name="Registry">Where the repository is.</param>
/// <param name="Repository">Its name.</param>
internal sealed record PullingRole(string Role, EcrAddress Registry, RepositoryName Repository)
{
    /// <summary>Asked for no repository: a login to the registry of the role's region.</summary>
    public const string Login = "ecr:GetAuthorizationToken";

    /// <summary>Asked for the repository.</summary>
    public static readonly IReadOnlyList<string> Actions = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

    /// <summary>What the role's own policies decide, by action; null if they could not be read.</summary>
    public IReadOnlyDictionary<string, PolicyDecision>? ByRole { get; init; }

    /// <summary>What the repository's policy decides, by action; null if it could not be read.</summary>
    public IReadOnlyDictionary<string, PolicyDecision>? ByRepository { get; init; }

    /// <summary>Why something could not be read; empty if all was.</summary>
    public string Unread { get; init; } = "";

    /// <summary>What commands end with, so that they reach the role's account.</summary>
    public string Options { get; init; } = "";

    /// <summary>The ARN of the repository.</summary>
    public string RepositoryArn =>
        $"arn:{EcrAddress.PartitionOf(Registry.Region)}:ecr:{Registry.Region}:{Registry.Account}:repository/{Repository}";

    /// <summary>The account of the role: 12 digits.</summary>
    public string RoleAccount => ArnName.AccountOf(Role);

    /// <summary>Whether the repository is another account's, so that both policies must agree.</summary>
    public bool IsAcrossAccounts => RoleAccount != Registry.Account;
}
