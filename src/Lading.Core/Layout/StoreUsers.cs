using System.Globalization;

namespace Lading.Layout;

/// <summary>
/// The processes that have a store open, so that nothing is removed from it meanwhile: servers, publishers. Each holds
/// a lock of its own, which the system releases when its process ends, for any reason.
/// </summary>
/// <param name="store">The store.</param>
internal sealed class StoreUsers(LayoutStore store)
{
    private const string FolderName = "_users";
    private const string Gate = "_gate";
    private readonly string folder = Path.Combine(store.Directory, FolderName);

    /// <summary>Opens the store; waits while images are being removed from it, which takes moments.</summary>
    /// <param name="verb">The purpose: <c>registry</c>, <c>publish</c>.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Leaves the store on disposal.</returns>
    /// <exception cref="LadingException">The store is not writable, or a removal has lasted for a minute.</exception>
    public async Task<IDisposable> EnterAsync(string verb, CancellationToken cancellationToken)
    {
        using var gate = await CloseAsync(cancellationToken).ConfigureAwait(false);
        var process = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        var path = Path.Combine(folder, $"{verb}-{process}-{Guid.NewGuid():N}");
        return new Entry(await FolderLock.TakeAsync(path, cancellationToken).ConfigureAwait(false), path);
    }

    /// <summary>Keeps others from opening the store until disposal. Those that already have it open keep it.</summary>
    public Task<FolderLock> CloseAsync(CancellationToken cancellationToken)
    {
        store.Prepare(FolderName);
        return FolderLock.TakeAsync(Path.Combine(folder, Gate), cancellationToken);
    }

    /// <summary>
    /// The processes that have the store open, by their display names: <c>lading registry (process 4711)</c>.
    /// </summary>
    public IReadOnlyList<string> Find()
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var users = new List<string>();
        foreach (var path in Directory.EnumerateFiles(folder).Where(path => Path.GetFileName(path) != Gate))
        {
            using var free = FolderLock.TryTake(path);
            if (free is null && File.Exists(path))
            {
                var parts = Path.GetFileName(path).Split('-');
                users.Add(parts.Length == 3 ? $"lading {parts[0]} (process {parts[1]})" : Path.GetFileName(path));
            }
        }

        users.Sort(StringComparer.Ordinal);
        return users;
    }

    /// <summary>Removes the locks of killed processes; the caller keeps the store closed.</summary>
    public void Clear()
    {
        foreach (var path in Directory.EnumerateFiles(folder).Where(path => Path.GetFileName(path) != Gate))
        {
            using var free = FolderLock.TryTake(path);
            if (free is not null)
            {
                File.Delete(path);
            }
        }
    }

    private sealed class Entry(FolderLock userLock, string path) : IDisposable
    {
        public void Dispose()
        {
            userLock.Dispose();
            try
            {
                File.Delete(path);
            }
            catch (IOException)
            {
                // Another process is checking whether it is held: an unheld file does not count.
            }
        }
    }
}
