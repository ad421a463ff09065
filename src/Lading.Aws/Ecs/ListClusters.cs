using System.Text.Json;

namespace Lading.Aws.Ecs;

/// <summary>ecs:ListClusters.</summary>
/// <param name="Next">The token of a page; null for the first.</param>
internal sealed record ListClusters(string? Next) : EcsOperation<AwsPage<string>>
{
    public override string Attempted => "Could not list the clusters";

    protected override void Write(Utf8JsonWriter json) => WritePage(json, Next);

    protected override AwsPage<string> Read(JsonElement answer) => ReadNames(answer, "clusterArns");
}
