using System.Globalization;
using System.Text.Json;
using Lading.Oci;
using Lading.Testing;

namespace Lading.Tests.Server.Ecr;

public sealed class LookingAtImages : EcrTests
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Ecr.CreateAsync();
    }

    [Fact]
    public async Task An_image_is_described()
    {
        var image = await Ecr.PushAsync("one", "v2");
        await Ecr.PushAsync("one", "v1");
        var detail = await DetailAsync(new { imageTag = "v1" });
        Assert.Equal(image.Digest.ToString(), detail.GetProperty("imageDigest").GetString());
        Assert.Equal("""["v1","v2"]""", detail.GetProperty("imageTags").GetRawText());
        Assert.Equal(image.Layer.Size + image.Configuration.Size, detail.GetProperty("imageSizeInBytes").GetInt64());
        Assert.Equal(MediaTypes.OciManifest, detail.GetProperty("imageManifestMediaType").GetString());
        Assert.Equal(MediaTypes.OciConfig, detail.GetProperty("artifactMediaType").GetString());
        Assert.Equal("ACTIVE", detail.GetProperty("imageStatus").GetString());
        Assert.Equal(Account, detail.GetProperty("registryId").GetString());
        var age = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - detail.GetProperty("imagePushedAt").GetDouble();
        Assert.InRange(age, -5, 60);
    }

    [Fact]
    public async Task An_index_is_as_large_as_its_largest_image()
    {
        var (one, two) = (await Ecr.PushAsync("one"), await Ecr.PushAsync("larger seed"));
        var index = await Ecr.PushIndexAsync("all", one, two);
        var detail = await DetailAsync(new { imageDigest = index.Digest.ToString() });
        Assert.Equal(
            Math.Max(one.Configuration.Size, two.Configuration.Size) + one.Layer.Size,
            detail.GetProperty("imageSizeInBytes").GetInt64()
        );
        Assert.False(detail.TryGetProperty("artifactMediaType", out _));
    }

    [Fact]
    public async Task Images_are_listed_in_pages()
    {
        for (var i = 0; i < 7; i++)
        {
            await Ecr.PushAsync($"image {i}", $"v{i}");
        }

        var pages = await Ecr.PagesAsync(
            "DescribeImages",
            "imageDetails",
            next => new
            {
                repositoryName = EcrWire.Repository,
                maxResults = 3,
                nextToken = next,
            }
        );
        Assert.Equal([3, 3, 1], pages.Select(page => page.GetArrayLength()));
        Assert.Equal(7, pages.SelectMany(page => EcrWire.Texts(page, "imageDigest")).Distinct().Count());
        var ids = await Ecr.PagesAsync(
            "ListImages",
            "imageIds",
            next => new
            {
                repositoryName = EcrWire.Repository,
                maxResults = 4,
                nextToken = next,
            }
        );
        Assert.Equal([4, 3], ids.Select(page => page.GetArrayLength()));
        Assert.Equal(
            Enumerable.Range(0, 7).Select(i => $"v{i.ToString(CultureInfo.InvariantCulture)}"),
            ids.SelectMany(page => EcrWire.Texts(page, "imageTag")).Order()
        );
        Assert.Equal(
            "InvalidParameterException",
            await Ecr.RefusedAsync("ListImages", new { repositoryName = EcrWire.Repository, maxResults = 1001 })
        );
    }

    [Theory]
    [InlineData("TAGGED", "v1")]
    [InlineData("UNTAGGED", "")]
    [InlineData("ANY", "", "v1")]
    public async Task Images_are_filtered_by_whether_they_have_tags(string status, params string[] tags)
    {
        await Ecr.PushAsync("tagged", "v1");
        await Ecr.PushAsync("untagged");
        var input = new { repositoryName = EcrWire.Repository, filter = new { tagStatus = status } };
        var listed = await Ecr.CallAsync("ListImages", input);
        Assert.Equal(tags, EcrWire.Texts(listed.GetProperty("imageIds"), "imageTag").Select(tag => tag ?? "").Order());
        var described = await Ecr.CallAsync("DescribeImages", input);
        Assert.Equal(tags.Length, described.GetProperty("imageDetails").GetArrayLength());
    }

    [Fact]
    public async Task One_missing_image_fails_the_description_that_names_it()
    {
        await Ecr.PushAsync("one", "v1");
        Assert.Equal(
            "ImageNotFoundException",
            await Ecr.RefusedAsync(
                "DescribeImages",
                new
                {
                    repositoryName = EcrWire.Repository,
                    imageIds = new[] { new { imageTag = "v1" }, new { imageTag = "v2" } },
                }
            )
        );
        Assert.Equal(
            "InvalidParameterException",
            await Ecr.RefusedAsync(
                "DescribeImages",
                new
                {
                    repositoryName = EcrWire.Repository,
                    imageIds = new[] { new { imageTag = "v1" } },
                    maxResults = 5,
                }
            )
        );
    }

    [Fact]
    public async Task A_batch_reports_what_it_could_not_get()
    {
        var (one, two) = (await Ecr.PushAsync("one", "v1"), await Ecr.PushAsync("two", "v2"));
        var answer = await Ecr.CallAsync(
            "BatchGetImage",
            new
            {
                repositoryName = EcrWire.Repository,
                imageIds = new object[]
                {
                    new { imageTag = "v1" },
                    new { imageDigest = two.Digest.ToString() },
                    new { imageTag = "none" },
                    new { imageTag = "not a tag" },
                    new { imageDigest = "sha256:short" },
                    new { imageTag = "v1", imageDigest = two.Digest.ToString() },
                    new { },
                },
            }
        );
        Assert.Equal(
            [
                "ImageNotFound",
                "InvalidImageTag",
                "InvalidImageDigest",
                "ImageTagDoesNotMatchDigest",
                "MissingDigestAndTag",
            ],
            EcrWire.Texts(answer.GetProperty("failures"), "failureCode")
        );
        var image = answer.GetProperty("images")[0];
        Assert.Equal(
            $$"""{"imageDigest":"{{one.Digest}}","imageTag":"v1"}""",
            image.GetProperty("imageId").GetRawText()
        );
        Assert.Equal(one.Digest, Wire.DigestOf(Wire.Utf8(image.GetProperty("imageManifest").GetString()!)));
        Assert.Equal(2, answer.GetProperty("images").GetArrayLength());
    }

    [Fact]
    public async Task An_archived_image_is_seen_but_not_pulled_until_it_is_restored()
    {
        var image = await Ecr.PushAsync("one", "v1");
        var target = new { repositoryName = EcrWire.Repository, imageId = new { imageTag = "v1" } };
        Assert.Equal("ARCHIVED", await StoreAsync("ARCHIVE"));
        Assert.Equal(
            "ImageStorageClassUpdateNotSupportedException",
            await Ecr.RefusedAsync(
                "UpdateImageStorageClass",
                new
                {
                    target.repositoryName,
                    target.imageId,
                    targetStorageClass = "ARCHIVE",
                }
            )
        );

        var wire = new Wire(Registry.Http);
        await wire.LacksAsync("manifests/v1");
        await wire.LacksAsync($"manifests/{image.Digest}");
        var got = await Ecr.CallAsync(
            "BatchGetImage",
            new { target.repositoryName, imageIds = new[] { target.imageId } }
        );
        Assert.Equal(["ImageNotFound"], EcrWire.Texts(got.GetProperty("failures"), "failureCode"));
        Assert.Equal(0, await CountAsync(null));
        Assert.Equal(1, await CountAsync("ARCHIVED"));
        var detail = await DetailAsync(new { imageTag = "v1" });
        Assert.Equal("ARCHIVED", detail.GetProperty("imageStatus").GetString());
        Assert.True(detail.TryGetProperty("lastArchivedAt", out _));

        Assert.Equal("ACTIVE", await StoreAsync("STANDARD"));
        Assert.True((await DetailAsync(new { imageTag = "v1" })).TryGetProperty("lastActivatedAt", out _));
        await StoreAsync("ARCHIVE");
        using var pushed = await wire.PutManifestAsync("v1", image.Manifest.Bytes.ToArray(), MediaTypes.OciManifest);
        Assert.True(pushed.IsSuccessStatusCode);
        Assert.Equal(1, await CountAsync(null));

        async Task<string?> StoreAsync(string storage) => (
                await Ecr.CallAsync(
                    "UpdateImageStorageClass",
                    new
                    {
                        target.repositoryName,
                        target.imageId,
                        targetStorageClass = storage,
                    }
                )
            ).GetProperty("imageStatus").GetString();

        async Task<int> CountAsync(string? status) =>
            (
                await Ecr.CallAsync(
                    "ListImages",
                    status is null
                        ? new { target.repositoryName }
                        : new { target.repositoryName, filter = new { imageStatus = status } }
                )
            )
                .GetProperty("imageIds")
                .GetArrayLength();
    }

    [Fact]
    public async Task Lists_the_referrers_of_an_image()
    {
        var image = await Ecr.PushAsync("one", "v1");
        var signature = await Ecr.PushReferrerAsync(image, "application/vnd.example.signature");
        for (var i = 0; i < 22; i++)
        {
            await Ecr.PushReferrerAsync(image, $"application/vnd.example.sbom.{i}");
        }

        var subject = new { imageDigest = image.Digest.ToString() };
        var pages = await Ecr.PagesAsync(
            "ListImageReferrers",
            "referrers",
            next => new
            {
                repositoryName = EcrWire.Repository,
                subjectId = subject,
                nextToken = next,
            }
        );
        Assert.Equal([20, 3], pages.Select(page => page.GetArrayLength()));
        var filtered = await Ecr.CallAsync(
            "ListImageReferrers",
            new
            {
                repositoryName = EcrWire.Repository,
                subjectId = subject,
                filter = new { artifactTypes = new[] { "application/vnd.example.signature" } },
            }
        );
        var only = Assert.Single(filtered.GetProperty("referrers").EnumerateArray());
        Assert.Equal(signature.Digest.ToString(), only.GetProperty("digest").GetString());
        Assert.Equal(signature.Bytes.Length, only.GetProperty("size").GetInt32());
        Assert.Equal("ACTIVE", only.GetProperty("artifactStatus").GetString());
        var detail = await DetailAsync(new { imageDigest = signature.Digest.ToString() });
        Assert.Equal(image.Digest.ToString(), detail.GetProperty("subjectManifestDigest").GetString());
        Assert.Equal("application/vnd.example.signature", detail.GetProperty("artifactMediaType").GetString());
    }

    private async Task<JsonElement> DetailAsync(object imageId)
    {
        var answer = await Ecr.CallAsync(
            "DescribeImages",
            new
            {
                repositoryName = EcrWire.Repository,
                imageIds = new[] { imageId },
                filter = new { imageStatus = "ANY" },
            }
        );
        return Assert.Single(answer.GetProperty("imageDetails").EnumerateArray());
    }
}
