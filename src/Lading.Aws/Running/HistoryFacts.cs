using Lading.Aws.CloudFormation;
using Lading.Aws.Ecs;
using Lading.Oci;
using Lading.Running;
using Lading.Running.Evidence;

namespace Lading.Aws.Running;

/// <summary>Reads the past of a stack: its events, the versions of its record, its services' deployments, its images.</summary>
internal sealed class HistoryFacts(FactGathering facts)
{
    /// <summary>The names of the top-level stacks that have a record, or of all stacks if none has.</summary>
    public async Task<IReadOnlyList<string>> StacksAsync(Func<string, bool> owns, CancellationToken cancellationToken)
    {
        var (stacks, records) = await Together
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

    /// <param name="stack">The name of a top-level stack.</param>
    /// <param name="host">The host of the registry of its images.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<HistoryEvidence> ReadAsync(string stack, string host, CancellationToken cancellationToken)
    {
        var ((events, records), (deployments, nested)) = await Together
            .AwaitAsync(
                Together.AwaitAsync(
                    facts.ListAsync(next => new DescribeStackEvents(stack, next), stack, cancellationToken),
                    new RecordVersions(facts).ReadAsync(stack, cancellationToken)
                ),
                ReadDeploymentsOfStackAsync(stack, cancellationToken)
            )
            .ConfigureAwait(false);
        var (revisions, callers) = await Together
            .AwaitAsync(
                new ServiceFacts(facts).ReadRevisionsAsync(
                    deployments.Select(each => each.TargetRevision).Where(arn => arn.Length > 0),
                    cancellationToken
                ),
                new CallerFacts(facts).ReadAsync(stack, events, cancellationToken)
            )
            .ConfigureAwait(false);
        var images = await new RegistryFacts(facts)
            .ReadAsync([.. ImagesOf(records, revisions, host)], cancellationToken)
            .ConfigureAwait(false);
        return new HistoryEvidence
        {
            Stack = stack,
            StackId =
                events.Find(each => each.PhysicalId.Contains($":stack/{stack}/", StringComparison.Ordinal))?.PhysicalId
                ?? "",
            Host = host,
            ReadAt = facts.Now,
            Events = events,
            NestedEvents = nested,
            Records = records,
            Deployments = deployments,
            Revisions = revisions,
            Callers = [.. callers.Where(caller => caller.IsAbout(stack))],
            Images = images,
            Unread = facts.Unread,
        };
    }

    /// <summary>The deployments of 90 days of services, by their ARNs.</summary>
    public async Task<IReadOnlyList<DeploymentEvidence>> ReadDeploymentsAsync(
        IEnumerable<string> services,
        CancellationToken cancellationToken
    )
    {
        var listed = await Task.WhenAll(
                services.Select(service =>
                    facts.ListAsync(
                        next => new ListServiceDeployments(ArnName.ClusterOf(service) ?? "", service, next),
                        service,
                        cancellationToken
                    )
                )
            )
            .ConfigureAwait(false);
        return await new ServiceFacts(facts)
            .DescribeAsync(listed.SelectMany(arns => arns), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Those of the services of a stack and of those nested in it, and the events of the latter.</summary>
    private async Task<(
        IReadOnlyList<DeploymentEvidence> Deployments,
        IReadOnlyList<StackEvent> Nested
    )> ReadDeploymentsOfStackAsync(string stack, CancellationToken cancellationToken)
    {
        var (services, nested) = await ReadServicesAsync(stack, 0, cancellationToken).ConfigureAwait(false);
        return (await ReadDeploymentsAsync(services, cancellationToken).ConfigureAwait(false), nested);
    }

    private async Task<(IReadOnlyList<string> Services, IReadOnlyList<StackEvent> Events)> ReadServicesAsync(
        string stack,
        int depth,
        CancellationToken cancellationToken
    )
    {
        var (resources, events) = await Together
            .AwaitAsync(
                facts.ListAsync(next => new ListStackResources(stack, next), stack, cancellationToken),
                depth == 0
                    ? Task.FromResult<List<StackEvent>>([])
                    : facts.ListAsync(next => new DescribeStackEvents(stack, next), stack, cancellationToken)
            )
            .ConfigureAwait(false);
        var made = resources.Where(resource => resource.PhysicalId.Length > 0).ToList();
        // No template nests as deep (CloudFormation has a bound of its own on nested stacks).
        var nested = await Task.WhenAll(
                made.Where(resource => resource.Type == Workloads.Nested && depth < 10)
                    .Select(resource => ReadServicesAsync(resource.PhysicalId, depth + 1, cancellationToken))
            )
            .ConfigureAwait(false);
        return (
            [
                .. made.Where(resource => resource.Type == Workloads.Service).Select(resource => resource.PhysicalId),
                .. nested.SelectMany(each => each.Services),
            ],
            [.. events, .. nested.SelectMany(each => each.Events)]
        );
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
