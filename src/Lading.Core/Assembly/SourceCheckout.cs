using System.Runtime.Versioning;

namespace Lading.Assembly;

/// <summary>A clean checkout of an image's sources.</summary>
/// <param name="Top">The folder that corresponds to the top of the repository: nothing outside it is ever copied.</param>
/// <param name="Folder">The folder of <c>lading.json</c> in it, which paths are relative to and commands run in.</param>
internal sealed record SourceCheckout(string Top, string Folder)
{
    /// <summary>The full paths of the files that are executable in git.</summary>
    public IReadOnlySet<string> Executables { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Whether files have Unix modes; false on Windows.</summary>
    [UnsupportedOSPlatformGuard("windows")]
    public bool HasModes { get; init; } = !OperatingSystem.IsWindows();

    /// <summary>Whether a full path is <see cref="Top"/> or inside it.</summary>
    public bool Contains(string path) =>
        path == Top || path.StartsWith(Top + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>Whether a file is executable: by its mode on disk, or, on Windows, by its mode in git.</summary>
    public bool IsExecutable(string path) =>
        HasModes ? File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute) : Executables.Contains(path);
}
