namespace Lading.Cli.Output;

/// <summary>The tags of a repository, as JSON (docs/image.md, "JSON").</summary>
internal static class TagListDocument
{
    public static string Of(TagListScreen shown) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("repository", shown.Location.ToString());
            json.WriteStartArray("tags");
            foreach (var (tag, digest) in shown.Tags)
            {
                json.WriteStartObject();
                json.WriteString("tag", tag.Name);
                json.WriteString("digest", digest?.ToString());
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
}
