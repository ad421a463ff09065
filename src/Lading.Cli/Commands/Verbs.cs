using System.CommandLine;
using Lading.Cli.Commands.Bases;
using Lading.Cli.Commands.Image;
using Lading.Cli.Docker;
using Lading.Cli.Output;
using Lading.Explaining;

namespace Lading.Cli.Commands;

/// <summary>All verbs. A verb is one file with a <c>Create</c>, and one line here.</summary>
internal static class Verbs
{
    public static RootCommand Root(Host host, Terminal terminal)
    {
        var context = new VerbContext(host, terminal);
        var root = new RootCommand("Manages the container images that AWS CDK deploys to Amazon ECS.");
        GlobalOptions.AddTo(root);
        foreach (var verb in All(context))
        {
            root.Subcommands.Add(verb);
        }

        return root;
    }

    private static IEnumerable<Command> All(VerbContext context) =>
        [
            InitCommand.Create(context),
            PlanCommand.Create(context),
            PublishCommand.Create(context),
            ResolveCommand.Create(context),
            CheckCommand.Create(context),
            RunCommand.Create(context),
            IdentifyCommand.Create(context),
            DeployCommand.Create(context),
            PromoteCommand.Create(context),
            PinCommand.Create(context),
            UnpinCommand.Create(context),
            WhyCommand.Create(context),
            BasesCommand.Create(context),
            RegistryCommand.Create(context),
            ImageCommand.Create(context),
            DockerCommand.Create(),
        ];
}
