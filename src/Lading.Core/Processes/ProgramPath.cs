namespace Lading.Processes;

/// <summary>Finds programs on the PATH.</summary>
internal static class ProgramPath
{
    /// <summary>The path of a program for this process; null if there is none.</summary>
    public static string? Find(string program) => Find(program, Environment.GetEnvironmentVariable("PATH"));

    /// <summary>The path of a program.</summary>
    /// <param name="program">A name, or a path.</param>
    /// <param name="path">The value of <c>PATH</c>.</param>
    public static string? Find(string program, string? path) =>
        FindAll(program, path) is [var first, ..] ? first : null;

    /// <summary>The path of a program on a given system.</summary>
    /// <param name="program">A name, or a path.</param>
    /// <param name="path">The value of <c>PATH</c>.</param>
    /// <param name="isWindows">Whether the system is Windows, where names omit their extensions.</param>
    public static string? Find(string program, string? path, bool isWindows) =>
        FindAll(program, path, isWindows).FirstOrDefault();

    /// <summary>All paths that match a program's name; the first is started.</summary>
    /// <param name="program">A name, or a path.</param>
    /// <param name="path">The value of <c>PATH</c>.</param>
    public static IReadOnlyList<string> FindAll(string program, string? path) =>
        [.. FindAll(program, path, OperatingSystem.IsWindows()).Distinct(StringComparer.Ordinal)];

    private static IEnumerable<string> FindAll(string program, string? path, bool isWindows)
    {
        string[] folders =
            Path.GetFileName(program) == program
                ? (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                : [""];
        string[] endings = isWindows ? ["", ".exe", ".cmd", ".bat"] : [""];
        return folders
            .SelectMany(folder => endings.Select(ending => Path.Combine(folder, program + ending)))
            .Where(File.Exists);
    }
}
