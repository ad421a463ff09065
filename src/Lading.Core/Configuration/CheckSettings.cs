using Lading.Oci;

namespace Lading.Configuration;

/// <summary>What <c>check</c> of <c>lading.json</c> says: which tags that move are accepted.</summary>
internal sealed record CheckSettings
{
    /// <summary>Accepts none.</summary>
    public static CheckSettings Strict { get; } = new();

    /// <summary>True if every tag that moves is accepted.</summary>
    public bool AcceptsAll { get; init; }

    /// <summary>The references that are accepted; one without a tag stands for all tags of its repository.</summary>
    public IReadOnlyList<ImageReference> Accepted { get; init; } = [];

    /// <summary>Whether a tag that moves does not fail a check.</summary>
    /// <param name="reference">As a template names the image.</param>
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
