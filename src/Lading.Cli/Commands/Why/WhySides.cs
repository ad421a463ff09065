using Lading.Cli.Output;
using Lading.Configuration;
using Lading.Configuration.Json;
using Lading.Explaining;
using Lading.Fingerprints;
using Lading.Git;
using Lading.Locks;
using Lading.Oci;
using Lading.Projects;
using Lading.Provenance;
using Lading.Shipping;

namespace Lading.Cli.Commands.Why;

/// <summary>Finds an image of the project at the points that a command line names.</summary>
internal sealed class WhySides : IDisposable
{
    private const string OwnLock = "lock";

    private readonly Invocation invocation;
    private readonly Project project;
    private readonly GitRepository repository;
    private readonly string image;
    private readonly Workspace workspace;
    private readonly PublishedProvenance published;
    private int opened;

    private WhySides(Invocation invocation, Project project, GitRepository repository, string image)
    {
        this.invocation = invocation;
        this.project = project;
        this.repository = repository;
        this.image = image;
        workspace = invocation.OpenWorkspace(project);
        published = new PublishedProvenance(invocation);
    }

    public static async Task<WhySides> OpenAsync(
        Invocation invocation,
        WhyQuestion question,
        CancellationToken cancellationToken
    )
    {
        var project = await invocation.FindProjectAsync(cancellationToken).ConfigureAwait(false);
        var repository = await GitRepository.FindAsync(project.Folder.Path, cancellationToken).ConfigureAwait(false);
        return new WhySides(invocation, project, repository, question.Image!);
    }

    /// <summary>The image at a point; null for the working tree.</summary>
    /// <exception cref="LadingException">There is no such point, or no such image there.</exception>
    public Task<ExplainedSide> GetAsync(string? point, CancellationToken cancellationToken) =>
        point is null ? OfGitAsync(null, "the working tree", cancellationToken)
        : PublishedProvenance.IsNamed(point)
            ? WithCommitAsync(published.GetAsync(point, cancellationToken), cancellationToken)
        : point == OwnLock ? OfLockAsync(project.Environment, cancellationToken)
        : project.Configuration.Environments.TryGetValue(point, out var environment)
            ? OfLockAsync(environment, cancellationToken)
        : OfRevisionAsync(point, cancellationToken);

    /// <summary>The commits behind a difference, where both sides are in this clone.</summary>
    public Task<DifferenceHistory> HistoryAsync(
        ExplainedSide before,
        ExplainedSide after,
        ImageDifference difference,
        CancellationToken cancellationToken
    ) => DifferenceHistory.ReadAsync(repository, before, after, difference, cancellationToken);

    public void Dispose()
    {
        published.Dispose();
        workspace.Dispose();
    }

    private async Task<ExplainedSide> OfRevisionAsync(string revision, CancellationToken cancellationToken)
    {
        if (await repository.FindCommitAsync(revision, cancellationToken).ConfigureAwait(false) is null)
        {
            throw LadingException.Usage(
                $"Could not find {revision}",
                "it is neither a commit in this clone nor an environment of lading.json",
                $"{Advice.Choose(revision, project.Configuration.Environments.Keys.Append(OwnLock).Append("HEAD"))} A shallow clone may have to fetch a commit: git fetch --unshallow."
            );
        }

        return await OfGitAsync(revision, revision, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ExplainedSide> OfGitAsync(string? revision, string where, CancellationToken cancellationToken)
    {
        var scratch = $"{workspace.Path}-{opened++}";
        var request = new SnapshotRequest([image], revision, Uncommitted: revision is null) { IsForReading = true };
        var sources = await ProjectSnapshot
            .OpenAsync(project.Folder, request, scratch, cancellationToken)
            .ConfigureAwait(false);
        await using (sources.ConfigureAwait(false))
        {
            var identity = sources.Images[0];
            foreach (var submodule in identity.OpenSubmodules)
            {
                invocation.Terminal.Warn(
                    $"the submodule {submodule} has uncommitted changes of its own, which do not count: it counts by its commit."
                );
            }

            var built = identity.Inputs as BuiltInputs;
            var isHead = revision is null && identity.Changes.Count == 0;
            return new ExplainedSide(
                ImageProvenance.Of(identity),
                identity.Hold is { } hold ? $"held at {Identifiers.Commit(hold.Revision)}"
                    : isHead ? "HEAD"
                    : IsWritten(identity.Commit, revision) ? null
                    : where
            )
            {
                Known = identity.Commit ?? sources.Status?.Head,
                Narrowing = built?.Narrowing,
                IgnoreFile = built?.IgnoreFile,
                Notes = await BuildNotes.FindAsync(sources, [identity], cancellationToken).ConfigureAwait(false),
                Uncommitted = identity.Changes.Select(change => change.What).ToHashSet(StringComparer.Ordinal),
            };
        }
    }

    /// <summary>Whether a revision is the beginning of its commit's hash, which is shown anyway.</summary>
    private static bool IsWritten(ObjectId? commit, string? revision) =>
        revision is not null && commit?.ToString().StartsWith(revision, StringComparison.Ordinal) == true;

    /// <summary>What an environment has: by its lock, else what was last published there of HEAD's history.</summary>
    private async Task<ExplainedSide> OfLockAsync(
        EnvironmentDefinition environment,
        CancellationToken cancellationToken
    )
    {
        var registry = await workspace.Registries.OpenAsync(environment, cancellationToken).ConfigureAwait(false);
        if (LockFile.Find(project.In(environment.Name).LockPath) is not { } locked)
        {
            return await LastPublishedAsync(environment, registry, cancellationToken).ConfigureAwait(false);
        }

        var entry =
            locked.Images.GetValueOrDefault(image)
            ?? throw LadingException.Usage(
                $"Could not find image {image} in the lock of {environment.Name}",
                "it has no such entry",
                Advice.Choose(image, locked.Images.Keys)
            );
        if (entry.Revision is { } revision)
        {
            var known = await TryGitAsync(revision, environment.Name, cancellationToken).ConfigureAwait(false);
            if (known?.Inputs.Fingerprint.Hex == entry.Fingerprint)
            {
                return known with { Digest = entry.Digest };
            }
        }

        var reading = PublishedProvenance.ReadAsync(
            registry.Open(RepositoryName.Parse(entry.Repository)),
            entry.Digest,
            environment.Name,
            cancellationToken
        );
        return await WithCommitAsync(reading, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ExplainedSide> LastPublishedAsync(
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

    private async Task<ExplainedSide?> TryGitAsync(string revision, string where, CancellationToken cancellationToken)
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
            // The image was held back, or lading.json was elsewhere then: the statement of the published image knows.
            return null;
        }
    }

    /// <summary>A commit that a statement names may be in this clone.</summary>
    private async Task<ExplainedSide> WithCommitAsync(Task<ExplainedSide> reading, CancellationToken cancellationToken)
    {
        var side = await reading.ConfigureAwait(false);
        return
            side.Inputs.Commit is { } commit
            && await repository.FindCommitAsync(commit.ToString(), cancellationToken).ConfigureAwait(false) is not null
            ? side with
            {
                Known = commit,
            }
            : side;
    }
}
