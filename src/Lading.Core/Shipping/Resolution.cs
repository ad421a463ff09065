using Lading.Configuration;
using Lading.Fingerprints;
using Lading.Locks;
using Lading.Projects;

namespace Lading.Shipping;

/// <summary>Writes the lock from the images that the registry has. Nothing is built or pushed.</summary>
internal sealed class Resolution(Workspace workspace)
{
    private Project Project => workspace.Project;

    /// <summary>Finds images in the environment's registry, and writes the lock.</summary>
    /// <param name="request">The images and the revision.</param>
    /// <param name="lockPath">The absolute path of the lock.</param>
    /// <param name="cancellationToken">Cancels it; the lock is unchanged.</param>
    /// <exception cref="LadingException">An image was never published there; the lock is unchanged.</exception>
    public async Task<ResolvedLock> RunAsync(
        SnapshotRequest request,
        string lockPath,
        CancellationToken cancellationToken
    )
    {
        var registry = await workspace
            .Registries.OpenAsync(Project.Environment, cancellationToken)
            .ConfigureAwait(false);
        registry.Prepare();
        using var removalBlock = await registry.BlockRemovalAsync("resolve", cancellationToken).ConfigureAwait(false);
        var sources = await ProjectSnapshot
            .OpenAsync(Project.Folder, request, workspace.Path, cancellationToken)
            .ConfigureAwait(false);
        await using (sources.ConfigureAwait(false))
        {
            var survey = await RegistrySurvey
                .MakeAsync(registry, sources.Images, cancellationToken)
                .ConfigureAwait(false);
            var missing = sources.Images.Where(image => survey.Find(image) is null).ToList();
            if (missing.Count > 0)
            {
                throw NeverPublished(missing);
            }

            // A lock of all images replaces an unreadable one; a lock of some keeps the other entries.
            var known = request.Images.Count == 0 ? LockFile.FindReadable(lockPath) : LockFile.Find(lockPath);
            var entries = await Task.WhenAll(
                    sources.Images.Select(image =>
                        LockEntry.ReadAsync(registry, image, survey.Find(image)!, known, cancellationToken)
                    )
                )
                .ConfigureAwait(false);
            var confirmed = sources.Images.Select(image => image.Name).Zip(entries).ToList();
            var resolved = ImageLock.Of(Project.Environment.Name, confirmed);
            var marked = await new MarkedImages(
                registry,
                Project.Environment,
                Project.Configuration.Retention.GraceDays,
                workspace.Time
            )
                .KeepAsync(sources.Images, survey, cancellationToken)
                .ConfigureAwait(false);
            LockFile.Write(
                lockPath,
                request.Images.Count == 0 ? resolved : resolved.Keeping(known, Project.Configuration.Images.Keys)
            );
            await ConfigurationSchema.ProvideAsync(Project.Folder.Path, cancellationToken).ConfigureAwait(false);
            return new ResolvedLock(resolved, request.Uncommitted ? [] : DirtyInputs.ImagesOf(sources))
            {
                Marked = marked,
            };
        }
    }

    private LadingException NeverPublished(IReadOnlyList<ImageIdentity> missing)
    {
        var names = string.Join(", ", missing.Select(image => $"{image.Name} ({image.Fingerprint.SourceTag})"));
        var remedy = Project.Environment.PromoteFrom is { } origin
            ? $"Run 'lading promote {origin} {Project.Environment.Name}'."
            : $"Run 'lading publish --env {Project.Environment.Name}'.";
        return new LadingException(
            $"Could not resolve the images of {Project.Environment.Name}",
            $"never published there: {names}",
            remedy,
            FailureKind.CheckFailed
        );
    }
}

/// <summary>A lock from the registry.</summary>
/// <param name="Lock">The requested images.</param>
/// <param name="Uncommitted">The images with inputs that differ from <c>HEAD</c>; the differences are not in the lock.</param>
internal sealed record ResolvedLock(ImageLock Lock, IReadOnlyList<string> Uncommitted)
{
    /// <summary>The images that are marked for deletion.</summary>
    public IReadOnlyList<MarkedImage> Marked { get; init; } = [];
}
