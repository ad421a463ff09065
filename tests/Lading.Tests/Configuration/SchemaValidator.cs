using System.Text.Json;
using System.Text.RegularExpressions;
using Lading.Testing;

namespace Lading.Tests.Configuration;

/// <summary>
/// Validates with the part of JSON Schema draft 7 that the schema of <c>lading.json</c> uses. An unknown keyword is an
/// error.
/// </summary>
internal sealed class SchemaValidator(JsonElement root)
{
    /// <summary>Validates with a schema in <c>schema/</c>.</summary>
    public static SchemaValidator Of(string name) =>
        new(Parse(File.ReadAllBytes(SourceTree.PathOf($"schema/{name}.schema.json"))));

    public static JsonElement Parse(ReadOnlyMemory<byte> json) =>
        JsonDocument
            .Parse(
                json,
                new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }
            )
            .RootElement;

    public bool IsValid(JsonElement value) => IsValid(root, value);

    private bool IsValid(JsonElement schema, JsonElement value) =>
        schema.TryGetProperty("$ref", out var reference)
            ? IsValid(Resolve(reference.GetString()!), value)
            : schema.EnumerateObject().All(keyword => Holds(schema, keyword.Name, keyword.Value, value));

    private bool Holds(JsonElement schema, string keyword, JsonElement expected, JsonElement value)
    {
        var isObject = value.ValueKind == JsonValueKind.Object;
        var isList = value.ValueKind == JsonValueKind.Array;
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : null;
        var number = value.ValueKind == JsonValueKind.Number ? value.GetDouble() : (double?)null;
        return keyword switch
        {
            "$schema" or "title" or "description" or "default" or "examples" or "definitions" => true,
            "allowComments" or "allowTrailingCommas" or "then" or "else" => true,
            "type" => IsOfType(expected.GetString()!, value),
            "enum" => expected.EnumerateArray().Any(choice => JsonElement.DeepEquals(choice, value)),
            "const" => JsonElement.DeepEquals(expected, value),
            "pattern" => text is null || Matches(expected.GetString()!, text),
            "minLength" => text is null || text.Length >= expected.GetInt32(),
            "maxLength" => text is null || text.Length <= expected.GetInt32(),
            "minimum" => number is null || number >= expected.GetDouble(),
            "maximum" => number is null || number <= expected.GetDouble(),
            "minItems" => !isList || value.GetArrayLength() >= expected.GetInt32(),
            "uniqueItems" => !isList
                || value.EnumerateArray().Select(item => item.GetRawText()).Distinct().Count()
                    == value.GetArrayLength(),
            "items" => !isList || value.EnumerateArray().All(item => IsValid(expected, item)),
            "required" => !isObject
                || expected.EnumerateArray().All(key => value.TryGetProperty(key.GetString()!, out _)),
            "minProperties" => !isObject || value.EnumerateObject().Count() >= expected.GetInt32(),
            "propertyNames" => !isObject || value.EnumerateObject().All(member => IsValid(expected, Text(member.Name))),
            "properties" => !isObject
                || expected
                    .EnumerateObject()
                    .All(key => !value.TryGetProperty(key.Name, out var member) || IsValid(key.Value, member)),
            "patternProperties" => !isObject
                || expected
                    .EnumerateObject()
                    .All(key =>
                        value
                            .EnumerateObject()
                            .Where(member => Matches(key.Name, member.Name))
                            .All(member => IsValid(key.Value, member.Value))
                    ),
            "additionalProperties" => !isObject || AdditionalHold(schema, expected, value),
            "dependencies" => !isObject
                || expected
                    .EnumerateObject()
                    .All(key =>
                        !value.TryGetProperty(key.Name, out _)
                        || key.Value.EnumerateArray().All(other => value.TryGetProperty(other.GetString()!, out _))
                    ),
            "allOf" => expected.EnumerateArray().All(one => IsValid(one, value)),
            "anyOf" => expected.EnumerateArray().Any(one => IsValid(one, value)),
            "oneOf" => expected.EnumerateArray().Count(one => IsValid(one, value)) == 1,
            "not" => !IsValid(expected, value),
            "if" => !schema.TryGetProperty(IsValid(expected, value) ? "then" : "else", out var branch)
                || IsValid(branch, value),
            _ => throw new NotSupportedException($"The validator does not know {keyword}."),
        };
    }

    private bool AdditionalHold(JsonElement schema, JsonElement expected, JsonElement value)
    {
        // In draft 7, a property that a pattern covers is not additional.
        var others = value
            .EnumerateObject()
            .Where(member => !Has(schema, "properties", key => key == member.Name))
            .Where(member => !Has(schema, "patternProperties", key => Matches(key, member.Name)));
        return expected.ValueKind switch
        {
            JsonValueKind.False => !others.Any(),
            JsonValueKind.True => true,
            _ => others.All(member => IsValid(expected, member.Value)),
        };
    }

    private static bool Has(JsonElement schema, string keyword, Func<string, bool> isIt) =>
        schema.TryGetProperty(keyword, out var keys) && keys.EnumerateObject().Any(key => isIt(key.Name));

    private static bool Matches(string pattern, string text) =>
        Regex.IsMatch(text, pattern, RegexOptions.None, TimeSpan.FromSeconds(1));

    private static bool IsOfType(string type, JsonElement value) =>
        type switch
        {
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            "null" => value.ValueKind == JsonValueKind.Null,
            "string" => value.ValueKind == JsonValueKind.String,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "integer" => value.ValueKind == JsonValueKind.Number && value.GetDouble() % 1 == 0,
            _ => throw new NotSupportedException($"The validator does not know the type {type}."),
        };

    private static JsonElement Text(string text) => JsonSerializer.SerializeToElement(text);

    private JsonElement Resolve(string reference) =>
        root.GetProperty("definitions").GetProperty(reference["#/definitions/".Length..]);
}
