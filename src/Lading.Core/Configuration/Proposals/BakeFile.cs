using System.Text.Json;
using System.Text.RegularExpressions;

namespace Lading.Configuration.Proposals;

/// <summary>Finds the targets of bake files (Docker documentation, "Bake file reference"), as far as they are literals.</summary>
internal static partial class BakeFile
{
    public static IEnumerable<DeclaredBuild?> InHcl(string path, string text) =>
        Target()
            .Matches(text)
            .Select(match => BodyAt(text, match.Index + match.Length))
            .Select(body =>
            {
                var own = Contexts().Replace(body, "");
                var fields = Assignment()
                    .Matches(own)
                    .DistinctBy(match => match.Groups["key"].Value)
                    .ToDictionary(
                        match => match.Groups["key"].Value,
                        match => match.Groups["value"].Value,
                        StringComparer.Ordinal
                    );
                var contexts = Contexts().Match(body) is { Success: true } named
                    ? Assignment()
                        .Matches(named.Groups["fields"].Value)
                        .Select(match => KeyValuePair.Create(match.Groups["key"].Value, match.Groups["value"].Value))
                    : [];
                return WithContexts(path, DeclaredBuild.OfFields(path, fields), contexts);
            });

    public static IEnumerable<DeclaredBuild?> InJson(string path, string text)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            yield break;
        }

        using (document)
        {
            if (
                document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("target", out var targets)
                || targets.ValueKind != JsonValueKind.Object
            )
            {
                yield break;
            }

            foreach (
                var target in targets.EnumerateObject().Where(each => each.Value.ValueKind == JsonValueKind.Object)
            )
            {
                var contexts = target.Value.TryGetProperty("contexts", out var named) ? TextsIn(named) : [];
                yield return WithContexts(
                    path,
                    DeclaredBuild.OfFields(
                        path,
                        new Dictionary<string, string>(TextsIn(target.Value), StringComparer.Ordinal)
                    ),
                    contexts
                );
            }
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> TextsIn(JsonElement json) =>
        json.ValueKind != JsonValueKind.Object
            ? []
            : json.EnumerateObject()
                .Where(member => member.Value.ValueKind == JsonValueKind.String)
                .Select(member => KeyValuePair.Create(member.Name, member.Value.GetString()!));

    private static DeclaredBuild? WithContexts(
        string path,
        DeclaredBuild? build,
        IEnumerable<KeyValuePair<string, string>> contexts
    ) =>
        build is null
            ? null
            : build with
            {
                Contexts = new SortedDictionary<string, string>(
                    contexts
                        .Where(pair => !pair.Value.Contains(':', StringComparison.Ordinal))
                        .Select(pair =>
                            (pair.Key, Folder: DeclaredBuild.FindWithin(TrackedFiles.FolderOf(path), pair.Value))
                        )
                        .Where(pair => pair.Folder is not null)
                        .ToDictionary(pair => pair.Key, pair => pair.Folder!, StringComparer.Ordinal),
                    StringComparer.Ordinal
                ),
            };

    /// <summary>The text between two matching braces.</summary>
    private static string BodyAt(string text, int start)
    {
        var depth = 1;
        for (var at = start; at < text.Length; at++)
        {
            depth += text[at] switch
            {
                '{' => 1,
                '}' => -1,
                _ => 0,
            };
            if (depth == 0)
            {
                return text[start..at];
            }
        }

        return text[start..];
    }

    [GeneratedRegex(@"\btarget\s+""[^""]*""\s*\{", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Target();

    [GeneratedRegex(
        @"\bcontexts\s*=\s*\{(?<fields>[^{}]*)\}",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Contexts();

    [GeneratedRegex(
        @"""?(?<key>[A-Za-z0-9_-]+)""?\s*=\s*""(?<value>[^""]*)""",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Assignment();
}
