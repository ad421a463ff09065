using System.Text.Json;
using Lading.Explaining;

namespace Lading.Cli.Output;

/// <summary>One side of an explanation, in the documents of <c>why</c>.</summary>
internal static class SideDocument
{
    /// <summary>Writes the members that both documents share.</summary>
    public static void Write(Utf8JsonWriter json, ExplainedImage side)
    {
        json.WriteString("fingerprint", side.Inputs.Fingerprint.Hex);
        json.WriteString("tag", side.Inputs.Fingerprint.SourceTag.Name);
        json.WriteString("where", side.Where);
        json.WriteString("revision", side.Inputs.Commit?.ToString());
        json.WriteString("digest", side.Digest?.ToString());
        json.WriteString("source", side.IsFromRegistry ? "registry" : "git");
    }
}
