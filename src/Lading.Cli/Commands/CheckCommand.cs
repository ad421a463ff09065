using System.CommandLine;
using Lading.Checking;
using Lading.Cli.Output;

namespace Lading.Cli.Commands;

/// <summary><c>lading check</c>: whether every image of a deployment exists, for its platform.</summary>
internal static class CheckCommand
{
    public static Command Create(VerbContext context)
    {
        var command = new Command(
            "check",
            "Checks that every image is in its registry, for its platform: those in the lock, and with --app every image in the templates. Exit code 3 if one is not."
        );
        var app = new Option<string?>("--app", "-a")
        {
            Description = "The folder that 'cdk synth' writes; check every container image in its templates.",
            HelpName = "cdk.out",
        };
        var path = new Option<string?>("--lock")
        {
            Description = "The lock to check. Default: .lading/<env>.lock.json.",
            HelpName = "file",
        };
        var redeploys = DeployCommand.Redeploying();
        command.Options.Add(app);
        command.Options.Add(path);
        command.Options.Add(redeploys);
        context.OnRun(
            command,
            (invocation, cancellationToken) =>
                RunAsync(
                    invocation,
                    invocation.Value(app),
                    invocation.Value(path),
                    invocation.Value(redeploys),
                    cancellationToken
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(
        Invocation invocation,
        string? app,
        string? lockPath,
        bool redeploys,
        CancellationToken cancellationToken
    )
    {
        var folder = invocation.Host.WorkingDirectory;
        using var workspace = await invocation.OpenWorkspaceAsync(cancellationToken).ConfigureAwait(false);
        var request = CheckRequest.OfAssembly(
            app is null ? null : Path.GetFullPath(app, folder),
            workspace,
            isNamed: invocation.EnvironmentName is not null,
            StateFolder.Find(invocation.Host.Variable)
        ) with
        {
            Lock = lockPath is null ? null : Path.GetFullPath(lockPath, folder),
            Redeploys = redeploys,
        };
        var report = await new CheckRun(workspace).RunAsync(request, cancellationToken).ConfigureAwait(false);
        Show(invocation, report);
        return ExitCode.Of(report.Holds);
    }

    private static void Show(Invocation invocation, CheckReport report)
    {
        if (invocation.Json)
        {
            invocation.Terminal.Result(CheckDocument.Of(report));
            return;
        }

        CheckScreen.Show(invocation.Terminal, report);
    }
}
