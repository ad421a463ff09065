using Lading.Aws.CloudFormation;
using Lading.Oci;
using Lading.Running;
using Lading.Running.Evidence;

namespace Lading.Aws.Running;

/// <summary>
/// Reads the history of a stack: its events, the versions of its record, the deployments of its services, its images.
/// </summary>
internal sealed class HistoryFacts(FactGathering facts)
{
    /// <summary>The names of the top-level stacks that have a record, or of all stacks if none has.</summary>
    public async Task<IReadOnlyList<string>> StacksAsync(Func<string, bool> owns, CancellationToken cancellationToken)
    {
        var (stacks, records) = await ConcurrentTasks
            .AwaitAsync(
                facts.ListAsync(next => new DescribeStacks(null, next, facts.Now), "", cancellationToken),
                new RecordFacts(facts).ReadAsync(owns, cancellationToken)
            )
            .ConfigureAwait(false);
        return records.Count > 0
            ? [.. records.Select(record => record.Stack).Order(StringComparer.Ordinal)]
            :
            [
                .. stacks
                    .Where(stack => stack.ParentId is null && stack.Status != "DELETE_COMPLETE" && owns(stack.Name))
                    .Select(stack => stack.Name)
                    .Order(StringComparer.Ordinal),
            ];
    }

    /// <summary>Reads the history.</summary>
    /// <param name="stack">The name of a top-level stack.</param>
    /// <param name="host">The host of the registry of its images.</param>
    /// <param name="selector">The options that select the environment on a command line.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="LadingException">The stack does not exist, or is nested in another.</exception>
    public async Task<HistoryEvidence> ReadAsync(
        string stack,
        string host,
        string selector,
        CancellationToken cancellationToken
    )
    {
        var ((events, records), services) = await ConcurrentTasks
            .AwaitAsync(
                ConcurrentTasks.AwaitAsync(
                    facts.ListAsync(next => new DescribeStackEvents(stack, next), stack, cancellationToken),
                    new RecordVersions(facts).ReadAsync(stack, cancellationToken)
                ),
                new ServiceHistory(facts).ReadAsync(stack, cancellationToken)
            )
            .ConfigureAwait(false);
        if (records.Count == 0)
        {
            // The stack may be nested, or not exist: neither has a record.
            var found = await facts
                .FindAsync(new DescribeStacks(stack, null, facts.Now), stack, cancellationToken)
                .ConfigureAwait(false);
            EnsureTopLevel(stack, selector, found?.Items);
        }

        var references = ImagesOf(records, services.Revisions, host).ToList();
        var (images, callers) = await ConcurrentTasks
            .AwaitAsync(
                new RegistryFacts(facts).ReadAsync(references, cancellationToken),
                new CallerFacts(facts).ReadAsync(stack, events, cancellationToken)
            )
            .ConfigureAwait(false);
        return new HistoryEvidence
        {
            Stack = stack,
            StackId =
                events.Find(each => each.PhysicalId.Contains($":stack/{stack}/", StringComparison.Ordinal))?.PhysicalId
                ?? "",
            ReadAt = facts.Now,
            Events = events,
            NestedEvents = services.NestedEvents,
            Records = records,
            Deployments = services.Deployments,
            Revisions = services.Revisions,
            TaskDefinitions = services.TaskDefinitions,
            Callers = [.. callers.Where(caller => caller.IsAbout(stack))],
            Images = images,
            Repositories = RegistryFacts.RepositoriesOf(references, facts.Session.Settings.Region),
            Unread = facts.Unread,
        };
    }

    private void EnsureTopLevel(string stack, string selector, IReadOnlyList<StackEvidence>? found)
    {
        if (found is [{ ParentId: { } parent }, ..])
        {
            var name = ArnName.StackOf(parent) ?? parent;
            throw LadingException.Usage(
                $"Could not read the history of {stack}",
                $"it is nested in {name}",
                $"A release is an operation of the top-level stack: lading history {name} {selector}"
            );
        }

        if (found is null && facts.Unread.All(fact => fact.Source.Action != "cloudformation:DescribeStacks"))
        {
            throw LadingException.Usage(
                $"Could not read the history of {stack}",
                $"there is no such stack in {facts.Session.Settings.Account}, {facts.Session.Settings.Region}",
                $"lading status {selector} shows what there is; name the stack as CloudFormation does."
            );
        }
    }

    /// <summary>The images that records and revisions name by digest.</summary>
    public static IEnumerable<ImageReference> ImagesOf(
        IEnumerable<RecordEvidence> records,
        IEnumerable<RevisionEvidence> revisions,
        string host
    )
    {
        var recorded = records
            .SelectMany(record => record.Record.Images.Values)
            .Select(image => $"{host}/{image.Reference}");
        var deployed = revisions
            .SelectMany(revision => revision.Images)
            .Where(image => image.Digest is not null)
            .Select(image => $"{image.Image.Split('@')[0]}@{image.Digest}");
        foreach (var text in recorded.Concat(deployed).Distinct(StringComparer.Ordinal))
        {
            if (ImageReference.TryParse(text, out var reference) && reference.Digest is not null)
            {
                yield return reference;
            }
        }
    }
}
