using Lading.Git;

namespace Lading.Provenance;

/// <summary>A file that an image is made from.</summary>
/// <param name="Context">The named build context that it belongs to; empty for the context itself.</param>
/// <param name="Path">As the fingerprint has it: from the folder that is listed.</param>
/// <param name="FullPath">From the top of the repository, for people.</param>
/// <param name="Mode">What it is.</param>
/// <param name="Id">The object of its content; of a submodule its commit.</param>
internal sealed record FileRecord(string Context, string Path, string FullPath, EntryMode Mode, ObjectId Id)
{
    /// <summary>What tells it from the other files of an image.</summary>
    public (string Context, string Path) Key => (Context, Path);
}
