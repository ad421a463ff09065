using System.IO.Compression;
using Lading.Assembly.Compression;

namespace Lading.Tests.Assembly;

/// <summary>
/// gzip whose bytes depend on the data alone; the runtime's decompressor, which is not ours, reads it back.
/// </summary>
public sealed class Compressing
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static TheoryData<string, int> Data()
    {
        var data = new TheoryData<string, int>();
        foreach (var kind in new[] { "zeros", "random", "text", "mixed" })
        {
            foreach (
                var size in new[]
                {
                    0,
                    1,
                    2,
                    3,
                    258,
                    259,
                    32_767,
                    32_768,
                    32_769,
                    65_535,
                    65_536,
                    65_537,
                    1_048_576,
                    3_000_001,
                }
            )
            {
                data.Add(kind, size);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Data))]
    public async Task Compressed_data_reads_back(string kind, int size)
    {
        var data = Make(kind, size);

        var compressed = await CompressAsync(data, 1, data.Length);

        using var source = new MemoryStream(compressed);
        await using var plain = new GZipStream(source, CompressionMode.Decompress);
        using var back = new MemoryStream();
        await plain.CopyToAsync(back, Cancelled);
        Assert.True(data.AsSpan().SequenceEqual(back.ToArray()));
    }

    [Theory]
    [InlineData("text")]
    [InlineData("mixed")]
    public async Task The_bytes_do_not_depend_on_processors_or_pieces(string kind)
    {
        var data = Make(kind, 2_500_003);
        var expected = await CompressAsync(data, 1, data.Length);

        Assert.Equal(expected, await CompressAsync(data, 4, data.Length));
        Assert.Equal(expected, await CompressAsync(data, 3, 4_097));
        Assert.Equal(expected, await CompressAsync(data, 1, 131_072));
    }

    [Fact]
    public async Task It_compresses()
    {
        var text = Make("text", 1_000_000);

        Assert.InRange((await CompressAsync(text, 2, text.Length)).Length, 1, 400_000);
        Assert.InRange((await CompressAsync(Make("zeros", 1_000_000), 2, 1_000_000)).Length, 1, 5_000);
        Assert.InRange((await CompressAsync(Make("random", 1_000_000), 2, 1_000_000)).Length, 1, 1_001_000);
    }

    private static async Task<byte[]> CompressAsync(byte[] data, int parallelism, int piece)
    {
        using var target = new MemoryStream();
        await using var gzip = new DeterministicGzipStream(target, parallelism);
        for (var at = 0; at < data.Length; at += piece)
        {
            await gzip.WriteAsync(data.AsMemory(at, Math.Min(piece, data.Length - at)), Cancelled);
        }

        await gzip.FinishAsync(Cancelled);
        return target.ToArray();
    }

    private static byte[] Make(string kind, int size)
    {
        var random = new Random(size);
        var data = new byte[size];
        switch (kind)
        {
            case "random":
                random.NextBytes(data);
                break;
            case "text":
                for (var i = 0; i < size; i++)
                {
                    data[i] = (byte)"the quick brown fox\n"[(i * 7 / 3 + random.Next(3)) % 20];
                }

                break;
            case "mixed":
                for (var i = 0; i < size; i += 10_000)
                {
                    var part = data.AsSpan(i, Math.Min(10_000, size - i));
                    if (random.Next(2) == 0)
                    {
                        random.NextBytes(part);
                    }
                    else
                    {
                        part.Fill((byte)random.Next(256));
                    }
                }

                break;
            default:
                break;
        }

        return data;
    }
}
