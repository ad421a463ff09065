using System.Text.Json;
using System.Text.RegularExpressions;

namespace Lading.Configuration.Proposals;

/// <summary>The CDK app in a <c>cdk.json</c>.</summary>
/// <param name="Language">
/// Its display name, such as <c>C#</c> or <c>TypeScript</c>; null if its command does not tell.
/// </param>
/// <param name="EntryPoint">Its folder or file in the command; null if there is none.</param>
internal sealed partial record CdkApp(string? Language, string? EntryPoint)
{
    /// <summary>Parses <c>app</c> of a <c>cdk.json</c>; if that fails, the app has no known language.</summary>
    public static CdkApp Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = LenientJson.Parse(json);
            return document.RootElement.FindText("app") is { } app ? OfCommand(app) : new CdkApp(null, null);
        }
        catch (JsonException)
        {
            return new CdkApp(null, null);
        }
    }

    private static CdkApp OfCommand(string command)
    {
        var words = command.Split([' ', '\t', '"', '\''], StringSplitOptions.RemoveEmptyEntries);
        var project = words.SkipWhile(word => word is not ("-p" or "--project")).Skip(1).FirstOrDefault();
        if (words.Contains("dotnet", StringComparer.Ordinal))
        {
            project = project?.Replace('\\', '/');
            var language = project switch
            {
                not null when project.EndsWith(".fsproj", StringComparison.Ordinal) => "F#",
                not null when project.EndsWith(".vbproj", StringComparison.Ordinal) => "Visual Basic",
                _ => "C#",
            };
            var isFile = project is not null && ProjectFile().IsMatch(project);
            return new CdkApp(language, isFile ? TrackedFiles.FolderOf(project!) : project);
        }

        foreach (var word in words)
        {
            var language = Path.GetExtension(word) switch
            {
                ".ts" or ".mts" or ".cts" => "TypeScript",
                ".js" or ".mjs" or ".cjs" => "JavaScript",
                ".py" => "Python",
                ".go" => "Go",
                ".jar" => "Java",
                _ => null,
            };
            if (language is not null)
            {
                return new CdkApp(language, word.Replace('\\', '/'));
            }
        }

        var isJava = words.Any(word => word is "mvn" or "./mvnw" or "gradle" or "./gradlew");
        var isGo = words.Contains("go", StringComparer.Ordinal);
        return new CdkApp(
            isJava ? "Java"
                : isGo ? "Go"
                : null,
            null
        );
    }

    [GeneratedRegex(@"\.(?:cs|fs|vb)proj\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex ProjectFile();
}
