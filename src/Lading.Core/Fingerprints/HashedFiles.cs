using Lading.Git;

namespace Lading.Fingerprints;

/// <summary>Adds files to a hash as a list whose length is known at its end.</summary>
internal sealed class HashedFiles(CanonicalHash hash) : ITreeVisitor
{
    private readonly int position = hash.BeginList();
    private int count;

    public bool Enters(ReadOnlySpan<byte> path) => true;

    public void Visit(TreeItem item, ReadOnlySpan<byte> path)
    {
        count++;
        hash.Bytes(item.Mode.Octal());
        hash.Id(item.Id);
        hash.Bytes(path);
    }

    /// <summary>Ends the list.</summary>
    /// <returns>The number of files.</returns>
    public int Finish()
    {
        hash.EndList(position, count);
        return count;
    }
}
