using Amazon.CDK;
using Amazon.CDK.AWS.ECR;
using Amazon.CDK.AWS.ECS;
using Constructs;

namespace Lading.Cdk.Synthesis;

/// <summary>Renders the images of one stack, and lets its tasks pull them.</summary>
internal sealed class ImageRendering
{
    private readonly ImagePlace place;

    // What the names of repositories follow; made once a stack, since each question to jsii takes half a millisecond.
    private readonly string repositoryArn;

    public ImageRendering(Stack stack, ImagePlace place)
    {
        this.place = place;
        repositoryArn = place.IsEcr
            ? stack.FormatArn(
                new ArnComponents
                {
                    Service = "ecr",
                    Account = place.Account ?? Aws.ACCOUNT_ID,
                    Region = place.Region ?? Aws.REGION,
                    Resource = "repository",
                    ResourceName = "",
                    ArnFormat = ArnFormat.SLASH_RESOURCE_NAME,
                }
            )
            : "";
    }

    /// <summary>Gives the container its image by digest.</summary>
    public IContainerImageConfig Bind(PinnedImage image, Construct scope, ContainerDefinition container)
    {
        if (!place.IsEcr)
        {
            return Literal(image, scope, container);
        }

        var repository = Repository.FromRepositoryAttributes(
            scope,
            "Repository",
            new RepositoryAttributes
            {
                RepositoryName = image.Repository,
                RepositoryArn = repositoryArn + image.Repository,
            }
        );
        if (place.Host is null)
        {
            return ContainerImage.FromEcrRepository(repository, image.Digest.ToString()).Bind(scope, container);
        }

        repository.GrantPull(container.TaskDefinition.ObtainExecutionRole());
        return Literal(image, scope, container);
    }

    /// <summary>Stands where an image could not be found, in a template that CDK does not deploy because of the error.</summary>
    public static IContainerImageConfig BindNothing(string name, Construct scope, ContainerDefinition container) =>
        ContainerImage.FromRegistry($"lading.invalid/{name}").Bind(scope, container);

    private IContainerImageConfig Literal(PinnedImage image, Construct scope, ContainerDefinition container) =>
        ContainerImage.FromRegistry($"{place.Host}/{image.Repository}@{image.Digest}").Bind(scope, container);
}
