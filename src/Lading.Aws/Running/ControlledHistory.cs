using Lading.Oci;
using Lading.Running.Evidence;

namespace Lading.Aws.Running;

/// <summary>Reads what CodeDeploy and controllers of the user's own deployed.</summary>
internal sealed class ControlledHistory(FactGathering facts)
{
    /// <param name="services">Of those under ECS's own controller, ECS tells.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<ControlledDeployment>> ReadAsync(
        IEnumerable<ServiceEvidence> services,
        CancellationToken cancellationToken
    )
    {
        var found = await Task.WhenAll(
                services
                    .Where(service => service.Controller != "ECS")
                    .Select(service => new CodeDeployFacts(facts).ReadAsync(service, cancellationToken))
            )
            .ConfigureAwait(false);
        return [.. found.SelectMany(each => each)];
    }
}

/// <summary>A deployment of CodeDeploy, or a task set of another controller.</summary>
/// <param name="Deployment">Told as ECS tells its own.</param>
/// <param name="TaskDefinition">The task definition that it brought; null if nothing tells.</param>
internal sealed record ControlledDeployment(DeploymentEvidence Deployment, string? TaskDefinition)
{
    /// <summary>What it runs: other controllers resolve nothing, so what the task definition says is what there is.</summary>
    public IEnumerable<RevisionEvidence> RevisionIn(IReadOnlyList<TaskDefinitionEvidence> definitions) =>
        definitions
            .Where(each => each.Arn == TaskDefinition)
            .Select(each => new RevisionEvidence
            {
                Arn = Deployment.TargetRevision,
                ServiceArn = Deployment.ServiceArn,
                TaskDefinition = each.Arn,
                CreatedAt = Deployment.CreatedAt,
                Images =
                [
                    .. each.Images.Select(image => new RevisionImage(
                        image.Key,
                        image.Value,
                        ImageReference.TryParse(image.Value, out var reference) ? reference.Digest : null
                    )),
                ],
                Source = each.Source,
            });
}
