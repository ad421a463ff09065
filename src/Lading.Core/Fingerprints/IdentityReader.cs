using Lading.Configuration;
using Lading.Context;
using Lading.Fingerprints.Remembered;
using Lading.Git;

namespace Lading.Fingerprints;

/// <summary>Determines the identity of each image: at the commit, at the revision it is held back at, or in the working tree.</summary>
/// <param name="objects">The repository's objects, including those of uncommitted files if they count.</param>
/// <param name="paths">The project's folder in the repository.</param>
/// <param name="working">The project's files in the working tree; null if a revision was requested.</param>
/// <param name="committed">The project's files at the commit; null before the first commit, or if the revision does not exist.</param>
/// <param name="memory">Remembers identities; null if each is computed.</param>
internal sealed class IdentityReader(
    ObjectReader objects,
    RepositoryPath paths,
    RevisionView? working,
    RevisionView? committed,
    IdentityMemory? memory
)
{
    private readonly FingerprintReader inputs = new(objects, paths, memory);
    private bool isForReading;

    /// <summary>Reads identities, in byte order of the images' names.</summary>
    /// <param name="request">Which images, at which revision.</param>
    /// <param name="isUncommitted">Whether to read the working tree as it is, with uncommitted changes.</param>
    /// <param name="statusTask">The uncommitted changes, possibly still being read; null if they are not needed.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="LadingException">The revision or image does not exist, or inputs do not.</exception>
    public async Task<IReadOnlyList<ImageIdentity>> ReadAsync(
        SnapshotRequest request,
        bool isUncommitted,
        Task<WorkingTreeStatus?> statusTask,
        CancellationToken cancellationToken
    )
    {
        isForReading = request.IsForReading;
        var chosen = Choose(request, isUncommitted);
        if (committed is null && !isUncommitted)
        {
            throw LadingException.Usage(
                "Could not compute the images' identities",
                "the repository has no commit yet",
                "Commit, or publish the working tree as it is with --dirty."
            );
        }

        var identities = new List<ImageIdentity>();
        foreach (var view in new[] { committed, working }.OfType<RevisionView>())
        {
            var definitions = chosen
                .Where(choice => ReferenceEquals(choice.View, view) && choice.Definition.Hold is null)
                .Select(choice => choice.Definition)
                .ToList();
            if (definitions.Count > 0)
            {
                identities.AddRange(
                    await ReadAsync(view, definitions, statusTask, cancellationToken).ConfigureAwait(false)
                );
            }
        }

        foreach (var held in chosen.Where(choice => choice.Definition.Hold is not null))
        {
            identities.Add(await ReadHeldAsync(held.Definition, cancellationToken).ConfigureAwait(false));
        }

        identities.Sort((one, other) => string.CompareOrdinal(one.Name, other.Name));
        return identities;
    }

    /// <summary>The identity of a held-back image: built as of that revision, with today's repository.</summary>
    /// <param name="image">The image as defined today.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="LadingException">The revision does not exist, the image does not exist there, or inputs do not.</exception>
    public async Task<ImageIdentity> ReadHeldAsync(ImageDefinition image, CancellationToken cancellationToken)
    {
        var hold = image.Hold!;
        var view =
            await RevisionView.FindAsync(objects, hold.Revision, paths, cancellationToken).ConfigureAwait(false)
            ?? throw new LadingException(
                $"Could not find revision {hold.Revision}, at which image {image.Name} is held",
                "it is not in this clone",
                $"Fetch it (git fetch --unshallow), or end the hold: lading unpin {image.Name}."
            );
        var atRevision =
            view.Configuration?.Images.GetValueOrDefault(image.Name)
            ?? throw LadingException.Usage(
                $"Could not hold image {image.Name} at {view.Display}",
                "lading.json has no such image at that revision",
                $"Hold it at another: lading pin {image.Name}@<revision>."
            );
        var read = await inputs.ReadAsync(view, [atRevision], cancellationToken).ConfigureAwait(false);
        // The repository is today's; the inputs are that revision's.
        var today = atRevision with
        {
            Repository = image.Repository,
            Hold = hold,
        };
        return IdentityOf(read[0], view, atRevision, today) with
        {
            Hold = hold,
            Changes = working is null ? [] : [.. DefinitionChanges(image.Name)],
        };
    }

    /// <summary>The view that each image is read from: the commit, unless only the working tree counts or has it.</summary>
    private List<Choice> Choose(SnapshotRequest request, bool isUncommitted)
    {
        if (working is null && committed is null)
        {
            throw LadingException.Usage(
                $"Could not find revision {request.Revision}",
                "this clone does not have that commit",
                $"Check its spelling; a shallow clone may have to fetch it: git fetch --unshallow. '{DoctorCheck.Command(DoctorCheck.GitClone)}' says whether this is one."
            );
        }

        var named = (working ?? committed)!.Configuration ?? throw NoConfiguration(committed!);
        return
        [
            .. ImageSelection
                .Of(named, request.Images)
                .Select(image =>
                {
                    var atCommit = committed?.Configuration?.Images.GetValueOrDefault(image.Name);
                    return isUncommitted || atCommit is null
                        ? new Choice((working ?? committed)!, image)
                        : new Choice(committed!, atCommit);
                }),
        ];
    }

    private async Task<IEnumerable<ImageIdentity>> ReadAsync(
        RevisionView view,
        IReadOnlyList<ImageDefinition> definitions,
        Task<WorkingTreeStatus?> statusTask,
        CancellationToken cancellationToken
    )
    {
        var read = await inputs.ReadAsync(view, definitions, cancellationToken).ConfigureAwait(false);
        var status = await statusTask.ConfigureAwait(false);
        if (view.Commit is null && status is not null && !isForReading)
        {
            RequireWhole(definitions, read, status);
        }

        return definitions.Select(
            (definition, i) =>
            {
                var changes = status is null ? [] : Changes(definition, read[i].Read, status);
                var isCommitted = view.Commit is not null || changes.Count == 0;
                return IdentityOf(read[i], view, definition, definition) with
                {
                    Commit = isCommitted ? committed?.Commit : null,
                    Changes = changes,
                    OpenSubmodules =
                    [
                        .. status
                            ?.Changes.Where(one => one.IsOpen && read[i].Read.Scope.Covers(one.Path))
                            .Select(one => one.Path)
                            ?? [],
                    ],
                };
            }
        );
    }

    /// <param name="read">The inputs with their fingerprint.</param>
    /// <param name="view">The view of that revision.</param>
    /// <param name="atRevision">The image as the revision defines it.</param>
    /// <param name="definition">The image as defined today.</param>
    private ImageIdentity IdentityOf(
        ComputedFingerprint read,
        RevisionView view,
        ImageDefinition atRevision,
        ImageDefinition definition
    ) =>
        new()
        {
            Definition = definition,
            Inputs = read.Read.Inputs,
            Fingerprint = read.Fingerprint,
            Earlier = read.Earlier,
            Commit = view.Commit,
            Root = view.Root,
            Prefix = paths.Prefix,
            Unread = read.Read.Inputs.Recalled is null
                ? null
                : (identity, cancellationToken) => inputs.CompleteAsync(identity, view, atRevision, cancellationToken),
        };

    /// <summary>A submodule counts by its commit, whatever is uncommitted in it.</summary>
    private static void RequireWhole(
        IReadOnlyList<ImageDefinition> definitions,
        IReadOnlyList<ComputedFingerprint> read,
        WorkingTreeStatus status
    )
    {
        for (var i = 0; i < read.Count; i++)
        {
            if (status.Changes.FirstOrDefault(one => one.IsOpen && read[i].Read.Scope.Covers(one.Path)) is { } change)
            {
                throw LadingException.Usage(
                    $"Could not take the inputs of image {definitions[i].Name} as they are",
                    $"the submodule {change.Path} has uncommitted changes, but counts by its commit",
                    $"Commit them in {change.Path}; that commit need not be pushed."
                );
            }
        }
    }

    private List<UncommittedChange> Changes(ImageDefinition definition, ScopedInputs found, WorkingTreeStatus status)
    {
        // What is uncommitted in a submodule does not count: its commit is read.
        var changes = status
            .Changes.Where(change => found.Scope.Covers(change.Path) && !(change.HasCommit && isForReading))
            .Select(change => new UncommittedChange(change.Kind, change.Path))
            .ToList();
        changes.AddRange(DefinitionChanges(definition.Name));
        changes.AddRange(
            found
                .Inputs.Bases.Where(input =>
                    committed?.Pins.Find(input.Reference) != working!.Pins.Find(input.Reference)
                )
                .Select(input => new UncommittedChange('M', $"{OwnFiles.BasePins} ({input.Reference})"))
        );
        return changes;
    }

    private IEnumerable<UncommittedChange> DefinitionChanges(string name)
    {
        var atCommit = committed?.Configuration?.Images.GetValueOrDefault(name);
        var now = working!.Configuration!.Images[name];
        return atCommit is not null && DefinitionMeaning.Of(atCommit) == DefinitionMeaning.Of(now)
            ? []
            : [new UncommittedChange(atCommit is null ? 'A' : 'M', $"{OwnFiles.Configuration} (images.{name})")];
    }

    private static LadingException NoConfiguration(RevisionView view) =>
        LadingException.Usage(
            $"Could not read lading.json at {view.Display}",
            "that revision has none",
            "Choose a later revision."
        );

    /// <summary>An image, and the view that it is read from.</summary>
    private sealed record Choice(RevisionView View, ImageDefinition Definition);
}
