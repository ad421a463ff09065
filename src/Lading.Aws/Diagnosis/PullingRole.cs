using Lading.Aws.Iam;
using Lading.Oci;
using Lading.Running.Evidence;

namespace Lading.Aws.Diagnosis;

/// <summary>A role that pulls from a repository, with the decisions of its policies and the repository's.</summary>
/// <param name="Role">The role's ARN.</param>
/// <param name="Registry">The registry of the repository.</param>
/// <param name="Repository">Its name.</param>
internal sealed record PullingRole(string Role, EcrAddress Registry, RepositoryName Repository)
{
    /// <summary>The login to the registry of the role's region, which is for no specific repository.</summary>
    public const string Login = "ecr:GetAuthorizationToken";

    /// <summary>The actions on the repository.</summary>
    public static readonly IReadOnlyList<string> Actions = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

    /// <summary>The decisions of the role's own policies, by action; null if they could not be read.</summary>
    public IReadOnlyDictionary<string, PolicyDecision>? ByRole { get; init; }

    /// <summary>The decisions of the repository's policy, by action; null if it could not be read.</summary>
    public IReadOnlyDictionary<string, PolicyDecision>? ByRepository { get; init; }

    /// <summary>Why something could not be read; empty if everything could.</summary>
    public string Unread { get; init; } = "";

    /// <summary>Options for commands, so that they use the role's account.</summary>
    public string Options { get; init; } = "";

    /// <summary>The ARN of the repository.</summary>
    public string RepositoryArn =>
        new Arn(
            EcrAddress.PartitionOf(Registry.Region),
            "ecr",
            Registry.Region,
            Registry.Account,
            $"repository/{Repository}"
        ).ToString();

    /// <summary>The account of the role: 12 digits.</summary>
    public string RoleAccount => ArnName.AccountOf(Role);

    /// <summary>Whether the repository belongs to another account, so that both policies must allow it.</summary>
    public bool IsAcrossAccounts => RoleAccount != Registry.Account;
}
