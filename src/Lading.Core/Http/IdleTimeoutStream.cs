namespace Lading.Http;

/// <summary>
/// A response body that is abandoned if no byte arrives for a while. A single periodic timer checks that, so reads stay
/// cheap.
/// </summary>
internal sealed class IdleTimeoutStream : ReadOnlyStream
{
    /// <summary>The number of checks per time limit.</summary>
    private const int ChecksPerLimit = 4;

    private readonly Stream inner;
    private readonly TimeSpan limit;
    private readonly TimeProvider time;
    private readonly Func<Exception> onTimeout;
    private readonly ITimer timer;
    private CancellationTokenSource? linked;
    private CancellationToken caller;
    private long since = long.MaxValue;

    /// <param name="inner">The wrapped stream; disposed of with this one.</param>
    /// <param name="limit">How long a read may wait for a byte.</param>
    /// <param name="time">The clock.</param>
    /// <param name="onTimeout">Creates the exception for a timeout.</param>
    public IdleTimeoutStream(Stream inner, TimeSpan limit, TimeProvider time, Func<Exception> onTimeout)
    {
        this.inner = inner;
        this.limit = limit;
        this.time = time;
        this.onTimeout = onTimeout;
        var period = limit / ChecksPerLimit;
        timer = time.CreateTimer(_ => Check(), null, period, period);
    }

    /// <summary>Another object to dispose of, such as the response of the body.</summary>
    public IDisposable? Owner { get; init; }

    /// <exception cref="IOException">The connection broke, or the exception for a timeout.</exception>
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

    /// <summary>A token that is cancelled with the caller's, or on timeout. Callers mostly pass the same one.</summary>
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

    private void Check()
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
            // The stream was disposed of at the same moment.
        }
    }
}
