namespace Lading.Assembly;

/// <summary>One entry of a layer.</summary>
/// <param name="Path">In the image, without the leading <c>/</c>; a folder's ends in <c>/</c>.</param>
/// <param name="Source">The file whose bytes it gets; null for folders and links.</param>
/// <param name="LinkTarget">What a symbolic link points to; null for others.</param>
/// <param name="IsExecutable">True for 0755, which folders have too; else 0644.</param>
internal sealed record LayerEntry(string Path, string? Source, string? LinkTarget, bool IsExecutable)
{
    public bool IsFolder => Path.EndsWith('/');
}
