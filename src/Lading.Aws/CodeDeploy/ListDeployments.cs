using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.CodeDeploy;

/// <summary>codedeploy:ListDeployments of a deployment group: their ids.</summary>
/// <param name="Application">The application's name.</param>
/// <param name="Group">The group's name.</param>
/// <param name="Since">The oldest deployment to return.</param>
/// <param name="Next">The token of a page; null for the first.</param>
internal sealed record ListDeployments(string Application, string Group, DateTimeOffset Since, string? Next)
    : JsonListing<string>(AwsService.CodeDeploy, "deployments", "nextToken", Next)
{
    public override string Attempted => $"Could not list the deployments of {Application}/{Group}";

    protected override void WriteOthers(Utf8JsonWriter json)
    {
        json.WriteString("applicationName", Application);
        json.WriteString("deploymentGroupName", Group);
        json.WriteStartObject("createTimeRange");
        json.WriteNumber("start", Since.ToUnixTimeSeconds());
        json.WriteEndObject();
    }

    protected override string ReadItem(JsonElement item) => item.GetString()!;
}
