using Lading.Configuration;
using Lading.Fingerprints;
using Lading.Locks;
using Lading.Shipping;

namespace Lading.Cli.Commands;

/// <summary>The way of <c>resolve</c>: identities, what the registry has of them, lock. Nothing is built or pushed.</summary>
internal static class Resolution
{
    /// <summary>Finds images in the environment's registry, and writes the lock.</summary>
    /// <exception cref="LadingException">One was never published there; the lock is left as it was.</exception>
    public static async Task<ResolvedLock> RunAsync(
        Invocation invocation,
        Project project,
        SourcesRequest request,
        string lockPath,
        CancellationToken cancellationToken
    )
    {
        using var work = WorkFolder.Create(project, invocation.Host);
        using var registries = new Registries(project, invocation);
        var registry = await registries.OpenAsync(project.Environment, cancellationToken).ConfigureAwait(false);
        registry.Prepare();
        var sources = await ProjectSources
            .OpenAsync(project.Folder, request, work.Path, cancellationToken)
            .ConfigureAwait(false);
        await using (sources.ConfigureAwait(false))
        {
            var survey = await RegistrySurvey
                .MakeAsync(registry, sources.Images, cancellationToken)
                .ConfigureAwait(false);
            var missing = sources.Images.Where(image => survey.Find(image) is null).ToList();
            if (missing.Count > 0)
            {
                throw NeverPublished(project, missing);
            }

            // All images are written anew whatever is there; some keep the entries of the others.
            var known = request.Images.Count == 0 ? LockFile.FindReadable(lockPath) : LockFile.Find(lockPath);
            var entries = await Task.WhenAll(
                    sources.Images.Select(image =>
                        LockEntry.ReadAsync(registry, image, survey.Find(image)!, known, cancellationToken)
                    )
                )
                .ConfigureAwait(false);
            var confirmed = sources.Images.Select(image => image.Name).Zip(entries).ToList();
            var resolved = ImageLock.Of(project.Environment.Name, confirmed);
            LockFile.Write(
                lockPath,
                request.Images.Count == 0 ? resolved : resolved.Keeping(known, project.Configuration.Images.Keys)
            );
            await ConfigurationSchema.ProvideAsync(project.Folder.Path, cancellationToken).ConfigureAwait(false);
            return new ResolvedLock(resolved, request.Uncommitted ? [] : UncommittedOf(sources));
        }
    }

    private static List<string> UncommittedOf(ProjectSources sources) =>
        [.. sources.Images.Where(image => image.Changes.Count > 0).Select(image => image.Name)];

    private static LadingException NeverPublished(Project project, IReadOnlyList<ImageIdentity> missing)
    {
        var names = string.Join(", ", missing.Select(image => $"{image.Name} ({image.Fingerprint.SourceTag})"));
        var remedy = project.Environment.PromoteFrom is { } origin
            ? $"Run 'lading promote {origin} {project.Environment.Name}'."
            : $"Run 'lading publish --env {project.Environment.Name}'.";
        return new LadingException(
            $"Could not resolve the images of {project.Environment.Name}",
            $"never published there: {names}",
            remedy,
            FailureKind.CheckFailed
        );
    }
}
