using Lading.Aws.Ecr;
using Lading.Aws.Iam;

namespace Lading.Aws.Diagnosis;

/// <summary>Reads the policies of roles that pull, and of their repositories.</summary>
/// <param name="account">The account of the roles.</param>
internal sealed class PullPolicies(AccountReader account)
{
    private readonly RolePermissions permissions = new(account);
    private readonly RequestCache<PolicyDocument> policies = new();

    /// <summary>Returns the role with its policies, including what could not be read.</summary>
    public async Task<PullingRole> ReadAsync(PullingRole pulling, CancellationToken cancellationToken)
    {
        try
        {
            pulling = pulling with
            {
                ByRole = await permissions.ReadAsync(pulling, cancellationToken).ConfigureAwait(false),
            };
        }
        catch (LadingException e)
        {
            pulling = pulling with { Unread = e.CameBack };
        }

        if (pulling.Registry.Region != account.Region)
        {
            return WithoutRepository(pulling, $"its policy is in {pulling.Registry.Region}, where nothing is asked");
        }

        try
        {
            return pulling with
            {
                ByRepository = await ByRepositoryAsync(pulling, cancellationToken).ConfigureAwait(false),
            };
        }
        catch (LadingException e)
        {
            return WithoutRepository(pulling, e.CameBack);
        }
    }

    /// <summary>
    /// The role without the repository's policy, which is unknown; within the account, it matters only if the role's
    /// own policies do not suffice.
    /// </summary>
    private static PullingRole WithoutRepository(PullingRole pulling, string why) =>
        pulling.Unread.Length > 0 || (!pulling.IsAcrossAccounts && IsEnough(pulling.ByRole))
            ? pulling
            : pulling with
            {
                Unread = why,
            };

    private static bool IsEnough(IReadOnlyDictionary<string, PolicyDecision>? decisions) =>
        decisions?.Values.All(decision => decision == PolicyDecision.Allowed) == true;

    private async Task<IReadOnlyDictionary<string, PolicyDecision>> ByRepositoryAsync(
        PullingRole pulling,
        CancellationToken cancellationToken
    )
    {
        var policy = await policies
            .GetAsync(pulling.RepositoryArn, () => PolicyAsync(pulling, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        return PullingRole.Actions.ToDictionary(
            action => action,
            action => policy.Decide(action, pulling.RepositoryArn, pulling.Role),
            StringComparer.Ordinal
        );
    }

    private async Task<PolicyDocument> PolicyAsync(PullingRole pulling, CancellationToken cancellationToken)
    {
        var text = await account
            .FindAsync(new GetRepositoryPolicy(pulling.Registry.Account, pulling.Repository), cancellationToken)
            .ConfigureAwait(false);
        return string.IsNullOrEmpty(text) ? new PolicyDocument([]) : PolicyDocument.Parse(text);
    }
}
