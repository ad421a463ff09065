using Lading.Oci;

namespace Lading.Configuration;

/// <summary>The setting <c>check</c> of <c>lading.json</c>: which mutable tags are accepted.</summary>
internal sealed record CheckSettings
{
    /// <summary>Accepts no mutable tag.</summary>
    public static CheckSettings Strict { get; } = new();

    /// <summary>True if every mutable tag is accepted.</summary>
    public bool AcceptsAll { get; init; }

    /// <summary>The accepted references; one without a tag stands for all tags of its repository.</summary>
    public IReadOnlyList<ImageReference> Accepted { get; init; } = [];

    /// <summary>Whether a mutable tag passes a check.</summary>
    /// <param name="reference">The reference in the template.</param>
    public bool AcceptsMoving(string reference) =>
        AcceptsAll
        || (
            ImageReference.TryParse(reference, out var named)
            && Accepted.Any(each =>
                each.Host == named.Host
                && each.Repository == named.Repository
                && (each.Tag is null || each.Manifest == named.Manifest)
            )
        );
}
