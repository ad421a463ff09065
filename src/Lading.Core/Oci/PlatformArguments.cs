namespace Lading.Oci;

/// <summary>The build arguments with the platform of an image (Dockerfile reference, "Automatic platform ARGs in the global scope").</summary>
internal static class PlatformArguments
{
    /// <summary>The values that build engines give them.</summary>
    public static IReadOnlyDictionary<string, string> Of(Platform platform)
    {
        var normalized = Normalized(platform);
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["TARGETPLATFORM"] = normalized.ToString(),
            ["TARGETOS"] = normalized.Os,
            ["TARGETARCH"] = normalized.Architecture,
            ["TARGETVARIANT"] = normalized.Variant ?? "",
        };
    }

    /// <summary>
    /// A platform as engines normalize it before they set these arguments (containerd's platforms, "Normalization").
    /// </summary>
    private static Platform Normalized(Platform platform) =>
        (platform.Architecture, platform.Variant) switch
        {
            ("i386", _) => new Platform(platform.Os, "386"),
            ("x86_64" or "amd64", null or "v1") => new Platform(platform.Os, "amd64"),
            ("x86_64", var variant) => new Platform(platform.Os, "amd64", variant),
            ("aarch64" or "arm64", null or "8" or "v8") => new Platform(platform.Os, "arm64"),
            ("aarch64", var variant) => new Platform(platform.Os, "arm64", variant),
            ("armhf", _) or ("arm", null or "7") => new Platform(platform.Os, "arm", "v7"),
            ("armel", _) => new Platform(platform.Os, "arm", "v6"),
            ("arm", "5" or "6" or "8") => platform with { Variant = "v" + platform.Variant },
            _ => platform,
        };
}
