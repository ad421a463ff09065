using System.Diagnostics;
using System.Globalization;
using Lading.Testing;

namespace Lading.IntegrationTests.Registry;

/// <summary>Ten layers of fifty megabytes, moved by the tool in a process of its own.</summary>
public sealed class MovingLargeImages
{
    /// <summary>In kilobytes, of which an idle .NET process has 30,000.</summary>
    private const long MostMemory = 80_000;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Memory_does_not_grow_with_the_image()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The peak of a process is read from /proc.");
        await using var server = await DockerRegistryServer.StartAsync();
        await using var other = await TestRegistry.StartAsync();
        using var image = await GeneratedImage.CreateAsync(10, 50_000_000, Cancelled);
        using var folder = new TestFolder();

        var pushed = await PeakAsync(folder, "push", $"oci:{image.Path}", $"{server.Host}/large:v1");
        var copied = await PeakAsync(folder, "copy", $"{server.Host}/large:v1", $"{other.Host}/large:v1");
        var pulled = await PeakAsync(folder, "pull", $"{server.Host}/large:v1", "oci:pulled:v1");

        Assert.InRange(pushed, 1, MostMemory);
        Assert.InRange(copied, 1, MostMemory);
        Assert.InRange(pulled, 1, MostMemory);
    }

    /// <summary>The peak memory of a run, in kilobytes.</summary>
    private static async Task<long> PeakAsync(TestFolder folder, params string[] arguments)
    {
        var call = ToolProcess.Call(folder.Path, ["image", .. arguments]);
        var start = new ProcessStartInfo(call.Program, call.Arguments)
        {
            WorkingDirectory = folder.Path,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        long peak = 0;
        while (!process.HasExited)
        {
            peak = Math.Max(peak, PeakOf(process.Id));
            await Task.Delay(5, Cancelled);
        }

        await process.WaitForExitAsync(Cancelled);
        Assert.Equal(0, process.ExitCode);
        return peak;
    }

    /// <summary>The peak that the kernel has counted so far; 0 once the process has ended.</summary>
    private static long PeakOf(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status")
                .FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null
                ? 0
                : long.Parse(
                    line.Split([" ", "\t"], StringSplitOptions.RemoveEmptyEntries)[1],
                    CultureInfo.InvariantCulture
                );
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
