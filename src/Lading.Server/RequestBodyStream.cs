namespace Lading.Server;

/// <summary>The body of a request, which may come slowly but not stop: a client that went to sleep holds nothing forever.</summary>
internal sealed class RequestBodyStream : Stream
{
    private readonly Stream inner;
    private readonly TimeSpan patience;
    private readonly CancellationTokenSource end;
    private readonly CancellationTokenSource waiting = new();
    private readonly ITimer timer;

    /// <param name="inner">The body.</param>
    /// <param name="patience">How long nothing may come.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public RequestBodyStream(Stream inner, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        this.inner = inner;
        this.patience = patience;
        end = CancellationTokenSource.CreateLinkedTokenSource(waiting.Token, cancellationToken);
        timer = time.CreateTimer(_ => End(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
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

    /// <exception cref="SlowBodyException">Nothing came for too long.</exception>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var reading = inner.ReadAsync(buffer, end.Token);
        return reading.IsCompletedSuccessfully ? reading : AwaitAsync(reading);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            timer.Dispose();
            end.Dispose();
            waiting.Dispose();
        }

        base.Dispose(disposing);
    }

    private void End()
    {
        try
        {
            waiting.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The body came to its end at this very moment: a timer that is disposed of may still fire.
        }
    }

    private async ValueTask<int> AwaitAsync(ValueTask<int> reading)
    {
        timer.Change(patience, Timeout.InfiniteTimeSpan);
        try
        {
            return await reading.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (waiting.IsCancellationRequested)
        {
            throw SlowBodyException.Silent(patience);
        }
        finally
        {
            timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}

/// <summary>The body of a request stopped coming, or comes too slowly to be waited for.</summary>
internal sealed class SlowBodyException(string message) : Exception(message)
{
    /// <summary>Nothing at all came.</summary>
    public static SlowBodyException Silent(TimeSpan patience) =>
        new($"nothing of the body came for {patience.TotalSeconds} s");
}
