namespace Lading.Cli.Output;

/// <summary>The result of a copy as JSON (docs/image.md, "JSON").</summary>
internal static class CopyDocument
{
    public static string Of(CopyScreen shown) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("source", shown.Source.ToString());
            json.WriteString("target", shown.Target.ToString());
            json.WriteString("tag", shown.Tag?.Name);
            json.WriteString("digest", shown.Result.Manifest.Digest.ToString());
            json.WriteString("mediaType", shown.Result.Manifest.MediaType);
            json.WriteBoolean("alreadyThere", shown.Result.IsThere);
            json.WriteNumber("bytesMoved", shown.Result.BytesSent);
            json.WriteNumber("bytesAlreadyThere", shown.Result.BytesThere);
            json.WriteNumber("referrers", shown.Referrers);
            json.WriteEndObject();
        });
}
