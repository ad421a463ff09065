namespace Lading.Configuration.Json;

/// <summary>Suggestions of what to write instead.</summary>
internal static class Suggestions
{
    /// <summary><c>Did you mean platforms? Valid: args, context, …</c></summary>
    public static string Choose(string written, IEnumerable<string> choices)
    {
        var all = choices.Order(StringComparer.Ordinal).ToList();
        var valid = $"Valid: {string.Join(", ", all)}.";
        return ClosestMatch.Find(written, all) is { } meant ? $"Did you mean {meant}? {valid}" : valid;
    }
}
