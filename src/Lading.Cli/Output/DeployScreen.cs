using Lading.Checking;
using Lading.Cli.Commands;
using Lading.Configuration;
using Lading.Deploying;
using Lading.Oci;
using Lading.Processes;
using Lading.Running;
using Lading.Running.Verifying;
using Lading.Shipping;

namespace Lading.Cli.Output;

/// <summary>The output of <c>deploy</c>, before and after that of <c>publish</c> and cdk.</summary>
/// <param name="invocation">The current run of the verb.</param>
/// <param name="part">The same run, for steps whose results become part of its result.</param>
/// <param name="summary">A file for the result as Markdown, absolute; null for none.</param>
internal sealed class DeployScreen(Invocation invocation, Invocation part, string? summary = null) : IDeployProgress
{
    private readonly long started = invocation.Host.Time.GetTimestamp();
    private VerifyScreen? watch;
    private int unpublished;

    public IPublishProgress BeginPublishing() => new ShippingScreen(part);

    public void Forecast(ShippingPlan plan, IReadOnlyList<PlannedImage> missing)
    {
        PlanScreen.Show(part.Terminal, plan, offline: false);
        var unbuilt = missing.Where(image => image.Digest is null).Select(image => image.Name).ToList();
        var names = string.Join(", ", missing.Select(image => image.Name));
        unpublished = missing.Count;
        part.Terminal.Narrate(
            unbuilt.Count == 0
                ? $"  {names} would be published first"
                : $"  {names} would be published first. {DigestOf(unbuilt, missing.Count)} is known only after the build, and shown as {Identifiers.Short(Shipping.LockPreview.Placeholder)}"
        );
    }

    public void Checked(EnvironmentDefinition environment, StackSelection selection, CheckReport report, CdkProgram cdk)
    {
        var count = report.Results.Count;
        var stacks = string.Join(", ", selection.Named.Select(stack => stack.Name));
        foreach (var stack in selection.LeftOut)
        {
            invocation.Terminal.Narrate(
                $"  not deployed: {stack.Name}, which {stack.Reason}. To deploy it, name it: lading deploy {stack.Name} --env {environment.Name}"
            );
        }

        foreach (var stack in selection.Borrowed)
        {
            invocation.Terminal.Warn($"{stack.Name} {stack.Reason}, and gets the images of {environment.Name}.");
        }

        var version = cdk.Version is { } known ? $" with cdk {known}" : "";
        var images = count == 0 && unpublished > 0 ? "no image to check yet" : $"{Words.Images(count)} ok";
        invocation.Terminal.Narrate($"  {stacks} · {images} · to {AccountOf(environment)}{version}");
    }

    public void Marked(IReadOnlyList<MarkedImage> images) =>
        MarkedImageScreen.Show(
            part.Terminal,
            images,
            (image, since) =>
                $"{image.Name} was marked for deletion on {since}, and could not be kept: clean-up sees it once the stack names it"
        );

    public void Created(RepositoryName repository) => part.Terminal.Narrate($"  created repository {repository}");

    public void Calling(ProgramCall call)
    {
        if (invocation.Verbose)
        {
            invocation.Terminal.Narrate($"  {call}");
        }
    }

    public IVerificationProgress BeginWatching(
        EnvironmentDefinition environment,
        IReadOnlyList<DeployRegion> regions
    ) =>
        watch = new VerifyScreen(
            invocation.Terminal,
            environment.Name,
            string.Join("; ", regions.Select(region => region.VerifyCommand))
        );

    public void Resetting(IReadOnlyList<TaskCount> counts)
    {
        foreach (var count in counts)
        {
            invocation.Terminal.Warn(
                $"CloudFormation will take {count.Service} from {count.Running} tasks to {count.Template}, as its template says. Where autoscaling decides, leave desiredCount out of the template."
            );
        }
    }

    public void CancelledIn(DeployPhase phase, bool isDry) =>
        invocation.Terminal.Narrate(
            phase switch
            {
                _ when isDry => "  Nothing was changed.",
                DeployPhase.Preparing => "  Nothing was published, and nothing was deployed.",
                DeployPhase.Publishing => "  Nothing was deployed.",
                _ =>
                    "  Nothing was deployed. The images are published and in the lock, so the next run continues from there.",
            }
        );

    public void Stopped(EnvironmentDefinition environment) =>
        invocation.Terminal.Warn(
            $"cdk was stopped, but CloudFormation was not: an update that has begun in {environment.Name} completes or rolls back. Look at the stack's events before you deploy again."
        );

    /// <summary>After a failure, writes the summaries, but no JSON document.</summary>
    public void Failed(DeployOutcome outcome) => WriteSummaries(outcome);

    /// <summary>Shows the outcome, and writes the summaries.</summary>
    public void Show(DeployOutcome outcome)
    {
        WriteSummaries(outcome);
        if (invocation.Json)
        {
            invocation.Terminal.Result(DeployDocument.Of(outcome));
            return;
        }

        if (!outcome.Report.Holds)
        {
            CheckScreen.Show(invocation.Terminal, outcome.Report);
            invocation.Terminal.Narrate("  Nothing was deployed.");
            return;
        }

        if (outcome.Verification is { } report)
        {
            watch?.Show(report);
        }

        var names = string.Join(", ", outcome.Stacks);
        var name = outcome.Environment.Name;
        var took = Amount.OfTime(invocation.Host.Time.GetElapsedTime(started));
        invocation.Terminal.Result(
            outcome.State switch
            {
                DeployState.DryRun => $"  nothing was changed; this is what deploying {names} to {name} would do",
                DeployState.Prepared => $"  prepared {names} for {name} · {took}",
                DeployState.NotRunning when outcome.Verification is { IsUnknown: true } =>
                    $"  CloudFormation is done with {names}, but it could not be read whether everything in {name} runs what was deployed (--no-verify does not ask) · {took}",
                DeployState.NotRunning =>
                    $"  CloudFormation is done with {names}, but not everything in {name} runs what was deployed · {took}",
                DeployState.Undone =>
                    $"  CloudFormation did not complete {names} in {name}; what runs is above · {took}",
                _ when outcome.UnwatchedBy is { } option =>
                    $"  deployed {names} to {name}; with {option}, the services were not watched · {took}",
                _ => $"  {name} is up to date: {names} · {took}",
            }
        );
    }

    /// <summary>Writes the outputs and the summary of a workflow, and the summary file if one was requested.</summary>
    private void WriteSummaries(DeployOutcome outcome)
    {
        WorkflowResults.Of(new WorkflowRun(invocation.Host, invocation.Terminal), outcome);
        if (summary is null)
        {
            return;
        }

        try
        {
            File.WriteAllText(summary, DeploySummary.Of(outcome));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The deployment has ended: a failure here must not make the run fail.
            invocation.Terminal.Warn($"the summary could not be written: {e.Message}");
        }
    }

    private static string DigestOf(List<string> unbuilt, int missing) =>
        unbuilt.Count < missing ? $"The digest of {string.Join(", ", unbuilt)}"
        : missing == 1 ? "Its digest"
        : "Each digest";

    private static string AccountOf(EnvironmentDefinition environment) =>
        environment.Account is { } account
            ? $"{environment.Name} ({account}{(environment.Region is { } region ? $", {region}" : "")})"
            : environment.Name;
}
