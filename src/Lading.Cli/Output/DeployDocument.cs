using Lading.Configuration;
using Lading.Shipping;

namespace Lading.Cli.Output;

/// <summary>What a deployment came to, as JSON (docs/output.md, "deploy").</summary>
internal static class DeployDocument
{
    public static string Of(
        EnvironmentDefinition environment,
        IReadOnlyList<string> stacks,
        IReadOnlyList<PublishedImage> published,
        IReadOnlyList<PlannedImage> missing,
        bool isDeployed
    ) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("environment", environment.Name);
            json.WriteString("account", environment.Account);
            json.WriteString("region", environment.Region);
            json.WriteBoolean("deployed", isDeployed);
            json.WriteStartArray("stacks");
            foreach (var stack in stacks)
            {
                json.WriteStringValue(stack);
            }

            json.WriteEndArray();
            json.WriteStartArray("images");
            foreach (var image in published)
            {
                PublishDocument.Write(json, image);
            }

            json.WriteEndArray();
            json.WriteStartArray("missing");
            foreach (var image in missing)
            {
                json.WriteStringValue(image.Name);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
}
