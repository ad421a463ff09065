using Lading.Deploying;

namespace Lading.Cli.Output;

/// <summary>What a deployment came to, as JSON (docs/output.md, "deploy").</summary>
internal static class DeployDocument
{
    public static string Of(DeployOutcome outcome, bool isDeployed) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("environment", outcome.Environment.Name);
            json.WriteString("account", outcome.Environment.Account);
            json.WriteString("region", outcome.Environment.Region);
            json.WriteBoolean("deployed", isDeployed);
            json.WriteStartArray("stacks");
            foreach (var stack in outcome.Stacks)
            {
                json.WriteStringValue(stack);
            }

            json.WriteEndArray();
            json.WriteStartArray("images");
            foreach (var image in outcome.Images.Published)
            {
                PublishDocument.Write(json, image);
            }

            json.WriteEndArray();
            json.WriteStartArray("missing");
            foreach (var image in outcome.Images.Missing)
            {
                json.WriteStringValue(image.Name);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
}
