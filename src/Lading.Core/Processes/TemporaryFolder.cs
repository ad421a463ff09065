namespace Lading.Processes;

/// <summary>
/// Temporary folders on this machine. Their names identify the process that owns them, so that <c>lading doctor
/// --clean</c> can remove those of killed processes.
/// </summary>
internal static class TemporaryFolder
{
    private const string Prefix = "lading-";

    /// <summary>Creates one that no other user may read.</summary>
    /// <param name="use">Its purpose, a word of lower-case letters.</param>
    public static DirectoryInfo Create(string use) =>
        Directory.CreateTempSubdirectory($"{Prefix}{use}-{ProcessMark.Own}-");

    /// <summary>The existing ones, of any process.</summary>
    public static IEnumerable<string> FindAll() =>
        Directory.EnumerateDirectories(
            Path.GetTempPath(),
            $"{Prefix}*-p*s*-*",
            new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint }
        );
}
