using System.Text.Json.Serialization;

namespace Lading.Testing.Ignoring;

/// <summary>An ignore file, and which files of a tree real engines put into the context.</summary>
internal sealed record IgnoreCase
{
    /// <summary>The result for a refused ignore file: no file has an empty name.</summary>
    public static IReadOnlyList<string> Refused { get; } = [""];

    /// <summary>The name of the tree.</summary>
    public required string Tree { get; init; }

    /// <summary>The text of the ignore file.</summary>
    public required string Ignore { get; init; }

    /// <summary>
    /// What Docker's client 28.2 sends to a builder without BuildKit, in byte order, possibly with the ignore file. It
    /// matches as BuildKit does today, but does not look into an ignored folder unless an exception begins with its
    /// path.
    /// </summary>
    public IReadOnlyList<string> Kept { get; init; } = [];

    /// <summary>What BuildKit in Docker 20.10 kept; null if that is the same.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Older { get; init; }
}
