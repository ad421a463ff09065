using Lading.Context;

namespace Lading.Configuration;

/// <summary>The <c>lading.json</c> of a working tree.</summary>
/// <param name="Path">Where it is, absolute.</param>
/// <param name="DisplayPath">Where it is from where the search began: what errors call it.</param>
internal sealed record ConfigurationFile(string Path, string DisplayPath)
{
    /// <summary>The folder that its paths begin in.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>The file in a folder or in one above it, up to the root of the file system; null where there is none.</summary>
    /// <param name="startDirectory">An absolute path.</param>
    public static ConfigurationFile? Find(string startDirectory)
    {
        for (var folder = new DirectoryInfo(startDirectory); folder is not null; folder = folder.Parent)
        {
            var path = System.IO.Path.Combine(folder.FullName, OwnFiles.Configuration);
            var display = System.IO.Path.GetRelativePath(startDirectory, path).Replace('\\', '/');
            if (LinkedFile.Exists(path, display))
            {
                return new ConfigurationFile(path, display);
            }
        }

        return null;
    }

    /// <summary>The file in a folder or in one above it.</summary>
    /// <exception cref="LadingException">There is none.</exception>
    public static ConfigurationFile Get(string startDirectory) =>
        Find(startDirectory)
        ?? throw LadingException.Usage(
            $"Could not find {OwnFiles.Configuration}",
            $"it is neither in {startDirectory} nor in a folder above",
            "Run 'lading init' in the folder of cdk.json to write one, or name another folder with --directory."
        );

    /// <summary>Reads it.</summary>
    /// <exception cref="LadingException">Something in it is wrong.</exception>
    public async Task<LadingConfiguration> ReadAsync(CancellationToken cancellationToken) =>
        ConfigurationReader.Read(
            await File.ReadAllBytesAsync(Path, cancellationToken).ConfigureAwait(false),
            DisplayPath
        );

    /// <summary>Replaces its bytes.</summary>
    /// <param name="change">From the bytes that are there to those that shall be.</param>
    /// <param name="cancellationToken">Ends it; the file is then as it was.</param>
    /// <returns>False where there was nothing to change.</returns>
    public async Task<bool> ChangeAsync(
        Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> change,
        CancellationToken cancellationToken
    )
    {
        ReadOnlyMemory<byte> before = await File.ReadAllBytesAsync(Path, cancellationToken).ConfigureAwait(false);
        var after = change(before);
        if (after.Span.SequenceEqual(before.Span))
        {
            return false;
        }

        await WholeFile.WriteAsync(Path, after, cancellationToken).ConfigureAwait(false);
        return true;
    }
}
