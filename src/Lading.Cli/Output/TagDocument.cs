namespace Lading.Cli.Output;

/// <summary>An image and its new tags as JSON (docs/image.md, "JSON").</summary>
internal static class TagDocument
{
    public static string Of(TagScreen shown) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("image", shown.Location.ToString());
            json.WriteString("digest", shown.Digest.ToString());
            json.WriteStartArray("tags");
            foreach (var tag in shown.Tags)
            {
                json.WriteStringValue(tag.Name);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
}
