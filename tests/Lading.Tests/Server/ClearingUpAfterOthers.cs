using System.Net;
using Lading.Oci;
using Lading.Server;
using Lading.Server.Uploads;
using Lading.Testing;

namespace Lading.Tests.Server;

public sealed class ClearingUpAfterOthers : IAsyncLifetime
{
    private readonly ManualTime time = new();
    private TestRegistry registry = null!;
    private Wire wire = null!;

    public async ValueTask InitializeAsync()
    {
        registry = await TestRegistry.StartAsync(new RegistryServerOptions { Time = time });
        wire = new Wire(registry.Http);
    }

    public ValueTask DisposeAsync() => registry.DisposeAsync();

    [Fact]
    public async Task Leftovers_of_killed_processes_are_removed_after_a_day_and_nothing_else_is()
    {
        var blob = await wire.PushBlobAsync(Wire.Noise(100), "application/octet-stream");
        var layout = registry.Store.PathOf(RepositoryName.Parse(wire.Repository));
        var left = new[]
        {
            Path.Combine(registry.Store.Uploads, "0123456789abcdef0123456789abcdef"),
            Path.Combine(registry.Store.Uploads, "deleted-0123", "blobs", "file"),
            Path.Combine(layout, ".incoming", "0123"),
            Path.Combine(layout, "index.json.0123.tmp"),
            Path.Combine(Path.GetDirectoryName(layout)!, "_repository.json.0123.tmp"),
            // Of a server that was killed before the repository existed.
            Path.Combine(registry.Store.Directory, "half", "made", "_repository.json.0123.tmp"),
        };
        foreach (var file in left)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, "left", Wire.Cancellation);
        }

        using var uploads = new UploadFolder(registry.Store.Uploads, time, maxCount: 10);
        var sweep = new AbandonedUploads(registry.Store, uploads, time);
        sweep.Sweep(Wire.Cancellation);
        Assert.All(left, file => Assert.True(File.Exists(file)));
        time.Advance(TimeSpan.FromHours(25));
        sweep.Sweep(Wire.Cancellation);
        Assert.All(left, file => Assert.False(File.Exists(file)));
        await wire.HasBlobAsync(blob.Digest, Wire.Noise(100));
    }

    [Fact]
    public async Task An_abandoned_upload_ends_after_a_day()
    {
        var idle = await wire.BeginAsync();
        var used = await wire.BeginAsync();
        time.Advance(TimeSpan.FromHours(20));
        using var patch = await wire.PatchAsync(used, Wire.Noise(10));
        time.Advance(TimeSpan.FromHours(20));
        var deadline = TimeProvider.System.GetTimestamp();
        while (await StatusAsync(idle) != HttpStatusCode.NotFound)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(deadline) < TimeSpan.FromSeconds(30));
            await Task.Delay(10, Wire.Cancellation);
        }

        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(used));
    }

    [Fact]
    public async Task The_next_change_of_a_repository_removes_what_a_killed_process_left()
    {
        await wire.PushBlobAsync(Wire.Noise(100), "application/octet-stream");
        var name = RepositoryName.Parse(wire.Repository);
        var left = Path.Combine(registry.Store.Directory, "team", "app", "_repository.json.0123.tmp");
        await File.WriteAllTextAsync(left, "left", Wire.Cancellation);

        await registry.Store.ChangeAsync(name, record => record with { ScanOnPush = true }, Wire.Cancellation);

        Assert.False(File.Exists(left));
    }

    private async Task<HttpStatusCode> StatusAsync(string location)
    {
        using var response = await wire.GetAsync(location);
        return response.StatusCode;
    }
}
