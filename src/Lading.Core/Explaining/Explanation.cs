using Lading.Configuration;
using Lading.Configuration.Json;
using Lading.Fingerprints;
using Lading.Git;
using Lading.Locks;
using Lading.Oci;
using Lading.Projects;
using Lading.Provenance;
using Lading.Shipping;

namespace Lading.Explaining;

/// <summary>The inputs of an image at one or two points: revisions, locks, environments, published images.</summary>
/// <param name="workspace">The project, its registries, a temporary folder.</param>
/// <param name="image">The image's name in <c>lading.json</c>.</param>
internal sealed class Explanation(Workspace workspace, string image)
{
    private const string OwnLock = "lock";

    private readonly Project project = workspace.Project;
    private readonly PublishedProvenance published = new(workspace.Registries, workspace.Project);
    private int scratchFolders;

    /// <summary>Explains the image at one point, and how it differs from another if one is named.</summary>
    /// <exception cref="LadingException">The point does not exist, or the image does not exist there.</exception>
    public async Task<ExplanationResult> RunAsync(string? from, string? to, CancellationToken cancellationToken)
    {
        var repository = await GitRepository.FindAsync(project.Folder.Path, cancellationToken).ConfigureAwait(false);
        var after = await GetAsync(repository, to, cancellationToken).ConfigureAwait(false);
        if (from is null)
        {
            return new ExplanationResult(after);
        }

        var before = await GetAsync(repository, from, cancellationToken).ConfigureAwait(false);
        var difference = ImageDifference.Between(before.Inputs, after.Inputs);
        return new ExplanationResult(after)
        {
            Comparison = new ImageComparison(
                before,
                difference,
                await DifferenceHistory
                    .ReadAsync(repository, before, after, difference, cancellationToken)
                    .ConfigureAwait(false)
            ),
        };
    }

    /// <summary>The image at a point; null for the working tree.</summary>
    private async Task<ExplainedImage> GetAsync(
        GitRepository repository,
        string? point,
        CancellationToken cancellationToken
    )
    {
        if (point is null)
        {
            return await OfGitAsync(null, "the working tree", cancellationToken).ConfigureAwait(false);
        }

        if (PublishedProvenance.IsNamed(point))
        {
            var found = await published.GetAsync(point, cancellationToken).ConfigureAwait(false);
            return await WithCommitAsync(repository, found, cancellationToken).ConfigureAwait(false);
        }

        return point == OwnLock
                ? await OfLockAsync(repository, project.Environment, cancellationToken).ConfigureAwait(false)
            : project.Configuration.Environments.TryGetValue(point, out var environment)
                ? await OfLockAsync(repository, environment, cancellationToken).ConfigureAwait(false)
            : await OfRevisionAsync(repository, point, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ExplainedImage> OfRevisionAsync(
        GitRepository repository,
        string revision,
        CancellationToken cancellationToken
    )
    {
        if (await repository.FindCommitAsync(revision, cancellationToken).ConfigureAwait(false) is null)
        {
            throw LadingException.Usage(
                $"Could not find {revision}",
                "it is neither a commit in this clone nor an environment of lading.json",
                $"{Suggestions.Choose(revision, project.Configuration.Environments.Keys.Append(OwnLock).Append("HEAD"))} A shallow clone may have to fetch a commit: git fetch --unshallow."
            );
        }

        return await OfGitAsync(revision, revision, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ExplainedImage> OfGitAsync(string? revision, string where, CancellationToken cancellationToken)
    {
        var scratch = $"{workspace.Path}-{scratchFolders++}";
        var request = new SnapshotRequest([image], revision, Uncommitted: revision is null) { IsForReading = true };
        var sources = await ProjectSnapshot
            .OpenAsync(project.Folder, request, scratch, cancellationToken)
            .ConfigureAwait(false);
        await using (sources.ConfigureAwait(false))
        {
            var identity = sources.Images[0];
            var built = identity.Inputs as BuiltInputs;
            var isHead = revision is null && identity.Changes.Count == 0;
            return new ExplainedImage(
                ImageProvenance.Of(identity),
                identity.Hold is { } hold ? $"held at {ShortCommit.Of(hold.Revision)}"
                    : isHead ? "HEAD"
                    : IsPrefixOf(identity.Commit, revision) ? null
                    : where
            )
            {
                Known = identity.Commit ?? sources.Status?.Head,
                Narrowing = built?.Narrowing,
                IgnoreFile = built?.IgnoreFile,
                OpenSubmodules = identity.OpenSubmodules,
                Notes = await BuildNotes.FindAsync(sources, [identity], cancellationToken).ConfigureAwait(false),
                Uncommitted = identity.Changes.Select(change => change.What).ToHashSet(StringComparer.Ordinal),
            };
        }
    }

    /// <summary>Whether a revision is the prefix of its commit's hash, which is shown anyway.</summary>
    private static bool IsPrefixOf(ObjectId? commit, string? revision) =>
        revision is not null && commit?.ToString().StartsWith(revision, StringComparison.Ordinal) == true;

    /// <summary>The image of an environment: from its lock, otherwise the last one of HEAD's history that was published there.</summary>
    private async Task<ExplainedImage> OfLockAsync(
        GitRepository repository,
        EnvironmentDefinition environment,
        CancellationToken cancellationToken
    )
    {
        var registry = await workspace.Registries.OpenAsync(environment, cancellationToken).ConfigureAwait(false);
        if (LockFile.Find(project.In(environment.Name).LockPath) is not { } locked)
        {
            return await LastPublishedAsync(repository, environment, registry, cancellationToken).ConfigureAwait(false);
        }

        var entry =
            locked.Images.GetValueOrDefault(image)
            ?? throw LadingException.Usage(
                $"Could not find image {image} in the lock of {environment.Name}",
                "it has no such entry",
                Suggestions.Choose(image, locked.Images.Keys)
            );
        if (entry.Revision is { } revision)
        {
            var known = await TryGitAsync(repository, revision, environment.Name, cancellationToken)
                .ConfigureAwait(false);
            if (known?.Inputs.Fingerprint.Hex == entry.Fingerprint)
            {
                return known with { Digest = entry.Digest };
            }
        }

        var found = await PublishedProvenance
            .ReadAsync(
                registry.Open(RepositoryName.Parse(entry.Repository)),
                entry.Digest,
                environment.Name,
                cancellationToken
            )
            .ConfigureAwait(false);
        return await WithCommitAsync(repository, found, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ExplainedImage> LastPublishedAsync(
        GitRepository repository,
        EnvironmentDefinition environment,
        IImageRegistry registry,
        CancellationToken cancellationToken
    )
    {
        var opened = registry.Open(project.Configuration.GetImage(image).Repository);
        var tags = await opened.ListTagsAsync(cancellationToken).ConfigureAwait(false);
        var published = tags.Select(RevisionTag.RevisionOf).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var history =
            published.Count == 0
                ? ""
                : (
                    await repository
                        .Git.RunAsync("Could not read the history", ["rev-list", "HEAD"], cancellationToken)
                        .ConfigureAwait(false)
                ).Text;
        var last =
            history.Split('\n').FirstOrDefault(published.Contains)
            ?? throw new LadingException(
                $"Could not find out what {environment.Name} has of {image}",
                $"it has no lock here, and nothing of HEAD's history is published in {opened.Display}",
                $"Run 'lading resolve --env {environment.Name}' at the revision that it runs, or name a revision."
            );
        var tag = RevisionTag.Of(ObjectId.Parse(last));
        var found = await opened.FindManifestAsync(tag, cancellationToken).ConfigureAwait(false);
        var side = await OfGitAsync(last, $"last published in {environment.Name}", cancellationToken)
            .ConfigureAwait(false);
        return side with { Where = $"last published in {environment.Name}", Digest = found?.Digest };
    }

    private async Task<ExplainedImage?> TryGitAsync(
        GitRepository repository,
        string revision,
        string where,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await repository.FindCommitAsync(revision, cancellationToken).ConfigureAwait(false) is null
                ? null
                : await OfGitAsync(revision, where, cancellationToken).ConfigureAwait(false) with
                {
                    Where = where,
                };
        }
        catch (LadingException)
        {
            // The image was held back, or lading.json had another path then: the statement of the published image has the inputs.
            return null;
        }
    }

    /// <summary>Adds the commit in a statement, if this clone has it.</summary>
    private static async Task<ExplainedImage> WithCommitAsync(
        GitRepository repository,
        ExplainedImage found,
        CancellationToken cancellationToken
    ) =>
        found.Inputs.Commit is { } commit
        && await repository.FindCommitAsync(commit.ToString(), cancellationToken).ConfigureAwait(false) is not null
            ? found with
            {
                Known = commit,
            }
            : found;
}
