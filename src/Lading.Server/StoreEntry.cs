using Lading.Layout;

namespace Lading.Server;

/// <summary>
/// A server's entry among the users of its store, which prevents removals. A read-only disk can be served anyway: the server adds its
/// entry as soon as it can.
/// </summary>
internal sealed class StoreEntry : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private readonly ConcurrentWork<IDisposable> entering;

    private StoreEntry(ConcurrentWork<IDisposable> entering) => this.entering = entering;

    /// <summary>Adds the entry, or starts to retry.</summary>
    /// <exception cref="LadingException">A removal from the store has lasted for a minute.</exception>
    public static async Task<StoreEntry> EnterAsync(
        LayoutStore store,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var users = new StoreUsers(store);
        var entered = await FindEntryAsync(users, cancellationToken).ConfigureAwait(false);
        return new StoreEntry(
            new ConcurrentWork<IDisposable>(token => EnterAsync(entered, users, time, token), CancellationToken.None)
        );
    }

    public async ValueTask DisposeAsync()
    {
        await entering.DisposeAsync().ConfigureAwait(false);
        if (entering.Result.IsCompletedSuccessfully)
        {
            (await entering.Result.ConfigureAwait(false)).Dispose();
        }
    }

    private static async Task<IDisposable> EnterAsync(
        IDisposable? entered,
        StoreUsers users,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        while (entered is null)
        {
            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
            entered = await FindEntryAsync(users, cancellationToken).ConfigureAwait(false);
        }

        return entered;
    }

    /// <summary>Null if the disk is not writable.</summary>
    private static async Task<IDisposable?> FindEntryAsync(StoreUsers users, CancellationToken cancellationToken)
    {
        try
        {
            return await users.EnterAsync("registry", cancellationToken).ConfigureAwait(false);
        }
        catch (LadingException e)
            when (e.InnerException is UnauthorizedAccessException
                || (e.InnerException is IOException io && !FolderLock.IsHeldByAnother(io))
            )
        {
            return null;
        }
    }
}
