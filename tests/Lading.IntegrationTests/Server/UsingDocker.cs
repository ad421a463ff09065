using System.Text.Json;
using Lading.Oci;
using Lading.Processes;
using Lading.Testing;

namespace Lading.IntegrationTests.Server;

public sealed class UsingDocker(ContainerEngines engines) : IAsyncLifetime
{
    private AwsPrograms aws = null!;

    private string Image => $"{aws.Registry.Host}/team/busybox:v1";

    public async ValueTask InitializeAsync() => aws = await AwsPrograms.StartAsync();

    public ValueTask DisposeAsync() => aws.DisposeAsync();

    [Fact]
    public async Task ECR_describes_an_image_that_docker_pushed_and_docker_pulls_it_back()
    {
        await engines.RequireAsync("docker");
        await LoginAsync();
        await aws.RunAsync("docker", "tag", BusyboxRoot.Image, Image);
        await aws.RunAsync("docker", "push", Image);
        var layout = aws.Registry.Store.Open(RepositoryName.Parse("team/busybox"));
        var pushed = await layout.FindManifestAsync(Tag.Parse("v1"), TestContext.Current.CancellationToken);
        Assert.Equal(MediaTypes.DockerManifest, pushed!.MediaType);

        await aws.RunAsync("docker", "rmi", Image);
        var byDigest = $"{aws.Registry.Host}/team/busybox@{pushed.Digest}";
        await aws.RunAsync("docker", "pull", byDigest);
        var inspected = await aws.RunAsync("docker", "image", "inspect", byDigest);
        using var document = JsonDocument.Parse(inspected);
        Assert.Contains(
            document.RootElement[0].GetProperty("RepoDigests").EnumerateArray(),
            digest => digest.GetString() == byDigest
        );
        await aws.RunAsync("docker", "rmi", byDigest);
    }

    [Fact]
    public async Task An_immutable_tag_is_pushed_once()
    {
        await engines.RequireAsync("docker");
        Assert.True(
            await aws.Registry.Store.CreateAsync(
                RepositoryName.Parse("team/busybox"),
                new Layout.RepositoryRecord
                {
                    Settings = RepositorySettings.ImmutableExcept("latest"),
                    CreatedAt = TimeProvider.System.GetUtcNow(),
                },
                TestContext.Current.CancellationToken
            )
        );
        await aws.RunAsync("docker", "tag", BusyboxRoot.Image, Image);
        await aws.RunAsync("docker", "push", Image);
        var again = await aws.TryAsync(new ProgramCall("docker", "push", Image));
        Assert.NotEqual(0, again.ExitCode);
        Assert.Contains("cannot be overwritten because the tag is immutable", again.Error);
        var latest = $"{aws.Registry.Host}/team/busybox:latest";
        await aws.RunAsync("docker", "tag", BusyboxRoot.Image, latest);
        await aws.RunAsync("docker", "push", latest);
        await aws.RunAsync("docker", "push", latest);
        await aws.RunAsync("docker", "rmi", Image, latest);
    }

    private async Task LoginAsync()
    {
        var host = aws.Registry.Host;
        var login = new ProgramCall("docker", "login", "--username", "AWS", "--password-stdin", host);
        var result = await aws.TryAsync(login, input: "any password");
        Assert.True(result.ExitCode == 0, result.Error);
    }
}
