namespace Lading;

/// <summary>Files that only the user can read or write. On Windows the folders of a user's profile are private already.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OthersWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    private const UnixFileMode OthersUse =
        OthersWrite
        | UnixFileMode.GroupRead
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherExecute;

    /// <summary>Creates a folder; an existing one is unchanged.</summary>
    public static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnFile | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Creates a file, which must not exist yet.</summary>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnFile;
        }

        return new FileStream(path, options);
    }

    /// <summary>Replaces a file atomically.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        using var file = new AtomicFile(path, Create);
        file.Content.Write(content);
        file.Commit();
    }

    /// <summary>Whether users other than the owner may write to a file, or put files into a folder.</summary>
    public static bool OthersWriteTo(string path) => Allows(path, OthersWrite);

    /// <summary>Whether users other than the owner have any access to a file.</summary>
    public static bool IsOpenToOthers(string path) => Allows(path, OthersUse);

    private static bool Allows(string path, UnixFileMode any) =>
        !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & any) != UnixFileMode.None;
}
