using System.CommandLine;
using Lading.Cli.Commands.Bases;
using Lading.Cli.Commands.Completion;
using Lading.Cli.Commands.Image;
using Lading.Cli.Docker;
using Lading.Cli.Output;
using Lading.Explaining;

namespace Lading.Cli.Commands;

/// <summary>All verbs. A verb is one file with a <c>Create</c>, and one line here.</summary>
internal static class Verbs
{
    /// <summary>The verbs by name, in the order of the help; each is created on demand.</summary>
    private static readonly KeyValuePair<string, Func<VerbContext, Command>>[] All =
    [
        new("init", InitCommand.Create),
        new("plan", PlanCommand.Create),
        new("publish", PublishCommand.Create),
        new("resolve", ResolveCommand.Create),
        new("check", CheckCommand.Create),
        new("run", RunCommand.Create),
        new("identify", IdentifyCommand.Create),
        new("deploy", DeployCommand.Create),
        new("verify", VerifyCommand.Create),
        new("status", StatusCommand.Create),
        new("history", HistoryCommand.Create),
        new("rollback", RollbackCommand.Create),
        new("promote", PromoteCommand.Create),
        new("pin", PinCommand.Create),
        new("unpin", UnpinCommand.Create),
        new("prune", PruneCommand.Create),
        new("keep", KeepCommand.Create),
        new("why", WhyCommand.Create),
        new("bases", BasesCommand.Create),
        new("registry", RegistryCommand.Create),
        new("image", ImageCommand.Create),
        new("doctor", DoctorCommand.Create),
        new("completion", CompletionCommand.Create),
        new(DockerCommand.Name, _ => DockerCommand.Create()),
    ];

    /// <summary>The command line.</summary>
    /// <param name="host">The environment of the tool.</param>
    /// <param name="terminal">The output.</param>
    /// <param name="args">The words of the command line: if they begin with a verb, or only request the version, no other verb is
    /// created; null for all verbs.</param>
    public static RootCommand Root(Host host, Terminal terminal, IReadOnlyList<string>? args = null)
    {
        var context = new VerbContext(host, terminal);
        var root = new RootCommand("Manages the container images that AWS CDK deploys to Amazon ECS.");
        GlobalOptions.AddTo(root);
        foreach (var verb in Requested(args))
        {
            root.Subcommands.Add(verb.Value(context));
        }

        return root;
    }

    private static IEnumerable<KeyValuePair<string, Func<VerbContext, Command>>> Requested(
        IReadOnlyList<string>? args
    ) =>
        args is ["--version"] ? []
        : args is [var first, ..] && Array.Exists(All, verb => verb.Key == first) ? All.Where(verb => verb.Key == first)
        : All;
}
