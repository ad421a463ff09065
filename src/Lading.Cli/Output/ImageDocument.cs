namespace Lading.Cli.Output;

/// <summary>An image as JSON (docs/image.md, "JSON").</summary>
internal static class ImageDocument
{
    public static string Of(ImageScreen shown) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("image", shown.Location.ToString());
            json.WriteString("digest", shown.Manifest.Digest.ToString());
            json.WriteString("mediaType", shown.Manifest.MediaType);
            json.WriteNumber("size", shown.Manifest.Bytes.Length);
            json.WritePropertyName("manifest");
            json.WriteRawValue(shown.Manifest.Bytes.Span);
            json.WritePropertyName("configuration");
            if (shown.Configuration is null)
            {
                json.WriteNullValue();
            }
            else
            {
                json.WriteRawValue(shown.Configuration);
            }

            json.WriteEndObject();
        });
}
