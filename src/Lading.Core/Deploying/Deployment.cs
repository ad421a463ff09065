using Lading.Checking;
using Lading.Checking.Templates;
using Lading.Fingerprints;
using Lading.Locks;
using Lading.Shipping;

namespace Lading.Deploying;

/// <summary>One deployment: images, assembly, check, and then cdk. A failure before cdk changes nothing that runs.</summary>
/// <param name="workspace">The project in the environment to deploy to (<see cref="DeployedProject"/>).</param>
/// <param name="request">What to deploy.</param>
/// <param name="host">The environment that cdk runs in.</param>
/// <param name="accounts">The accounts of the deployment.</param>
/// <param name="progress">Receives each step.</param>
internal sealed class Deployment(
    Workspace workspace,
    DeployRequest request,
    CdkHost host,
    DeployAccounts accounts,
    IDeployProgress progress
)
{
    private DeployPhase phase;

    /// <summary>Deploys, unless a check fails.</summary>
    /// <exception cref="LadingException">A step failed.</exception>
    public async Task<DeployOutcome> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await RunStepsAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
            when (cancellationToken.IsCancellationRequested && phase < DeployPhase.Deploying)
        {
            progress.CancelledIn(phase, request.IsDry);
            throw;
        }
    }

    private async Task<DeployOutcome> RunStepsAsync(CancellationToken cancellationToken)
    {
        var project = workspace.Project;
        var folder = DeployedProject.FolderOf(host.Caller.WorkingDirectory, request, project);
        var cdk = CdkProgram.Find(folder, host.Caller.Variable);
        var assembling = new DeployedAssembly(workspace, request, lockPath => CallsWith(cdk, folder, lockPath), folder);
        await assembling.RequireStacksAsync(cancellationToken).ConfigureAwait(false);

        var lockPath = request.IsDry
            ? LockPath.In(workspace.Path, project.Environment.Name)
            : request.Publication.Lock ?? project.LockPath;
        var images = await PublishAsync(lockPath, cancellationToken).ConfigureAwait(false);
        var calls = CallsWith(cdk, folder, lockPath);
        var output = await assembling.AssembleAsync(calls, cancellationToken).ConfigureAwait(false);
        var assembly = CloudAssembly.Read(output);
        var selection = assembling.Select(assembly);
        var report = await CheckAsync(selection, lockPath, images, cancellationToken).ConfigureAwait(false);
        var outcome = new DeployOutcome(
            project.Environment,
            StateAfter(report),
            [.. selection.Named.Select(stack => stack.Name)],
            images,
            report
        );
        if (!report.Holds)
        {
            return outcome;
        }

        progress.Checked(project.Environment, selection, report, cdk);
        if (request.IsDry)
        {
            await calls.CompareAsync(output, outcome.Stacks, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            progress.Marked(
                await new MarkedTemplateImages(workspace).KeepAsync(report, cancellationToken).ConfigureAwait(false)
            );
            await new AssetRepositories(workspace, progress)
                .EnsureAsync(assembly.ImageAssets, request.Publication.NoCreate, cancellationToken)
                .ConfigureAwait(false);
            return await DeployAsync(calls, output, selection, outcome, cancellationToken).ConfigureAwait(false);
        }

        return outcome;
    }

    private async Task<DeployOutcome> DeployAsync(
        CdkCalls calls,
        string output,
        StackSelection selection,
        DeployOutcome outcome,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var report = await new WatchedDeployment(
                accounts,
                outcome.Environment,
                selection.All,
                request,
                request.IsTold(host),
                progress,
                workspace.Time
            )
                .RunAsync(
                    token =>
                    {
                        phase = DeployPhase.Deploying;
                        return calls.DeployAsync(output, outcome.Stacks, request.IsVerified, token);
                    },
                    cancellationToken
                )
                .ConfigureAwait(false);
            return outcome with
            {
                UnwatchedBy =
                    request.UnwatchedBy is { } option && selection.All.Any(DeployRegion.HasService) ? option : null,
                Verification = report,
                State = report is { Holds: false } ? DeployState.NotRunning : outcome.State,
            };
        }
        catch (StackUndoneException undone)
        {
            return outcome with { Verification = undone.Report, State = DeployState.Undone, Failure = undone.Message };
        }
        catch (LadingException failure)
        {
            progress.Failed(outcome with { State = DeployState.Failed, Failure = failure.Message });
            throw;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            progress.Failed(outcome with { State = DeployState.Cancelled });
            throw;
        }
    }

    private DeployState StateAfter(CheckReport report) =>
        !report.Holds ? DeployState.Refused
        : request.IsDry ? DeployState.DryRun
        : request.Cdk.IsPreparing ? DeployState.Prepared
        : DeployState.Deployed;

    private CdkCalls CallsWith(CdkProgram cdk, string folder, string lockPath) =>
        new(cdk, folder, workspace.Project.Environment, lockPath, request.Cdk, host, progress);

    /// <summary>Publishes the images; a dry run only plans that, and writes the lock that would result.</summary>
    private async Task<DeployedImages> PublishAsync(string lockPath, CancellationToken cancellationToken)
    {
        if (!request.IsDry)
        {
            phase = DeployPhase.Publishing;
            var steps = progress.BeginPublishing();
            var outcome = await steps
                .WatchAsync(new Publication(workspace).RunAsync(request.Publication, steps, cancellationToken))
                .ConfigureAwait(false);
            phase = DeployPhase.Published;
            return new DeployedImages(outcome.Images, []);
        }

        var (plan, _) = await new LockPreview(workspace)
            .WriteAsync(request.Publication.Sources, lockPath, cancellationToken)
            .ConfigureAwait(false);
        var missing = plan.New.ToList();
        if (missing.Count > 0)
        {
            progress.Forecast(plan, missing);
        }

        return new DeployedImages([], missing);
    }

    private async Task<CheckReport> CheckAsync(
        StackSelection selection,
        string lockPath,
        DeployedImages images,
        CancellationToken cancellationToken
    )
    {
        var source = request.Publication.Sources;
        var report = await new CheckRun(workspace)
            .RunAsync(
                new CheckRequest([
                    .. selection.All.Select(stack => new CheckedStack(stack, workspace.Project.Environment)),
                ])
                {
                    Lock = lockPath,
                    Redeploys = request.Redeploys,
                    Source = source.Uncommitted ? source : source with { Revision = source.Revision ?? "HEAD" },
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return images.WithoutMissing(report);
    }
}
