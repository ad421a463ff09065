using System.CommandLine;
using Lading.Cli.Output;
using Lading.Fingerprints;
using Lading.Shipping;

namespace Lading.Cli.Commands;

/// <summary><c>lading resolve</c>: writes the lock from the registry alone.</summary>
internal static class ResolveCommand
{
    public static Command Create(VerbContext context)
    {
        var command = new Command(
            "resolve",
            "Writes the lock of HEAD, or of --rev, from what the registry has. Builds and pushes nothing."
        );
        var sources = new RevisionOptions();
        sources.AddTo(command);
        var path = new Option<string?>("--lock")
        {
            Description = "Where to write the lock. Default: .lading/<env>.lock.json.",
            HelpName = "file",
        };
        command.Options.Add(path);
        context.OnRun(
            command,
            (invocation, cancellationToken) =>
                RunAsync(invocation, sources.Read(invocation), invocation.Value(path), cancellationToken)
        );
        return command;
    }

    private static async Task<int> RunAsync(
        Invocation invocation,
        SnapshotRequest request,
        string? path,
        CancellationToken cancellationToken
    )
    {
        using var workspace = await invocation.OpenWorkspaceAsync(cancellationToken).ConfigureAwait(false);
        var lockPath = path is null
            ? workspace.Project.LockPath
            : Path.GetFullPath(path, invocation.Host.WorkingDirectory);
        var resolved = await new Resolution(workspace)
            .RunAsync(request, lockPath, cancellationToken)
            .ConfigureAwait(false);
        ResolveScreen.Show(invocation, resolved, lockPath);
        return 0;
    }
}
