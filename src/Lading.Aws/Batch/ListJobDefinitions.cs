using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.Batch;

/// <summary>
/// batch:DescribeJobDefinitions of all active ones: all their strings, including those of nodes and pods.
/// </summary>
/// <param name="Next">The token of a page; null for the first.</param>
internal sealed record ListJobDefinitions(string? Next)
    : RestOperation<AwsPage<ResourceTexts>>(AwsService.Batch, HttpMethod.Post, "/v1/describejobdefinitions")
{
    public override string Name => "DescribeJobDefinitions";

    public override string Attempted => "Could not list the job definitions";

    protected override bool HasBody => true;

    protected override void Write(Utf8JsonWriter json)
    {
        json.WriteString("status", "ACTIVE");
        json.WriteNumber("maxResults", DescribeJobDefinitions.Most);
        if (Next is not null)
        {
            json.WriteString("nextToken", Next);
        }
    }

    protected override AwsPage<ResourceTexts> Read(JsonElement answer) =>
        new(
            [
                .. AwsJson
                    .Items(answer, "jobDefinitions")
                    .Select(job =>
                        ResourceTexts.Of($"{job.FindText("jobDefinitionName")}:{AwsJson.Number(job, "revision")}", job)
                    ),
            ],
            answer.FindText("nextToken")
        );
}
