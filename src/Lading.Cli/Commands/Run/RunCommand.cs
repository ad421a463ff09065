using System.CommandLine;
using Lading.Fingerprints;
using Lading.Locks;
using Lading.Processes;

namespace Lading.Cli.Commands.Run;

/// <summary><c>lading run</c>: starts the app of <c>cdk.json</c>, and hands it the images of its environments.</summary>
internal static class RunCommand
{
    public static Command Create(VerbContext context)
    {
        var command = new Command(
            "run",
            "Starts a CDK app with the images of the environment that cdk works with. In cdk.json: \"app\": \"lading run -- dotnet run --project src/Infra\"."
        );
        var app = new Argument<string[]>("app")
        {
            Description = "The app's command, after --.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var mode = ChoiceOption.Of("--publish", [("never", PublishMode.Never), ("missing", PublishMode.Missing)]);
        mode.Description =
            "never: a missing image is an error. missing: build and push it first, for 'cdk deploy' and 'cdk synth' alone.";
        var sources = new RevisionOptions();
        var path = new Option<string?>("--lock")
        {
            Description =
                "A lock, or a folder of locks, to be taken as it is; otherwise the lock is made from what the registry has.",
            HelpName = "file",
        };
        var print = new Option<bool>("--print")
        {
            Description =
                "Print what the app would be told (docs/app.md) as JSON, from the locks alone, and start nothing. No registry is asked.",
        };
        command.Arguments.Add(app);
        command.Options.Add(print);
        command.Options.Add(mode);
        command.Options.Add(path);
        sources.AddTo(command, withImages: false);
        context.OnRun(
            command,
            (invocation, cancellationToken) =>
            {
                var run = new AppRun(
                    invocation,
                    sources.Read(invocation),
                    invocation.Value(mode),
                    invocation.Value(path)
                );
                return invocation.Value(print)
                    ? run.PrintAsync(cancellationToken)
                    : run.RunAsync(invocation.Value(app) ?? [], cancellationToken);
            }
        );
        return command;
    }
}
