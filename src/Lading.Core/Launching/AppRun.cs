using Lading.Apps;
using Lading.Configuration;
using Lading.Fingerprints;
using Lading.Locks;
using Lading.Processes;
using Lading.Projects;
using Lading.Records;
using Lading.Registries;
using Lading.Shipping;

namespace Lading.Launching;

/// <summary>One start of an app: its environment, lock, context and exit code.</summary>
/// <param name="project">The project, in any environment.</param>
/// <param name="open">Opens the project in the chosen environment.</param>
/// <param name="caller">The calling process.</param>
/// <param name="request">What to start the app with.</param>
internal sealed class AppRun(Project project, Func<Project, Workspace> open, CallingProcess caller, RunRequest request)
{
    /// <exception cref="LadingException">There is no command.</exception>
    public static void RequireCommand(IReadOnlyList<string> app)
    {
        if (app.Count == 0)
        {
            throw LadingException.Usage(
                "Could not start the app",
                "no command is given",
                "Write it after --: lading run -- dotnet run --project src/Infra"
            );
        }
    }

    /// <summary>Starts an app.</summary>
    /// <param name="app">Its command.</param>
    /// <param name="progress">Receives the steps before the start.</param>
    /// <param name="cancellationToken">Stops the app.</param>
    /// <returns>Its exit code.</returns>
    /// <exception cref="LadingException">Its images could not be determined, or the program does not exist.</exception>
    public async Task<int> RunAsync(
        IReadOnlyList<string> app,
        IRunProgress progress,
        CancellationToken cancellationToken
    )
    {
        RequireCommand(app);
        var context = AppProcess.ReadContext(caller.Variable);
        var chosen = project with { Environment = AppEnvironment.Choose(EnvironmentOptions(context)) };
        var named = NamedLock.Find(request.Lock, context, caller);
        using var workspace = open(chosen);
        // Git is read while the registry answers.
        var headWork = new ConcurrentWork<HeadIdentities>(
            async token => await ReadHeadAsync(workspace, token).ConfigureAwait(false),
            cancellationToken
        );
        await using (headWork.ConfigureAwait(false))
        {
            var resolved = await ResolveAsync(workspace, named, progress, cancellationToken).ConfigureAwait(false);
            var head = await headWork.Result.ConfigureAwait(false);
            return await StartAsync(app, chosen, named, context, resolved, head, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private async Task<int> StartAsync(
        IReadOnlyList<string> app,
        Project chosen,
        NamedLock? named,
        CdkContext context,
        ResolvedEnvironment resolved,
        HeadIdentities head,
        CancellationToken cancellationToken
    )
    {
        var environment = chosen.Environment;
        using var process = AppProcess.Prepare(
            Gathering(named, head).Gather(environment.Name, resolved),
            resolved.Content ?? ImageLock.Of(environment.Name, []),
            ImageAddresses.HostOf(
                environment,
                caller.Variable(CdkVariables.Account),
                caller.Variable(CdkVariables.Region)
            ),
            context,
            CdkContext.Most
        );
        return await process.StartAsync(app, caller.WorkingDirectory, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The images of the environment: from a named lock, otherwise from its registry.</summary>
    private async Task<ResolvedEnvironment> ResolveAsync(
        Workspace workspace,
        NamedLock? named,
        IRunProgress progress,
        CancellationToken cancellationToken
    )
    {
        var name = workspace.Project.Environment.Name;
        if (named is not null)
        {
            return new ResolvedEnvironment(named.For(name), named.Read(name));
        }

        if (await FindMissingRepositoriesAsync(workspace, cancellationToken).ConfigureAwait(false) is { } missing)
        {
            progress.NoImages(missing);
            // An existing lock stays as it is.
            var path = LockPath.In(workspace.Path, name);
            LockFile.Write(path, ImageLock.Of(name, []));
            return new ResolvedEnvironment(path, null, missing);
        }

        var recordsWork = new ConcurrentWork<DeployedRecords>(
            token => workspace.Registries.ReadRecordsAsync(workspace.Project.Environment, token),
            cancellationToken
        );
        await using (recordsWork.ConfigureAwait(false))
        {
            var content = await LockAsync(workspace, progress, cancellationToken).ConfigureAwait(false);
            return new ResolvedEnvironment(workspace.Project.LockPath, content)
            {
                Records = await recordsWork.Result.ConfigureAwait(false),
            };
        }
    }

    /// <summary>The document for an app from the locks alone: no registry is queried, and no lock is written.</summary>
    public async Task<AppDocument> DescribeAsync(CancellationToken cancellationToken)
    {
        var context = AppProcess.ReadContext(caller.Variable);
        var named = NamedLock.Find(request.Lock, context, caller);
        using var workspace = open(project);
        var environment = AppEnvironment.Find(EnvironmentOptions(context));
        ResolvedEnvironment? resolved = null;
        if (named?.Location.File is { } file)
        {
            // A file is the lock of one environment, which is then the chosen one.
            var content = environment is null ? LockFile.Read(file) : named.Read(environment.Name);
            environment = project.Configuration.GetEnvironment(content.Environment);
            resolved = new ResolvedEnvironment(file, content);
        }

        var head = await ReadHeadAsync(workspace, cancellationToken).ConfigureAwait(false);
        return Gathering(named, head).Gather(environment?.Name, resolved);
    }

    private AppEnvironmentOptions EnvironmentOptions(CdkContext context) =>
        new()
        {
            Option = request.Environment,
            Context = context.TextOf("lading:env"),
            Variable = caller.Variable(CdkVariables.Environment),
            Account = caller.Variable(CdkVariables.Account),
            Region = caller.Variable(CdkVariables.Region),
            Configuration = project.Configuration,
        };

    private Task<HeadIdentities> ReadHeadAsync(Workspace workspace, CancellationToken cancellationToken) =>
        HeadIdentities.ReadAsync(
            workspace.Project.Folder,
            request.Images.Uncommitted
                ? request.Images
                : request.Images with
                {
                    Revision = request.Images.Revision ?? "HEAD",
                },
            workspace.Path + "-head",
            cancellationToken
        );

    private AppGathering Gathering(NamedLock? named, HeadIdentities head)
    {
        var defaultLocation = LockLocation.Of(project.Folder.Path, project.Folder.Path, null);
        var file = named?.Location.File;
        return new AppGathering(
            project.Folder,
            file is null ? (named?.Location ?? defaultLocation).Folder : defaultLocation.Folder,
            head
        )
        {
            // The lock of 'lading deploy' is in the default location, which no command has to name.
            LockFile = file == project.LockPath ? null : file,
        };
    }

    /// <summary>
    /// The repositories that the app's own stack still has to create, as sentences; null if none. The app is started anyway, since that
    /// stack could never be deployed otherwise; stacks that use the images report errors then.
    /// </summary>
    private static async Task<string?> FindMissingRepositoriesAsync(
        Workspace workspace,
        CancellationToken cancellationToken
    )
    {
        var environment = workspace.Project.Environment;
        if (environment.Repositories != RepositoryOwner.Cdk)
        {
            return null;
        }

        var registry = await workspace.Registries.OpenAsync(environment, cancellationToken).ConfigureAwait(false);
        var names = workspace.Project.Configuration.Images.Values.Select(image => image.Repository).Distinct().Order();
        var answers = await Task.WhenAll(
                names.Select(async name =>
                    (name, settings: await registry.FindSettingsAsync(name, cancellationToken).ConfigureAwait(false))
                )
            )
            .ConfigureAwait(false);
        var missing = answers.Where(answer => answer.settings is null).Select(answer => answer.name).ToList();
        return missing.Count == 0
            ? null
            : $"repositories are missing ({string.Join(", ", missing)}). Deploy the stack that has their ImageRepository constructs, then run 'lading publish --env {environment.Name}'.";
    }

    /// <summary>The lock of the requested images: from the registry alone, or after publishing missing ones.</summary>
    private async Task<ImageLock> LockAsync(
        Workspace workspace,
        IRunProgress progress,
        CancellationToken cancellationToken
    )
    {
        if (request.Mode == PublishMode.Missing)
        {
            var isStartedByCdk = caller.Variable(CdkVariables.OutputFolder) is not null;
            if (CdkCommandLine.PurposeOf(isStartedByCdk, caller.Ancestors()) != CdkPurpose.Reading)
            {
                var steps = progress.BeginPublishing();
                var missing = new PublishRequest(request.Images) { Engines = request.Engines };
                await steps
                    .WatchAsync(new Publication(workspace).RunAsync(missing, steps, cancellationToken))
                    .ConfigureAwait(false);
                return LockFile.Read(workspace.Project.LockPath);
            }
        }

        var resolved = await new Resolution(workspace)
            .RunAsync(request.Images, workspace.Project.LockPath, cancellationToken)
            .ConfigureAwait(false);
        if (resolved.Uncommitted.Count > 0)
        {
            progress.Uncommitted(resolved.Uncommitted);
        }

        return resolved.Lock;
    }
}
