using System.Text.Json;
using Lading.Oci;
using Lading.Retention.Evidence;

namespace Lading.Tests.Retention;

/// <summary>Images are stored in few bytes, and come out as they went in.</summary>
public sealed class PackingImages
{
    public static TheoryData<string> Names => [.. Images.Keys];

    private static Dictionary<string, StoredImage> Images { get; } =
        new(StringComparer.Ordinal)
        {
            ["plain"] = Stored.Image("a"),
            ["untagged"] = Stored.Untagged("a"),
            ["index"] = Stored.Index("a", "b", "c"),
            ["unread index"] = Stored.Image("a") with
            {
                MediaType = MediaTypes.OciIndex,
                Children = null,
                Blobs = null,
            },
            ["referrer"] = Stored.Referrer("a", "b") with { ArtifactType = "application/spdx+json" },
            ["archived"] = Stored.Image("a") with { IsArchived = true, ActivatedAt = Stored.Now },
            ["pulled"] = Stored.Image("a") with { PulledAt = Stored.Now.AddTicks(1), Size = 0 },
            ["of unknown age"] = Stored.Image("a") with { PushedAt = null, Size = long.MaxValue },
            ["of layers"] = Stored.Image("a") with { Blobs = [Stored.Blob("b", 1), Stored.Blob("c", 1L << 40)] },
            ["of sha512"] = Stored.Image("a") with { Digest = Digest.OfBytes("a"u8, DigestAlgorithm.Sha512) },
            ["of long tags"] = Stored.Image("a") with { Tags = [new string('t', 300), "é", ""] },
            ["for arm"] = Stored.Image("a") with { Children = [Stored.Child("b", "linux/arm/v7")] },
        };

    [Theory]
    [MemberData(nameof(Names))]
    public void An_image_comes_out_as_it_went_in(string name)
    {
        var packed = Pack(Images[name]);

        Assert.Equal(Text(Images[name]), Text(Assert.Single(packed)));
    }

    [Fact]
    public void Many_images_come_out_in_their_order_and_each_digest_once()
    {
        var images = Enumerable.Range(0, 1000).Select(i => Stored.Image($"{i}")).ToArray();

        var packed = Pack([.. images, .. images]);

        Assert.Equal(images.Select(Text), packed.Select(Text));
        Assert.Equal(Text(images[777]), Text(packed[777]));
    }

    [Fact]
    public void An_empty_repository_has_no_images() => Assert.Empty(Pack());

    private static PackedImages Pack(params IReadOnlyList<StoredImage> images)
    {
        var builder = new PackedImages.Builder();
        foreach (var image in images)
        {
            builder.Add(image);
        }

        return builder.Build();
    }

    private static string Text(StoredImage image) => JsonSerializer.Serialize(image);
}
