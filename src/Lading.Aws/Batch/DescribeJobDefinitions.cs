using System.Text.Json;
using Lading.Aws.Protocols;
using Lading.Running.Evidence;

namespace Lading.Aws.Batch;

/// <summary>batch:DescribeJobDefinitions of up to a hundred definitions.</summary>
/// <param name="Definitions">ARNs.</param>
/// <param name="AskedAt">The time of the request.</param>
internal sealed record DescribeJobDefinitions(IReadOnlyList<string> Definitions, DateTimeOffset AskedAt)
    : RestOperation<IReadOnlyList<JobDefinitionEvidence>>(
        AwsService.Batch,
        HttpMethod.Post,
        "/v1/describejobdefinitions"
    )
{
    /// <summary>The maximum in one call (AWS Batch API reference, DescribeJobDefinitions).</summary>
    public const int Most = 100;

    public override string Attempted => "Could not look at job definitions";

    protected override bool HasBody => true;

    protected override void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray("jobDefinitions");
        foreach (var definition in Definitions)
        {
            json.WriteStringValue(definition);
        }

        json.WriteEndArray();
    }

    protected override IReadOnlyList<JobDefinitionEvidence> Read(JsonElement answer) =>
        [
            .. AwsJson
                .Items(answer, "jobDefinitions")
                .Select(definition => new JobDefinitionEvidence(
                    AwsJson.Text(definition, "jobDefinitionArn"),
                    AwsJson.Text(definition, "status"),
                    [.. ImagesOf(definition)],
                    new FactOrigin("batch:DescribeJobDefinitions", "", AskedAt)
                )),
        ];

    private static IEnumerable<KeyValuePair<string, string>> ImagesOf(JsonElement definition)
    {
        if (definition.FindText("containerProperties", "image") is { } image)
        {
            yield return KeyValuePair.Create("", image);
        }

        if (!definition.TryGet(out var properties, "ecsProperties"))
        {
            yield break;
        }

        foreach (var task in AwsJson.Items(properties, "taskProperties"))
        {
            foreach (var container in AwsJson.Items(task, "containers"))
            {
                yield return KeyValuePair.Create(AwsJson.Text(container, "name"), AwsJson.Text(container, "image"));
            }
        }
    }
}
