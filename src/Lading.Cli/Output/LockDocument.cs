using Lading.Locks;

namespace Lading.Cli.Output;

/// <summary>The images of an environment's lock as JSON (docs/output.md, "resolve").</summary>
internal static class LockDocument
{
    public static string Of(ImageLock resolved) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("environment", resolved.Environment);
            json.WriteStartArray("images");
            foreach (var (name, image) in resolved.Images)
            {
                json.WriteStartObject();
                json.WriteString("name", name);
                json.WriteString("repository", image.Repository);
                json.WriteString("digest", image.Digest.ToString());
                json.WriteString("fingerprint", image.Fingerprint);
                json.WriteString("revision", image.Revision);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
}
