using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.CodeDeploy;

/// <summary>codedeploy:ListApplications: their names.</summary>
/// <param name="Next">The token of a page; null for the first.</param>
internal sealed record ListApplications(string? Next)
    : JsonListing<string>(AwsService.CodeDeploy, "applications", "nextToken", Next)
{
    public override string Attempted => "Could not list the applications of CodeDeploy";

    protected override string ReadItem(JsonElement item) => item.GetString()!;
}
