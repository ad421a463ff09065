using System.Text.Json;
using Lading.Aws.Protocols;
using Lading.Running.Evidence;

namespace Lading.Aws.Lambda;

/// <summary>lambda:GetFunction.</summary>
/// <param name="Function">Its name.</param>
/// <param name="AskedAt">The time of the request.</param>
/// <param name="Version">The version; null for the unpublished one.</param>
internal sealed record GetFunction(string Function, DateTimeOffset AskedAt, string? Version = null)
    : RestOperation<FunctionEvidence>(
        AwsService.Lambda,
        HttpMethod.Get,
        $"/2015-03-31/functions/{Uri.EscapeDataString(Function)}"
    )
{
    public override string Attempted => $"Could not look at function {Function}";

    public override IReadOnlyCollection<string> Expected => ["ResourceNotFoundException"];

    protected override IReadOnlyList<KeyValuePair<string, string>> Query =>
        Version is null ? [] : [KeyValuePair.Create("Qualifier", Version)];

    protected override FunctionEvidence Read(JsonElement answer) =>
        new(
            Function,
            answer.FindText("Code", "ImageUri") ?? "",
            answer.FindText("Code", "ResolvedImageUri") ?? "",
            answer.FindText("Configuration", "LastUpdateStatus") ?? "",
            new FactOrigin("lambda:GetFunction", Function, AskedAt)
        );
}
