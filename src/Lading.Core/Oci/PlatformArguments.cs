namespace Lading.Oci;

/// <summary>The build arguments with the platform of an image (Dockerfile reference, "Automatic platform ARGs in the global scope").</summary>
internal static class PlatformArguments
{
    /// <summary>Their values in engines.</summary>
    public static IReadOnlyDictionary<string, string> Of(Platform platform)
    {
        var told = AsTold(platform);
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["TARGETPLATFORM"] = told.ToString(),
            ["TARGETOS"] = told.Os,
            ["TARGETARCH"] = told.Architecture,
            ["TARGETVARIANT"] = told.Variant ?? "",
        };
    }

    /// <summary>The form to which engines normalize a platform first (containerd's platforms, "Normalization").</summary>
    private static Platform AsTold(Platform platform) =>
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
