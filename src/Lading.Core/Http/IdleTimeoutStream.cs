namespace Lading.Http;

/// <summary>
/// A body that is given up when no byte comes for a while. One timer looks now and then: reads cost nothing more.
/// </summary>
internal sealed class IdleTimeoutStream : ReadOnlyStream
{
    /// <summary>How often it is looked whether a read has waited for too long, within the time that it may.</summary>
    private const int Looks = 4;

    private readonly Stream inner;
    private readonly TimeSpan limit;
    private readonly TimeProvider time;
    private readonly Func<Exception> onTimeout;
    private readonly ITimer timer;
    private CancellationTokenSource? linked;
    private CancellationToken caller;
    private long since = long.MaxValue;

    /// <param name="inner">What is read; disposed of with this.</param>
    /// <param name="limit">How long a read may wait for a byte.</param>
    /// <param name="time">The clock.</param>
    /// <param name="onTimeout">Gives what is thrown then.</param>
    public IdleTimeoutStream(Stream inner, TimeSpan limit, TimeProvider time, Func<Exception> onTimeout)
    {
        this.inner = inner;
        this.limit = limit;
        this.time = time;
        this.onTimeout = onTimeout;
        var period = limit / Looks;
        timer = time.CreateTimer(_ => Look(), null, period, period);
    }

    /// <summary>What is disposed of with it, such as the answer that the body is of.</summary>
    public IDisposable? Owner { get; init; }

    /// <exception cref="IOException">The connection broke; or what was agreed on where nothing came for a while.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var token = LinkTo(cancellationToken);
        Volatile.Write(ref since, time.GetTimestamp());
        try
        {
            return await inner.ReadAsync(buffer, token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw onTimeout();
        }
        finally
        {
            Volatile.Write(ref since, long.MaxValue);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await timer.DisposeAsync().ConfigureAwait(false);
        await inner.DisposeAsync().ConfigureAwait(false);
        Owner?.Dispose();
        linked?.Dispose();
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            timer.Dispose();
            inner.Dispose();
            Owner?.Dispose();
            linked?.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>A token that ends with the caller's, or when patience does. Callers mostly pass the same one.</summary>
    private CancellationToken LinkTo(CancellationToken cancellationToken)
    {
        if (linked is null || linked.IsCancellationRequested || cancellationToken != caller)
        {
            linked?.Dispose();
            caller = cancellationToken;
            linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        }

        return linked.Token;
    }

    private void Look()
    {
        var started = Volatile.Read(ref since);
        if (started == long.MaxValue || time.GetElapsedTime(started) < limit)
        {
            return;
        }

        try
        {
            linked?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It was read to its end in this moment.
        }
    }
}
