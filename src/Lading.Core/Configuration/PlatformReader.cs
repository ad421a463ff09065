using Lading.Configuration.Json;
using Lading.Oci;

namespace Lading.Configuration;

/// <summary>Reads <c>platforms</c>.</summary>
internal static class PlatformReader
{
    private static readonly string[] Systems = ["linux", "windows"];

    /// <summary>By Go's names; the first two are the ones that ECS supports.</summary>
    private static readonly string[] Architectures =
    [
        "amd64",
        "arm64",
        "arm",
        "386",
        "ppc64le",
        "s390x",
        "riscv64",
        "loong64",
        "mips64le",
    ];

    public static IReadOnlyList<Platform> ReadAll(Field field)
    {
        var platforms = field.DistinctTexts(item => Read(item)?.ToString() ?? "");
        if (platforms.Count == 0 && field.Node.Kind == System.Text.Json.JsonValueKind.Array)
        {
            field.Reject("is empty", "Name a platform, such as linux/amd64, or remove platforms.");
        }

        return [.. platforms.Where(text => text.Length > 0).Order(StringComparer.Ordinal).Select(Platform.Parse)];
    }

    private static Platform? Read(Field field)
    {
        var text = field.Text();
        if (text.Length == 0)
        {
            return null;
        }

        if (
            Platform.TryParse(text, out var platform)
            && Systems.Contains(platform.Os, StringComparer.Ordinal)
            && Architectures.Contains(platform.Architecture, StringComparer.Ordinal)
        )
        {
            return platform;
        }

        var meant = Meant(text);
        field.RejectText(
            (meant is null ? "" : $"Did you mean {meant}? ")
                + $"Expected os/architecture, such as linux/amd64 or linux/arm64. Systems: {string.Join(", ", Systems)}. Architectures: {string.Join(", ", Architectures)}."
        );
        return null;
    }

    private static string? Meant(string text)
    {
        var parts = text.ToLowerInvariant().Split('/', '-', ' ');
        var written = parts[^1];
        var architecture = written switch
        {
            "x86_64" or "x64" or "64" => "amd64",
            "aarch64" or "graviton" => "arm64",
            _ => ClosestMatch.Find(written, Architectures),
        };
        var system = parts.Length == 1 ? "linux" : ClosestMatch.Find(parts[0], Systems);
        return architecture is null || system is null ? null : $"{system}/{architecture}";
    }
}
