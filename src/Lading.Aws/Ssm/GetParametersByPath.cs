using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.Ssm;

/// <summary>ssm:GetParametersByPath, recursive, ten a page.</summary>
/// <param name="Path">Such as <c>/lading</c>.</param>
/// <param name="Next">The token of a page; null for the first.</param>
internal sealed record GetParametersByPath(string Path, string? Next)
    : JsonOperation<AwsPage<ParameterVersion>>(AwsService.Ssm)
{
    public override string Attempted => $"Could not read the parameters below {Path}";

    protected override void Write(Utf8JsonWriter json)
    {
        json.WriteString(nameof(Path), Path);
        json.WriteBoolean("Recursive", true);
        json.WriteNumber("MaxResults", 10);
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
