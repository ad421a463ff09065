namespace Lading.Processes;

/// <summary>Folders among the temporary files of the machine. Their names say which process they belong to, so that <c>lading doctor --clean</c> can remove what killed ones left.</summary>
internal static class TemporaryFolder
{
    private const string Prefix = "lading-";

    /// <summary>Makes one that nobody else may read.</summary>
    /// <param name="use">What it is for, a word of lower-case letters.</param>
    public static DirectoryInfo Create(string use) =>
        Directory.CreateTempSubdirectory($"{Prefix}{use}-{ProcessMark.Own}-");

    /// <summary>Those that are there, of whichever process.</summary>
    public static IEnumerable<string> FindAll() =>
        Directory.EnumerateDirectories(
            Path.GetTempPath(),
            $"{Prefix}*-p*s*-*",
            new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint }
        );
}
