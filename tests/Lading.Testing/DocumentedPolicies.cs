using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Lading.Testing;

/// <summary>The policies of <c>docs/iam.md</c>, by heading.</summary>
internal static partial class DocumentedPolicies
{
    /// <summary>The actions that the first policy under a heading allows, each with its resources.</summary>
    public static IReadOnlyDictionary<string, string> Under(string heading)
    {
        var text = File.ReadAllText(SourceTree.PathOf("docs/iam.md"));
        var start = text.IndexOf($"## {heading}", StringComparison.Ordinal);
        Assert.True(start >= 0, heading);
        var block = Block().Match(text, start);
        using var policy = JsonDocument.Parse(block.Groups["json"].Value);
        return policy
            .RootElement.GetProperty("Statement")
            .EnumerateArray()
            .SelectMany(statement =>
                ActionsOf(statement.GetProperty("Action"))
                    .Select(action => (action, resource: statement.GetProperty("Resource").GetString()!))
            )
            .ToDictionary(pair => pair.action, pair => pair.resource, StringComparer.Ordinal);
    }

    /// <summary>
    /// The actions that ECR requires for a request of the distribution protocol (Amazon ECR, "Private registry
    /// authentication").
    /// </summary>
    public static IEnumerable<string> ActionsOf(string method, string path) =>
        (method, path) switch
        {
            ("POST", _) when path.Contains("/blobs/uploads/", StringComparison.Ordinal) => ["ecr:InitiateLayerUpload"],
            ("PATCH", _) => ["ecr:UploadLayerPart"],
            ("PUT", _) when path.Contains("/blobs/uploads/", StringComparison.Ordinal) =>
            [
                "ecr:UploadLayerPart",
                "ecr:CompleteLayerUpload",
            ],
            (_, _) when path.Contains("/blobs/", StringComparison.Ordinal) =>
            [
                "ecr:BatchCheckLayerAvailability",
                "ecr:GetDownloadUrlForLayer",
            ],
            (_, _) when path.Contains("/referrers/", StringComparison.Ordinal) => ["ecr:ListImageReferrers"],
            ("PUT", _) when path.Contains("/manifests/", StringComparison.Ordinal) => ["ecr:PutImage"],
            (_, _) when path.Contains("/manifests/", StringComparison.Ordinal) => ["ecr:BatchGetImage"],
            _ => [],
        };

    private static IEnumerable<string> ActionsOf(JsonElement action) =>
        action.ValueKind == JsonValueKind.Array
            ? action.EnumerateArray().Select(one => one.GetString()!)
            : [action.GetString()!];

    [GeneratedRegex(@"```json\n(?<json>[\s\S]*?)\n```", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Block();
}
