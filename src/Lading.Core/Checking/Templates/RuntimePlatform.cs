using System.Text.Json;
using Lading.Oci;

namespace Lading.Checking.Templates;

/// <summary>What resources say of the platform that their containers run on; null where it is that of the instances.</summary>
internal static class RuntimePlatform
{
    /// <summary><c>RuntimePlatform</c>, else what Fargate takes for granted.</summary>
    public static Platform? OfTaskDefinition(JsonElement properties) =>
        Json.TryGet(properties, out var platform, "RuntimePlatform") ? Read(platform)
        : Names(properties, "RequiresCompatibilities", "FARGATE") ? Platform.LinuxAmd64
        : null;

    /// <summary><c>Architectures</c>, else x86_64.</summary>
    public static Platform? OfFunction(JsonElement properties) =>
        Names(properties, "Architectures", "arm64") ? Platform.LinuxArm64 : Platform.LinuxAmd64;

    /// <summary>The container's <c>RuntimePlatform</c>, else what Fargate takes for granted.</summary>
    public static Platform? OfJob(JsonElement properties) =>
        Json.TryGet(properties, out var platform, "ContainerProperties", "RuntimePlatform") ? Read(platform)
        : Names(properties, "PlatformCapabilities", "FARGATE") ? Platform.LinuxAmd64
        : null;

    private static Platform Read(JsonElement platform) =>
        new(
            IsText(platform, "OperatingSystemFamily", text => text.StartsWith("WINDOWS", StringComparison.Ordinal))
                ? "windows"
                : "linux",
            IsText(platform, "CpuArchitecture", text => text == "ARM64") ? "arm64" : "amd64"
        );

    private static bool IsText(JsonElement element, string member, Func<string, bool> matches) =>
        Json.TryGet(element, out var value, member)
        && value.ValueKind == JsonValueKind.String
        && matches(value.GetString()!);

    private static bool Names(JsonElement properties, string list, string word) =>
        Json.TryGet(properties, out var items, list)
        && items.ValueKind == JsonValueKind.Array
        && items.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.String && item.ValueEquals(word));
}
