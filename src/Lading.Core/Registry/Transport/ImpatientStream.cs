namespace Lading.Registry.Transport;

/// <summary>The body of an answer, given up when no byte comes for a while. One timer looks now and then: reads cost nothing more.</summary>
internal sealed class ImpatientStream : Stream
{
    /// <summary>How often it is looked whether a read has waited for too long, within the time that it may.</summary>
    private const int Looks = 4;

    private readonly Stream inner;
    private readonly HttpResponseMessage response;
    private readonly RetrySchedule schedule;
    private readonly ITimer timer;
    private CancellationTokenSource? linked;
    private CancellationToken caller;
    private long since = long.MaxValue;

    public ImpatientStream(Stream inner, HttpResponseMessage response, RetrySchedule schedule)
    {
        this.inner = inner;
        this.response = response;
        this.schedule = schedule;
        var period = schedule.Inactivity / Looks;
        timer = schedule.Time.CreateTimer(_ => Look(), null, period, period);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="IOException">Nothing came for a while, or the connection broke.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var token = LinkTo(cancellationToken);
        Volatile.Write(ref since, schedule.Time.GetTimestamp());
        try
        {
            return await inner.ReadAsync(buffer, token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException(Words.Of(e, schedule.Inactivity), e);
        }
        finally
        {
            Volatile.Write(ref since, long.MaxValue);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await timer.DisposeAsync().ConfigureAwait(false);
        await inner.DisposeAsync().ConfigureAwait(false);
        response.Dispose();
        linked?.Dispose();
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            timer.Dispose();
            inner.Dispose();
            response.Dispose();
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
        if (started == long.MaxValue || schedule.Time.GetElapsedTime(started) < schedule.Inactivity)
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
