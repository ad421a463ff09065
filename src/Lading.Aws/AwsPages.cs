namespace Lading.Aws;

/// <summary>Reads listings.</summary>
internal static class AwsPages
{
    /// <summary>Reads a listing page by page; a repeated token ends it.</summary>
    /// <param name="read">Reads the page of a token, null for the first; null for a page that cannot be read, which ends it.</param>
    public static async IAsyncEnumerable<T> WalkAsync<T>(Func<string?, Task<AwsPage<T>?>> read)
    {
        var visited = new HashSet<string>(StringComparer.Ordinal);
        string? next = null;
        do
        {
            var page = await read(next).ConfigureAwait(false);
            foreach (var item in page?.Items ?? [])
            {
                yield return item;
            }

            next = page?.Next;
        } while (next is { Length: > 0 } && visited.Add(next));
    }

    /// <summary>The same as a list.</summary>
    public static async Task<List<T>> ListAsync<T>(Func<string?, Task<AwsPage<T>?>> read)
    {
        var items = new List<T>();
        await foreach (var item in WalkAsync(read).ConfigureAwait(false))
        {
            items.Add(item);
        }

        return items;
    }
}
