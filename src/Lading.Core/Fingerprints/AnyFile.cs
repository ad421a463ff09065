using Lading.Git;

namespace Lading.Fingerprints;

/// <summary>Tells whether a tree shows anything, and goes no further once it does.</summary>
internal sealed class AnyFile : ITreeVisitor
{
    public bool IsFound { get; private set; }

    public bool Enters(ReadOnlySpan<byte> path) => !IsFound;

    public void Visit(TreeItem item, ReadOnlySpan<byte> path) => IsFound = true;
}
