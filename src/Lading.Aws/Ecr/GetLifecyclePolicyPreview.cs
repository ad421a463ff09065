using System.Text.Json;
using Lading.Oci;

namespace Lading.Aws.Ecr;

/// <summary>ecr:GetLifecyclePolicyPreview: a page of the images that a repository's policy would affect.</summary>
internal sealed record GetLifecyclePolicyPreview(string RegistryId, RepositoryName Repository, string? Next)
    : EcrOperation<LifecyclePage>(RegistryId)
{
    private const int Most = 100;

    public override string Attempted => $"Could not preview the lifecycle policy of {Repository}";

    public override IReadOnlyCollection<string> Expected => ["LifecyclePolicyPreviewNotFoundException"];

    protected override void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("repositoryName", Repository.Value);
        if (Next is not null)
        {
            json.WriteString("nextToken", Next);
        }

        json.WriteNumber("maxResults", Most);
    }

    protected override LifecyclePage Read(JsonElement answer) =>
        new(
            answer.FindText("status") ?? "",
            answer.TryGetProperty("previewResults", out var results)
                ? [.. results.EnumerateArray().Select(ReadResult)]
                : [],
            answer.FindText("nextToken")
        );

    private static ExpiringImage ReadResult(JsonElement result) =>
        new(
            Digest.Parse(result.GetProperty("imageDigest").GetString()!),
            result.FindText("action", "type") ?? "EXPIRE",
            result.TryGetProperty("appliedRulePriority", out var rule) ? rule.GetInt32() : 0
        );
}

/// <summary>A page of a preview.</summary>
/// <param name="Status"><c>IN_PROGRESS</c>, <c>COMPLETE</c>, <c>EXPIRED</c> or <c>FAILED</c>.</param>
/// <param name="Images">The affected images.</param>
/// <param name="Next">The token of the next page; null at the end.</param>
internal sealed record LifecyclePage(string Status, IReadOnlyList<ExpiringImage> Images, string? Next);

/// <summary>An image that a lifecycle rule affects.</summary>
/// <param name="Digest">The digest of its manifest or index.</param>
/// <param name="Action"><c>EXPIRE</c>, or <c>TRANSITION</c> to the archive.</param>
/// <param name="Rule">The priority of the rule, which identifies it.</param>
internal sealed record ExpiringImage(Digest Digest, string Action, int Rule);
