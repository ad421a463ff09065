using System.Text.Json;
using Lading.Aws.CloudFormation;
using Lading.Running;
using Lading.Running.Evidence;

namespace Lading.Aws.Running;

/// <summary>Reads stacks: a listing of all, the template of each, and the resources of those that run images.</summary>
/// <param name="facts">Reads facts.</param>
/// <param name="known">The stacks in the previous evidence: one without an operation since is not read again.</param>
internal sealed class StackFacts(FactGathering facts, IReadOnlyList<StackEvidence>? known = null)
{
    /// <summary>The stacks of an environment, including nested ones.</summary>
    /// <param name="owns">Whether a top-level stack is one of them, by its name.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<IReadOnlyList<StackEvidence>> ReadAsync(
        Func<string, bool> owns,
        CancellationToken cancellationToken
    )
    {
        var listed = await facts
            .ListAsync(next => new DescribeStacks(null, next, facts.Now), "", cancellationToken)
            .ConfigureAwait(false);
        var existing = listed.Where(stack => stack.Status is not ("DELETE_COMPLETE" or "REVIEW_IN_PROGRESS")).ToList();
        var own = existing.Where(stack => owns(StackNesting.TopOf(stack, existing).Name));
        return await Task.WhenAll(own.Select(stack => ReadAsync(stack, cancellationToken))).ConfigureAwait(false);
    }

    /// <summary>Marks the stacks that have changed since they were read.</summary>
    public async Task<IReadOnlyList<StackEvidence>> MarkChangedAsync(
        IReadOnlyList<StackEvidence> stacks,
        CancellationToken cancellationToken
    )
    {
        var listed = await facts
            .ListAsync(next => new DescribeStacks(null, next, facts.Now), "", cancellationToken)
            .ConfigureAwait(false);
        var now = listed.DistinctBy(stack => stack.Id).ToDictionary(stack => stack.Id, StringComparer.Ordinal);
        return
        [
            .. stacks.Select(stack =>
                now.GetValueOrDefault(stack.Id) is { } latest
                && (latest.Status != stack.Status || latest.UpdatedAt != stack.UpdatedAt)
                    ? stack with
                    {
                        ChangedWhileRead = true,
                    }
                    : stack
            ),
        ];
    }

    private async Task<StackEvidence> ReadAsync(StackEvidence stack, CancellationToken cancellationToken)
    {
        if (known?.FirstOrDefault(each => IsSame(each, stack)) is { } same)
        {
            return stack with
            {
                Template = same.Template,
                TemplateSource = same.TemplateSource,
                Resources = same.Resources,
            };
        }

        var text = await facts.FindAsync(new GetTemplate(stack.Id), stack.Id, cancellationToken).ConfigureAwait(false);
        if (text is null || Parse(text) is not { } template)
        {
            if (text is not null && !Workloads.MayBeIn(text))
            {
                // In every CDK account, the template of the bootstrap stack is YAML.
                return stack with { Resources = new Dictionary<string, StackResource>() };
            }

            if (text is not null)
            {
                facts.Note(
                    "cloudformation:GetTemplate",
                    stack.Id,
                    $"the template of {stack.Name} is YAML, and only JSON is supported",
                    []
                );
            }

            return stack;
        }

        stack = stack with
        {
            Template = template,
            TemplateSource = new FactOrigin("cloudformation:GetTemplate", stack.Id, facts.Now),
        };
        if (!Workloads.AreIn(template))
        {
            return stack with { Resources = new Dictionary<string, StackResource>() };
        }

        var before = facts.Unread.Count;
        var resources = await facts
            .ListAsync(next => new ListStackResources(stack.Id, next), stack.Id, cancellationToken)
            .ConfigureAwait(false);
        var failed = facts.Unread.Skip(before).Any(fact => fact.Source.Subject == stack.Id);
        return stack with
        {
            Resources = failed
                ? null
                : resources
                    .DistinctBy(resource => resource.LogicalId)
                    .ToDictionary(resource => resource.LogicalId, StringComparer.Ordinal),
        };
    }

    private static bool IsSame(StackEvidence one, StackEvidence other) =>
        one.Id == other.Id
        && one.Status == other.Status
        && one.UpdatedAt == other.UpdatedAt
        && !other.Status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal)
        && one.Resources is not null;

    private static JsonElement? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
