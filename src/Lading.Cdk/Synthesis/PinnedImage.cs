using Lading.Oci;

namespace Lading.Cdk.Synthesis;

/// <summary>What a template says of an image, within its registry.</summary>
/// <param name="Repository">Its name.</param>
/// <param name="Pin">A digest, or a tag that does not move.</param>
internal sealed record PinnedImage(string Repository, ManifestReference Pin)
{
    /// <summary>True if it is known to be an index of several platforms.</summary>
    public bool IsIndex { get; init; }

    /// <summary><c>repository@sha256:…</c> or <c>repository:tag</c>.</summary>
    public override string ToString() => $"{Repository}{(Pin.Digest is null ? ':' : '@')}{Pin}";
}
