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
            .Select(each => each with { Options = Account.CliOptions })
            .ToList();
        var policies = new PullPolicies(Account.Reader);
        var findings = await Task.WhenAll(
                pulled.Select(async each =>
                    PullRules.Decide(await policies.ReadAsync(each, cancellationToken).ConfigureAwait(false))
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
}
