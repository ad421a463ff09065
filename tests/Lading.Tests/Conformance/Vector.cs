using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Lading.Testing;

namespace Lading.Tests.Conformance;

/// <summary>One vector of <c>conformance/</c>, whose README says what each member means.</summary>
/// <param name="Name">Its file, and its name in the file.</param>
/// <param name="Json">Its content.</param>
internal sealed partial record Vector(string Name, JsonObject Json)
{
    /// <summary>All of them, with digest placeholders expanded.</summary>
    public static IReadOnlyDictionary<string, Vector> All { get; } =
        Directory
            .EnumerateFiles(SourceTree.PathOf("conformance/vectors"), "*.json")
            .SelectMany(file =>
                JsonNode
                    .Parse(Expand(File.ReadAllText(file)))!
                    .AsArray()
                    .Select(node => new Vector(
                        $"{Path.GetFileNameWithoutExtension(file)}/{node!["name"]}",
                        node.AsObject()
                    ))
            )
            .ToDictionary(vector => vector.Name, StringComparer.Ordinal);

    /// <summary>The members of an object; none if it is missing.</summary>
    public static IEnumerable<KeyValuePair<string, JsonNode?>> Members(JsonNode? node) => node?.AsObject() ?? [];

    /// <summary>The items of a list; none if it is missing.</summary>
    public static IEnumerable<JsonObject> Items(JsonNode? node) =>
        (node?.AsArray() ?? []).Select(item => item!.AsObject());

    /// <summary>A text; null if it is missing.</summary>
    public static string? Text(JsonNode? node) => node?.GetValue<string>();

    private const string ForLambda =
        "LadingImage.ReferenceFor(this, …, new LadingImageProps { For = ImageConsumer.Lambda, Platform = … })";

    /// <summary>What is expected, with the folder filled in and names as in C#.</summary>
    public JsonObject Expected(string root) =>
        JsonNode
            .Parse(
                Names()
                    .Replace(Json["expect"]!.ToJsonString(Plain), "${name}")
                    .Replace("{root}", root, StringComparison.Ordinal)
                    .Replace("{package}", "Lading.Cdk", StringComparison.Ordinal)
                    .Replace("{call:ForLambda}", ForLambda, StringComparison.Ordinal)
            )!
            .AsObject();

    /// <summary>Writes JSON in a form that can be compared.</summary>
    public static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    private static string Expand(string text) =>
        Digits()
            .Replace(
                text,
                match =>
                    match.Groups["count"].Value is "sha256"
                        ? "sha256:" + new string(match.Groups["digit"].Value[0], 64)
                        : new string(
                            match.Groups["digit"].Value[0],
                            int.Parse(match.Groups["count"].Value, System.Globalization.CultureInfo.InvariantCulture)
                        )
            );

    [GeneratedRegex("\\{(?<count>sha256|40|64):(?<digit>.)\\}", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Digits();

    [GeneratedRegex("\\{(member|constant):(?<name>\\w+)\\}", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Names();
}
