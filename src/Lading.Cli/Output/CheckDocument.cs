using System.Text.Json;
using Lading.Checking;

namespace Lading.Cli.Output;

/// <summary>The output of <c>check</c> as JSON (docs/output.md, "check").</summary>
internal static class CheckDocument
{
    public static string Of(CheckReport report) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("environment", report.Environment);
            json.WriteBoolean("holds", report.Holds);
            json.WriteStartArray("images");
            foreach (var result in report.Results)
            {
                Write(json, result);
            }

            json.WriteEndArray();
            json.WriteStartArray("floatingBases");
            foreach (var (image, reference) in report.Unpinned)
            {
                json.WriteStartObject();
                json.WriteString("image", image);
                json.WriteString("base", reference);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("notChecked");
            foreach (var (stack, environment) in report.Others)
            {
                json.WriteStartObject();
                json.WriteString("stack", stack);
                json.WriteString("environment", environment);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("unread");
            foreach (var resource in report.Unread)
            {
                json.WriteStartObject();
                json.WriteString("stack", resource.Stack);
                json.WriteString("resource", resource.LogicalId);
                json.WriteString("type", resource.Type);
                json.WriteStartArray("properties");
                foreach (var property in resource.Properties)
                {
                    json.WriteStringValue(property);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });

    /// <summary>One image.</summary>
    public static void Write(Utf8JsonWriter json, CheckResult result)
    {
        var image = result.Image;
        json.WriteStartObject();
        json.WriteString("stack", image.Stack);
        json.WriteString("container", image.Stack is null ? null : image.Name);
        json.WriteString("image", image.Image);
        json.WriteString("reference", image.Reference);
        json.WriteString("repository", image.Address?.Repository.Value);
        json.WriteString("digest", (image.Address?.Digest ?? result.Evidence.Found?.Digest)?.ToString());
        json.WriteStartArray("platforms");
        foreach (var platform in result.Evidence.Platforms ?? [])
        {
            json.WriteStringValue(platform.ToString());
        }

        json.WriteEndArray();
        json.WriteString("revision", image.Locked?.Revision);
        json.WriteBoolean("holds", result.Holds);
        json.WriteStartArray("findings");
        foreach (var finding in result.Findings)
        {
            json.WriteStartObject();
            json.WriteString("verdict", Words.Of(finding.Verdict));
            json.WriteBoolean("holds", finding.Holds);
            json.WriteString("reason", finding.Reason.Length == 0 ? null : finding.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
