using System.Text;
using Lading.Oci;
using Lading.Processes;
using Lading.Testing;

namespace Lading.IntegrationTests.Engines;

/// <summary>The calls that cdk-assets makes of <c>CDK_DOCKER</c>, each a process of its own.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class AnsweringInDockersPlace(ContainerEngines engines) : IDisposable
{
    private const string Dockerfile = "FROM scratch\nARG KIND\nCOPY . /srv\n";

    private readonly TestFolder folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_was_built_is_what_is_pushed_with_the_digest_that_publish_gives()
    {
        await engines.RequireAsync("buildah");
        await using var registry = await TestRegistry.StartAsync();
        using var project = await DockerfileProject.CreateAsync(Dockerfile);
        var published = DockerfileProject.Of(await project.PublishAsync("--engine", "buildah"));
        var context = Staged(project.Repository);
        var target = $"{registry.Host}/shop/assets:src-1";

        Assert.Equal(1, (await DockerAsync("inspect", "cdkasset-1")).ExitCode);
        (
            await DockerInAsync(
                context,
                "",
                "build",
                "--tag",
                "cdkasset-1",
                "--platform",
                "linux/amd64",
                "--no-cache",
                "."
            )
        ).Succeeded();
        (await DockerAsync("inspect", "cdkasset-1")).Succeeded();
        (await DockerAsync("tag", "cdkasset-1", target)).Succeeded();
        var pushed = (await DockerAsync("push", target)).Succeeded();
        var again = (await DockerAsync("push", target)).Succeeded();

        var there = await registry
            .Store.Open(RepositoryName.Parse("shop/assets"))
            .FindManifestAsync(Tag.Parse("src-1"), Cancelled);
        Assert.Equal(published.Digest, there?.Digest.ToString());
        Assert.Contains($"digest: {published.Digest}", pushed.Out, StringComparison.Ordinal);
        Assert.Contains("is there already", again.Error, StringComparison.Ordinal);
        Assert.Contains(
            target,
            (await DockerAsync("images", "--format", "x", "--filter", "reference=*/*:src-1")).Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_login_is_kept_for_the_push_and_for_nobody_else_to_read()
    {
        var login = await DockerInAsync(
            folder.Path,
            "secret\n",
            "login",
            "--username",
            "AWS",
            "--password-stdin",
            "127.0.0.1:1"
        );

        login.Succeeded();
        var file = Assert.Single(Directory.GetFiles(folder.Combine("state/logins")));
        Assert.Equal("AWS\nsecret", await File.ReadAllTextAsync(file, Cancelled));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.DoesNotContain("secret", login.Out + login.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_push_of_what_nobody_built_says_so()
    {
        await engines.RequireAsync("buildah");

        var run = await DockerAsync("push", "127.0.0.1:1/shop/nothing:1");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Could not find image 127.0.0.1:1/shop/nothing:1", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_does_not_know_goes_to_the_engine()
    {
        await engines.RequireAsync("buildah");

        Assert.Contains("buildah", (await DockerAsync("--version")).Succeeded().Out, StringComparison.Ordinal);
    }

    /// <summary>The files of a project's context, as CDK stages them.</summary>
    private string Staged(TestRepository repository)
    {
        var staged = Directory.CreateDirectory(folder.Combine("staged")).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(repository.Folder, "src")))
        {
            File.Copy(file, Path.Combine(staged, Path.GetFileName(file)));
        }

        return staged;
    }

    private Task<ToolRun> DockerAsync(params string[] arguments) => DockerInAsync(folder.Path, "", arguments);

    private async Task<ToolRun> DockerInAsync(string directory, string input, params string[] arguments)
    {
        var call = ToolProcess.Call(directory, ["docker", .. arguments]) with
        {
            Environment = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["LADING_ENGINE"] = "buildah",
                ["LADING_DOCKER_FOLDER"] = folder.Combine("state"),
            },
        };
        var result = await ProgramRunner.RunAsync(call, Encoding.UTF8.GetBytes(input), Cancelled);
        return new ToolRun(result.ExitCode, result.Text, result.Error);
    }
}
