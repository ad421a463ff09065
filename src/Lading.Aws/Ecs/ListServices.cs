using System.Text.Json;

namespace Lading.Aws.Ecs;

/// <summary>ecs:ListServices of a cluster.</summary>
/// <param name="Cluster">An ARN.</param>
/// <param name="Next">The token of a page; null for the first.</param>
internal sealed record ListServices(string Cluster, string? Next) : EcsOperation<AwsPage<string>>
{
    public override string Attempted => $"Could not list the services of {Cluster}";

    protected override void Write(Utf8JsonWriter json)
    {
        json.WriteString("cluster", Cluster);
        WritePage(json, Next);
    }

    protected override AwsPage<string> Read(JsonElement answer) => ReadNames(answer, "serviceArns");
}
