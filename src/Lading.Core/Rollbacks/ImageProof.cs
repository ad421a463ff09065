using Lading.Oci;
using Lading.Registries;
using Lading.Running.Evidence;
using Lading.Shipping;

namespace Lading.Rollbacks;

/// <summary>Whether one image can run in place of another.</summary>
/// <param name="Swap">The container and its new image.</param>
/// <param name="Platforms">The platforms it has; empty if they are unknown.</param>
/// <param name="Problem">Why it cannot, as part of a sentence; empty if it can.</param>
/// <param name="IsUncertain">Whether the problem is that something could not be read.</param>
internal sealed record ImageProof(ImageSwap Swap, IReadOnlyList<Platform> Platforms, string Problem, bool IsUncertain)
{
    /// <summary>The day on which the image was marked for deletion; null if it is not.</summary>
    public DateOnly? MarkedSince { get; init; }

    /// <summary>Decides from the registry's answers.</summary>
    /// <param name="swap">The container and its new image.</param>
    /// <param name="images">The images in the registry.</param>
    /// <param name="platforms">The platforms of the image; null if they could not be read.</param>
    /// <param name="unread">Why the platforms or the registry could not be read; null if they could.</param>
    /// <param name="restore">How to restore an archived image; null if that is unknown.</param>
    public static ImageProof Of(
        ImageSwap swap,
        IEnumerable<RegistryImage> images,
        IReadOnlyList<Platform>? platforms,
        string? unread,
        string? restore = null
    )
    {
        var found = images.FirstOrDefault(image => image.Digest == swap.To && image.Repository == swap.Repository);
        return Of(swap, found, platforms, unread, restore) with
        {
            MarkedSince = found is null ? null : DeletionMark.MarkedSince(found.Digest, found.Tags),
        };
    }

    private static ImageProof Of(
        ImageSwap swap,
        RegistryImage? found,
        IReadOnlyList<Platform>? platforms,
        string? unread,
        string? restore
    )
    {
        var name = $"{swap.From.Repository}@{swap.To.Algorithm.Name()}:{swap.To.Short}…";
        if (found is null)
        {
            return new ImageProof(
                swap,
                [],
                unread is null ? $"{name} is not in its registry any more" : $"{name} could not be looked up: {unread}",
                unread is not null
            );
        }

        if (found.IsArchived)
        {
            return new ImageProof(
                swap,
                [],
                $"{name} is archived, and cannot be pulled{(restore is null ? "" : $": restore it with {restore}")}",
                false
            );
        }

        if (swap.Container.Platform is not { } needed)
        {
            return new ImageProof(swap, platforms ?? [], "", false);
        }

        if (platforms is null)
        {
            return new ImageProof(swap, [], $"the platform of {name} could not be read: {unread}", true);
        }

        return platforms.Count == 0 || platforms.Any(platform => platform.RunsOn(needed))
            ? new ImageProof(swap, platforms, "", false)
            : new ImageProof(
                swap,
                platforms,
                $"{name} is for {string.Join(", ", platforms)}, and {swap.Use} runs on {needed}",
                false
            );
    }

    /// <summary>
    /// Reads the platforms of an image and decides. Those of an index are in its manifest, which was read before.
    /// </summary>
    public static async Task<ImageProof> FindAsync(
        ImageSwap swap,
        HistoryEvidence history,
        IRegistries registries,
        CancellationToken cancellationToken
    )
    {
        var found = history.Images.FirstOrDefault(image =>
            image.Digest == swap.To && image.Repository == swap.Repository
        );
        var unread = history.Unread.FirstOrDefault(fact => fact.Source.Subject == swap.From.Repository.Value)?.Reason;
        if (found is null || (!found.IsArchived && swap.Container.Platform is null))
        {
            return Of(swap, history.Images, null, unread);
        }

        if (!found.IsArchived && found.Children is { Count: > 0 } children)
        {
            return Of(swap, history.Images, [.. children.Select(child => child.Platform).OfType<Platform>()], unread);
        }

        try
        {
            var registry = await registries.OpenHostAsync(swap.From.Host, cancellationToken).ConfigureAwait(false);
            if (found.IsArchived)
            {
                var restore = registry.RemedyForArchived(swap.From.Repository, swap.To);
                return Of(swap, history.Images, null, unread, restore);
            }

            var platforms = await ImagePlatforms
                .FindAsync(registry.Open(swap.From.Repository), swap.To, cancellationToken)
                .ConfigureAwait(false);
            return Of(swap, history.Images, platforms?.Platforms, unread ?? "its registry does not give it out");
        }
        catch (Exception e)
            when (e is LadingException or FormatException or System.Text.Json.JsonException or ContentMismatchException)
        {
            return Of(swap, history.Images, null, e is LadingException failure ? failure.CameBack : JsonFault.Of(e));
        }
    }
}
