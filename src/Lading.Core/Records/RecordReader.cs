using System.Text.Json;
using Lading.Git;

namespace Lading.Records;

/// <summary>Parses the parts of a record, and verifies that they belong together. Unknown members are ignored.</summary>
internal static class RecordReader
{
    public const int Version = 1;

    /// <summary>The number of parts of a record, as stated in its first part.</summary>
    /// <param name="first">The text of the first part.</param>
    /// <param name="source">Its name in errors: the parameter's name, with its version if one was requested.</param>
    /// <exception cref="LadingException">It is not a record, or has an unknown version.</exception>
    public static int PartsOf(string first, string source) => Read(first, source).Count;

    /// <summary>The generation of a part, which all parts of a deployment share; null if the record has one part, or is not a record.</summary>
    public static string? GenerationOf(string part)
    {
        try
        {
            using var json = JsonDocument.Parse(part);
            return json.RootElement.FindText("generation");
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Combines the parts of a record.</summary>
    /// <param name="parts">The texts of its parts, in order.</param>
    /// <param name="source">Its name in errors.</param>
    /// <exception cref="LadingException">They are not a record, have an unknown version, or do not belong together.</exception>
    public static StackRecord Read(IReadOnlyList<string> parts, string source)
    {
        var read = parts.Select(part => Read(part, source)).ToList();
        if (
            read.Count == 0
            || read.Select((part, i) => (part, i))
                .Any(each =>
                    each.part.Count != read.Count
                    || each.part.Number != each.i + 1
                    || each.part.Generation != read[0].Generation
                )
        )
        {
            throw new LadingException(
                $"Could not read the record {source}",
                "its parts belong to different deployments",
                "A deployment may be writing it at this moment: try again once it is over."
            );
        }

        var images = new SortedDictionary<string, RecordedImage>(ByteOrder.Comparer);
        foreach (var (name, image) in read.SelectMany(part => part.Images))
        {
            images[name] = images.TryGetValue(name, out var existing)
                ? existing with
                {
                    UsedBy = [.. existing.UsedBy, .. image.UsedBy],
                    RolledBackFrom = [.. existing.RolledBackFrom, .. image.RolledBackFrom],
                }
                : image;
        }

        return new StackRecord(read[0].Environment, images);
    }

    private static ReadPart Read(string text, string source)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var root = json.RootElement;
            var version = root.GetProperty("recordVersion").GetInt32();
            return version == Version
                ? new ReadPart(
                    root.TryGetProperty("generation", out var generation) ? generation.GetString() : null,
                    root.TryGetProperty("part", out var number) ? number.GetInt32() : 1,
                    root.TryGetProperty("parts", out var count) ? count.GetInt32() : 1,
                    root.TryGetProperty("environment", out var environment) ? environment.GetString() : null,
                    root.GetProperty("images")
                        .EnumerateObject()
                        .ToDictionary(image => image.Name, image => ReadImage(image.Value), StringComparer.Ordinal)
                )
                : throw new LadingException(
                    $"Could not read the record {source}",
                    $"it is of version {version}, and this Lading knows version {Version}",
                    "Update Lading."
                );
        }
        catch (Exception exception)
            when (exception
                    is JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or FormatException
                        or ArgumentException
            )
        {
            throw new LadingException(
                $"Could not read the record {source}",
                "it is not what Lading writes there",
                "See who else writes the parameter; the next deployment puts it right.",
                innerException: exception
            );
        }
    }

    private static RecordedImage ReadImage(JsonElement image) =>
        new(
            image.GetProperty("image").GetString() ?? throw new FormatException("An image is null."),
            [
                .. image
                    .GetProperty("usedBy")
                    .EnumerateArray()
                    .Select(use => use.GetString() ?? throw new FormatException("A use is null.")),
            ]
        )
        {
            RolledBackFrom = image.TryGetProperty("rolledBackFrom", out var digests)
                ?
                [
                    .. digests
                        .EnumerateArray()
                        .Select(digest => digest.GetString() ?? throw new FormatException("A digest is null.")),
                ]
                : [],
        };

    private sealed record ReadPart(
        string? Generation,
        int Number,
        int Count,
        string? Environment,
        IReadOnlyDictionary<string, RecordedImage> Images
    );
}
