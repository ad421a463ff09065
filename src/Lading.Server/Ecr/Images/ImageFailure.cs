using System.Text.Json;

namespace Lading.Server.Ecr.Images;

/// <summary>Why one image of a batch was passed over (ECR API, <c>ImageFailure</c>).</summary>
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
