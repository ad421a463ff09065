using System.Text.Json;
using System.Text.RegularExpressions;

namespace Lading.Deploying;

/// <summary>The command that starts a CDK app, as a line for a shell.</summary>
internal static partial class AppCommand
{
    /// <summary>The app of <c>cdk.json</c>, or of the user's own <c>~/.cdk.json</c>; null if neither has one, which cdk reports itself.</summary>
    /// <param name="folder">The folder of the project's <c>cdk.json</c>.</param>
    /// <param name="home">The user's home folder.</param>
    public static string? Find(string folder, string home) =>
        Read(Path.Combine(folder, "cdk.json")) ?? Read(Path.Combine(home, ".cdk.json"));

    /// <summary>The line prefixed with <c>lading run</c>, which passes the images; unchanged if it has that already.</summary>
    /// <param name="app">The app's line.</param>
    /// <param name="self">How to start this tool.</param>
    /// <param name="folder">The folder in which the line runs.</param>
    public static string ThroughRun(string app, IReadOnlyList<string> self, string folder) =>
        ThroughRun(app, self, folder, OperatingSystem.IsWindows());

    /// <summary>The line for the shell of a given system.</summary>
    /// <param name="app">The app's line.</param>
    /// <param name="self">How to start this tool.</param>
    /// <param name="folder">The folder in which the line runs.</param>
    /// <param name="isWindows">Whether the shell is that of Windows.</param>
    public static string ThroughRun(string app, IReadOnlyList<string> self, string folder, bool isWindows)
    {
        if (OwnRun().IsMatch(app))
        {
            return app;
        }

        // A JavaScript file is started with node, as the CDK CLI does.
        var first = app.Trim().Split(' ')[0];
        var line =
            first.EndsWith(".js", StringComparison.Ordinal) && File.Exists(Path.Combine(folder, first))
                ? $"node {app}"
                : app;
        var command =
            Plain().IsMatch(line) ? line
            : isWindows ? $"cmd /d /s /c \"{line}\""
            : $"sh -c {Quoted(line, isWindows)}";
        return $"{string.Join(' ', self.Select(word => Quoted(word, isWindows)))} run -- {command}";
    }

    private static string Quoted(string word, bool isWindows) =>
        Plain().IsMatch(word) && !word.Contains(' ', StringComparison.Ordinal) ? word
        : isWindows ? $"\"{word}\""
        : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string? Read(string file)
    {
        try
        {
            using var json = LenientJson.Parse(File.ReadAllBytes(file));
            return json.RootElement.FindText("app");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            // cdk reads it as well, and reports what is wrong with it.
            return null;
        }
    }

    // Words that no shell interprets.
    [GeneratedRegex(@"\A[A-Za-z0-9_./\\:=@%+, -]*\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Plain();

    [GeneratedRegex(
        @"(?:^|[\s/\\""'])lading(?:\.exe|\.dll)?[""']?\s+(?:-\S+\s+\S+\s+)*run\s",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex OwnRun();
}
