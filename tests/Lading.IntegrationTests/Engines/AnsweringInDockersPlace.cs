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
    public async Task What_was_built_is_what_is_pushed()
    {
        await engines.RequireAsync("buildah");
        await using var registry = await TestRegistry.StartAsync();
        var context = Staged("hello\n");
        var target = $"{registry.Host}/shop/assets:1";

        Assert.Equal(1, (await DockerAsync("inspect", "cdkasset-1")).ExitCode);
        await BuildAsync(context, "cdkasset-1");
        var inspected = (await DockerAsync("inspect", "cdkasset-1")).Succeeded();
        (await DockerAsync("tag", "cdkasset-1", target)).Succeeded();
        var pushed = (await DockerAsync("push", target)).Succeeded();
        var again = (await DockerAsync("push", target)).Succeeded();

        var there = await FindAsync(registry, "1");
        Assert.Contains($"\"Id\": \"{there}\"", inspected.Out, StringComparison.Ordinal);
        Assert.Contains($"1: digest: {there}", pushed.Out, StringComparison.Ordinal);
        Assert.Contains("is there already", again.Error, StringComparison.Ordinal);
        var listed = await DockerAsync("images", "--format", "x", "--filter", "reference=*/*:1");
        Assert.Equal(target, listed.Out.Trim());
    }

    [Fact]
    public async Task Under_an_identity_the_image_stands_that_was_published_first()
    {
        await engines.RequireAsync("buildah");
        await using var registry = await TestRegistry.StartAsync();
        using var project = await DockerfileProject.CreateAsync(Dockerfile);
        project.Repository.Write(
            "lading.json",
            $$"""
            {
              "project": "shop",
              "images": { "app": { "context": "src" } },
              "environments": { "dev": { "registry": "{{registry.Host}}" } }
            }
            """
        );
        await project.Repository.CommitAsync("Add an environment");
        using var json = (await project.PublishAsync("--env", "dev", "--engine", "buildah")).Succeeded().Document();
        var image = json.RootElement.GetProperty("images")[0];
        var (tag, digest) = (image.GetProperty("tag").GetString()!, image.GetProperty("digest").GetString()!);
        var target = $"{registry.Host}/shop/app:{tag}";

        // Built anew, it has another time in it, and so another digest.
        await BuildAsync(Path.Combine(project.Repository.Folder, "src"), "cdkasset-2");
        (await DockerAsync("tag", "cdkasset-2", target)).Succeeded();
        var pushed = (await DockerAsync("push", target)).Succeeded();

        Assert.Contains($"{tag}: digest: {digest}", pushed.Out, StringComparison.Ordinal);
        Assert.Equal(digest, (await FindAsync(registry, tag, "shop/app"))?.ToString());
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

    private async Task BuildAsync(string context, string name) =>
        (
            await DockerInAsync(context, "", "build", "--tag", name, "--platform", "linux/amd64", "--no-cache", ".")
        ).Succeeded();

    private static async Task<Digest?> FindAsync(TestRegistry registry, string tag, string repository = "shop/assets")
    {
        var store = registry.Store.Open(RepositoryName.Parse(repository));
        return (await store.FindManifestAsync(Tag.Parse(tag), Cancelled))?.Digest;
    }

    /// <summary>A context as CDK stages one.</summary>
    private string Staged(string greeting)
    {
        var staged = Directory.CreateDirectory(folder.Combine("staged")).FullName;
        File.WriteAllText(Path.Combine(staged, "Dockerfile"), Dockerfile);
        File.WriteAllText(Path.Combine(staged, "greeting.txt"), greeting);
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
