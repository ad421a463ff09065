using Lading.Oci;

namespace Lading.Cdk.Synthesis;

/// <summary>Says what an image is pinned to.</summary>
internal interface IImagePins
{
    /// <summary>The pin of an image.</summary>
    /// <param name="name">What <c>lading.json</c> calls it.</param>
    /// <param name="demand">What it must be.</param>
    /// <exception cref="LadingException">There is none, or the image does not run where it should.</exception>
    PinnedImage Get(string name, ImageDemand demand);
}

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
