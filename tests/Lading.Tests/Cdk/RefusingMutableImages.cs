using Amazon.CDK;
using Amazon.CDK.AWS.ECR;
using Amazon.CDK.AWS.ECS;
using Lading.Cdk;

namespace Lading.Tests.Cdk;

[Collection(JsiiCollection.Name)]
public sealed class RefusingMutableImages : IDisposable
{
    private static readonly string Zeros = new('0', 64);

    private readonly CdkProject project = new();

    public void Dispose() => project.Dispose();

    [Fact]
    public void Digests_and_tags_of_Lading_pass()
    {
        project.Write(
            "lading.json",
            CdkProject.DefaultConfiguration.Replace(
                "\"images\"",
                "\"aliases\": [\"c-{commit}\"], \"images\"",
                StringComparison.Ordinal
            )
        );
        project.WriteLock("dev");

        var stack = Stack(
            new NoMutableImages(),
            new LadingImage("web"),
            ContainerImage.FromRegistry($"docker.io/library/nginx@sha256:{Zeros}"),
            ContainerImage.FromRegistry($"docker.io/library/nginx:1.27@sha256:{Zeros}"),
            ContainerImage.FromRegistry($"registry.example.com:5000/web:src-{Zeros[..40]}"),
            ContainerImage.FromRegistry($"registry.example.com/web:c-{Zeros[..40]}"),
            new LadingImage("wbe")
        );

        Assert.StartsWith(
            "/Storefront/Task/c5: Could not pin image wbe",
            Assert.Single(CdkProject.Errors(stack)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void All_others_are_reported_with_their_path_and_what_to_do()
    {
        project.Write("web/Dockerfile", "FROM scratch");
        var stack = new Stack(project.App(), "Storefront");
        Add(
            stack,
            ContainerImage.FromRegistry("docker.io/library/nginx:1.27"),
            ContainerImage.FromRegistry("registry.example.com:5000/nginx"),
            ContainerImage.FromEcrRepository(Repository.FromRepositoryName(stack, "Repository", "web"), "latest"),
            ContainerImage.FromAsset(Path.Combine(project.Root, "web"))
        );
        _ = new Amazon.CDK.AWS.Lambda.CfnFunction(
            stack,
            "Function",
            new Amazon.CDK.AWS.Lambda.CfnFunctionProps
            {
                Role = "arn:aws:iam::111111111111:role/function",
                Code = new Amazon.CDK.AWS.Lambda.CfnFunction.CodeProperty
                {
                    ImageUri = "111111111111.dkr.ecr.ap-northeast-1.amazonaws.com/web:prod",
                },
            }
        );
        _ = new CfnTaskDefinition(
            stack,
            "Plain",
            new CfnTaskDefinitionProps
            {
                ContainerDefinitions = new object[]
                {
                    new CfnTaskDefinition.ContainerDefinitionProperty { Name = "proxy", Image = "envoy:v1" },
                },
            }
        );
        Aspects.Of(stack).Add(new NoMutableImages());

        var errors = CdkProject.Errors(stack).Order(StringComparer.Ordinal).ToList();

        Assert.Equal(6, errors.Count);
        Assert.StartsWith(
            "/Storefront/Function: The function may run another image tomorrow: 111111111111.dkr.ecr.ap-northeast-1.amazonaws.com/web:prod is named by a tag that may move.",
            errors[0],
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "/Storefront/Plain: Container proxy may run another image tomorrow: envoy:v1 is named by a tag",
            errors[1],
            StringComparison.Ordinal
        );
        Assert.Equal(
            "/Storefront/Task/c0: Container c0 may run another image tomorrow: docker.io/library/nginx:1.27 is named by a tag that may move. "
                + "Pin it by digest, or add it to lading.json ({ \"from\": \"docker.io/library/nginx:1.27\" }) and use LadingImage.",
            errors[2]
        );
        Assert.Contains("nginx names no tag, which means 'latest'", errors[3], StringComparison.Ordinal);
        Assert.Contains(
            "/web:latest is named by a tag that may move. Use LadingImage",
            errors[4],
            StringComparison.Ordinal
        );
        Assert.Contains("is a CDK image asset", errors[5], StringComparison.Ordinal);
    }

    [Fact]
    public void Assets_can_be_allowed_and_the_rest_made_a_warning()
    {
        project.Write("web/Dockerfile", "FROM scratch");

        var stack = Stack(
            new NoMutableImages(new NoMutableImagesProps { Warn = true, AllowAssets = true }),
            ContainerImage.FromRegistry("nginx"),
            ContainerImage.FromAsset(Path.Combine(project.Root, "web"))
        );

        Assert.Empty(CdkProject.Errors(stack));
        Assert.StartsWith(
            "/Storefront/Task/c0: Container c0 may run another",
            Assert.Single(CdkProject.Warnings(stack)),
            StringComparison.Ordinal
        );
    }

    private Stack Stack(NoMutableImages aspect, params ContainerImage[] images)
    {
        var stack = CdkProject.Stack(project.App(), "111111111111");
        Add(stack, images);
        Aspects.Of(stack).Add(aspect);
        return stack;
    }

    private static void Add(Stack stack, params ContainerImage[] images)
    {
        var task = new FargateTaskDefinition(stack, "Task");
        for (var i = 0; i < images.Length; i++)
        {
            task.AddContainer($"c{i}", new ContainerDefinitionOptions { Image = images[i] });
        }
    }
}
