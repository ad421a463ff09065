using Lading.Oci;

namespace Lading.Layout;

/// <summary>
/// Removes many manifests from a layout of a store in one change of its index, and then the blobs that nothing needs any more. A
/// process that is killed in between leaves files without references, which the next sweep removes.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="name">The repository.</param>
internal sealed class LayoutSweep(LayoutStore store, RepositoryName name)
{
    private readonly ImageLayout layout = store.Open(name);

    /// <summary>
    /// Removes manifests, then blobs. Children of a remaining index stay too, even if their removal was requested.
    /// </summary>
    /// <param name="manifests">The manifests to remove.</param>
    /// <param name="unnamedBefore">Blobs without references are removed if they were written before this time; newer ones may belong to
    /// an image being pushed.</param>
    /// <param name="cancellationToken">Stops it between two steps.</param>
    /// <exception cref="LadingException">A remaining manifest cannot be read, so its references are unknown.</exception>
    public async Task<SweptLayout> RunAsync(
        IReadOnlyCollection<Digest> manifests,
        DateTimeOffset unnamedBefore,
        CancellationToken cancellationToken
    )
    {
        if (!layout.Exists)
        {
            return new SweptLayout([], 0);
        }

        var released = new HashSet<Digest>();
        var removed = await RemoveManifestsAsync(manifests, released, cancellationToken).ConfigureAwait(false);
        await ForgetAsync(removed, cancellationToken).ConfigureAwait(false);
        return new SweptLayout(
            removed,
            await RemoveBlobsAsync(released, unnamedBefore, cancellationToken).ConfigureAwait(false)
        );
    }

    private async Task<IReadOnlyList<Digest>> RemoveManifestsAsync(
        IReadOnlyCollection<Digest> manifests,
        HashSet<Digest> released,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyList<Digest> removed = [];
        if (manifests.Count == 0)
        {
            return removed;
        }

        var unwanted = manifests.ToHashSet();
        await layout
            .ChangeAsync(
                async index =>
                {
                    var without = index.Without(unwanted);
                    var needed = await NeededAsync(without, cancellationToken).ConfigureAwait(false);
                    unwanted.ExceptWith(needed);
                    var before = await NeededAsync(index, cancellationToken).ConfigureAwait(false);
                    released.UnionWith(before.Except(needed));
                    removed = [.. unwanted.Where(digest => index.Find(digest) is not null || before.Contains(digest))];
                    return removed.Count == 0 ? index : index.Without(unwanted);
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return removed;
    }

    /// <summary>Removes blobs while nobody can store a manifest that refers to them.</summary>
    private async Task<long> RemoveBlobsAsync(
        HashSet<Digest> released,
        DateTimeOffset unnamedBefore,
        CancellationToken cancellationToken
    )
    {
        var freed = 0L;
        await layout
            .ChangeAsync(
                async index =>
                {
                    var needed = await NeededAsync(index, cancellationToken).ConfigureAwait(false);
                    var others = store
                        .List(cancellationToken)
                        .Where(other => other != name)
                        .Select(store.TryOpen)
                        .OfType<ImageLayout>()
                        .ToList();
                    foreach (var digest in StoredBlobs().Where(digest => !needed.Contains(digest)))
                    {
                        if (!released.Contains(digest) && !(layout.Blobs.FindTime(digest) < unnamedBefore))
                        {
                            continue;
                        }

                        cancellationToken.ThrowIfCancellationRequested();
                        var size = layout.Blobs.FindFlushed(digest) ?? 0;
                        layout.Blobs.Remove(digest);
                        // It may be one file with names in several repositories: removing the last name frees it.
                        freed += others.Exists(other => other.Blobs.FindFlushed(digest) is not null) ? 0 : size;
                    }

                    return index;
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return freed;
    }

    /// <summary>All complete blobs; symbolic links do not count.</summary>
    private IEnumerable<Digest> StoredBlobs()
    {
        foreach (var algorithm in Enum.GetValues<DigestAlgorithm>())
        {
            var folder = new DirectoryInfo(Path.Combine(store.PathOf(name), "blobs", algorithm.Name()));
            foreach (var file in folder.Exists ? folder.GetFiles() : [])
            {
                if (file.LinkTarget is null && Digest.TryParse($"{algorithm.Name()}:{file.Name}", out var digest))
                {
                    yield return digest;
                }
            }
        }
    }

    /// <summary>Everything reachable from an index: manifests, configurations, layers.</summary>
    private async Task<HashSet<Digest>> NeededAsync(LayoutIndex index, CancellationToken cancellationToken)
    {
        var needed = new HashSet<Digest>();
        var waiting = new Stack<(Descriptor Item, bool IsManifest)>(index.Entries.Select(entry => (entry, true)));
        while (waiting.TryPop(out var next))
        {
            if (!needed.Add(next.Item.Digest))
            {
                continue;
            }

            var digest = next.Item.Digest;
            var manifest = await ManifestFile
                .ReadAsync(
                    layout.Blobs,
                    digest,
                    next.IsManifest ? next.Item.MediaType : null,
                    layout.Display,
                    cancellationToken
                )
                .ConfigureAwait(false);
            if (manifest is null && next.IsManifest && layout.Blobs.Find(digest) is not null)
            {
                throw new LadingException(
                    $"Could not remove images of {layout.Display}",
                    $"{digest} is not understood, so that nobody knows what it needs",
                    $"Delete it (lading registry, then lading image delete), or the folder {store.PathOf(name)}."
                );
            }

            foreach (var blob in manifest?.Blobs ?? [])
            {
                needed.Add(blob.Digest);
            }

            foreach (var child in manifest?.Children ?? [])
            {
                // A build cache is an index of layers.
                waiting.Push((child, MediaTypes.Manifests.Contains(child.MediaType, StringComparer.Ordinal)));
            }
        }

        return needed;
    }

    private async Task ForgetAsync(IReadOnlyList<Digest> removed, CancellationToken cancellationToken)
    {
        var keys = removed.Select(digest => digest.ToString()).ToHashSet(StringComparer.Ordinal);
        if (
            store.Find(name) is { } record
            && (record.Archived?.Keys ?? []).Concat(record.Activated?.Keys ?? []).Any(keys.Contains)
        )
        {
            await store.ChangeAsync(name, found => found.WithoutImages(keys), cancellationToken).ConfigureAwait(false);
        }
    }
}

/// <summary>What a sweep removed from a layout.</summary>
/// <param name="Manifests">The removed manifests.</param>
/// <param name="FreedBytes">The size of blobs that no other repository of the store has.</param>
internal sealed record SweptLayout(IReadOnlyList<Digest> Manifests, long FreedBytes);
