using Lading.Oci;

namespace Lading.Shipping;

/// <summary>Counts the blobs and bytes of an image while it is copied. Thread-safe.</summary>
internal sealed class CopyTally(IReadOnlyList<Descriptor> blobs, IProgress<CopyProgress>? progress)
{
    private readonly long totalBytes = blobs.Sum(blob => blob.Size);
    private long sent;
    private long existing;
    private long processed;
    private int finished;

    public long BytesSent => Interlocked.Read(ref sent);

    public long BytesThere => Interlocked.Read(ref existing);

    /// <summary>Receives the bytes of one blob since its last report; negative if an upload starts again.</summary>
    public IProgress<long> OfBlob() => new BlobProgress(this);

    /// <summary>Counts a completed blob.</summary>
    public void Finish(Descriptor blob, BlobOutcome outcome)
    {
        if (outcome == BlobOutcome.Sent)
        {
            Interlocked.Add(ref sent, blob.Size);
        }
        else
        {
            Interlocked.Add(ref existing, blob.Size);
            Interlocked.Add(ref processed, blob.Size);
        }

        Interlocked.Increment(ref finished);
        ReportProgress();
    }

    private void ReportProgress() =>
        progress?.Report(new CopyProgress(Interlocked.Read(ref processed), totalBytes, finished, blobs.Count));

    private sealed class BlobProgress(CopyTally tally) : IProgress<long>
    {
        public void Report(long value)
        {
            Interlocked.Add(ref tally.processed, value);
            tally.ReportProgress();
        }
    }
}
