using Lading.Oci;
using Lading.Processes;
using Lading.Provenance;
using Lading.Testing;

namespace Lading.IntegrationTests.Engines;

/// <summary>The tag of a base moves, and its pin does not.</summary>
public sealed class BuildingOnAPinnedBase(ContainerEngines engines) : IAsyncLifetime
{
    private readonly TestFolder folder = new();
    private DockerRegistryServer? registry;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Base => $"{registry!.Host}/base/tool:1";

    public async ValueTask InitializeAsync()
    {
        Requires.Skopeo();
        registry = await DockerRegistryServer.StartAsync();
        // As on a machine whose registry speaks plain HTTP.
        await File.WriteAllTextAsync(
            folder.Combine("registries.conf"),
            $"[[registry]]\nlocation = \"{registry.Host}\"\ninsecure = true\n",
            Cancelled
        );
    }

    public async ValueTask DisposeAsync()
    {
        if (registry is not null)
        {
            await registry.DisposeAsync();
        }

        folder.Dispose();
    }

    [Theory]
    [InlineData("docker")]
    [InlineData("buildah")]
    [InlineData("podman", Traits = ["Run", "long"])]
    public async Task The_engine_builds_on_what_is_pinned(string engine)
    {
        await engines.RequireAsync(engine);
        var first = await PushBaseAsync("first");
        var second = await PushBaseAsync("second");
        using var project = await DockerfileProject.CreateAsync($"FROM {Base}\nCOPY greeting.txt /\n");

        await PinAsync(project, first);
        var one = DockerfileProject.Of(await PublishAsync(project, engine));
        Assert.Equal("first\n", (await project.ReadFilesAsync())["version"]);
        await PinAsync(project, second);
        var two = DockerfileProject.Of(await PublishAsync(project, engine));
        Assert.Equal("second\n", (await project.ReadFilesAsync())["version"]);
        await PinAsync(project, first);
        var back = DockerfileProject.Of(await PublishAsync(project, engine));

        Assert.Equal(("build", "build"), (one.Action, two.Action));
        Assert.Equal(("reuse", one.Digest), (back.Action, back.Digest));
    }

    [Theory]
    [InlineData("docker")]
    [InlineData("buildah")]
    [InlineData("podman", Traits = ["Run", "long"])]
    public async Task The_pin_counts_however_the_base_is_named(string engine)
    {
        await engines.RequireAsync(engine);
        var first = await PushBaseAsync("first");
        await PushBaseAsync("second");
        using var project = await DockerfileProject.CreateAsync(
            $$"""
            ARG TAG=9
            FROM {{Base[..^1]}}${TAG} AS from
            FROM \
              scratch
            COPY --from=from /version /from
            COPY --from={{Base}} /version /copied
            """,
            """, "args": { "TAG": "1" }"""
        );
        await PinAsync(project, first);

        DockerfileProject.Of(await PublishAsync(project, engine));

        var files = await project.ReadFilesAsync();
        Assert.Equal(("first\n", "first\n"), (files["from"], files["copied"]));
    }

    [Theory]
    [InlineData("docker")]
    [InlineData("buildah")]
    public async Task An_unpinned_base_is_built_on_what_its_tag_points_to_and_that_is_recorded(string engine)
    {
        await engines.RequireAsync(engine);
        var digest = await PushBaseAsync("floating");
        using var project = await DockerfileProject.CreateAsync($"FROM {Base}\nCOPY greeting.txt /\n");

        var run = await PublishAsync(project, engine);

        Assert.Equal("floating\n", (await project.ReadFilesAsync())["version"]);
        Assert.Contains($"base {Base} is unpinned: built on {digest}", run.Error, StringComparison.Ordinal);
        var inputs = await StatementArtifact.FindAsync(project.Published, project.Locked.Digest, Cancelled);
        Assert.Equal(new BaseRecord(Base, Digest.Parse(digest), IsPinned: false), Assert.Single(inputs!.Bases));
    }

    [Theory]
    [InlineData("docker")]
    [InlineData("buildah")]
    public async Task A_base_that_only_the_engine_has_is_used_by_name(string engine)
    {
        await engines.RequireAsync(engine);
        using var project = await DockerfileProject.CreateAsync($"FROM {BusyboxRoot.Image}\nCOPY greeting.txt /\n");
        var mine = "localhost/lading-test-base:1";
        await ContainerEngines.RunAsync(engine, "tag", BusyboxRoot.Image, mine);
        project.Repository.Write("src/Dockerfile", $"FROM {mine}\nCOPY greeting.txt /\n");
        await project.Repository.CommitAsync("A base of this machine");

        var run = await PublishAsync(project, engine);

        DockerfileProject.Of(run);
        Assert.Contains("built on what the engine finds under that name", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_assembled_without_an_engine_uses_the_pin_too()
    {
        var first = await PushBaseAsync("first");
        await PushBaseAsync("second");
        using var project = await DockerfileProject.CreateAsync("");
        project.Repository.Write(
            "lading.json",
            $$"""
            {
              "project": "shop",
              "images": { "app": { "assemble": { "base": "{{Base}}", "copy": { "src/greeting.txt": "/greeting" } } } }
            }
            """
        );
        await PinAsync(project, first);

        DockerfileProject.Of(await project.PublishAsync());

        var files = await project.ReadFilesAsync();
        Assert.Equal(("first\n", "hello\n"), (files["version"], files["greeting"]));
    }

    /// <summary>Pushes an image with one file under the base's tag, and returns its digest.</summary>
    private async Task<string> PushBaseAsync(string version)
    {
        using var maker = await DockerfileProject.CreateAsync("");
        maker
            .Repository.Write("version", version + "\n")
            .Write(
                "lading.json",
                """
                { "project": "shop", "images": { "app": { "assemble": { "base": "scratch", "copy": { "version": "/version" } } } } }
                """
            );
        await maker.Repository.CommitAsync(version);
        var made = DockerfileProject.Of(await maker.PublishAsync());
        var layout = Path.Combine(maker.Repository.Folder, ".lading/registry/shop/app/_layout");
        string[] copy = ["copy", "--preserve-digests", "--dest-tls-verify=false", $"oci:{layout}:git-{made.Revision}"];
        await ContainerEngines.RunAsync("skopeo", [.. copy, $"docker://{Base}"]);
        return made.Digest;
    }

    private async Task PinAsync(DockerfileProject project, string digest)
    {
        project.Repository.Write(
            "lading.bases.json",
            $$"""{ "basesVersion": 1, "bases": { "{{Base}}": { "digest": "{{digest}}", "onBuild": false } } }"""
        );
        await project.Repository.CommitAsync($"Pin {digest}");
    }

    /// <summary>In a process of its own, with the registries as this test configures them.</summary>
    private Task<ToolRun> PublishAsync(DockerfileProject project, string engine)
    {
        var call = ToolProcess.Call(project.Repository.Folder, "publish", "--engine", engine, "--output", "json");
        var environment = new Dictionary<string, string?>
        {
            ["CONTAINERS_REGISTRIES_CONF"] = folder.Combine("registries.conf"),
        };
        return ToolProcess.RunAsync(call with { Environment = environment });
    }
}
