using System.Text;
using Lading.Configuration;

namespace Lading.Cli.Commands;

/// <summary>The file that <c>--html</c> names.</summary>
internal static class PageFile
{
    /// <summary>Ensures that a file can have the name, before anything is read for it.</summary>
    /// <param name="invocation">The call.</param>
    /// <param name="page">What was named; null for nothing.</param>
    /// <param name="usual">What the file might be called in a folder.</param>
    /// <exception cref="LadingException">A folder has the name, or its folder is missing.</exception>
    public static void Ensure(Invocation invocation, string? page, string usual)
    {
        if (page is null)
        {
            return;
        }

        var path = PathOf(invocation, page);
        if (Directory.Exists(path))
        {
            throw LadingException.Usage(
                $"Could not write {page}",
                "it is a folder",
                $"Name a file: --html {page}/{usual}"
            );
        }

        var folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
        {
            throw LadingException.Usage(
                $"Could not write {page}",
                $"there is no folder {folder}",
                "Create it first, or name a file elsewhere."
            );
        }
    }

    /// <summary>Writes the page, as a whole or not at all.</summary>
    public static async Task WriteAsync(
        Invocation invocation,
        string page,
        string text,
        CancellationToken cancellationToken
    )
    {
        await WholeFile
            .WriteAsync(PathOf(invocation, page), Encoding.UTF8.GetBytes(text), cancellationToken)
            .ConfigureAwait(false);
        invocation.Terminal.Narrate($"  wrote {page}");
    }

    private static string PathOf(Invocation invocation, string page) =>
        Path.GetFullPath(page, invocation.Host.WorkingDirectory);
}
