using Amazon.CDK.AWS.ECS;
using Lading.Checking;
using Lading.Oci;

namespace Lading.Cdk.Synthesis;

/// <summary>What an image must be, where it is used.</summary>
/// <param name="Platform">What it runs on; null if that is not known.</param>
internal sealed record ImageDemand(Platform? Platform)
{
    /// <summary>The service that pulls it.</summary>
    public ImageRequirements Service { get; private init; } = ImageRequirements.None;

    /// <summary>Whether an index will not do.</summary>
    public bool IsOfOneManifest => Service.Manifests.Count > 0;

    /// <summary>The platform whose manifest is taken where an index will not do: functions that say nothing run on x86-64.</summary>
    public Platform SinglePlatform => Platform ?? Platform.LinuxAmd64;

    /// <summary>That of a container.</summary>
    /// <param name="props">What the user says.</param>
    /// <param name="task">Its task definition; null if it has none.</param>
    /// <param name="resource">As CloudFormation sees it.</param>
    public static ImageDemand Of(LadingImageProps props, TaskDefinition? task, CfnTaskDefinition? resource) =>
        new(props.Platform ?? (task is null ? null : FindPlatformOf(task, resource)));

    /// <summary>That of a reference.</summary>
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

    /// <summary>Ensures that the service pulls from a registry.</summary>
    /// <param name="name">The image.</param>
    /// <param name="registry">Where it comes from.</param>
    /// <param name="region">Gives that of the stack, which is asked only where a service is known: four questions to jsii.</param>
    /// <exception cref="LadingException">It does not.</exception>
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

    /// <summary>What a task runs on; null if the template does not say: a task on EC2 runs on what its cluster has.</summary>
    private static Platform? FindPlatformOf(TaskDefinition task, CfnTaskDefinition? resource)
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
