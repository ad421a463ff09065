using System.Text.Json;
using Lading.Oci;

namespace Lading.Server.Ecr.Images;

/// <summary>The identifier of an image in a request: a digest, a tag, or both, as written.</summary>
internal sealed record ImageId(string? Digest, string? Tag)
{
    public static ImageId Of(Digest digest, Tag? tag = null) => new(digest.ToString(), tag?.Name);

    public static ImageId Read(EcrRequestBody input) => new(input.FindText("imageDigest"), input.FindText("imageTag"));

    /// <summary>The list <c>imageIds</c> of a request; null if there is none.</summary>
    public static IReadOnlyList<ImageId>? ReadList(EcrRequestBody input) =>
        input.FindObjects("imageIds", 1, 100)?.Select(Read).ToList();

    /// <summary>The identified image, or why there is none.</summary>
    public (HeldImage? Image, ImageFailure? Failure) FindIn(HeldImages images)
    {
        if (Digest is null && Tag is null)
        {
            return (null, new ImageFailure(this, "MissingDigestAndTag", "Image digest and tag are both missing"));
        }

        Oci.Digest digest = default;
        if (Digest is not null && !Oci.Digest.TryParse(Digest, out digest))
        {
            return (
                null,
                new ImageFailure(
                    this,
                    "InvalidImageDigest",
                    "Invalid request parameters: image digest should satisfy the regex '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'"
                )
            );
        }

        Oci.Tag tag = default;
        if (Tag is not null && !Oci.Tag.TryParse(Tag, out tag))
        {
            return (
                null,
                new ImageFailure(this, "InvalidImageTag", "Invalid request parameters: image tag is not valid")
            );
        }

        var image = Tag is not null ? images.Find(tag) : images.Find(digest);
        return image switch
        {
            null => (null, ImageFailure.NotFound(this)),
            _ when Digest is not null && image.Digest != digest => (
                null,
                new ImageFailure(this, "ImageTagDoesNotMatchDigest", "Image tag does not belong to the image digest")
            ),
            _ => (image, null),
        };
    }

    /// <summary>The identified image, for operations on one.</summary>
    /// <exception cref="EcrException">It does not exist.</exception>
    public HeldImage GetFrom(HeldImages images, ServedRepository repository)
    {
        var (image, failure) = FindIn(images);
        return image
            ?? throw (
                failure!.Code is "ImageNotFound" or "ImageTagDoesNotMatchDigest"
                    ? EcrException.ImageNotFound(ToString(), repository)
                    : EcrException.Invalid("imageIds", failure.Reason)
            );
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteMembers(json);
        json.WriteEndObject();
    }

    public void WriteMember(Utf8JsonWriter json)
    {
        json.WriteStartObject("imageId");
        WriteMembers(json);
        json.WriteEndObject();
    }

    /// <summary>Its form in ECR's errors.</summary>
    public override string ToString() => $"{{imageDigest:'{Digest ?? "null"}', imageTag:'{Tag ?? "null"}'}}";

    private void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteOptional("imageDigest", Digest);
        json.WriteOptional("imageTag", Tag);
    }
}

/// <summary>Why one image of a batch failed (ECR API, <c>ImageFailure</c>).</summary>
internal sealed record ImageFailure(ImageId Image, string Code, string Reason)
{
    public static ImageFailure NotFound(ImageId image) => new(image, "ImageNotFound", "Requested image not found");

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        Image.WriteMember(json);
        json.WriteString("failureCode", Code);
        json.WriteString("failureReason", Reason);
        json.WriteEndObject();
    }
}
