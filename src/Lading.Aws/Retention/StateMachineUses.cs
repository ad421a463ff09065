using System.Text.Json;
using Lading.Aws.StepFunctions;
using Lading.Retention.Evidence;
using Lading.Retention.Gathering;
using Lading.Running.Evidence;

namespace Lading.Aws.Retention;

/// <summary>
/// Reads state machines with their published versions: the images and task definitions in their definitions.
/// </summary>
internal sealed class StateMachineUses : IUseReader
{
    public async Task ReadAsync(RegionFacts region, CancellationToken cancellationToken)
    {
        var machines = await region
            .Facts.ListAsync(next => new ListStateMachines(next), "", cancellationToken)
            .ConfigureAwait(false);
        region.Uses.Count(machines.Count, "state machine");
        await Task.WhenAll(machines.Select(machine => ReadAsync(region, machine, cancellationToken)))
            .ConfigureAwait(false);
    }

    private static async Task ReadAsync(RegionFacts region, string machine, CancellationToken cancellationToken)
    {
        var versions = await region
            .Facts.ListAsync(next => new ListStateMachineVersions(machine, next), machine, cancellationToken)
            .ConfigureAwait(false);
        foreach (var arn in versions.Prepend(machine))
        {
            var name = arn[(arn.LastIndexOf(":stateMachine:", StringComparison.Ordinal) + ":stateMachine:".Length)..];
            var definition = await region
                .Facts.FindAsync(new DescribeStateMachine(arn), arn, cancellationToken)
                .ConfigureAwait(false);
            region.Uses.Add(
                UseKind.OtherWorkload,
                ImageMentions.In(definition ?? ""),
                $"state machine {name} names it",
                region.Origin("states:DescribeStateMachine", name)
            );
            foreach (var task in DefinitionsIn(definition ?? ""))
            {
                region.Name(task, UseKind.OtherWorkload, $"state machine {name} starts it");
            }
        }
    }

    /// <summary>
    /// The task definitions of <c>ecs:runTask</c> states. Values from the input are left out: only active definitions
    /// can be started, which are all read anyway.
    /// </summary>
    private static IReadOnlyList<string> DefinitionsIn(string definition)
    {
        try
        {
            using var document = JsonDocument.Parse(definition.Length == 0 ? "{}" : definition);
            return [.. In(document.RootElement).Distinct(StringComparer.Ordinal)];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>
    /// Whether a value is a JSONata expression or a path (Step Functions developer guide, "Transforming data").
    /// </summary>
    private static bool IsExpression(string text) =>
        text.StartsWith("{%", StringComparison.Ordinal) || text.StartsWith('$');

    private static IEnumerable<string> In(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Array => element.EnumerateArray().SelectMany(In),
            JsonValueKind.Object => element
                .EnumerateObject()
                .SelectMany(member =>
                    member.Name == "TaskDefinition" && member.Value.FindText() is { } named
                        ? IsExpression(named)
                            ? []
                            : [named]
                        : In(member.Value)
                ),
            _ => [],
        };
}
