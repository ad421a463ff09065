using Lading.IntegrationTests.Publishing;
using Lading.Layout;
using Lading.Locks;
using Lading.Oci;
using Lading.Testing;

namespace Lading.IntegrationTests.Interop;

/// <summary>Lading reads what other clients push: images to mirror, and images to promote.</summary>
public sealed class ReadingFromOthers(ContainerEngines engines)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StartedRegistry.Distribution)]
    [InlineData(StartedRegistry.Embedded)]
    public async Task Mirrors_an_image_that_docker_pushed_under_the_same_digest(string which)
    {
        await engines.RequireAsync("docker");
        await using var registry = await StartedRegistry.StartAsync(which);
        var pushed = $"{registry.Host}/others/busybox:1.36";
        await ContainerEngines.RunAsync("docker", "tag", BusyboxRoot.Image, pushed);
        await ContainerEngines.RunAsync("docker", "push", "--quiet", pushed);
        using var project = await SharedProject.CreateAsync(registry.Host, $$""" "box": { "from": "{{pushed}}" } """);

        var mirrored = await project.PublishAsync("shared");
        var local = await project.PublishAsync("local");

        var digest = await DigestOfAsync(pushed);
        Assert.Equal(("copy", digest), (mirrored["box"].Action, mirrored["box"].Digest));
        Assert.Equal(("copy", digest), (local["box"].Action, local["box"].Digest));
        Assert.Equal(digest, await DigestOfAsync($"{registry.Host}/shop/box@{digest}"));
        await VerifyLocalAsync(project, "box");
        await ContainerEngines.RunAsync("docker", "rmi", pushed);
    }

    [Theory]
    [InlineData(StartedRegistry.Distribution)]
    [InlineData(StartedRegistry.Embedded)]
    public async Task An_index_that_buildah_pushed_is_mirrored_with_all_its_platforms(string which)
    {
        await engines.RequireAsync("buildah");
        await using var registry = await StartedRegistry.StartAsync(which);
        var pushed = $"{registry.Host}/others/tool:2";
        await PushIndexAsync(pushed);
        using var project = await SharedProject.CreateAsync(registry.Host, $$""" "tool": { "from": "{{pushed}}" } """);

        var mirrored = (await project.PublishAsync("shared"))["tool"];
        await project.PublishAsync("local");

        Assert.Equal(await DigestOfAsync(pushed), mirrored.Digest);
        var locked = LockFile.Read(LockPath.For(project.Repository.Folder, "local")).Images["tool"];
        Assert.Equal(mirrored.Digest, locked.Digest.ToString());
        Assert.Equal(["linux/amd64", "linux/arm64"], locked.Platforms.Select(platform => platform.ToString()));
        await VerifyLocalAsync(project, "tool");
    }

    [Theory]
    [InlineData(StartedRegistry.Distribution, StartedRegistry.Embedded)]
    [InlineData(StartedRegistry.Embedded, StartedRegistry.Distribution)]
    public async Task Promotes_an_image_that_skopeo_copied_to_a_registry(string from, string to)
    {
        Requires.Skopeo();
        await using var origin = await StartedRegistry.StartAsync(from);
        await using var other = await StartedRegistry.StartAsync(to);
        using var project = await SharedProject.CreateAsync(
            origin.Host,
            """ "tool": { "assemble": { "base": "scratch", "copy": { "place": "/etc/place" } } } """,
            $$""", "other": { "registry": "{{other.Host}}" }, "prod": { "registry": "embedded", "promoteFrom": "other" } """
        );
        var published = (await project.PublishAsync("shared"))["tool"];
        var early = (await project.LadingAsync("promote", "other", "prod")).Failed(FailureKind.CheckFailed);
        Assert.Contains("never published in other", early.Error);
        foreach (var tag in await TagsAsync(project, "shared"))
        {
            string[] copy = ["copy", "--preserve-digests", "--src-tls-verify=false", "--dest-tls-verify=false"];
            string[] places = [$"docker://{origin.Host}/shop/tool:{tag}", $"docker://{other.Host}/shop/tool:{tag}"];
            await ContainerEngines.RunAsync("skopeo", [.. copy, .. places]);
        }

        (await project.LadingAsync("promote", "other", "prod")).Succeeded();

        var locked = LockFile.Read(LockPath.For(project.Repository.Folder, "prod")).Images["tool"];
        Assert.Equal((published.Digest, published.Revision), (locked.Digest.ToString(), locked.Revision));
    }

    private static async Task<IReadOnlyList<string>> TagsAsync(SharedProject project, string environment)
    {
        var locked = LockFile.Read(LockPath.For(project.Repository.Folder, environment)).Images["tool"];
        return [$"src-{locked.Fingerprint[..40]}", $"git-{locked.Revision}"];
    }

    private static async Task VerifyLocalAsync(SharedProject project, string image)
    {
        var store = new LayoutStore(Path.Combine(project.Repository.Folder, ".lading/registry"));
        var tags = await VerifiedTags.VerifyAsync(store.Open(RepositoryName.Parse($"shop/{image}")), Cancelled);
        Assert.Equal(2, tags.Count);
    }

    private static Task<string> DigestOfAsync(string reference) =>
        ContainerEngines.RunAsync(
            "skopeo",
            [
                "inspect",
                "--tls-verify=false",
                "--override-arch=amd64",
                "--format",
                "{{.Digest}}",
                $"docker://{reference}",
            ]
        );

    private static async Task PushIndexAsync(string reference)
    {
        var list = $"localhost/lading-test:{Guid.NewGuid():N}";
        await ContainerEngines.RunAsync("buildah", "manifest", "create", list);
        foreach (var architecture in new[] { "amd64", "arm64" })
        {
            var container = await ContainerEngines.RunAsync("buildah", "from", "scratch");
            await ContainerEngines.RunAsync("buildah", "config", "--arch", architecture, "--os", "linux", container);
            await ContainerEngines.RunAsync("buildah", "commit", "--quiet", "--rm", "--manifest", list, container);
        }

        await ContainerEngines.RunAsync(
            "buildah",
            ["manifest", "push", "--all", "--tls-verify=false", list, $"docker://{reference}"]
        );
        await ContainerEngines.RunAsync("buildah", "manifest", "rm", list);
    }
}
