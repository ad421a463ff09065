using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.CodeDeploy;

/// <summary>codedeploy:ListDeploymentGroups of an application: their names.</summary>
/// <param name="Application">Its name.</param>
/// <param name="Next">The token of a page; null for the first.</param>
internal sealed record ListDeploymentGroups(string Application, string? Next)
    : JsonOperation<AwsPage<string>>(AwsService.CodeDeploy)
{
    public override string Attempted => $"Could not list the deployment groups of {Application}";

    protected override void Write(Utf8JsonWriter json)
    {
        json.WriteString("applicationName", Application);
        if (Next is not null)
        {
            json.WriteString("nextToken", Next);
        }
    }

    protected override AwsPage<string> Read(JsonElement answer) =>
        new(
            [.. AwsJson.Items(answer, "deploymentGroups").Select(name => name.GetString()!)],
            answer.FindText("nextToken")
        );
}
