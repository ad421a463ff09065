using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.CodeBuild;

/// <summary>codebuild:ListProjects: names, a hundred a page.</summary>
/// <param name="Next">The token of a page; null for the first.</param>
internal sealed record ListProjects(string? Next) : JsonOperation<AwsPage<string>>(AwsService.CodeBuild)
{
    public override string Attempted => "Could not list the projects of CodeBuild";

    protected override void Write(Utf8JsonWriter json)
    {
        if (Next is not null)
        {
            json.WriteString("nextToken", Next);
        }
    }

    protected override AwsPage<string> Read(JsonElement answer) =>
        new([.. AwsJson.Items(answer, "projects").Select(name => name.GetString()!)], answer.FindText("nextToken"));
}
