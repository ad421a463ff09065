using Lading.Layout;

namespace Lading.Server;

/// <summary>
/// A server's entry among the users of its store, from which nothing is removed meanwhile. A disk that takes no file can be served
/// from all the same: the server enters as soon as the disk takes one.
/// </summary>
internal sealed class StoreEntry : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private readonly ConcurrentWork<IDisposable> entering;

    private StoreEntry(ConcurrentWork<IDisposable> entering) => this.entering = entering;

    /// <summary>Enters, or begins to try.</summary>
    /// <exception cref="LadingException">Images have been removed from the store for a minute.</exception>
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

    /// <summary>Null if the disk takes no file.</summary>
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
