using System.Globalization;
using System.Text;
using Lading.Checking;
using Lading.Deploying;
using Lading.Running.Verifying;
using Lading.Shipping;

namespace Lading.Cli.Output;

/// <summary>The result of a deployment as Markdown: for the page of a workflow's run, a comment, a message (docs/ci.md, "Summaries").</summary>
internal static class DeploySummary
{
    public static string Of(DeployOutcome outcome)
    {
        var text = new StringBuilder();
        text.Append("### ").Append(MarkdownTable.Escaped(Title(outcome))).Append("\n\n");
        if (outcome.Failure is { } failure)
        {
            text.Append(MarkdownTable.Escaped(failure)).Append("\n\n");
        }

        if (outcome.Images.Published.Count > 0)
        {
            text.Append(WorkflowResults.TableOf(outcome.Images.Published));
        }

        if (outcome.Images.Missing.Count > 0)
        {
            text.Append(MarkdownTable.Of(["image", "tag", ""], outcome.Images.Missing.Select(Forecast)));
        }

        var services = outcome.Report.Results.Where(each => each.Image.Stack is not null).ToList();
        if (services.Count > 0)
        {
            text.Append(MarkdownTable.Of(["stack", "container", "image", "check", ""], services.Select(Checked)));
        }

        if (outcome.Verification is { Services.Count: > 0 } report)
        {
            text.Append(
                MarkdownTable.Of(
                    ["stack", "service", "desired", "running", "", ""],
                    report.Services.Select(each => Watched(report, each))
                )
            );
        }

        return text.ToString();
    }

    private static string Title(DeployOutcome outcome)
    {
        var environment = outcome.Environment.Name;
        var stacks = string.Join(", ", outcome.Stacks);
        var broken = outcome.Report.Results.Count(each => !each.Holds);
        return outcome.State switch
        {
            DeployState.Deployed when outcome.UnwatchedBy is { } option =>
                $"Deployed {stacks} to {environment}, without a look at what runs ({option})",
            DeployState.Deployed => $"Deployed {stacks} to {environment}",
            DeployState.NotRunning when outcome.Verification is { IsUnknown: true } =>
                $"Deployed {stacks} to {environment}, but it could not be read whether everything runs what was deployed",
            DeployState.NotRunning => $"Deployed {stacks} to {environment}, but not everything runs what was deployed",
            DeployState.Undone => $"CloudFormation did not complete {stacks} in {environment}",
            DeployState.Prepared => $"Prepared {stacks} for {environment}",
            DeployState.DryRun when outcome.Images.Missing.Count == 0 =>
                $"Deploying {stacks} to {environment} would publish no image",
            DeployState.DryRun =>
                $"Deploying {stacks} to {environment} would publish {Words.Images(outcome.Images.Missing.Count)}",
            DeployState.Refused =>
                $"Not deployed to {environment}: {broken} of {outcome.Report.Results.Count} images {(broken == 1 ? "does" : "do")} not hold",
            DeployState.Cancelled =>
                $"Cancelled before it was known whether {stacks} runs in {environment}; what CloudFormation has started continues",
            _ => $"Could not deploy {stacks} to {environment}",
        };
    }

    private static IReadOnlyList<string> Forecast(PlannedImage image) =>
        [
            image.Name,
            MarkdownTable.Code(image.SourceTag.Name),
            image.Action switch
            {
                ShippingAction.Build => "would be built",
                ShippingAction.Copy => "would be copied",
                ShippingAction.Adopt => "would be adopted",
                _ => "is there",
            },
        ];

    private static IReadOnlyList<string> Watched(VerificationReport report, ServiceDeploymentState service) =>
        [
            service.Stack,
            report.NameOf(service),
            service.Desired?.ToString(CultureInfo.InvariantCulture) ?? "",
            service.Containers.Select(each => each.Tasks).DefaultIfEmpty().Min().ToString(CultureInfo.InvariantCulture),
            OutcomeWords.TextOf(service.Outcome),
            string.Join(" ", new[] { service.Reason, service.Remedy }.Where(each => each.Length > 0)),
        ];

    private static IReadOnlyList<string> Checked(CheckResult result)
    {
        var address = result.Image.Address;
        var digest = address?.Digest ?? result.Evidence.Found?.Digest;
        var platforms = string.Join(", ", result.Evidence.Platforms ?? []);
        return
        [
            result.Image.Stack ?? "",
            result.Image.Name,
            MarkdownTable.Code(
                address is null ? result.Image.Reference ?? ""
                : digest is { } known ? $"{address.Repository}@{known}"
                : $"{address.Repository}"
            ),
            string.Join(", ", result.Findings.Select(finding => Words.Of(finding.Verdict)).Distinct()),
            string.Join(
                "; ",
                result.Findings.Select(finding => finding.Reason).Prepend(platforms).Where(each => each.Length > 0)
            ),
        ];
    }
}
