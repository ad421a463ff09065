using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lading.Launching;

/// <summary>The context of an app: a variable with JSON, and a file for what is too large for it, as the CDK CLI passes it.</summary>
/// <param name="Variable">The JSON of the variable.</param>
/// <param name="File">The JSON of the file; null if there is none.</param>
internal sealed record CdkContext(string Variable, string? File)
{
    /// <summary>Linux limits each variable with its name to this many bytes; Windows limits all variables together, to less.</summary>
    private const int MaxOnLinux = 128 * 1024;

    private const int MaxOnWindows = 16 * 1024;

    // Not escaped, because people read it as well when they look for problems.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The maximum size of the variable on this system, in bytes.</summary>
    public static int Most => MostOn(OperatingSystem.IsWindows());

    /// <summary>The maximum size of the variable on a given system, in bytes.</summary>
    public static int MostOn(bool isWindows) => isWindows ? MaxOnWindows : MaxOnLinux;

    /// <summary>The string value of a key; null if there is none.</summary>
    public string? TextOf(string key) =>
        (Find(Variable, key) ?? Find(File, key)) is JsonValue value && value.TryGetValue<string>(out var text)
            ? text
            : null;

    /// <summary>The context with an additional key: in the variable if it fits, otherwise in the file.</summary>
    /// <param name="key">The key, whose value is replaced if it exists in either.</param>
    /// <param name="value">Its value.</param>
    /// <param name="most">The maximum size of the variable, in bytes.</param>
    public CdkContext With(string key, JsonNode value, int most)
    {
        var variable = Parse(Variable);
        var file = File is null ? null : Parse(File);
        file?.Remove(key);
        variable[key] = value.DeepClone();
        var whole = Text(variable);
        if (Encoding.UTF8.GetByteCount(whole) + CdkVariables.Context.Length + 2 <= most)
        {
            return new CdkContext(whole, file is null ? null : Text(file));
        }

        variable.Remove(key);
        file ??= [];
        file[key] = value.DeepClone();
        return new CdkContext(Text(variable), Text(file));
    }

    private static JsonNode? Find(string? json, string key) => json is null ? null : Parse(json)[key];

    private static JsonObject Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject ?? throw NotContext("it is not an object");
        }
        catch (JsonException e)
        {
            throw NotContext(JsonFault.Of(e));
        }
    }

    private static LadingException NotContext(string why) =>
        LadingException.Usage(
            $"Could not read the context of the app in {CdkVariables.Context}",
            why,
            "It is the CDK command line's to set: start the app with cdk."
        );

    private static string Text(JsonObject json)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }
}
