using System.Diagnostics;

namespace Lading.Testing.Cloud;

/// <summary>
/// Bounds calls as ECS does: a bucket for each operation, which holds so many tokens and gets so many a second
/// (Amazon ECS API reference, "Request throttling").
/// </summary>
/// <param name="burst">How many calls an operation may take at once.</param>
/// <param name="refill">How many come back in a second.</param>
internal sealed class TokenBuckets(int burst, int refill)
{
    private readonly Dictionary<string, (double Tokens, long At)> buckets = new(StringComparer.Ordinal);

    /// <summary>How many calls were refused.</summary>
    public int Refused { get; private set; }

    /// <summary>Whether there is a token left, which is taken.</summary>
    public bool TryTake(string operation)
    {
        lock (buckets)
        {
            var now = Stopwatch.GetTimestamp();
            var (tokens, at) = buckets.GetValueOrDefault(operation, (burst, now));
            tokens = Math.Min(burst, tokens + (Stopwatch.GetElapsedTime(at, now).TotalSeconds * refill));
            var isLeft = tokens >= 1;
            buckets[operation] = (isLeft ? tokens - 1 : tokens, now);
            Refused += isLeft ? 0 : 1;
            return isLeft;
        }
    }
}
