using System.Security.Cryptography;
using System.Text;
using Lading.Testing.Cloud.Stacks;

namespace Lading.Tests.Running;

/// <summary>
/// Whether one can go back: each image exists, is not archived, and is for the platform on which its service runs now.
/// </summary>
public sealed class TellingWhatFits : IAsyncLifetime
{
    private HistoryWorld world = null!;

    public async ValueTask InitializeAsync() => world = await HistoryWorld.StartAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task An_image_for_another_platform_than_the_service_is_reported()
    {
        Deploy(world.Image('a'), "X86_64");
        Deploy(world.Image('b'), "ARM64");
        Deploy(world.Image('c'), "ARM64");

        Assert.Equal(
            [
                "succeeded web c False it is the current release",
                "succeeded web b True",
                "succeeded web a False image web aaaaaaaaaaaa is for linux/amd64, and its service runs on linux/arm64",
            ],
            await world.LinesAsync()
        );
    }

    [Fact]
    public async Task An_index_is_for_the_platforms_of_its_manifests()
    {
        var both = Index("amd64", "arm64");
        var one = Index("amd64");
        Deploy(both, null);
        Deploy(one, null);
        Deploy(world.Image('c'), "ARM64");
        world.Aws.Calls.Clear();

        var releases = await world.ReleasesAsync();

        Assert.Equal([false, false, true], releases.Select(release => release.GetProperty("canGoBack").GetBoolean()));
        Assert.EndsWith(
            "is for linux/amd64, and its service runs on linux/arm64",
            releases[1].GetProperty("why").GetString(),
            StringComparison.Ordinal
        );
        Assert.Single(world.Aws.Calls, call => call == "ecr:BatchGetImage");
    }

    [Fact]
    public async Task An_image_that_cannot_be_looked_up_is_unknown_and_not_gone()
    {
        Deploy(world.Image('a'), null);
        Deploy(world.Image('b'), null);
        world.Aws.AreImagesDenied = true;

        Assert.Equal("succeeded web a web aaaaaaaaaaaa could not be looked up", (await world.LinesAsync())[1]);
    }

    [Theory]
    [InlineData("DescribeTaskDefinition")]
    [InlineData("ListServiceDeployments")]
    [InlineData("ListStackResources")]
    public async Task Whether_an_image_fits_is_unknown_if_its_service_may_not_be_read(string denied)
    {
        Deploy(world.Image('a'), "X86_64");
        Deploy(world.Image('b'), "ARM64");
        world.Aws.EcsApi.Denied.Add(denied);
        world.Aws.StacksApi.Denied.Add(denied);

        var line = (await world.LinesAsync())[1];

        Assert.Matches($"^succeeded web a what web runs on is unknown, because no access to .*{denied}", line);
    }

    [Fact]
    public async Task An_image_of_a_registry_that_is_not_asked_is_unknown_and_not_gone()
    {
        var other = $"docker.io/library/nginx@{RunningWorld.Digest('d')}";
        world.Aws.Stacks.Deploy(RunningWorld.Shop(other) with { HasRecord = false });
        world.Aws.Stacks.Deploy(RunningWorld.Shop(world.Image('b')) with { HasRecord = false });

        var line = (await world.LinesAsync())[1];

        Assert.EndsWith("the registry of web dddddddddddd was not asked", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_nested_or_missing_stack_is_refused()
    {
        Deploy(world.Image('a'), null);
        world
            .Aws.Stacks.Deploy(new StackPlan("Shop-Inner", new Dictionary<string, ServicePlan>()) { HasRecord = false })
            .ParentId = world.Aws.Stacks["Shop"].Id;

        var nested = await world.RunAsync("history", "Shop-Inner");
        var missing = await world.RunAsync("history", "Shopp");

        Assert.Equal(2, nested.ExitCode);
        Assert.Contains("it is nested in Shop", nested.Error, StringComparison.Ordinal);
        Assert.Contains("lading history Shop", nested.Error, StringComparison.Ordinal);
        Assert.Equal(2, missing.ExitCode);
        Assert.Contains("there is no such stack", missing.Error, StringComparison.Ordinal);
    }

    private void Deploy(string image, string? architecture)
    {
        world.Aws.Stacks.Deploy(
            new StackPlan(
                "Shop",
                new Dictionary<string, ServicePlan>
                {
                    ["Web"] = RunningWorld.Service(image) with { Architecture = architecture },
                }
            )
        );
        world.Aws.Stacks.Advance(TimeSpan.FromHours(1));
    }

    private string Index(params string[] architectures)
    {
        var manifests = architectures.Select(
            (architecture, i) =>
                $$$"""{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha256:{{{new string((char)('1' + i), 64)}}}","size":2,"platform":{"os":"linux","architecture":"{{{architecture}}}"}}"""
        );
        var text =
            $$"""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[{{string.Join(',', manifests)}}]}""";
        var digest = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
        world.Aws.Images[("shop/web", digest)] = [];
        world.Aws.Indexes[digest] = text;
        return $"{world.Aws.Host}/shop/web@{digest}";
    }
}
