using Lading.Aws.Iam;
using Lading.Running.Evidence;

namespace Lading.Aws.Diagnosis;

/// <summary>
/// Determines what roles may do: by IAM's simulation if that is allowed, otherwise by their policies. Facts that are
/// the same for all repositories of a role are read once.
/// </summary>
internal sealed class RolePermissions(AccountReader account)
{
    private readonly RequestCache<IEnumerable<KeyValuePair<string, PolicyDecision>>> logins = new();
    private readonly RequestCache<PolicyDocument> policies = new();

    /// <summary>The decisions of the role's own policies, by action.</summary>
    /// <exception cref="LadingException">The credentials may use neither.</exception>
    public async Task<IReadOnlyDictionary<string, PolicyDecision>> ReadAsync(
        PullingRole pulling,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var decisions = await SimulateAsync(
                    pulling.Role,
                    PullingRole.Actions,
                    pulling.RepositoryArn,
                    cancellationToken
                )
                .ConfigureAwait(false);
            var login = await logins
                .GetAsync(
                    pulling.Role,
                    () => SimulateAsync(pulling.Role, [PullingRole.Login], "*", cancellationToken),
                    cancellationToken
                )
                .ConfigureAwait(false);
            return decisions.Concat(login).ToDictionary(StringComparer.Ordinal);
        }
        catch (LadingException e) when (e.InnerException is AwsException)
        {
            return await ReadPoliciesAsync(pulling, e, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<IEnumerable<KeyValuePair<string, PolicyDecision>>> SimulateAsync(
        string role,
        IReadOnlyList<string> actions,
        string resource,
        CancellationToken cancellationToken
    )
    {
        var decisions = await account
            .ListAsync(marker => new SimulatePrincipalPolicy(role, actions, [resource], marker), cancellationToken)
            .ConfigureAwait(false);
        return decisions.Select(each =>
            KeyValuePair.Create(
                each.Action,
                each.Decision switch
                {
                    "allowed" => PolicyDecision.Allowed,
                    // A condition on context that the simulation lacks, and every real call has.
                    _ when each.LacksContext => PolicyDecision.Conditional,
                    "explicitDeny" => PolicyDecision.Denied,
                    _ => PolicyDecision.Silent,
                }
            )
        );
    }

    private async Task<IReadOnlyDictionary<string, PolicyDecision>> ReadPoliciesAsync(
        PullingRole pulling,
        LadingException refused,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var own = await policies
                .GetAsync(
                    pulling.Role,
                    () => PoliciesAsync(ArnName.Of(pulling.Role), cancellationToken),
                    cancellationToken
                )
                .ConfigureAwait(false);
            return PullingRole
                .Actions.Select(action => (Action: action, Resource: pulling.RepositoryArn))
                .Append((Action: PullingRole.Login, Resource: "*"))
                .ToDictionary(
                    each => each.Action,
                    each => own.Decide(each.Action, each.Resource),
                    StringComparer.Ordinal
                );
        }
        catch (LadingException e) when (e.InnerException is AwsException)
        {
            throw new LadingException(
                e.Attempted,
                $"{refused.CameBack}, nor to {e.CameBack.Replace("no access to ", "", StringComparison.Ordinal)}",
                e.Remedy,
                innerException: e.InnerException
            );
        }
        catch (AwsException e)
        {
            throw new LadingException("Could not read the policies of a role", $"IAM says {e.Error.Message}");
        }
    }

    private async Task<PolicyDocument> PoliciesAsync(string role, CancellationToken cancellationToken)
    {
        var attached = await account
            .ListAsync(marker => new ListAttachedRolePolicies(role, marker), cancellationToken)
            .ConfigureAwait(false);
        var own = await account
            .ListAsync(marker => new ListRolePolicies(role, marker), cancellationToken)
            .ConfigureAwait(false);
        var texts = await Task.WhenAll(
                attached
                    .Select(policy => ReadManagedAsync(policy, cancellationToken))
                    .Concat(own.Select(policy => account.AskAsync(new GetRolePolicy(role, policy), cancellationToken)))
            )
            .ConfigureAwait(false);
        return PolicyDocument.Join(texts.Select(PolicyDocument.Parse));
    }

    private async Task<string> ReadManagedAsync(string policy, CancellationToken cancellationToken)
    {
        var version = await account.AskAsync(new GetPolicy(policy), cancellationToken).ConfigureAwait(false);
        return await account.AskAsync(new GetPolicyVersion(policy, version), cancellationToken).ConfigureAwait(false);
    }
}
