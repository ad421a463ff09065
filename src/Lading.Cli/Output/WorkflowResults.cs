using System.Text.Json;
using Lading.Shipping;

namespace Lading.Cli.Output;

/// <summary>What verbs leave for the rest of a workflow (docs/ci.md, "Outputs").</summary>
internal static class WorkflowResults
{
    /// <summary>What is missing, for the matrix of a job that builds on several runners.</summary>
    public static void Of(WorkflowRun run, ShippingPlan plan)
    {
        var missing = plan.New.Select(image => image.Name).ToList();
        run.SetOutput(
            "missing",
            JsonText.WriteLine(json => WriteAll(json, missing, (to, name) => to.WriteStringValue(name)))
        );
        run.SetOutput(
            "matrix",
            JsonText.WriteLine(json => WriteAll(json, [.. plan.New.SelectMany(Builds)], WriteBuild))
        );
    }

    /// <summary>What was published.</summary>
    public static void Of(WorkflowRun run, ShippingPlan plan, IReadOnlyList<PublishedImage> published, string? lockPath)
    {
        run.SetOutput("changed", plan.New.Any() ? "true" : "false");
        run.SetOutput(
            "images",
            JsonText.WriteLine(json =>
            {
                json.WriteStartObject();
                foreach (var image in published)
                {
                    json.WriteString(image.Plan.Name, $"{image.Locked.Repository}@{image.Locked.Digest}");
                }

                json.WriteEndObject();
            })
        );
        if (lockPath is not null)
        {
            run.SetOutput("lock", lockPath);
        }

        run.AddSummary(
            $"Images in {plan.Environment.Name}",
            ["image", "digest", "tag", "", "first published by"],
            published.Select(image =>
                (IReadOnlyList<string>)
                    [
                        image.Plan.Name,
                        WorkflowRun.Code($"{image.Locked.Repository}@{image.Locked.Digest}"),
                        WorkflowRun.Code(image.Plan.SourceTag.Name),
                        image.Plan.Action switch
                        {
                            ShippingAction.Reuse => "was there",
                            ShippingAction.Adopt => "adopted",
                            ShippingAction.Copy => "copied",
                            _ when image.Plan.Only is { } platform => $"built for {platform}",
                            _ => "built",
                        },
                        WorkflowRun.Code(image.Locked.Revision is { } revision ? Identifiers.Commit(revision) : ""),
                    ]
            )
        );
    }

    /// <summary>A build for each platform that nobody published yet; images that no engine builds are left to the publish of all.</summary>
    private static IEnumerable<(string Image, string Platform)> Builds(PlannedImage image) =>
        image.Action != ShippingAction.Build ? []
        : image.Parts.Count > 0
            ? image.Parts.Where(part => part.Digest is null).Select(part => (image.Name, part.Platform.ToString()))
        : image.Image.Definition.Platforms.Count == 1 ? [(image.Name, image.Image.Definition.Platforms[0].ToString())]
        : [];

    private static void WriteBuild(Utf8JsonWriter json, (string Image, string Platform) build)
    {
        json.WriteStartObject();
        json.WriteString("image", build.Image);
        json.WriteString("platform", build.Platform);
        json.WriteEndObject();
    }

    private static void WriteAll<T>(Utf8JsonWriter json, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray();
        foreach (var item in items)
        {
            write(json, item);
        }

        json.WriteEndArray();
    }
}
