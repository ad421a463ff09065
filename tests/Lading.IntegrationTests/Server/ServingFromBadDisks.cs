using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Lading.Processes;
using Lading.Testing;

namespace Lading.IntegrationTests.Server;

/// <summary>A disk that accepts no writes is reported as such, at once, and what is on it is still served.</summary>
public sealed partial class ServingFromBadDisks : IDisposable
{
    private readonly TestFolder folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(
        "mount -t tmpfs -o size=8m,mode=755 none STORE && cp -r SEED/. STORE && mount -o remount,ro STORE",
        "ead-only"
    )]
    [InlineData(
        "mount -t tmpfs -o size=8m,nr_inodes=40 none STORE && cp -r SEED/. STORE && (i=0; while touch STORE/_fill$i 2>/dev/null; do i=$((i+1)); done; true)",
        "o space left"
    )]
    public async Task Writes_fail_at_once_with_the_error_of_the_disk_and_reads_go_on(string mount, string words)
    {
        await RequireMountsAsync();
        var seed = folder.Combine("seed");
        var bytes = Wire.Noise(1000);
        Oci.Descriptor blob;
        await using (var writer = await LadingRegistryServer.StartAsync(seed))
        {
            using var http = new HttpClient { BaseAddress = new Uri($"http://{writer.Host}") };
            blob = await new Wire(http).PushBlobAsync(bytes, "application/octet-stream");
        }

        // In one case the lock of a repository exists already; in the other it must be created.
        var store = Directory.CreateDirectory(folder.Combine("store")).FullName;
        var tool = ToolProcess.Call(folder.Path, "registry", "--port", "0", "--store", store);
        var script = $"{mount.Replace("STORE", store).Replace("SEED", seed)} && exec \"$@\"";
        var call = new ProgramCall("unshare", ["-m", "sh", "-c", script, "sh", tool.Program, .. tool.Arguments])
        {
            WorkingDirectory = folder.Path,
        };
        var (server, host) = await RunningServer.StartAsync(call, Address());
        await using (server)
        {
            using var http = new HttpClient
            {
                BaseAddress = new Uri($"http://{host}"),
                Timeout = TimeSpan.FromSeconds(30),
            };
            var wire = new Wire(http);
            await wire.HasBlobAsync(blob.Digest, bytes);
            var index = """{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}""";
            using var put = await wire.PutManifestAsync(
                "v1",
                Encoding.UTF8.GetBytes(index),
                "application/vnd.oci.image.index.v1+json"
            );
            Assert.Equal(HttpStatusCode.InternalServerError, put.StatusCode);
            var said = await put.Content.ReadAsStringAsync(Cancelled);
            Assert.Contains(words, said, StringComparison.Ordinal);
            Assert.DoesNotContain("another process", said, StringComparison.Ordinal);
            using var created = await http.PostAsync(
                new Uri("/v2/team/other/blobs/uploads/", UriKind.Relative),
                null,
                Cancelled
            );
            Assert.Equal(HttpStatusCode.InternalServerError, created.StatusCode);
            await wire.HasBlobAsync(blob.Digest, bytes);
        }
    }

    [Theory]
    [InlineData("/dev/null/x")]
    [InlineData("file/below")]
    public async Task A_store_below_a_file_is_wrong_use(string store)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "/dev/null is Unix's.");
        await File.WriteAllTextAsync(folder.Combine("file"), "", Cancelled);

        var run = await ToolProcess.RunAsync(folder.Path, "registry", "--port", "0", "--store", store);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Could not create the folder", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_with_link_loops_starts_and_stops_on_request()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need rights on Windows.");
        var store = Directory.CreateDirectory(folder.Combine("store")).FullName;
        foreach (var name in (string[])["a", "b", "c", "d"])
        {
            Directory.CreateSymbolicLink(Path.Combine(store, name), store);
        }

        var call = ToolProcess.Call(folder.Path, "registry", "--port", "0", "--store", store);
        var (server, _) = await RunningServer.StartAsync(call, Stored());
        await using (server)
        {
            Assert.Equal(0, await server.TerminateAsync());
        }
    }

    private static async Task RequireMountsAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Disks are mounted on Linux.");
        var call = new ProgramCall("unshare", "-m", "mount", "-t", "tmpfs", "none", "/mnt");
        var result = await ProgramRunner.RunAsync(call, ReadOnlyMemory<byte>.Empty, Cancelled);
        Assert.SkipUnless(result.ExitCode == 0, $"This user may not mount: {result.Error.Trim()}; run as root.");
    }

    [GeneratedRegex(
        @"registry +http://(?<said>127\.0\.0\.1:\d+)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Address();

    [GeneratedRegex(@"store +(?<said>.*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Stored();
}
