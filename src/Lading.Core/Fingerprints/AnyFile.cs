using Lading.Git;

namespace Lading.Fingerprints;

/// <summary>Checks whether a tree has any file, and stops at the first.</summary>
internal sealed class AnyFile : ITreeVisitor
{
    public bool IsFound { get; private set; }

    public bool Enters(ReadOnlySpan<byte> path) => !IsFound;

    public void Visit(TreeItem item, ReadOnlySpan<byte> path) => IsFound = true;
}
