using System.Text;
using Lading.Layout;
using Lading.Oci;
using Lading.Processes;
using Lading.Testing;

namespace Lading.IntegrationTests.Engines;

/// <summary>The calls that cdk-assets makes to <c>CDK_DOCKER</c>, each in a process of its own.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class AnsweringForDocker(ContainerEngines engines) : IDisposable
{
    private const string Dockerfile = "FROM scratch\nARG KIND\nCOPY . /srv\n";

    private readonly TestFolder folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Pushes_the_image_that_was_built()
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
    public async Task The_image_that_was_published_first_keeps_the_tag_of_its_identity()
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

        // A second build contains another time, and so has another digest.
        await BuildAsync(Path.Combine(project.Repository.Folder, "src"), "cdkasset-2");
        (await DockerAsync("tag", "cdkasset-2", target)).Succeeded();
        var pushed = (await DockerAsync("push", target)).Succeeded();

        Assert.Contains($"{tag}: digest: {digest}", pushed.Out, StringComparison.Ordinal);
        Assert.Equal(digest, (await FindAsync(registry, tag, "shop/app"))?.ToString());
    }

    [Fact]
    public async Task A_push_of_an_image_that_nobody_built_says_so()
    {
        await engines.RequireAsync("buildah");

        var run = await DockerAsync("push", "127.0.0.1:1/shop/nothing:1");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Could not find image 127.0.0.1:1/shop/nothing:1", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("docker")]
    [InlineData("buildah")]
    [InlineData("podman", Traits = ["Run", "long"])]
    public async Task Options_of_docker_build_do_with_each_engine_what_they_do_with_docker(string engine)
    {
        await engines.RequireAsync(engine);
        var context = Directory.CreateDirectory(folder.Combine("options")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(context, "Dockerfile"),
            $"FROM {BusyboxRoot.Image}\nARG NAME=nobody\nRUN echo $NAME > /said; cat /etc/hosts >> /said\n",
            Cancelled
        );

        var run = await DockerWithAsync(
            engine,
            context,
            "",
            "build",
            "--tag=opt:1",
            "-topt:2",
            "--network",
            "host",
            "--label",
            "who=me",
            "--progress=tty",
            "--provenance=false",
            "--sbom",
            "false",
            "--add-host",
            "shop.test:192.0.2.7",
            "--shm-size",
            "64m",
            "--ulimit",
            "nofile=1024",
            "--build-arg",
            "NAME=a b",
            "--no-cache",
            "--output=type=docker",
            "--iidfile",
            "id.txt",
            "--metadata-file=meta.json",
            "-q",
            "."
        );

        var digest = run.Succeeded().Out.Trim();
        Assert.Equal(digest, await File.ReadAllTextAsync(Path.Combine(context, "id.txt"), Cancelled));
        Assert.Contains(digest, await File.ReadAllTextAsync(Path.Combine(context, "meta.json"), Cancelled));
        foreach (var name in (string[])["opt:1", "opt:2"])
        {
            Assert.Contains(digest, (await DockerAsync("inspect", name)).Succeeded().Out, StringComparison.Ordinal);
        }

        var image = LayoutOf(digest);
        var manifest = (await image.FindManifestContentAsync(Digest.Parse(digest), Cancelled))!;
        var config = Encoding.UTF8.GetString(await image.ReadBlobAsync(manifest.Document.Config!, Cancelled));
        Assert.Contains("\"who\":\"me\"", config, StringComparison.Ordinal);
        Assert.StartsWith("a b\n", (await ImageFiles.ReadAsync(image, manifest.Digest, Cancelled))["said"]);
    }

    [Theory]
    [InlineData("docker", "a secret with a comma")]
    [InlineData("buildah", "a secret with a comma")]
    [InlineData("podman", "a secret with a comma", Traits = ["Run", "long"])]
    public async Task The_path_of_a_secret_may_have_a_comma(string engine, string text)
    {
        await engines.RequireSecretsAsync(engine);
        var context = Directory.CreateDirectory(folder.Combine("a,b")).FullName;
        await File.WriteAllTextAsync(Path.Combine(context, "secret"), text, Cancelled);
        await File.WriteAllTextAsync(
            Path.Combine(context, "Dockerfile"),
            $"FROM {BusyboxRoot.Image}\nRUN --mount=type=secret,id=x cp /run/secrets/x /said\n",
            Cancelled
        );

        var run = await DockerWithAsync(
            engine,
            context,
            "",
            "build",
            "--tag",
            "secret:1",
            "--secret",
            $"id=x,\"src={context}/secret\"",
            "--quiet",
            "."
        );

        var digest = Digest.Parse(run.Succeeded().Out.Trim());
        Assert.Equal(text, (await ImageFiles.ReadAsync(LayoutOf(digest.ToString()), digest, Cancelled))["said"]);
    }

    [Fact]
    public async Task Only_files_that_the_ignore_file_lets_in_are_copied_and_never_the_tools_own()
    {
        await engines.RequireAsync("buildah");
        var context = Directory.CreateDirectory(folder.Path + "/project").FullName;
        Directory.CreateDirectory(Path.Combine(context, "node_modules/deep"));
        Directory.CreateDirectory(Path.Combine(context, "logs"));
        var files = new Dictionary<string, string>
        {
            ["Dockerfile"] = "FROM scratch\nCOPY . /\n",
            ["Dockerfile.dockerignore"] = "node_modules\nlogs/*\n!logs/keep\nDockerfile*\nunreadable\n",
            [".dockerignore"] = "greeting.txt\n",
            ["greeting.txt"] = "hello\n",
            ["node_modules/deep/file"] = "ignored\n",
            ["logs/today"] = "ignored\n",
            ["logs/keep"] = "excepted\n",
        };
        foreach (var (path, text) in files)
        {
            await File.WriteAllTextAsync(Path.Combine(context, path), text, Cancelled);
        }

        // Never opened: a file that nobody may read, and one that grows while it is copied.
        File.CreateSymbolicLink(Path.Combine(context, "unreadable"), "/proc/kcore");
        var call = ToolProcess.Call(context, "docker", "build", "--tag", "own:1", "--quiet", ".") with
        {
            Environment = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["LADING_ENGINE"] = "buildah",
                ["LADING_DOCKER_FOLDER"] = ".cache/lading",
            },
        };

        var first = (await ToolProcess.RunAsync(call)).Succeeded();
        var again = (await ToolProcess.RunAsync(call)).Succeeded();

        foreach (var digest in new[] { first, again }.Select(run => Digest.Parse(run.Out.Trim())))
        {
            var read = await ImageFiles.ReadAsync(
                LayoutOf(digest.ToString(), context + "/.cache/lading"),
                digest,
                Cancelled
            );
            Assert.Equal(["dockerignore", "greeting.txt", "logs/keep"], read.Keys.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Unknown_commands_go_to_the_engine()
    {
        await engines.RequireAsync("buildah");

        Assert.Contains("buildah", (await DockerAsync("--version")).Succeeded().Out, StringComparison.Ordinal);
    }

    private async Task BuildAsync(string context, string name) =>
        (
            await DockerInAsync(context, "", "build", "--tag", name, "--platform", "linux/amd64", "--no-cache", ".")
        ).Succeeded();

    /// <summary>The layout with an image.</summary>
    private ImageLayout LayoutOf(string digest, string? root = null) =>
        Directory
            .EnumerateDirectories(Path.Combine(root ?? folder.Combine("state"), "images"))
            .Select(one => new ImageLayout(Path.Combine(one, "layout")))
            .First(layout => File.Exists(layout.Blobs.PathOf(Digest.Parse(digest))));

    private static async Task<Digest?> FindAsync(TestRegistry registry, string tag, string repository = "shop/assets")
    {
        var store = registry.Store.Open(RepositoryName.Parse(repository));
        return (await store.FindManifestAsync(Tag.Parse(tag), Cancelled))?.Digest;
    }

    /// <summary>A context as CDK stages it.</summary>
    private string Staged(string greeting)
    {
        var staged = Directory.CreateDirectory(folder.Combine("staged")).FullName;
        File.WriteAllText(Path.Combine(staged, "Dockerfile"), Dockerfile);
        File.WriteAllText(Path.Combine(staged, "greeting.txt"), greeting);
        return staged;
    }

    private Task<ToolRun> DockerAsync(params string[] arguments) => DockerInAsync(folder.Path, "", arguments);

    private Task<ToolRun> DockerInAsync(string directory, string input, params string[] arguments) =>
        DockerWithAsync("buildah", directory, input, arguments);

    private async Task<ToolRun> DockerWithAsync(
        string engine,
        string directory,
        string input,
        params string[] arguments
    )
    {
        var call = ToolProcess.Call(directory, ["docker", .. arguments]) with
        {
            Environment = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["LADING_ENGINE"] = engine,
                ["LADING_DOCKER_FOLDER"] = folder.Combine("state"),
            },
        };
        var result = await ProgramRunner.RunAsync(call, Encoding.UTF8.GetBytes(input), Cancelled);
        return new ToolRun(result.ExitCode, result.Text, result.Error);
    }
}
