using System.Runtime.CompilerServices;
using Lading.Checking;
using Lading.Configuration;
using Lading.Fingerprints;
using Lading.Git;
using Lading.Oci;
using Lading.Projects;

namespace Lading.Running;

/// <summary>Reads all environments concurrently, and compares what they run with their stacks and with HEAD.</summary>
/// <param name="gathering">Reads environments.</param>
/// <param name="project">The project; null outside of one, where rows come from running workloads.</param>
/// <param name="scratch">A temporary folder.</param>
/// <param name="time">The clock.</param>
internal sealed class StatusRun(IEnvironmentGathering gathering, Project? project, string scratch, TimeProvider time)
{
    /// <summary>
    /// The interval between two reads of <see cref="WatchAsync"/>: each takes calls that AWS throttles.
    /// </summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>Reads the environments every 5 seconds until cancelled.</summary>
    public async IAsyncEnumerable<StatusReport> WatchAsync(
        IReadOnlyList<EnvironmentDefinition> environments,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        while (true)
        {
            yield return await RunAsync(environments, cancellationToken).ConfigureAwait(false);
            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads the environments once.</summary>
    public async Task<StatusReport> RunAsync(
        IReadOnlyList<EnvironmentDefinition> environments,
        CancellationToken cancellationToken
    )
    {
        var readAt = time.GetUtcNow();
        var head = project is null
            ? HeadImages.Of([])
            : await HeadImages
                .ReadAsync(
                    project.Folder,
                    new SnapshotRequest([]) { TellsChanges = false, IsForReading = true },
                    scratch,
                    [],
                    cancellationToken
                )
                .ConfigureAwait(false);
        var statuses = await Task.WhenAll(
                environments.Select(environment => ReadAsync(environment, head, cancellationToken))
            )
            .ConfigureAwait(false);
        var heads = head.Images.Values.Select(image => HeadOf(image, statuses)).ToList();
        var behind = project is null
            ? new Dictionary<string, int>()
            : await CommitsBehind
                .CountAsync(
                    project.Folder.Path,
                    statuses
                        .SelectMany(status => status.Containers)
                        .Select(container => container.Revision)
                        .OfType<string>(),
                    cancellationToken
                )
                .ConfigureAwait(false);
        return new StatusReport(readAt, heads, head.Failure, statuses, behind);
    }

    private async Task<EnvironmentStatus> ReadAsync(
        EnvironmentDefinition environment,
        HeadImages head,
        CancellationToken cancellationToken
    )
    {
        var scope = new StackScope(environment, project?.Configuration);
        var evidence = await gathering
            .ReadAsync(environment, scope.Owns, [.. HeadsIn(environment, head)], cancellationToken)
            .ConfigureAwait(false);
        var status = RunningRules.Of(evidence);
        return status with { Containers = [.. status.Containers.Select(WithImageName)] };
    }

    /// <summary>The images of HEAD in an environment's registry, by the tags of their identities.</summary>
    private static IEnumerable<ImageReference> HeadsIn(EnvironmentDefinition environment, HeadImages head) =>
        environment is { RegistryHost: { } host, RegistryAccount: not null }
            ? head.Images.Values.Select(image => new ImageReference(
                host,
                image.Definition.Repository,
                image.Fingerprint.SourceTag,
                null
            ))
            : [];

    /// <summary>Names the image by its repository if no record names it.</summary>
    private ContainerVerdict WithImageName(ContainerVerdict container) =>
        container.Image is null
        && ImageReference.TryParse(container.Reference, out var reference)
        && project?.Configuration.Images.Values.FirstOrDefault(image => image.Repository == reference.Repository)
            is { } definition
            ? container with
            {
                Image = definition.Name,
            }
            : container;

    private static HeadCell HeadOf(ImageIdentity image, IEnumerable<EnvironmentStatus> statuses)
    {
        var published = statuses
            .SelectMany(status => status.Evidence.Images)
            .FirstOrDefault(each =>
                each.Repository.EndsWith($"/{image.Definition.Repository}", StringComparison.Ordinal)
                && each.Tags.Contains(image.Fingerprint.SourceTag.Name, StringComparer.Ordinal)
            );
        return new HeadCell(image.Name, published?.Revision, image.Hold?.Reason);
    }
}
