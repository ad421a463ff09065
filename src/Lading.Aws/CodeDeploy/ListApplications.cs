using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.CodeDeploy;

/// <summary>codedeploy:ListApplications: their names.</summary>
/// <param name="Next">The token of a page; null for the first.</param>
internal sealed record ListApplications(string? Next) : JsonOperation<AwsPage<string>>(AwsService.CodeDeploy)
{
    public override string Attempted => "Could not list the applications of CodeDeploy";

    protected override void Write(Utf8JsonWriter json)
    {
        if (Next is not null)
        {
            json.WriteString("nextToken", Next);
        }
    }

    protected override AwsPage<string> Read(JsonElement answer) =>
        new([.. AwsJson.Items(answer, "applications").Select(name => name.GetString()!)], answer.FindText("nextToken"));
}
