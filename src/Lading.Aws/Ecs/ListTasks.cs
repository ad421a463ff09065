using System.Text.Json;

namespace Lading.Aws.Ecs;

/// <summary>ecs:ListTasks of a whole cluster, or of one of its services.</summary>
/// <param name="Cluster">An ARN.</param>
/// <param name="Next">The token of a page; null for the first.</param>
/// <param name="DesiredStatus"><c>RUNNING</c>, <c>STOPPED</c>; null for ECS's default, <c>RUNNING</c>.</param>
/// <param name="ServiceName">The service; null for all tasks, including those without a service.</param>
internal sealed record ListTasks(string Cluster, string? Next, string? DesiredStatus = null, string? ServiceName = null)
    : EcsOperation<AwsPage<string>>
{
    public override string Attempted => $"Could not list the tasks of {ServiceName ?? Cluster}";

    protected override void Write(Utf8JsonWriter json)
    {
        json.WriteString("cluster", Cluster);
        if (ServiceName is not null)
        {
            json.WriteString("serviceName", ServiceName);
        }

        if (DesiredStatus is not null)
        {
            json.WriteString("desiredStatus", DesiredStatus);
        }

        WritePage(json, Next);
    }

    protected override AwsPage<string> Read(JsonElement answer) => ReadNames(answer, "taskArns");
}
