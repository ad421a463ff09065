namespace Lading.Fingerprints;

/// <summary>Versions of the rules that inputs are found by (docs/fingerprint.md). An image has the lowest that gives the inputs it has.</summary>
internal static class FingerprintVersion
{
    /// <summary>The rules of the first releases: what they cover keeps its identity forever.</summary>
    public const int First = 1;

    /// <summary>Symbolic links to Dockerfiles, ignore files and contexts are followed, and variables of bases are known.</summary>
    public const int Second = 2;

    /// <summary>The newest that this program knows.</summary>
    public const int Latest = 2;
}
