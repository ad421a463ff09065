using Lading.Checking;
using Lading.Checking.Templates;
using Lading.Cli.Output;
using Lading.Fingerprints;
using Lading.Locks;
using Lading.Shipping;

namespace Lading.Cli.Commands.Deploy;

/// <summary>One deployment: images, assembly, check, and then cdk. What fails on the way leaves what runs as it is.</summary>
/// <param name="invocation">The run of the verb.</param>
/// <param name="request">What is to be deployed.</param>
internal sealed class Deployment(Invocation invocation, DeployRequest request)
{
    private const int DoesNotHold = 3;

    private readonly Invocation part = invocation.AsPart();

    /// <summary>Deploys.</summary>
    /// <returns>0, or 3 where a check does not hold.</returns>
    /// <exception cref="LadingException">Something on the way failed.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var started = invocation.Host.Time.GetTimestamp();
        var project = await DeployedProject.FindAsync(invocation, request, cancellationToken).ConfigureAwait(false);
        var folder = DeployedProject.FolderOf(invocation, request, project);
        using var workspace = part.OpenWorkspace(project);
        var cdk = CdkProgram.Find(folder, invocation.Host.Variable);
        var assembling = new DeployedAssembly(invocation, request, cdk, folder, workspace);
        await assembling.RequireStacksAsync(cancellationToken).ConfigureAwait(false);

        var lockPath = request.IsDry
            ? LockPath.In(workspace.Path, project.Environment.Name)
            : request.Publication.Lock ?? project.LockPath;
        var published = await PublishAsync(workspace, lockPath, cancellationToken).ConfigureAwait(false);
        var calls = assembling.CallsWith(lockPath);
        var output = await assembling.AssembleAsync(calls, cancellationToken).ConfigureAwait(false);
        var assembly = CloudAssembly.Read(output);
        var selection = assembling.Select(assembly);
        var report = await CheckAsync(workspace, selection, lockPath, published, cancellationToken)
            .ConfigureAwait(false);
        if (!report.Holds)
        {
            DeployScreen.Refused(invocation, report);
            return DoesNotHold;
        }

        var stacks = selection.Named.Select(stack => stack.Name).ToList();
        DeployScreen.Checked(invocation, project.Environment, selection, report, cdk);
        if (request.IsDry)
        {
            await calls.CompareAsync(output, stacks, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await new AssetRepositories(part, project)
                .EnsureAsync(assembly.ImageAssets, request.Publication.NoCreate, cancellationToken)
                .ConfigureAwait(false);
            await calls.DeployAsync(output, stacks, cancellationToken).ConfigureAwait(false);
        }

        DeployScreen.Done(
            invocation,
            project.Environment,
            request,
            stacks,
            published,
            invocation.Host.Time.GetElapsedTime(started)
        );
        return 0;
    }

    /// <summary>Publishes; on a dry run it only works out what publishing would do, and writes the lock as it would be.</summary>
    private async Task<DeployedImages> PublishAsync(
        Workspace workspace,
        string lockPath,
        CancellationToken cancellationToken
    )
    {
        if (!request.IsDry)
        {
            var outcome = await new ShippingScreen(part)
                .ShowAsync(new Publication(workspace), request.Publication, cancellationToken)
                .ConfigureAwait(false);
            return new DeployedImages(outcome.Images, []);
        }

        var (plan, _) = await new Forecast(workspace)
            .WriteAsync(request.Publication.Sources, lockPath, cancellationToken)
            .ConfigureAwait(false);
        var missing = plan.New.ToList();
        if (missing.Count > 0)
        {
            PlanScreen.Show(part.Terminal, plan, offline: false);
            DeployScreen.Forecast(part, missing);
        }

        return new DeployedImages([], missing);
    }

    private async Task<CheckReport> CheckAsync(
        Workspace workspace,
        StackSelection selection,
        string lockPath,
        DeployedImages images,
        CancellationToken cancellationToken
    )
    {
        var asked = request.Publication.Sources;
        var report = await new CheckRun(workspace)
            .RunAsync(
                new CheckRequest(selection.All)
                {
                    Lock = lockPath,
                    IsNamed = true,
                    Source = asked.Uncommitted ? asked : asked with { Revision = asked.Revision ?? "HEAD" },
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return images.WithoutMissing(report);
    }
}
