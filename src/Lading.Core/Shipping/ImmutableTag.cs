using Lading.Oci;

namespace Lading.Shipping;

/// <summary>Puts a tag that must never move, such that exactly one digest wins whoever else puts it at the same time.</summary>
internal static class ImmutableTag
{
    /// <summary>Puts the tag, and gives the digest that it stands on: ours, or that of whoever was first.</summary>
    /// <remarks>
    /// A registry with immutable tags refuses the second one. One without is read back after the push: both publishers then
    /// adopt what the registry says, though not even that can be promised there while a third one writes.
    /// </remarks>
    /// <exception cref="LadingException">The tag could not be put, or is gone again.</exception>
    public static async Task<Digest> PutAsync(
        IImageRepository repository,
        ManifestContent manifest,
        Tag tag,
        CancellationToken cancellationToken
    )
    {
        // Where enforcement is missing a blind PUT would move the tag from under whoever was first.
        if (await repository.FindManifestAsync(tag, cancellationToken).ConfigureAwait(false) is { } first)
        {
            return first.Digest;
        }

        try
        {
            await repository.PutManifestAsync(manifest, tag, cancellationToken).ConfigureAwait(false);
        }
        catch (TagIsTakenException taken) when (taken.Current is { } current)
        {
            return current;
        }
        catch (TagIsTakenException)
        {
            // Read below.
        }

        var now = await repository.FindManifestAsync(tag, cancellationToken).ConfigureAwait(false);
        return now?.Digest
            ?? throw new LadingException(
                $"Could not put tag {tag} in {repository.Display}",
                "the registry took the manifest, yet has no such tag",
                "Somebody may have deleted it in this moment: publish again."
            );
    }
}
