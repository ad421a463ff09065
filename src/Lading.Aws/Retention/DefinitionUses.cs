using Lading.Aws.Ecs;
using Lading.Retention.Evidence;
using Lading.Retention.Gathering;
using Lading.Running.Evidence;

namespace Lading.Aws.Retention;

/// <summary>
/// Reads active task definitions, which any schedule or call may start. ECS has no call that describes several.
/// </summary>
internal sealed class DefinitionUses : IUseReader
{
    public async Task ReadAsync(RegionFacts region, CancellationToken cancellationToken)
    {
        var active = await region
            .Facts.ListAsync(next => new ListTaskDefinitions(next), "", cancellationToken)
            .ConfigureAwait(false);
        foreach (var definition in active)
        {
            region.Name(definition, UseKind.TaskDefinition, $"task definition {ArnName.Of(definition)} names it");
        }
    }

    /// <summary>Reads every task definition that something refers to, active or not.</summary>
    public static async Task DescribeAsync(RegionFacts region, CancellationToken cancellationToken)
    {
        var named = region.NamedDefinitions.ToLookup(each => ArnOf(each.Definition, region), StringComparer.Ordinal);
        await Task.WhenAll(named.Select(each => DescribeAsync(region, each.Key, [.. each], cancellationToken)))
            .ConfigureAwait(false);
    }

    private static async Task DescribeAsync(
        RegionFacts region,
        string definition,
        IReadOnlyList<(string Definition, UseKind Kind, string Reason)> names,
        CancellationToken cancellationToken
    )
    {
        // A rule or state machine may refer to a deleted definition; those of services and listings exist.
        var mayBeMissing = names.All(each => each.Kind == UseKind.OtherWorkload);
        var found = await region
            .Facts.FindAsync(
                new DescribeTaskDefinition(definition, region.Facts.Now, mayBeMissing),
                definition,
                cancellationToken
            )
            .ConfigureAwait(false);
        if (found is null)
        {
            return;
        }

        region.Uses.Count(1, "task definition");
        var images = ImageMentions.In(found.Images.Values);
        foreach (var (_, kind, reason) in names)
        {
            region.Uses.Add(kind, images, reason, found.Source);
        }
    }

    /// <summary>
    /// The canonical name of a definition; a family without a revision stands for its newest revision.
    /// </summary>
    private static string ArnOf(string definition, RegionFacts region) =>
        Arn.TryParse(definition, out _) || !definition.Contains(':', StringComparison.Ordinal)
            ? definition
            : new Arn(
                Oci.EcrAddress.PartitionOf(region.Region),
                "ecs",
                region.Region,
                region.Account,
                $"task-definition/{definition}"
            ).ToString();
}
