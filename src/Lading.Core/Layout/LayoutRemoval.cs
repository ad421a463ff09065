using Lading.Oci;

namespace Lading.Layout;

/// <summary>Removes manifests and blobs from a layout, without breaking others: nothing is removed that a remaining manifest refers to.</summary>
internal sealed class LayoutRemoval(ImageLayout layout)
{
    /// <summary>Removes a single tag, or a manifest that no index contains, with all its tags.</summary>
    /// <returns>False if it does not exist.</returns>
    /// <exception cref="LadingException">An index contains it.</exception>
    public async Task<bool> RemoveAsync(ManifestReference reference, CancellationToken cancellationToken)
    {
        if (reference.Tag is { } tag)
        {
            return await RemoveTagAsync(tag, cancellationToken).ConfigureAwait(false) is not null;
        }

        var digest = reference.Digest!.Value;
        try
        {
            return await RemoveManifestAsync(digest, (_, _) => true, cancellationToken).ConfigureAwait(false)
                is not null;
        }
        catch (ImageIsReferencedException e)
        {
            throw new LadingException(
                $"Could not delete {digest} of {layout.Display}",
                e.Message,
                "Delete that index first.",
                innerException: e
            );
        }
    }

    /// <summary>Removes a tag; the image stays, by digest.</summary>
    /// <returns>The digest it pointed to; null if the tag does not exist.</returns>
    public async Task<Digest?> RemoveTagAsync(Tag tag, CancellationToken cancellationToken)
    {
        Digest? previous = null;
        await layout
            .ChangeAsync(
                index =>
                {
                    previous = index.Find(tag)?.Digest;
                    return Task.FromResult(previous is null ? index : index.Without(tag, keep: true));
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return previous;
    }

    /// <summary>Removes a manifest and all its tags. Its blobs stay, since others may use them already.</summary>
    /// <param name="digest">The manifest.</param>
    /// <param name="isKeeper">Which of the indexes that contain it prevent the removal.</param>
    /// <param name="cancellationToken">Cancels the wait for other processes.</param>
    /// <returns>The tags that pointed to it; null if the manifest does not exist.</returns>
    /// <exception cref="ImageIsReferencedException">An index contains it.</exception>
    public async Task<IReadOnlyList<Tag>?> RemoveManifestAsync(
        Digest digest,
        Func<LayoutIndex, Digest, bool> isKeeper,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyList<Tag>? tags = null;
        await layout
            .ChangeAsync(
                async index =>
                {
                    if (await layout.FindManifestAsync(digest, cancellationToken).ConfigureAwait(false) is null)
                    {
                        return index;
                    }

                    await foreach (var (root, manifest) in WalkAsync(index, cancellationToken).ConfigureAwait(false))
                    {
                        if (manifest.Children.Any(child => child.Digest == digest) && isKeeper(index, root))
                        {
                            throw new ImageIsReferencedException(digest, manifest.Digest);
                        }
                    }

                    tags = index.TagsOf(digest);
                    return index.Without(digest);
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        if (tags is not null)
        {
            // After the index: a process killed in between leaves a file that nothing refers to.
            layout.Blobs.Remove(digest);
        }

        return tags;
    }

    /// <summary>Removes a blob.</summary>
    /// <returns>False if it does not exist.</returns>
    /// <exception cref="ImageIsReferencedException">A manifest refers to it.</exception>
    public async Task<bool> RemoveBlobAsync(Digest digest, CancellationToken cancellationToken)
    {
        if (layout.Blobs.Find(digest) is null)
        {
            return false;
        }

        await layout
            .ChangeAsync(
                async index =>
                {
                    await foreach (var (_, manifest) in WalkAsync(index, cancellationToken).ConfigureAwait(false))
                    {
                        if (manifest.Digest == digest || manifest.Blobs.Any(blob => blob.Digest == digest))
                        {
                            throw new ImageIsReferencedException(digest, manifest.Digest);
                        }
                    }

                    layout.Blobs.Remove(digest);
                    return index;
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return true;
    }

    /// <summary>Every manifest that the index reaches, with the entry it was reached from.</summary>
    private async IAsyncEnumerable<(Digest Root, ManifestContent Manifest)> WalkAsync(
        LayoutIndex index,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        foreach (var entry in index.Entries.DistinctBy(entry => entry.Digest))
        {
            var waiting = new Stack<Digest>([entry.Digest]);
            while (waiting.TryPop(out var next))
            {
                var found = await layout.FindManifestContentAsync(next, cancellationToken).ConfigureAwait(false);
                if (found is null)
                {
                    continue;
                }

                yield return (entry.Digest, found);
                foreach (var child in found.Children)
                {
                    waiting.Push(child.Digest);
                }
            }
        }
    }
}

/// <summary>A manifest or blob is not removed, since another one refers to it.</summary>
internal sealed class ImageIsReferencedException(Digest digest, Digest parent)
    : Exception($"{digest} belongs to {parent}, which is still here.")
{
    public Digest Parent { get; } = parent;
}
