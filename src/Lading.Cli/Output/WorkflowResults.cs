using System.Text.Json;
using Lading.Deploying;
using Lading.Shipping;

namespace Lading.Cli.Output;

/// <summary>The outputs of verbs for the rest of a workflow (docs/ci.md, "Outputs").</summary>
internal static class WorkflowResults
{
    /// <summary>
    /// Sets the outputs of <c>plan</c>: the missing images, and the matrix of a job that builds them on several
    /// runners.
    /// </summary>
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

    /// <summary>Sets the outputs of <c>publish</c>: the published images.</summary>
    /// <param name="run">The run of the workflow.</param>
    /// <param name="outcome">The outcome.</param>
    /// <param name="isSummed">Whether to add them to the summary of the run, too; false if another verb's summary
    /// contains them.</param>
    public static void Of(WorkflowRun run, PublishOutcome outcome, bool isSummed)
    {
        run.SetOutput("changed", outcome.Plan.New.Any() ? "true" : "false");
        run.SetOutput(
            "images",
            JsonText.WriteLine(json =>
            {
                json.WriteStartObject();
                foreach (var image in outcome.Images)
                {
                    json.WriteString(image.Plan.Name, $"{image.Locked.Repository}@{image.Locked.Digest}");
                }

                json.WriteEndObject();
            })
        );
        if (outcome.LockPath is { } lockPath)
        {
            run.SetOutput("lock", lockPath);
        }

        if (isSummed)
        {
            run.AddSummary($"### Images in {outcome.Plan.Environment.Name}\n\n{TableOf(outcome.Images)}");
        }
    }

    /// <summary>Sets the outputs of <c>deploy</c>, and adds its summary.</summary>
    public static void Of(WorkflowRun run, DeployOutcome outcome)
    {
        run.SetOutput("deployed", outcome.IsDeployed ? "true" : "false");
        run.SetOutput("outcome", Words.Of(outcome.State));
        run.SetOutput(
            "stacks",
            JsonText.WriteLine(json => WriteAll(json, outcome.Stacks, (to, name) => to.WriteStringValue(name)))
        );
        run.AddSummary(DeploySummary.Of(outcome));
    }

    /// <summary>The published images as a Markdown table.</summary>
    public static string TableOf(IReadOnlyList<PublishedImage> published) =>
        MarkdownTable.Of(
            ["image", "digest", "tag", "", "first published by"],
            published.Select(image =>
                (IReadOnlyList<string>)
                    [
                        image.Plan.Name,
                        MarkdownTable.Code($"{image.Locked.Repository}@{image.Locked.Digest}"),
                        MarkdownTable.Code(image.Plan.SourceTag.Name),
                        What(image),
                        MarkdownTable.Code(image.Locked.Revision is { } revision ? ShortCommit.Of(revision) : ""),
                    ]
            )
        );

    private static string What(PublishedImage image) =>
        image.Plan.Action switch
        {
            ShippingAction.Reuse => "was there",
            ShippingAction.Adopt => "adopted",
            ShippingAction.Copy => "copied",
            _ when image.Plan.Only is { } platform => $"built for {platform}",
            _ => "built",
        };

    /// <summary>
    /// A build for each platform that is not published yet; images that need no engine are left to the publish that
    /// joins them.
    /// </summary>
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
