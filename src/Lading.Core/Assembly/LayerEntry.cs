namespace Lading.Assembly;

/// <summary>One entry of a layer.</summary>
/// <param name="Path">Its path in the image, without the leading <c>/</c>; a folder's ends in <c>/</c>.</param>
/// <param name="Source">The file with its content; null for folders and links.</param>
/// <param name="LinkTarget">The target of a symbolic link; null for other entries.</param>
/// <param name="IsExecutable">True for 0755, which folders have too; otherwise 0644.</param>
internal sealed record LayerEntry(string Path, string? Source, string? LinkTarget, bool IsExecutable)
{
    public bool IsFolder => Path.EndsWith('/');
}
