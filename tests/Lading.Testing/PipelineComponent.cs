using System.Text.Json;
using System.Text.RegularExpressions;

namespace Lading.Testing;

/// <summary>The GitLab component, templates/deploy.yml, as GitLab reads it.</summary>
internal static partial class PipelineComponent
{
    /// <summary>Its only job, with inputs filled in; missing inputs have their defaults.</summary>
    public static async Task<JsonElement> JobAsync(IReadOnlyDictionary<string, string> inputs)
    {
        var documents = await YamlFile.ReadAllAsync(SourceTree.PathOf("templates/deploy.yml"));
        var known = documents[0].GetProperty("spec").GetProperty("inputs");
        var text = Input()
            .Replace(
                documents[1].GetRawText(),
                match =>
                {
                    var name = match.Groups["name"].Value;
                    var value = inputs.TryGetValue(name, out var given)
                        ? given
                        : known.GetProperty(name).GetProperty("default").GetString()!;
                    return JsonEncodedText.Encode(value).ToString();
                }
            );
        using var document = JsonDocument.Parse(text);
        return document.RootElement.EnumerateObject().Single().Value.Clone();
    }

    [GeneratedRegex(
        @"\$\[\[ inputs\.(?<name>[a-z]+) \]\]",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Input();
}
