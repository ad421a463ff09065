using System.Text.Json;
using Lading.Locks;
using Lading.Oci;
using Lading.Testing;

namespace Lading.IntegrationTests.Engines;

/// <summary>
/// Machines of several platforms publish a part each, at once or in turn; a publish of all platforms joins them.
/// </summary>
public sealed class PublishingPlatformsApart(ContainerEngines engines)
{
    private const string Nobodys = "false";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("docker")]
    [InlineData("buildah")]
    public async Task Joins_the_platforms_of_several_machines_without_an_engine(string engine)
    {
        await engines.RequireAsync(engine);
        using var project = await CreateAsync();

        var parts = await Task.WhenAll(
            PublishAsync(project, "--engine", engine, "--platform", "linux/arm64/v8"),
            PublishAsync(project, "--engine", engine, "--platform", "linux/amd64")
        );
        var again = await PublishAsync(project, "--engine", Nobodys, "--platform", "linux/arm64");

        Assert.False(File.Exists(LockPath.For(project.Repository.Folder, "local")), "A part is nothing to pin.");
        var joined = DockerfileProject.Of(await project.PublishAsync("--engine", Nobodys));
        var index = await project.Published.FindManifestContentAsync(Digest.Parse(joined.Digest), Cancelled);
        Assert.Equal(["linux/amd64", "linux/arm64"], index!.Children.Select(child => child.Platform!.ToString()));
        Assert.Equal([parts[1].Digest, parts[0].Digest], index.Children.Select(child => child.Digest.ToString()));
        Assert.Equal((parts[0].Digest, "reuse", "linux/arm64"), (again.Digest, again.Action, again.Platform));
        Assert.Equal(Digest.Parse(joined.Digest), project.Locked.Digest);
        await Publishing.VerifiedTags.VerifyAsync(project.Published, Cancelled);

        var whole = await PublishAsync(project, "--engine", Nobodys, "--platform", "linux/arm64");
        Assert.Equal((joined.Digest, "reuse"), (whole.Digest, whole.Action));
    }

    [Fact]
    public async Task Only_the_missing_platform_is_built()
    {
        await engines.RequireAsync("buildah");
        using var project = await CreateAsync();
        var arm = await PublishAsync(project, "--engine", "buildah", "--platform", "linux/arm64");

        var plan = await ToolRun.InAsync(
            project.Repository.Folder,
            new Dictionary<string, string>
            {
                ["GITHUB_OUTPUT"] = Path.Combine(project.Repository.Folder, ".lading/out"),
            },
            ["plan", "--output", "json"]
        );
        var run = await project.PublishAsync("--engine", "buildah", "--verbose");

        Assert.Equal(
            ["missing=[\"app\"]", "matrix=[{\"image\":\"app\",\"platform\":\"linux/amd64\"}]"],
            await File.ReadAllLinesAsync(Path.Combine(project.Repository.Folder, ".lading/out"), Cancelled)
        );
        plan.Succeeded();
        var index = await project.Published.FindManifestContentAsync(
            Digest.Parse(DockerfileProject.Of(run).Digest),
            Cancelled
        );
        Assert.Contains(index!.Children, child => child.Digest.ToString() == arm.Digest);
        Assert.Equal(2, index.Children.Count);
    }

    [Fact]
    public async Task Refuses_a_platform_that_no_image_is_built_for()
    {
        using var project = await CreateAsync();

        var none = await project.PublishAsync("--platform", "linux/s390x");
        var named = await project.PublishAsync("app", "--platform", "linux/s390x");
        var wrong = await project.PublishAsync("--platform", "amd64");
        var locked = await project.PublishAsync("--platform", "linux/amd64", "--lock", "pins.json");

        Assert.Contains("no image is built for it", none.Failed(FailureKind.Usage).Error);
        Assert.Contains("image app is for linux/amd64, linux/arm64", named.Failed(FailureKind.Usage).Error);
        Assert.Contains("'amd64', which is not a platform", wrong.Failed(FailureKind.Usage).Error);
        Assert.Contains("exclude each other", locked.Failed(FailureKind.Usage).Error);
    }

    private static Task<DockerfileProject> CreateAsync() =>
        DockerfileProject.CreateAsync(
            "FROM scratch\nCOPY greeting.txt /\n",
            """, "platforms": ["linux/arm64", "linux/amd64"]"""
        );

    private static async Task<(string Digest, string Action, string? Platform)> PublishAsync(
        DockerfileProject project,
        params IReadOnlyList<string> arguments
    )
    {
        using var document = JsonDocument.Parse((await project.PublishAsync(arguments)).Succeeded().Out);
        var image = document.RootElement.GetProperty("images")[0];
        return (
            image.GetProperty("digest").GetString()!,
            image.GetProperty("action").GetString()!,
            image.GetProperty("platform").GetString()
        );
    }
}
