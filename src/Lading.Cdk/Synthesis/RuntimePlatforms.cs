using Amazon.CDK.AWS.ECS;
using Lading.Oci;

namespace Lading.Cdk.Synthesis;

/// <summary>What a task definition runs on.</summary>
internal static class RuntimePlatforms
{
    /// <summary>The platform; null where the template does not say: a task on EC2 runs on what its cluster has.</summary>
    public static Platform? Find(TaskDefinition task, CfnTaskDefinition? resource)
    {
        var said = resource?.RuntimePlatform;
        if (said is null)
        {
            return task is FargateTaskDefinition || task.IsFargateCompatible ? Platform.LinuxAmd64 : null;
        }

        // The property comes as a proxy or a token; resolved, it is a plain map.
        return task.Stack.Resolve(said) is IDictionary<string, object> resolved
            ? Of(Text(resolved, "operatingSystemFamily"), Text(resolved, "cpuArchitecture"))
            : null;
    }

    /// <summary>In the words of OCI; null for words of ECS that are not known.</summary>
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

    private static string? Text(IDictionary<string, object> map, string key) =>
        map.TryGetValue(key, out var value) ? value as string ?? "" : null;
}
