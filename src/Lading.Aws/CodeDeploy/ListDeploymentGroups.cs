using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.CodeDeploy;

/// <summary>codedeploy:ListDeploymentGroups of an application: their names.</summary>
/// <param name="Application">Its name.</param>
/// <param name="Next">The token of a page; null for the first.</param>
internal sealed record ListDeploymentGroups(string Application, string? Next)
    : JsonListing<string>(AwsService.CodeDeploy, "deploymentGroups", "nextToken", Next)
{
    public override string Attempted => $"Could not list the deployment groups of {Application}";

    protected override void WriteOthers(Utf8JsonWriter json) => json.WriteString("applicationName", Application);

    protected override string ReadItem(JsonElement item) => item.GetString()!;
}
