using Amazon.CDK.AWS.ECS;
using Lading.Oci;

namespace Lading.Cdk.Synthesis;

/// <summary>What a task definition runs on.</summary>
internal static class RuntimePlatforms
{
    /// <summary>The platform; null if the template does not say: a task on EC2 runs on what its cluster has.</summary>
    public static Platform? Find(TaskDefinition task, CfnTaskDefinition? resource)
    {
        var said = resource?.RuntimePlatform;
        if (said is null)
        {
            return task is FargateTaskDefinition || task.IsFargateCompatible ? TaskPlatform.Fargate : null;
        }

        // The property comes as a proxy or a token; resolved, it is a plain map.
        return task.Stack.Resolve(said) is IDictionary<string, object> resolved
            ? TaskPlatform.Of(Text(resolved, "operatingSystemFamily"), Text(resolved, "cpuArchitecture"))
            : null;
    }

    private static string? Text(IDictionary<string, object> map, string key) =>
        map.TryGetValue(key, out var value) ? value as string ?? "" : null;
}
