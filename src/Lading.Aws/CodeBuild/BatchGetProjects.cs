using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.CodeBuild;

/// <summary>codebuild:BatchGetProjects of up to a hundred projects: all their strings.</summary>
/// <param name="Projects">Names.</param>
internal sealed record BatchGetProjects(IReadOnlyList<string> Projects)
    : JsonOperation<IReadOnlyList<ResourceTexts>>(AwsService.CodeBuild)
{
    /// <summary>The maximum in one call (CodeBuild API reference, BatchGetProjects).</summary>
    public const int Most = 100;

    public override string Attempted => "Could not look at projects of CodeBuild";

    protected override void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray("names");
        foreach (var name in Projects)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    }

    // Batch builds may name images in their buildspec as well: every string counts.
    protected override IReadOnlyList<ResourceTexts> Read(JsonElement answer) =>
        [
            .. AwsJson
                .Items(answer, "projects")
                .Select(project => ResourceTexts.Of(project.FindText("name") ?? "", project)),
        ];
}
