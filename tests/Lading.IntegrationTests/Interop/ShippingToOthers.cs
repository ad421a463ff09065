using System.Runtime.Versioning;
using System.Security.Cryptography;
using Lading.Testing;

namespace Lading.IntegrationTests.Interop;

/// <summary>Other clients read what Lading pushes.</summary>
public sealed class ShippingToOthers(ContainerEngines engines)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StartedRegistry.Distribution)]
    [InlineData(StartedRegistry.Embedded)]
    [UnsupportedOSPlatform("windows")]
    public async Task Skopeo_copies_it_byte_for_byte_and_umoci_unpacks_it(string which)
    {
        Requires.Skopeo();
        Requires.Umoci();
        await using var registry = await StartedRegistry.StartAsync(which);
        using var project = await SharedProject.CreateAsync(
            registry.Host,
            """
            "tool": {
              "assemble": {
                "base": "scratch",
                "copy": { "say.sh": "/bin/say", "place": "/etc/place" },
                "user": "7:8", "workdir": "/etc", "env": { "GREETING": "hello" }, "entrypoint": ["/bin/say"], "ports": [80]
              }
            }
            """
        );
        var published = (await project.PublishAsync("shared"))["tool"];
        using var folder = new TestFolder();
        var tag = (await project.LadingAsync("plan", "--offline", "-o", "json")).Succeeded().Out;
        var source = $"docker://{registry.Host}/shop/tool";

        await ContainerEngines.RunAsync(
            "skopeo",
            [
                "copy",
                "--src-tls-verify=false",
                "--preserve-digests",
                $"{source}@{published.Digest}",
                $"oci:{folder.Combine("oci")}:by-digest",
            ]
        );
        var raw = await SkopeoAsync("inspect", "--raw", "--tls-verify=false", $"{source}:{SourceTag(tag)}");
        var seen = await SkopeoAsync("inspect", "--config", "--tls-verify=false", $"{source}:{SourceTag(tag)}");
        await ContainerEngines.RunAsync(
            "umoci",
            ["unpack", "--rootless", "--image", folder.Combine("oci:by-digest"), folder.Combine("unpacked")]
        );

        Assert.Equal(published.Digest, $"sha256:{Convert.ToHexStringLower(SHA256.HashData(raw))}");
        Assert.Contains("\"WorkingDir\": \"/etc\"", System.Text.Encoding.UTF8.GetString(seen));
        var root = folder.Combine("unpacked/rootfs");
        Assert.Equal("lading\n", await File.ReadAllTextAsync(Path.Combine(root, "etc/place"), Cancelled));
        Assert.True(File.GetUnixFileMode(Path.Combine(root, "bin/say")).HasFlag(UnixFileMode.OtherExecute));
        Assert.False(File.GetUnixFileMode(Path.Combine(root, "etc/place")).HasFlag(UnixFileMode.UserExecute));
    }

    [Theory]
    [InlineData(StartedRegistry.Distribution)]
    [InlineData(StartedRegistry.Embedded)]
    public async Task Docker_pulls_it_and_runs_it_on_the_base_that_docker_pushed(string which)
    {
        await engines.RequireAsync("docker");
        await using var registry = await StartedRegistry.StartAsync(which);
        var pushed = $"{registry.Host}/base/busybox:1.36";
        await ContainerEngines.RunAsync("docker", "tag", BusyboxRoot.Image, pushed);
        await ContainerEngines.RunAsync("docker", "push", "--quiet", pushed);
        using var project = await SharedProject.CreateAsync(
            registry.Host,
            $$"""
            "tool": {
              "assemble": {
                "base": "{{pushed}}",
                "copy": { "say.sh": "/usr/bin/say", "place": "/etc/place" },
                "env": { "GREETING": "hello" }, "entrypoint": ["/usr/bin/say"]
              }
            }
            """
        );
        var published = (await project.PublishAsync("shared"))["tool"];
        var reference = $"{registry.Host}/shop/tool@{published.Digest}";

        await ContainerEngines.RunAsync("docker", "pull", "--quiet", reference);
        var said = await ContainerEngines.RunAsync("docker", "run", "--rm", "--network", "none", reference);

        Assert.Equal("hello from lading", said);
        await ContainerEngines.RunAsync("docker", "rmi", reference, pushed);
    }

    [Fact]
    public async Task Skopeo_reads_the_embedded_registry_as_an_image_layout()
    {
        Requires.Skopeo();
        using var project = await SharedProject.CreateAsync(
            "127.0.0.1:1",
            """ "tool": { "assemble": { "base": "scratch", "copy": { "place": "/etc/place" } } } """
        );
        var published = (await project.PublishAsync("local"))["tool"];
        var layout = Path.Combine(project.Repository.Folder, ".lading/registry/shop/tool/_layout");

        var raw = await SkopeoAsync("inspect", "--raw", $"oci:{layout}:git-{published.Revision}");

        Assert.Equal(published.Digest, $"sha256:{Convert.ToHexStringLower(SHA256.HashData(raw))}");
    }

    private static string SourceTag(string plan)
    {
        var start = plan.IndexOf("\"src-", StringComparison.Ordinal) + 1;
        return plan[start..plan.IndexOf('"', start)];
    }

    private static async Task<byte[]> SkopeoAsync(params IReadOnlyList<string> arguments)
    {
        var call = new Processes.ProgramCall("skopeo", arguments);
        var result = await Processes.ProgramRunner.RunAsync(call, ReadOnlyMemory<byte>.Empty, Cancelled);
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Output.ToArray();
    }
}
