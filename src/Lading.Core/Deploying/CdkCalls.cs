using Lading.Configuration;
using Lading.Launching;
using Lading.Processes;

namespace Lading.Deploying;

/// <summary>The commands of the CDK CLI that a deployment runs, all with the same profile and region.</summary>
/// <param name="program">The CDK CLI.</param>
/// <param name="folder">The folder of <c>cdk.json</c>.</param>
/// <param name="environment">The environment to deploy to.</param>
/// <param name="lockPath">The lock that the app reads; an absolute path.</param>
/// <param name="options">The user's options for cdk.</param>
/// <param name="host">The environment that cdk runs in.</param>
/// <param name="progress">Receives each command.</param>
internal sealed class CdkCalls(
    CdkProgram program,
    string folder,
    EnvironmentDefinition environment,
    string lockPath,
    CdkOptions options,
    CdkHost host,
    IDeployProgress progress
)
{
    /// <summary>Synthesizes the app.</summary>
    /// <param name="output">The absolute path of the output folder.</param>
    /// <param name="stacks">The stacks that the user named.</param>
    /// <param name="cancellationToken">Stops cdk.</param>
    /// <exception cref="LadingException">It failed.</exception>
    public Task SynthesizeAsync(string output, IReadOnlyList<string> stacks, CancellationToken cancellationToken)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var app = options.App ?? AppCommand.Find(folder, home);
        string[] appOption = app is null ? [] : ["--app", AppCommand.ThroughRun(app, host.Caller.Self, folder)];
        return RunAsync(
            "synth",
            ["synth", .. stacks, "--quiet", "--output", output, .. appOption, .. Profile, .. options.Synthesis],
            "Correct what it reports; nothing was deployed, and the images that were published stay.",
            cancellationToken
        );
    }

    /// <summary>Deploys stacks of an existing assembly.</summary>
    /// <exception cref="LadingException">It failed; CloudFormation has rolled back what was incomplete, or reports that it could not.</exception>
    /// <param name="assembly">Its folder.</param>
    /// <param name="stacks">The stacks to deploy.</param>
    /// <param name="isWatched">Whether Lading writes lines between those of cdk.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task DeployAsync(
        string assembly,
        IReadOnlyList<string> stacks,
        bool isWatched,
        CancellationToken cancellationToken
    ) =>
        RunAsync(
            "deploy",
            [
                "deploy",
                .. stacks,
                "--app",
                assembly,
                .. Profile,
                .. options.Deployment,
                .. isWatched && host.HasTerminal && options.Progress is null ? Lines : [],
            ],
            "Correct what it reports and run 'lading deploy' again: the images are published, and what is deployed already is not deployed twice.",
            cancellationToken
        );

    /// <summary>Shows what a deployment would change.</summary>
    /// <exception cref="LadingException">It failed.</exception>
    public Task CompareAsync(string assembly, IReadOnlyList<string> stacks, CancellationToken cancellationToken) =>
        RunAsync(
            "diff",
            // A change set, which could show replacements, would be created in the account.
            ["diff", .. stacks, "--app", assembly, "--no-change-set", .. Profile, .. options.Shared],
            "Correct what it reports; nothing was changed.",
            cancellationToken
        );

    // cdk's progress bar redraws itself, and would overwrite Lading's lines.
    private static string[] Lines => ["--progress", "events"];

    private string? Region => environment.Region ?? options.Region;

    // If the profile exists only on other machines, Lading uses this machine's default credentials, and so does cdk.
    private IEnumerable<string> Profile =>
        environment.Profile is { } profile && host.HasProfile(environment) ? ["--profile", profile] : [];

    private Dictionary<string, string?> Variables
    {
        get
        {
            var variables = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                [CdkVariables.Environment] = environment.Name,
                [CdkVariables.Lock] = lockPath,
            };
            if (Region is { } region)
            {
                variables["AWS_REGION"] = region;
                variables["AWS_DEFAULT_REGION"] = region;
            }

            return variables;
        }
    }

    private async Task RunAsync(
        string command,
        IReadOnlyList<string> arguments,
        string remedy,
        CancellationToken cancellationToken
    )
    {
        var call = program.Call(folder, Variables, arguments);
        progress.Calling(call);
        var exitCode = await AttachedProgram.RunAsync(call, host.Output, cancellationToken).ConfigureAwait(false);
        if (cancellationToken.IsCancellationRequested && command == "deploy")
        {
            progress.Stopped(environment);
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (exitCode != 0)
        {
            throw new LadingException(
                command switch
                {
                    "synth" => "Could not synthesize the app",
                    "deploy" => $"Could not deploy to {environment.Name}",
                    _ => $"Could not compare with {environment.Name}",
                },
                $"'cdk {command}' ended with exit code {exitCode}; its output is above",
                remedy
            );
        }
    }
}
