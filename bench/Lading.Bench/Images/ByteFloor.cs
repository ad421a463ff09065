using System.Diagnostics;
using System.Security.Cryptography;

namespace Lading.Bench.Images;

/// <summary>What moving an image's bytes costs any program: each is read, hashed and written once.</summary>
internal static class ByteFloor
{
    /// <returns>The median.</returns>
    public static async Task<TimeSpan> MeasureAsync(
        BenchImage image,
        string cache,
        int rounds,
        CancellationToken cancellationToken
    )
    {
        var target = Path.Combine(cache, "floor");
        var times = new List<TimeSpan>();
        for (var round = 0; round <= rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            await MoveAsync(image, target, cancellationToken);
            if (round > 0)
            {
                times.Add(Stopwatch.GetElapsedTime(started));
            }

            Directory.Delete(target, recursive: true);
        }

        return times.Order().ElementAt(times.Count / 2);
    }

    private static async Task MoveAsync(BenchImage image, string target, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(target);
        var buffer = new byte[128 * 1024];
        foreach (var file in Directory.EnumerateFiles(Path.Combine(image.Folder, "blobs", "sha256")))
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await using var from = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 0);
            await using var to = File.Create(Path.Combine(target, Path.GetFileName(file)), 0);
            int read;
            while ((read = await from.ReadAsync(buffer, cancellationToken)) > 0)
            {
                hash.AppendData(buffer, 0, read);
                await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
        }
    }
}
