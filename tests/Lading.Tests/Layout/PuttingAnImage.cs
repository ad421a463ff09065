using System.Text;
using Lading.Oci;
using Lading.Writer;

namespace Lading.Tests.Layout;

public sealed class PuttingAnImage : IDisposable
{
    private static readonly Tag Latest = Tag.Parse("latest");
    private readonly LayoutFolder folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_first_write_makes_the_folder_a_layout()
    {
        var layout = folder.Open();
        Assert.False(layout.Exists);
        Assert.Empty(await layout.ListTagsAsync(Cancelled));
        Assert.False(Directory.Exists(folder.Folder));

        var image = new SmallImage("one");
        await image.PutAsync(layout, Latest, Cancelled);

        Assert.Equal(
            """{"imageLayoutVersion":"1.0.0"}""",
            await File.ReadAllTextAsync(Path.Combine(folder.Folder, "oci-layout"), Cancelled)
        );
        Assert.Equal(
            $$$"""{"schemaVersion":2,"mediaType":"{{{MediaTypes.OciIndex}}}","manifests":[{"mediaType":"{{{MediaTypes.OciManifest}}}","digest":"{{{image.Digest}}}","size":{{{image.Manifest.Bytes.Length}}},"annotations":{"org.opencontainers.image.ref.name":"latest"}}]}""",
            await File.ReadAllTextAsync(folder.Index, Cancelled)
        );
    }

    [Fact]
    public async Task Finds_an_image_by_tag_and_by_digest_byte_for_byte()
    {
        var image = new SmallImage("one");
        await image.PutAsync(folder.Open(), Latest, Cancelled);

        var layout = folder.Open();
        foreach (var reference in new ManifestReference[] { Latest, image.Digest })
        {
            Assert.Equal(image.Digest, (await layout.FindManifestAsync(reference, Cancelled))?.Digest);
            var found = await layout.FindManifestContentAsync(reference, Cancelled);
            Assert.Equal(image.Manifest.Bytes.ToArray(), found?.Bytes.ToArray());
        }

        await using var stream = await layout.OpenBlobAsync(image.Layer, Cancelled);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, Cancelled);
        Assert.Equal(image.BytesOf(image.Layer), bytes.ToArray());
    }

    [Fact]
    public async Task Unknown_fields_are_preserved()
    {
        var layout = folder.Open();
        var bytes = Encoding.UTF8.GetBytes(
            """{ "schemaVersion" : 2, "manifests": [],  "com.example.more": {"b":1, "a":[2 ]} }"""
        );
        var manifest = ManifestContent.Parse(bytes);

        await layout.PutManifestAsync(manifest, Latest, Cancelled);

        Assert.Equal(bytes, (await layout.FindManifestContentAsync(Latest, Cancelled))?.Bytes.ToArray());
    }

    [Fact]
    public async Task Putting_it_again_reads_nothing_and_writes_nothing()
    {
        var image = new SmallImage("one");
        var layout = folder.Open();
        await image.PutAsync(layout, Latest, Cancelled);
        var before = FilesOf(folder.Folder);

        foreach (var blob in image.Manifest.Blobs)
        {
            var again = image.SourceOf(blob, () => Assert.Fail("It was opened."));
            Assert.Equal(BlobOutcome.AlreadyThere, await layout.PutBlobAsync(again, null, Cancelled));
        }

        await layout.PutManifestAsync(image.Manifest, null, Cancelled);
        Assert.Equal(before, FilesOf(folder.Folder));
    }

    [Theory]
    [InlineData("other bytes of any length")]
    [InlineData("")]
    public async Task Refuses_bytes_of_another_digest_and_leaves_nothing(string sent)
    {
        var image = new SmallImage("one");
        var layout = folder.Open();
        var wrong = new ReadableBlob(
            image.Layer,
            _ => Task.FromResult<Stream>(new MemoryStream(Encoding.UTF8.GetBytes(sent)))
        );

        await Assert.ThrowsAsync<ContentMismatchException>(() => layout.PutBlobAsync(wrong, null, Cancelled));

        Assert.Null(await layout.FindBlobAsync(image.Layer.Digest, Cancelled));
        Assert.Empty(FilesOf(folder.Folder));
    }

    [Fact]
    public async Task An_interrupted_upload_leaves_nothing()
    {
        var image = new SmallImage("one");
        var layout = folder.Open();
        var broken = new ReadableBlob(image.Layer, _ => throw new IOException("The line is dead."));

        await Assert.ThrowsAsync<IOException>(() => layout.PutBlobAsync(broken, null, Cancelled));

        Assert.Null(await layout.FindBlobAsync(image.Layer.Digest, Cancelled));
    }

    [Fact]
    public async Task A_manifest_before_its_layers_is_refused_and_no_tag_names_it()
    {
        var image = new SmallImage("one");
        var layout = folder.Open();
        await layout.PutBlobAsync(image.SourceOf(image.Configuration), null, Cancelled);

        var missing = await Assert.ThrowsAsync<BlobIsMissingException>(() =>
            layout.PutManifestAsync(image.Manifest, Latest, Cancelled)
        );

        Assert.Equal(image.Layer.Digest, missing.Missing);
        Assert.Empty(await layout.ListTagsAsync(Cancelled));
        Assert.Null(await layout.FindManifestAsync(image.Digest, Cancelled));
    }

    [Fact]
    public async Task An_index_comes_after_its_manifests()
    {
        var (layout, image) = (folder.Open(), new SmallImage("one"));
        var index = ManifestContent.Of(
            new ManifestDocument
            {
                SchemaVersion = 2,
                MediaType = MediaTypes.OciIndex,
                Manifests = [image.Manifest.Descriptor with { Platform = Platform.LinuxAmd64 }],
            }
        );

        var missing = await Assert.ThrowsAsync<BlobIsMissingException>(() =>
            layout.PutManifestAsync(index, Latest, Cancelled)
        );
        Assert.Equal(image.Digest, missing.Missing);

        await image.PutAsync(layout, null, Cancelled);
        await layout.PutManifestAsync(index, Latest, Cancelled);
        Assert.True((await layout.FindManifestContentAsync(Latest, Cancelled))?.IsIndex);
    }

    [Fact]
    public async Task A_nondistributable_layer_may_be_missing()
    {
        var (layout, image) = (folder.Open(), new SmallImage("one", layerType: MediaTypes.DockerForeignLayer));
        await layout.PutBlobAsync(image.SourceOf(image.Configuration), null, Cancelled);

        await layout.PutManifestAsync(image.Manifest, Latest, Cancelled);

        Assert.Equal(image.Digest, (await layout.FindManifestAsync(Latest, Cancelled))?.Digest);
    }

    [Fact]
    public async Task An_image_whose_tag_moved_away_is_still_found_by_digest()
    {
        var (layout, first, second) = (folder.Open(), new SmallImage("one"), new SmallImage("two"));
        await first.PutAsync(layout, Latest, Cancelled);
        await second.PutAsync(layout, Latest, Cancelled);

        Assert.Equal(second.Digest, (await layout.FindManifestAsync(Latest, Cancelled))?.Digest);
        Assert.NotNull(await layout.FindManifestContentAsync(first.Digest, Cancelled));
        Assert.Equal([Latest], await layout.ListTagsAsync(Cancelled));
    }

    [Fact]
    public async Task An_image_may_have_several_tags()
    {
        var (layout, image) = (folder.Open(), new SmallImage("one"));
        await image.PutAsync(layout, null, Cancelled);
        foreach (var tag in (string[])["b", "a", "C"])
        {
            await layout.PutManifestAsync(image.Manifest, Tag.Parse(tag), Cancelled);
        }

        var index = await layout.ReadIndexAsync(Cancelled);
        Assert.Equal(["C", "a", "b"], index.TagsOf(image.Digest).Select(tag => tag.Name));
        Assert.Equal(3, index.Entries.Count);
    }

    private static List<(string Path, DateTime Written)> FilesOf(string folder) =>
        Directory.Exists(folder)
            ?
            [
                .. Directory
                    .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                    .Where(file => Path.GetFileName(file) != ".lock")
                    .Order(StringComparer.Ordinal)
                    .Select(file => (file, File.GetLastWriteTimeUtc(file))),
            ]
            : [];
}
