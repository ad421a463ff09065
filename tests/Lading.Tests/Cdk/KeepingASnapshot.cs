using System.Text.Json;
using Amazon.CDK;
using Amazon.CDK.Assertions;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.ECS;
using Lading.Cdk;
using Lading.Locks;
using Lading.Oci;
using Lading.Testing;

namespace Lading.Tests.Cdk;

/// <summary>The recipe for snapshot tests in docs/cdk.md, over the life of a repository.</summary>
[Collection(JsiiCollection.Name)]
public sealed class KeepingASnapshot : IAsyncLifetime
{
    private const string Configuration = """
        {
          "project": "storefront",
          "images": {
            "carts": { "assemble": { "sources": ["carts/"], "base": "scratch", "copy": { "carts/": "/app/" } } },
            "site": { "assemble": { "sources": ["site/"], "base": "scratch", "copy": { "site/": "/srv/" } } }
          },
          "aliases": ["{commit}"],
          "environments": { "dev": { "account": "111111111111", "region": "ap-northeast-1" } }
        }
        """;

    private TestRepository repository = null!;
    private CdkProject project = null!;

    public async ValueTask InitializeAsync()
    {
        repository = await TestRepository.CreateAsync();
        project = new CdkProject(Configuration, repository.Folder);
        repository.Write(".gitignore", ".lading/\ncdk.out/\n");
        repository.Write("site/index.html", "0");
        repository.Write("carts/carts.js", "0");
        await repository.CommitAsync("Begin");
    }

    public ValueTask DisposeAsync()
    {
        project.Dispose();
        repository.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task It_stays_the_same_over_ten_commits_and_publications()
    {
        var snapshot = Synthesize(isFixed: true);
        var real = new HashSet<string>(StringComparer.Ordinal);
        for (var commit = 1; commit <= 10; commit++)
        {
            repository.Write("site/index.html", $"{commit}");
            repository.Write("README.md", $"{commit}");
            await repository.CommitAsync($"Commit {commit}");
            project.WriteLock(
                "dev",
                null,
                new[] { "carts", "site" }.Select(name =>
                    (
                        name,
                        new LockedImage(
                            $"storefront/{name}",
                            Digest.OfBytes([(byte)commit]),
                            new string('a', 64),
                            new string('1', 40),
                            [Platform.LinuxAmd64]
                        )
                    )
                )
            );

            Assert.Equal(snapshot, Synthesize(isFixed: true));
            real.Add(Synthesize(isFixed: false));
        }

        // The real template differed each time, so the snapshot could have changed.
        Assert.Equal(10, real.Count);
    }

    [Fact]
    public void It_changes_with_the_infrastructure()
    {
        var snapshot = Synthesize(isFixed: true);

        Assert.NotEqual(snapshot, Synthesize(isFixed: true, desired: 3));
    }

    private string Synthesize(bool isFixed, double desired = 2)
    {
        var app = project.App();
        if (isFixed)
        {
            LadingImages.UseFixedDigests(app);
        }

        var stack = CdkProject.Stack(app, "111111111111");
        var task = new FargateTaskDefinition(stack, "Task");
        foreach (var (name, pin) in new[] { ("site", ImagePin.Digest), ("carts", ImagePin.CommitTag) })
        {
            var image = new LadingImage(name, new LadingImageProps { Pin = pin });
            task.AddContainer(name, new ContainerDefinitionOptions { Image = image });
        }

        var vpc = new Vpc(stack, "Vpc", new VpcProps { NatGateways = 0, AvailabilityZones = ["a", "b"] });
        _ = new FargateService(
            stack,
            "Service",
            new FargateServiceProps
            {
                Cluster = new Cluster(stack, "Cluster", new ClusterProps { Vpc = vpc }),
                TaskDefinition = task,
                DesiredCount = desired,
            }
        );
        return JsonSerializer.Serialize(Template.FromStack(stack).ToJSON());
    }
}
