using Lading.Apps;
using Lading.Cli.Output;
using Lading.Configuration;
using Lading.Fingerprints;
using Lading.Locks;
using Lading.Processes;
using Lading.Projects;
using Lading.Shipping;

namespace Lading.Cli.Commands.Run;

/// <summary>One start of an app: environment, lock, what it is handed, and its exit code.</summary>
/// <param name="invocation">The run of the verb.</param>
/// <param name="request">The revision, or the working tree.</param>
/// <param name="mode">What is done about images that are missing.</param>
/// <param name="lockOption">What <c>--lock</c> says.</param>
internal sealed class AppRun(Invocation invocation, SnapshotRequest request, PublishMode mode, string? lockOption)
{
    private Host Host => invocation.Host;

    public async Task<int> RunAsync(IReadOnlyList<string> app, CancellationToken cancellationToken)
    {
        if (app.Count == 0)
        {
            throw LadingException.Usage(
                "Could not start the app",
                "no command is given",
                "Write it after --: lading run -- dotnet run --project src/Infra"
            );
        }

        var context = Handover.ReadContext(Host.Variable);
        var found = await invocation.FindProjectAsync(cancellationToken).ConfigureAwait(false);
        var environment = AppEnvironment.Choose(Question(context, found.Configuration));
        var project = found with { Environment = environment };
        var named = NamedLock.Find(lockOption, context, Host);
        using var workspace = invocation.OpenWorkspace(project);
        // Git's answers come beside the registry's.
        var reading = new ConcurrentWork<HeadIdentities>(
            async token => await ReadHeadAsync(workspace, token).ConfigureAwait(false),
            cancellationToken
        );
        await using (reading.ConfigureAwait(false))
        {
            var resolved = await ResolveAsync(workspace, named, cancellationToken).ConfigureAwait(false);
            var head = await reading.Result.ConfigureAwait(false);
            return await StartAsync(app, project, named, context, resolved, head, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private async Task<int> StartAsync(
        IReadOnlyList<string> app,
        Project project,
        NamedLock? named,
        CdkContext context,
        ResolvedEnvironment resolved,
        HeadIdentities head,
        CancellationToken cancellationToken
    )
    {
        var environment = project.Environment;
        using var handover = Handover.Prepare(
            Gathering(project, named, head).Gather(environment.Name, resolved),
            resolved.Content ?? ImageLock.Of(environment.Name, []),
            ImageAddresses.HostOf(environment, Host.Variable(CdkVariables.Account), Host.Variable(CdkVariables.Region)),
            context,
            CdkContext.Most
        );
        return await StartAsync(app, handover, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What the environment has: by a lock that was named, else by its registry.</summary>
    private async Task<ResolvedEnvironment> ResolveAsync(
        Workspace workspace,
        NamedLock? named,
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
            // The lock that is there, if any, is left as it is.
            var path = LockPath.In(workspace.Path, name);
            LockFile.Write(path, ImageLock.Of(name, []));
            return new ResolvedEnvironment(path, null, missing);
        }

        return new ResolvedEnvironment(
            workspace.Project.LockPath,
            await LockAsync(workspace, cancellationToken).ConfigureAwait(false)
        );
    }

    /// <summary>Prints what an app would be told, from the locks alone: no registry is asked, and no lock written.</summary>
    public async Task<int> PrintAsync(CancellationToken cancellationToken)
    {
        var context = Handover.ReadContext(Host.Variable);
        var project = await invocation.FindProjectAsync(cancellationToken).ConfigureAwait(false);
        var named = NamedLock.Find(lockOption, context, Host);
        using var workspace = invocation.OpenWorkspace(project);
        var environment = AppEnvironment.Find(Question(context, project.Configuration));
        ResolvedEnvironment? resolved = null;
        if (named?.Location.File is { } file)
        {
            // A file is the lock of one environment, which is then the one that is meant.
            var content = environment is null ? LockFile.Read(file) : named.Read(environment.Name);
            environment = project.Configuration.GetEnvironment(content.Environment);
            resolved = new ResolvedEnvironment(file, content);
        }

        var head = await ReadHeadAsync(workspace, cancellationToken).ConfigureAwait(false);
        var document = Gathering(project, named, head).Gather(environment?.Name, resolved);
        invocation.Terminal.Result(JsonText.Write(json => AppDocumentWriter.Write(document).WriteTo(json)));
        return 0;
    }

    private AppQuestion Question(CdkContext context, LadingConfiguration configuration) =>
        new()
        {
            Option = invocation.Parsed.GetValue(GlobalOptions.Environment),
            Context = context.TextOf("lading:env"),
            Variable = Host.Variable(CdkVariables.Environment),
            Account = Host.Variable(CdkVariables.Account),
            Region = Host.Variable(CdkVariables.Region),
            Configuration = configuration,
        };

    private Task<HeadIdentities> ReadHeadAsync(Workspace workspace, CancellationToken cancellationToken) =>
        HeadIdentities.ReadAsync(
            workspace.Project.Folder,
            request.Uncommitted ? request : request with { Revision = request.Revision ?? "HEAD" },
            workspace.Path + "-head",
            cancellationToken
        );

    private static AppGathering Gathering(Project project, NamedLock? named, HeadIdentities head)
    {
        var usual = LockLocation.Of(project.Folder.Path, project.Folder.Path, null);
        var file = named?.Location.File;
        return new AppGathering(project.Folder, file is null ? (named?.Location ?? usual).Folder : usual.Folder, head)
        {
            // That of 'lading deploy' is the usual one.
            LockFile = file == project.LockPath ? null : file,
        };
    }

    /// <summary>
    /// Which repositories the app's own stack has yet to make, as sentences; null if none. The app is started all the same,
    /// or that stack could never be deployed; stacks that use images have errors then.
    /// </summary>
    private async Task<string?> FindMissingRepositoriesAsync(Workspace workspace, CancellationToken cancellationToken)
    {
        var project = workspace.Project;
        if (project.Environment.Repositories != RepositoryOwner.Cdk)
        {
            return null;
        }

        var registry = await workspace
            .Registries.OpenAsync(project.Environment, cancellationToken)
            .ConfigureAwait(false);
        var names = project.Configuration.Images.Values.Select(image => image.Repository).Distinct().Order();
        var answers = await Task.WhenAll(
                names.Select(async name =>
                    (name, settings: await registry.FindSettingsAsync(name, cancellationToken).ConfigureAwait(false))
                )
            )
            .ConfigureAwait(false);
        var missing = answers.Where(answer => answer.settings is null).Select(answer => answer.name).ToList();
        if (missing.Count == 0)
        {
            return null;
        }

        var reason =
            $"repositories are missing ({string.Join(", ", missing)}). Deploy the stack that has their ImageRepository constructs, then run 'lading publish --env {project.Environment.Name}'.";
        invocation.Terminal.Warn($"the app gets no images: {reason}");
        return reason;
    }

    /// <summary>The lock of what is asked for: by the registry alone, or after publishing what it lacks.</summary>
    private async Task<ImageLock> LockAsync(Workspace workspace, CancellationToken cancellationToken)
    {
        if (mode == PublishMode.Missing)
        {
            var isStartedByCdk = Host.Variable(CdkVariables.OutputFolder) is not null;
            if (CdkCommandLine.PurposeOf(isStartedByCdk, Host.Ancestors()) != CdkPurpose.Reading)
            {
                await new ShippingScreen(invocation.AsPart())
                    .ShowAsync(
                        new Publication(workspace),
                        new PublishRequest(request) { Engines = PublishOptions.EnginesOf(invocation) },
                        cancellationToken
                    )
                    .ConfigureAwait(false);
                return LockFile.Read(workspace.Project.LockPath);
            }
        }

        var resolved = await new Resolution(workspace)
            .RunAsync(request, workspace.Project.LockPath, cancellationToken)
            .ConfigureAwait(false);
        if (resolved.Uncommitted.Count > 0)
        {
            invocation.Terminal.Warn(
                $"uncommitted inputs of {string.Join(", ", resolved.Uncommitted)} are not in the images that the app gets, which are those of HEAD; --dirty takes them."
            );
        }

        return resolved.Lock;
    }

    private async Task<int> StartAsync(
        IReadOnlyList<string> app,
        Handover handover,
        CancellationToken cancellationToken
    )
    {
        var call = new ProgramCall(app[0], [.. app.Skip(1)])
        {
            WorkingDirectory = Host.WorkingDirectory,
            Environment = handover.Variables,
        };
        try
        {
            return await AttachedProgram.RunAsync(call, output: null, cancellationToken).ConfigureAwait(false);
        }
        catch (ProgramNotFoundException e)
        {
            throw LadingException.Usage(
                $"Could not start the app {call}",
                $"the program {e.Program} was not found",
                "Correct \"app\" in cdk.json; what needs a shell is written as: lading run -- sh -c \"…\""
            );
        }
    }
}
