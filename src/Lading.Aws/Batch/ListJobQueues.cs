using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.Batch;

/// <summary>batch:DescribeJobQueues: the ARNs of all queues.</summary>
/// <param name="Next">The token of a page; null for the first.</param>
internal sealed record ListJobQueues(string? Next)
    : RestOperation<AwsPage<string>>(AwsService.Batch, HttpMethod.Post, "/v1/describejobqueues")
{
    public override string Name => "DescribeJobQueues";

    public override string Attempted => "Could not list the job queues";

    protected override bool HasBody => true;

    protected override void Write(Utf8JsonWriter json)
    {
        if (Next is not null)
        {
            json.WriteString("nextToken", Next);
        }
    }

    protected override AwsPage<string> Read(JsonElement answer) =>
        new(
            [.. AwsJson.Items(answer, "jobQueues").Select(queue => AwsJson.Text(queue, "jobQueueArn"))],
            answer.FindText("nextToken")
        );
}
