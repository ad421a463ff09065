using Lading.Configuration;
using Lading.Oci;

namespace Lading.Cli.Output;

/// <summary>The output of <c>keep</c> as JSON (docs/output.md, "keep").</summary>
internal static class KeepDocument
{
    public static string Of(RepositoryName repository, Digest digest, KeptImage? kept, bool changed) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("repository", repository.Value);
            json.WriteString("digest", digest.ToString());
            json.WriteString("until", kept is null ? null : RetentionReader.DayText(kept.Until));
            json.WriteString("reason", kept?.Reason);
            json.WriteBoolean("changed", changed);
            json.WriteEndObject();
        });
}
