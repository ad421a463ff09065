namespace Lading;

/// <summary>
/// Work that runs beside the code that started it and never outlives it: leaving the scope, even by an exception, cancels it and waits
/// for its end.
/// </summary>
internal sealed class ConcurrentWork<T> : IAsyncDisposable
{
    private readonly CancellationTokenSource cancellation;

    /// <summary>Starts the work.</summary>
    public ConcurrentWork(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Result = work(cancellation.Token);
    }

    /// <summary>The result of the work.</summary>
    public Task<T> Result { get; }

    public async ValueTask DisposeAsync()
    {
        if (!Result.IsCompleted)
        {
            await cancellation.CancelAsync().ConfigureAwait(false);
        }

        await ((Task)Result).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellation.Dispose();
    }
}
