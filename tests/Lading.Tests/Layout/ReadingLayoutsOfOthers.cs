using Lading.Oci;
using Lading.Writer;

namespace Lading.Tests.Layout;

/// <summary>Indexes as other programs write them; each text was taken from a real program's output.</summary>
public sealed class ReadingLayoutsOfOthers : IDisposable
{
    private readonly LayoutFolder folder = new();
    private readonly SmallImage image = new("one");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private byte[][] Blobs =>
        [image.Manifest.Bytes.ToArray(), image.BytesOf(image.Configuration), image.BytesOf(image.Layer)];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_untagged_image_is_found_by_digest()
    {
        folder.Write(
            $$$"""{"schemaVersion":2,"manifests":[{"mediaType":"{{{MediaTypes.OciManifest}}}","digest":"{{{image.Digest}}}","size":{{{image.Manifest.Bytes.Length}}}}]}""",
            Blobs
        );

        Assert.Empty(await folder.Open().ListTagsAsync(Cancelled));
        var entry = Assert.Single((await folder.Open().ReadIndexAsync(Cancelled)).Entries);
        Assert.Equal(image.Digest, (await folder.Open().FindManifestContentAsync(entry.Digest, Cancelled))?.Digest);
    }

    [Theory]
    [InlineData("1.0", "1.0")]
    [InlineData("docker.io/library/web:1.0", "1.0")]
    [InlineData("localhost:5000/storefront/web:1.0", "1.0")]
    [InlineData("web:1.0", "1.0")]
    [InlineData("localhost:5000/storefront/web", null)]
    [InlineData("docker.io/library/web", null)]
    [InlineData("web@sha256:0c2e0c2e0c2e0c2e0c2e0c2e0c2e0c2e0c2e0c2e0c2e0c2e0c2e0c2e0c2e0c2e", null)]
    [InlineData("not a tag", null)]
    public async Task A_full_reference_in_place_of_the_tag_gives_its_tag(string name, string? tag)
    {
        folder.Write(
            $$$"""
            {
              "schemaVersion": 2,
              "mediaType": "{{{MediaTypes.OciIndex}}}",
              "manifests": [
                {
                  "mediaType": "{{{MediaTypes.OciManifest}}}",
                  "digest": "{{{image.Digest}}}",
                  "size": {{{image.Manifest.Bytes.Length}}},
                  "annotations": {
                    "io.containerd.image.name": "docker.io/library/web:other",
                    "org.opencontainers.image.created": "2026-01-01T00:00:00Z",
                    "org.opencontainers.image.ref.name": "{{{name}}}"
                  },
                  "platform": { "architecture": "amd64", "os": "linux" }
                }
              ]
            }
            """,
            Blobs
        );

        Assert.Equal(tag, Assert.Single(await TagsOrNullAsync()));
        Assert.NotNull(await folder.Open().FindManifestContentAsync(image.Digest, Cancelled));
    }

    [Fact]
    public async Task The_last_of_two_entries_with_the_same_tag_counts()
    {
        var second = new SmallImage("two");
        folder.Write(
            $$$"""{"schemaVersion":2,"manifests":[{{{Entry(image, "1")}}},{{{Entry(second, "1")}}},{{{Entry(image, "2")}}}]}""",
            Blobs.Append(second.Manifest.Bytes.ToArray())
        );
        var layout = folder.Open();

        Assert.Equal(second.Digest, (await layout.FindManifestAsync(Tag.Parse("1"), Cancelled))?.Digest);
        Assert.Equal(["1", "2"], (await layout.ListTagsAsync(Cancelled)).Select(tag => tag.Name));
        Assert.Equal(["2"], (await layout.ReadIndexAsync(Cancelled)).TagsOf(image.Digest).Select(tag => tag.Name));
    }

    [Fact]
    public async Task Entries_of_others_stay_when_an_image_is_added()
    {
        folder.Write($$$"""{"schemaVersion":2,"manifests":[{{{Entry(image, "1")}}}]}""", Blobs);
        var second = new SmallImage("two");

        await second.PutAsync(folder.Open(), Tag.Parse("2"), Cancelled);

        Assert.Equal(["1", "2"], (await folder.ReadAllAsync(Cancelled)).Select(tag => tag.Name));
    }

    [Fact]
    public async Task An_invalid_index_is_an_error_that_names_the_folder()
    {
        folder.Write("{ not json");

        var error = await Assert.ThrowsAsync<LadingException>(() => folder.Open().ListTagsAsync(Cancelled));

        Assert.Contains(folder.Folder, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_layer_that_was_changed_on_disk_is_detected_while_it_is_read()
    {
        folder.Write($$$"""{"schemaVersion":2,"manifests":[{{{Entry(image, "1")}}}]}""", Blobs);
        var bytes = image.BytesOf(image.Layer).ToArray();
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(folder.PathOf(image.Layer.Digest), bytes, Cancelled);

        await Assert.ThrowsAsync<ContentMismatchException>(() => folder.ReadAllAsync(Cancelled));
    }

    [Fact]
    public async Task A_manifest_that_was_changed_on_disk_is_never_returned()
    {
        folder.Write($$$"""{"schemaVersion":2,"manifests":[{{{Entry(image, "1")}}}]}""", Blobs);
        var bytes = image.Manifest.Bytes.ToArray().Append((byte)' ').ToArray();
        await File.WriteAllBytesAsync(folder.PathOf(image.Digest), bytes, Cancelled);

        await Assert.ThrowsAsync<ContentMismatchException>(() =>
            folder.Open().FindManifestContentAsync(Tag.Parse("1"), Cancelled)
        );
    }

    private static string Entry(SmallImage image, string tag) =>
        $$$"""{"mediaType":"{{{MediaTypes.OciManifest}}}","digest":"{{{image.Digest}}}","size":{{{image.Manifest.Bytes.Length}}},"annotations":{"org.opencontainers.image.ref.name":"{{{tag}}}"}}""";

    private async Task<IEnumerable<string?>> TagsOrNullAsync()
    {
        var tags = await folder.Open().ListTagsAsync(Cancelled);
        return tags.Select(tag => (string?)tag.Name).DefaultIfEmpty();
    }
}
