namespace Lading.Fingerprints;

/// <summary>The inputs of an image, and the paths they are found at.</summary>
internal sealed record ScopedInputs(ImageInputs Inputs, ImageScope Scope)
{
    /// <summary>What the inputs were by the rules of an older version, where those differ and could be read.</summary>
    public ImageInputs? Earlier { get; init; }
}
