using System.Globalization;
using Amazon.CDK;
using Amazon.CDK.AWS.ECR;
using Amazon.CDK.AWS.ECS;
using Lading.Cdk;
using Lading.Locks;
using Lading.Oci;
using Platform = Lading.Oci.Platform;

namespace Lading.Tests.Cdk;

/// <summary>
/// A call to jsii takes half a millisecond, and such calls are most of a synthesis: those that an image makes are
/// counted.
/// </summary>
[Collection(JsiiCollection.Name)]
public sealed class AskingJsiiLittle(JsiiCollection.Conversation conversation)
{
    /// <summary>
    /// Beyond those of <c>FromEcrRepository</c>: the calls of Bind, and of the record and <c>versionConsistency</c>.
    /// </summary>
    private const int MostBeside = 14;

    private const int Few = 2;
    private const int Many = 7;

    [Fact]
    public void An_image_makes_few_more_calls_than_an_image_of_ECR()
    {
        Count(Few, OfEcr);
        Count(Few, OfLading);

        var ecr = EachImage(OfEcr);
        var lading = EachImage(OfLading);

        Assert.InRange(ecr, 1, 20);
        Assert.InRange(lading - ecr, 0, MostBeside);
    }

    private static ContainerImage OfLading(Stack stack, string name) => new LadingImage(name);

    private static ContainerImage OfEcr(Stack stack, string name) =>
        ContainerImage.FromEcrRepository(
            Repository.FromRepositoryName(stack, $"{name}-repository", $"storefront/{name}"),
            "sha256:" + new string('0', 64)
        );

    private static string NameOf(int image) => string.Create(CultureInfo.InvariantCulture, $"image{image}");

    private double EachImage(Func<Stack, string, ContainerImage> image) =>
        (Count(Many, image) - Count(Few, image)) / (double)(Many - Few);

    private int Count(int images, Func<Stack, string, ContainerImage> image)
    {
        var names = Enumerable.Range(0, images).Select(NameOf).ToList();
        using var project = new CdkProject(
            $$"""
            { "project": "storefront",
              "images": { {{string.Join(',', names.Select(name => $"\"{name}\": {{ \"context\": \"{name}\" }}"))}} },
              "environments": { "dev": { "account": "111111111111", "region": "ap-northeast-1" } } }
            """
        );
        project.WriteLock(
            "dev",
            null,
            names.Select(name =>
                (
                    name,
                    new LockedImage(
                        $"storefront/{name}",
                        Digest.Parse("sha256:" + new string('a', 64)),
                        new string('a', 64),
                        new string('1', 40),
                        [Platform.LinuxAmd64]
                    )
                )
            )
        );
        var app = project.App();
        var stack = CdkProject.Stack(app, "111111111111");
        var before = conversation.Questions;
        foreach (var name in names)
        {
            var task = new FargateTaskDefinition(stack, name);
            task.AddContainer(name, new ContainerDefinitionOptions { Image = image(stack, name) });
        }

        app.Synth();
        return conversation.Questions - before;
    }
}
