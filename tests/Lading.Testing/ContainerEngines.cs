using System.Text.RegularExpressions;
using Lading.Engines;
using Lading.Processes;
using Xunit;

namespace Lading.Testing;

/// <summary>
/// The machine's container engines. Each is prepared when the first test of an assembly needs it, with storage of its
/// own and the base image of the tests' Dockerfiles. A Docker daemon that is already running keeps its storage.
/// </summary>
/// <remarks>
/// Environment variables of this process point to the storage, so Lading finds it here and in processes that tests
/// start.
/// </remarks>
public sealed partial class ContainerEngines : IAsyncDisposable
{
    private const string Bridge = "/sys/class/net/docker0";
    private readonly SemaphoreSlim one = new(1, 1);
    private readonly HashSet<string> ready = [];
    private readonly TestFolder folder = new();
    private RunningServer? dockerd;
    private bool hadBridge;

    /// <summary>Prepares an engine; skips the test if the machine does not have it.</summary>
    /// <param name="engine">docker, buildah or podman.</param>
    public async Task RequireAsync(string engine)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await one.WaitAsync(cancellationToken);
        try
        {
            if (!ready.Contains(engine))
            {
                await (engine == "docker" ? PrepareDockerAsync() : PrepareStorageAsync(engine));
                await PutBaseAsync(engine, cancellationToken);
                ready.Add(engine);
            }
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>
    /// Prepares an engine that supports build secrets; skips the test if the machine's docker has no BuildKit.
    /// </summary>
    /// <param name="engine">docker, buildah or podman.</param>
    public async Task RequireSecretsAsync(string engine)
    {
        await RequireAsync(engine);
        if (
            engine == "docker"
            && !await new DockerEngine(engine).HasBuildKitAsync(TestContext.Current.CancellationToken)
        )
        {
            Requires.Missing("docker has no BuildKit", "Install docker-buildx-plugin (Debian: docker-buildx).");
        }
    }

    /// <summary>Runs an engine, which must succeed, and returns its output.</summary>
    internal static async Task<string> RunAsync(string engine, params IReadOnlyList<string> arguments)
    {
        var (call, result) = await TryAsync(engine, arguments);
        Assert.True(result.ExitCode == 0, $"{call}: {result.Error}");
        return result.Text;
    }

    public async ValueTask DisposeAsync()
    {
        if (dockerd is not null)
        {
            await dockerd.DisposeAsync();
            if (!hadBridge && Directory.Exists(Bridge))
            {
                // dockerd leaves it behind.
                var remove = new ProgramCall("ip", "link", "delete", Path.GetFileName(Bridge));
                _ = await ProgramRunner.RunAsync(remove, ReadOnlyMemory<byte>.Empty, CancellationToken.None);
            }
        }

        folder.Dispose();
        one.Dispose();
    }

    private async Task PrepareDockerAsync()
    {
        Requires.Debian("docker", "docker.io");
        var (_, version) = await TryAsync("docker", "version", "--format", "{{.Server.Version}}");
        if (version.ExitCode == 0)
        {
            return;
        }

        if (Requires.OnPath("dockerd") is not { } program || Environment.UserName != "root")
        {
            Requires.Missing(
                $"no Docker daemon answers: {version.Error.Trim()}",
                "Start one, or run the tests as root."
            );
            return;
        }

        var socket = "unix://" + folder.Combine("docker.sock");
        var call = new ProgramCall(
            program,
            [
                .. (string[])["--host", socket, "--pidfile", folder.Combine("pid")],
                .. (string[])["--data-root", folder.Combine("docker"), "--exec-root", folder.Combine("exec")],
                // BuildKit needs the bridge to run anything; the machine's firewall and routes stay untouched.
                .. (string[])["--iptables=false", "--ip6tables=false", "--ip-forward=false", "--ip-masq=false"],
            ]
        );
        hadBridge = Directory.Exists(Bridge);
        (dockerd, _) = await RunningServer.StartAsync(call, Listening());
        Environment.SetEnvironmentVariable("DOCKER_HOST", socket);
    }

    private async Task PrepareStorageAsync(string engine)
    {
        Requires.Debian(engine);
        var storage = folder.Combine("storage.conf");
        if (!File.Exists(storage))
        {
            // vfs copies instead of mounting: it works on every file system, even inside a container.
            var text = $"""
                [storage]
                driver = "vfs"
                graphroot = "{folder.Combine("graph")}"
                rootless_storage_path = "{folder.Combine("graph")}"
                runroot = "{folder.Combine("run")}"
                """;
            await File.WriteAllTextAsync(storage, text, TestContext.Current.CancellationToken);
        }

        Environment.SetEnvironmentVariable("CONTAINERS_STORAGE_CONF", storage);
        Environment.SetEnvironmentVariable("BUILDAH_ISOLATION", "chroot");
    }

    private async Task PutBaseAsync(string engine, CancellationToken cancellationToken)
    {
        string[] inspect = engine == "buildah" ? ["inspect", "--type", "image"] : ["image", "inspect"];
        if ((await TryAsync(engine, [.. inspect, BusyboxRoot.Image])).Result.ExitCode == 0)
        {
            return;
        }

        var root = folder.Combine("busybox.tar");
        await BusyboxRoot.WriteAsync(root, cancellationToken);
        if (engine == "buildah")
        {
            var container = await RunAsync(engine, "from", "scratch");
            await RunAsync(engine, "add", "--quiet", container, root, "/");
            await RunAsync(engine, "config", "--cmd", "sh", container);
            await RunAsync(engine, "commit", "--quiet", "--rm", container, BusyboxRoot.Image);
        }
        else
        {
            await RunAsync(engine, "import", "--change", "CMD [\"sh\"]", root, BusyboxRoot.Image);
        }
    }

    /// <summary>Runs an engine, and returns the call and its result.</summary>
    internal static async Task<(ProgramCall Call, ProgramResult Result)> TryAsync(
        string engine,
        params IReadOnlyList<string> arguments
    )
    {
        var call = new ProgramCall(engine, arguments);
        var cancellationToken = TestContext.Current.CancellationToken;
        return (call, await ProgramRunner.RunAsync(call, ReadOnlyMemory<byte>.Empty, cancellationToken));
    }

    [GeneratedRegex(@"API listen on", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Listening();
}
