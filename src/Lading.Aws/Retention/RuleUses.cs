using Lading.Aws.Schedules;
using Lading.Retention.Evidence;
using Lading.Retention.Gathering;

namespace Lading.Aws.Retention;

/// <summary>
/// Reads EventBridge rules on all buses: the tasks they start, and the images in their input. A disabled rule may be
/// enabled again.
/// </summary>
internal sealed class RuleUses : IUseReader
{
    public async Task ReadAsync(RegionFacts region, CancellationToken cancellationToken)
    {
        var buses = await region
            .Facts.ListAsync(next => new ListEventBuses(next), "", cancellationToken)
            .ConfigureAwait(false);
        await Task.WhenAll(buses.Select(bus => ReadAsync(region, bus, cancellationToken))).ConfigureAwait(false);
    }

    private static async Task ReadAsync(RegionFacts region, string bus, CancellationToken cancellationToken)
    {
        var rules = await region
            .Facts.ListAsync(next => new ListRules(bus, next), bus, cancellationToken)
            .ConfigureAwait(false);
        region.Uses.Count(rules.Count, "rule");
        await Task.WhenAll(rules.Select(rule => ReadAsync(region, bus, rule, cancellationToken))).ConfigureAwait(false);
    }

    private static async Task ReadAsync(
        RegionFacts region,
        string bus,
        string rule,
        CancellationToken cancellationToken
    )
    {
        var targets = await region
            .Facts.ListAsync(next => new ListTargetsByRule(rule, bus, next), rule, cancellationToken)
            .ConfigureAwait(false);
        foreach (var target in targets)
        {
            region.Uses.Add(
                UseKind.OtherWorkload,
                ImageMentions.In(target.Texts),
                $"rule {rule} names it",
                region.Origin("events:ListTargetsByRule", rule)
            );
            if (target.TaskDefinition is { } definition)
            {
                region.Name(definition, UseKind.OtherWorkload, $"rule {rule} starts it");
            }
        }
    }
}
