using System.Text.Json;
using Lading.Aws.Protocols;
using Lading.Running.Evidence;

namespace Lading.Aws.Ecs;

/// <summary>ecs:DescribeServiceRevisions of up to twenty revisions, of any services.</summary>
/// <param name="Revisions">ARNs.</param>
/// <param name="AskedAt">The time of the request.</param>
internal sealed record DescribeServiceRevisions(IReadOnlyList<string> Revisions, DateTimeOffset AskedAt)
    : EcsOperation<AwsBatch<RevisionEvidence>>
{
    /// <summary>The maximum in one call (Amazon ECS API reference, DescribeServiceRevisions).</summary>
    public const int Most = 20;

    public override string Attempted => "Could not look at service revisions";

    protected override void Write(Utf8JsonWriter json) => WriteNames(json, "serviceRevisionArns", Revisions);

    protected override AwsBatch<RevisionEvidence> Read(JsonElement answer) =>
        ReadBatch(answer, "serviceRevisions", ReadRevision);

    private RevisionEvidence ReadRevision(JsonElement revision) =>
        new()
        {
            Arn = revision.GetProperty("serviceRevisionArn").GetString()!,
            ServiceArn = AwsJson.Text(revision, "serviceArn"),
            TaskDefinition = AwsJson.Text(revision, "taskDefinition"),
            CreatedAt = AwsJson.Time(revision, "createdAt"),
            Images =
            [
                .. AwsJson
                    .Items(revision, "containerImages")
                    .Select(image => new RevisionImage(
                        AwsJson.Text(image, "containerName"),
                        AwsJson.Text(image, "image"),
                        AwsJson.FindDigest(image, "imageDigest")
                    )),
            ],
            Source = new FactOrigin("ecs:DescribeServiceRevisions", "", AskedAt),
        };
}
