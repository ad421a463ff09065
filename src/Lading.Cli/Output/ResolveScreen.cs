using Lading.Cli.Commands;
using Lading.Locks;
using Lading.Shipping;

namespace Lading.Cli.Output;

/// <summary>The output of <c>resolve</c>: the lock.</summary>
internal static class ResolveScreen
{
    /// <param name="invocation">The current run of the verb.</param>
    /// <param name="resolved">The lock, and images that are marked for deletion.</param>
    /// <param name="path">The file of the lock.</param>
    public static void Show(Invocation invocation, ResolvedLock resolved, string path)
    {
        var terminal = invocation.Terminal;
        if (invocation.Json)
        {
            terminal.Result(LockDocument.Of(resolved.Lock));
        }
        else
        {
            ShowTable(terminal, resolved.Lock);
            terminal.Narrate($"\n  wrote {SlashPath.From(invocation.Host.WorkingDirectory, path)}");
        }

        MarkedImageScreen.Show(
            terminal,
            resolved.Marked,
            (image, since) =>
                $"{image.Name} is marked for deletion since {since}: 'lading publish {image.Name} --env {resolved.Lock.Environment}' keeps it"
        );
    }

    private static void ShowTable(Terminal terminal, ImageLock resolved)
    {
        var table = new TextTable();
        foreach (var (name, image) in resolved.Images)
        {
            table.Add(
                name,
                Identifiers.Short(image.Digest),
                image.Revision is { } revision
                    ? $"first published at {ShortCommit.Of(revision)}"
                    : "from an uncommitted tree"
            );
        }

        terminal.ResultTable(table);
    }
}
