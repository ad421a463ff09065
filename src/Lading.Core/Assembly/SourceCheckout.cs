namespace Lading.Assembly;

/// <summary>A clean checkout of an image's sources.</summary>
/// <param name="Top">The folder that stands for the top of the repository: nothing outside it is ever copied.</param>
/// <param name="Folder">The folder of <c>lading.json</c> in it, which paths begin in and commands run in.</param>
internal sealed record SourceCheckout(string Top, string Folder)
{
    /// <summary>Whether a full path is the top or below it.</summary>
    public bool Contains(string path) =>
        path == Top || path.StartsWith(Top + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
