using System.Text.Json;
using System.Text.RegularExpressions;
using Lading.Aws.Protocols;

namespace Lading.Aws.CodeDeploy;

/// <summary>codedeploy:BatchGetDeployments of up to 25.</summary>
/// <param name="Ids">Such as <c>d-ABCDEF123</c>.</param>
internal sealed partial record BatchGetDeployments(IReadOnlyList<string> Ids)
    : JsonOperation<IReadOnlyList<CodeDeployment>>(AwsService.CodeDeploy)
{
    /// <summary>The maximum in one call (CodeDeploy API reference, BatchGetDeployments).</summary>
    public const int Most = 25;

    public override string Attempted => "Could not look at deployments of CodeDeploy";

    protected override void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray("deploymentIds");
        foreach (var id in Ids)
        {
            json.WriteStringValue(id);
        }

        json.WriteEndArray();
    }

    protected override IReadOnlyList<CodeDeployment> Read(JsonElement answer) =>
        [
            .. AwsJson
                .Items(answer, "deploymentsInfo")
                .Select(each => new CodeDeployment
                {
                    Id = AwsJson.Text(each, "deploymentId"),
                    Application = AwsJson.Text(each, "applicationName"),
                    Group = AwsJson.Text(each, "deploymentGroupName"),
                    Status = AwsJson.Text(each, "status"),
                    Creator = AwsJson.Text(each, "creator"),
                    CreatedAt = AwsJson.Time(each, "createTime"),
                    CompletedAt = each.TryGetProperty("completeTime", out _)
                        ? AwsJson.Time(each, "completeTime")
                        : null,
                    Problem = each.FindText("errorInformation", "message") ?? "",
                    RolledBackBy = each.FindText("rollbackInfo", "rollbackDeploymentId"),
                    TaskDefinition = DefinitionIn(
                        each.FindText("revision", "appSpecContent", "content")
                            ?? each.FindText("revision", "string", "content")
                    ),
                }),
        ];

    /// <summary>An AppSpec is JSON or YAML, and names one task definition (CodeDeploy user guide, "AppSpec 'resources' section").</summary>
    private static string? DefinitionIn(string? specification) =>
        specification is not null && Definition().Match(specification) is { Success: true } match
            ? match.Groups["arn"].Value
            : null;

    [GeneratedRegex(
        """TaskDefinition["']?\s*:\s*["']?(?<arn>[^\s"',}]+)""",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Definition();
}

/// <summary>A deployment of CodeDeploy.</summary>
internal sealed record CodeDeployment
{
    public required string Id { get; init; }

    public required string Application { get; init; }

    public required string Group { get; init; }

    /// <summary>Such as <c>Succeeded</c>.</summary>
    public required string Status { get; init; }

    /// <summary><c>user</c>, <c>codeDeployRollback</c>, <c>CloudFormation</c> …</summary>
    public required string Creator { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Why it failed, in CodeDeploy's words; empty if it did not.</summary>
    public string Problem { get; init; } = "";

    /// <summary>The deployment that rolled it back; null if there is none.</summary>
    public string? RolledBackBy { get; init; }

    /// <summary>An ARN; null if its AppSpec is in S3.</summary>
    public string? TaskDefinition { get; init; }
}
