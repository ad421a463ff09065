using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.Ecr;

/// <summary>ecr:ListPullTimeUpdateExclusions: the ARNs of users and roles whose pulls are not recorded.</summary>
/// <param name="Next">The token of a page; null for the first.</param>
internal sealed record ListPullTimeExclusions(string? Next) : EcrOperation<AwsPage<string>>("")
{
    public override string Name => "ListPullTimeUpdateExclusions";

    public override string Attempted => "Could not read whose pulls are not recorded";

    protected override void WriteMembers(Utf8JsonWriter json)
    {
        if (Next is not null)
        {
            json.WriteString("nextToken", Next);
        }
    }

    protected override AwsPage<string> Read(JsonElement answer) =>
        new(
            [.. AwsJson.Items(answer, "pullTimeUpdateExclusions").Select(arn => arn.GetString()!)],
            answer.FindText("nextToken")
        );
}
