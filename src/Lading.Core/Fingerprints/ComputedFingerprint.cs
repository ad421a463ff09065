namespace Lading.Fingerprints;

/// <summary>The inputs of an image with its fingerprint.</summary>
/// <param name="Read">The inputs.</param>
/// <param name="Fingerprint">The identity.</param>
/// <param name="Earlier">The identity by older rules; null if it is the same, or there is none.</param>
internal sealed record ComputedFingerprint(ScopedInputs Read, Fingerprint Fingerprint, Fingerprint? Earlier)
{
    /// <summary>Uses what is remembered, and computes the rest.</summary>
    public static ComputedFingerprint Of(ScopedInputs read) =>
        read.Inputs.Recalled is { } known
            ? new ComputedFingerprint(read, known.Fingerprint, known.Earlier)
            : new ComputedFingerprint(read, read.Inputs.Fingerprint(), read.Earlier?.Fingerprint());
}
