namespace Lading.Oci;

/// <summary>The platform of an image: <c>linux/amd64</c>, <c>linux/arm64</c>, <c>linux/arm/v7</c> (image-spec 1.1, "Image Index").</summary>
/// <param name="Os">The operating system's name in Go: <c>linux</c>, <c>windows</c>.</param>
/// <param name="Architecture">The processor architecture's name in Go: <c>amd64</c>, <c>arm64</c>.</param>
/// <param name="Variant">The variant of the processor, such as <c>v7</c> for 32-bit Arm; null for none.</param>
public sealed record Platform(string Os, string Architecture, string? Variant = null)
{
    /// <summary>The default platform of an image.</summary>
    public static Platform LinuxAmd64 { get; } = new("linux", "amd64");

    /// <summary>Graviton.</summary>
    public static Platform LinuxArm64 { get; } = new("linux", "arm64");

    /// <summary>Parses <c>os/architecture</c> or <c>os/architecture/variant</c>. <c>linux/arm64/v8</c> is <c>linux/arm64</c>.</summary>
    /// <exception cref="FormatException">The text is not a platform.</exception>
    public static Platform Parse(string text) =>
        TryParse(text, out var platform)
            ? platform
            : throw new FormatException($"'{text}' is not a platform: expected os/architecture, such as linux/amd64.");

    /// <summary>Parses <c>os/architecture</c> or <c>os/architecture/variant</c>; false if the text is not a platform.</summary>
    public static bool TryParse(
        string? text,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Platform? platform
    )
    {
        platform = null;
        var parts = text?.Split('/') ?? [];
        if (
            parts.Length is not (2 or 3)
            || !Is(parts[0], "")
            || !Is(parts[1], "_")
            || !Is(parts[^1], parts.Length == 2 ? "_" : ".")
        )
        {
            return false;
        }

        platform = new Platform(parts[0], parts[1], parts.Length == 3 ? parts[2] : null).Normalized();
        return true;
    }

    /// <summary>The canonical form of a platform: <c>arm64</c> implies the variant v8.</summary>
    public Platform Normalized() =>
        this is { Architecture: "arm64", Variant: "v8" } ? this with { Variant = null } : this;

    /// <summary>True if an image for this platform runs on the other: same system and architecture, and no other variant.</summary>
    public bool RunsOn(Platform other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var (mine, theirs) = (Normalized(), other.Normalized());
        return string.Equals(mine.Os, theirs.Os, StringComparison.Ordinal)
            && string.Equals(mine.Architecture, theirs.Architecture, StringComparison.Ordinal)
            && (
                mine.Variant is null
                || theirs.Variant is null
                || string.Equals(mine.Variant, theirs.Variant, StringComparison.Ordinal)
            );
    }

    /// <summary><c>linux/amd64</c>.</summary>
    public override string ToString() => Variant is null ? $"{Os}/{Architecture}" : $"{Os}/{Architecture}/{Variant}";

    private static bool Is(string part, string others) =>
        part.Length > 0
        && part.All(c =>
            char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || others.Contains(c, StringComparison.Ordinal)
        );
}
