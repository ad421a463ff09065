using System.Text.Json;
using Lading.Deploying;

namespace Lading.Cli.Output;

/// <summary>The outcome of a deployment, as JSON (docs/output.md, "deploy"; schema/deploy.schema.json).</summary>
internal static class DeployDocument
{
    /// <summary>Incremented if a key changes its meaning or is removed; new keys do not count.</summary>
    public const int Version = 1;

    public static string Of(DeployOutcome outcome) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("deployVersion", Version);
            json.WriteString("environment", outcome.Environment.Name);
            json.WriteString("account", outcome.Environment.Account);
            json.WriteString("region", outcome.Environment.Region);
            json.WriteString("promotedFrom", outcome.Environment.PromoteFrom);
            json.WriteString("outcome", Words.Of(outcome.State));
            json.WriteBoolean("deployed", outcome.IsDeployed);
            json.WriteBoolean("holds", outcome.Report.Holds);
            WriteAll(json, "stacks", outcome.Stacks, json.WriteStringValue);
            WriteAll(json, "images", outcome.Images.Published, image => PublishDocument.Write(json, image));
            WriteAll(json, "missing", outcome.Images.Missing, image => json.WriteStringValue(image.Name));
            WriteAll(
                json,
                "services",
                outcome.Report.Results.Where(each => each.Image.Stack is not null),
                each => CheckDocument.Write(json, each)
            );
            if (outcome.Verification is { } report)
            {
                json.WriteStartObject("verification");
                VerifyDocument.WriteOutcome(json, report);
                json.WriteEndObject();
            }
            else
            {
                json.WriteNull("verification");
            }

            json.WriteEndObject();
        });

    private static void WriteAll<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            write(item);
        }

        json.WriteEndArray();
    }
}
