namespace Lading.Layout;

/// <summary>The <c>index.json</c> of a layout, which is replaced and never modified.</summary>
/// <param name="layout">The layout's folder.</param>
/// <param name="disk">Its disk.</param>
/// <param name="cache">The cache of its registry; null if it stands alone.</param>
internal sealed class IndexFile(string layout, IDisk disk, IndexCache? cache)
{
    public const string Name = "index.json";
    private readonly string path = Path.Combine(layout, Name);

    public bool Exists => File.Exists(path);

    /// <summary>Its current content; empty if there is none.</summary>
    /// <exception cref="LadingException">It cannot be parsed.</exception>
    public async Task<LayoutIndex> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var file = new FileStream(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete,
                bufferSize: 0
            );
            var stamp = cache is null ? null : IndexStamp.Find(file);
            if (stamp is { } same && cache?.Find(path, same) is { } known)
            {
                return known;
            }

            var bytes = new byte[file.Length];
            await file.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
            var index = LayoutIndex.Parse(bytes);
            if (stamp is { } read)
            {
                cache?.Keep(path, read, index);
            }

            return index;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return LayoutIndex.Empty;
        }
        catch (FormatException e)
        {
            throw new LadingException($"Could not read the image layout {layout}", e.Message, innerException: e);
        }
    }

    /// <summary>Replaces it; the caller holds the lock.</summary>
    public async Task WriteAsync(LayoutIndex index, CancellationToken cancellationToken)
    {
        var generation = cache is null ? null : IndexStamp.NewGeneration();
        await DurableFile.WriteAsync(disk, path, index.ToBytes(generation), cancellationToken).ConfigureAwait(false);
        if (cache is not null)
        {
            using var file = File.OpenRead(path);
            if (IndexStamp.Find(file) is { } stamp)
            {
                cache.Keep(path, stamp, index);
            }
        }
    }
}
