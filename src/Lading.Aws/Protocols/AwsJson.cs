using System.Text.Json;
using Lading.Oci;

namespace Lading.Aws.Protocols;

/// <summary>Reads the JSON of AWS responses, in which any member may be missing.</summary>
internal static class AwsJson
{
    /// <summary>The items of a list; empty if it is missing.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement element, string member) =>
        element.TryGet(out var list, member) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];

    /// <summary>A string; empty if it is missing.</summary>
    public static string Text(JsonElement element, params ReadOnlySpan<string> path) => element.FindText(path) ?? "";

    /// <summary>A number; 0 if it is missing.</summary>
    public static int Number(JsonElement element, string member) => FindNumber(element, member) ?? 0;

    /// <summary>A number; null if it is missing.</summary>
    public static int? FindNumber(JsonElement element, string member) =>
        element.TryGet(out var value, member) && value.ValueKind == JsonValueKind.Number
            ? (int)value.GetDouble()
            : null;

    /// <summary>A time, in seconds since 1970; null if it is missing.</summary>
    public static DateTimeOffset? FindTime(JsonElement element, string member) =>
        element.TryGet(out var value, member) && value.ValueKind == JsonValueKind.Number
            ? DateTimeOffset.UnixEpoch + TimeSpan.FromMilliseconds(Math.Round(value.GetDouble() * 1000))
            : null;

    /// <summary>A time; that of 1970 if it is missing.</summary>
    public static DateTimeOffset Time(JsonElement element, string member) =>
        FindTime(element, member) ?? DateTimeOffset.UnixEpoch;

    /// <summary>A digest; null if it is missing or invalid.</summary>
    public static Digest? FindDigest(JsonElement element, string member) =>
        Digest.TryParse(element.FindText(member), out var digest) ? digest : null;
}
