using Amazon.CDK;
using Amazon.CDK.AWS.Lambda;
using Lading.Cdk;
using Lading.Locks;
using Lading.Tests.Locks;
using LadingPlatform = Lading.Oci.Platform;

namespace Lading.Tests.Cdk;

/// <summary>Lambda takes no index: it is given the manifest of one platform, or an error.</summary>
[Collection(JsiiCollection.Name)]
public sealed class GivingServicesTheirManifest : IDisposable
{
    private const string Dev = "111111111111";

    private readonly CdkProject project = new();

    public GivingServicesTheirManifest() =>
        project.WriteLock(
            "dev",
            null,
            [
                ("web", ALock.Image('a')),
                ("worker", ALock.Index('b', (LadingPlatform.LinuxAmd64, 'c'), (LadingPlatform.LinuxArm64, 'd'))),
            ]
        );

    public void Dispose() => project.Dispose();

    [Theory]
    [InlineData(null, 'c')]
    [InlineData("linux/amd64", 'c')]
    [InlineData("linux/arm64", 'd')]
    public void Lambda_gets_the_manifest_of_its_platform(string? platform, char digit)
    {
        var stack = Stack();

        var image = Refer(stack, "worker", platform);

        Assert.Equal($"sha256:{new string(digit, 64)}", image.TagOrDigest);
        Assert.EndsWith(image.TagOrDigest, image.Uri, StringComparison.Ordinal);
        Assert.Empty(CdkProject.Errors(stack));
    }

    [Fact]
    public void An_image_of_one_manifest_is_used_as_it_is() =>
        Assert.Equal($"sha256:{new string('a', 64)}", Refer(Stack(), "web", null).TagOrDigest);

    [Fact]
    public void A_platform_that_the_image_lacks_is_an_error() =>
        Assert.Contains(
            "Lambda is to run it on linux/arm64, and the image is for linux/amd64",
            ErrorOf("web", "linux/arm64"),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_lock_without_the_manifests_is_an_error()
    {
        project.WriteLock("dev", null, [("web", ALock.Image('a') with { Manifests = null })]);

        Assert.Contains("Run 'lading resolve --env dev'", ErrorOf("web", null), StringComparison.Ordinal);
    }

    [Fact]
    public void A_tag_names_the_index()
    {
        var stack = Stack();
        LadingImage.ReferenceFor(
            stack,
            "web",
            new LadingImageProps { For = ImageConsumer.Lambda, Pin = ImagePin.SourceTag }
        );

        // The project is in no repository: the tag cannot be told at all.
        Assert.Contains(
            "Could not compute the tags",
            Assert.Single(CdkProject.Errors(stack)),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("docker.example.com", "Lambda pulls from ECR alone")]
    [InlineData(
        "333333333333.dkr.ecr.eu-west-1.amazonaws.com",
        "Lambda pulls from its own region alone, ap-northeast-1"
    )]
    [InlineData(
        "333333333333.dkr.ecr-fips.ap-northeast-1.amazonaws.com",
        "Lambda does not take this form of ECR's host"
    )]
    public void A_registry_that_Lambda_does_not_pull_from_is_an_error(string registry, string expected)
    {
        project.Write(
            "lading.json",
            CdkProject.DefaultConfiguration.Replace(
                "\"region\": \"ap-northeast-1\" },",
                $"\"region\": \"ap-northeast-1\", \"registry\": \"{registry}\" }},",
                StringComparison.Ordinal
            )
        );

        Assert.Contains(expected, ErrorOf("web", null), StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_with_an_index_is_an_error()
    {
        var stack = Stack();
        var image = LadingImage.ReferenceFor(stack, "worker");
        _ = new DockerImageFunction(
            stack,
            "Function",
            new DockerImageFunctionProps
            {
                Code = DockerImageCode.FromEcr(
                    image.Repository,
                    new EcrImageCodeProps { TagOrDigest = image.TagOrDigest }
                ),
            }
        );

        var error = Assert.Single(CdkProject.Errors(stack));
        Assert.Contains("is an index of several platforms, and Lambda takes none", error, StringComparison.Ordinal);
        Assert.Contains("For = ImageConsumer.Lambda", error, StringComparison.Ordinal);
    }

    private Stack Stack() => CdkProject.Stack(project.App(), Dev);

    private string ErrorOf(string image, string? platform)
    {
        var stack = Stack();
        Refer(stack, image, platform);
        return Assert.Single(CdkProject.Errors(stack));
    }

    private static LadingImageReference Refer(Stack stack, string image, string? platform) =>
        LadingImage.ReferenceFor(
            stack,
            image,
            new LadingImageProps
            {
                For = ImageConsumer.Lambda,
                Platform = platform is null ? null : LadingPlatform.Parse(platform),
            }
        );
}
