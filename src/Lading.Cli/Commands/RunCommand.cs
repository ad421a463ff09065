using System.CommandLine;
using Lading.Apps;
using Lading.Cli.Output;
using Lading.Launching;

namespace Lading.Cli.Commands;

/// <summary><c>lading run</c>: starts the CDK app, and passes it the images of its environments.</summary>
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
            "never: a missing image is an error. missing: build and push it first, only for 'cdk deploy', 'cdk watch' and 'cdk synth'.";
        var sources = new RevisionOptions();
        var path = new Option<string?>("--lock")
        {
            Description =
                "A lock, or a folder of locks, to use as it is. Default: make the lock from what the registry has.",
            HelpName = "file",
        };
        var print = new Option<bool>("--print")
        {
            Description =
                "Print what the app would get (docs/app.md) as JSON, from the locks alone. Starts nothing and asks no registry.",
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
                var request = new RunRequest(sources.Read(invocation))
                {
                    Mode = invocation.Value(mode),
                    Lock = invocation.Value(path),
                    Environment = invocation.Parsed.GetValue(GlobalOptions.Environment),
                    Engines = PublishOptions.EnginesOf(invocation),
                };
                return invocation.Value(print)
                    ? PrintAsync(invocation, request, cancellationToken)
                    : RunAsync(invocation, request, invocation.Value(app) ?? [], cancellationToken);
            }
        );
        return command;
    }

    private static async Task<int> RunAsync(
        Invocation invocation,
        RunRequest request,
        IReadOnlyList<string> app,
        CancellationToken cancellationToken
    )
    {
        AppRun.RequireCommand(app);
        var project = await invocation.FindProjectAsync(cancellationToken).ConfigureAwait(false);
        return await new AppRun(project, invocation.OpenWorkspace, invocation.Caller(), request)
            .RunAsync(app, new RunScreen(invocation), cancellationToken)
            .ConfigureAwait(false);
    }

    private static async Task<int> PrintAsync(
        Invocation invocation,
        RunRequest request,
        CancellationToken cancellationToken
    )
    {
        var project = await invocation.FindProjectAsync(cancellationToken).ConfigureAwait(false);
        var document = await new AppRun(project, invocation.OpenWorkspace, invocation.Caller(), request)
            .DescribeAsync(cancellationToken)
            .ConfigureAwait(false);
        invocation.Terminal.Result(JsonText.Write(json => AppDocumentWriter.Write(document).WriteTo(json)));
        return 0;
    }
}
