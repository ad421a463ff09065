using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Lading.Layout;
using Lading.Oci;
using Lading.Testing;

namespace Lading.Tests.Layout;

public sealed class ReadingDockerArchives : IDisposable
{
    private readonly TestFolder folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_uncompressed_layer_is_compressed()
    {
        var layer = Layer("hello");

        var taken = await TakeAsync(layer, layer);

        Assert.Equal(MediaTypes.OciLayerGzip, taken.MediaType);
        Assert.Equal(layer, Unpacked(await BytesOfAsync(taken)));
    }

    [Fact]
    public async Task An_uncompressed_layer_may_begin_with_a_file_whose_name_looks_compressed()
    {
        var layer = Layer("hello", "BZh9");

        Assert.Equal(layer, Unpacked(await BytesOfAsync(await TakeAsync(layer, layer))));
    }

    [Fact]
    public async Task A_gzip_layer_is_kept_unchanged()
    {
        var layer = Layer("hello");
        var packed = Packed(layer);

        var taken = await TakeAsync(packed, layer);

        Assert.Equal((MediaTypes.OciLayerGzip, Digest.OfBytes(packed)), (taken.MediaType, taken.Digest));
        Assert.Equal(packed, await BytesOfAsync(taken));
    }

    [Theory]
    [InlineData("28b52ffd")]
    [InlineData("502a4d18")]
    [InlineData("5f2a4d18")]
    public async Task A_zstd_layer_is_kept_unchanged(string start)
    {
        byte[] packed = [.. Convert.FromHexString(start), .. new byte[100]];

        var taken = await TakeAsync(packed, Layer("hello"));

        Assert.Equal((MediaTypes.OciLayerZstd, Digest.OfBytes(packed)), (taken.MediaType, taken.Digest));
        Assert.Equal(packed, await BytesOfAsync(taken));
    }

    [Theory]
    [InlineData("fd377a585a00", "xz")]
    [InlineData("425a6839", "bzip2")]
    public async Task A_layer_without_a_media_type_for_its_compression_is_refused(string start, string name)
    {
        byte[] packed = [.. Convert.FromHexString(start), .. new byte[100]];

        var failure = await Assert.ThrowsAsync<LadingException>(() => TakeAsync(packed, Layer("hello")));

        Assert.Contains($"layer.tar is compressed with {name}", failure.Message);
    }

    [Fact]
    public async Task A_layer_that_does_not_match_the_configuration_is_refused()
    {
        var (said, held) = (Layer("hello"), Layer("another"));
        var expected =
            $"layer.tar holds {Digest.OfBytes(held)}, and the image's configuration says {Digest.OfBytes(said)}";

        var plain = await Assert.ThrowsAsync<LadingException>(() => TakeAsync(held, said));
        var packed = await Assert.ThrowsAsync<LadingException>(() => TakeAsync(Packed(held), said));

        Assert.Contains(expected, plain.Message);
        Assert.Contains(expected, packed.Message);
    }

    [Fact]
    public async Task A_broken_gzip_layer_is_refused()
    {
        var layer = Layer("hello");
        var packed = Packed(layer);
        packed[^20] ^= 0xff;

        await Assert.ThrowsAsync<LadingException>(() => TakeAsync(packed, layer));
    }

    [Fact]
    public async Task An_archive_with_fewer_layers_than_its_configuration_is_refused()
    {
        var layer = Layer("hello");

        var failure = await Assert.ThrowsAsync<LadingException>(() => TakeAsync(layer, layer, Layer("more")));

        Assert.Contains("it has 1 layers, and config.json names 2", failure.Message);
    }

    private async Task<Descriptor> TakeAsync(byte[] layer, params byte[][] said)
    {
        var diffIds = string.Join(',', said.Select(one => $"\"{Digest.OfBytes(one)}\""));
        var path = folder.Combine("saved.tar");
        await File.WriteAllBytesAsync(
            path,
            Tar(
                (
                    "manifest.json",
                    """[{"Config":"config.json","RepoTags":["web:1"],"Layers":["layer.tar"]}]"""u8.ToArray()
                ),
                (
                    "config.json",
                    Encoding.UTF8.GetBytes(
                        $$$"""{"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":[{{{diffIds}}}]}}"""
                    )
                ),
                ("layer.tar", layer)
            ),
            Cancelled
        );
        var manifest = await DockerArchive.TakeAsync(path, null, Target, folder.Combine("work"), Cancelled);
        return Assert.Single(manifest.Document.Layers!);
    }

    private ImageLayout Target => new(folder.Combine("layout"));

    private async Task<byte[]> BytesOfAsync(Descriptor layer)
    {
        await using var stream = await Target.OpenBlobAsync(layer, Cancelled);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, Cancelled);
        return bytes.ToArray();
    }

    private static byte[] Layer(string content, string name = "file") => Tar((name, Encoding.UTF8.GetBytes(content)));

    private static byte[] Tar(params (string Name, byte[] Content)[] files)
    {
        using var bytes = new MemoryStream();
        using (var writer = new TarWriter(bytes, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                writer.WriteEntry(
                    new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) }
                );
            }
        }

        return bytes.ToArray();
    }

    private static byte[] Packed(byte[] plain)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Optimal))
        {
            gzip.Write(plain);
        }

        return bytes.ToArray();
    }

    private static byte[] Unpacked(byte[] packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        gzip.CopyTo(bytes);
        return bytes.ToArray();
    }
}
