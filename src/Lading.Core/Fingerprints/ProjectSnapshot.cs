using System.Security.Cryptography;
using Lading.Configuration;
using Lading.Context;
using Lading.Fingerprints.Remembered;
using Lading.Git;

namespace Lading.Fingerprints;

/// <summary>The images of a project with their identities, and the git objects they are built from.</summary>
internal sealed class ProjectSnapshot : IAsyncDisposable
{
    private readonly WorkingTreeSnapshot? store;

    private ProjectSnapshot(
        GitRepository repository,
        ObjectReader objects,
        WorkingTreeStatus? status,
        WorkingTreeSnapshot? store,
        IReadOnlyList<ImageIdentity> images
    )
    {
        Repository = repository;
        Objects = objects;
        Status = status;
        this.store = store;
        Images = images;
    }

    public GitRepository Repository { get; }

    /// <summary>The objects of all inputs, including those of uncommitted files.</summary>
    public ObjectReader Objects { get; }

    /// <summary>The status of the working tree; null if a revision was requested, or it was not needed.</summary>
    public WorkingTreeStatus? Status { get; }

    /// <summary>False if a revision was requested, for which the working tree does not matter.</summary>
    public bool IsOfWorkingTree { get; private init; }

    /// <summary>In byte order of their names.</summary>
    public IReadOnlyList<ImageIdentity> Images { get; }

    /// <summary>The commit that was read: <c>HEAD</c>, or the revision. Null before the first commit.</summary>
    public ObjectId? Commit { get; private init; }

    /// <summary>The uncommitted changes that affect none of the requested images.</summary>
    public int ChangesElsewhere { get; private init; }

    /// <summary>Computes identities.</summary>
    /// <param name="project">The folder of <c>lading.json</c>.</param>
    /// <param name="request">Which images, at which revision.</param>
    /// <param name="scratch">A folder for temporary objects; it need not exist, and is removed on disposal.</param>
    /// <param name="cancellationToken">Cancels the git commands.</param>
    /// <exception cref="LadingException">There is no repository, or the revision, an image or an input does not exist.</exception>
    public static async Task<ProjectSnapshot> OpenAsync(
        ProjectFolder project,
        SnapshotRequest request,
        string scratch,
        CancellationToken cancellationToken
    )
    {
        var repository = await GitRepository.FindAsync(project.Path, cancellationToken).ConfigureAwait(false);
        var hashes = new ConcurrentWork<int>(LoadHashesAsync, cancellationToken);
        await using var loaded = hashes.ConfigureAwait(false);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var statusTask = ReadStatusAsync(repository, request, cancellation.Token);
        WorkingTreeSnapshot? store = null;
        ObjectReader? objects = null;
        try
        {
            store = request.Uncommitted
                ? await WorkingTreeSnapshot.PrepareAsync(repository, scratch, cancellationToken).ConfigureAwait(false)
                : null;
            objects = ObjectReader.Start(store?.Git ?? repository.Git);
            var view = await RevisionView
                .FindAsync(
                    objects,
                    request.Revision ?? "HEAD",
                    new RepositoryPath(repository.Prefix),
                    cancellationToken
                )
                .ConfigureAwait(false);
            if (view is null && request.Revision is null)
            {
                await repository.RequireNoHeadAsync(cancellationToken).ConfigureAwait(false);
            }

            ObjectId? tree =
                store is not null && await statusTask.ConfigureAwait(false) is { Changes.Count: > 0 } changed
                    ? await store
                        .WriteAsync(
                            repository.Top,
                            objects,
                            changed with
                            {
                                Paths = [.. changed.Paths.Where(path => !OwnFiles.IsInFolder(path))],
                                Indexed = [.. changed.Indexed.Where(entry => !OwnFiles.IsInFolder(entry.Path))],
                            },
                            cancellationToken
                        )
                        .ConfigureAwait(false)
                    : null;
            var working = request.Revision is null
                ? await WorkingViewAsync(project, repository.Top, tree, cancellationToken).ConfigureAwait(false)
                : null;
            var memory = await IdentityMemory
                .FindAsync(repository, project.Path, request.StateFolder, view?.Root, objects, cancellationToken)
                .ConfigureAwait(false);
            var identities = new IdentityReader(objects, new RepositoryPath(repository.Prefix), working, view, memory);
            var images = await identities
                .ReadAsync(request, tree is not null, statusTask, cancellationToken)
                .ConfigureAwait(false);
            var status = await statusTask.ConfigureAwait(false);
            memory?.Save();
            return new ProjectSnapshot(repository, objects, status, store, images)
            {
                Commit = view?.Commit,
                IsOfWorkingTree = request.Revision is null,
                ChangesElsewhere = CountElsewhere(status, images),
            };
        }
        catch
        {
            await cancellation.CancelAsync().ConfigureAwait(false);
            await ((Task)statusTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (objects is not null)
            {
                await objects.DisposeAsync().ConfigureAwait(false);
            }

            store?.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Objects.DisposeAsync().ConfigureAwait(false);
        store?.Dispose();
    }

    /// <summary>Loads the system's hash library, which takes about as long as git takes to start.</summary>
    private static Task<int> LoadHashesAsync(CancellationToken cancellationToken) =>
        Task.Run(() => SHA256.HashData(ReadOnlySpan<byte>.Empty).Length, cancellationToken);

    /// <summary>Reads the status of the working tree while objects are read; null if it is not needed.</summary>
    private static async Task<WorkingTreeStatus?> ReadStatusAsync(
        GitRepository repository,
        SnapshotRequest request,
        CancellationToken cancellationToken
    ) =>
        request.Revision is null && (request.TellsChanges || request.Uncommitted)
            ? await repository.GetStatusAsync(cancellationToken).ConfigureAwait(false)
            : null;

    private static async Task<RevisionView> WorkingViewAsync(
        ProjectFolder project,
        string top,
        ObjectId? tree,
        CancellationToken cancellationToken
    )
    {
        foreach (var name in new[] { OwnFiles.Configuration, OwnFiles.BasePins })
        {
            LinkedFile.RequireWithin(top, Path.Combine(project.Path, name), name);
        }

        return new(
            tree?.ToString() ?? "HEAD",
            null,
            project.Configuration,
            await BasePinsFile.ReadAsync(project.Path, OwnFiles.BasePins, cancellationToken).ConfigureAwait(false)
        );
    }

    private static int CountElsewhere(WorkingTreeStatus? status, IReadOnlyList<ImageIdentity> images)
    {
        var inside = images
            .SelectMany(image => image.Changes)
            .Select(change => change.What)
            .ToHashSet(StringComparer.Ordinal);
        return status?.Changes.Count(change => !inside.Contains(change.Path) && !OwnFiles.Contains(change.Path)) ?? 0;
    }
}
