using Lading.Aws.Ecr;
using Lading.Aws.Iam;
using Lading.Diagnosis;
using Lading.Oci;
using Lading.Running.Evidence;

namespace Lading.Aws.Diagnosis;

/// <summary>Whether the execution roles of services may pull their images.</summary>
internal sealed class PullPermissionCheck(ExaminedAccount account) : AccountCheck(DoctorCheck.PullPermission, account)
{
    public override async Task<IReadOnlyList<HealthFinding>> LookAsync(CancellationToken cancellationToken)
    {
        var definitions = await Account.TaskDefinitionsAsync(cancellationToken).ConfigureAwait(false);
        var pulled = definitions
            .SelectMany(each => PulledBy(each.Definition))
            .DistinctBy(each => (each.Role, each.RepositoryArn))
            .ToList();
        var permissions = new RolePermissions(Account);
        var findings = await Task.WhenAll(
                pulled.Select(async each =>
                    PullRules.Decide(await ReadAsync(each, permissions, cancellationToken).ConfigureAwait(false))
                )
            )
            .ConfigureAwait(false);
        return findings.Length > 0
            ? findings
            : [HealthFinding.Fine("no service pulls from ECR with an execution role")];
    }

    private static IEnumerable<PullingRole> PulledBy(TaskDefinitionEvidence definition)
    {
        foreach (var image in definition.Images.Values)
        {
            if (
                definition.ExecutionRole is { } role
                && ImageReference.TryParse(image, out var reference)
                && EcrAddress.TryParse(reference.Host, out var registry)
            )
            {
                yield return new PullingRole(role, registry, reference.Repository);
            }
        }
    }

    private async Task<PullingRole> ReadAsync(
        PullingRole pulling,
        RolePermissions permissions,
        CancellationToken cancellationToken
    )
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

        try
        {
            return pulling with
            {
                ByRepository = await ByRepositoryAsync(pulling, cancellationToken).ConfigureAwait(false),
            };
        }
        catch (LadingException e)
        {
            // Within the account it matters only where the role itself may not.
            return pulling.Unread.Length > 0 || (!pulling.IsAcrossAccounts && IsEnough(pulling.ByRole))
                ? pulling
                : pulling with
                {
                    Unread = e.CameBack,
                };
        }
    }

    private static bool IsEnough(IReadOnlyDictionary<string, PolicyDecision>? decisions) =>
        decisions?.Values.All(decision => decision == PolicyDecision.Allowed) == true;

    private async Task<IReadOnlyDictionary<string, PolicyDecision>> ByRepositoryAsync(
        PullingRole pulling,
        CancellationToken cancellationToken
    )
    {
        var text = await Account
            .FindAsync(new GetRepositoryPolicy(pulling.Registry.Account, pulling.Repository), cancellationToken)
            .ConfigureAwait(false);
        var policy = string.IsNullOrEmpty(text) ? new PolicyDocument([]) : PolicyDocument.Parse(text);
        return PullingRole.Actions.ToDictionary(
            action => action,
            action => policy.Decide(action, pulling.RepositoryArn, pulling.Role),
            StringComparer.Ordinal
        );
    }
}
