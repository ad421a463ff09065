using Lading.Layout;

namespace Lading.Server.Uploads;

/// <summary>Removes, once an hour, the files that killed processes left and that never became blobs. Nothing else is ever removed.</summary>
internal sealed class AbandonedUploads(LayoutStore store, UploadFolder uploads, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private readonly CancellationTokenSource cancellation = new();
    private Task sweeping = Task.CompletedTask;

    /// <summary>Starts the removal, at once and then every hour.</summary>
    public void Start() => sweeping = Task.Run(() => RunAsync(cancellation.Token), CancellationToken.None);

    /// <summary>Removes abandoned files once.</summary>
    public void Sweep(CancellationToken cancellationToken)
    {
        uploads.EndIdle(UploadFolder.Patience);
        var oldest = (time.GetUtcNow() - UploadFolder.Patience).UtcDateTime;
        Clear(store.Uploads, "*", oldest);
        foreach (var (name, folder) in StoreFolders.Walk(store.Directory, cancellationToken))
        {
            Clear(folder, AtomicFile.Temporaries, oldest);
            var layout = store.PathOf(name);
            if (!StoreLinks.IsLink(layout))
            {
                Clear(layout, AtomicFile.Temporaries, oldest);
                Clear(Path.Combine(layout, IncomingBlobs.FolderName), "*", oldest);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await cancellation.CancelAsync().ConfigureAwait(false);
        await sweeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellation.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                Sweep(cancellationToken);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another process cleaned up at the same time, or the disk is not writable: again in an hour.
            }
        } while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
    }

    private void Clear(string path, string pattern, DateTime oldest)
    {
        var folder = new DirectoryInfo(path);
        // The target of a link belongs to somebody else.
        if (!folder.Exists || folder.LinkTarget is not null)
        {
            return;
        }

        foreach (var entry in folder.EnumerateFileSystemInfos(pattern))
        {
            if (
                entry.LastWriteTimeUtc >= oldest
                || uploads.Has(entry.Name)
                || IncomingBlobs.IsWhole(entry.Name, store.Disk)
            )
            {
                continue;
            }

            // A folder here is a deleted repository.
            if (entry is DirectoryInfo deleted)
            {
                deleted.Delete(recursive: true);
            }
            else
            {
                entry.Delete();
            }
        }
    }
}
