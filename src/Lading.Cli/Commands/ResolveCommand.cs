using System.CommandLine;
using Lading.Cli.Output;
using Lading.Fingerprints;
using Lading.Locks;
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
        Show(invocation, resolved.Lock, lockPath);
        MarkedImageScreen.Show(
            invocation.Terminal,
            resolved.Marked,
            image =>
                $"{image.Name} is marked for deletion since {image.Since:yyyy-MM-dd}: 'lading publish {image.Name} --env {resolved.Lock.Environment}' keeps it"
        );
        return 0;
    }

    private static void Show(Invocation invocation, ImageLock resolved, string path)
    {
        if (invocation.Json)
        {
            invocation.Terminal.Result(LockDocument.Of(resolved));
            return;
        }

        var table = new TextTable();
        foreach (var (name, image) in resolved.Images)
        {
            table.Add(
                name,
                Identifiers.Short(image.Digest),
                image.Revision is { } revision
                    ? $"first published at {Identifiers.Commit(revision)}"
                    : "from an uncommitted tree"
            );
        }

        invocation.Terminal.ResultTable(table);
        invocation.Terminal.Narrate($"\n  wrote {Path.GetRelativePath(invocation.Host.WorkingDirectory, path)}");
    }
}
