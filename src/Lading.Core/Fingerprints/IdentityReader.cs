using Lading.Configuration;
using Lading.Context;
using Lading.Git;

namespace Lading.Fingerprints;

/// <summary>Gives each image its identity: at the commit, at the revision it is held back at, or as the working tree has it.</summary>
/// <param name="objects">The repository's objects, and those of uncommitted files where they count.</param>
/// <param name="paths">Where the project lies in the repository.</param>
/// <param name="working">What the project's files say in the working tree; null where a revision was asked for.</param>
/// <param name="committed">What they say at the commit; null before the first commit, or where there is no such revision.</param>
internal sealed class IdentityReader(
    ObjectReader objects,
    RepositoryPath paths,
    RevisionView? working,
    RevisionView? committed
)
{
    private readonly InputsReader inputs = new(objects, paths);

    /// <summary>Reads identities, in byte order of the images' names.</summary>
    /// <exception cref="LadingException">No such revision or image, or inputs that are not there.</exception>
    public async Task<IReadOnlyList<ImageIdentity>> ReadAsync(
        SourcesRequest request,
        WorkingTreeStatus? status,
        CancellationToken cancellationToken
    )
    {
        var chosen = Choose(request, status);
        var identities = new List<ImageIdentity>();
        foreach (var group in chosen.Where(pair => pair.Definition.Hold is null).GroupBy(pair => pair.View))
        {
            var definitions = group.Select(pair => pair.Definition).ToList();
            identities.AddRange(
                await ReadAsync(group.Key, definitions, request, status, cancellationToken).ConfigureAwait(false)
            );
        }

        foreach (var (_, held) in chosen.Where(pair => pair.Definition.Hold is not null))
        {
            identities.Add(await HeldAsync(held, cancellationToken).ConfigureAwait(false));
        }

        identities.Sort((one, other) => string.CompareOrdinal(one.Name, other.Name));
        return identities;
    }

    /// <summary>From which view each image is read: from the commit, unless only the working tree counts or has it.</summary>
    private List<(RevisionView View, ImageDefinition Definition)> Choose(
        SourcesRequest request,
        WorkingTreeStatus? status
    )
    {
        if (working is null && committed is null)
        {
            throw LadingException.Usage(
                $"Could not find revision {request.Revision}",
                "there is no such commit in this clone",
                "Check its spelling; a shallow clone may have to fetch it: git fetch --unshallow."
            );
        }

        var named = (working ?? committed)!.Configuration ?? throw NoConfiguration(committed!);
        var isAsItIs = request.Uncommitted && status is { Changes.Count: > 0 };
        return
        [
            .. ImageSelection
                .Of(named, request.Images)
                .Select(image =>
                {
                    var atCommit = committed?.Configuration?.Images.GetValueOrDefault(image.Name);
                    return isAsItIs || atCommit is null ? ((working ?? committed)!, image) : (committed!, atCommit);
                }),
        ];
    }

    private async Task<IEnumerable<ImageIdentity>> ReadAsync(
        RevisionView view,
        IReadOnlyList<ImageDefinition> definitions,
        SourcesRequest request,
        WorkingTreeStatus? status,
        CancellationToken cancellationToken
    )
    {
        if (committed is null && !(request.Uncommitted && status is { Changes.Count: > 0 }))
        {
            throw LadingException.Usage(
                "Could not compute the images' identities",
                "the repository has no commit yet",
                "Commit, or publish the working tree as it is with --dirty."
            );
        }

        var read = await inputs.ReadAsync(view, definitions, cancellationToken).ConfigureAwait(false);
        return definitions.Zip(
            read,
            (definition, found) =>
            {
                var changes = status is null ? [] : Changes(definition, found, status);
                var isCommitted = view.Commit is not null || changes.Count == 0;
                return new ImageIdentity
                {
                    Definition = definition,
                    Inputs = found.Inputs,
                    Fingerprint = found.Inputs.Fingerprint(),
                    Commit = isCommitted ? committed?.Commit : null,
                    Changes = changes,
                };
            }
        );
    }

    private List<InputChange> Changes(ImageDefinition definition, ScopedInputs found, WorkingTreeStatus status)
    {
        var changes = status
            .Changes.Where(change => found.Scope.Covers(change.Path))
            .Select(change => new InputChange(change.Kind, change.Path))
            .ToList();
        changes.AddRange(DefinitionChanges(definition.Name));
        changes.AddRange(
            found
                .Inputs.Bases.Where(input =>
                    committed?.Pins.Find(input.Reference)?.Digest != working!.Pins.Find(input.Reference)?.Digest
                )
                .Select(input => new InputChange('M', $"{OwnFiles.BasePins} ({input.Reference})"))
        );
        return changes;
    }

    private IEnumerable<InputChange> DefinitionChanges(string name)
    {
        var atCommit = committed?.Configuration?.Images.GetValueOrDefault(name);
        var now = working!.Configuration!.Images[name];
        return atCommit is not null && DefinitionMeaning.Of(atCommit) == DefinitionMeaning.Of(now)
            ? []
            : [new InputChange(atCommit is null ? 'A' : 'M', $"{OwnFiles.Configuration} (images.{name})")];
    }

    private async Task<ImageIdentity> HeldAsync(ImageDefinition image, CancellationToken cancellationToken)
    {
        var hold = image.Hold!;
        var view =
            await RevisionView.FindAsync(objects, hold.Revision, cancellationToken).ConfigureAwait(false)
            ?? throw new LadingException(
                $"Could not find revision {hold.Revision}, at which image {image.Name} is held",
                "it is not in this clone",
                $"Fetch it (git fetch --unshallow), or end the hold: lading unpin {image.Name}."
            );
        var then =
            view.Configuration?.Images.GetValueOrDefault(image.Name)
            ?? throw LadingException.Usage(
                $"Could not hold image {image.Name} at {view.Display}",
                "lading.json has no such image at that revision",
                $"Hold it at another: lading pin {image.Name}@<revision>."
            );
        var read = await inputs.ReadAsync(view, [then], cancellationToken).ConfigureAwait(false);
        return new ImageIdentity
        {
            // Where it goes is today's matter; what it is made from is that revision's.
            Definition = then with
            {
                Repository = image.Repository,
                Hold = hold,
            },
            Inputs = read[0].Inputs,
            Fingerprint = read[0].Inputs.Fingerprint(),
            Commit = view.Commit,
            Hold = hold,
            Changes = working is null ? [] : [.. DefinitionChanges(image.Name)],
        };
    }

    private static LadingException NoConfiguration(RevisionView view) =>
        LadingException.Usage(
            $"Could not read lading.json at {view.Display}",
            "that revision has none",
            "Choose a later revision."
        );
}
