using Lading.Oci;

namespace Lading.Cdk.Synthesis;

/// <summary>Finds the pins of images.</summary>
internal interface IImagePins
{
    /// <summary>The pin of an image.</summary>
    /// <param name="name">Its name in <c>lading.json</c>.</param>
    /// <param name="demand">The requirements where it is used.</param>
    /// <exception cref="LadingException">There is none, or the image does not meet the requirements.</exception>
    PinnedImage Get(string name, ImageDemand demand);
}

/// <summary>A reference to an image in a template, without its registry.</summary>
/// <param name="Repository">The repository's name.</param>
/// <param name="Pin">A digest, or an immutable tag.</param>
internal sealed record PinnedImage(string Repository, ManifestReference Pin)
{
    /// <summary>True if it is known to be an index.</summary>
    public bool IsIndex { get; init; }

    /// <summary><c>repository@sha256:…</c> or <c>repository:tag</c>.</summary>
    public override string ToString() => $"{Repository}{(Pin.Digest is null ? ':' : '@')}{Pin}";
}
