namespace Lading.Fingerprints;

/// <summary>The inputs of an image, and the paths they are found at.</summary>
internal sealed record ScopedInputs(ImageInputs Inputs, InputScope Scope);
