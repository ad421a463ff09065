using Lading.Configuration;

namespace Lading.Cli.Output;

/// <summary>The output of <c>pin</c> and <c>unpin</c> as JSON (docs/output.md, "pin").</summary>
internal static class HoldDocument
{
    public static string Of(string image, Hold? hold, bool changed) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("image", image);
            json.WriteString("revision", hold?.Revision);
            json.WriteString("reason", hold?.Reason);
            json.WriteBoolean("changed", changed);
            json.WriteEndObject();
        });
}
