using Lading.Oci;

namespace Lading.Shipping;

/// <summary>
/// Writes a tag and reads it back, so that its digest is known: in a registry with mutable tags, another publisher may
/// move it at any time.
/// </summary>
/// <param name="repository">The repository of the tag.</param>
/// <param name="tag">The tag.</param>
/// <param name="rule">What to do if the tag exists.</param>
internal sealed class TagPlacement(IImageRepository repository, Tag tag, TagRule rule)
{
    /// <summary>
    /// Writes the tag unless it is in place already; the manifest's blobs and children must be in the repository.
    /// </summary>
    /// <returns>The digest it points to: the manifest's, or with <see cref="TagRule.Adopt"/> that of the first
    /// publisher.</returns>
    /// <exception cref="LadingException">It points to another digest, could not be written, or has disappeared again.</exception>
    public async Task<Digest> RunAsync(ManifestContent manifest, CancellationToken cancellationToken) =>
        (rule == TagRule.Move ? await FindSettledAsync(manifest.Digest, cancellationToken).ConfigureAwait(false) : null)
        ?? await PutAsync(manifest, token => repository.PutManifestAsync(manifest, tag, token), cancellationToken)
            .ConfigureAwait(false);

    /// <summary>The digest of the tag if nothing must be written; otherwise null.</summary>
    /// <exception cref="LadingException">It points to another digest and must not move.</exception>
    public async Task<Digest?> FindSettledAsync(Digest wanted, CancellationToken cancellationToken)
    {
        var current = await repository.FindManifestAsync(tag, cancellationToken).ConfigureAwait(false);
        return current is null ? null
            : current.Digest == wanted || rule == TagRule.Adopt ? current.Digest
            : rule == TagRule.Move ? null
            : throw Taken(wanted, current.Digest);
    }

    /// <summary>
    /// Writes the tag with a given function, and reads it back. A tag that must not move is read again before: copying
    /// blobs takes time.
    /// </summary>
    /// <returns>The same as <see cref="RunAsync"/>.</returns>
    public async Task<Digest> PutAsync(
        ManifestContent manifest,
        Func<CancellationToken, Task> put,
        CancellationToken cancellationToken
    )
    {
        if (
            rule != TagRule.Move
            && await FindSettledAsync(manifest.Digest, cancellationToken).ConfigureAwait(false) is { } settled
        )
        {
            return settled;
        }

        try
        {
            await put(cancellationToken).ConfigureAwait(false);
        }
        catch (TagIsTakenException taken) when (rule == TagRule.Adopt)
        {
            if (taken.Current is { } first)
            {
                return first;
            }
        }
        catch (TagIsTakenException taken)
        {
            throw Taken(manifest.Digest, taken.Current);
        }

        var written =
            await repository.FindManifestAsync(tag, cancellationToken).ConfigureAwait(false)
            ?? throw new LadingException(
                $"Could not put tag {tag} in {repository.Display}",
                "the registry took the manifest, yet has no such tag",
                "Somebody may just have deleted it: try again."
            );
        return written.Digest == manifest.Digest || rule == TagRule.Adopt
            ? written.Digest
            : throw new LadingException(
                $"Could not put tag {tag} on {manifest.Digest} in {repository.Display}",
                $"it was written, but points to {written.Digest} a moment later",
                "Somebody else puts the same tag: see who it is, and which of the two is meant."
            );
    }

    private LadingException Taken(Digest wanted, Digest? current) =>
        new(
            $"Could not put tag {tag} on {wanted} in {repository.Display}",
            $"it already points to {current?.ToString() ?? "another image"}",
            "Tags that were given out should not move: choose another one."
        );
}
