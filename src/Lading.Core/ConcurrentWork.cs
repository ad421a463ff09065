namespace Lading;

/// <summary>
/// Work that runs beside the code that started it and never outlives it: leaving the scope, even by an exception, cancels it and waits
/// for its end.
/// </summary>
internal sealed class ConcurrentWork<T> : IAsyncDisposable
{
    private readonly CancellationTokenSource ending;

    /// <summary>Starts it.</summary>
    public ConcurrentWork(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Result = work(ending.Token);
    }

    /// <summary>Its result.</summary>
    public Task<T> Result { get; }

    public async ValueTask DisposeAsync()
    {
        if (!Result.IsCompleted)
        {
            await ending.CancelAsync().ConfigureAwait(false);
        }

        await ((Task)Result).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ending.Dispose();
    }
}
