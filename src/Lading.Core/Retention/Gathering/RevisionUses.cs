using Lading.Configuration;
using Lading.Fingerprints;
using Lading.Fingerprints.Remembered;
using Lading.Git;
using Lading.Oci;
using Lading.Retention.Evidence;
using Lading.Running.Evidence;

namespace Lading.Retention.Gathering;

/// <summary>The images that commits need, by the source tags of their inputs. Each tree is read once.</summary>
/// <param name="repository">The repository.</param>
/// <param name="project">The folder of <c>lading.json</c>.</param>
/// <param name="stateFolder">The user's state folder; null if identities are not remembered.</param>
/// <param name="host">The registry of the images; null for any.</param>
internal sealed class RevisionUses(GitRepository repository, string project, string? stateFolder, string? host)
{
    private readonly RepositoryPath paths = new(repository.Prefix);
    private readonly Dictionary<ObjectId, TreeImages> known = [];
    private IdentityMemory? memory;
    private bool hasMemory;

    /// <summary>
    /// Reads the uses. A commit or image that cannot be read holds every repository that it could concern.
    /// </summary>
    /// <param name="git">The program, in the clone that has the commits.</param>
    /// <param name="commits">The commits, the strongest reason first.</param>
    /// <param name="readAt">The time of the evidence.</param>
    /// <param name="cancellationToken">Cancels it and ends git.</param>
    public async Task<GatheredUses> ReadAsync(
        GitProgram git,
        IReadOnlyList<WantedCommit> commits,
        DateTimeOffset readAt,
        CancellationToken cancellationToken
    )
    {
        // What could not be read last time may have been fetched since.
        foreach (var (tree, _) in known.Where(pair => pair.Value.Unreadable.Count > 0).ToList())
        {
            known.Remove(tree);
        }

        var objects = ObjectReader.Start(git);
        await using (objects.ConfigureAwait(false))
        {
            if (!hasMemory)
            {
                memory = await IdentityMemory
                    .FindAsync(repository, project, stateFolder, "HEAD", objects, cancellationToken)
                    .ConfigureAwait(false);
                hasMemory = true;
            }

            var names = commits.Select(commit => commit.Name + "^{commit}").Distinct(StringComparer.Ordinal).ToList();
            var found = names
                .Zip(await objects.FindAllAsync(names, cancellationToken).ConfigureAwait(false))
                .ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
            var images = new Dictionary<NeededImage, List<string>>();
            var holds = new List<RepositoryHold>();
            var origin = new FactOrigin("git", "", readAt);
            foreach (var wanted in commits)
            {
                var read =
                    found[wanted.Name + "^{commit}"] is not { } commit
                        ? new TreeImages(
                            [],
                            [new Unreadable(wanted.Held?.Repository, $"this clone does not have {wanted.Name}")]
                        )
                    : wanted.Held is { } held
                        ? await ReadHeldAsync(objects, held, cancellationToken).ConfigureAwait(false)
                    : await ReadTreeAsync(objects, commit, cancellationToken).ConfigureAwait(false);
                foreach (var image in read.Images)
                {
                    if (!images.TryGetValue(image, out var reasons))
                    {
                        images[image] = reasons = [];
                    }

                    reasons.Add(wanted.Reason);
                }

                holds.AddRange(read.Unreadable.Select(unreadable => HoldOf(unreadable, wanted, origin)));
            }

            memory?.Save();
            return new GatheredUses(
                [.. images.Select(pair => UseOf(pair.Key, pair.Value, origin))],
                [.. holds.Distinct()]
            );
        }
    }

    /// <summary>
    /// A held-back image as publish builds it: from that commit, ignoring that commit's own holds, in today's
    /// repository.
    /// </summary>
    private async Task<TreeImages> ReadHeldAsync(
        ObjectReader objects,
        ImageDefinition held,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var identity = await new IdentityReader(objects, paths, working: null, committed: null, memory)
                .ReadHeldAsync(held, cancellationToken)
                .ConfigureAwait(false);
            return new TreeImages([.. NeededImage.Of(identity)], []);
        }
        catch (LadingException e)
        {
            return new TreeImages([], [new Unreadable(held.Repository, $"image {held.Name}: {e.CameBack}")]);
        }
    }

    private async Task<TreeImages> ReadTreeAsync(
        ObjectReader objects,
        GitObject commit,
        CancellationToken cancellationToken
    )
    {
        var tree = CommitTree.Of(commit);
        if (known.TryGetValue(tree, out var read))
        {
            return read;
        }

        try
        {
            var view = await RevisionView
                .FindAsync(objects, commit.Id.ToString(), paths, cancellationToken)
                .ConfigureAwait(false);
            read = view?.Configuration is { } configuration
                ? await ReadImagesAsync(objects, view, configuration, cancellationToken).ConfigureAwait(false)
                : new TreeImages([], []);
        }
        catch (LadingException e)
        {
            read = new TreeImages([], [new Unreadable(null, e.CameBack)]);
        }

        return known[tree] = read;
    }

    private async Task<TreeImages> ReadImagesAsync(
        ObjectReader objects,
        RevisionView view,
        LadingConfiguration configuration,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return new TreeImages(await ReadAsync(objects, view, [], cancellationToken).ConfigureAwait(false), []);
        }
        catch (LadingException)
        {
            // One at a time, to find out which image fails.
            var images = new List<NeededImage>();
            var unreadable = new List<Unreadable>();
            foreach (var image in configuration.Images.Values)
            {
                try
                {
                    images.AddRange(
                        await ReadAsync(objects, view, [image.Name], cancellationToken).ConfigureAwait(false)
                    );
                }
                catch (LadingException e)
                {
                    unreadable.Add(new Unreadable(image.Repository, $"image {image.Name}: {e.CameBack}"));
                }
            }

            return new TreeImages(images, unreadable);
        }
    }

    private async Task<IReadOnlyList<NeededImage>> ReadAsync(
        ObjectReader objects,
        RevisionView view,
        IReadOnlyList<string> names,
        CancellationToken cancellationToken
    )
    {
        var request = new SnapshotRequest(names, view.Root) { IsForReading = true };
        var identities = await new IdentityReader(objects, paths, working: null, view, memory)
            .ReadAsync(request, isUncommitted: false, Task.FromResult<Git.WorkingTreeStatus?>(null), cancellationToken)
            .ConfigureAwait(false);
        return [.. identities.SelectMany(NeededImage.Of)];
    }

    private ImageUse UseOf(NeededImage image, List<string> reasons, FactOrigin origin)
    {
        var others = reasons.Distinct(StringComparer.Ordinal).Count() - 1;
        var more = others switch
        {
            0 => "",
            1 => " and 1 more",
            _ => FormattableString.Invariant($" and {others} more"),
        };
        var used = new UsedImage(host, image.Repository, image.Tag);
        return image.HeldAt is { } revision
            ? new ImageUse(UseKind.Hold, used, $"held back at {revision} by {reasons[0]}{more}", origin)
            : new ImageUse(UseKind.Revision, used, $"needed by {reasons[0]}{more}", origin);
    }

    private RepositoryHold HoldOf(Unreadable unreadable, WantedCommit wanted, FactOrigin origin) =>
        new(
            host,
            unreadable.Repository,
            $"what {wanted.Reason} needs cannot be told: {unreadable.Reason}",
            "Fetch what is missing (git fetch --unshallow), or "
                + (wanted.Held is { } held ? $"end the hold: lading unpin {held.Name}." : "delete that branch or tag."),
            origin
        );

    private sealed record TreeImages(IReadOnlyList<NeededImage> Images, IReadOnlyList<Unreadable> Unreadable);

    private sealed record Unreadable(RepositoryName? Repository, string Reason);
}

/// <summary>Uses, and what could not be read.</summary>
/// <param name="Uses">The uses.</param>
/// <param name="Holds">Holds for what could not be read.</param>
internal sealed record GatheredUses(IReadOnlyList<ImageUse> Uses, IReadOnlyList<RepositoryHold> Holds);
