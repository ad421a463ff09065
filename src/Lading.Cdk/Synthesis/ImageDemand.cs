using Amazon.CDK.AWS.ECS;
using Lading.Checking;
using Lading.Oci;

namespace Lading.Cdk.Synthesis;

/// <summary>The requirements on an image where it is used.</summary>
/// <param name="Platform">The platform it runs on; null if unknown.</param>
internal sealed record ImageDemand(Platform? Platform)
{
    /// <summary>The service that pulls it.</summary>
    public ImageRequirements Service { get; private init; } = ImageRequirements.None;

    /// <summary>Whether an index is not supported.</summary>
    public bool IsOfOneManifest => Service.Manifests.Count > 0;

    /// <summary>The platform whose manifest is used if an index is not supported: functions run on x86-64 by default.</summary>
    public Platform SinglePlatform => Platform ?? Platform.LinuxAmd64;

    /// <summary>The requirements of a container.</summary>
    /// <param name="props">The user's options.</param>
    /// <param name="task">Its task definition; null if it has none.</param>
    /// <param name="resource">Its CloudFormation resource.</param>
    public static ImageDemand Of(LadingImageProps props, TaskDefinition? task, CfnTaskDefinition? resource) =>
        new(props.Platform ?? (task is null ? null : FindPlatformOf(task, resource)));

    /// <summary>The requirements of a reference.</summary>
    public static ImageDemand Of(LadingImageProps props) =>
        new(props.Platform)
        {
            Service = props.For switch
            {
                ImageConsumer.Lambda => ImageRequirements.Of("AWS::Lambda::Function"),
                ImageConsumer.AppRunner => ImageRequirements.Of("AWS::AppRunner::Service"),
                ImageConsumer.SageMaker => ImageRequirements.Of("AWS::SageMaker::Model"),
                ImageConsumer.AgentCore => ImageRequirements.Of("AWS::BedrockAgentCore::Runtime"),
                _ => ImageRequirements.None,
            },
        };

    /// <summary>Ensures that the service can pull from a registry.</summary>
    /// <param name="name">The image.</param>
    /// <param name="registry">Its registry.</param>
    /// <param name="region">Returns the stack's region, only if a service is known: that takes four calls through jsii.</param>
    /// <exception cref="LadingException">The service cannot pull from it.</exception>
    public void CheckRegistry(string name, TargetRegistry registry, Func<string?> region)
    {
        if (Service == ImageRequirements.None)
        {
            return;
        }

        if (Service.WhyRefused(registry.WrittenHost, region(), mediaType: null).FirstOrDefault() is { } reason)
        {
            throw new LadingException($"Could not refer to image {name} for {Service.Service}", reason);
        }
    }

    /// <summary>The platform of a task; null if the template does not define it: a task on EC2 runs on its cluster's instances.</summary>
    private static Platform? FindPlatformOf(TaskDefinition task, CfnTaskDefinition? resource)
    {
        var runtimePlatform = resource?.RuntimePlatform;
        if (runtimePlatform is null)
        {
            return task is FargateTaskDefinition || task.IsFargateCompatible ? TaskPlatform.Fargate : null;
        }

        // The property is a proxy or a token; resolved, it is a plain map.
        return task.Stack.Resolve(runtimePlatform) is IDictionary<string, object> resolved
            ? TaskPlatform.Of(Text(resolved, "operatingSystemFamily"), Text(resolved, "cpuArchitecture"))
            : null;
    }

    private static string? Text(IDictionary<string, object> map, string key) =>
        map.TryGetValue(key, out var value) ? value as string ?? "" : null;
}
