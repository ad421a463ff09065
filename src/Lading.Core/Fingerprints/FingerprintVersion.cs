namespace Lading.Fingerprints;

/// <summary>Versions of the rules for inputs (docs/fingerprint.md). An image has the lowest version that gives its inputs.</summary>
internal static class FingerprintVersion
{
    /// <summary>The rules of the first releases: images that they cover keep their identity forever.</summary>
    public const int First = 1;

    /// <summary>Symbolic links to Dockerfiles, ignore files and contexts are followed, and variables of bases are known.</summary>
    public const int Second = 2;

    /// <summary>The newest version that this program supports.</summary>
    public const int Latest = 2;
}
