using Amazon.CDK;
using Amazon.CDK.AWS.Batch;
using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.Lambda;
using Amazon.JSII.Runtime.Deputy;
using Constructs;
using Lading.Cdk.Synthesis;

namespace Lading.Cdk;

/// <summary>
/// An aspect that reports each container image of the app that may change without a deployment, because it has neither a digest nor an
/// immutable tag of Lading's. It covers containers of tasks, Lambda functions, App Runner services and jobs of Batch.
/// </summary>
/// <remarks><c>Aspects.Of(app).Add(new NoMutableImages());</c></remarks>
public sealed class NoMutableImages : DeputyBase, IAspect
{
    private const string WarningId = "lading:mutable";

    private readonly NoMutableImagesProps props;

    /// <summary>Creates the aspect.</summary>
    /// <param name="props">How to report them; null for errors, including assets.</param>
    public NoMutableImages(NoMutableImagesProps? props = null) => this.props = props ?? new NoMutableImagesProps();

    /// <inheritdoc />
    public void Visit(IConstruct node)
    {
        ArgumentNullException.ThrowIfNull(node);
        foreach (var (what, image) in ImagesOf(node))
        {
            if (Mutability.Of(image, AppImages.Of(node.Node.Root), props.AllowAssets) is { } reason)
            {
                Report(node, $"{what} may run another image tomorrow: {reason}");
            }
        }
    }

    private static IEnumerable<(string What, string? Image)> ImagesOf(IConstruct node) =>
        node switch
        {
            ContainerDefinition container =>
            [
                (
                    $"Container {container.ContainerName}",
                    ImageText.Of(container.TaskDefinition.Stack.Resolve(container.ImageName))
                ),
            ],
            // The containers of a task definition construct are constructs too.
            CfnTaskDefinition task when task.Node.Scope is not TaskDefinition => ImageText
                .Within(task.ContainerDefinitions is { } containers ? task.Stack.Resolve(containers) : null)
                .Select(found => ($"Container {found.Name}", found.Image)),
            CfnFunction function => Unnamed("The function", function, function.Code),
            Amazon.CDK.AWS.AppRunner.CfnService service => Unnamed("The service", service, service.SourceConfiguration),
            CfnJobDefinition job => Unnamed("The job", job, job.ContainerProperties)
                .Concat(Unnamed("The job", job, job.EcsProperties))
                .Concat(Unnamed("The job", job, job.EksProperties))
                .Concat(Unnamed("The job", job, job.NodeProperties)),
            _ => [],
        };

    private static IEnumerable<(string What, string? Image)> Unnamed(
        string what,
        CfnResource resource,
        object? property
    ) =>
        property is null ? [] : ImageText.Within(resource.Stack.Resolve(property)).Select(found => (what, found.Image));

    private void Report(IConstruct node, string text)
    {
        if (props.Warn)
        {
            Annotations.Of(node).AddWarningV2(WarningId, text);
        }
        else
        {
            Annotations.Of(node).AddError(text);
        }
    }
}
