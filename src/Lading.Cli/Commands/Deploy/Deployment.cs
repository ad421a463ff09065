using Lading.Checking.Templates;
using Lading.Cli.Output;
using Lading.Configuration;
using Lading.Fingerprints;
using Lading.Locks;
using Lading.Shipping;

namespace Lading.Cli.Commands.Deploy;

/// <summary>One deployment: images, assembly, check, and then cdk. What fails on the way leaves what runs as it is.</summary>
/// <param name="invocation">The run of the verb.</param>
/// <param name="wish">What is to be deployed.</param>
internal sealed class Deployment(Invocation invocation, DeployWish wish)
{
    private const int DoesNotHold = 3;

    private readonly Invocation part = invocation.AsPart();

    private Host Host => invocation.Host;

    /// <summary>Deploys.</summary>
    /// <returns>0, or 3 where a check does not hold.</returns>
    /// <exception cref="LadingException">Something on the way failed.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var started = Host.Time.GetTimestamp();
        var project = await GetProjectAsync(cancellationToken).ConfigureAwait(false);
        var folder = FolderOf(project);
        var cdk = CdkProgram.Find(folder, Host.Variable);
        using var work = WorkFolder.Create(project, Host);
        var lockPath = wish.Publication.Lock ?? project.LockPath;
        IReadOnlyList<PublishedImage> published = [];
        if (!wish.IsDry)
        {
            published = await Publication
                .RunAsync(part, project, wish.Publication, cancellationToken)
                .ConfigureAwait(false);
        }
        else if (await FindMissingAsync(project, cancellationToken).ConfigureAwait(false) is { Count: > 0 } missing)
        {
            DeployScreen.NotSynthesized(invocation, project.Environment, missing);
            return 0;
        }
        else
        {
            lockPath = LockPath.In(work.Path, project.Environment.Name);
            await Resolution
                .RunAsync(part, project, wish.Publication.Sources, lockPath, cancellationToken)
                .ConfigureAwait(false);
        }

        var calls = new CdkCalls(cdk, folder, project.Environment, lockPath, wish.Cdk, invocation);
        var output = await AssembleAsync(calls, project, folder, work, cancellationToken).ConfigureAwait(false);
        var assembly = CloudAssembly.Read(output);
        var selection = Select(assembly, project);
        var report = await CheckAsync(project, selection, lockPath, cancellationToken).ConfigureAwait(false);
        if (!report.Holds)
        {
            DeployScreen.Refused(invocation, report);
            return DoesNotHold;
        }

        var stacks = selection.Named.Select(stack => stack.Name).ToList();
        DeployScreen.Checked(invocation, project.Environment, selection, report, cdk);
        if (wish.IsDry)
        {
            await calls.CompareAsync(output, stacks, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await new AssetRepositories(part, project)
                .EnsureAsync(assembly.ImageAssets, wish.Publication.NoCreate, cancellationToken)
                .ConfigureAwait(false);
            await calls.DeployAsync(output, stacks, cancellationToken).ConfigureAwait(false);
        }

        DeployScreen.Done(invocation, project.Environment, wish, stacks, published, Host.Time.GetElapsedTime(started));
        return 0;
    }

    /// <summary>The project in the environment that is named, with the profile and region that cdk is given.</summary>
    private async Task<Project> GetProjectAsync(CancellationToken cancellationToken)
    {
        var project = await Project.FindAsync(invocation, cancellationToken).ConfigureAwait(false);
        var environment = project.Environment;
        if (invocation.EnvironmentName is null || environment.IsEmbedded)
        {
            var others = project
                .Configuration.Environments.Values.Where(each => !each.IsEmbedded)
                .Select(each => each.Name)
                .Order(StringComparer.Ordinal)
                .ToList();
            throw LadingException.Usage(
                "Could not deploy",
                invocation.EnvironmentName is null
                    ? "no environment is named"
                    : $"environment {environment.Name} is on this machine, where ECS cannot pull from",
                others.Count == 0
                    ? "Add one with its account and region to \"environments\" of lading.json."
                    : $"Name one with --env: {string.Join(", ", others)}."
            );
        }

        return project with
        {
            Environment = environment with
            {
                Profile = Same("profile", environment.Profile, wish.Cdk.Profile),
                Region = Same("region", environment.Region, wish.Cdk.Region),
            },
        };

        string? Same(string what, string? own, string? cdks) =>
            own is null || cdks is null || own == cdks
                ? own ?? cdks
                : throw LadingException.Usage(
                    $"Could not deploy to {environment.Name}",
                    $"its {what} is {own}, and cdk is to use {cdks}",
                    $"Leave --{what} out: what lading.json says holds for all steps."
                );
    }

    /// <summary>Where cdk is run: here, where there is a <c>cdk.json</c>, else beside <c>lading.json</c>.</summary>
    private string FolderOf(Project project)
    {
        string[] places = [Host.WorkingDirectory, project.Folder.Path];
        return Array.Find(places, place => File.Exists(Path.Combine(place, "cdk.json")))
            ?? (
                wish.Cdk.App is not null
                    ? Host.WorkingDirectory
                    : throw LadingException.Usage(
                        $"Could not deploy to {project.Environment.Name}",
                        $"there is no cdk.json, neither in {Host.WorkingDirectory} nor beside lading.json",
                        "Run this in the folder of the CDK app, or name the app: lading deploy … -- --app \"…\""
                    )
            );
    }

    /// <summary>The images that would be published first; empty where all are there.</summary>
    private async Task<IReadOnlyList<PlannedImage>> FindMissingAsync(
        Project project,
        CancellationToken cancellationToken
    )
    {
        using var work = WorkFolder.Create(project, Host);
        var sources = await ProjectSources
            .OpenAsync(project.Folder, wish.Publication.Sources, work.Path, cancellationToken)
            .ConfigureAwait(false);
        await using (sources.ConfigureAwait(false))
        {
            using var registries = new Registries(project, part);
            var plan = await Planning
                .PlanAsync(registries, project, sources.Images, only: null, cancellationToken)
                .ConfigureAwait(false);
            PlanScreen.Show(part.Terminal, plan, offline: false);
            return [.. plan.New];
        }
    }

    /// <summary>The folder of the assembly: one that the user has already, or what the app writes now.</summary>
    private async Task<string> AssembleAsync(
        CdkCalls calls,
        Project project,
        string folder,
        WorkFolder work,
        CancellationToken cancellationToken
    )
    {
        if (wish.Cdk.App is { } app && Directory.Exists(Path.GetFullPath(app, folder)))
        {
            return Path.GetFullPath(app, folder);
        }

        var output =
            wish.Cdk.Output is { } named ? Path.GetFullPath(named, folder)
            : wish.IsDry ? Path.Combine(work.Path, "cdk.out")
            : Path.Combine(folder, "cdk.out");
        var began = Host.Time.GetUtcNow().UtcDateTime;
        try
        {
            await calls.SynthesizeAsync(output, wish.Stacks, cancellationToken).ConfigureAwait(false);
        }
        catch (LadingException)
            when (wish.Stacks.Count > 0 && File.GetLastWriteTimeUtc(Path.Combine(output, "manifest.json")) >= began)
        {
            // The app did its part. Where a name is wrong cdk says no more than that; which names there are is said here.
            _ = Select(CloudAssembly.Read(output), project);
            throw;
        }

        return output;
    }

    private StackSelection Select(CloudAssembly assembly, Project project) =>
        StackSelection.Of(
            assembly.Stacks,
            wish.Stacks,
            project.Environment,
            project.Configuration.Environments.Values,
            wish.Cdk.IsExclusive
        );

    private Task<CheckReport> CheckAsync(
        Project project,
        StackSelection selection,
        string lockPath,
        CancellationToken cancellationToken
    )
    {
        var asked = wish.Publication.Sources;
        return CheckRun.MakeAsync(
            part,
            project,
            selection.All,
            new CheckedLocks(project, lockPath, Host.WorkingDirectory),
            isNamed: true,
            asked.Uncommitted ? asked : asked with { Revision = asked.Revision ?? "HEAD" },
            cancellationToken
        );
    }
}
