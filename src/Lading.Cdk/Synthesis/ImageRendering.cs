using Amazon.CDK;
using Amazon.CDK.AWS.ECR;
using Amazon.CDK.AWS.ECS;
using Constructs;
using Lading.Oci;

namespace Lading.Cdk.Synthesis;

/// <summary>Renders the images of one stack, and lets its tasks pull them.</summary>
internal sealed class ImageRendering
{
    /// <summary>The registry in the templates.</summary>
    public TargetRegistry Registry { get; }

    // The prefix of repository names; once per stack, since each call through jsii takes half a millisecond.
    private readonly string repositoryArn;

    public ImageRendering(Stack stack, TargetRegistry registry)
    {
        Registry = registry;
        repositoryArn = registry.IsEcr
            ? stack.FormatArn(
                new ArnComponents
                {
                    Service = "ecr",
                    Account = Registry.Account ?? Aws.ACCOUNT_ID,
                    Region = Registry.Region ?? Aws.REGION,
                    Resource = "repository",
                    ResourceName = "",
                    ArnFormat = ArnFormat.SLASH_RESOURCE_NAME,
                }
            )
            : "";
    }

    /// <summary>Gives the container the pinned image.</summary>
    public IContainerImageConfig Bind(PinnedImage image, Construct scope, ContainerDefinition container)
    {
        if (!Registry.IsEcr)
        {
            return Literal(image, scope, container);
        }

        var repository = Import(scope, "Repository", image.Repository);
        if (Registry.Host is null)
        {
            return ContainerImage.FromEcrRepository(repository, image.Pin.ToString()).Bind(scope, container);
        }

        repository.GrantPull(container.TaskDefinition.ObtainExecutionRole());
        return Literal(image, scope, container);
    }

    /// <summary>Refers to the image for a construct that takes a string.</summary>
    public LadingImageReference Refer(string name, PinnedImage image, Construct scope)
    {
        var pin = image.Pin.ToString();
        if (!Registry.IsEcr)
        {
            return new LadingImageReference($"{Registry.Host}/{image}", Named(scope, name, image.Repository), pin);
        }

        var repository =
            scope.Node.TryFindChild(IdOf(name)) as IRepository ?? Import(scope, IdOf(name), image.Repository);
        var uri = Registry.Host is null ? repository.RepositoryUriForTagOrDigest(pin) : $"{Registry.Host}/{image}";
        return new LadingImageReference(uri, repository, pin);
    }

    /// <summary>In place of an image that could not be found, in a template that CDK does not deploy because of the error.</summary>
    public static IContainerImageConfig BindNothing(string name, Construct scope, ContainerDefinition container) =>
        ContainerImage.FromRegistry(PlaceholderImage.For(name)).Bind(scope, container);

    /// <summary>The reference for <see cref="BindNothing"/>.</summary>
    public static LadingImageReference ReferToNothing(string name, Construct scope) =>
        new(PlaceholderImage.For(name), Named(scope, name, name), "none");

    private static IRepository Named(Construct scope, string name, string repository) =>
        scope.Node.TryFindChild(IdOf(name)) as IRepository
        ?? Repository.FromRepositoryName(scope, IdOf(name), repository);

    private static string IdOf(string name) => $"LadingImage-{name}";

    /// <summary>Imports an existing repository.</summary>
    public IRepository Import(Construct scope, string id, string name) =>
        Repository.FromRepositoryAttributes(
            scope,
            id,
            new RepositoryAttributes { RepositoryName = name, RepositoryArn = repositoryArn + name }
        );

    private IContainerImageConfig Literal(PinnedImage image, Construct scope, ContainerDefinition container) =>
        ContainerImage.FromRegistry($"{Registry.Host}/{image}").Bind(scope, container);
}
