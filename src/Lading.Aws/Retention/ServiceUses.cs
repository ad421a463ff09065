using Lading.Aws.Ecs;
using Lading.Aws.Running;
using Lading.Retention.Evidence;
using Lading.Running.Evidence;

namespace Lading.Aws.Retention;

/// <summary>
/// Reads the images that services start tasks with, even if they run none: those of their task definitions and task
/// sets, and those ECS resolved.
/// </summary>
internal sealed class ServiceUses : IUseReader
{
    public UseStage Stage => UseStage.Services;

    public async Task ReadAsync(RegionFacts region, CancellationToken cancellationToken)
    {
        foreach (var service in region.Services)
        {
            var reason = $"service {NameOf(service)} starts it";
            foreach (var definition in DefinitionsOf(service))
            {
                region.Name(definition, UseKind.Running, reason);
            }
        }

        var names = region.Services.ToDictionary(service => service.Arn, StringComparer.Ordinal);
        var revisions = await new ServiceFacts(region.Facts)
            .ReadRevisionsAsync(region.Services.SelectMany(service => service.CurrentRevisions), cancellationToken)
            .ConfigureAwait(false);
        foreach (var revision in revisions)
        {
            var service = names.GetValueOrDefault(revision.ServiceArn);
            Add(
                region,
                UseKind.Running,
                revision,
                $"service {(service is null ? ArnName.Of(revision.ServiceArn) : NameOf(service))} starts it"
            );
        }
    }

    /// <summary>Adds the resolved images of a revision, and its task definition.</summary>
    public static void Add(RegionFacts region, UseKind kind, RevisionEvidence revision, string reason)
    {
        region.Uses.Add(
            kind,
            revision.Images.SelectMany(image => TaskUses.ImagesOf(image.Image, image.Digest)),
            reason,
            revision.Source
        );
        if (revision.TaskDefinition.Length > 0)
        {
            region.Name(revision.TaskDefinition, kind, reason);
        }
    }

    /// <summary>Cluster and service: <c>main/web</c>.</summary>
    public static string NameOf(ServiceEvidence service) => $"{ArnName.Of(service.ClusterArn)}/{service.Name}";

    private static IEnumerable<string> DefinitionsOf(ServiceEvidence service) =>
        service
            .Rollouts.Select(rollout => rollout.TaskDefinition)
            .Concat(service.TaskSets.Select(set => set.TaskDefinition))
            .Append(service.TaskDefinition)
            .Where(definition => definition.Length > 0)
            .Distinct(StringComparer.Ordinal);
}
