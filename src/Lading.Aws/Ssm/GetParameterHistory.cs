using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.Ssm;

/// <summary>ssm:GetParameterHistory: the last 100 versions, fifty a page.</summary>
/// <param name="Parameter">Its name.</param>
/// <param name="Next">The token of a page; null for the first.</param>
internal sealed record GetParameterHistory(string Parameter, string? Next)
    : JsonOperation<AwsPage<ParameterVersion>>(AwsService.Ssm)
{
    public override string Attempted => $"Could not read the versions of {Parameter}";

    public override IReadOnlyCollection<string> Expected => ["ParameterNotFound"];

    protected override void Write(Utf8JsonWriter json)
    {
        json.WriteString("Name", Parameter);
        json.WriteNumber("MaxResults", 50);
        if (Next is not null)
        {
            json.WriteString("NextToken", Next);
        }
    }

    protected override AwsPage<ParameterVersion> Read(JsonElement answer) =>
        new(
            [.. answer.GetProperty("Parameters").EnumerateArray().Select(ParameterVersion.Read)],
            answer.FindText("NextToken")
        );
}
