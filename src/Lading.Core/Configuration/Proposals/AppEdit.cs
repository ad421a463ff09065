using System.Text.RegularExpressions;

namespace Lading.Configuration.Proposals;

/// <summary>
/// The edit that makes a CDK app publish its image assets through Lading: an import, and a synthesizer for the app.
/// <c>ContainerImage.FromAsset</c> stays as it is.
/// </summary>
/// <param name="Path">The file, relative to the folder of <c>cdk.json</c>, with <c>/</c>.</param>
/// <param name="Project">The folder of its C# project, relative to the same folder; empty for that folder itself, null for TypeScript.</param>
/// <param name="Import">The added line.</param>
/// <param name="Before">The line that creates the app.</param>
/// <param name="After">The line after the edit.</param>
/// <param name="Text">The whole file after the edit.</param>
internal sealed partial record AppEdit(
    string Path,
    string? Project,
    string Import,
    string Before,
    string After,
    string Text
)
{
    /// <summary>
    /// Finds the one line that creates the app; null if there are none or several, if it has settings already, or if the app uses
    /// Lading or a language without a synthesizer.
    /// </summary>
    /// <param name="language">A value of <see cref="CdkApp.Language"/>.</param>
    /// <param name="paths">The files in git, relative to the folder of <c>cdk.json</c>.</param>
    /// <param name="read">Reads one of them; null if it cannot be read.</param>
    public static AppEdit? Find(string? language, IEnumerable<string> paths, Func<string, string?> read)
    {
        var isCSharp = language == "C#";
        var extensions = language switch
        {
            "C#" => new[] { ".cs" },
            "TypeScript" => [".ts", ".mts", ".cts"],
            _ => [],
        };
        var sources = paths
            .Where(path => extensions.Contains(System.IO.Path.GetExtension(path), StringComparer.Ordinal))
            .Where(path => !path.EndsWith(".d.ts", StringComparison.Ordinal) && !IsTest(path))
            .Select(path => (path, text: read(path) ?? ""))
            .ToList();
        if (sources.Exists(source => Known().IsMatch(source.text)))
        {
            return null;
        }

        var candidates = sources.Where(source => Creation().Count(source.text) > 0).ToList();
        return candidates is [var (path, text)] && Creation().Matches(text) is [var found]
            ? Of(path, text, found, isCSharp ? ProjectOf(path, paths) : null)
            : null;
    }

    /// <summary>The command that adds the library to the app.</summary>
    /// <param name="folder">The folder of <c>cdk.json</c> from where the command is run, ending in <c>/</c>; empty if it is run there.</param>
    public string InstallFrom(string folder)
    {
        var where = $"{folder}{Project}".TrimEnd('/');
        var quoted = ShellArgument.Of(where);
        return Project is null
            ? $"npm install {(where.Length == 0 ? "" : $"--prefix {quoted} ")}lading-cdk"
            : $"dotnet add {(where.Length == 0 ? "" : $"{quoted} ")}package Lading.Cdk";
    }

    /// <summary>The folder of the nearest project file above; empty if there is none.</summary>
    private static string ProjectOf(string path, IEnumerable<string> paths) =>
        paths
            .Where(each => each.EndsWith(".csproj", StringComparison.Ordinal))
            .Select(TrackedFiles.FolderOf)
            .Where(folder => folder.Length == 0 || path.StartsWith(folder + "/", StringComparison.Ordinal))
            .MaxBy(folder => folder.Length)
        ?? "";

    private static AppEdit Of(string path, string text, Match found, string? project)
    {
        var newLine = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var quote = text.Contains("from '", StringComparison.Ordinal) ? '\'' : '"';
        var (import, creation) = project is not null
            ? ("using Lading.Cdk;", "new App(new AppProps { DefaultStackSynthesizer = new LadingSynthesizer() })")
            : (
                $"import {{ LadingSynthesizer }} from {quote}lading-cdk{quote};",
                $"new {found.Groups["module"].Value}App({{ defaultStackSynthesizer: new LadingSynthesizer() }})"
            );
        var (before, after) = (LineAround(text, found.Index), "");
        after = before.Replace(found.Value, creation, StringComparison.Ordinal);
        var changed = text.Remove(found.Index, found.Length).Insert(found.Index, creation);
        var imports = Imports().Matches(changed);
        var at = imports.Count == 0 ? 0 : imports[^1].Index + imports[^1].Length;
        changed = imports.Count == 0 ? import + newLine + changed : changed.Insert(at, newLine + import);
        return new AppEdit(path, project, import, before.Trim(), after.Trim(), changed);
    }

    private static string LineAround(string text, int index)
    {
        var start = text.LastIndexOf('\n', index) + 1;
        var end = text.IndexOf('\n', index);
        return text[start..(end < 0 ? text.Length : end)].TrimEnd('\r');
    }

    private static bool IsTest(string path) =>
        path.Split('/').Any(part => part is "test" or "tests" or "node_modules" or "cdk.out" or "bin" or "obj")
            && !path.StartsWith("bin/", StringComparison.Ordinal)
        || path.Contains(".test.", StringComparison.Ordinal);

    [GeneratedRegex(@"\bnew (?<module>[A-Za-z_]\w*\.)?App\(\)", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Creation();

    [GeneratedRegex(@"\bLading(?:Image|Synthesizer)\b|lading-cdk|\bLading\.Cdk\b", RegexOptions.None, 60_000)]
    private static partial Regex Known();

    // Whole statements, possibly on several lines.
    [GeneratedRegex(
        @"^(?:import\s[^;'""]*(?:from\s*)?['""][^'""]+['""];?|using\s+(?:static\s+)?[\w.]+;)",
        RegexOptions.Multiline,
        60_000
    )]
    private static partial Regex Imports();
}
