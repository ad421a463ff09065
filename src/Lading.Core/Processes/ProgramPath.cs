namespace Lading.Processes;

/// <summary>Where programs are.</summary>
internal static class ProgramPath
{
    /// <summary>The file that a program's name means to this process; null if there is none.</summary>
    public static string? Find(string program) => Find(program, Environment.GetEnvironmentVariable("PATH"));

    /// <summary>The file that a program's name means.</summary>
    /// <param name="program">A name, or a path.</param>
    /// <param name="path">The value of <c>PATH</c>.</param>
    public static string? Find(string program, string? path)
    {
        string[] folders =
            Path.GetFileName(program) == program
                ? (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                : [""];
        string[] endings = OperatingSystem.IsWindows() ? ["", ".exe", ".cmd", ".bat"] : [""];
        return folders
            .SelectMany(folder => endings.Select(ending => Path.Combine(folder, program + ending)))
            .FirstOrDefault(File.Exists);
    }
}
