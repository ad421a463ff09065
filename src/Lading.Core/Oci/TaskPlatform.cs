namespace Lading.Oci;

/// <summary>The platform of a task in <c>runtimePlatform</c> of ECS and AWS Batch (Amazon ECS API, "RuntimePlatform").</summary>
internal static class TaskPlatform
{
    /// <summary>Fargate's default.</summary>
    public static Platform Fargate => Platform.LinuxAmd64;

    /// <summary>In OCI's terms; null if a value is unknown, so that nothing is compared with a guess.</summary>
    /// <param name="family"><c>LINUX</c>, <c>WINDOWS_SERVER_2022_CORE</c> …; null for Linux.</param>
    /// <param name="architecture"><c>X86_64</c> or <c>ARM64</c>; null for the first.</param>
    public static Platform? Of(string? family, string? architecture)
    {
        var system =
            family is null or "LINUX" ? "linux"
            : family.StartsWith("WINDOWS", StringComparison.Ordinal) ? "windows"
            : null;
        var processor = architecture switch
        {
            null or "X86_64" => "amd64",
            "ARM64" => "arm64",
            _ => null,
        };
        return system is null || processor is null ? null : new Platform(system, processor);
    }
}
