using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.CodeBuild;

/// <summary>codebuild:ListProjects: names, a hundred a page.</summary>
/// <param name="Next">The token of a page; null for the first.</param>
internal sealed record ListProjects(string? Next)
    : JsonListing<string>(AwsService.CodeBuild, "projects", "nextToken", Next)
{
    public override string Attempted => "Could not list the projects of CodeBuild";

    protected override string ReadItem(JsonElement item) => item.GetString()!;
}
