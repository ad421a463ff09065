using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.Batch;

/// <summary>batch:DescribeJobs of up to a hundred jobs: all their strings, including those of nodes and pods.</summary>
/// <param name="Jobs">Their ids.</param>
internal sealed record DescribeJobs(IReadOnlyList<string> Jobs)
    : RestOperation<IReadOnlyList<ResourceTexts>>(AwsService.Batch, HttpMethod.Post, "/v1/describejobs")
{
    /// <summary>The maximum in one call (AWS Batch API reference, DescribeJobs).</summary>
    public const int Most = 100;

    public override string Attempted => "Could not look at jobs";

    protected override bool HasBody => true;

    protected override void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray("jobs");
        foreach (var job in Jobs)
        {
            json.WriteStringValue(job);
        }

        json.WriteEndArray();
    }

    protected override IReadOnlyList<ResourceTexts> Read(JsonElement answer) =>
        [.. AwsJson.Items(answer, "jobs").Select(job => ResourceTexts.Of(AwsJson.Text(job, "jobName"), job))];
}
