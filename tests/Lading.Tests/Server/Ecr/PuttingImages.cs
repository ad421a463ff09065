using System.Text;
using Lading.Oci;
using Lading.Testing;
using Lading.Writer;

namespace Lading.Tests.Server.Ecr;

/// <summary>The calls that the ECR proxy makes for a push: layers in parts, then the manifest.</summary>
public sealed class PuttingImages : EcrTests
{
    private const int Part = 10 * 1024 * 1024;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Ecr.CreateAsync();
    }

    [Fact]
    public async Task A_layer_in_parts_arrives_whole()
    {
        var bytes = Wire.Noise(Part + 1000);
        var digest = Wire.DigestOf(bytes);
        Assert.Equal("UNAVAILABLE", await AvailabilityAsync(digest.ToString()));
        var upload = await StartAsync();
        await SendAsync(upload, bytes, 0, Part);
        await SendAsync(upload, bytes, Part, bytes.Length);
        var completed = await Ecr.CallAsync("CompleteLayerUpload", Completion(upload, digest));
        Assert.Equal(digest.ToString(), completed.GetProperty("layerDigest").GetString());
        Assert.Equal("AVAILABLE", await AvailabilityAsync(digest.ToString()));
        var url = await Ecr.CallAsync(
            "GetDownloadUrlForLayer",
            new { repositoryName = EcrWire.Repository, layerDigest = digest.ToString() }
        );
        var got = await Registry.Http.GetByteArrayAsync(
            new Uri(url.GetProperty("downloadUrl").GetString()!),
            EcrWire.Cancellation
        );
        Assert.Equal(bytes, got);
        Assert.Equal(
            "UploadNotFoundException",
            await Ecr.RefusedAsync("CompleteLayerUpload", Completion(upload, digest))
        );
    }

    [Fact]
    public async Task A_part_out_of_order_is_refused_and_the_upload_goes_on()
    {
        var bytes = Wire.Noise(3000);
        var upload = await StartAsync();
        await SendAsync(upload, bytes, 0, 1000);
        Assert.Equal(
            "InvalidLayerPartException",
            await Ecr.RefusedAsync("UploadLayerPart", PartOf(upload, bytes, 0, 1000))
        );
        Assert.Equal(
            "InvalidLayerPartException",
            await Ecr.RefusedAsync("UploadLayerPart", PartOf(upload, bytes, 2000, 3000))
        );
        await SendAsync(upload, bytes, 1000, 3000);
        Assert.Equal(
            "LayerPartTooSmallException",
            await Ecr.RefusedAsync("CompleteLayerUpload", Completion(upload, Wire.DigestOf(bytes)))
        );
    }

    [Fact]
    public async Task A_layer_must_match_its_digest_and_be_new()
    {
        var bytes = Wire.Noise(3000);
        var digest = Wire.DigestOf(bytes);
        Assert.Equal(
            "EmptyUploadException",
            await Ecr.RefusedAsync("CompleteLayerUpload", Completion(await StartAsync(), digest))
        );
        var wrong = await StartAsync();
        await SendAsync(wrong, bytes, 0, 2999);
        Assert.Equal("InvalidLayerException", await Ecr.RefusedAsync("CompleteLayerUpload", Completion(wrong, digest)));
        Assert.Equal("UNAVAILABLE", await AvailabilityAsync(digest.ToString()));
        foreach (var refusal in (string?[])[null, "LayerAlreadyExistsException"])
        {
            var upload = await StartAsync();
            await SendAsync(upload, bytes, 0, 3000);
            if (refusal is null)
            {
                await Ecr.CallAsync("CompleteLayerUpload", Completion(upload, digest));
            }
            else
            {
                Assert.Equal(refusal, await Ecr.RefusedAsync("CompleteLayerUpload", Completion(upload, digest)));
            }
        }

        Assert.Equal(
            "LayersNotFoundException",
            await Ecr.RefusedAsync(
                "GetDownloadUrlForLayer",
                new { repositoryName = EcrWire.Repository, layerDigest = Wire.DigestOf([]).ToString() }
            )
        );
    }

    [Fact]
    public async Task Blobs_that_are_not_layers_are_reported()
    {
        var answer = await Ecr.CallAsync(
            "BatchCheckLayerAvailability",
            new { repositoryName = EcrWire.Repository, layerDigests = new[] { "sha256:x", "" } }
        );
        Assert.Equal(
            ["InvalidLayerDigest", "MissingLayerDigest"],
            EcrWire.Texts(answer.GetProperty("failures"), "failureCode")
        );
    }

    [Fact]
    public async Task A_manifest_is_accepted_once_everything_it_names_is_there()
    {
        var image = new SmallImage("one");
        Assert.Equal("LayersNotFoundException", await RefusedAsync(image.Manifest, "v1"));
        await PushBlobsAsync(image);
        var put = await Ecr.CallAsync("PutImage", Put(image.Manifest, "v1"));
        Assert.Equal(
            image.Digest.ToString(),
            put.GetProperty("image").GetProperty("imageId").GetProperty("imageDigest").GetString()
        );
        Assert.Equal("ImageAlreadyExistsException", await RefusedAsync(image.Manifest, "v1"));
        Assert.Equal("ImageAlreadyExistsException", await RefusedAsync(image.Manifest, null));
        await Ecr.CallAsync("PutImage", Put(image.Manifest, "v2"));
        using var pulled = await new Wire(Registry.Http).GetAsync("manifests/v2");
        Assert.Equal(image.Manifest.Bytes.ToArray(), await pulled.Content.ReadAsByteArrayAsync(EcrWire.Cancellation));
    }

    [Fact]
    public async Task An_index_is_accepted_after_its_images()
    {
        var child = new SmallImage("child");
        var index = ManifestContent.Of(
            new ManifestDocument
            {
                SchemaVersion = 2,
                MediaType = MediaTypes.OciIndex,
                Manifests = [child.Manifest.Descriptor],
            }
        );
        Assert.Equal("ReferencedImagesNotFoundException", await RefusedAsync(index, "all"));
        await PushBlobsAsync(child);
        await Ecr.CallAsync("PutImage", Put(child.Manifest, null));
        await Ecr.CallAsync("PutImage", Put(index, "all"));
    }

    [Theory]
    [InlineData("not json", null, null, null, "InvalidParameterException")]
    [InlineData("{\"schemaVersion\":2}", null, null, null, "InvalidParameterException")]
    [InlineData("{\"schemaVersion\":2}", MediaTypes.OciManifest, "no tag", null, "InvalidParameterException")]
    [InlineData("{\"schemaVersion\":2}", MediaTypes.OciManifest, null, "sha256:0", "InvalidParameterException")]
    [InlineData(
        "{\"schemaVersion\":2}",
        MediaTypes.OciManifest,
        null,
        "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "ImageDigestDoesNotMatchException"
    )]
    public async Task A_push_of_anything_but_an_image_is_refused(
        string manifest,
        string? mediaType,
        string? tag,
        string? digest,
        string refusal
    )
    {
        var input = new Dictionary<string, string?>
        {
            ["repositoryName"] = EcrWire.Repository,
            ["imageManifest"] = manifest,
            ["imageManifestMediaType"] = mediaType,
            ["imageTag"] = tag,
            ["imageDigest"] = digest,
        };
        Assert.Equal(refusal, await Ecr.RefusedAsync("PutImage", input));
    }

    private async Task PushBlobsAsync(SmallImage image)
    {
        var wire = new Wire(Registry.Http);
        foreach (var blob in image.Manifest.Blobs)
        {
            await wire.PushBlobAsync(image.BytesOf(blob), blob.MediaType);
        }
    }

    private Task<string> RefusedAsync(ManifestContent manifest, string? tag) =>
        Ecr.RefusedAsync("PutImage", Put(manifest, tag));

    private static object Put(ManifestContent manifest, string? tag) =>
        new
        {
            repositoryName = EcrWire.Repository,
            imageManifest = Encoding.UTF8.GetString(manifest.Bytes.Span),
            imageTag = tag,
        };

    private async Task<string> StartAsync()
    {
        var answer = await Ecr.CallAsync("InitiateLayerUpload", new { repositoryName = EcrWire.Repository });
        Assert.Equal(Part, answer.GetProperty("partSize").GetInt32());
        return answer.GetProperty("uploadId").GetString()!;
    }

    private async Task SendAsync(string upload, byte[] bytes, int from, int to)
    {
        var answer = await Ecr.CallAsync("UploadLayerPart", PartOf(upload, bytes, from, to));
        Assert.Equal(to - 1, answer.GetProperty("lastByteReceived").GetInt64());
    }

    private static object PartOf(string upload, byte[] bytes, int from, int to) =>
        new
        {
            repositoryName = EcrWire.Repository,
            uploadId = upload,
            partFirstByte = from,
            partLastByte = to - 1,
            layerPartBlob = bytes[from..to],
        };

    private static object Completion(string upload, Digest digest) =>
        new
        {
            repositoryName = EcrWire.Repository,
            uploadId = upload,
            layerDigests = new[] { digest.ToString() },
        };

    private async Task<string?> AvailabilityAsync(string digest)
    {
        var answer = await Ecr.CallAsync(
            "BatchCheckLayerAvailability",
            new { repositoryName = EcrWire.Repository, layerDigests = new[] { digest } }
        );
        return answer.GetProperty("layers")[0].GetProperty("layerAvailability").GetString();
    }
}
