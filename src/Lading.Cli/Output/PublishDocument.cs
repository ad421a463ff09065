using System.Text.Json;
using Lading.Configuration;
using Lading.Shipping;

namespace Lading.Cli.Output;

/// <summary>The output of <c>publish</c> as JSON (docs/output.md, "publish").</summary>
internal static class PublishDocument
{
    public static string Of(EnvironmentDefinition environment, IReadOnlyList<PublishedImage> published) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("environment", environment.Name);
            json.WriteStartArray("images");
            foreach (var image in published)
            {
                Write(json, image);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });

    /// <summary>Writes an image.</summary>
    public static void Write(Utf8JsonWriter json, PublishedImage image)
    {
        json.WriteStartObject();
        json.WriteString("name", image.Plan.Name);
        json.WriteString("repository", image.Locked.Repository);
        json.WriteString("digest", image.Locked.Digest.ToString());
        json.WriteString("fingerprint", image.Locked.Fingerprint);
        json.WriteString("tag", image.Plan.SourceTag.Name);
        json.WriteString("revision", image.Locked.Revision);
        json.WriteString("platform", image.Plan.Only?.ToString());
        json.WriteString("action", Words.Of(image.Plan.Action));
        json.WriteNumber("bytesSent", image.BytesSent);
        json.WriteEndObject();
    }
}
