using System.Text;
using Lading.Configuration;

namespace Lading.Cli.Commands;

/// <summary>The file of <c>--html</c>.</summary>
internal static class PageFile
{
    /// <summary>Ensures that the path is usable, before anything is read for the page.</summary>
    /// <param name="invocation">The current run of the verb.</param>
    /// <param name="page">The given path; null for none.</param>
    /// <param name="example">An example of a file name.</param>
    /// <exception cref="LadingException">The path is a folder's, or its folder does not exist.</exception>
    public static void Ensure(Invocation invocation, string? page, string example)
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
                $"Name a file: --html {page}/{example}"
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

    /// <summary>Writes the page atomically.</summary>
    public static async Task WriteAsync(
        Invocation invocation,
        string page,
        string text,
        CancellationToken cancellationToken
    )
    {
        await UserFile
            .WriteAsync(PathOf(invocation, page), Encoding.UTF8.GetBytes(text), cancellationToken)
            .ConfigureAwait(false);
        invocation.Terminal.Narrate($"  wrote {page}");
    }

    private static string PathOf(Invocation invocation, string page) =>
        Path.GetFullPath(page, invocation.Host.WorkingDirectory);
}
