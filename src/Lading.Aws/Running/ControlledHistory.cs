using Lading.Oci;
using Lading.Running.Evidence;

namespace Lading.Aws.Running;

/// <summary>Reads the deployments of CodeDeploy and of the user's own controllers.</summary>
internal sealed class ControlledHistory(FactGathering facts)
{
    /// <summary>Reads the deployments of services.</summary>
    /// <param name="services">Services; those under ECS's own controller are skipped, since ECS has their deployments.</param>
    /// <param name="cancellationToken">Cancels it.</param>
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
/// <param name="Deployment">The deployment, in the form of a service deployment.</param>
/// <param name="TaskDefinition">Its task definition; null if it is unknown.</param>
internal sealed record ControlledDeployment(DeploymentEvidence Deployment, string? TaskDefinition)
{
    /// <summary>
    /// Its images, by the references in the task definition: only ECS's own controller resolves digests.
    /// </summary>
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
