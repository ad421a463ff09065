namespace Lading.Cli.Output;

/// <summary>The referrers of an image as JSON (docs/image.md, "JSON").</summary>
internal static class ReferrersDocument
{
    public static string Of(ReferrersScreen shown) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("image", shown.Location.ToString());
            json.WriteString("subject", shown.Subject.ToString());
            json.WriteStartArray("referrers");
            foreach (var referrer in shown.Referrers)
            {
                json.WriteStartObject();
                json.WriteString("digest", referrer.Digest.ToString());
                json.WriteString("mediaType", referrer.MediaType);
                json.WriteNumber("size", referrer.Size);
                json.WriteString("artifactType", referrer.ArtifactType);
                json.WriteStartObject("annotations");
                foreach (var (key, value) in referrer.Annotations ?? new Dictionary<string, string>())
                {
                    json.WriteString(key, value);
                }

                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
}
