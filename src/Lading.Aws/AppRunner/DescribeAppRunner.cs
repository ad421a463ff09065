using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.AppRunner;

/// <summary>apprunner:DescribeService: the strings of its source configuration.</summary>
/// <param name="Arn">The service's ARN.</param>
internal sealed record DescribeAppRunner(string Arn) : JsonOperation<ResourceTexts>(AwsService.AppRunner)
{
    public override string Name => "DescribeService";

    public override string Attempted => $"Could not look at the service {Arn} of App Runner";

    public override IReadOnlyCollection<string> Expected => ["ResourceNotFoundException"];

    protected override void Write(Utf8JsonWriter json) => json.WriteString("ServiceArn", Arn);

    protected override ResourceTexts Read(JsonElement answer)
    {
        var service = answer.GetProperty("Service");
        return ResourceTexts.Of(
            service.FindText("ServiceName") ?? Arn,
            service.TryGet(out var source, "SourceConfiguration") ? source : default
        );
    }
}
