using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.AppRunner;

/// <summary>apprunner:ListServices: ARNs, twenty a page.</summary>
/// <param name="Next">The token of a page; null for the first.</param>
internal sealed record ListAppRunnerServices(string? Next) : JsonOperation<AwsPage<string>>(AwsService.AppRunner)
{
    public override string Name => "ListServices";

    public override string Attempted => "Could not list the services of App Runner";

    protected override void Write(Utf8JsonWriter json)
    {
        json.WriteNumber("MaxResults", 20);
        if (Next is not null)
        {
            json.WriteString("NextToken", Next);
        }
    }

    protected override AwsPage<string> Read(JsonElement answer) =>
        new(
            [
                .. AwsJson
                    .Items(answer, "ServiceSummaryList")
                    .Where(service => service.FindText("Status") != "DELETED")
                    .Select(service => service.GetProperty("ServiceArn").GetString()!),
            ],
            answer.FindText("NextToken")
        );
}
