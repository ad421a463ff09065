using System.Text.Json;
using Lading.Testing;

namespace Lading.Tests.Server.Ecr;

public sealed class DeletingImages : EcrTests
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Ecr.CreateAsync();
    }

    [Fact]
    public async Task Deleting_the_last_tag_deletes_the_image()
    {
        var image = await Ecr.PushAsync("one", "v1");
        await Ecr.PushAsync("one", "v2");
        var wire = new Wire(Registry.Http);
        var first = await DeleteAsync(new { imageTag = "v1" });
        Assert.Equal([("v1", image.Digest.ToString())], Deleted(first));
        using (var still = await wire.GetAsync($"manifests/{image.Digest}"))
        {
            Assert.True(still.IsSuccessStatusCode);
        }

        await DeleteAsync(new { imageTag = "v2" });
        await wire.LacksAsync($"manifests/{image.Digest}");
    }

    [Fact]
    public async Task Deleting_a_digest_deletes_all_its_tags()
    {
        var image = await Ecr.PushAsync("one", "v1");
        await Ecr.PushAsync("one", "v2");
        var answer = await DeleteAsync(new { imageDigest = image.Digest.ToString() });
        Assert.Equal([("v1", image.Digest.ToString()), ("v2", image.Digest.ToString())], Deleted(answer));
        await new Wire(Registry.Http).LacksAsync("manifests/v2");
    }

    [Fact]
    public async Task An_image_of_an_index_stays_until_the_index_is_deleted()
    {
        var (one, two) = (await Ecr.PushAsync("one", "one"), await Ecr.PushAsync("two"));
        var index = await Ecr.PushIndexAsync("all", one, two);
        var refused = await DeleteAsync(
            new { imageDigest = two.Digest.ToString() },
            new { imageDigest = one.Digest.ToString() },
            new { imageTag = "one" }
        );
        Assert.Equal(
            ["ImageReferencedByManifestList", "ImageReferencedByManifestList"],
            EcrWire.Texts(refused.GetProperty("failures"), "failureCode")
        );
        Assert.Equal([("one", one.Digest.ToString())], Deleted(refused));

        var together = await DeleteAsync(
            new { imageDigest = two.Digest.ToString() },
            new { imageDigest = index.Digest.ToString() },
            new { imageDigest = one.Digest.ToString() }
        );
        Assert.Equal(0, together.GetProperty("failures").GetArrayLength());
        var left = await Ecr.CallAsync("ListImages", new { repositoryName = EcrWire.Repository });
        Assert.Equal(0, left.GetProperty("imageIds").GetArrayLength());
    }

    [Fact]
    public async Task Reports_what_is_missing()
    {
        var image = await Ecr.PushAsync("one", "v1");
        var answer = await DeleteAsync(
            new { imageTag = "none" },
            new { imageTag = "v1", imageDigest = "sha256:" + new string('0', 64) },
            new { imageDigest = image.Digest.ToString() },
            new { imageDigest = image.Digest.ToString() },
            new { }
        );
        Assert.Equal(
            ["ImageNotFound", "ImageTagDoesNotMatchDigest", "ImageNotFound", "MissingDigestAndTag"],
            EcrWire.Texts(answer.GetProperty("failures"), "failureCode")
        );
    }

    [Fact]
    public async Task An_image_that_is_pushed_again_is_not_archived()
    {
        var image = await Ecr.PushAsync("one", "v1");
        await Ecr.CallAsync(
            "UpdateImageStorageClass",
            new
            {
                repositoryName = EcrWire.Repository,
                imageId = new { imageTag = "v1" },
                targetStorageClass = "ARCHIVE",
            }
        );
        await DeleteAsync(new { imageDigest = image.Digest.ToString() });
        await Ecr.PushAsync("one", "v1");
        using var pulled = await new Wire(Registry.Http).GetAsync("manifests/v1");
        Assert.True(pulled.IsSuccessStatusCode);
    }

    private Task<JsonElement> DeleteAsync(params object[] ids) =>
        Ecr.CallAsync("BatchDeleteImage", new { repositoryName = EcrWire.Repository, imageIds = ids });

    private static IEnumerable<(string?, string?)> Deleted(JsonElement answer) =>
        EcrWire
            .Texts(answer.GetProperty("imageIds"), "imageTag")
            .Zip(EcrWire.Texts(answer.GetProperty("imageIds"), "imageDigest"));
}
