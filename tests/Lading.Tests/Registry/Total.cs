namespace Lading.Tests.Registry;

/// <summary>The sum of all reported amounts.</summary>
internal sealed class Total : IProgress<long>
{
    private long sum;

    public long Sum => Interlocked.Read(ref sum);

    public void Report(long value) => Interlocked.Add(ref sum, value);
}
