using Lading.Cli.Output;
using Lading.Configuration;
using Lading.Fingerprints;
using Lading.Locks;
using Lading.Processes;
using Lading.Shipping;

namespace Lading.Cli.Commands.Run;

/// <summary>One start of an app: environment, lock, what it is handed, and its exit code.</summary>
/// <param name="invocation">The run of the verb.</param>
/// <param name="request">The revision, or the working tree.</param>
/// <param name="mode">What is done about images that are missing.</param>
/// <param name="lockOption">What <c>--lock</c> says.</param>
internal sealed class AppRun(Invocation invocation, SourcesRequest request, PublishMode mode, string? lockOption)
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
        var environment = AppEnvironment.Choose(
            new AppQuestion
            {
                Option = invocation.Parsed.GetValue(GlobalOptions.Environment),
                Context = context.TextOf("lading:env"),
                Variable = Host.Variable(CdkVariables.Environment),
                Account = Host.Variable(CdkVariables.Account),
                Region = Host.Variable(CdkVariables.Region),
                Configuration = found.Configuration,
            }
        );
        var project = found with { Environment = environment };
        var named = NamedLock.Find(lockOption, context, Host);
        using var workspace = invocation.OpenWorkspace(project);
        var path = named?.For(environment.Name) ?? project.LockPath;
        var content = named?.Read(environment.Name);
        if (content is null && await IsBeforeRepositoriesAsync(workspace, cancellationToken).ConfigureAwait(false))
        {
            // The lock that is there, if any, is left as it is.
            content = ImageLock.Of(environment.Name, []);
            path = workspace.Path;
            LockFile.Write(LockPath.In(path, environment.Name), content);
        }

        using var handover = Handover.Prepare(
            environment.Name,
            path,
            content ?? await LockAsync(workspace, cancellationToken).ConfigureAwait(false),
            ImageAddresses.HostOf(environment, Host.Variable(CdkVariables.Account), Host.Variable(CdkVariables.Region)),
            context,
            CdkContext.Most
        );
        return await StartAsync(app, handover, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Whether the app's own stack has yet to make repositories. The app is started all the same, or that stack could never be
    /// deployed; stacks that use images have errors then.
    /// </summary>
    private async Task<bool> IsBeforeRepositoriesAsync(Workspace workspace, CancellationToken cancellationToken)
    {
        var project = workspace.Project;
        if (project.Environment.Repositories != RepositoryOwner.Cdk)
        {
            return false;
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
            return false;
        }

        invocation.Terminal.Warn(
            $"the app gets no images: repositories are missing ({string.Join(", ", missing)}). Deploy the stack that has their ImageRepository constructs, then run 'lading publish --env {project.Environment.Name}'."
        );
        return true;
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
                $"there is no program {e.Program}",
                "Correct \"app\" in cdk.json; what needs a shell is written as: lading run -- sh -c \"…\""
            );
        }
    }
}
